"""The files of one's own that a declaration names, which are kept with the results."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from crossplan.pipeline.declaration import (
    Analysis,
    Frequencies,
    Key,
    MeasureComparison,
    MeasureTrace,
    ReportStep,
    TargetComparison,
    TargetTrace,
    TermComparison,
    TermTrace,
    Words,
)
from crossplan.pipeline.manifest import Role

# Of groups and lexicon, that of the series.
OF_SERIES = "series"
DEFAULT = "default"


class NamedFile(NamedTuple):
    """A file that a declaration names.

    Attributes
    ----------
    key : tuple of str and int
        Where it is named.
    path : str
        As seen from the declaration.
    role : {"decisions", "words"}
    """

    key: Key
    path: str
    role: Role

    @property
    def place(self) -> str:
        """Where it is kept, as seen from the folder of results."""
        return str(PurePosixPath(self.path))


def named_files(analysis: Analysis) -> Iterator[NamedFile]:
    """Give each file that is named, wherever it is."""
    words = analysis.words
    yield from word_files(("words", "lexicon"), words.lexicon, OF_SERIES)
    yield from word_files(("words", "stop_words"), words.stop_words, DEFAULT)
    for key, step in analysis.steps():
        match step:
            case MeasureComparison() | TargetComparison():
                yield from decision_files((*key, "decisions"), step.decisions)
            case ReportStep():
                yield from decision_files((*key, "decisions"), step.decisions)
                yield from decision_files((*key, "target_decisions"), step.target_decisions)
            case MeasureTrace() | TargetTrace():
                for number, pair in enumerate(step.decisions):
                    yield from decision_files((*key, "decisions", number, "file"), pair.file)
            case TermComparison() | TermTrace() | Frequencies():
                yield from word_files((*key, "groups"), step.groups or OF_SERIES, OF_SERIES)


def decision_files(key: Key, path: str) -> Iterator[NamedFile]:
    """Give a file of decisions, if one is named."""
    if path:
        yield NamedFile(key, path, "decisions")


def word_files(key: Key, given: Words, known: str) -> Iterator[NamedFile]:
    """Give a file of words, if it is one and not a list, nor what is `known` by a word."""
    if isinstance(given, str) and given != known:
        yield NamedFile(key, given, "words")
