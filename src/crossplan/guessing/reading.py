"""Reading any file as a plan; marks and outline are guessed unless they are given."""

from datetime import date
from pathlib import Path
from typing import get_args

from crossplan.corpora.store import is_safe_name, safe_name
from crossplan.errors import ChoiceError
from crossplan.guessing.plan_marks import PlanMarks
from crossplan.guessing.plan_of_file import Measures, ReadingOptions, read_with
from crossplan.languages.registry import require_code
from crossplan.model import Plan
from crossplan.recipes import Name, call

_LAST_YEAR = 9999
_LONGEST_ID = 120


def read_plan(  # noqa: PLR0913 - what is given need not be guessed
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
    r"""Read any file as a plan, without a series.

    Whatever is not passed as an argument is guessed from the text.
    ``plan.outline_confidence`` lists the guesses and their evidence; check it before you
    rely on the plan.

    Parameters
    ----------
    path : str or Path
        Text, HTML, DOCX, PDF or wikitext, or a folder with the pages of one document.
    plan_id : str, optional
        Id of the plan; by default the name of the file without its extension.
    title : str, optional
    period : tuple of (int, int), optional
        First and last year.
    published : datetime.date, optional
    publisher : str
    marks : PlanMarks, optional
        The marks of chapters, sections and measures; each is guessed if not given.
    measures : {"marked", "paragraphs"}
        What counts as a measure: a paragraph with a mark, or every paragraph below a
        chapter or section. Use ``"paragraphs"`` for documents that do not mark measures,
        such as government work reports.
    language : str, optional
        The code of its language, such as ``zh`` or ``en``; guessed from script and words if
        not given. Functions that depend on the language, such as those for targets, raise
        an error where it is unknown.

    Returns
    -------
    Plan
        With coverage ``full``. Text before the first heading is front matter; annexes and
        page furniture after the end are left out.

    Raises
    ------
    UnreadableTextError
        If the file cannot be read, or its years are neither given nor found.
    ChoiceError
        If an argument has an invalid value.

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
    options = ReadingOptions(
        plan_id or id_of(path), title, period, published, publisher, marks, measures, language
    )
    return read_with(path, options).remembering(
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
    """Return the id of the plan in a file: the safe name of the file without its extension.

    Examples
    --------
    >>> id_of(Path("reports/work report 2026.txt"))
    'work-report-2026'
    """
    return safe_name(path.stem, longest=_LONGEST_ID)


def require_measures(measures: object) -> None:
    """Raise an error for an invalid definition of a measure."""
    if measures not in get_args(Measures):
        raise ChoiceError("measures", measures, get_args(Measures))


def require_language(language: object) -> None:
    """Raise an error for a value that is neither a language code nor None."""
    if language is not None:
        require_code(language)


def _require_id(plan_id: str | None) -> None:
    """Raise an error for an id that cannot be the name of a folder."""
    if plan_id is not None and not is_safe_name(plan_id):
        raise ChoiceError("plan_id", plan_id, ["a name of letters, figures, hyphens and dots"])


def require_period(period: object) -> None:
    """Raise an error for a period that is not a first and a last year."""
    if period is None:
        return
    if (
        not isinstance(period, tuple)
        or len(period) != 2  # noqa: PLR2004 - first and last
        or not all(isinstance(year, int) and not isinstance(year, bool) for year in period)
        or not 0 < period[0] <= period[1] <= _LAST_YEAR
    ):
        raise ChoiceError("period", period, ["the first and last year, such as (2026, 2030)"])
