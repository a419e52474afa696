"""Reading any file as a plan, its marks and outline guessed where they are not named."""

from datetime import date
from pathlib import Path
from typing import get_args

from crossplan.corpora.store import is_safe_name, safe_name
from crossplan.errors import ChoiceError
from crossplan.guessing.plan_marks import PlanMarks
from crossplan.guessing.plan_of_file import Measures, Told, read_as_told
from crossplan.languages.registry import require_code
from crossplan.model import Plan
from crossplan.recipes import Name, call

_LAST_YEAR = 9999
_LONGEST_ID = 120


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
    language: str | None = None,
) -> Plan:
    r"""Read any file as a plan of its own, without a series.

    What is not stated is guessed from the text. ``plan.outline_confidence`` says what was
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
    language : str, optional
        The code of its language, such as ``zh`` or ``en``; guessed from script and words if
        not given. What depends on it, such as targets, is refused where it is not known.

    Returns
    -------
    Plan
        With coverage ``full``. Text before the first heading is front matter; annexes and
        page furniture after the end are left out.

    Raises
    ------
    UnreadableTextError
        If the file cannot be read, or its years are neither stated nor found.
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
    require_measures(measures)
    _require_id(plan_id)
    require_period(period)
    require_language(language)
    told = Told(
        plan_id or id_of(path), title, period, published, publisher, marks, measures, language
    )
    return read_as_told(path, told).remembering(
        call(
            "cp.read_plan",
            path,
            plan_id=plan_id,
            title=title,
            period=period,
            published=published,
            publisher=publisher or None,
            marks=Name(f"cp.any_plan.{marks!r}") if marks else None,
            measures=None if measures == "marked" else measures,
            language=language,
        )
    )


def id_of(path: Path) -> str:
    """Return the id of the plan in a file: its name without the ending, as an id may be.

    Examples
    --------
    >>> id_of(Path("reports/work report 2026.txt"))
    'work-report-2026'
    """
    return safe_name(path.stem, longest=_LONGEST_ID)


def require_measures(measures: object) -> None:
    """Raise an error for what does not say what a measure is."""
    if measures not in get_args(Measures):
        raise ChoiceError("measures", measures, get_args(Measures))


def require_language(language: object) -> None:
    """Raise unless a language is named by its code, or is to be guessed."""
    if language is not None:
        require_code(language)


def _require_id(plan_id: str | None) -> None:
    """Raise an error for an id that could not name a folder, or that would break other ids."""
    if plan_id is not None and not is_safe_name(plan_id):
        raise ChoiceError("plan_id", plan_id, ["a name of letters, figures, hyphens and dots"])


def require_period(period: object) -> None:
    """Raise an error for what is not a first and a last year."""
    if period is None:
        return
    if (
        not isinstance(period, tuple)
        or len(period) != 2  # noqa: PLR2004 - first and last
        or not all(isinstance(year, int) and not isinstance(year, bool) for year in period)
        or not 0 < period[0] <= period[1] <= _LAST_YEAR
    ):
        raise ChoiceError("period", period, ["the first and last year, such as (2026, 2030)"])
