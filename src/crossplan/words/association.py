"""How strongly two words go together: the measures.

Each takes how often they stand together, how often each stands anywhere, and, where it
matters, how often they would stand together by chance.
"""

from typing import TYPE_CHECKING

import numpy as np

from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

# The logDice of two words that never stand apart (Rychlý 2008).
NEVER_APART: Threshold[int] = 14


def log_dice(together: "ArrayLike", one: "ArrayLike", other: "ArrayLike") -> "Floats":
    """Return logDice: 14 for words that never stand apart, one less for half as often.

    A word that stands beside another twice at a time can have a little more.

    14 and the binary logarithm of Dice's coefficient, which is twice `together` over the
    sum of both counts: Rychlý (2008), "A Lexicographer-Friendly Association Score". It
    does not depend on the length of the text.

    Examples
    --------
    >>> round(float(log_dice(8, 389, 230)), 6)
    8.726204
    """
    both = np.asarray(one, dtype=float) + np.asarray(other, dtype=float)
    return np.asarray(NEVER_APART + np.log2(2 * np.asarray(together, dtype=float) / both))


def mutual_information(together: "ArrayLike", expected: "ArrayLike") -> "Floats":
    """Return MI: the binary logarithm of how many times more often than by chance.

    Church and Hanks (1990), "Word Association Norms, Mutual Information, and Lexicography".

    Examples
    --------
    >>> round(float(mutual_information(20, 42 * 20 / 14_307_668)), 2)
    18.38
    """
    return np.asarray(np.log2(np.asarray(together) / np.asarray(expected, dtype=float)))


def t_score(together: "ArrayLike", expected: "ArrayLike") -> "Floats":
    """Return t: by how many of its deviations a count is above what chance would give.

    Church, Gale, Hanks and Hindle (1991), "Using Statistics in Lexical Analysis". The
    deviation of a count is taken as its square root.

    Examples
    --------
    >>> round(float(t_score(8, 15_828 * 4_675 / 14_307_668)), 6)
    0.999932
    """
    together = np.asarray(together, dtype=float)
    return np.asarray((together - np.asarray(expected)) / np.sqrt(together))
