"""The links between the headings of two plans."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crossplan.matching.section_evidence import WEIGHTS, Evidence, joined
from crossplan.model import Heading, Plan, Section
from crossplan.pairing.assignment import Candidates, Pair, Rival, assign, rivals
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import pandas as pd

    from crossplan.matching.section_evidence import Scores

Relation = Literal["kept", "renamed", "merged", "split", "new", "dropped"]

# From this score on, of 100, two headings are taken to be the same.
MINIMUM_SCORE: Threshold[float] = 60.0
# Votes and place depend on the pairs found before; so many rounds settle them.
ROUNDS: Threshold[int] = 4


@dataclass(frozen=True, slots=True)
class SectionLink:
    """What became of a heading between two consecutive plans.

    Attributes
    ----------
    old, new : Heading or None
        None on one side for what is new or dropped.
    relation : {"kept", "renamed", "merged", "split", "new", "dropped"}
    moved : bool or None
        Whether its level changed, or it stands in another chapter.
    score : float or None
        0 to 100.
    runner_up : Heading or None
        The best other candidate of either; for what is new or dropped, the best that
        was refused.
    margin : float or None
        The score less that of the runner-up, or less the minimum if that is higher;
        for what is new or dropped, the minimum less the score of the runner-up.
    """

    old: Heading | None
    new: Heading | None
    relation: Relation
    moved: bool | None
    score: float | None
    runner_up: Heading | None
    margin: float | None


@dataclass(frozen=True, slots=True)
class SectionLinks:
    """The links of two plans, and all pairs that came into question.

    Attributes
    ----------
    links : tuple of SectionLink
        In the order of the new plan, and after it what was dropped.
    candidates : pandas.DataFrame
        old_id, new_id, score and its parts.
    """

    links: tuple[SectionLink, ...]
    candidates: "pd.DataFrame"

    @staticmethod
    def no_candidates() -> "pd.DataFrame":
        """Give the table of candidates of two plans without headings."""
        import pandas as pd

        return pd.DataFrame(columns=["old_id", "new_id", "score", *WEIGHTS])


def links_between(
    old: Plan, new: Plan, measure_pairs: Sequence[tuple[str, str]] = ()
) -> SectionLinks:
    """Align the headings of two plans.

    Parameters
    ----------
    old, new : Plan
    measure_pairs : sequence of (str, str)
        Ids of measures that were matched, whose votes count.

    Returns
    -------
    SectionLinks
    """
    evidence = Evidence.gather(old, new, measure_pairs)
    pairs: list[Pair] = []
    for _ in range(ROUNDS):
        parts = evidence.parts(pairs)
        found = assign(Candidates.dense(joined(parts), parts), MINIMUM_SCORE)
        settled = [pair[:2] for pair in found] == [pair[:2] for pair in pairs]
        pairs = found
        if settled:
            break
    return Linker(evidence, pairs).links()


class Linker:
    """Makes links of the one-to-one pairs and of what they left over."""

    def __init__(self, evidence: Evidence, pairs: Sequence[Pair]) -> None:
        import numpy as np

        self.old, self.new = evidence.old, evidence.new
        self.parts = evidence.parts(pairs)
        self.scores = joined(self.parts)
        self.parts["contained"] = np.zeros_like(self.scores)
        self.pairs = list(pairs)
        merging = evidence.leftover_parts(pairs, old=True)
        splitting = evidence.leftover_parts(pairs, old=False)
        score = joined(merging)
        for a in sorted(set(range(len(self.old))) - {pair.old for pair in pairs}):
            if len(self.new):
                self.add(a, int(score[a].argmax()), score, merging)
        score = joined(splitting)
        for b in sorted(set(range(len(self.new))) - {pair.new for pair in pairs}):
            if len(self.old):
                self.add(int(score[:, b].argmax()), b, score, splitting)
        self.one_to_one = {(pair.old, pair.new) for pair in pairs}
        self.chapters = chapters_matched(pairs, self.old, self.new)

    def add(self, a: int, b: int, score: "Scores", parts: "dict[str, Scores]") -> None:
        """Link a heading that is left over, if the evidence suffices."""
        # Two that are left over may have chosen each other.
        if score[a, b] < MINIMUM_SCORE or any(pair[:2] == (a, b) for pair in self.pairs):
            return
        self.pairs.append(Pair(a, b, float(score[a, b])))
        self.scores[a, b] = score[a, b]
        for name, values in self.parts.items():
            values[a, b] = parts[name][a, b] if name in parts else 0.0

    def links(self) -> SectionLinks:
        """Give every heading of both plans at least once."""
        import pandas as pd

        candidates = Candidates.dense(self.scores, self.parts)
        by_old, by_new = rivals(candidates, [pair[:2] for pair in self.pairs])
        links = [
            self.linked(pair, by_old.get(pair.old), by_new.get(pair.new))
            for pair in sorted(self.pairs, key=lambda pair: (pair.new, pair.old))
        ]
        matched_old = {pair.old for pair in self.pairs}
        matched_new = {pair.new for pair in self.pairs}
        links += [
            self.alone(None, heading, by_new.get(place))
            for place, heading in enumerate(self.new)
            if place not in matched_new
        ]
        order = {heading.id: place for place, heading in enumerate(self.new)}
        links.sort(key=lambda link: order[link.new.id] if link.new else len(order))
        links += [
            self.alone(heading, None, by_old.get(place))
            for place, heading in enumerate(self.old)
            if place not in matched_old
        ]
        return SectionLinks(
            tuple(links),
            pd.DataFrame(
                {
                    "old_id": [self.old[place].id for place in candidates.old],
                    "new_id": [self.new[place].id for place in candidates.new],
                    "score": candidates.score,
                    **candidates.parts,
                }
            ),
        )

    def linked(self, pair: Pair, *found: Rival | None) -> SectionLink:
        """Make the link of a pair."""
        old, new = self.old[pair.old], self.new[pair.new]
        rival = max((r for r in found if r), key=lambda r: r.score, default=None)
        bar = max(rival.score if rival else 0.0, MINIMUM_SCORE)
        other = rival and (self.new[rival.new] if rival.old == pair.old else self.old[rival.old])
        return SectionLink(
            old.heading,
            new.heading,
            self.relation(pair),
            has_moved(old, new, self.chapters),
            pair.score,
            other and other.heading,
            pair.score - bar,
        )

    def alone(self, old: Section | None, new: Section | None, rival: Rival | None) -> SectionLink:
        """Make the row of what is new or dropped."""
        other = rival and (self.old[rival.old] if new else self.new[rival.new])
        margin = MINIMUM_SCORE - rival.score if rival else None
        return SectionLink(
            old and old.heading,
            new and new.heading,
            "new" if new else "dropped",
            None,
            None,
            other and other.heading,
            margin,
        )

    def relation(self, pair: Pair) -> Relation:
        """Tell what a pair means, seeing what else its two headings are paired with.

        What a chapter takes in from its own sections leaves its own relation as it is.
        """
        alone = pair[:2] in self.one_to_one
        old, new = self.old[pair.old], self.new[pair.new]
        olds = [self.old[p.old] for p in self.pairs if p.new == pair.new]
        news = [self.new[p.new] for p in self.pairs if p.old == pair.old]
        if len([h for h in olds if not alone or h.level == old.level]) > 1:
            return "merged"
        if len([h for h in news if not alone or h.level == new.level]) > 1:
            return "split"
        return "kept" if old.title == new.title else "renamed"


def chapters_matched(
    pairs: Iterable[Pair], old: Sequence[Section], new: Sequence[Section]
) -> dict[int, int]:
    """Tell which chapter became which: by its own pair, else by where its sections went."""
    own: dict[int, int] = {}
    went_to: dict[int, Counter[int]] = {}
    for pair in pairs:
        before, after = old[pair.old], new[pair.new]
        if before.level == after.level == "chapter":
            own[before.chapter] = after.chapter
        elif before.level == after.level == "section":
            went_to.setdefault(before.chapter, Counter())[after.chapter] += 1
    by_sections = {
        chapter: min(counts, key=lambda number: (-counts[number], number))
        for chapter, counts in went_to.items()
    }
    return by_sections | own


def has_moved(old: Section, new: Section, chapters: dict[int, int]) -> bool:
    """Tell whether a heading changed its level, or stands in another chapter."""
    if old.level != new.level:
        return True
    return old.level == "section" and chapters.get(old.chapter) != new.chapter
