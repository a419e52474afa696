"""Link the measures of two plans, by their texts and places."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.features import RUN, Weighted, blocks, character_runs, relabel
from crossplan.matching.links import Links, Status, link_items
from crossplan.matching.titles import first_places
from crossplan.model import Measure
from crossplan.pairing.assignment import Candidates, Pair, assign
from crossplan.pairing.decisions import Decisions
from crossplan.thresholds import Threshold
from crossplan.words.engines import names_something
from crossplan.words.segment import segmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

MeasureLinks = Links[Measure, Status]

# The score is the estimated probability, in per cent, that two measures are one commitment: a
# logistic regression on the parts. docs/matching.md describes the data that its weights were
# fitted on, and the accuracy on other data; benchmarks/measure_weights.py repeats the fit.
INTERCEPT: Threshold[float] = -14.0
WEIGHTS: Threshold[dict[str, float]] = {
    "characters": 5.7,
    "contained": 1.5,
    "rarity": 6.7,
    "wording": 0.3,
    "standing": 11.5,
    "neighbours": 7.7,
}
# If the score is a probability, F1 is highest at half the F1 that can be reached, which is 0.84
# on real reports (Lipton, Elkan and Naryanaswamy 2014, ECML PKDD, 225-239).
MINIMUM_SCORE: Threshold[float] = 40.0
# A measure is merged into another, or split from it, if this share of it is found there,
# sentence by sentence.
MINIMUM_SHARE: Threshold[float] = 0.5
# The number of candidates in which an unpaired measure is searched.
LEFTOVER_CANDIDATES: Threshold[int] = 10

# Two sentences with this much of their characters in common, in order, are the same
# sentence with a word or a figure changed.
SAME_SENTENCE: Threshold[float] = 80.0

# Neighbours are the measures up to REACH places before and after; their weight fades over
# SPREAD places.
REACH: Threshold[int] = 6
SPREAD: Threshold[float] = 4.0

# The number of most similar measures of the other plan that are scored, from either side; no
# test had a true pair outside them.
SHORTLIST: Threshold[int] = 30
# The usual similarity of two measures of different commitments.
BACKGROUND: Threshold[float] = 0.1


class MeasurePairs(NamedTuple):
    """The pairs of measures that are the same, with all candidate pairs."""

    pairs: Sequence[Pair]
    candidates: Candidates


def pair_measures(
    old: Sequence[Measure], new: Sequence[Measure], decisions: Decisions
) -> MeasurePairs:
    """Find the measures of two plans that are the same.

    Parameters
    ----------
    old, new : sequence of Measure
    decisions : Decisions
        The decisions of a reviewer, which take precedence.

    Returns
    -------
    MeasurePairs
    """
    settled = _Settled.of(decisions, old, new)
    candidates = _text_parts(old, new, settled.pairs)
    first = assign(settled.open(scored(candidates)), MINIMUM_SCORE)
    context = {"neighbours": neighbours(candidates, first)}
    candidates = scored(replace(candidates, parts={**candidates.parts, **context}))
    pairs = assign(settled.open(candidates), MINIMUM_SCORE)
    places = zip(candidates.old.tolist(), candidates.new.tolist(), strict=True)
    score = dict(zip(places, candidates.score.tolist(), strict=True))
    pairs += [Pair(*pair, score[pair]) for pair in settled.pairs]
    return MeasurePairs(sorted(pairs + _leftovers(old, new, pairs, score, settled)), candidates)


def link_measures(
    old: Sequence[Measure],
    new: Sequence[Measure],
    found: MeasurePairs,
    headings: AbstractSet[tuple[str, str]],
) -> MeasureLinks:
    """Link the measures of two plans, given those that are the same.

    Parameters
    ----------
    old, new : sequence of Measure
    found : MeasurePairs
    headings : set of (str, str)
        Ids of the headings that are the same; measures under others have moved.

    Returns
    -------
    MeasureLinks
    """
    olds = Counter(pair.old for pair in found.pairs)
    news = Counter(pair.new for pair in found.pairs)

    def status(pair: Pair) -> Status:
        if news[pair.new] > 1:
            return "merged"
        if olds[pair.old] > 1:
            return "split"
        return "kept" if old[pair.old].text == new[pair.new].text else "revised"

    def moved(pair: Pair) -> bool:
        homes = (measure.id.rpartition("/")[0] for measure in (old[pair.old], new[pair.new]))
        return tuple(homes) not in headings

    return link_items(old, new, *found, MINIMUM_SCORE, relation=status, moved=moved)


def _leftovers(
    old: Sequence[Measure],
    new: Sequence[Measure],
    pairs: Sequence[Pair],
    score: Mapping[tuple[int, int], float],
    settled: "_Settled",
) -> list[Pair]:
    """Find measures without a pair inside others, and others inside them."""
    taken_old = {pair.old for pair in pairs} | settled.alone_old
    taken_new = {pair.new for pair in pairs} | settled.alone_new
    # An unchanged measure was neither merged nor split.
    kept = [pair for pair in pairs if old[pair.old].text == new[pair.new].text]
    whole_old, whole_new = {pair.old for pair in kept}, {pair.new for pair in kept}
    best = sorted(score, key=lambda pair: (-score[pair], pair))
    best = [pair for pair in best if settled.allows(pair)]
    inside = _nearest(best, 0, taken_old, whole_new)
    around = _nearest(best, 1, taken_new, whole_old)
    groups = [
        (others, found_again(old[place], [new[b] for _, b in others]))
        for place, others in sorted(inside.items())
    ]
    groups += [
        (others, found_again(new[place], [old[a] for a, _ in others]))
        for place, others in sorted(around.items())
    ]
    found: dict[tuple[int, int], Pair] = {}
    for others, shares in groups:
        share, pair = max(zip(shares, others, strict=True), key=lambda item: item[0])
        if share >= MINIMUM_SHARE:
            found.setdefault(pair, Pair(*pair, max(score[pair], 100 * share)))
        elif score[others[0]] >= MINIMUM_SCORE:
            found.setdefault(others[0], Pair(*others[0], score[others[0]]))
    return list(found.values())


def _nearest(
    best: Iterable[tuple[int, int]],
    side: int,
    taken: AbstractSet[int],
    whole: AbstractSet[int],
) -> dict[int, list[tuple[int, int]]]:
    """Return the best candidates of the measures of one side that are not taken."""
    near: dict[int, list[tuple[int, int]]] = {}
    for pair in best:
        if pair[side] in taken or pair[1 - side] in whole:
            continue
        others = near.setdefault(pair[side], [])
        if len(others) < LEFTOVER_CANDIDATES:
            others.append(pair)
    return near


@dataclass(frozen=True, slots=True)
class _Settled:
    """The decisions of a reviewer, by positions in the two lists of measures."""

    pairs: tuple[tuple[int, int], ...]
    refused: frozenset[tuple[int, int]]
    alone_old: frozenset[int]
    alone_new: frozenset[int]

    @classmethod
    def of(cls, decisions: Decisions, old: Sequence[Measure], new: Sequence[Measure]) -> "_Settled":
        """Find the measures of decisions."""
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
        """Remove the candidates that decisions have settled."""
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

    def allows(self, pair: tuple[int, int]) -> bool:
        """Return whether decisions allow two measures to be paired."""
        return (
            pair not in self.refused
            and pair[0] not in self.alone_old
            and pair[1] not in self.alone_new
        )


def found_again(measure: Measure, others: Sequence[Measure]) -> list[float]:
    """Return the share of a measure that is found, sentence by sentence, in each of others.

    Returns
    -------
    list of float
        The share of the measure's characters in sentences that the other also has, by
        rapidfuzz's ratio; 0 to 1.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    own = [sentence.text for sentence in measure.sentences]
    lengths = np.array([len(sentence) for sentence in own])
    # Every group has an item, which may be empty.
    theirs = [[*(sentence.text for sentence in other.sentences), ""] for other in others]
    likeness = process.cdist(own, [*chain(*theirs)], scorer=fuzz.ratio, dtype=np.float64)
    best = np.maximum.reduceat(likeness, first_places([*map(len, theirs)]), axis=1)
    shares: list[float] = (lengths @ (best >= SAME_SENTENCE) / max(lengths.sum(), 1)).tolist()
    return shares


