"""The files of one's own that a declaration names, which are kept with the results."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from crossplan.pipeline.declaration import (
    Analysis,
    AnyStep,
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


About = Literal["measures", "targets"]


class NamedDecisions(NamedTuple):
    """A file of decisions that a step names, and the plans and things that they are on."""

    key: Key
    path: str
    old: str
    new: str
    about: About


def named_files(analysis: Analysis) -> Iterator[NamedFile]:
    """Give each file that is named, wherever it is."""
    words = analysis.words
    yield from word_files(("words", "lexicon"), words.lexicon, OF_SERIES)
    yield from word_files(("words", "stop_words"), words.stop_words, DEFAULT)
    for key, step in analysis.steps():
        for named in decisions_of(key, step):
            yield NamedFile(named.key, named.path, "decisions")
        if isinstance(step, TermComparison | TermTrace | Frequencies):
            yield from word_files((*key, "groups"), step.groups or OF_SERIES, OF_SERIES)


def decisions_of(key: Key, step: AnyStep) -> Iterator[NamedDecisions]:
    """Give the files of decisions that a step names."""
    about: About
    on_two_plans: dict[str, About]
    match step:
        case MeasureComparison():
            on_two_plans = {"decisions": "measures"}
        case TargetComparison():
            on_two_plans = {"decisions": "targets"}
        case ReportStep():
            on_two_plans = {"decisions": "measures", "target_decisions": "targets"}
        case MeasureTrace() | TargetTrace():
            about = "measures" if isinstance(step, MeasureTrace) else "targets"
            for number, pair in enumerate(step.decisions):
                place = (*key, "decisions", number, "file")
                yield NamedDecisions(place, pair.file, pair.old, pair.new, about)
            return
        case _:
            return
    for name, about in on_two_plans.items():
        if path := getattr(step, name):
            yield NamedDecisions((*key, name), path, step.old, step.new, about)


def word_files(key: Key, given: Words, known: str) -> Iterator[NamedFile]:
    """Give a file of words, if it is one and not a list, nor what is `known` by a word."""
    if isinstance(given, str) and given != known:
        yield NamedFile(key, given, "words")
