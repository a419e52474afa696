"""The weights of the evidence for two measures being one, fitted anew.

Question: which weights does a logistic regression give, and how good is the matching with
weights that were fitted on *other* material? The material: constructed predecessors of
the fifth plan with measures rewritten by another hand, the same with pairs of measures
that share only their frames, and two government work reports
linked by a reader (which are not in this repository; without them the script ends). For
the second question the material is cut in two, each half measured with the weights of the
other.

Run: ``python benchmarks/measure_weights.py`` in an environment with crossplan and
scikit-learn. The first line belongs in ``matching/measure_links.py``.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

import crossplan as cp
from crossplan.matching import measure_links
from crossplan.model import Plan

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
import material

PARTS = tuple(measure_links.WEIGHTS)
SEEDS = (1, 2)
DECOY_SEEDS = (3, 4)
# The reports have fewer pairs than the predecessors together, and are not constructed;
# pairs that copy each other's frames on purpose are rarer in plans than in this material.
REPORT_WEIGHT = 3.0
DECOY_WEIGHT = 0.35
# Context depends on the pairs, which depend on the weights: fitted anew so many times, from
# the same start whatever stands in the module.
ROUNDS = 6
START = -12.0, 6.0


@dataclass(frozen=True)
class Example:
    """Two plans, their true links, and how much their pairs count."""

    old: Plan
    new: Plan
    truth: pd.DataFrame
    weight: float

    def rows(self, half: int | None) -> tuple[np.ndarray, np.ndarray]:
        """Give the parts of the candidates of a half (or of all), and which are true."""
        table = cp.compare_measures(self.old, self.new).candidates
        pairs = pd.MultiIndex.from_frame(table[["old_id", "new_id"]])
        doubtful = self.truth.get("certainty", pd.Series(index=self.truth.index)) == "doubtful"
        true, unsure = (
            pairs.isin(pd.MultiIndex.from_frame(self.truth[rows][["old_id", "new_id"]]))
            for rows in (~doubtful, doubtful)
        )
        use = ~unsure
        if half is not None:
            use &= self.halves(table["old_id"]) == half
        return table.loc[use, list(PARTS)].to_numpy(), true[use]

    def halves(self, ids: Sequence[str] | pd.Series) -> np.ndarray:
        """Tell for ids of old measures which half they fall in: the first or the second."""
        place = {measure.id: number for number, measure in enumerate(self.old.measures)}
        return np.array([2 * place[one] // len(place) for one in ids])

    def f1(self, half: int) -> float:
        """Measure the links of a half."""
        found = cp.compare_measures(self.old, self.new).table
        kept = [table[self.halves_of_rows(table) == half] for table in (found, self.truth)]
        return cp.evaluation.evaluate(Table(kept[0]), kept[1]).f1()

    def halves_of_rows(self, table: pd.DataFrame) -> np.ndarray:
        """Tell for rows with an old measure which half they fall in; -1 without one."""
        result = np.full(len(table), -1)
        there = table["old_id"].notna().to_numpy()
        result[there] = self.halves(table.loc[there, "old_id"])
        return result


@dataclass(frozen=True)
class Table:
    """Rows of a comparison."""

    table: pd.DataFrame


def examples() -> Iterator[tuple[str, Example]]:
    """Give all material."""
    for seed in SEEDS:
        made = material.reworded("a", seed=seed)
        yield f"rewordings {seed}", Example(made.plan, made.successor, made.truth, 1.0)
    for seed in DECOY_SEEDS:
        made = material.with_decoys(material.reworded("a", seed=seed), seed=seed)
        yield f"decoys {seed}", Example(made.plan, made.successor, made.truth, DECOY_WEIGHT)
    old, new = material.report(2018), material.report(2019)
    yield "reports", Example(old, new, material.report_links(old, new), REPORT_WEIGHT)


def fit(found: Sequence[Example], half: int | None = None) -> None:
    """Put fitted weights in the place of those that stand in the module."""
    measure_links.INTERCEPT = START[0]
    measure_links.WEIGHTS.update(dict.fromkeys(PARTS, START[1]))
    for _ in range(ROUNDS):
        data = [example.rows(half) for example in found]
        weights = [np.full(len(y), e.weight) for e, (_, y) in zip(found, data, strict=True)]
        model = LogisticRegression(C=10, max_iter=5000).fit(
            np.vstack([x for x, _ in data]),
            np.concatenate([y for _, y in data]),
            sample_weight=np.concatenate(weights),
        )
        measure_links.INTERCEPT = round(float(model.intercept_[0]), 1)
        measure_links.WEIGHTS.update(zip(PARTS, model.coef_[0].round(1).tolist(), strict=True))


def main() -> None:
    """Print the weights, and the F1 of each half with the weights of the other."""
    if not material.report_path(2018).is_file():
        sys.exit("The two reports are not at hand; set CROSSPLAN_TRIAL_TEXTS to their folder.")
    found = dict(examples())
    fit(list(found.values()))
    print(measure_links.INTERCEPT, measure_links.WEIGHTS)
    for name, example in found.items():
        print(f"{name:14} same material      {[round(example.f1(h), 3) for h in (0, 1)]}")
    for half in (0, 1):
        fit(list(found.values()), half)
        for name, example in found.items():
            print(f"{name:14} fitted on half {half}    {example.f1(1 - half):.3f}")


if __name__ == "__main__":
    main()
