"""How well targets are read, measured against what a reader wrote down.

`gold/figures-2026-2030.csv` holds every figure of the fifth plan, target or not, as a reader
found it; the texts it points to are in the corpus. `gold/headline-targets.csv` and
`gold/achievements.csv` hold figures of government work reports, which are not in this
repository: what needs them is skipped where they are not at hand.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paths import GOLD
from rapidfuzz.fuzz import ratio

from crossplan.model import Target

# Two phrases for one indicator are at least so alike.
SAME_INDICATOR = 70
FIELDS = ("comparator", "kind", "direction", "year")


class Score(NamedTuple):
    """How many were right, of how many that are true, and of how many that were read."""

    right: int
    true: int
    read: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def rows(name: str) -> list[dict[str, str]]:
    """Read a gold file."""
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores(read: Iterable[Target], gold: Sequence[dict[str, str]]) -> dict[str, Score]:
    """Score targets by measure, value and unit, and each field of those that were found."""
    read = list(read)
    pairs = list(found(read, gold))
    result = {"measure, value, unit": Score(len(pairs), len(gold), len(read))}
    for field in FIELDS:
        right = sum(str(getattr(t, field) or "") == row[field] for t, row in pairs)
        result[field] = Score(right, len(gold), len(read))
    alike = sum(ratio(t.indicator, row["indicator"]) >= SAME_INDICATOR for t, row in pairs)
    return result | {"indicator": Score(alike, len(gold), len(read))}


def found(
    read: Iterable[Target], gold: Sequence[dict[str, str]]
) -> Iterable[tuple[Target, dict[str, str]]]:
    """Pair each target with a row of the same measure, value and unit, used once."""
    left = Counter(range(len(gold)))
    for target in sorted(read, key=lambda t: t.start or 0):
        candidates = [
            number
            for number, row in enumerate(gold)
            if left[number]
            and row["measure_id"] == target.measure
            and float(row["value"]) == target.value
            and row["unit"] == target.unit
        ]
        if candidates:
            best = max(candidates, key=lambda n: ratio(gold[n]["indicator"], target.indicator))
            left[best] = 0
            yield target, gold[best]
