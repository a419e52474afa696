"""The links between the measures of two plans."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from crossplan.matching.measure_evidence import text_parts
from crossplan.matching.section_links import links_between
from crossplan.matching.titles import first_places
from crossplan.model import Measure, Plan
from crossplan.pairing.assignment import Candidates, Pair, Rival, assign, rivals
from crossplan.pairing.decisions import Decisions, Ruling
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Status = Literal["kept", "revised", "merged", "split", "new", "dropped"]

# The score is the estimated chance, of 100, that two measures are one commitment: a
# logistic regression on the parts. docs/matching.md tells on what its weights were fitted,
# and how good they are on what they were not; benchmarks/measure_weights.py fits them anew.
INTERCEPT: Threshold[float] = -14.0
WEIGHTS: Threshold[dict[str, float]] = {
    "characters": 5.7,
    "contained": 1.5,
    "rarity": 6.7,
    "wording": 0.3,
    "standing": 11.5,
    "neighbours": 7.7,
}
# Where the score is a chance, F1 is highest at half the F1 that can be reached, which is
# 0.84 on real reports (Lipton, Elkan and Naryanaswamy 2014, ECML PKDD, 225-239).
MINIMUM_SCORE: Threshold[float] = 40.0
# A measure went into another, or came out of it, when this share of it is found there,
# sentence by sentence.
MINIMUM_SHARE: Threshold[float] = 0.5
# Among so many candidates a measure that is left over is looked for.
LEFTOVER_CANDIDATES: Threshold[int] = 10

# Two sentences with this much of their characters in common, in order, are the same
# sentence with a word or a figure changed.
SAME_SENTENCE: Threshold[float] = 80.0

# Neighbours are the measures so many places before and after; what they say fades over
# so many places.
REACH: Threshold[int] = 6
SPREAD: Threshold[float] = 4.0


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """What became of a measure between two plans.

    Attributes
    ----------
    old, new : Measure or None
        None on one side for what is new or dropped.
    status : {"kept", "revised", "merged", "split", "new", "dropped"}
    moved : bool or None
        Whether it stands under a heading that the old one did not go into.
    score : float or None
        0 to 100.
    runner_up : Measure or None
        The best other candidate of either; for what is new or dropped, the best that
        was refused.
    margin : float or None
        The score less that of the runner-up, or less the minimum if that is higher;
        for what is new or dropped, the minimum less the score of the runner-up.
    ruling : Ruling or None
        The reviewer's, if one decided.
    """

    old: Measure | None
    new: Measure | None
    status: Status
    moved: bool | None
    score: float | None
    runner_up: Measure | None
    margin: float | None
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class MeasureLinks:
    """The links of two plans, and all pairs that came into question.

    Attributes
    ----------
    links : tuple of MeasureLink
        In the order of the new plan, and after it what was dropped.
    candidates : pandas.DataFrame
        old_id, new_id, score and its parts.
    headings : frozenset of (str, str)
        Ids of the headings that are the same.
    """

    links: tuple[MeasureLink, ...]
    candidates: "pd.DataFrame"
    headings: frozenset[tuple[str, str]]


def match_measures(old: Plan, new: Plan, decisions: Decisions) -> MeasureLinks:
    """Match the measures of two plans.

    Parameters
    ----------
    old, new : Plan
        With text.
    decisions : Decisions
        What a reviewer decided; it goes before everything else.

    Returns
    -------
    MeasureLinks
    """
    return Matcher(old, new, decisions).links()


class Matcher:
    """Scores the candidates, pairs them, and looks for what is left over."""

    def __init__(self, old: Plan, new: Plan, decisions: Decisions) -> None:
        self.plans = old, new
        self.old, self.new = old.measures, new.measures
        self.rulings = decisions.rulings
        self.settled = Settled.of(decisions, self.old, self.new)
        candidates = text_parts(self.old, self.new, self.settled.pairs)
        first = assign(self.settled.open(scored(candidates)), MINIMUM_SCORE)
        context = {"neighbours": neighbours(candidates, first)}
        self.candidates = scored(replace(candidates, parts={**candidates.parts, **context}))
        pairs = assign(self.settled.open(self.candidates), MINIMUM_SCORE)
        self.score = dict(
            zip(
                zip(self.candidates.old.tolist(), self.candidates.new.tolist(), strict=True),
                self.candidates.score.tolist(),
                strict=True,
            )
        )
        pairs += [Pair(*pair, self.score[pair]) for pair in self.settled.pairs]
        self.pairs = sorted(pairs + self.leftovers(pairs))
        self.went_to = self.headings_linked(self.pairs)

    def headings_linked(self, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
        """Give the pairs of headings that are the same, measures voting."""
        votes = [(self.old[pair.old].id, self.new[pair.new].id) for pair in pairs]
        links = links_between(*self.plans, votes).links
        return {(link.old.id, link.new.id) for link in links if link.old and link.new}

    def leftovers(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Find measures without a pair again inside others, or others inside them."""
        taken_old = {pair.old for pair in pairs} | self.settled.alone_old
        taken_new = {pair.new for pair in pairs} | self.settled.alone_new
        # What went on unchanged has taken nothing in and given nothing away.
        kept = [pair for pair in pairs if self.old[pair.old].text == self.new[pair.new].text]
        whole_old, whole_new = {pair.old for pair in kept}, {pair.new for pair in kept}
        best = sorted(self.score, key=lambda pair: (-self.score[pair], pair))
        inside = self.nearest(best, 0, taken_old, whole_new)
        around = self.nearest(best, 1, taken_new, whole_old)
        found: dict[tuple[int, int], Pair] = {}
        for place, others in sorted(inside.items()):
            shares = found_again(self.old[place], [self.new[b] for _, b in others])
            self.keep_best(found, others, shares)
        for place, others in sorted(around.items()):
            shares = found_again(self.new[place], [self.old[a] for a, _ in others])
            self.keep_best(found, others, shares)
        return list(found.values())

    def nearest(
        self,
        best: Sequence[tuple[int, int]],
        side: int,
        taken: AbstractSet[int],
        whole: AbstractSet[int],
    ) -> dict[int, list[tuple[int, int]]]:
        """Give the best candidates of the measures of one side that are not taken."""
        near: dict[int, list[tuple[int, int]]] = {}
        for pair in best:
            if pair[side] in taken or pair[1 - side] in whole or not self.possible(pair):
                continue
            others = near.setdefault(pair[side], [])
            if len(others) < LEFTOVER_CANDIDATES:
                others.append(pair)
        return near

    def possible(self, pair: tuple[int, int]) -> bool:
        """Tell whether a reviewer has left it open that two measures go together."""
        return (
            pair not in self.settled.refused
            and pair[0] not in self.settled.alone_old
            and pair[1] not in self.settled.alone_new
        )

    def keep_best(
        self,
        found: dict[tuple[int, int], Pair],
        others: Sequence[tuple[int, int]],
        shares: Sequence[float],
    ) -> None:
        """Link a measure that is left over to the other that has the most of it."""
        share, pair = max(zip(shares, others, strict=True), key=lambda item: item[0])
        if share >= MINIMUM_SHARE:
            found.setdefault(pair, Pair(*pair, max(self.score[pair], 100 * share)))
        elif self.score[others[0]] >= MINIMUM_SCORE:
            found.setdefault(others[0], Pair(*others[0], self.score[others[0]]))

    def links(self) -> MeasureLinks:
        """Give every measure of both plans at least once."""
        linked = [pair[:2] for pair in self.pairs]
        by_old, by_new = rivals(self.candidates, linked)
        olds = Counter(pair.old for pair in self.pairs)
        news = Counter(pair.new for pair in self.pairs)
        rows = [(pair.new, self.linked(pair, olds, news, by_old, by_new)) for pair in self.pairs]
        rows += [
            (place, self.alone(None, measure, by_new.get(place)))
            for place, measure in enumerate(self.new)
            if not news[place]
        ]
        rows.sort(key=lambda row: row[0])
        dropped = [
            self.alone(measure, None, by_old.get(place))
            for place, measure in enumerate(self.old)
            if not olds[place]
        ]
        return MeasureLinks(
            (*(link for _, link in rows), *dropped), self.table(), frozenset(self.went_to)
        )

    def linked(
        self,
        pair: Pair,
        olds: Counter[int],
        news: Counter[int],
        *found: Mapping[int, Rival],
    ) -> MeasureLink:
        """Make the link of a pair."""
        old, new = self.old[pair.old], self.new[pair.new]
        near = [r for r in (found[0].get(pair.old), found[1].get(pair.new)) if r]
        rival = max(near, key=lambda r: r.score, default=None)
        bar = max(rival.score if rival else 0.0, MINIMUM_SCORE)
        other = rival and (self.new[rival.new] if rival.old == pair.old else self.old[rival.old])
        status: Status = "kept" if old.text == new.text else "revised"
        if news[pair.new] > 1:
            status = "merged"
        elif olds[pair.old] > 1:
            status = "split"
        return MeasureLink(
            old,
            new,
            status,
            (home(old), home(new)) not in self.went_to,
            pair.score,
            other,
            pair.score - bar,
            self.rulings.get((old.id, new.id)),
        )

    def alone(self, old: Measure | None, new: Measure | None, rival: Rival | None) -> MeasureLink:
        """Make the row of what is new or dropped."""
        other = rival and (self.old[rival.old] if new else self.new[rival.new])
        return MeasureLink(
            old,
            new,
            "new" if new else "dropped",
            None,
            None,
            other,
            MINIMUM_SCORE - rival.score if rival else None,
            self.ruling_on(old.id if old else None, new.id if new else None),
        )

    def ruling_on(self, old: str | None, new: str | None) -> Ruling | None:
        """Give the ruling that left a measure alone: its own, or that against a pair of it."""
        refused = (
            ruling
            for (a, b), ruling in self.rulings.items()
            if not ruling.linked and ((a == old and b) if new is None else (b == new and a))
        )
        return self.rulings.get((old, new)) or next(refused, None)

    def table(self) -> "pd.DataFrame":
        """Give all candidates with the parts of their scores."""
        import pandas as pd

        return pd.DataFrame(
            {
                "old_id": [self.old[place].id for place in self.candidates.old],
                "new_id": [self.new[place].id for place in self.candidates.new],
                "score": self.candidates.score,
                **self.candidates.parts,
            }
        )


