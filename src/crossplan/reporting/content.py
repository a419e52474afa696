"""The results that a report shows, computed once, and the plans they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.corpora.corpus import Corpus
from crossplan.labels import Language, in_language
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

    It is known by its name: where it lies differs from machine to machine.
    """

    name: str
    sha256: str

    @classmethod
    def of(cls, path: str | Path | None) -> "DecisionFile | None":
        """Describe a file that was read already."""
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
        Of the two plans, made without a reviewer.
    lineage : SectionAlignment
        Through all plans.
    sections : SectionAlignment
        Of the two plans.
    trace : TargetTrace
        Through all plans.
    targets : TargetComparison
        Of the two plans.
    terms : TermFrequencies or None
        Of the new plan by chapter; None when its text is not at hand.
    measures : MeasureComparison or None
        None when a text is not at hand.
    term_comparison : TermComparison or None
        None when a text is not at hand.
    measure_decisions, target_decisions : DecisionFile or None
    """

    corpus: Corpus
    old: Plan
    new: Plan
    lang: Language
    links: PlanLinks
    lineage: SectionAlignment
    sections: SectionAlignment
    trace: TargetTrace
    targets: TargetComparison
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
        """Compute what the texts at hand allow.

        Raises
        ------
        MissingTextError
            If decisions on measures are given and a text is not at hand.
        UnreadableTextError, DecisionError
            If a file of decisions cannot be read or obeyed.
        """
        both = old.coverage == new.coverage == "full"

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
            "targets": lambda: compare_targets(old, new, decisions=target_decisions),
            "trace": lambda: trace_targets(corpus),
            "terms": lambda: (
                term_frequencies(new, by="chapter") if new.coverage == "full" else None
            ),
            "term_comparison": lambda: compare_terms(old, new, robustness=True) if both else None,
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
