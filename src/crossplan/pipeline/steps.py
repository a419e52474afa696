"""Taking the steps: which public function each calls, and with what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from crossplan.corpora.corpus import Corpus
from crossplan.errors import CrossplanError
from crossplan.matching.lineage import trace_measures
from crossplan.matching.measures import compare_measures
from crossplan.matching.sections import align_sections, trace_sections
from crossplan.model import Plan
from crossplan.pipeline import declaration as declared
from crossplan.pipeline.material import Material
from crossplan.pipeline.named_files import DEFAULT, OF_SERIES
from crossplan.pipeline.plan_names import plans_of
from crossplan.pipeline.reading import Declaration
from crossplan.reporting.report import Report, report
from crossplan.result import Result
from crossplan.targets.comparison import compare_targets
from crossplan.targets.trace import trace_targets
from crossplan.words.comparison import compare_terms
from crossplan.words.groups import TermGroups, load_term_groups
from crossplan.words.lookup import Term
from crossplan.words.options import WordOptions
from crossplan.words.terms import term_frequencies
from crossplan.words.trace import trace_terms


@dataclass(frozen=True, slots=True)
class Steps:
    """Takes the steps of an analysis.

    Attributes
    ----------
    declaration : Declaration
    material : Material
    n_jobs : int or None
        So many processes.
    """

    declaration: Declaration
    material: Material
    n_jobs: int | None

    def require_words(self, steps: Iterable[tuple[declared.Key, declared.AnyStep]]) -> None:
        """Read the files of words that steps want, so that a broken one is refused at once.

        Raises
        ------
        AnalysisError
            If what is to be followed is no term.
        UnreadableTextError, WordListError, MissingExtraError
        """
        of_terms = declared.TermComparison | declared.TermTrace | declared.Frequencies
        for key, step in steps:
            if isinstance(step, of_terms):
                reader = self.words.for_plans(self.material.corpus.full)
                self.groups(step.groups)
                for number, term in enumerate(getattr(step, "terms", ())):
                    try:
                        Term.of(term, reader)
                    except CrossplanError as error:
                        problem, _, remedy = str(error).partition(". ")
                        where = (*key, "terms", number)
                        raise self.declaration.fault(where, problem, remedy) from error

    def take(self, step: declared.AnyStep) -> Result | Report:  # noqa: C901, PLR0911 - one each
        """Take a step."""
        match step:
            case declared.SectionComparison():
                return align_sections(*self.pair(step))
            case declared.MeasureComparison():
                return compare_measures(*self.pair(step), decisions=self.file(step.decisions))
            case declared.TargetComparison():
                return compare_targets(*self.pair(step), decisions=self.file(step.decisions))
            case declared.TermComparison():
                return compare_terms(
                    *self.pair(step),
                    ngrams=lengths(step.ngrams),
                    groups=self.groups(step.groups),
                    words=self.words,
                    robustness=step.robustness,
                    alpha=step.alpha,
                    minimum_log_ratio=step.minimum_log_ratio,
                )
            case declared.SectionTrace():
                return trace_sections(self.corpus(step), n_jobs=self.n_jobs)
            case declared.MeasureTrace():
                decisions = self.files(step.decisions)
                return trace_measures(self.corpus(step), decisions=decisions, n_jobs=self.n_jobs)
            case declared.TargetTrace():
                decisions = self.files(step.decisions)
                return trace_targets(self.corpus(step), decisions=decisions, n_jobs=self.n_jobs)
            case declared.TermTrace():
                return trace_terms(
                    self.corpus(step),
                    step.terms or None,
                    groups=self.groups(step.groups),
                    words=self.words,
                    n_jobs=self.n_jobs,
                )
            case declared.Frequencies():
                return term_frequencies(
                    self.corpus(step),
                    by=step.by,
                    ngrams=lengths(step.ngrams),
                    groups=self.groups(step.groups),
                    words=self.words,
                    n_jobs=self.n_jobs,
                )
            case declared.ReportStep():
                old, new = self.pair(step)
                return report(
                    self.material.corpus,
                    old=old,
                    new=new,
                    decisions=self.file(step.decisions),
                    target_decisions=self.file(step.target_decisions),
                    lang=self.declaration.analysis.lang,
                )
        assert_never(step)

    def pair(self, step: declared.OfTwoPlans) -> tuple[Plan, Plan]:
        """Give the two plans of a step."""
        return self.material.corpus[step.old], self.material.corpus[step.new]

    def corpus(self, step: declared.OfPlans) -> Corpus:
        """Give the plans of a step."""
        whole = self.material.corpus
        named = frozenset(plans_of(step, self.material.ids))
        return Corpus(
            (entry for entry in whole.entries if entry.id in named),
            title=whole.title,
            title_en=whole.title_en,
        )

    def file(self, named: str) -> Path | None:
        """Give the path of a file that is named in the declaration."""
        return self.declaration.at(named) if named else None

    def files(
        self, decisions: tuple[declared.PairDecisions, ...]
    ) -> Mapping[tuple[str, str], Path]:
        """Give the paths of files of decisions by the plans they are about."""
        return {(pair.old, pair.new): self.declaration.at(pair.file) for pair in decisions}

    def groups(self, named: str) -> TermGroups | None:
        """Load the term groups that are named: those of a file, or of the series."""
        series = self.material.series
        if named == OF_SERIES and series is not None:
            return load_term_groups(series.folder)
        return load_term_groups(self.declaration.at(named)) if named else None

    @property
    def words(self) -> WordOptions:
        """What counts as a word."""
        given = self.declaration.analysis.words
        return WordOptions(
            segmenter=given.segmenter,
            lexicon=self.words_of(given.lexicon, OF_SERIES),
            stop_words=self.words_of(given.stop_words, DEFAULT),
            numbers=given.numbers,
            places=given.places,
        )

    def words_of(self, given: declared.Words, known: str) -> str | Path | tuple[str, ...]:
        """Give words themselves, the path of their file, or the word by which they are known."""
        return self.declaration.at(given) if isinstance(given, str) and given != known else given


def lengths(declared_lengths: declared.Ngrams) -> int | tuple[int, int]:
    """Give the lengths of n-grams as functions take them."""
    if isinstance(declared_lengths, int):
        return declared_lengths
    least, most = declared_lengths
    return least, most
