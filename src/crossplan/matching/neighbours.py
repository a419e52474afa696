"""Where the measures around a pair went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossplan.pairing.assignment import Candidates, Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Neighbours are the measures so many places before and after; what they say fades over
# so many places.
REACH = 6
SPREAD = 4.0


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