def scored(candidates: Candidates) -> Candidates:
    """Compute the scores from the parts; the same text is the same measure."""
    import numpy as np

    total = INTERCEPT + sum(WEIGHTS[name] * part for name, part in candidates.parts.items())
    score = 100 / (1 + np.exp(-total))
    return replace(candidates, score=np.where(candidates.parts["wording"] >= 1, 100.0, score))


def home(measure: Measure) -> str:
    """Give the id of the heading that a measure stands under."""
    return measure.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a reviewer decided, by positions in the two lists of measures."""

    pairs: tuple[tuple[int, int], ...]
    refused: frozenset[tuple[int, int]]
    alone_old: frozenset[int]
    alone_new: frozenset[int]

    @classmethod
    def of(cls, decisions: Decisions, old: Sequence[Measure], new: Sequence[Measure]) -> "Settled":
        """Find the measures that decisions speak of."""
        olds = {measure.id: place for place, measure in enumerate(old)}
        news = {measure.id: place for place, measure in enumerate(new)}
        pairs = {
            (olds[a], news[b]): ruling.linked
            for (a, b), ruling in decisions.rulings.items()
            if a is not None and b is not None
        }
        absent = [key for key, ruling in decisions.rulings.items() if ruling.linked]
        return cls(
            tuple(sorted(pair for pair, together in pairs.items() if together)),
            frozenset(pair for pair, together in pairs.items() if not together),
            frozenset(olds[a] for a, b in absent if a is not None and b is None),
            frozenset(news[b] for a, b in absent if a is None and b is not None),
        )

    def open(self, candidates: Candidates) -> Candidates:
        """Leave out the candidates about which nothing is left to decide."""
        import numpy as np

        old = self.alone_old | {a for a, _ in self.pairs}
        new = self.alone_new | {b for _, b in self.pairs}
        keep = np.array(
            [
                a not in old and b not in new and (a, b) not in self.refused
                for a, b in zip(candidates.old.tolist(), candidates.new.tolist(), strict=True)
            ],
            dtype=bool,
        )
        return Candidates(
            candidates.size,
            candidates.old[keep],
            candidates.new[keep],
            candidates.score[keep],
            {},
        )


def found_again(measure: Measure, others: Sequence[Measure]) -> list[float]:
    """Tell which share of a measure is found, sentence by sentence, in each of others.

    Returns
    -------
    list of float
        The share of the measure's characters that stand in sentences which the other
        has too, by rapidfuzz's ratio; 0 to 1.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    own = [sentence.text for sentence in measure.sentences]
    lengths = np.array([len(sentence) for sentence in own])
    # Something stands in every group, if only nothing.
    theirs = [[*(sentence.text for sentence in other.sentences), ""] for other in others]
    likeness = process.cdist(own, [*chain(*theirs)], scorer=fuzz.ratio, dtype=np.float64)
    best = np.maximum.reduceat(likeness, first_places([*map(len, theirs)]), axis=1)
    shares: list[float] = (lengths @ (best >= SAME_SENTENCE) / max(lengths.sum(), 1)).tolist()
    return shares


