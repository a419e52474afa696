"""How chapters and sections went from plan to plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from crossplan.frames import typed_frame
from crossplan.matching.assignment import Pair, assign, link, similarity
from crossplan.matching.titles import core
from crossplan.model import Corpus, Plan, Section
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.labels import Language

Relation = Literal["kept", "renamed", "new", "dropped"]

# Two titles of four characters that share two score 50; they are as often two rights
# as one. Above this, in the five outlines, a pair is a renaming.
MINIMUM_SCORE = 60.0
COLUMNS = {
    "old_id": "string",
    "old_title": "string",
    "new_id": "string",
    "new_title": "string",
    "relation": "string",
    "moved": "boolean",
    "score": "float64",
}


@dataclass(frozen=True, slots=True)
class SectionLink:
    """What became of a heading between two consecutive plans."""

    old: Section | None
    new: Section | None
    relation: Relation
    moved: bool | None
    score: float | None


@dataclass(frozen=True, repr=False, eq=False)
class SectionAlignment(Result):
    """Chapters and sections of plans, each with what it became.

    Made by :func:`align_sections` and :func:`trace_sections`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per heading that was kept, renamed, new or dropped between two
        consecutive plans: old_id, old_title, new_id, new_title, relation, moved
        (its chapter or level changed), score (0 to 100).
    plans : tuple of Plan
        Oldest first.
    links : tuple of SectionLink
        The rows as objects.
    """

    plans: tuple[Plan, ...]
    links: tuple[SectionLink, ...]

    @property
    def kept(self) -> "pd.DataFrame":
        """Headings whose title did not change."""
        return self._with("kept")

    @property
    def renamed(self) -> "pd.DataFrame":
        """Headings whose title changed."""
        return self._with("renamed")

    @property
    def new(self) -> "pd.DataFrame":
        """Headings without a predecessor."""
        return self._with("new")

    @property
    def dropped(self) -> "pd.DataFrame":
        """Headings without a successor."""
        return self._with("dropped")

    def _with(self, relation: str) -> "pd.DataFrame":
        return self.frame[self.frame["relation"] == relation].reset_index(drop=True)

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the plans as columns of headings, joined where a heading went on."""
        from crossplan.matching.sections_figure import draw_lineage

        return draw_lineage(self, ax, lang=lang)


def align_sections(
    old: Plan, new: Plan, *, generic_endings: Sequence[str] = ()
) -> SectionAlignment:
    """Match the chapters and sections of two plans by their titles.

    Titles are compared with rapidfuzz, without their numbering and generic endings,
    and paired one to one, so that the sum of the scores is highest.
    Chapters and sections are matched together: a section can become a chapter.
    Titles alone cannot show merges and splits; these appear as dropped and new.

    Parameters
    ----------
    old, new : Plan
    generic_endings : sequence of str
        Endings that tell no two titles apart; a Corpus knows those of its series.

    Returns
    -------
    SectionAlignment

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> sections = cp.align_sections(plans["2021-2025"], plans["2026-2030"],
    ...                              generic_endings=plans.generic_endings)
    >>> sections.renamed.query("new_title == '健康权'").old_title.item()
    '健康权利'
    """
    return build([old, new], generic_endings)


def trace_sections(corpus: Corpus) -> SectionAlignment:
    """Follow chapters and sections through all plans of a corpus.

    Every plan is matched with the one before it as :func:`align_sections` does.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    SectionAlignment

    Examples
    --------
    >>> import crossplan as cp
    >>> sections = cp.trace_sections(cp.load_plans())
    >>> sections.table.query("old_title == '环境权利' and moved").new_id.to_list()
    ['2021-2025/3']
    """
    return build(list(corpus.values()), corpus.generic_endings)


def build(plans: Sequence[Plan], generic_endings: Sequence[str]) -> SectionAlignment:
    """Align each plan with the next and put the rows together."""
    links = tuple(
        found
        for old, new in pairwise(plans)
        for found in links_between(old.headings, new.headings, generic_endings)
    )
    return SectionAlignment(
        frame=typed_frame(map(row, links), COLUMNS),
        method=(
            "Titles without numbering and generic endings, rapidfuzz ratio, paired one "
            f"to one from a score of {MINIMUM_SCORE:g}."
        ),
        plans=tuple(plans),
        links=links,
    )


def links_between(
    old: Sequence[Section], new: Sequence[Section], generic_endings: Sequence[str]
) -> Iterator[SectionLink]:
    """Align the headings of two plans."""
    pairs = assign(
        similarity(
            [core(heading.title, generic_endings) for heading in old],
            [core(heading.title, generic_endings) for heading in new],
        ),
        MINIMUM_SCORE,
    )
    chapters = chapters_matched(pairs, old, new)
    for before, after, score in link(old, new, pairs):
        if before is None:
            yield SectionLink(None, after, "new", None, None)
        elif after is None:
            yield SectionLink(before, None, "dropped", None, None)
        else:
            relation: Relation = "kept" if before.title == after.title else "renamed"
            yield SectionLink(before, after, relation, has_moved(before, after, chapters), score)


def chapters_matched(
    pairs: Iterable[Pair], old: Sequence[Section], new: Sequence[Section]
) -> dict[int, int]:
    """Tell which chapter became which: by its title, else by where its sections went."""
    by_title: dict[int, int] = {}
    went_to: dict[int, Counter[int]] = {}
    for pair in pairs:
        before, after = old[pair.old], new[pair.new]
        if before.level == after.level == "chapter":
            by_title[before.chapter] = after.chapter
        elif before.level == after.level == "section":
            went_to.setdefault(before.chapter, Counter())[after.chapter] += 1
    by_sections = {
        chapter: min(counts, key=lambda number: (-counts[number], number))
        for chapter, counts in went_to.items()
    }
    return by_sections | by_title


def has_moved(old: Section, new: Section, chapters: dict[int, int]) -> bool:
    """Tell whether a heading changed its level, or stands in another chapter."""
    if old.level != new.level:
        return True
    return old.level == "section" and chapters[old.chapter] != new.chapter


def row(found: SectionLink) -> dict[str, Any]:
    """Give a link as a row of the table."""
    return {
        "old_id": found.old and found.old.id,
        "old_title": found.old and found.old.title,
        "new_id": found.new and found.new.id,
        "new_title": found.new and found.new.title,
        "relation": found.relation,
        "moved": found.moved,
        "score": found.score,
    }
