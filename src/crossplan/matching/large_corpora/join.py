"""Pool and weight the measures of many plans, and search the most similar ones."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from crossplan.errors import ArgumentError
from crossplan.matching.features import ENOUGH, Overlap, count_features
from crossplan.model import Entry, opened
from crossplan.parallel import With, in_parallel
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Numbers = NDArray[np.integer]
    Allowed = Callable[[Numbers, Numbers], NDArray[np.bool_]]
    Analyzer = Callable[[str], NDArray[Any]]

# A feature of more than one in COMMON measures is not searched, unless it has FEW measures or
# fewer.
COMMON: Threshold[int] = 20
FEW: Threshold[int] = 50
# The number of features of a text that are searched, those of highest weight. Found pairs are
# compared in full, so that fewer features only reduce recall.
KEYS = 16
# The number of queries in a task, and of products in memory.
QUERIES = 2048
CELLS = 2**22
# The texts that are counted at a time, and the pairs of them that are compared.
_TEXTS = 4096
_PAIRS = 16384


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The measures of plans, numbered from the first of the first plan to the last of the last.

    Attributes
    ----------
    ids : tuple of str
        The id of each measure.
    texts : tuple of str
        The distinct texts, sorted, so that nothing depends on the order of the plans.
    text : array of int, shape (measures,)
        The number of the text that each measure has.
    starts : array of int, shape (plans + 1,)
        The number of the first measure of each plan, and the end of the last.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    text: "Places"
    starts: "Places"

    @classmethod
    def of(cls, plans: Iterable[Sequence[tuple[str, str]]]) -> "Pool":
        """Combine the measures of plans, each with its id and its text."""
        import numpy as np

        ids: list[str] = []
        words_of: list[str] = []
        starts = [0]
        for measures in plans:
            ids += [measure_id for measure_id, _ in measures]
            words_of += [text for _, text in measures]
            starts.append(len(ids))
        texts = sorted(set(words_of))
        number = {text: place for place, text in enumerate(texts)}
        text = np.array([number[words] for words in words_of], dtype=np.int64)
        return cls(tuple(ids), tuple(texts), text, np.array(starts, dtype=np.int64))

    def only(self, ids: AbstractSet[str]) -> "Pool":
        """Return the same plans with some of their measures."""
        return Pool.of(
            [
                (self.ids[number], self.texts[self.text[number]])
                for number in range(start, end)
                if self.ids[number] in ids
            ]
            for start, end in pairwise(self.starts.tolist())
        )

    @property
    def sizes(self) -> "Places":
        """The number of measures of each plan."""
        import numpy as np

        return np.diff(self.starts)

    @property
    def plan(self) -> "Places":
        """The number of the plan of each measure."""
        return plan_of_each(self.starts)

    @property
    def owner(self) -> "Places":
        """The number of the only plan with a text; -1 if several have it."""
        import numpy as np

        first = np.full(len(self.texts), len(self.sizes))
        last = np.full(len(self.texts), -1)
        np.minimum.at(first, self.text, self.plan)
        np.maximum.at(last, self.text, self.plan)
        return np.where(first == last, first, -1)


def plan_of_each(starts: "Places") -> "Places":
    """Return the number of the plan of each measure."""
    import numpy as np

    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def pool_of(entries: Iterable[Entry], n_jobs: int | None) -> Pool:
    """Read the measures of plans, with a few plans in memory at a time.

    Raises
    ------
    ArgumentError
        If there are none.
    """
    pool = Pool.of(in_parallel(_measures_of, entries, n_jobs=n_jobs, label="reading measures"))
    if not pool.ids:
        raise ArgumentError(
            "none of the plans has a measure: their texts mark none, as with ——",
            'read_plan and read_plans take every paragraph for one with measures="paragraphs".',
        )
    return pool


def _measures_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the measures of a plan by id and text."""
    return [(measure.id, measure.text) for measure in opened(entry).measures]


