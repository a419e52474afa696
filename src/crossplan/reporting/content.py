"""What stands in a report: plain values, ready for the template."""

from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from crossplan._version import __version__
from crossplan.labels import Language, title_of
from crossplan.matching.measure_links import Status
from crossplan.matching.measures import MeasureComparison, compare_measures
from crossplan.matching.section_links import Relation, SectionLink
from crossplan.matching.sections import SectionAlignment, trace_sections
from crossplan.matching.wording import redline
from crossplan.model import Corpus, Plan, Target
from crossplan.targets.change import Change
from crossplan.targets.comparison import Row, TargetComparison, compare_targets
from crossplan.targets.indicators import Identity
from crossplan.targets.trace import Step, TargetTrace, trace_targets
from crossplan.targets.words import CHANGE_WORDS
from crossplan.words.change import TermChange
from crossplan.words.comparison import TermComparison, compare_terms
from crossplan.words.terms import TermFrequencies, term_frequencies

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("jieba", "matplotlib", "pandas", "rapidfuzz", "scikit-learn", "scipy", "zhplot")
# Used where it is installed.
OPTIONAL_PACKAGES = ("rjieba",)
RELATIONS: tuple[Relation, ...] = ("kept", "renamed", "merged", "split", "new", "dropped")
STATUSES: tuple[Status, ...] = ("new", "dropped", "revised", "merged", "split", "kept")
CHANGES = tuple(CHANGE_WORDS)
TERM_CHANGES: tuple[TermChange, ...] = ("new", "rising", "falling", "dropped")
TERMS_PER_CHAPTER = 12
TERMS_PER_CHANGE = 40


