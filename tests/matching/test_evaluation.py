"""Precision, recall and F1 against the truth."""

from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

import crossplan as cp
from crossplan.matching import tables as evaluation_tables


class Found:
    def __init__(self, rows: list[tuple[str | None, str | None, str]]) -> None:
        self.table = pd.DataFrame(rows, columns=["old_id", "new_id", "status"])


TRUTH = Found([("a/1", "b/1", "kept"), ("a/2", "b/2", "revised"), ("a/3", None, "dropped")]).table


def test_scores_by_hand_and_by_scikit_learn() -> None:
    found = Found([("a/1", "b/1", "kept"), ("a/2", "b/3", "revised"), ("a/3", "b/2", "revised")])
    result = cp.evaluation.evaluate(found, TRUTH)
    links = result.table.set_index("relation").loc["links"]
    everything = [("a/1", "b/1"), ("a/2", "b/2"), ("a/2", "b/3"), ("a/3", "b/2")]
    true = [pair in everything[:2] for pair in everything]
    predicted = [pair != ("a/2", "b/2") for pair in everything]
    assert links["precision"] == pytest.approx(precision_score(true, predicted))
    assert links["recall"] == pytest.approx(recall_score(true, predicted))
    assert links["f1"] == pytest.approx(f1_score(true, predicted))
    assert links["f1_low"] <= links["f1"] <= links["f1_high"]
    assert result.f1("kept") == 1
    assert result.f1("dropped") == 0
    assert result.missed["old_id"].to_list() == ["a/2", "a/3"]
    assert len(result.wrong) == 2


def test_the_truth_is_perfect() -> None:
    result = cp.evaluation.evaluate(Found(list(TRUTH.itertuples(index=False, name=None))), TRUTH)
    assert (result.table["f1"] == 1).all()
    assert result.missed.empty
    assert result.wrong.empty


def test_doubtful_rows_count_neither_way() -> None:
    truth = TRUTH.assign(certainty=["certain", "doubtful", "certain"])
    with_it = cp.evaluation.evaluate(Found(list(TRUTH.itertuples(index=False, name=None))), truth)
    without = cp.evaluation.evaluate(
        Found([("a/1", "b/1", "kept"), ("a/3", None, "dropped")]), truth
    )
    pd.testing.assert_frame_equal(with_it.table, without.table)
    assert with_it.f1() == 1


def test_the_truth_can_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    TRUTH.rename(columns={"status": "relation"}).to_csv(path, index=False)
    assert cp.evaluation.evaluate(Found([("a/1", "b/1", "kept")]), path).table[
        "true"
    ].to_list() == [
        2,
        1,
        1,
        1,
    ]


def test_nothing_found_and_nothing_true() -> None:
    empty = evaluation_tables.TRUTH.frame([])
    result = cp.evaluation.evaluate(Found([]), empty)
    assert result.table["found"].to_list() == [0]
    assert result.table["f1"].isna().all()


def test_a_truth_without_ids_is_refused() -> None:
    with pytest.raises(cp.CrossplanError, match="no column new_id, old_id"):
        cp.evaluation.evaluate(Found([]), pd.DataFrame({"status": []}))