def scored(candidates: Candidates) -> Candidates:
    """Compute the scores from the parts; measures with the same text always score 100."""
    import numpy as np

    total = INTERCEPT + sum(WEIGHTS[name] * part for name, part in candidates.parts.items())
    score = 100 / (1 + np.exp(-total))
    return replace(candidates, score=np.where(candidates.parts["wording"] >= 1, 100.0, score))


def neighbours(candidates: Candidates, pairs: Sequence[Pair]) -> "NDArray[np.float64]":
    """Score, for each candidate, how near the partners of the neighbouring measures are.

    Returns
    -------
    array of shape (candidates,)
        The mean over both plans of the nearness of the partners of paired neighbours, with a
        higher weight for nearer ones; 0 without neighbours, near 1 if there are many and all
        partners are beside the candidate.
    """
    import numpy as np

    went_to = np.full(candidates.size[0], np.inf)
    came_from = np.full(candidates.size[1], np.inf)
    for pair in pairs:
        went_to[pair.old], came_from[pair.new] = pair.new, pair.old
    there = _nearness(candidates.old, candidates.new, went_to)
    back = _nearness(candidates.new, candidates.old, came_from)
    return (there + back) / 2


def _nearness(
    own: "NDArray[np.int64]", other: "NDArray[np.int64]", went_to: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Score how near the partners of neighbours on one side are to the candidate on the other.

    A neighbour without a partner is infinitely far away, and does not count.
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


def subjects(text: str) -> "NDArray[np.object_]":
    """Return the words of a text that name something: its subject."""
    import numpy as np

    words = (word for word in segmenter().words(text) if RUN.match(word))
    return np.array([word for word in words if names_something(word)], dtype=object)


def _shortlist(likeness: "Floats", wanted: Iterable[tuple[int, int]]) -> tuple["Places", "Places"]:
    """Return the pairs that are among the most similar ones of either measure.

    Returns
    -------
    tuple of (array of int, array of int)
        Positions in the old and in the new list, sorted, each pair once.
    """
    import numpy as np

    chosen = np.zeros(likeness.shape, dtype=bool)
    for own, listed in ((likeness, chosen), (likeness.T, chosen.T)):
        for rows in blocks(len(own)):
            # Of equal ones the first are taken, independently of the sort.
            best = np.argsort(-own[rows], axis=1, kind="stable")[:, :SHORTLIST]
            np.put_along_axis(listed[rows], best, values=True, axis=1)
    chosen &= likeness > 0
    for pair in wanted:
        chosen[pair] = True
    old, new = np.nonzero(chosen)
    return old, new


def _text_parts(
    old: Sequence[Measure], new: Sequence[Measure], wanted: Iterable[tuple[int, int]] = ()
) -> Candidates:
    """Shortlist the pairs of measures and score what their texts have in common.

    Parameters
    ----------
    old, new : sequence of Measure
    wanted : iterable of (int, int)
        Other pairs of positions to score.

    Returns
    -------
    Candidates
        With the parts of the score that depend on texts, and scores of zero.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    texts = [m.text for m in old], [m.text for m in new]
    characters = Weighted(*texts, character_runs)
    a, b = _shortlist(characters.cosines, wanted)
    olds, news = relabel(*texts)
    overlap = characters.overlap(a, b)
    parts = {
        "characters": overlap.cosine,
        "contained": overlap.contained,
        "rarity": overlap.rarity,
        "wording": process.cpdist(
            [olds[i] for i in a], [news[j] for j in b], scorer=fuzz.ratio, dtype=np.float64
        )
        / 100,
    }
    about = Weighted(*texts, subjects).cosines[a, b]
    parts["standing"] = standing(a, b, (parts["characters"] + about) * parts["rarity"])
    return Candidates((len(old), len(new)), a, b, np.zeros(len(a)), parts)


def standing(old: "Places", new: "Places", likeness: "Floats") -> "Floats":
    """Score how far each pair stands out from the other pairs of its two measures.

    Stock phrases and other features of a whole field of policy make many pairs similar; a
    commitment that continues is similar to one measure only.

    Returns
    -------
    array of shape (pairs,)
        The similarity divided by the sum of it and that of the best other pair; 0.5 for two
        pairs that are equally similar.
    """
    import numpy as np

    best_other = np.full(len(likeness), BACKGROUND)
    for own in (old, new):
        order = np.lexsort((-likeness, own))
        first = np.ones(len(own), dtype=bool)
        first[1:] = own[order][1:] != own[order][:-1]
        starts = np.flatnonzero(first)
        group = np.cumsum(first) - 1
        ranked = likeness[order]
        ends = np.append(starts[1:], len(own))
        second = np.where(ends - starts > 1, ranked[np.minimum(starts + 1, len(own) - 1)], 0.0)
        other = np.where(first, second[group], ranked[starts][group]) if len(own) else ranked
        best_other[order] = np.maximum(best_other[order], other)
    result: Floats = likeness / (likeness + best_other)
    return result
