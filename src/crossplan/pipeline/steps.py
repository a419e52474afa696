"""Base classes of the steps of an analysis, and their inputs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal, NamedTuple

import msgspec

from crossplan.corpora.corpus import Corpus
from crossplan.errors import CrossplanError
from crossplan.labels import Language
from crossplan.model import Plan
from crossplan.reporting.report import Report
from crossplan.result import Result, ResultKind
from crossplan.words.groups import TermGroups, load_term_groups
from crossplan.words.lookup import Term
from crossplan.words.options import WordOptions

Key = tuple[str | int, ...]
Word = Annotated[str, msgspec.Meta(pattern=r"\S")]
Words = str | tuple[Word, ...]
_WithoutText = Literal["refuse", "leave out"]
About = Literal["measures", "targets"]

# Of groups and lexicon, that of the series.
OF_SERIES = "series"
DEFAULT = "default"
FEWEST_TRACED = 2


class Fault(NamedTuple):
    """A fault of a key of a declaration, with the remedy."""

    key: Key
    problem: str
    remedy: str


class NamedDecisions(NamedTuple):
    """A file of decisions that a step names, and the plans and things that they are on."""

    key: Key
    path: str
    old: str
    new: str
    about: About


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of all tables of the file: unknown keys are refused."""


class WordChoices(Declared, frozen=True, kw_only=True):
    """``[words]``: what counts as a word, as :class:`crossplan.WordOptions` has it.

    The segmenter is named and does not depend on installed packages: its name is in results.
    """

    segmenter: Literal["auto", "jieba", "rjieba", "characters", "blanks"] = "jieba"
    lexicon: Words = OF_SERIES
    stop_words: Words = DEFAULT
    numbers: Literal["leave out", "keep", "merge"] = "leave out"
    places: Literal["leave out", "keep", "merge"] = "keep"


@dataclass(frozen=True, slots=True)
class StepContext:
    """The plans and options with which the steps of an analysis run.

    Attributes
    ----------
    corpus : Corpus
        The plans of the analysis that are available.
    ids : sequence of str
        Of all its plans, oldest first.
    series : Path or None
        The folder of their series.
    choices : WordChoices
    lang : {"zh", "en"}
    at : callable
        Returns the path of a file that the declaration names.
    n_jobs : int or None
        The number of processes.
    """

    corpus: Corpus
    ids: Sequence[str]
    series: Path | None
    choices: WordChoices
    lang: Language
    at: Callable[[str], Path]
    n_jobs: int | None

    def run(self, step: "AnalysisStep") -> Result | Report:
        """Run a step."""
        return step.run(self)

    def pair(self, step: "OfTwoPlans") -> tuple[Plan, Plan]:
        """Return the two plans of a step."""
        return self.corpus[step.old], self.corpus[step.new]

    def corpus_of(self, step: "AnalysisStep") -> Corpus:
        """Return the plans of a step."""
        named = frozenset(step.plans_among(self.ids))
        return Corpus(
            (entry for entry in self.corpus.entries if entry.id in named),
            title=self.corpus.title,
            title_en=self.corpus.title_en,
        )

    def file(self, named: str) -> Path | None:
        """Return the path of a file that may be named."""
        return self.at(named) if named else None

    def files(self, pairs: "tuple[_PairDecisions, ...]") -> Mapping[tuple[str, str], Path]:
        """Return the paths of files of decisions by the plans they are about."""
        return {(pair.old, pair.new): self.at(pair.file) for pair in pairs}

    def groups(self, named: str) -> TermGroups | None:
        """Load the term groups that are named: those of a file, or of the series."""
        if named == OF_SERIES and self.series is not None:
            return load_term_groups(self.series)
        return load_term_groups(self.at(named)) if named else None

    @property
    def words(self) -> WordOptions:
        """What counts as a word."""
        choices = self.choices
        return WordOptions(
            segmenter=choices.segmenter,
            lexicon=self._words_of(choices.lexicon, OF_SERIES),
            stop_words=self._words_of(choices.stop_words, DEFAULT),
            numbers=choices.numbers,
            places=choices.places,
        )

    def _words_of(self, words: Words, known: str) -> str | Path | tuple[str, ...]:
        return self.at(words) if isinstance(words, str) and words != known else words


