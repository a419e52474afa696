"""Making a new series from files of any kind."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import tomli_w

from crossplan.corpora.corpus import Corpus, load_plans
from crossplan.corpora.encoding import is_text
from crossplan.corpora.store import safe_name
from crossplan.display import Cell, View, number_of, plain_column, quoted_column, records
from crossplan.errors import (
    ChoiceError,
    CrossplanError,
    LanguageError,
    OutputError,
    UnreadableTextError,
)
from crossplan.files import give_usual_rights
from crossplan.guessing.guess import Guess
from crossplan.guessing.marks_and_outline import guess as guess_outline
from crossplan.guessing.numbering import Forms, MeasureMarks, PlanMarks
from crossplan.guessing.plan_of_file import (
    FileText,
    plan_of,
    prepared,
    read_file_text,
    require_years,
)
from crossplan.guessing.reading import require_language
from crossplan.languages.chinese import CHINESE
from crossplan.languages.registry import describe, find_language
from crossplan.model import GUESSED, Plan, Section
from crossplan.result import Result, ResultKind
from crossplan.tables import Column, Table, Title

if TYPE_CHECKING:
    import pandas as pd

_GUESSES = Table(
    zh="每份文件的每项推测一行。",
    en="One row for each guess on each file.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "what": Column("string", "所推测者。", "What was guessed.", required=True),
        "guess": Column("string", "推测的结果。", "The guess."),
        "evidence": Column("string", "推测的依据。", "What it was guessed from."),
    },
)
_METHOD = "What was guessed of each file, and from what."
_TAKEN = frozenset({"series.toml", "indicators.toml", "lexicon.txt", "term-groups.toml"})
_REMEDY = (
    "Leave it out, or tell the marks: marks=PlanMarks(chapter=('{n}、',), section=()), or "
    "--chapter and --section."
)

_ROWS_SHOWN = 30
_LONGEST = 80

_TEXT = "text.txt"
_GREETING = "Written by new_series. What was guessed may be wrong: see it through, and edit it."


@dataclass(frozen=True, repr=False, eq=False)
class NewSeries(Result):
    """A series made from files, with the guesses it is based on.

    Attributes
    ----------
    frame : pandas.DataFrame
        plan, what, guess, evidence.
    folder : Path
        For ``load_plans``.
    marks : PlanMarks
        The marks with which ``read_plan`` reads each file in the same way.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="new-series", title=Title("新系列", "New series"), tables=(_GUESSES,)
    )

    folder: Path
    marks: PlanMarks

    def _view(self) -> View:
        """Show the guesses for each file and their evidence."""
        return View(
            name=type(self).__name__,
            title="New series",
            of=(Cell(self.folder.name, "quoted"),),
            counts=(
                number_of(self.frame["plan"].nunique(), "plan"),
                number_of(len(self.frame), "guess", "guesses"),
            ),
            columns=(
                quoted_column("plan", "plan"),
                plain_column("what", "what"),
                quoted_column("guess", "guess", _LONGEST),
                quoted_column("from what", "evidence", _LONGEST),
            ),
            rows=records(self.frame, _ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", "cp.load_plans(series.folder)", ".marks"),
            method=self.method,
        )


def new_series(
    folder: str | Path,
    files: Iterable[str | Path],
    *,
    title: str | None = None,
    marks: PlanMarks | None = None,
    language: str | None = None,
) -> NewSeries:
    r"""Make a series from files that ``load_plans`` can load.

    The folder contains ``series.toml`` and, for each file, ``plan.toml`` and
    ``text.txt``. The guesses are in the result and, as comments, in these files, which
    you can edit.

    Parameters
    ----------
    folder : str or Path
        The folder to create. It must not exist yet, and is not left incomplete on an error.
    files : iterable of str or Path
        Text, HTML, DOCX, PDF or wikitext. Their names, without the extension, become the
        ids of the plans. The years must be in the title, the name of the file or the first
        lines.
    title : str, optional
        Title of the series; by default the name of its folder.
    marks : PlanMarks, optional
        The marks of chapters, sections and measures in all files; each is guessed from all
        files together if not given.
    language : str, optional
        The code of the language of all files, such as ``en``; guessed if not given.

    Returns
    -------
    NewSeries

    Raises
    ------
    UnreadableTextError
        If a file cannot be read, has no headings, or uses other marks than the rest.
    LanguageError
        If the files are in several languages.
    OutputError
        If the folder exists already or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import crossplan as cp
    >>> text = "节水计划（{}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n"
    >>> with tempfile.TemporaryDirectory() as place:
    ...     files = [Path(place) / f"water-{year}.txt" for year in (2025, 2026)]
    ...     for path in files:
    ...         _ = path.write_text(text.format(path.stem[-4:]), encoding="utf-8")
    ...     made = new_series(Path(place) / "water", files)
    ...     list(cp.load_plans(made.folder))
    ['water-2025', 'water-2026']
    >>> made.marks.measure
    ('——',)
    """
    target = Path(folder)
    require_language(language)
    _require_free(target)
    paths = [Path(path) for path in files]
    if not paths:
        raise ChoiceError("files", paths, ["one or more files"])
    originals = [_readable(path) for path in paths]
    shared = _shared_marks(paths, originals, marks or PlanMarks(), language)
    new = [
        _new_plan(path, original, plan_id, shared, language)
        for path, original, plan_id in zip(paths, originals, _plan_ids(paths), strict=True)
    ]
    new.sort(key=lambda one: (one.plan.start_year, one.plan.end_year, one.plan.id))
    _build(target, title or target.name, shared, new)
    return NewSeries(_findings(new), _METHOD, target, shared)


def _require_free(target: Path) -> None:
    """Raise an error for a folder that exists, or that cannot be created."""
    if target.exists() or target.is_symlink():
        raise OutputError(target, "something of this name is there already")
    if not target.parent.is_dir():
        raise OutputError(target, f"the folder {target.parent} is not there")
    if safe_name(target.name) != target.name:
        raise OutputError(target, "this cannot be the name of a series")


def _readable(path: Path) -> FileText:
    """Read a file, and raise an error for characters that a series cannot store."""
    original = read_file_text(path)
    if not is_text(original.text):
        raise UnreadableTextError(
            path, "it holds characters that no text has", "Save it as plain text without them."
        )
    return original


def _plan_ids(paths: Sequence[Path]) -> list[str]:
    """Make an id of each file name, unique even if case is ignored.

    Examples
    --------
    >>> _plan_ids([Path("a/plan 1.txt"), Path("b/Plan 1.pdf"), Path(".hidden")])
    ['plan-1', 'Plan-1-2', 'hidden']
    """
    taken = set(_TAKEN)
    ids = []
    for path in paths:
        stem = safe_name(path.stem)
        names = (f"{stem}-{n}" if n > 1 else stem for n in range(1, len(paths) + len(_TAKEN) + 2))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        ids.append(name)
    return ids


def _shared_marks(
    paths: Sequence[Path],
    originals: Sequence[FileText],
    given: PlanMarks,
    language: str | None,
) -> PlanMarks:
    """Find the marks that all files have in common.

    Raises
    ------
    UnreadableTextError
        If a file has no headings, or marks sections as another marks chapters.
    LanguageError
        If the files are in several languages.
    """
    guesses = [
        guess_outline(original.lines, given, name=path.stem, language=language)
        for path, original in zip(paths, originals, strict=True)
    ]
    for path, guess in zip(paths, guesses, strict=True):
        if guess.language != guesses[0].language:
            raise LanguageError(
                f"{path} is in {describe(guess.language)}, and {paths[0]} in "
                f"{describe(guesses[0].language)}; a series has one language",
                "Make a series of each, or name the language: language='en'.",
            )
        if not guess.headed or guess.chapters[0].line is None:
            raise UnreadableTextError(
                path, "no headings with numbers in order stand in it", _REMEDY
            )
    chapter = _united([guess.marks.chapter for guess in guesses])
    section = _united([guess.marks.section for guess in guesses])
    for path, guess in zip(paths, guesses, strict=True):
        if both := set(guess.marks.section or ()) & set(chapter):
            raise UnreadableTextError(
                path,
                f"it marks sections with {min(both)}, which marks chapters in another file",
                _REMEDY,
            )
    return PlanMarks(chapter, section, _shared_measures(guesses, given, {*chapter, *section}))


def _shared_measures(guesses: Sequence[Guess], given: PlanMarks, headings: set[str]) -> Forms:
    """Find the marks of measures: those that enough paragraphs of all files have."""
    if given.measure is not None:
        return given.measure
    counted = MeasureMarks.of_all(guess.counted for guess in guesses)
    forms = counted.forms() if counted.enough() else ()
    return tuple(form for form in forms if form not in headings)


def _united(forms: Iterable[Forms | None]) -> Forms:
    """Return all forms once each, in the order in which they were found."""
    return tuple(dict.fromkeys(form for own in forms for form in own or ()))


@dataclass(frozen=True, slots=True)
class _NewPlan:
    """A plan of a new series: its text, what was guessed, and its file."""

    path: Path
    original: FileText
    guess: Guess
    plan: Plan


def _new_plan(
    path: Path, original: FileText, plan_id: str, marks: PlanMarks, language: str | None
) -> _NewPlan:
    """Read a file with the marks of all files."""
    guess = guess_outline(
        original.lines, marks, name=path.stem, given_by="as for all files", language=language
    )
    plan = plan_of(original, guess, path, plan_id)
    require_years(plan, path)
    return _NewPlan(path, original, guess, plan)


def _build(target: Path, title: str, marks: PlanMarks, new: Sequence[_NewPlan]) -> None:
    """Write the series to a temporary folder, load it, and then rename the folder."""
    temporary: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        _write_series(temporary, target.name, title, marks, new)
        _verify(load_plans(temporary), [one.plan for one in new], target)
        give_usual_rights(temporary)
        _require_free(target)
        temporary.rename(target)
    except BaseException as error:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError) and not isinstance(error, CrossplanError):
            problem = f"the series cannot be written ({error.strerror})"
            raise OutputError(target, problem) from error
        raise


