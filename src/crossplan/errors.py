"""Errors of crossplan, all derived from one base class.

::

    CrossplanError
    ├── SeriesError            a series folder is malformed        (ValueError)
    ├── UnknownSeriesError     no series of that name              (LookupError)
    ├── UnknownPlanError       no plan of that id in the series    (LookupError)
    ├── NotAPlanError          a value is not a plan               (TypeError)
    ├── NotACorpusError        a value is not a corpus             (TypeError)
    ├── UnknownPassageError    no passage of that id in the plan   (LookupError)
    ├── UnknownTargetError     no target of that id is compared    (LookupError)
    ├── UnknownIndicatorError  no plan has a target of that name   (LookupError)
    ├── MissingTextError       the plan's text is not available    (LookupError)
    ├── MissingFolderError     no folder of plan texts             (FileNotFoundError)
    ├── UnreadableTextError    a file is empty or is not text      (ValueError)
    ├── UnreadablePlansError   some of many files are not plans    (ValueError)
    ├── NotThePlanError        a text is not the plan it should be (ValueError)
    ├── UnknownWitnessError    no text of that name is stored      (LookupError)
    ├── DamagedWitnessError    a stored text was changed           (ValueError)
    ├── FetchError             an address could not be read        (ConnectionError)
    ├── ChoiceError            an argument has an invalid value    (ValueError)
    ├── ArgumentError          arguments contradict each other     (ValueError)
    ├── LanguageError          a language is not supported         (ValueError)
    ├── DecisionError          a reviewer's decisions are invalid  (ValueError)
    ├── WordListError          a word list has malformed lines     (ValueError)
    ├── UnknownTermError       no term of that name was counted    (LookupError)
    ├── UnknownNotebookError   no notebook of that name            (LookupError)
    ├── UnknownParameterError  the notebook has no such parameter  (LookupError)
    ├── NotebookError          a notebook stopped before its end   (RuntimeError)
    ├── MissingExtraError      a package is not installed          (ImportError)
    ├── AnalysisError          a declared analysis is malformed    (ValueError)
    ├── UnknownAnalysisError   no file declares such an analysis   (FileNotFoundError)
    ├── MissingRunError        a folder has no results of a run    (FileNotFoundError)
    ├── ManifestError          a manifest cannot be read           (ValueError)
    ├── WorkerError            a process ended before its work     (RuntimeError)
    ├── OfflineError           an offline run tries to connect     (RuntimeError)
    └── OutputError            a result cannot be written          (OSError)

Each message names the problem, the place and the remedy. Each class also inherits from the
built-in exception that a caller would expect.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

# The most faults of a file that a message lists.
_FAULTS_LISTED = 5


class CrossplanError(Exception):
    """Base class of all errors of crossplan."""

    def __str__(self) -> str:
        # KeyError and OSError format their arguments differently; our messages are shown
        # unchanged.
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        # An error of a worker is pickled and sent to the waiting process. By default its
        # class is called with the message, but the classes below take the parts of it.
        return _restored, (type(self), self.args), self.__dict__


def _restored(kind: type[CrossplanError], args: tuple[Any, ...]) -> CrossplanError:
    """Return an unpickled error with its message."""
    error = kind.__new__(kind)
    error.args = args
    return error


class SeriesError(CrossplanError, ValueError):
    """Raised when a file of a series is missing or malformed."""

    def __init__(self, path: Path, place: str, problem: str, remedy: str) -> None:
        where = f"{path}, {place}" if place else str(path)
        super().__init__(f"{where}: {problem}. {remedy}")
        self.path = path
        self.place = place


class UnknownSeriesError(CrossplanError, LookupError):
    """Raised when no shipped series and no folder has the name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"there is no series {name!r}. Shipped series: {', '.join(known)}. "
            "A series of your own is given by the path of its folder, "
            "the one that holds series.toml."
        )
        self.name = name


class UnknownPlanError(CrossplanError, LookupError):
    """Raised when a series or corpus has no plan of that id."""

    def __init__(self, plan_id: object, known: Iterable[str], like: str = "") -> None:
        super().__init__(
            f"there is no plan {plan_id!r}. Choose from: {', '.join(known)}."
            + (f" Most like it: {like}." if like else "")
        )
        self.plan_id = plan_id


