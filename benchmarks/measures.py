"""What it costs to match the measures of two plans, and how many links are found.

The fifth plan is compared with constructed predecessors, whose true links are known: one
made by machine (measures left out, cut, joined, moved, reordered, figures and words changed,
others made up), and one with measures that a writer put in other words, on which nothing was
fitted (`tests/gold/rewordings-b.toml`). Another way finds the best new measure for each old
one and is given the threshold that is best in hindsight; crossplan is given none. It also
finds merges and splits, which the best for each cannot all be.
"""

import tomllib
from collections.abc import Iterator

from rapidfuzz import fuzz, process

import crossplan as cp
from benchmarks.links import best_in_hindsight, found_of, named, pairs_of
from benchmarks.memory import watched
from benchmarks.rivals import Answer, beside
from benchmarks.rows import Row, mebibytes, seconds
from benchmarks.setting import GOLD, Setting
from benchmarks.timing import least_seconds
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.features import relabel
from crossplan.model import Plan

QUESTION = "measures"
SECONDS = 0.5
# Of the standard library's scores alone.
RATIO = 20
LARGE_SECONDS = 30
LARGE_MEMORY = 1024


def rows(setting: Setting) -> Iterator[Row]:
    """Time and count the links of two predecessors, then compare two large plans."""
    fifth = cp.load_plan("2026-2030")
    gold = tomllib.loads((GOLD / "rewordings-b.toml").read_text(encoding="utf-8"))
    rewordings = {entry["id"]: entry["text"] for entry in gold["rewording"]}
    predecessors = {
        "measures changed by machine": cp.evaluation.construct_predecessor(fifth, seed=1),
        "measures put in other words": cp.evaluation.construct_predecessor(
            fifth, 1, rewordings=rewordings
        ),
    }
    couples = [(texts(made.plan), texts(made.successor)) for made in predecessors.values()]
    ways = setting.rivals.matched(couples, setting.repeats)
    made = next(iter(predecessors.values()))
    yield from times(setting, made, [answers[0] for answers in ways])
    for place, (what, made) in enumerate(predecessors.items()):
        yield from quality(what, made, [answers[place] for answers in ways])
    yield from two_large_plans(setting)


def texts(plan: Plan) -> list[str]:
    """Give the measures of a plan."""
    return [measure.text for measure in plan.measures]


def ids(plan: Plan) -> list[str]:
    """Give the ids of the measures of a plan."""
    return [measure.id for measure in plan.measures]


def times(setting: Setting, made: ConstructedPredecessor, ways: list[Answer]) -> Iterator[Row]:
    """Time the scores alone, and all of the comparison."""
    old, new = texts(made.plan), texts(made.successor)
    size = f"{len(old)} and {len(new)} measures"
    scored, whole = least_seconds(
        setting.repeats,
        lambda: process.cdist(*relabel(old, new), scorer=fuzz.ratio),
        lambda: cp.compare_measures(made.plan, made.successor),
    )
    yield from beside(ways[:1], Row(QUESTION, f"{size} scored, all pairs", seconds(scored)))
    what = f"`compare_measures`, {size}; the other way, the best for each"
    row = Row(QUESTION, what, seconds(whole), at_most=seconds(SECONDS), at_least=RATIO)
    yield from beside(ways, row)


def quality(what: str, made: ConstructedPredecessor, ways: list[Answer]) -> Iterator[Row]:
    """Count the links that are found."""
    true = pairs_of(made.truth)
    found = pairs_of(cp.compare_measures(made.plan, made.successor).table)
    for answer in ways:
        links = list(named(answer, ids(made.plan), ids(made.successor)))
        yield Row(
            QUESTION,
            f"links found, {what}",
            found_of(found, true),
            answer.way,
            best_in_hindsight(links, true) if answer.seconds is not None else None,
        )


def two_large_plans(setting: Setting) -> Iterator[Row]:
    """Compare two large plans, the first time in a process."""
    (stage,) = watched("-m", "benchmarks.large_process", str(setting.large))
    what = f"`compare_measures`, {setting.large:,} measures on either side, the first time"
    yield Row(QUESTION, what, seconds(stage.seconds), at_most=seconds(LARGE_SECONDS))
    memory = mebibytes(stage.mebibytes)
    yield Row(QUESTION, f"{what}: most memory", memory, at_most=mebibytes(LARGE_MEMORY))
