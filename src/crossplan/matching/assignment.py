"""Pairing two lists one to one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Item = TypeVar("Item")


class Pair(NamedTuple):
    """Positions in the two lists, and their score from 0 to 100."""

    old: int
    new: int
    score: float


class Link(NamedTuple, Generic[Item]):
    """What became of what: one side is None for what is new or dropped."""

    old: Item | None
    new: Item | None
    score: float | None


def similarity(old: Sequence[str], new: Sequence[str]) -> "NDArray[np.float64]":
    """Score every pair of two lists of strings by their normalised Indel similarity.

    Returns
    -------
    array of shape (len(old), len(new))
        ``rapidfuzz.fuzz.ratio``: 200 times the length of the longest common
        subsequence over the length of both strings; 0 to 100, in full precision so
        that a pair at a threshold never depends on rounding.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    if not old or not new:
        return np.zeros((len(old), len(new)))
    return process.cdist(old, new, scorer=fuzz.ratio, dtype=np.float64)


def assign(scores: "NDArray[np.float64]", minimum: float) -> list[Pair]:
    """Pair rows and columns one to one so that the sum of the scores is highest.

    Parameters
    ----------
    scores : array of shape (old, new)
    minimum : float
        Pairs below it count nothing and are not given: an assignment would
        otherwise pair whatever is left over.

    Returns
    -------
    list of Pair
        In the order of the old list.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    eligible = np.where(scores >= minimum, scores, 0.0)
    rows, columns = linear_sum_assignment(eligible, maximize=True)
    return [
        Pair(int(row), int(column), float(scores[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if eligible[row, column] > 0
    ]


def link(old: Sequence[Item], new: Sequence[Item], pairs: Sequence[Pair]) -> Iterator[Link[Item]]:
    """Give every item of both lists once: pairs and new ones, then dropped ones.

    Yields
    ------
    Link
        In the order of the new list, and after it what was dropped in that of the old.
    """
    by_new = {pair.new: pair for pair in pairs}
    for position, item in enumerate(new):
        pair = by_new.get(position)
        yield Link(old[pair.old], item, pair.score) if pair else Link(None, item, None)
    matched = {pair.old for pair in pairs}
    for position, item in enumerate(old):
        if position not in matched:
            yield Link(item, None, None)