def neighbours(candidates: Candidates, pairs: Sequence[Pair]) -> "NDArray[np.float64]":
    """Tell of each candidate how far the measures around it went to the same place.

    Returns
    -------
    array of shape (candidates,)
        The mean over both plans of: the nearness of what the paired neighbours went to,
        the nearer neighbours counting more; 0 without neighbours, near 1 with many that
        all went right beside the candidate.
    """
    import numpy as np

    went_to = np.full(candidates.size[0], np.inf)
    came_from = np.full(candidates.size[1], np.inf)
    for pair in pairs:
        went_to[pair.old], came_from[pair.new] = pair.new, pair.old
    there = nearness(candidates.old, candidates.new, went_to)
    back = nearness(candidates.new, candidates.old, came_from)
    return (there + back) / 2


def nearness(
    own: "NDArray[np.int64]", other: "NDArray[np.int64]", went_to: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Tell how near the neighbours of one side went to the candidate of the other.

    What went nowhere is infinitely far away, and no neighbour.
    """
    import numpy as np

    padded = np.pad(went_to, REACH, constant_values=np.inf)
    near = np.zeros(len(own))
    weights = np.ones(len(own))
    for step in (*range(-REACH, 0), *range(1, REACH + 1)):
        distance = np.abs(padded[own + REACH + step] - other)
        weight = abs(step) ** -0.5
        weights += weight * np.isfinite(distance)
        near += weight * np.exp(-np.maximum(distance - 1, 0) / SPREAD)
    return near / weights
