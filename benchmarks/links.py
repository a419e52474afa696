"""How many of the true links were found."""

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from benchmarks.rivals import Answer
from benchmarks.rows import Figure

Pair = tuple[str, str]
Scored = tuple[str, str, float]


def pairs_of(table: pd.DataFrame) -> set[Pair]:
    """Give the pairs of a table."""
    both = table.dropna(subset=["old_id", "new_id"])
    return set(zip(both["old_id"], both["new_id"], strict=True))


def named(answer: Answer, old: Sequence[str], new: Sequence[str]) -> Iterable[Scored]:
    """Give the links of a matcher by the ids of what it linked."""
    return ((old[a], new[b], score) for a, b, score in answer.links)


def found_of(found: Collection[Pair], true: Collection[Pair]) -> Figure:
    """Say how many of the true links were found, and how many that were found are wrong."""
    right = len(set(found) & set(true))
    f1 = 2 * right / (len(found) + len(true))
    return Figure(f1, "F1", f"{right} of {len(true)}, {len(found) - right} wrong")


def best_in_hindsight(links: Collection[Scored], true: Collection[Pair]) -> Figure:
    """Give what is found with the threshold that finds most, which nobody knows beforehand."""
    thresholds = sorted({score for *_, score in links})
    return max(
        (
            found_of({(old, new) for old, new, score in links if score >= threshold}, true)
            for threshold in thresholds or [0.0]
        ),
        key=lambda figure: figure.number,
    )
