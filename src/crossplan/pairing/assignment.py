"""Pair two lists one to one, by the scores of candidate pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# A bonus for pairs at the same relative position of their lists, so that of pairs with equal
# scores none cross. It is much smaller than any evidence.
TIE: Threshold[float] = 1e-6


class Pair(NamedTuple):
    """Positions in the two lists, and their score from 0 to 100."""

    old: int
    new: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidate pairs of two lists, with their scores.

    Attributes
    ----------
    size : tuple of (int, int)
        Lengths of the two lists.
    old, new : array of int, shape (pairs,)
        Positions in the lists.
    score : array of float, shape (pairs,)
        0 to 100.
    parts : mapping of str to array of float, shape (pairs,)
        The parts of the score by name, each 0 to 1.
    """

    size: tuple[int, int]
    old: "Places"
    new: "Places"
    score: "Floats"
    parts: "Mapping[str, Floats]"

    @classmethod
    def dense(cls, score: "Floats", parts: "Mapping[str, Floats]") -> "Candidates":
        """Return all pairs as candidates; the arrays have the shape (old, new)."""
        import numpy as np

        old, new = np.indices(score.shape)
        return cls(
            (score.shape[0], score.shape[1]),
            old.ravel(),
            new.ravel(),
            score.ravel(),
            {name: part.ravel() for name, part in parts.items()},
        )


def assign(candidates: Candidates, minimum: float) -> list[Pair]:
    """Pair one to one so that the sum of the scores is highest.

    Parameters
    ----------
    candidates : Candidates
    minimum : float
        The lowest score of a pair; otherwise the assignment would pair all remaining items.

    Returns
    -------
    list of Pair
        In the order of the old list.
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    eligible = np.flatnonzero(candidates.score >= minimum)
    old, new, score = (
        part[eligible] for part in (candidates.old, candidates.new, candidates.score)
    )
    olds, news = candidates.size
    apart = old / max(olds - 1, 1) - new / max(news - 1, 1)
    # Every item of the old list must be paired; a pair with no item adds nothing to the sum;
    # one is added to every weight, as a weight of zero would be no pair at all.
    alone = np.arange(olds)
    weight = np.append(score + TIE * (1 - apart**2), np.zeros(olds)) + 1
    # scipy 1.13 supports no larger integers for nodes.
    places = np.stack([np.append(old, alone), np.append(new, news + alone)]).astype(np.int32)
    graph = csr_array((weight, tuple(places)), shape=(olds, news + olds))
    partner = min_weight_full_bipartite_matching(graph, maximize=True)[1]
    made = partner[old] == new
    return sorted(map(Pair, old[made].tolist(), new[made].tolist(), score[made].tolist()))


class Rival(NamedTuple):
    """The best alternative to a pair, for one of the two or for an item left over."""

    old: int
    new: int
    score: float


def rivals(
    candidates: Candidates, linked: Sequence[tuple[int, int]]
) -> tuple[dict[int, Rival], dict[int, Rival]]:
    """Return the best pair that was not made, for each position of both lists.

    Returns
    -------
    tuple of (dict of int to Rival, dict of int to Rival)
        By position in the old list, and by position in the new one.
    """
    import numpy as np

    made = np.zeros(candidates.size, dtype=bool)
    for pair in linked:
        made[pair] = True
    left = ~made[candidates.old, candidates.new]
    old, new, score = (part[left] for part in (candidates.old, candidates.new, candidates.score))
    order = np.lexsort((new, old, -score))
    found = []
    for own in (old, new):
        places, first = np.unique(own[order], return_index=True)
        best = order[first]
        rivals = map(Rival, old[best].tolist(), new[best].tolist(), score[best].tolist())
        found.append(dict(zip(places.tolist(), rivals, strict=True)))
    return found[0], found[1]