class NotAPlanError(CrossplanError, TypeError):
    """Raised when an argument is not a plan."""

    def __init__(self, value: object) -> None:
        super().__init__(
            f"a plan is wanted, not {value!r}. Name a shipped one by its id, such as "
            "'2026-2030', or take one from a corpus, as in load_plans()['2026-2030']."
        )


class NotACorpusError(CrossplanError, TypeError):
    """Raised when an argument is not a corpus."""

    def __init__(self, value: object) -> None:
        super().__init__(
            f"a corpus is wanted, not {value!r}. load_plans() and any_plan.read_plans(folder) "
            "make one; Corpus(plans) makes one of other plans, or of ids of shipped ones."
        )


class UnknownPassageError(CrossplanError, LookupError):
    """Raised when a plan has no section, measure, goal or paragraph of that id."""

    def __init__(self, passage_id: object, plan_id: str) -> None:
        super().__init__(
            f"plan {plan_id} has no passage {passage_id!r}. Ids look like "
            f"{plan_id}/1.2/3 (a measure) or {plan_id}/1.2 (a section); "
            f'plan.to_frame("measures") lists them.'
        )
        self.passage_id = passage_id


class UnknownTargetError(CrossplanError, LookupError):
    """Raised when a comparison has no target of that id."""

    def __init__(self, target_id: object) -> None:
        super().__init__(
            f"no target {target_id!r} was compared. Ids look like 2026-2030/1.5/2/t1; the "
            "columns old_id and new_id of the comparison's table list them."
        )


class UnknownIndicatorError(CrossplanError, LookupError):
    """Raised when no plan has a target of that indicator."""

    def __init__(self, indicator: object, like: Iterable[str]) -> None:
        near = ", ".join(like)
        super().__init__(
            f"no plan has a target of {indicator!r}."
            + (f" Like it: {near}." if near else "")
            + " The column standard_name of trace_targets(corpus).table lists them."
        )


class MissingTextError(CrossplanError, LookupError):
    """Raised when the text of a plan is needed and not available."""

    def __init__(self, plan_id: str, asked: str) -> None:
        super().__init__(
            f"the text of plan {plan_id} is not at hand, so its {asked} cannot be "
            f"given. crossplan fetch {plan_id} gets it from the network, and "
            f"crossplan add {plan_id} FILE reads a file of yours (text, Word, PDF or web "
            f"page), as load_plans(folder=...) does for one run with {plan_id}.txt in the "
            f"folder; load_plans()[{plan_id!r}].addresses lists published copies. "
            "corpus.full has the plans whose text is at hand."
        )
        self.plan_id = plan_id


class MissingFolderError(CrossplanError, FileNotFoundError):
    """Raised when the folder of plan texts is missing or contains no text of the series."""

    def __init__(self, folder: Path, problem: str, plan_ids: Iterable[str]) -> None:
        names = ", ".join(f"{plan_id}.txt" for plan_id in plan_ids)
        super().__init__(f"{folder}: {problem}. Give a folder that holds one or more of: {names}.")
        self.folder = folder


