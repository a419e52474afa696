"""What matching two plans costs, as ratios and times in one run.

Question: is comparing every measure of one plan with every measure of another, in all
its steps, at least 20 times as fast as the standard library's sequence matcher is with
its scores alone; does it take less than half a second; does memory stay bounded for
2,000 measures on either side? The matcher is timed on a sample of the pairs, for its
time grows with their number and nothing else.

Run: ``python benchmarks/matching.py`` in an environment with crossplan installed. The
fifth plan is compared with a constructed predecessor; the large plans are constructed
from its sentences. Times are the least of five runs in one process, after a first one.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher  # noqa: TID251 -- what we are measured against
from itertools import product

import numpy as np
from rapidfuzz import fuzz, process

import crossplan as cp
from crossplan.matching.assembly import assemble
from crossplan.matching.relabel import relabel
from crossplan.model import Plan

REPEATS = 5
SAMPLE = 2000
RATIO_LIMIT = 20
TIME_LIMIT = 0.5
LARGE = 2000
MEMORY_LIMIT = 1024


def least_seconds(action: Callable[[], object]) -> float:
    """Time an action and give the least of several runs, in seconds."""
    action()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def standard_library(old: list[str], new: list[str]) -> float:
    """Estimate what its sequence matcher takes for the scores of all pairs, in seconds."""
    pairs = random.Random(0).sample(list(product(old, new)), SAMPLE)  # noqa: S311
    start = time.perf_counter()
    for a, b in pairs:
        SequenceMatcher(None, a, b, autojunk=False).ratio()
    return (time.perf_counter() - start) * len(old) * len(new) / SAMPLE


def scores(old: list[str], new: list[str]) -> np.ndarray:
    """Score all pairs as crossplan does."""
    return process.cdist(*relabel(old, new), scorer=fuzz.ratio)


def large(plan: Plan, plan_id: str, seed: int) -> Plan:
    """Construct a plan of many measures from the sentences of one."""
    chooser = random.Random(seed)  # noqa: S311
    sentences = [sentence.text for measure in plan.measures for sentence in measure.sentences]
    homes = [heading.id for heading in plan.headings if heading.own_measures]
    measures: dict[str, list[str]] = {}
    for place in range(LARGE):
        text = "".join(chooser.sample(sentences, 3))
        measures.setdefault(homes[place % len(homes)], []).append(text)
    title = "构造的大计划（由第五份计划的句子拼成）"
    return assemble(plan, measures, plan_id=plan_id, title=title, title_en="Constructed")


def compare_large() -> None:
    """Compare two large plans; print seconds and the peak of memory in MiB."""
    fifth = cp.load_plan("2026-2030")
    old, new = large(fifth, "old", seed=1), large(fifth, "new", seed=2)
    start = time.perf_counter()
    cp.compare_measures(old, new)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Print the table; end with an error when a limit is passed."""
    made = cp.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
    old, new = ([m.text for m in plan.measures] for plan in (made.plan, made.successor))
    whole = least_seconds(lambda: cp.compare_measures(made.plan, made.successor))
    ours = least_seconds(lambda: scores(old, new))
    theirs = standard_library(old, new)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--large"],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, memory = map(float, done.stdout.split())
    print(f"{len(old)} x {len(new)} measures")
    print(f"  scores alone, standard library {theirs:8.2f} s")
    print(f"  scores alone, rapidfuzz        {ours:8.3f} s   {theirs / ours:8.0f} times as fast")
    print(
        f"  compare_measures, all of it    {whole:8.3f} s   {theirs / whole:8.0f} times as fast "
        f"(limits {TIME_LIMIT} s, {RATIO_LIMIT} times)"
    )
    print(f"{LARGE} x {LARGE} measures")
    print(f"  compare_measures, first call   {seconds:8.1f} s")
    print(f"  peak of memory                 {memory:8.0f} MiB (limit {MEMORY_LIMIT} MiB)")
    if whole > TIME_LIMIT or theirs < RATIO_LIMIT * whole or memory > MEMORY_LIMIT:
        sys.exit("a limit is passed")


if __name__ == "__main__":
    compare_large() if "--large" in sys.argv else main()
