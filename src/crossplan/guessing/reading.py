"""Reading any file, or many files, as plans whose marks and outline are guessed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

from crossplan.corpora.corpus import Corpus
from crossplan.corpora.store import is_safe_name, safe_name
from crossplan.errors import (
    ArgumentError,
    ChoiceError,
    CrossplanError,
    UnreadablePlansError,
    UnreadableTextError,
)
from crossplan.guessing.numbering import PlanMarks
from crossplan.guessing.plan_of_file import Measures, ReadingOptions, read_with
from crossplan.languages.registry import require_code
from crossplan.model import Plan, PlanReference
from crossplan.parallel import in_parallel
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
    _require_measures(measures)
    _require_id(plan_id)
    _require_period(period)
    require_language(language)
    options = ReadingOptions(
        plan_id or _id_of(path), title, period, published, publisher, marks, measures, language
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


def _id_of(path: Path) -> str:
    """Return the id of the plan in a file: the safe name of the file without its extension.

    Examples
    --------
    >>> _id_of(Path("reports/work report 2026.txt"))
    'work-report-2026'
    """
    return safe_name(path.stem, longest=_LONGEST_ID)


def _require_measures(measures: object) -> None:
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


def _require_period(period: object) -> None:
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


_Period = tuple[int, int]


def read_plans(  # noqa: PLR0913 - what is given need not be guessed
    source: str | Path | Iterable[str | Path],
    *,
    pattern: str = "*.txt",
    periods: Mapping[str, _Period] | None = None,
    marks: PlanMarks | None = None,
    measures: Measures = "marked",
    language: str | None = None,
    n_jobs: int | None = None,
) -> Corpus:
    r"""Read many files as the plans of one corpus, each as :func:`read_plan` does.

    Every file is read once for its title and years. The plans are then read on access,
    from the cache, and released again. A corpus of thousands of plans therefore takes
    little memory, and so do the functions that process it.

    Parameters
    ----------
    source : str, Path, or iterable of them
        A folder, or the files. The id of a plan is the name of its file without the ending,
        blanks as hyphens.
    pattern : str
        Which files of the folder are read, such as ``"*.docx"`` or ``"**/*.txt"``.
    periods : mapping of str to (int, int), optional
        First and last year of plans by their ids. For other plans the years are found in
        the text or in the name of the file.
    marks : PlanMarks, optional
        The marks of chapters, sections and measures in all files; guessed per file if not given.
    measures : {"marked", "paragraphs"}
        What counts as a measure; see :func:`read_plan`.
    language : str, optional
        The code of the language of all files; guessed per file if not given.
    n_jobs : int, optional
        The number of processes that read the files; -1 uses all processors. None means 1,
        unless ``joblib.parallel_config`` sets another number.

    Returns
    -------
    Corpus

    Raises
    ------
    UnreadablePlansError
        If some of the files cannot be read as plans; the error names all of them.
    ArgumentError
        If a file or folder does not exist, two files would have the same id, or `periods`
        has an id of no file.
    ChoiceError
        If an argument has an invalid value.

    Examples
    --------
    >>> import tempfile
    >>> text = "节水计划（{0}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n——再利用。"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for year in (2025, 2026):
    ...         path = Path(folder) / f"water-{year}.txt"
    ...         _ = path.write_text(text.format(year), encoding="utf-8")
    ...     plans = read_plans(folder)
    ...     print(plans["water-2026"])
    <Plan water-2026 节水计划（2026年）: 2 chapters, 0 sections, coverage full>
    >>> list(plans)
    ['water-2025', 'water-2026']
    """
    _require_measures(measures)
    require_language(language)
    if marks is not None and not isinstance(marks, PlanMarks):
        raise ChoiceError("marks", marks, ["PlanMarks(...)", None])
    given_periods = _as_periods(periods)
    paths = _files_of(source, pattern)
    by_id = _files_by_id(paths)
    _require_ids(given_periods, by_id)
    files = [
        PlanFile(
            path.absolute(),
            ReadingOptions(
                plan_id,
                period=given_periods.get(plan_id),
                marks=marks,
                measures=measures,
                language=language,
            ),
            call(
                "cp.read_plan",
                path,
                period=given_periods.get(plan_id),
                marks=Name(f"cp.any_plan.{marks!r}") if marks else None,
                measures=None if measures == "marked" else measures,
                language=language,
            ),
        )
        for plan_id, path in by_id.items()
    ]
    found = list(in_parallel(_described, files, n_jobs=n_jobs, label="reading plans"))
    faults = [
        (path, fault)
        for path, fault in zip(by_id.values(), found, strict=True)
        if isinstance(fault, str)
    ]
    if faults:
        raise UnreadablePlansError(faults, len(files))
    return Corpus(entry for entry in found if isinstance(entry, PlanReference))


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file that is read as a plan each time it is called.

    Attributes
    ----------
    path : Path
        An absolute path: another process may work in another folder.
    options : ReadingOptions
    made_by : str
        The Python expression that reads it, with the path as given by the user.
    sha256 : str
        Checksum of the file when the corpus was made; empty before that.
    """

    path: Path
    options: ReadingOptions
    made_by: str
    sha256: str = ""

    def __call__(self) -> Plan:
        """Read the plan.

        Raises
        ------
        UnreadableTextError
            If it cannot be read, or has changed since the corpus was made.
        """
        plan = read_with(self.path, self.options)
        if self.sha256 and _checksum(plan) != self.sha256:
            raise UnreadableTextError(
                self.path,
                "the file has changed since the corpus was made",
                "Make the corpus anew with read_plans.",
            )
        return plan.remembering(self.made_by)