def _verify(loaded: Corpus, plans: Sequence[Plan], target: Path) -> None:
    """Raise an error for a series whose plans differ from those of its files.

    Raises
    ------
    OutputError
    """
    for plan in plans:
        if _extent(loaded[plan.id]) != _extent(plan):
            raise OutputError(
                target, f"plan {plan.id} reads otherwise from the series than from its file"
            )


def _extent(plan: Plan) -> tuple[object, ...]:
    """Return the properties of a plan that must not depend on how it was read."""
    headings = tuple((h.id, h.title, h.start, h.end) for h in plan.headings)
    return plan.text, headings, plan.measures, plan.goals


def _findings(new: Sequence[_NewPlan]) -> "pd.DataFrame":
    """Return the guesses for each plan as a table."""
    return _GUESSES.frame(
        dict(zip(_GUESSES.columns, (one.plan.id, *finding), strict=True))
        for one in new
        for finding in one.guess.findings
    )


def _write_series(
    folder: Path, name: str, title: str, marks: PlanMarks, new: Sequence[_NewPlan]
) -> None:
    """Write all files of a series into an empty folder."""
    language = new[0].guess.language
    contents = dict.fromkeys(word for one in new for word in one.guess.contents)
    content = {
        "id": name,
        "language": language,
        "plans": [one.plan.id for one in new],
        "title": {_key_of(language): title},
        "marks": {
            "contents": list(contents),
            "chapter": list(marks.chapter or ()),
            "section": list(marks.section or ()),
            "measure": list(marks.measure or ()),
        },
    }
    guessed = [
        f"{GUESSED}the marks, from all files together",
        f"{GUESSED}the order, from the years",
    ]
    _write_toml(folder / "series.toml", content, [_GREETING, *guessed])
    for one in new:
        own = folder / one.plan.id
        own.mkdir()
        text = _text_of(one)
        (own / _TEXT).write_bytes(text)
        remarks = [f"{GUESSED}{remark}" for remark in one.guess.remarks]
        _write_toml(own / "plan.toml", _record_of(one, text), [_GREETING, *remarks])


