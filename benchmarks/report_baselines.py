"""How simpler methods do on two real reports that a reader linked.

Question: is crossplan's matching better than what a scholar would try first? Rivals:
rapidfuzz's ratio with the best one-to-one assignment, and the tf-idf cosine of characters
and their pairs with a threshold. Both are given the threshold that is best in hindsight,
which nobody knows beforehand. The last line is the most that any one-to-one method could
reach, for the reader linked many to many.

Run: ``python benchmarks/report_baselines.py`` in an environment with crossplan. The
reports are not in this repository; without them the script ends.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer

import crossplan as cp
from crossplan.model import Plan

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
import material

THRESHOLDS = np.arange(0.05, 0.9, 0.01)


class Linked:
    """Pairs of two plans by the matrix that says which are linked."""

    def __init__(self, old: Plan, new: Plan, linked: np.ndarray) -> None:
        pairs = [(old.measures[a].id, new.measures[b].id) for a, b in np.argwhere(linked)]
        self.table = pd.DataFrame(pairs, columns=["old_id", "new_id"]).assign(relation="linked")


def best(old: Plan, new: Plan, truth: pd.DataFrame, scores: np.ndarray, *, one_to_one: bool) -> str:
    """Give the best F1 of all thresholds."""
    possible = np.ones(scores.shape, dtype=bool)
    if one_to_one:
        possible[:] = False
        possible[linear_sum_assignment(scores, maximize=True)] = True
    found = [
        (cp.evaluation.evaluate(Linked(old, new, possible & (scores >= limit)), truth).f1(), limit)
        for limit in THRESHOLDS
    ]
    f1, limit = max(found)
    return f"{f1:.3f} at {limit:.2f}"


def main() -> None:
    """Print the F1 of all."""
    if not material.report_path(2018).is_file():
        sys.exit("The two reports are not at hand; set CROSSPLAN_TRIAL_TEXTS to their folder.")
    old, new = material.report(2018), material.report(2019)
    truth = material.report_links(old, new)
    olds, news = ([m.text for m in plan.measures] for plan in (old, new))
    ratio = process.cdist(olds, news, scorer=fuzz.ratio) / 100
    rows = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform([*olds, *news])
    cosine = (rows[: len(olds)] @ rows[len(olds) :].T).toarray()
    print("ratio, assignment  ", best(old, new, truth, ratio, one_to_one=True))
    print("tf-idf, threshold  ", best(old, new, truth, cosine, one_to_one=False))
    print("tf-idf, assignment ", best(old, new, truth, cosine, one_to_one=True))
    print(
        "crossplan          ",
        f"{cp.evaluation.evaluate(cp.compare_measures(old, new), truth).f1():.3f}",
    )
    certain = truth[truth["certainty"] == "certain"]
    linked = certain.assign(one=1.0).pivot_table("one", "old_id", "new_id", fill_value=0)
    pairs = linked.to_numpy()[linear_sum_assignment(linked, maximize=True)].sum()
    print("one to one, at most", f"{2 * pairs / (pairs + len(certain)):.3f}")


if __name__ == "__main__":
    main()