def _described(file: PlanFile) -> PlanReference | str:
    """Read a file and return a reference to its plan, or the reason why it cannot be read."""
    try:
        plan = file()
    except CrossplanError as error:
        return str(error)
    return PlanReference.of(plan, replace(file, sha256=_checksum(plan)))


def _checksum(plan: Plan) -> str:
    """Return the checksum of the file that a plan was read from."""
    return plan.require_reading("text").witness.sha256


def _files_of(source: str | Path | Iterable[str | Path], pattern: str) -> list[Path]:
    """Return the files to read; those of a folder by name, without hidden files."""
    remedy = (
        'Give a folder, or a list of files, as in any_plan.read_plans(folder, pattern="*.docx").'
    )
    try:
        if not isinstance(source, str | Path):
            paths, problem = [Path(path) for path in source], "no files were given"
        elif Path(source).is_dir():
            found = (path for path in Path(source).glob(pattern) if path.is_file())
            paths = sorted(path for path in found if not _is_hidden(path.relative_to(source)))
            problem = f"{source} has no files {pattern}"
        else:
            raise ArgumentError(f"{source}: there is no such folder", remedy)
    except (OSError, TypeError, ValueError, NotImplementedError) as error:
        if isinstance(error, CrossplanError):
            raise
        raise ArgumentError(f"no files can be meant by these words ({error})", remedy) from error
    if not paths:
        raise ArgumentError(problem, remedy)
    return paths


def _is_hidden(path: Path) -> bool:
    """Return whether a file or one of its folders is hidden."""
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _files_by_id(paths: Iterable[Path]) -> dict[str, Path]:
    """Return files by the ids of their plans.

    Raises
    ------
    ArgumentError
        If two have the same id.
    """
    by_id: dict[str, Path] = {}
    for path in paths:
        if (other := by_id.setdefault(_id_of(path), path)) is not path:
            raise ArgumentError(
                f"{other} and {path} would both be the plan {_id_of(path)}",
                "Give one of the files another name, or leave it out.",
            )
    return by_id


def _as_periods(periods: object) -> dict[str, _Period]:
    """Return the periods by id.

    Raises
    ------
    ChoiceError
        If they do not map ids to first and last years.
    """
    if periods is None:
        return {}
    if not isinstance(periods, Mapping) or not all(isinstance(key, str) for key in periods):
        raise ChoiceError("periods", periods, ['years by id, such as {"plan": (2026, 2030)}', None])
    for period in periods.values():
        _require_period(period)
    return dict(periods)


def _require_ids(periods: Mapping[str, _Period], ids: Collection[str]) -> None:
    """Raise an error for periods of plans that do not exist."""
    unknown = sorted(set(periods) - set(ids))
    if unknown:
        raise ArgumentError(
            f"periods has ids that no file has: {', '.join(unknown[:5])}",
            "The id of a plan is the name of its file without the ending, blanks as hyphens.",
        )