class AnalysisStep(Declared, frozen=True, kw_only=True):
    """The base of all steps.

    Attributes
    ----------
    name : str
        Of its files.
    without_text : {"refuse", "leave out"}
        What to do if a text that it needs is not available.
    packages : tuple of str
        The packages whose thresholds determine the result.
    kind : ResultKind or None
        What its result is; None of a report.
    reads_texts : bool
        Whether it needs the texts of its plans, not only outlines and curated targets.
    follows_measures : bool
        Whether it needs a plan with measures.
    counts_words : bool
        Whether it needs what counts as a word.
    """

    packages: ClassVar[tuple[str, ...]] = ("matching", "pairing")
    kind: ClassVar[ResultKind | None] = None
    reads_texts: ClassVar[bool] = False
    follows_measures: ClassVar[bool] = False
    counts_words: ClassVar[bool] = False
    name: str
    without_text: _WithoutText = "refuse"

    def run(self, context: StepContext) -> Result | Report:
        """Call the public function that the step declares."""
        raise NotImplementedError

    def plans_among(self, ids: Sequence[str]) -> list[str]:
        """Return the ids of its plans, oldest first, of those of the analysis."""
        return list(ids)

    def texts_lacking(
        self, ids: Sequence[str], known: frozenset[str], full: frozenset[str]
    ) -> list[str]:
        """Return the plans whose texts it needs and that are not available.

        Parameters
        ----------
        ids : sequence of str
            Ids of the plans of the analysis.
        known : frozenset of str
            Ids of those with a text or an outline; a document without its file has neither.
        full : frozenset of str
            Ids of those with a text.
        """
        needed = full if self.reads_texts else known
        return [plan_id for plan_id in self.plans_among(ids) if plan_id not in needed]

    def decisions_named(self, key: Key) -> Iterator[NamedDecisions]:
        """Return the files of decisions that it names."""
        del key
        yield from ()

    @property
    def groups_named(self) -> str:
        """The term groups that it names: a file, or that of the series; empty if none."""
        return getattr(self, "groups", "")

    def fault_of_words(self, context: StepContext) -> Fault | None:
        """Read the files of words that it needs; return the fault of its terms.

        The key of the fault is that within the step.

        Raises
        ------
        UnreadableTextError, WordListError, MissingExtraError
        """
        if not self.counts_words:
            return None
        reader = context.words.for_plans(context.corpus.full)
        context.groups(self.groups_named)
        for number, term in enumerate(getattr(self, "terms", ())):
            try:
                Term.of(term, reader)
            except CrossplanError as error:
                problem, _, remedy = str(error).partition(". ")
                return Fault(("terms", number), problem, remedy)
        return None

    def lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Return its lists in which each value may occur once, by their keys."""
        yield from ()

    def faults(self) -> Iterator[Fault]:
        """Return options that do not go together; the keys are those within the step."""
        yield from ()


class OfTwoPlans(AnalysisStep, frozen=True, kw_only=True):
    """A step that compares two plans."""

    old: str
    new: str

    def plans_among(self, ids: Sequence[str]) -> list[str]:
        """Return the ids of its two plans."""
        del ids
        return [self.old, self.new]

    def _decided(self, key: Key, name: str, about: About) -> Iterator[NamedDecisions]:
        if path := getattr(self, name):
            yield NamedDecisions((*key, name), path, self.old, self.new, about)


class OfPlans(AnalysisStep, frozen=True, kw_only=True):
    """A step on several plans: those that are named, or all of the analysis.

    Attributes
    ----------
    fewest : int
        The fewest plans that it makes sense for.
    """

    fewest: ClassVar[int] = 0
    plans: tuple[str, ...] = ()

    def plans_among(self, ids: Sequence[str]) -> list[str]:
        """Return the ids of its plans, oldest first, of those of the analysis."""
        named = frozenset(self.plans or ids)
        return [plan_id for plan_id in ids if plan_id in named]

    def lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Return its lists in which each value may occur once."""
        yield "plans", self.plans


class _PairDecisions(Declared, frozen=True, kw_only=True):
    """``[[traces.decisions]]``: a reviewer's decisions on two of the plans."""

    old: str
    new: str
    file: str


class OfDecidedPlans(OfPlans, frozen=True, kw_only=True):
    """A trace that obeys decisions on pairs of its plans."""

    fewest: ClassVar[int] = FEWEST_TRACED
    about: ClassVar[About] = "measures"
    decisions: tuple[_PairDecisions, ...] = ()

    def decisions_named(self, key: Key) -> Iterator[NamedDecisions]:
        """Return the files of decisions."""
        for number, pair in enumerate(self.decisions):
            place = (*key, "decisions", number, "file")
            yield NamedDecisions(place, pair.file, pair.old, pair.new, self.about)

    def lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Return its lists in which each value may occur once."""
        yield "plans", self.plans
        yield "decisions", [(pair.old, pair.new) for pair in self.decisions]