class UnreadableTextError(CrossplanError, ValueError):
    """Raised when a file is empty, cannot be opened, or is not text."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path = path


class UnreadablePlansError(CrossplanError, ValueError):
    """Raised when some of many files cannot be read as plans."""

    def __init__(self, faults: Iterable[tuple[Path, str]], files: int) -> None:
        self.faults = tuple(faults)
        listed = " ".join(problem for _, problem in self.faults[:_FAULTS_LISTED])
        more = len(self.faults) - _FAULTS_LISTED
        super().__init__(
            f"{len(self.faults):,} of {files:,} files cannot be read as plans: {listed}"
            f"{f' And {more:,} more.' if more > 0 else ''} Mend them, or leave them out: the "
            "attribute faults of this error names them all."
        )


class NotThePlanError(CrossplanError, ValueError):
    """Raised when a text does not have the headings of its plan."""

    def __init__(
        self, name: str, plan_id: str, found: int, expected: int, *, rather: str = ""
    ) -> None:
        instead = f"; it is rather the text of plan {rather}" if rather else ""
        super().__init__(
            f"{name}: this is not the text of plan {plan_id}: {found} of its "
            f"{expected} headings were found, in order{instead}. Check that the file holds "
            "the whole plan, in the language of its series, with each heading on a line of its own."
        )
        self.plan_id = plan_id
        self.rather = rather


class UnknownWitnessError(CrossplanError, LookupError):
    """Raised when no text of that name is stored for a plan."""

    def __init__(self, name: object, plan_id: str, known: Iterable[str]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(
            f"plan {plan_id} has no stored text {name!r}, and no file is there of that name. "
            f"Stored: {names}. crossplan use {plan_id} NAME chooses one of them, or the "
            f"shipped one; crossplan fetch {plan_id} or crossplan add {plan_id} FILE gets one."
        )
        self.plan_id = plan_id


class DamagedWitnessError(CrossplanError, ValueError):
    """Raised when a stored text was changed after it was stored."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"{folder}: the stored text is damaged: {problem}. Restore the folder from a "
            "backup, or delete it and get the text anew with crossplan fetch or crossplan add."
        )
        self.folder = folder


class FetchError(CrossplanError, ConnectionError):
    """Raised when an address cannot be read or its content cannot be used."""

    def __init__(self, address: str, problem: str, remedy: str, *, reached: bool = True) -> None:
        super().__init__(f"{address}: {problem}. {remedy}")
        self.address = address
        self.problem = problem
        self.reached = reached


class ChoiceError(CrossplanError, ValueError):
    """Raised when an argument has an invalid value."""

    def __init__(self, argument: str, value: object, choices: Iterable[object]) -> None:
        allowed = ", ".join(repr(choice) for choice in choices)
        super().__init__(f"{argument}={value!r} is not possible. Choose from: {allowed}.")


class ArgumentError(CrossplanError, ValueError):
    """Raised when arguments are invalid or contradict each other."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")


class LanguageError(CrossplanError, ValueError):
    """Raised when a method does not support the language of a plan."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")

    @classmethod
    def of_targets(cls, place: str, language: str) -> "LanguageError":
        """Return the error for targets in a language other than Chinese."""
        return cls(
            f"{place} is written in {language}, and targets are read in Chinese only",
            "Compare its measures or its terms instead. If it is in Chinese, say so: "
            'read_plan(path, language="zh"), or language = "zh" in its series.toml.',
        )

    @classmethod
    def of_two(cls, asked: str, old: tuple[str, str], new: tuple[str, str]) -> "LanguageError":
        """Return the error for plans in two languages, each with its id and language."""
        return cls(
            f"{asked} cannot be compared across languages: plan {old[0]} is written in {old[1]}, "
            f"and plan {new[0]} in {new[1]}",
            "Leave one of them out, or read both in one language. A language that was guessed "
            "wrongly is set by read_plan(path, language=...).",
        )


class DecisionError(CrossplanError, ValueError):
    """Raised when rows of a file of decisions are incomplete or contradict each other."""

    def __init__(self, name: str, rows: tuple[int, ...], problem: str, remedy: str) -> None:
        places = " and ".join(str(row) for row in rows)
        super().__init__(f"{name}, row{'s' * (len(rows) > 1)} {places}: {problem}. {remedy}")
        self.rows = rows


class WordListError(CrossplanError, ValueError):
    """Raised when lines of a lexicon, stop word list or term group file are malformed."""

    def __init__(
        self, path: Path | str, faults: Iterable[tuple[int | None, str]], remedy: str
    ) -> None:
        self.faults = tuple(faults)
        listed = "; ".join(
            f"line {line}: {problem}" if line else problem
            for line, problem in self.faults[:_FAULTS_LISTED]
        )
        more = len(self.faults) - _FAULTS_LISTED
        super().__init__(f"{path}, {listed}{f'; and {more} more' if more > 0 else ''}. {remedy}")
        self.path = path


