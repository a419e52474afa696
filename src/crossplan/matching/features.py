"""Features of texts: numbers for characters, weighted by their rarity.

rapidfuzz looks up characters below 256 in a table and all others, Chinese ones among
them, in a hash map. The Indel similarity of two strings asks only which of their
characters are equal, so any one-to-one change of characters leaves it as it is, and
the commonest ones can be moved into the table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count, islice, pairwise
from typing import TYPE_CHECKING, Any

from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Features = NDArray[Any]

# With fewer texts than these, rarity cannot be estimated.
ENOUGH: Threshold[int] = 40
# The size of the cache: a plan is compared with the one before and the one after.
_TEXTS = 8192
# The rows of a block, whose products with all others are in memory twice.
_BLOCK = 256
RUN = re.compile(r"\w+")
_OTHER = re.compile(r"\W")
# No code point is larger.
_BITS = 21

# rapidfuzz's table has 256 places; two of them are for characters that never match.
_ONLY_OLD, _ONLY_NEW = 254, 255
_SURROGATES = range(0xD800, 0xE000)
CODE = "utf-32-le"


def character_runs(text: str) -> "Places":
    """Return the characters of a text and their pairs as numbers, none across punctuation."""
    import numpy as np

    points = code_points(_OTHER.sub(" ", text))
    letter = points != ord(" ")
    pair = letter[:-1] & letter[1:]
    numbers = points << _BITS
    return np.concatenate([numbers[letter], (numbers[:-1] | points[1:])[pair]])


@lru_cache(maxsize=_TEXTS)
def count_features(text: str, analyzer: "Callable[[str], Features]") -> "tuple[Features, Floats]":
    """Return the distinct features of a text, and the logarithms of their counts."""
    import numpy as np

    features, counts = np.unique(analyzer(text), return_counts=True)
    return features, 1 + np.log(counts)


class Weighted:
    """Two lists of texts as rows of weighted features.

    The weight is tf-idf, learnt from both lists (Salton and Buckley 1988, Information
    Processing and Management 24(5), 513-523; logarithmic counts, rows of length one).

    Parameters
    ----------
    old, new : sequence of str
    analyzer : callable
        Returns the features of a text, with repetitions, as an array.

    Attributes
    ----------
    old, new : sparse arrays of shape (texts, features)
    old_weight, new_weight : arrays of shape (texts,)
        The lengths of the rows before they were normalized.
    rareness : array of shape (features,)
        0 for features of all texts, about 1 for those of only one of many.
    """

    def __init__(
        self, old: Sequence[str], new: Sequence[str], analyzer: "Callable[[str], Features]"
    ) -> None:
        import numpy as np
        import pandas as pd
        from scipy.sparse import csr_array

        # With an additional empty text, so that weights can always be learnt.
        texts = [*old, *new, ""]
        features, counts = zip(*(count_features(text, analyzer) for text in texts), strict=True)
        bounds = np.cumsum([0, *map(len, features)], dtype=np.int32)
        column, names = pd.factorize(np.concatenate(features))
        row = np.repeat(np.arange(len(texts)), np.diff(bounds))
        idf = np.log((1 + len(texts)) / (1 + np.bincount(column, minlength=len(names))))
        weights = np.concatenate(counts) * (1 + idf[column])
        length = np.sqrt(np.bincount(row, weights**2, minlength=len(texts)))
        rows = csr_array(
            (weights / length[row], column.astype(np.int32), bounds),
            shape=(len(texts), len(names)),
        )
        both = slice(0, len(old)), slice(len(old), len(texts) - 1)
        self.old, self.new = (rows[part] for part in both)
        # No text with a feature weighs less; avoids division by zero for texts without any.
        self.old_weight, self.new_weight = (np.maximum(length[part], 1.0) for part in both)
        self.rareness = idf / np.log(max(len(old) + len(new), ENOUGH) / 2)

    @cached_property
    def cosines(self) -> "Floats":
        """The cosines of all pairs of rows; shape (old, new)."""
        return _products(self.old, self.new)

    def overlap(self, old: "Places", new: "Places") -> "Overlap":
        """Return the overlap of pairs of rows."""
        import numpy as np

        cosine = self.cosines[old, new]
        ratio = self.old_weight[old] / self.new_weight[new]
        having, other = self.old.copy(), self.new.copy()
        having.data[:] = other.data[:] = 1.0
        shared = _products(having, other)[old, new]
        having.data = self.rareness[having.indices]
        return Overlap(
            cosine,
            contained=np.minimum(cosine * np.maximum(ratio, 1 / ratio), 1.0),
            rarity=_products(having, other)[old, new] / np.maximum(shared, 1.0),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """The overlap of pairs of texts; arrays of shape (pairs,), 0 to 1.

    Attributes
    ----------
    cosine : array of float
        1 for texts with the same features.
    contained : array of float
        The share of the lighter text that the other contains.
    rarity : array of float
        The mean rareness of the features that both have.
    """

    cosine: "Floats"
    contained: "Floats"
    rarity: "Floats"


def _products(old: "csr_array", new: "csr_array") -> "Floats":
    """Multiply all rows of one with all rows of the other."""
    import numpy as np

    other = new.T.tocsr()
    result = np.empty((old.shape[0], new.shape[0]))
    for rows in blocks(len(result)):
        result[rows] = (old[rows] @ other).toarray()
    return result


def blocks(length: int) -> Iterator[slice]:
    """Yield the rows of an array block by block, to spare memory."""
    return (slice(start, start + _BLOCK) for start in range(0, length, _BLOCK))


def relabel(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return two lists of strings with characters renamed.

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
    for texts, own, only in zip((old, new), points, (_ONLY_OLD, _ONLY_NEW), strict=True):
        table = np.full(size, only, dtype="<u4")
        table[shared] = [*islice(free_numbers(), len(shared))]
        joined = table[own].tobytes().decode(CODE)
        ends = accumulate(map(len, texts), initial=0)
        renamed.append([joined[start:end] for start, end in pairwise(ends)])
    return renamed[0], renamed[1]


def code_points(text: str) -> "NDArray[np.int64]":
    """Return the characters of a text as numbers.

    Examples
    --------
    >>> code_points("1月")
    array([   49, 26376])
    """
    import numpy as np

    # A badly copied text may contain half of a surrogate pair.
    return np.frombuffer(text.encode(CODE, "surrogatepass"), dtype="<u4").astype(np.int64)


def free_numbers() -> Iterator[int]:
    """Yield the numbers for characters that both lists have."""
    return (n for n in count() if n not in {_ONLY_OLD, _ONLY_NEW} and n not in _SURROGATES)