class _Counted(NamedTuple):
    """The counts of features of some texts.

    Attributes
    ----------
    names : array
        The features, each once.
    lengths : array of int, shape (texts,)
        The number of features of each text.
    columns, counts : arrays of shape (sum of the lengths,)
        Their positions in `names`, and the logarithms of their counts.
    """

    names: "NDArray[Any]"
    lengths: "NDArray[np.int32]"
    columns: "NDArray[np.int32]"
    counts: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Texts as rows of weighted features.

    The weight is tf-idf as in :class:`Weighted`, but the document frequency is that in *two*
    plans, on average over the plans that have the feature, so that rarity does not depend on
    the number of plans.

    Attributes
    ----------
    matrix : sparse array of shape (texts, features)
        Rows of length one.
    weight : array of shape (texts,)
        The lengths of the rows before they were normalized.
    rareness : array of shape (features,)
        0 for a feature of all measures, about 1 for one of a single measure of each plan.
    spread : array of int, shape (features,)
        The number of measures with a feature.
    """

    matrix: "csr_array"
    weight: "Floats"
    rareness: "Floats"
    spread: "Places"

    def overlap(self, a: "Places", b: "Places") -> Overlap:
        """Compute the overlap of pairs of rows."""
        import numpy as np

        cosine, rarity = np.empty(len(a)), np.empty(len(a))
        for start in range(0, len(a), _PAIRS):
            some = slice(start, start + _PAIRS)
            product = self.matrix[a[some]].multiply(self.matrix[b[some]]).tocsr()
            cosine[some] = product.sum(axis=1)
            shared = np.diff(product.indptr)
            product.data[:] = 1.0
            rarity[some] = product @ self.rareness / np.maximum(shared, 1)
        ratio = self.weight[a] / self.weight[b]
        contained = np.minimum(cosine * np.maximum(ratio, 1 / ratio), 1.0)
        return Overlap(cosine, contained, rarity)


def rows_of(pool: Pool, analyzer: "Analyzer", n_jobs: int | None) -> Rows:
    """Compute the weights of features from the measures of all plans.

    Parameters
    ----------
    pool : Pool
    analyzer : callable
        Returns the features of a text, as often as it has them, as an array.
    n_jobs : int or None
    """
    import numpy as np
    from scipy.sparse import csr_array

    counts = _together(
        in_parallel(
            partial(_count, analyzer=analyzer),
            [
                pool.texts[start : start + _TEXTS]
                for start in range(0, max(len(pool.texts), 1), _TEXTS)
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


def _count(texts: Sequence[str], analyzer: "Analyzer") -> _Counted:
    """Count the features of texts."""
    import numpy as np
    import pandas as pd

    found = [count_features(text, analyzer) for text in texts]
    # No features, of the dtype of the analyzer: there may be no text.
    features = [analyzer(""), *(features for features, _ in found)]
    columns, names = pd.factorize(np.concatenate(features))
    return _Counted(
        names,
        np.array([*map(len, features[1:])], dtype=np.int32),
        columns.astype(np.int32),
        np.concatenate([[], *(counts for _, counts in found)]).astype(np.float32),
    )


def _together(parts: Iterable[_Counted]) -> _Counted:
    """Concatenate the counts of texts."""
    import numpy as np
    import pandas as pd

    parts = list(parts)
    places, names = pd.factorize(np.concatenate([part.names for part in parts]))
    ends = np.cumsum([len(part.names) for part in parts])
    # The place that each name of a part has among all names.
    new = np.split(places.astype(np.int32), ends[:-1])
    return _Counted(
        names,
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([of_part[part.columns] for of_part, part in zip(new, parts, strict=True)]),
        np.concatenate([part.counts for part in parts]),
    )


class _Search(NamedTuple):
    """The data of a search: the searched rows, and the queries."""

    columns: "csr_array"
    nearest: int
    allowed: "Allowed"


class _Queries(NamedTuple):
    """A task: some queries, and the number of the first."""

    rows: "csr_array"
    first: int


@dataclass(frozen=True, slots=True)
class OfOtherPlans:
    """Filter for texts that differ and are in other plans.

    Parameters
    ----------
    owner : array of int, shape (texts,)
        The only plan with a text; -1 if several have it.
    """

    owner: "Numbers"

    def __call__(self, query: "Numbers", row: "Numbers") -> "NDArray[np.bool_]":
        """Return whether each query may find each row."""
        own = self.owner[query]
        allowed: NDArray[np.bool_] = (query != row) & ((own < 0) | (own != self.owner[row]))
        return allowed


def searchable(rows: Rows, measures: int) -> "csr_array":
    """Return rows without the features of too many measures."""
    import numpy as np

    rare = np.flatnonzero(rows.spread <= max(measures / COMMON, FEW))
    kept: csr_array = rows.matrix[:, rare]
    return kept


def keys(rows: "csr_array") -> "csr_array":
    """Return rows with only their features of highest weight; of equal ones, the first."""
    import numpy as np
    from scipy.sparse import csr_array

    lengths = np.diff(rows.indptr)
    row = np.repeat(np.arange(rows.shape[0]), lengths)
    order = np.lexsort((rows.indices, -rows.data, row))
    kept = np.sort(order[_rank_within(row) < KEYS])
    bounds = np.concatenate([[0], np.cumsum(np.minimum(lengths, KEYS))]).astype(np.int32)
    return csr_array((rows.data[kept], rows.indices[kept], bounds), shape=rows.shape)


def join(
    queries: "csr_array",
    rows: "csr_array",
    nearest: int,
    allowed: "Allowed",
    n_jobs: int | None = None,
) -> tuple["Numbers", "Numbers"]:
    """Return, for each query, the rows with which its product is highest, and above zero.

    Memory is that of the rows, of the returned pairs, and of a few blocks of products.

    Parameters
    ----------
    queries, rows : sparse arrays with the same columns
    nearest : int
        The number of rows for each query; of equals, the first.
    allowed : callable
        Returns which pairs of queries and rows, by their numbers, are candidates. It is sent to
        other processes.
    n_jobs : int or None

    Returns
    -------
    tuple of (array of int, array of int)
        Numbers of queries and of rows, sorted.
    """
    import numpy as np

    work = (
        _Queries(queries[first : first + QUERIES], first)
        for first in range(0, queries.shape[0], QUERIES)
    )
    search = With(_searched, _Search(rows.T.tocsr(), nearest, allowed))
    found = list(in_parallel(search, work, n_jobs=n_jobs, label="searching"))
    none = np.zeros(0, dtype=np.int32)
    return (
        np.concatenate([none, *(query for query, _ in found)]),
        np.concatenate([none, *(row for _, row in found)]),
    )


def _searched(search: _Search, queries: _Queries) -> tuple["Numbers", "Numbers"]:
    """Run a task, a few queries at a time."""
    import numpy as np

    size = max(CELLS // max(search.columns.shape[1], 1), 1)
    found = []
    for start in range(0, queries.rows.shape[0], size):
        product = queries.rows[start : start + size] @ search.columns
        query = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        possible = search.allowed(queries.first + start + query, product.indices)
        possible &= product.data > 0
        query, row = query[possible], product.indices[possible]
        best = _highest(query, row, product.data[possible], search.nearest)
        found.append((queries.first + start + query[best], row[best]))
    return (
        np.concatenate([query for query, _ in found], dtype=np.int32),
        np.concatenate([row for _, row in found], dtype=np.int32),
    )


def _highest(
    query: "Numbers", row: "Numbers", value: "NDArray[np.floating]", wanted: int
) -> "Numbers":
    """Return the positions of the highest values of each query, sorted."""
    import numpy as np

    rank = _rank_within(query)
    width = int(rank.max(initial=-1)) + 1
    places = np.arange(len(query))
    if width > wanted:
        # Partitioning takes less time than sorting all values.
        table = np.zeros((query[-1] + 1, width), dtype=value.dtype)
        table[query, rank] = value
        least = np.partition(table, width - wanted, axis=1)[:, width - wanted]
        places = np.flatnonzero(value >= least[query])
    order = places[np.lexsort((row[places], -value[places], query[places]))]
    best = order[_rank_within(query[order]) < wanted]
    sorted_best: Numbers = best[np.lexsort((row[best], query[best]))]
    return sorted_best


def _rank_within(group: "Numbers") -> "Numbers":
    """Return the rank of each member in its group; groups are sorted."""
    import numpy as np

    starts = np.flatnonzero(np.diff(group, prepend=-1))
    ranks: Numbers = np.arange(len(group)) - np.repeat(starts, np.diff(starts, append=len(group)))
    return ranks