def _text_of(new: _NewPlan) -> bytes:
    """Return the text of a plan as it is stored."""
    text = prepared(new.original.text, new.guess).text
    return (text if text.endswith("\n") else f"{text}\n").encode("utf-8")


def _record_of(new: _NewPlan, text: bytes) -> dict[str, Any]:
    """Return the contents of ``plan.toml``."""
    plan, day = new.plan, new.guess.published
    dated = {"published": day.day, "date_on_document": day.printed} if day else {}
    return {
        "id": plan.id,
        **dated,
        "introduction": plan.introduction.title,
        "introduction_printed": new.guess.introduction_line is not None,
        "period": {"start": plan.start_year, "end": plan.end_year},
        "title": {_key_of(plan.language): plan.title},
        "publisher": {_key_of(plan.language): plan.publisher},
        "witness": {
            "file": _TEXT,
            "sha256": hashlib.sha256(text).hexdigest(),
            "source": new.original.witness.source,
            "note": _note_of(new),
        },
        "outline_confidence": dict(plan.outline_confidence),
        "chapters": [_chapter_of(chapter, _key_of(plan.language)) for chapter in plan.chapters],
    }


def _note_of(new: _NewPlan) -> str:
    """Return a note on how the text was made from the file."""
    guess, witness = new.guess, new.original.witness
    parts = [f"sha256 of the file: {witness.sha256}", witness.note]
    if guess.breaks:
        parts.append(f"{len(guess.breaks)} headings set on lines of their own")
    if guess.broken:
        parts.append(f"{len(guess.broken)} broken headings joined")
    if guess.end < len(new.original.lines):
        parts.append("annexes and page furniture after the end left out")
    return "; ".join(part for part in parts if part)


def _key_of(language: str) -> str:
    """Return the key of a title in a language."""
    return "zh" if find_language(language) == CHINESE else "en"


def _chapter_of(chapter: Section, key: str) -> dict[str, Any]:
    """Return a chapter with its sections in the form of ``plan.toml``."""
    sections = [{key: section.title} for section in chapter.sections]
    return {key: chapter.title} | ({"sections": sections} if sections else {})


def _write_toml(path: Path, content: dict[str, Any], comments: Iterable[str]) -> None:
    """Write a TOML file with comments at its top."""
    head = "".join(f"# {_one_line(comment)}\n" for comment in comments)
    path.write_text(f"{head}\n{tomli_w.dumps(content)}", encoding="utf-8", newline="\n")


def _one_line(comment: str) -> str:
    """Return words as one line that is safe in a comment."""
    return "".join(character if character.isprintable() else " " for character in comment)
