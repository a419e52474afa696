"""Giving characters numbers that rapidfuzz is fast with; the scores stay the same.

rapidfuzz looks up characters below 256 in a table and all others, Chinese ones among
them, in a hash map. The Indel similarity of two strings asks only which of their
characters are equal, so any one-to-one change of characters leaves it as it is, and
the commonest ones can be moved into the table.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, count, islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# rapidfuzz's table has 256 places; two of them are for what never matches.
ONLY_OLD, ONLY_NEW = 254, 255
SURROGATES = range(0xD800, 0xE000)
CODE = "utf-32-le"


def relabel(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give two lists of strings with characters renamed.

    Characters that only one of the lists has can never match, so they share one name.
    The scores between the lists are therefore exact; those *within* one list are not.

    Parameters
    ----------
    old, new : sequence of str

    Returns
    -------
    tuple of (list of str, list of str)

    Examples
    --------
    >>> old, new = relabel(["工作权利"], ["工作权"])
    >>> [ord(character) for character in old[0]], [ord(character) for character in new[0]]
    ([1, 0, 2, 254], [1, 0, 2])
    """
    import numpy as np

    points = [code_points("".join(texts)) for texts in (old, new)]
    size = max(own.max(initial=0) for own in points) + 1
    counts = [np.bincount(own, minlength=size) for own in points]
    shared = np.flatnonzero(np.minimum(*counts))
    shared = shared[np.argsort(-(counts[0] + counts[1])[shared], kind="stable")]
    renamed = []
    for texts, own, only in zip((old, new), points, (ONLY_OLD, ONLY_NEW), strict=True):
        table = np.full(size, only, dtype="<u4")
        table[shared] = [*islice(free_numbers(), len(shared))]
        joined = table[own].tobytes().decode(CODE)
        ends = accumulate(map(len, texts), initial=0)
        renamed.append([joined[start:end] for start, end in pairwise(ends)])
    return renamed[0], renamed[1]


def code_points(text: str) -> "NDArray[np.int64]":
    """Give the characters of a text as numbers.

    Examples
    --------
    >>> code_points("1月")
    array([   49, 26376])
    """
    import numpy as np

    # Half of a surrogate pair may stand in a text that was badly copied.
    return np.frombuffer(text.encode(CODE, "surrogatepass"), dtype="<u4").astype(np.int64)


def free_numbers() -> Iterator[int]:
    """Give the numbers for characters that both lists have."""
    return (n for n in count() if n not in {ONLY_OLD, ONLY_NEW} and n not in SURROGATES)
