"""A corpus read from files, counted and matched, in a process that is watched from outside."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import crossplan as cp
from benchmarks.memory import report

Result = TypeVar("Result")


def main(folder: Path, jobs: int) -> None:
    """Do one stage after the other."""

    def timed(name: str, work: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        result = work()
        report(name, time.perf_counter() - start)
        return result

    corpus = timed(
        "reading", lambda: cp.any_plan.read_plans(folder, measures="marked", n_jobs=jobs)
    )
    timed("counting", lambda: cp.term_frequencies(corpus, n_jobs=jobs).table)
    timed("neighbours", lambda: cp.trace_measures(corpus, n_jobs=jobs).table)
    timed("all pairs", lambda: cp.any_plan.compare_all_measures(corpus, n_jobs=jobs).table)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
