"""Reading any file as a plan, its marks and outline guessed where they are not told."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from crossplan.corpora.clean import clean
from crossplan.corpora.marks import Marks
from crossplan.corpora.names import is_safe_name, safe_name
from crossplan.errors import ChoiceError, UnreadableTextError
from crossplan.guessing.guess import Guess, GuessFinding
from crossplan.guessing.marks_and_outline import guess as guess_outline
from crossplan.guessing.paragraphs import paragraphs_as_measures
from crossplan.guessing.plan_marks import PlanMarks
from crossplan.guessing.preparing import FileText, prepared, read_file_text
from crossplan.guessing.tree import grow
from crossplan.model import Plan, Reading
from crossplan.recipes import Name, call

Measures = Literal["marked", "paragraphs"]


def read_plan(  # noqa: PLR0913 - what is told need not be guessed
    path: str | Path,
    *,
    plan_id: str | None = None,
    title: str | None = None,
    period: tuple[int, int] | None = None,
    published: date | None = None,
    publisher: str = "",
    marks: PlanMarks | None = None,
    measures: Measures = "marked",
) -> Plan:
    r"""Read any file as a plan of its own, without a series.

    What is not told is guessed from the text. ``plan.outline_confidence`` says what was
    guessed, and from what; see it through before relying on the plan.

    Parameters
    ----------
    path : str or Path
        Text, HTML, DOCX, PDF or wikitext, or a folder with the pages of one document.
    plan_id : str, optional
        The name of the file without its ending, if not given.
    title : str, optional
    period : tuple of (int, int), optional
        First and last year.
    published : datetime.date, optional
    publisher : str
    marks : PlanMarks, optional
        What opens chapters, sections and measures; each is guessed if not given.
    measures : {"marked", "paragraphs"}
        What a measure is: a paragraph that carries a mark, or every paragraph below a
        chapter or section. The second makes documents that mark no measures, such as
        reports on the work of a government, comparable measure by measure.

    Returns
    -------
    Plan
        With coverage ``full``. Text before the first heading is front matter; annexes and
        page furniture after the end are left out.

    Raises
    ------
    UnreadableTextError
        If the file cannot be read, or its years are neither told nor found.
    ChoiceError
        If an argument is not possible.

    Examples
    --------
    >>> import tempfile
    >>> text = "节水计划（2026年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n——再利用。"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "water.txt"
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     plan = read_plan(path)
    >>> plan
    <Plan water 节水计划（2026年）: 2 chapters, 0 sections, coverage full>
    >>> [measure.id for measure in plan.measures]
    ['water/1/1', 'water/2/1', 'water/2/2']
    """
    path = Path(path)
    if measures not in ("marked", "paragraphs"):
        raise ChoiceError("measures", measures, ["marked", "paragraphs"])
    require_id(plan_id)
    require_period(period)
    original = read_file_text(path)
    guess = guess_outline(original.lines, marks, name=path.stem)
    plan = plan_of(original, guess, path, plan_id or safe_name(path.stem))
    if period is None:
        require_years(plan, path)
    start, end = period or (plan.start_year, plan.end_year)
    told = {"title": title, "period": period, "published": published}
    plan = replace(
        plan,
        title=plan.title if title is None else title,
        start_year=start,
        end_year=end,
        published=published or plan.published,
        publisher=publisher,
        outline_confidence=tuple(
            (what, how) for what, how in plan.outline_confidence if told.get(what) is None
        ),
    )
    if measures == "paragraphs":
        plan = paragraphs_as_measures(plan)
    return plan.remembering(
        call(
            "cp.read_plan",
            path,
            plan_id=plan_id,
            title=title,
            period=period,
            published=published,
            publisher=publisher or None,
            marks=Name(f"cp.{marks!r}") if marks else None,
            measures=None if measures == "marked" else measures,
        )
    )


def plan_of(original: FileText, guess: Guess, path: Path, plan_id: str) -> Plan:
    """Make a plan of a text as it was guessed; its years are 0 if they were not found."""
    forms = marks_of(guess)
    cleaned, joins = clean(prepared(original.text, guess), forms)
    if not cleaned.text:
        raise UnreadableTextError(path, "there is no text in it", "Check what was saved.")
    parsed = grow(plan_id, cleaned, original.text, guess, forms)
    return Plan(
        id=plan_id,
        title=guess.title or path.stem,
        title_en=None,
        start_year=guess.period.start if guess.period else 0,
        end_year=guess.period.end if guess.period else 0,
        published=guess.published.day if guess.published else None,
        publisher="",
        publisher_en="",
        introduction=parsed.introduction,
        chapters=parsed.chapters,
        reading=Reading(cleaned.text, cleaned.origins, original.witness, (), joins),
        nodes=parsed.nodes,
        gaps=parsed.findings,
        outline_confidence=confidence(guess.findings),
    )


def marks_of(guess: Guess) -> Marks:
    """Give the marks that were guessed as patterns."""
    return Marks.from_forms(
        contents=guess.contents,
        introduction=(guess.introduction,),
        chapter=guess.marks.chapter or (),
        section=guess.marks.section or (),
        measure=guess.marks.measure or (),
    )


def confidence(findings: tuple[GuessFinding, ...]) -> tuple[tuple[str, str], ...]:
    """Give findings as a plan tells how sure its outline is, part by part."""
    parts: dict[str, list[str]] = {}
    for finding in findings:
        parts.setdefault(finding.what, []).append(f"{finding.guess} ({finding.evidence})")
    return tuple((what, f"guessed: {'; '.join(said)}") for what, said in parts.items())


def require_years(plan: Plan, path: Path) -> None:
    """Refuse a plan whose years were not found."""
    if not plan.start_year:
        raise UnreadableTextError(
            path,
            "its years are neither in its title nor in its first lines",
            "Put them in the name of the file, as in plan-2026-2030.txt, or tell read_plan, "
            "as in period=(2026, 2030).",
        )


def require_id(plan_id: str | None) -> None:
    """Refuse an id that could not name a folder, or that would break other ids."""
    if plan_id is not None and not is_safe_name(plan_id):
        raise ChoiceError("plan_id", plan_id, ["a name of letters, figures, hyphens and dots"])


def require_period(period: object) -> None:
    """Refuse what is not a first and a last year."""
    if period is None:
        return
    if (
        not isinstance(period, tuple)
        or len(period) != 2  # noqa: PLR2004 - first and last
        or not all(isinstance(year, int) and not isinstance(year, bool) for year in period)
        or not 0 < period[0] <= period[1]
    ):
        raise ChoiceError("period", period, ["the first and last year, such as (2026, 2030)"])
