"""Compute the steps of measures from plan to plan, including steps over plans without them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crossplan.matching.features import character_runs
from crossplan.matching.large_corpora.join import Pool, join, rows_of, searchable
from crossplan.matching.measures import compare_measures
from crossplan.model import Entry, opened
from crossplan.parallel import in_parallel
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.integer]

# The columns of a comparison that make a step.
_COLUMNS_OF_STEPS = ["old_id", "new_id", "status", "moved", "score", "old_text", "new_text"]
# Up to ALL pairs of non-consecutive plans are all compared; of more, the MOST promising.
ALL: Threshold[int] = 200
MOST: Threshold[int] = 200
# A revived measure is among this number of most similar ones, seen from either side.
NEAREST: Threshold[int] = 3

_Step = dict[str, Any]
_DecisionFiles = Mapping[tuple[str, str], str | Path]
# The ids of measures without a partner, for each plan.
_Left = list[set[str]]


class _Couple(NamedTuple):
    """Two plans to be compared, and the file of decisions on them, if there is one."""

    old: Entry
    new: Entry
    decisions: str | Path | None


def steps_through(
    entries: Sequence[Entry], pool: Pool, decisions: _DecisionFiles, n_jobs: int | None
) -> Iterator[_Step]:
    """Yield every step of every measure, in the order of the plans.

    Parameters
    ----------
    entries : sequence of Plan or PlanReference
    pool : Pool
        The measures of these plans.
    decisions : mapping of (str, str) to str or Path
        By the ids of two plans.
    n_jobs : int or None
    """
    following = list(pairwise(range(len(entries))))
    steps = list(_compared(following, entries, decisions, n_jobs))
    gone: _Left = [{s["old_id"] for s in own if s["status"] == "dropped"} for own in steps]
    arrived: _Left = [set(), *({s["new_id"] for s in own if s["status"] == "new"} for own in steps)]
    back: dict[str, list[_Step]] = defaultdict(list)
    for couples in _rounds(entries, pool, (gone, arrived), decisions, n_jobs):
        open_ = [(early, late) for early, late in couples if gone[early] and arrived[late]]
        found = _compared(open_, entries, decisions, n_jobs)
        for (early, late), over_gap in zip(open_, found, strict=True):
            # All links first, because of merges and splits.
            came = [
                s for s in over_gap if s["old_id"] in gone[early] and s["new_id"] in arrived[late]
            ]
            for step in came:
                back[step["new_id"]].append(step | {"status": "revived"})
                gone[early].discard(step["old_id"])
                arrived[late].discard(step["new_id"])
    for own in steps:
        for step in own:
            yield from back.get(step["new_id"] or "", [step])


def _rounds(
    entries: Sequence[Entry],
    pool: Pool,
    left: tuple[_Left, _Left],
    decisions: _DecisionFiles,
    n_jobs: int | None,
) -> Iterator[list[tuple[int, int]]]:
    """Yield the pairs of plans between which measures may have been revived, the nearest first.

    The pairs of a round are compared at once. If all pairs are compared, those of a round are
    equally far apart and share no plan, so that they do not affect each other.
    """
    plans = len(entries)
    if compares_all(plans):
        for apart in range(2, plans):
            yield [(early, early + apart) for early in range(plans - apart)]
        return
    place = {entry.id: number for number, entry in enumerate(entries)}
    decided = {(place[old], place[new]) for old, new in decisions}
    promising = most_promising(pool, *left, MOST, n_jobs)
    far = (couple for couple in promising | decided if couple[1] - couple[0] > 1)
    yield sorted(far, key=lambda couple: (couple[1] - couple[0], couple))


def compares_all(plans: int) -> bool:
    """Return whether the plans are few enough that all pairs over a gap are compared."""
    return (plans - 1) * (plans - 2) // 2 <= ALL


def _compared(
    couples: Iterable[tuple[int, int]],
    entries: Sequence[Entry],
    decisions: _DecisionFiles,
    n_jobs: int | None,
) -> Iterator[list[_Step]]:
    """Compare pairs of plans, identified by their places."""
    work = [
        _Couple(old, new, decisions.get((old.id, new.id)))
        for old, new in ((entries[early], entries[late]) for early, late in couples)
    ]
    return in_parallel(_compare, work, n_jobs=n_jobs, label="comparing measures")


def _compare(couple: _Couple) -> list[_Step]:
    """Return the steps of the measures of two plans, without the plans."""
    old, new = opened(couple.old), opened(couple.new)
    table = (
        compare_measures(old, new, decisions=couple.decisions)
        .frame[_COLUMNS_OF_STEPS]
        .astype(object)
    )
    plans = {"old_plan": old.id, "new_plan": new.id}
    return [
        plans | {str(name): value for name, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]


@dataclass(frozen=True, slots=True)
class LongBefore:
    """Filter for measures of plans older than the query's, except the one just before.

    Parameters
    ----------
    query_plan, row_plan : array of int
        The numbers of the plans.
    sign : {1, -1}
        -1 if the queries are the older ones.
    """

    query_plan: "Places"
    row_plan: "Places"
    sign: int

    def __call__(self, query: "Places", row: "Places") -> "NDArray[np.bool_]":
        """Return whether each query may find each row."""
        apart = self.sign * (self.query_plan[query] - self.row_plan[row])
        allowed: NDArray[np.bool_] = apart > 1
        return allowed


def most_promising(
    pool: Pool,
    gone: Sequence[AbstractSet[str]],
    arrived: Sequence[AbstractSet[str]],
    wanted: int,
    n_jobs: int | None,
) -> set[tuple[int, int]]:
    """Return the pairs of plans that are most likely to have revived measures.

    Among thousands of dropped measures, some are similar to any new one by chance. A new and a
    dropped measure count only if each is among the most similar candidates of the other.

    Parameters
    ----------
    pool : Pool
    gone, arrived : sequence of set of str
        The ids of the measures of each plan that have no partner in the plan after it, and
        in the one before it.
    wanted : int
        The maximum number of pairs: those with the highest sum of similarities.
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
    # Of equal ones the first is found: the latest dropped and the earliest new one.
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
