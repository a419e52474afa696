"""Compute the results that a report shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.corpora.corpus import Corpus
from crossplan.errors import LanguageError
from crossplan.labels import Language, in_language
from crossplan.languages.registry import KNOWN, describe, find_language, known_names, language_of
from crossplan.matching.measures import MeasureComparison, compare_measures, comparison_of
from crossplan.matching.plan_links import PlanLinks, link_plans
from crossplan.matching.sections import SectionAlignment, align_in_turn, alignment_of
from crossplan.matching.titles import expect_words_of
from crossplan.model import Plan
from crossplan.progress import steps
from crossplan.targets.comparison import TargetComparison, compare_targets
from crossplan.targets.trace import TargetTrace, trace_targets
from crossplan.words.comparison import TermComparison, compare_terms
from crossplan.words.terms import TermFrequencies, term_frequencies

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A file of a reviewer's decisions, and its checksum.

    The file is identified by its name, because its folder differs between machines.
    """

    name: str
    sha256: str

    @classmethod
    def of(cls, path: str | Path | None) -> "DecisionFile | None":
        """Describe a file that was already read."""
        if path is None:
            return None
        return cls(Path(path).name, sha256(Path(path).read_bytes()).hexdigest())


@dataclass(frozen=True, slots=True)
class Content:
    """The results that a report shows, and the plans they come from.

    Attributes
    ----------
    corpus : Corpus
    old, new : Plan
        The plans that are compared with each other.
    lang : {"zh", "en"}
    links : PlanLinks
        Links of the two plans, without decisions of a reviewer.
    lineage : SectionAlignment
        Alignment through all plans.
    sections : SectionAlignment
        Alignment of the two plans.
    target_results : (TargetComparison, TargetTrace) or None
        Targets of the two plans, and through all plans; None if targets cannot be read in
        their language.
    terms : TermFrequencies or None
        Terms of the new plan by chapter; None if its text is not at hand, or is in a language
        that cannot be segmented.
    measures : MeasureComparison or None
        None if a text is not at hand.
    term_comparison : TermComparison or None
        None if a text is not at hand.
    measure_decisions, target_decisions : DecisionFile or None
    """

    corpus: Corpus
    old: Plan
    new: Plan
    lang: Language
    links: PlanLinks
    lineage: SectionAlignment
    sections: SectionAlignment
    target_results: tuple[TargetComparison, TargetTrace] | None
    terms: TermFrequencies | None
    measures: MeasureComparison | None
    term_comparison: TermComparison | None
    measure_decisions: DecisionFile | None
    target_decisions: DecisionFile | None

    @classmethod
    def gather(  # noqa: PLR0913 - what a report is made of
        cls,
        corpus: Corpus,
        old: Plan,
        new: Plan,
        lang: Language,
        *,
        decisions: str | Path | None = None,
        target_decisions: str | Path | None = None,
    ) -> "Content":
        """Compute the results that the texts at hand allow.

        Raises
        ------
        MissingTextError
            If decisions on measures are given and a text is not at hand.
        UnreadableTextError, DecisionError
            If a file of decisions cannot be read or obeyed.
        """
        both = old.coverage == new.coverage == "full"
        language = language_of(corpus.entries, "plans")
        with_targets = language.target_grammar is not None or target_decisions is not None
        with_terms = language.cuts_words

        def measures() -> MeasureComparison | None:
            if decisions is not None:
                return compare_measures(old, new, decisions=decisions)
            return comparison_of(old, new, links()) if both else None

        @cache
        def links() -> PlanLinks:
            expect_words_of(corpus.entries)
            return link_plans(old, new)

        tasks: dict[str, Callable[[], Any]] = {
            "measures": measures,
            "lineage": lambda: align_in_turn(
                corpus.entries, known={(old.id, new.id): links().sections}
            ),
            "target_results": lambda: (
                (compare_targets(old, new, decisions=target_decisions), trace_targets(corpus))
                if with_targets
                else None
            ),
            "terms": lambda: (
                term_frequencies(new, by="chapter")
                if new.coverage == "full" and with_terms
                else None
            ),
            "term_comparison": lambda: (
                compare_terms(old, new, robustness=not language.blanks_between_words)
                if both and with_terms
                else None
            ),
        }
        computed = {name: task() for name, task in steps(tasks.items(), "report")}
        alone = list(corpus) == [old.id, new.id]
        sections = computed["lineage"] if alone else alignment_of([old, new], [links().sections])
        return cls(
            corpus=corpus,
            old=old,
            new=new,
            lang=lang,
            links=links(),
            sections=sections,
            measure_decisions=DecisionFile.of(decisions),
            target_decisions=DecisionFile.of(target_decisions),
            **computed,
        )

    @property
    def targets(self) -> TargetComparison:
        """The targets of the two plans compared.

        Raises
        ------
        LanguageError
            If they cannot be read; check `targets_unread` first.
        """
        return self._read_targets()[0]

    @property
    def trace(self) -> TargetTrace:
        """The targets of all plans; see :attr:`targets`."""
        return self._read_targets()[1]

    @property
    def targets_unread(self) -> str:
        """The reason why targets cannot be read; empty if they can."""
        if self.target_results is not None:
            return ""
        language = describe(self.new.language)
        return self.t(
            f"量化目标只能从中文文本中读取；各期计划的语言为 {self.new.language}。",
            f"Targets are read in Chinese only; these plans are written in {language}.",
        )

    @property
    def terms_unread(self) -> str:
        """The reason why the language of the plans has no terms; empty if it has."""
        if find_language(self.new.language).cuts_words:
            return ""
        known = known_names(KNOWN.values())
        language = describe(self.new.language)
        return self.t(
            f"可以分词的语言只有 {'、'.join(KNOWN)}；各期计划的语言为 {self.new.language}。",
            f"Texts are cut into words in {known} only; these plans are written in {language}.",
        )

    def _read_targets(self) -> tuple[TargetComparison, TargetTrace]:
        if self.target_results is None:
            place = f"plan {self.new.id}"
            raise LanguageError.of_targets(place, describe(self.new.language))
        return self.target_results

    @property
    def plans(self) -> Sequence[Plan]:
        """The plans, oldest first."""
        return self.corpus.plans

    @property
    def texts(self) -> Sequence[Plan]:
        """The plans whose text is at hand."""
        return self.corpus.full

    @property
    def pair(self) -> str:
        """The ids of the two plans, with an arrow between."""
        return f"{self.old.id} → {self.new.id}"

    def t(self, zh: str, en: str) -> str:
        """Choose between the Chinese and the English form of a text."""
        return in_language(self.lang, zh, en)
