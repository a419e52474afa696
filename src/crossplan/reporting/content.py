"""What stands in a report: plain values, ready for the template."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from crossplan._version import __version__
from crossplan.errors import MissingTextError
from crossplan.labels import Language, title_of
from crossplan.matching.measures import MeasureComparison, compare_measures
from crossplan.matching.sections import SectionAlignment, trace_sections
from crossplan.model import Corpus, Plan
from crossplan.targets.trace import TargetTable, trace_targets
from crossplan.targets.words import target_words
from crossplan.words.terms import TermFrequencies, term_frequencies

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("jieba", "matplotlib", "pandas", "rapidfuzz", "scikit-learn", "scipy", "zhplot")
TERMS_PER_CHAPTER = 12


@dataclass(frozen=True, slots=True)
class Content:
    """The results that a report shows, and the plans they come from.

    Attributes
    ----------
    corpus : Corpus
    old, new : Plan
        The plans that are compared with each other.
    sections : SectionAlignment
    targets : TargetTable
    terms : TermFrequencies or None
        Of the new plan by chapter; None when its text is not at hand.
    measures : MeasureComparison or None
        None when a text is not at hand.
    lang : {"zh", "en"}
    """

    corpus: Corpus
    old: Plan
    new: Plan
    sections: SectionAlignment
    targets: TargetTable
    terms: TermFrequencies | None
    measures: MeasureComparison | None
    lang: Language

    @classmethod
    def gather(cls, corpus: Corpus, old: Plan, new: Plan, lang: Language) -> "Content":
        """Compute what the texts at hand allow."""
        return cls(
            corpus=corpus,
            old=old,
            new=new,
            sections=trace_sections(corpus),
            targets=trace_targets(corpus),
            terms=term_frequencies(new, by="chapter") if new.coverage == "full" else None,
            measures=compare_measures(old, new)
            if old.coverage == new.coverage == "full"
            else None,
            lang=lang,
        )

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, oldest first."""
        return tuple(self.corpus.values())

    @property
    def relations(self) -> list[tuple[str, str, dict[str, int]]]:
        """How many headings were kept, renamed, new and dropped from plan to plan."""
        table = self.sections.frame
        rows = []
        for old, new in zip(self.plans, self.plans[1:], strict=False):
            between = table[
                table["old_id"].str.startswith(f"{old.id}/")
                | table["new_id"].str.startswith(f"{new.id}/")
            ]
            # A dropped heading has no new id, and a new one no old id.
            between = between[
                between["old_id"].isna() | between["old_id"].str.startswith(f"{old.id}/")
            ]
            between = between[
                between["new_id"].isna() | between["new_id"].str.startswith(f"{new.id}/")
            ]
            rows.append((old.id, new.id, between["relation"].value_counts().to_dict()))
        return rows

    @property
    def history(self) -> list[dict[str, Any]]:
        """The shared indicators, with what each plan says of them."""
        shared = self.targets.shared
        return [
            {
                "indicator": indicator,
                "cells": [
                    self.history_cell(plan, shared[shared["indicator"] == indicator])
                    for plan in self.plans
                ],
            }
            for indicator in shared["indicator"].unique()
        ]

    def history_cell(self, plan: Plan, rows: "pd.DataFrame") -> dict[str, Any]:
        """Give what a plan says of an indicator: figures, unknown, or not in its text."""
        figures = list(records(rows[rows["plan"] == plan.id]))
        state = "known" if figures else ("absent" if plan.coverage == "full" else "unknown")
        return {"state": state, "figures": figures}

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
                "terms": list(records(rows.head(TERMS_PER_CHAPTER))),
            }
            for chapter in (self.new.introduction, *self.new.chapters)
            if not (rows := table[table["unit"] == chapter.id]).empty
        ]

    @property
    def read_targets(self) -> list[dict[str, Any]]:
        """The targets that were read from the text of the new plan."""
        table = self.targets.frame
        return list(records(table[(table["plan"] == self.new.id) & (table["evidence"] == "text")]))

    @property
    def curated_targets(self) -> list[dict[str, Any]]:
        """The curated targets of all plans."""
        table = self.targets.frame
        return list(records(table[table["evidence"] != "text"]))

    @property
    def missing_text(self) -> str:
        """What an error would say of the first plan without text; empty if none."""
        for plan in self.corpus.outline_only:
            return str(MissingTextError(plan.id, "measures and terms"))
        return ""

    @property
    def versions(self) -> list[tuple[str, str]]:
        """The versions of what computed the report."""
        return [("crossplan", __version__), *((name, version(name)) for name in PACKAGES)]


def records(table: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    """Give rows as dictionaries in which a missing value is None; targets in words."""
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        if "comparator" in row:
            row["words"] = target_words(
                row["comparator"], row["value"], row["unit"] or "", row["direction"]
            )
            row["reached"] = (
                None
                if row["outcome"] is None
                else target_words("=", float(row["outcome"]), row["unit"] or "")
            )
        yield row
