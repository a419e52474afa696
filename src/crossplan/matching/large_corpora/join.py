"""For each text the others that are most alike, among very many, without comparing all in full."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.large_corpora.rows import Rows
from crossplan.parallel import With, in_parallel
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.floating]
    Places = NDArray[np.integer]
    Allowed = Callable[[Places, Places], NDArray[np.bool_]]

# A feature that more measures have than one in so many does not help to find any, unless
# they are few.
COMMON: Threshold[int] = 20
FEW: Threshold[int] = 50
# A text is looked for by so many of its features, those that weigh most. What the search
# finds is compared in full, so that fewer cost recall and nothing else.
KEYS = 16
# So many queries are one piece of work; so many products are in memory at a time.
QUERIES = 2048
CELLS = 2**22


class Search(NamedTuple):
    """What is searched, and what is looked for."""

    columns: "csr_array"
    nearest: int
    allowed: "Allowed"


class Queries(NamedTuple):
    """A piece of work: some queries, and the number of the first."""

    rows: "csr_array"
    first: int


@dataclass(frozen=True, slots=True)
class OfOtherPlans:
    """Allows what is another text, and stands in another plan.

    Parameters
    ----------
    owner : array of int, shape (texts,)
        The only plan that has a text; -1 where several have it.
    """

    owner: "Places"

    def __call__(self, query: "Places", row: "Places") -> "NDArray[np.bool_]":
        """Tell which rows the queries may find."""
        own = self.owner[query]
        allowed: NDArray[np.bool_] = (query != row) & ((own < 0) | (own != self.owner[row]))
        return allowed


def searchable(rows: Rows, measures: int) -> "csr_array":
    """Leave out the features that too many measures have."""
    import numpy as np

    rare = np.flatnonzero(rows.spread <= max(measures / COMMON, FEW))
    kept: csr_array = rows.matrix[:, rare]
    return kept


def keys(rows: "csr_array") -> "csr_array":
    """Leave each row the features that weigh most in it; of equals, the first."""
    import numpy as np
    from scipy.sparse import csr_array

    lengths = np.diff(rows.indptr)
    row = np.repeat(np.arange(rows.shape[0]), lengths)
    order = np.lexsort((rows.indices, -rows.data, row))
    kept = np.sort(order[rank_within(row) < KEYS])
    bounds = np.concatenate([[0], np.cumsum(np.minimum(lengths, KEYS))]).astype(np.int32)
    return csr_array((rows.data[kept], rows.indices[kept], bounds), shape=rows.shape)


def join(
    queries: "csr_array",
    rows: "csr_array",
    nearest: int,
    allowed: "Allowed",
    n_jobs: int | None = None,
) -> tuple["Places", "Places"]:
    """Give for each query the rows with which its product is highest, and above nought.

    Memory is that of the rows, of the pairs that are given, and of a few blocks of products.

    Parameters
    ----------
    queries, rows : sparse arrays with the same columns
    nearest : int
        So many rows for each query; of equals, the first.
    allowed : callable
        Tells of pairs of queries and rows, given by their numbers, which come into question.
        It is sent to other processes.
    n_jobs : int or None

    Returns
    -------
    tuple of (array of int, array of int)
        Numbers of queries and of rows, sorted.
    """
    import numpy as np

    work = (
        Queries(queries[first : first + QUERIES], first)
        for first in range(0, queries.shape[0], QUERIES)
    )
    search = With(searched, Search(rows.T.tocsr(), nearest, allowed))
    found = list(in_parallel(search, work, n_jobs=n_jobs, label="searching"))
    none = np.zeros(0, dtype=np.int32)
    return (
        np.concatenate([none, *(query for query, _ in found)]),
        np.concatenate([none, *(row for _, row in found)]),
    )


def searched(search: Search, queries: Queries) -> tuple["Places", "Places"]:
    """Do a piece of the work, a few queries at a time."""
    import numpy as np

    size = max(CELLS // max(search.columns.shape[1], 1), 1)
    found = []
    for start in range(0, queries.rows.shape[0], size):
        product = queries.rows[start : start + size] @ search.columns
        query = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        possible = search.allowed(queries.first + start + query, product.indices)
        possible &= product.data > 0
        query, row = query[possible], product.indices[possible]
        best = highest(query, row, product.data[possible], search.nearest)
        found.append((queries.first + start + query[best], row[best]))
    return (
        np.concatenate([query for query, _ in found], dtype=np.int32),
        np.concatenate([row for _, row in found], dtype=np.int32),
    )


def highest(query: "Places", row: "Places", value: "Floats", wanted: int) -> "Places":
    """Give where the highest values of each query are, in the order of queries and rows."""
    import numpy as np

    rank = rank_within(query)
    width = int(rank.max(initial=-1)) + 1
    places = np.arange(len(query))
    if width > wanted:
        # To find the last that is wanted takes less time than to sort what is not.
        table = np.zeros((query[-1] + 1, width), dtype=value.dtype)
        table[query, rank] = value
        least = np.partition(table, width - wanted, axis=1)[:, width - wanted]
        places = np.flatnonzero(value >= least[query])
    order = places[np.lexsort((row[places], -value[places], query[places]))]
    best = order[rank_within(query[order]) < wanted]
    sorted_best: Places = best[np.lexsort((row[best], query[best]))]
    return sorted_best


def rank_within(group: "Places") -> "Places":
    """Give the place of each member in its group; groups are sorted."""
    import numpy as np

    starts = np.flatnonzero(np.diff(group, prepend=-1))
    ranks: Places = np.arange(len(group)) - np.repeat(starts, np.diff(starts, append=len(group)))
    return ranks
