"""The results that a report shows, computed once, and the plans they come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.errors import CrossplanError
from crossplan.labels import Language, in_language
from crossplan.matching.measures import MeasureComparison, compare_measures
from crossplan.matching.sections import SectionAlignment, align_sections, trace_sections
from crossplan.model import Corpus, Plan
from crossplan.progress import steps
from crossplan.targets.comparison import TargetComparison, compare_targets
from crossplan.targets.trace import TargetTrace, trace_targets
from crossplan.words.comparison import TermComparison, compare_terms
from crossplan.words.terms import TermFrequencies, term_frequencies

if TYPE_CHECKING:
    import pandas as pd

FEWEST_PLANS = 2


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
        tasks: dict[str, Callable[[], Any]] = {
            "measures": lambda: (
                compare_measures(old, new, decisions) if both or decisions else None
            ),
            "lineage": lambda: trace_sections(corpus),
            "targets": lambda: compare_targets(old, new, target_decisions),
            "trace": lambda: trace_targets(corpus),
            "terms": lambda: (
                term_frequencies(new, by="chapter") if new.coverage == "full" else None
            ),
            "term_comparison": lambda: compare_terms(old, new, robustness=True) if both else None,
        }
        computed = {name: task() for name, task in steps(tasks.items(), "report")}
        alone = len(corpus) == FEWEST_PLANS
        sections = computed["lineage"] if alone else align_sections(old, new)
        return cls(
            corpus=corpus,
            old=old,
            new=new,
            lang=lang,
            sections=sections,
            measure_decisions=DecisionFile.of(decisions),
            target_decisions=DecisionFile.of(target_decisions),
            **computed,
        )

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, oldest first."""
        return tuple(self.corpus.values())

    @property
    def texts(self) -> tuple[Plan, ...]:
        """The plans whose text is at hand."""
        return self.corpus.full

    @property
    def pair(self) -> str:
        """The ids of the two plans, with an arrow between."""
        return f"{self.old.id} → {self.new.id}"

    def t(self, zh: str, en: str) -> str:
        """Choose between the Chinese and the English form of a text."""
        return in_language(self.lang, zh, en)


def chosen(corpus: Corpus, old: Plan | None, new: Plan | None) -> tuple[Plan, Plan]:
    """Give the two plans to compare: those that are named, else the last two.

    Raises
    ------
    CrossplanError
        If the corpus has fewer than two plans, does not hold a plan that is named, or the
        older one is the newer.
    """
    plans = list(corpus.values())
    if len(plans) < FEWEST_PLANS:
        raise CrossplanError(
            f"a report compares plans, and this corpus has {len(plans)}. Load at least two."
        )
    for plan in filter(None, (old, new)):
        if corpus[plan.id] != plan:
            raise CrossplanError(
                f"the plan {plan.id} that was given is not the {plan.id} of the corpus. "
                "Give the one of the corpus, or make a corpus of the plans you mean."
            )
    ids = list(corpus)
    newer = ids.index(new.id) if new else len(ids) - 1
    older = ids.index(old.id) if old else newer - 1
    if not 0 <= older < newer:
        raise CrossplanError(
            f"{ids[newer]} is to be compared with an older plan, and "
            f"{f'{ids[older]} is none' if old else 'the corpus has none'}. "
            f"Its plans are, oldest first: {', '.join(ids)}."
        )
    return plans[older], plans[newer]


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """Give the rows of a table with None for what is missing."""
    table = frame.astype(object)
    return [
        {str(key): value for key, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]


def in_order(
    rows: Iterable[dict[str, Any]], key: str, order: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Sort rows by where the value of a column stands in an order."""
    return sorted(rows, key=lambda row: order.index(row[key]))