@dataclass(frozen=True, slots=True)
class Content:
    """The results that a report shows, and the plans they come from.

    Attributes
    ----------
    corpus : Corpus
    old, new : Plan
        The plans that are compared with each other.
    sections : SectionAlignment
    targets : TargetTrace
    compared : TargetComparison
        The targets of the two plans.
    terms : TermFrequencies or None
        Of the new plan by chapter; None when its text is not at hand.
    measures : MeasureComparison or None
        None when a text is not at hand.
    term_comparison : TermComparison or None
        None when a text is not at hand.
    lang : {"zh", "en"}
    """

    corpus: Corpus
    old: Plan
    new: Plan
    sections: SectionAlignment
    targets: TargetTrace
    compared: TargetComparison
    terms: TermFrequencies | None
    measures: MeasureComparison | None
    term_comparison: TermComparison | None
    lang: Language

    @classmethod
    def gather(cls, corpus: Corpus, old: Plan, new: Plan, lang: Language) -> "Content":
        """Compute what the texts at hand allow."""
        both = old.coverage == new.coverage == "full"
        return cls(
            corpus=corpus,
            old=old,
            new=new,
            sections=trace_sections(corpus),
            targets=trace_targets(corpus),
            compared=compare_targets(old, new),
            terms=term_frequencies(new, by="chapter") if new.coverage == "full" else None,
            measures=compare_measures(old, new) if both else None,
            term_comparison=compare_terms(old, new, robustness=True) if both else None,
            lang=lang,
        )

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, oldest first."""
        return tuple(self.corpus.values())

    @property
    def relations(self) -> list[tuple[str, str, dict[str, int]]]:
        """How many headings have each relation, and moved, from plan to plan."""
        links = self.sections.links
        counts = Counter((self.plan_after(link), link.relation) for link in links)
        moved = Counter(self.plan_after(link) for link in links if link.moved)
        return [
            (
                old.id,
                new.id,
                {name: counts[new.id, name] for name in RELATIONS} | {"moved": moved[new.id]},
            )
            for old, new in pairwise(self.plans)
        ]

    @property
    def relation_names(self) -> tuple[Relation, ...]:
        """The relations, in the order of the table."""
        return RELATIONS

    @property
    def changed_sections(self) -> list[dict[str, Any]]:
        """The headings that did not simply stay, in the order of the lineage."""
        return [
            row for row in records(self.sections.frame) if row["relation"] != "kept" or row["moved"]
        ]

    @property
    def status_names(self) -> tuple[Status, ...]:
        """The statuses of measures, in the order of the report."""
        return STATUSES

    @property
    def statuses(self) -> Counter[str]:
        """How many rows of the comparison have each status."""
        return Counter(self.measures.frame["status"]) if self.measures else Counter()

    @property
    def measure_rows(self) -> list[dict[str, Any]]:
        """The rows of the comparison by status, each pair with its redline."""
        if self.measures is None:
            return []
        rows = sorted(records(self.measures.frame), key=lambda row: STATUSES.index(row["status"]))
        for row in rows:
            changed = row["old_id"] and row["new_id"] and row["status"] != "kept"
            row["runs"] = redline(row["old_text"], row["new_text"]).runs if changed else ()
        return rows

    def plan_after(self, link: SectionLink) -> str:
        """Tell the newer of the two plans that a link stands between."""
        if link.new is not None:
            return link.new.plan
        ids = list(self.corpus)
        return ids[ids.index(link.old.plan) + 1] if link.old is not None else ""

    @property
    def history(self) -> list[tuple[Identity, list[tuple[str, list[Step]]]]]:
        """The shared indicators, with what each plan says of them.

        A plan has the state *known*, *unknown* (no text at hand) or *absent* (not in its
        text), and its targets.
        """
        return [
            (
                steps[0].identity,
                [
                    (
                        state_of(plan, steps),
                        [step for step in steps if step.target.plan == plan.id],
                    )
                    for plan in self.plans
                ],
            )
            for steps in self.targets.step_histories.values()
        ]

    @property
    def target_changes(self) -> list[tuple[Change, int]]:
        """How many targets of the two plans had each fate."""
        counts = Counter(row.outcome.change for row in self.compared.rows)
        return [(change, counts[change]) for change in CHANGES]

    @property
    def target_rows(self) -> list[Row]:
        """The rows of the target comparison of which something is known."""
        rows = [row for row in self.compared.rows if row.outcome.change != "unknown"]
        return sorted(rows, key=lambda row: CHANGES.index(row.outcome.change))

    @property
    def disagreements(self) -> list[dict[str, Any]]:
        """Where curated rows and the text do not agree, in any plan."""
        return records(self.targets.disagreements.frame)

    @property
    def chapter_terms(self) -> list[dict[str, Any]]:
        """The most frequent terms of each chapter of the new plan."""
        if self.terms is None:
            return []
        table = self.terms.frame
        return [
            {
                "title": title_of(chapter, self.lang),
                "words": int(rows["words"].iloc[0]),
                "terms": list(zip(rows["term"], rows["count"], strict=True)),
            }
            for chapter in (self.new.introduction, *self.new.chapters)
            if not (rows := table[table["unit"] == chapter.id].head(TERMS_PER_CHAPTER)).empty
        ]

    @property
    def term_changes(self) -> list[tuple[TermChange, int, list[dict[str, Any]]]]:
        """The terms that changed, by change: how many, and those with the highest G2."""
        if self.term_comparison is None:
            return []
        table = self.term_comparison.frame
        found = [(change, table[table["change"] == change]) for change in TERM_CHANGES]
        return [(name, len(rows), records(rows.head(TERMS_PER_CHANGE))) for name, rows in found]

    @property
    def read_targets(self) -> list[Target]:
        """The targets that were read from the text of the new plan."""
        return [t for t in self.targets.targets if t.plan == self.new.id and t.measure]

    @property
    def curated_targets(self) -> list[Target]:
        """The curated targets of all plans."""
        return [t for t in self.targets.targets if not t.measure]

    @property
    def versions(self) -> list[tuple[str, str]]:
        """The versions of what computed the report."""
        there = [name for name in OPTIONAL_PACKAGES if find_spec(name)]
        return [
            ("crossplan", __version__),
            *((name, version(name)) for name in (*PACKAGES, *there)),
        ]


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """Give the rows of a table with None for what is missing."""
    table = frame.astype(object)
    return [
        {str(key): value for key, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]


def state_of(plan: Plan, steps: list[Step]) -> str:
    """Tell whether a plan is known to name an indicator, or why not."""
    if any(step.target.plan == plan.id for step in steps):
        return "known"
    return "absent" if plan.coverage == "full" else "unknown"
