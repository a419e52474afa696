"""The steps that measures take from plan to plan, those over plans without them included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from crossplan.matching.large_corpora.lineage_search import most_promising
from crossplan.matching.large_corpora.pool import Pool
from crossplan.matching.measures import compare_measures
from crossplan.model import Entry, opened
from crossplan.parallel import in_parallel
from crossplan.thresholds import Threshold

# What a comparison tells of a step.
TOLD = ["old_id", "new_id", "status", "moved", "score", "old_text", "new_text"]
# Up to so many pairs of plans that do not follow on each other are all compared; of more, so
# many of them, those that promise most.
ALL: Threshold[int] = 200
MOST: Threshold[int] = 200

Step = dict[str, Any]
Decisions = Mapping[tuple[str, str], str | Path]
# The ids of measures that found no partner, for each plan.
Left = list[set[str]]


class Couple(NamedTuple):
    """Two plans to be compared, and the file of decisions on them, if there is one."""

    old: Entry
    new: Entry
    decisions: str | Path | None


def steps_through(
    entries: Sequence[Entry], pool: Pool, decisions: Decisions, n_jobs: int | None
) -> Iterator[Step]:
    """Give every step of every measure, in the order of the plans.

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
    steps = list(compared(following, entries, decisions, n_jobs))
    gone: Left = [{s["old_id"] for s in own if s["status"] == "dropped"} for own in steps]
    arrived: Left = [set(), *({s["new_id"] for s in own if s["status"] == "new"} for own in steps)]
    back: dict[str, list[Step]] = defaultdict(list)
    for couples in rounds(entries, pool, (gone, arrived), decisions, n_jobs):
        open_ = [(early, late) for early, late in couples if gone[early] and arrived[late]]
        found = compared(open_, entries, decisions, n_jobs)
        for (early, late), over_gap in zip(open_, found, strict=True):
            # All of them first: several may have gone into one, or one into several.
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


def rounds(
    entries: Sequence[Entry],
    pool: Pool,
    left: tuple[Left, Left],
    decisions: Decisions,
    n_jobs: int | None,
) -> Iterator[list[tuple[int, int]]]:
    """Give the pairs of plans that measures may have come back over, the nearest first.

    Those of a round are compared at once. Where all are, they are equally far apart and share
    neither the older plan nor the newer, so that what is found in one changes nothing for the
    others.
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
    """Tell whether so many plans are few enough that all pairs over a gap are compared."""
    return (plans - 1) * (plans - 2) // 2 <= ALL


def compared(
    couples: Iterable[tuple[int, int]],
    entries: Sequence[Entry],
    decisions: Decisions,
    n_jobs: int | None,
) -> Iterator[list[Step]]:
    """Compare pairs of plans, given by their places."""
    work = [
        Couple(old, new, decisions.get((old.id, new.id)))
        for old, new in ((entries[early], entries[late]) for early, late in couples)
    ]
    return in_parallel(compare, work, n_jobs=n_jobs, label="comparing measures")


def compare(couple: Couple) -> list[Step]:
    """Give what became of the measures of two plans, and nothing of the plans besides."""
    old, new = opened(couple.old), opened(couple.new)
    table = compare_measures(old, new, decisions=couple.decisions).frame[TOLD].astype(object)
    plans = {"old_plan": old.id, "new_plan": new.id}
    return [
        plans | {str(name): value for name, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]
