"""Which plans are worth comparing for what may have come back, among very many."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from crossplan.matching.large_corpora.join import join, searchable
from crossplan.matching.large_corpora.pool import Pool
from crossplan.matching.large_corpora.rows import rows_of
from crossplan.matching.weighted import character_runs
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.integer]
    Left = Sequence[AbstractSet[str]]

# What came back is among so many of the most alike, seen from either side.
NEAREST: Threshold[int] = 3


@dataclass(frozen=True, slots=True)
class LongBefore:
    """Allows what stands in an older plan than the query's, and not in the one just before.

    Parameters
    ----------
    query_plan, row_plan : array of int
        The numbers of the plans.
    sign : {1, -1}
        -1 if the queries are what is older.
    """

    query_plan: "Places"
    row_plan: "Places"
    sign: int

    def __call__(self, query: "Places", row: "Places") -> "NDArray[np.bool_]":
        """Tell which rows the queries may find."""
        apart = self.sign * (self.query_plan[query] - self.row_plan[row])
        allowed: NDArray[np.bool_] = apart > 1
        return allowed


def most_promising(
    pool: Pool, gone: "Left", arrived: "Left", wanted: int, n_jobs: int | None
) -> set[tuple[int, int]]:
    """Give the pairs of plans that are likeliest to have a measure that came back.

    Where thousands of measures were dropped, every new one is like some of them by chance.
    A new and a dropped measure count only if each is among what is most like the other, of
    what was dropped long before the one, and came long after the other.

    Parameters
    ----------
    pool : Pool
    gone, arrived : sequence of set of str
        The ids of the measures of each plan that have no partner in the plan after it, and
        in the one before it.
    wanted : int
        So many pairs at most: those with the highest sum of likenesses.
    n_jobs : int or None

    Returns
    -------
    set of (int, int)
        The numbers of the older and of the newer plan.
    """
    import numpy as np

    left = set(chain(*gone, *arrived))
    few = pool.only(left)
    texts = searchable(rows_of(few, character_runs, n_jobs), len(few.ids))
    plan = few.plan
    came, went = (
        np.flatnonzero([measure in some for measure in few.ids])
        for some in (set(chain(*arrived)), set(chain(*gone)))
    )
    # Of equals the first is found: what was dropped last, and what came first.
    went = went[::-1]
    new, old = (texts[few.text[side]] for side in (came, went))
    a, b = join(new, old, NEAREST, LongBefore(plan[came], plan[went], 1), n_jobs)
    c, d = join(old, new, NEAREST, LongBefore(plan[went], plan[came], -1), n_jobs)
    a, b, c, d = (numbers.astype(np.int64) for numbers in (a, b, c, d))
    mutual = np.isin(a * len(went) + b, d * len(went) + c)
    a, b = a[mutual], b[mutual]
    promise: dict[tuple[int, int], float] = defaultdict(float)
    plans = zip(plan[went[b]].tolist(), plan[came[a]].tolist(), strict=True)
    for couple, likeness in zip(plans, new[a].multiply(old[b]).sum(axis=1).tolist(), strict=True):
        promise[couple] += likeness
    return set(sorted(promise, key=lambda couple: (-promise[couple], couple))[:wanted])