class UnknownTermError(CrossplanError, LookupError):
    """Raised when a term was not counted."""

    def __init__(self, term: object, like: Iterable[str], why: str = "") -> None:
        near = ", ".join(like)
        super().__init__(
            f"the term {term!r} was not counted{f': {why}' if why else ''}."
            + (f" Like it: {near}." if near else "")
            + " The column term of term_frequencies(...).table lists what is counted."
        )
        self.term = term


class UnknownNotebookError(CrossplanError, LookupError):
    """Raised when no shipped notebook and no file has the name."""

    def __init__(self, name: str, known: Iterable[str], like: str = "") -> None:
        super().__init__(
            f"there is no notebook {name!r}."
            + (f" Like it: {like}." if like else "")
            + f" Shipped notebooks: {', '.join(known)}. A notebook of your own is given by the "
            "path of its file, which ends in .ipynb."
        )
        self.name = name


class UnknownParameterError(CrossplanError, LookupError):
    """Raised when a notebook has no parameter of that name."""

    def __init__(self, name: str, notebook: str, known: Iterable[str], like: str = "") -> None:
        names = ", ".join(known)
        super().__init__(
            f"{notebook} has no parameter {name!r}."
            + (f" Like it: {like}." if like else "")
            + (
                f" It has: {names}."
                if names
                else " It has none: they are assigned, one a line, in a code cell that has the "
                "tag parameters."
            )
        )
        self.name = name


class NotebookError(CrossplanError, RuntimeError):
    """Raised when a notebook stopped before its end."""

    def __init__(self, notebook: str, cell: int, line: str, problem: str) -> None:
        where = f", code cell {cell} ({line})" if cell else ""
        super().__init__(f"{notebook}{where}: {problem}")
        self.notebook = notebook
        self.cell = cell


class MissingExtraError(CrossplanError, ImportError):
    """Raised when an optional package is needed and not installed."""

    def __init__(self, package: str, extra: str, asked: str) -> None:
        super().__init__(
            f"{asked} needs the package {package}, which is not installed. "
            f'Install it: pip install "crossplan[{extra}]".'
        )
        self.package = package


class AnalysisError(CrossplanError, ValueError):
    """Raised when a declared analysis is malformed or refers to something missing."""

    def __init__(self, path: Path, line: int, key: str, problem: str, remedy: str) -> None:
        place = f"line {line}{f', key {key}' if key else ''}"
        super().__init__(f"{path}, {place}: {problem}. {remedy}")
        self.path = path
        self.line = line
        self.key = key


class UnknownAnalysisError(CrossplanError, FileNotFoundError):
    """Raised when the file of an analysis does not exist."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        names = ", ".join(known)
        super().__init__(
            f"{path}: there is no such file. "
            + (f"Analyses at hand: {names}." if names else "Give the file of an analysis, .toml.")
        )
        self.path = path


class MissingRunError(CrossplanError, FileNotFoundError):
    """Raised when a folder does not contain the results of an analysis."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: no results of a run are there. Run the analysis into it with crossplan "
            "run, or give the folder that holds its manifest.json."
        )
        self.folder = folder


class ManifestError(CrossplanError, ValueError):
    """Raised when the manifest of a folder of results cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path}: this is no manifest that this version of crossplan reads ({problem}). "
            "Run the analysis again with crossplan run, into another folder."
        )
        self.path = path


class WorkerError(CrossplanError, RuntimeError):
    """Raised when a process ended before its work was done."""

    def __init__(self, where: str, remedy: str) -> None:
        super().__init__(
            f"{where}, a process was ended before its work was done, perhaps for want of "
            f"memory. Nothing was written and no result is given. {remedy}"
        )


class OfflineError(CrossplanError, RuntimeError):
    """Raised when an offline run tries to connect to the network."""

    def __init__(self, event: str) -> None:
        super().__init__(
            f"a network connection ({event}) was tried in a run with --offline, and "
            "refused. Run without --offline to allow it."
        )


class OutputError(CrossplanError, OSError):
    """Raised when a result cannot be written to its path."""

    def __init__(
        self, path: Path, problem: str, remedy: str = "Choose another name or place."
    ) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path = path
