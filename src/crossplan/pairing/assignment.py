"""Pairing two lists one to one, given the scores of the pairs that come into question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# Of pairs with the same score, those that stand at the same height of their lists win.
# It is far below what any evidence weighs.
TIE = 1e-6


class Pair(NamedTuple):
    """Positions in the two lists, and their score from 0 to 100."""

    old: int
    new: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The pairs of two lists that come into question, with what speaks for them.

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
        """Take every pair into question; the arrays have the shape (old, new)."""
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
        Pairs below it are not made: an assignment would otherwise pair whatever is
        left over.

    Returns
    -------
    list of Pair
        In the order of the old list.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    eligible = np.flatnonzero(candidates.score >= minimum)
    old, new = candidates.old[eligible], candidates.new[eligible]
    height = [max(length - 1, 1) for length in candidates.size]
    weight = candidates.score[eligible] + TIE * (1 - abs(old / height[0] - new / height[1]))
    # What no chain of eligible pairs connects cannot compete, so each group is solved
    # by itself, and no array is larger than the largest group.
    nodes = sum(candidates.size)
    graph = coo_array((weight, (old, new + candidates.size[0])), shape=(nodes, nodes))
    _, group = connected_components(graph, directed=False)
    pairs = []
    order = np.argsort(group[old], kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(group[old][order])) + 1):
        if not len(members):
            continue
        rows, row = np.unique(old[members], return_inverse=True)
        columns, column = np.unique(new[members], return_inverse=True)
        square = np.zeros((len(rows), len(columns)))
        square[row, column] = weight[members]
        score = np.zeros_like(square)
        score[row, column] = candidates.score[eligible][members]
        pairs += [
            Pair(int(rows[r]), int(columns[c]), float(score[r, c]))
            for r, c in zip(*linear_sum_assignment(square, maximize=True), strict=True)
            if square[r, c] > 0
        ]
    return sorted(pairs)


class Rival(NamedTuple):
    """The best other pair that one of the two, or the one left over, could have made."""

    old: int
    new: int
    score: float


def rivals(
    candidates: Candidates, linked: Sequence[tuple[int, int]]
) -> tuple[dict[int, Rival], dict[int, Rival]]:
    """Give the best pair that was not made, for each position of both lists.

    Returns
    -------
    tuple of (dict of int to Rival, dict of int to Rival)
        By position in the old list, and by position in the new one.
    """
    import numpy as np

    made = set(linked)
    by_old: dict[int, Rival] = {}
    by_new: dict[int, Rival] = {}
    for k in np.lexsort((candidates.new, candidates.old, -candidates.score)).tolist():
        old, new = int(candidates.old[k]), int(candidates.new[k])
        if (old, new) in made or (old in by_old and new in by_new):
            continue
        rival = Rival(old, new, float(candidates.score[k]))
        by_old.setdefault(old, rival)
        by_new.setdefault(new, rival)
    return by_old, by_new
