"""Texts of many plans as rows of weighted features."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from crossplan.matching.large_corpora.pool import Pool
from crossplan.matching.weighted import ENOUGH, Overlap, counted
from crossplan.parallel import in_parallel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Analyzer = Callable[[str], NDArray[Any]]

# So many texts are counted at a time, and so many pairs of them compared.
TEXTS = 4096
PAIRS = 16384


class Counted(NamedTuple):
    """How often some texts have which features.

    Attributes
    ----------
    names : array
        The features, each once.
    lengths : array of int, shape (texts,)
        How many features each text has.
    columns, counts : arrays of shape (sum of the lengths,)
        Which features those are, by their places among the names, and the logarithms of
        how often the text has them.
    """

    names: "NDArray[Any]"
    lengths: "NDArray[np.int32]"
    columns: "NDArray[np.int32]"
    counts: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Texts as rows of weighted features.

    The weight is tf-idf as in :class:`Weighted`, but a feature counts by how many measures
    of *two* plans have it, on average over the plans that have it at all: what is rare
    between two plans does not become common, or rarer still, by there being a thousand.

    Attributes
    ----------
    matrix : sparse array of shape (texts, features)
        Rows of length one.
    weight : array of shape (texts,)
        The lengths of the rows before they were made one.
    rareness : array of shape (features,)
        0 for what every measure has, about 1 for what one measure of each plan has.
    spread : array of int, shape (features,)
        How many measures have a feature.
    """

    matrix: "csr_array"
    weight: "Floats"
    rareness: "Floats"
    spread: "Places"

    def overlap(self, a: "Places", b: "Places") -> Overlap:
        """Tell what pairs of rows have in common."""
        import numpy as np

        cosine, rarity = np.empty(len(a)), np.empty(len(a))
        for start in range(0, len(a), PAIRS):
            some = slice(start, start + PAIRS)
            product = self.matrix[a[some]].multiply(self.matrix[b[some]]).tocsr()
            cosine[some] = product.sum(axis=1)
            shared = np.diff(product.indptr)
            product.data[:] = 1.0
            rarity[some] = product @ self.rareness / np.maximum(shared, 1)
        ratio = self.weight[a] / self.weight[b]
        contained = np.minimum(cosine * np.maximum(ratio, 1 / ratio), 1.0)
        return Overlap(cosine, contained, rarity)


def rows_of(pool: Pool, analyzer: "Analyzer", n_jobs: int | None) -> Rows:
    """Learn the weights of features from the measures of all plans.

    Parameters
    ----------
    pool : Pool
    analyzer : callable
        Gives the features of a text, as often as it has them, as an array.
    n_jobs : int or None
    """
    import numpy as np
    from scipy.sparse import csr_array

    counts = together(
        in_parallel(
            partial(count, analyzer=analyzer),
            [
                pool.texts[start : start + TEXTS]
                for start in range(0, max(len(pool.texts), 1), TEXTS)
            ],
            n_jobs=n_jobs,
            label="counting",
        )
    )
    bounds = np.concatenate([[0], np.cumsum(counts.lengths)]).astype(np.int32)
    shape = len(pool.texts), len(counts.names)
    matrix = csr_array((counts.counts, counts.columns, bounds), shape=shape)
    row = np.repeat(np.arange(shape[0], dtype=np.int32), counts.lengths)
    times = np.bincount(pool.text, minlength=shape[0])
    spread = np.bincount(counts.columns, times[row], minlength=shape[1])
    plans = np.zeros(shape[1])
    for start, end in zip(pool.starts[:-1], pool.starts[1:], strict=True):
        plans[np.unique(matrix[pool.text[start:end]].indices)] += 1
    two = 2 * len(pool.text) / max(int(np.count_nonzero(pool.sizes)), 1)
    having = np.minimum(2 * spread / np.maximum(plans, 1), two)
    idf = np.log((2 + two) / (1 + having))
    matrix.data *= (1 + idf).astype(np.float32)[counts.columns]
    length = np.sqrt(np.bincount(row, matrix.data**2, minlength=shape[0]))
    matrix.data /= length[row]
    return Rows(
        matrix,
        # No text with a feature weighs less; one without would leave nothing to divide by.
        weight=np.maximum(length, 1.0),
        rareness=idf / np.log(max(two, ENOUGH) / 2),
        spread=spread.astype(np.int64),
    )


def count(texts: Sequence[str], analyzer: "Analyzer") -> Counted:
    """Count the features of texts."""
    import numpy as np
    import pandas as pd

    found = [counted(text, analyzer) for text in texts]
    # No features, of the kind that the analyzer gives: there may be no text.
    features = [analyzer(""), *(features for features, _ in found)]
    columns, names = pd.factorize(np.concatenate(features))
    return Counted(
        names,
        np.array([*map(len, features[1:])], dtype=np.int32),
        columns.astype(np.int32),
        np.concatenate([[], *(counts for _, counts in found)]).astype(np.float32),
    )


def together(parts: Iterable[Counted]) -> Counted:
    """Put counts of some texts behind those of others."""
    import numpy as np
    import pandas as pd

    parts = list(parts)
    places, names = pd.factorize(np.concatenate([part.names for part in parts]))
    ends = np.cumsum([len(part.names) for part in parts])
    # The place that each name of a part has among all names.
    new = np.split(places.astype(np.int32), ends[:-1])
    return Counted(
        names,
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([of_part[part.columns] for of_part, part in zip(new, parts, strict=True)]),
        np.concatenate([part.counts for part in parts]),
    )
