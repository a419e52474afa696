"""The search for what is most alike: against comparing all with all, on any numbers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import constructed_plan
from numpy.typing import NDArray
from scipy.sparse import csr_array

import crossplan as cp
from crossplan.matching import join as module
from crossplan.matching import lineage_steps
from crossplan.matching.join import KEYS, OfOtherPlans, join, keys
from crossplan.matching.pool import Pool
from crossplan.model import Corpus, Plan

FEATURES = 5
# Whole numbers, of which products are exact and ties are many.
ROWS = st.lists(
    st.lists(st.integers(0, 2), min_size=FEATURES, max_size=FEATURES), min_size=1, max_size=14
)
Pairs = list[tuple[int, int]]


def slowly(rows: NDArray[np.float64], owner: list[int], nearest: int) -> Pairs:
    """Compare all with all."""
    products = rows @ rows.T
    pairs: Pairs = []
    for query, own in enumerate(owner):
        possible = [
            row
            for row, other in enumerate(owner)
            if row != query and products[query, row] > 0 and (own < 0 or own != other)
        ]
        best = sorted(possible, key=lambda row: (-products[query, row], row))[:nearest]
        pairs += [(query, row) for row in sorted(best)]
    return pairs


def quickly(
    rows: NDArray[np.float64], owner: list[int], nearest: int, n_jobs: int | None = None
) -> Pairs:
    """Ask the join for the same."""
    sparse = csr_array(rows)
    found = join(sparse, sparse, nearest, OfOtherPlans(np.array(owner)), n_jobs)
    return list(zip(*(side.tolist() for side in found), strict=True))


@given(rows=ROWS, nearest=st.integers(1, 5), data=st.data())
def test_the_join_finds_what_comparing_all_finds(
    rows: list[list[int]], nearest: int, data: st.DataObject
) -> None:
    owner = data.draw(
        st.lists(st.integers(-1, 3), min_size=len(rows), max_size=len(rows)), label="owner"
    )
    dense = np.array(rows, dtype=np.float64)
    assert quickly(dense, owner, nearest) == slowly(dense, owner, nearest)


@pytest.mark.parametrize(("queries", "cells"), [(1, 1), (3, 60), (7, 10**6)])
def test_the_size_of_blocks_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, queries: int, cells: int
) -> None:
    monkeypatch.setattr(module, "QUERIES", queries)
    monkeypatch.setattr(module, "CELLS", cells)
    rows = np.random.default_rng(1).integers(0, 3, (30, FEATURES)).astype(np.float64)
    owner = [number % 4 for number in range(30)]
    assert quickly(rows, owner, 4) == slowly(rows, owner, 4)


def test_two_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUERIES", 8)
    rows = np.random.default_rng(2).random((30, FEATURES))
    owner = [number % 4 for number in range(30)]
    assert quickly(rows, owner, 4, n_jobs=2) == quickly(rows, owner, 4)


def test_the_plan_itself_takes_none_of_the_places() -> None:
    # Nine texts of one plan are all the same; what the other plan has is less like them.
    rows = np.ones((10, FEATURES))
    rows[9, 1:] = 0
    assert quickly(rows, [0] * 9 + [1], 1)[:9] == [(query, 9) for query in range(9)]


def test_nothing_is_found_where_there_is_nothing() -> None:
    nothing = csr_array((0, FEATURES))
    query, row = join(nothing, nothing, 3, OfOtherPlans(np.array([], dtype=np.int64)))
    assert len(query) == len(row) == 0


def test_texts_are_looked_for_by_what_weighs_most() -> None:
    weights = np.arange(2.0 * KEYS) + 1
    kept = keys(csr_array(np.stack([weights, np.ones(len(weights)), np.zeros(len(weights))])))
    assert kept.toarray()[0].nonzero()[0].tolist() == list(range(KEYS, 2 * KEYS))
    assert kept.toarray()[1].nonzero()[0].tolist() == list(range(KEYS))
    assert kept.toarray()[2].sum() == 0


TEXTS = st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=4), max_size=4)


@given(plans=TEXTS)
def test_a_pool_has_each_text_once_and_forgets_no_measure(plans: list[list[str]]) -> None:
    pool = Pool.of(
        [(f"{a}/{b}", text) for b, text in enumerate(own)] for a, own in enumerate(plans)
    )
    assert list(pool.texts) == sorted({text for own in plans for text in own})
    assert [pool.texts[text] for text in pool.text] == [text for own in plans for text in own]
    assert pool.sizes.tolist() == [len(own) for own in plans]
    for text, owner in zip(pool.texts, pool.owner.tolist(), strict=True):
        having = [place for place, own in enumerate(plans) if text in own]
        assert owner == (having[0] if len(having) == 1 else -1)


@pytest.fixture(scope="module")
def four(fifth: Plan) -> Corpus:
    """The fifth plan, and three constructed from it that left out different measures."""
    made = (cp.construct_predecessor(fifth, seed).plan for seed in (1, 2, 3))
    return Corpus([*(replace(plan, start_year=year) for year, plan in enumerate(made)), fifth])


def test_what_comes_back_is_found_by_the_search_too(
    four: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_compared = cp.trace_measures(four)
    assert len(all_compared.revived) > 20
    monkeypatch.setattr(lineage_steps, "ALL", 0)
    searched = cp.trace_measures(four)
    pd.testing.assert_frame_equal(searched.table, all_compared.table)
    # With a single pair of plans only a part is found.
    monkeypatch.setattr(lineage_steps, "MOST", 1)
    part = cp.trace_measures(four).revived
    assert set(part[["old_plan", "new_plan"]].apply(tuple, axis=1)) < set(
        all_compared.revived[["old_plan", "new_plan"]].apply(tuple, axis=1)
    )


def test_plans_on_which_somebody_decided_are_always_compared(
    four: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    back = cp.trace_measures(four).revived.iloc[0]
    path = tmp_path / "decisions.csv"
    path.write_text(f"old_id,new_id,decision,link_to\n{back['old_id']},{back['new_id']},accept,\n")
    monkeypatch.setattr(lineage_steps, "ALL", 0)
    monkeypatch.setattr(lineage_steps, "MOST", 0)
    assert cp.trace_measures(four).revived.empty
    decided = {(back["old_plan"], back["new_plan"]): path}
    revived = cp.trace_measures(four, decisions=decided).revived
    assert back["new_id"] in set(revived["new_id"])
    assert set(revived["old_plan"]) == {back["old_plan"]}


def test_two_processes_trace_the_same(four: Corpus) -> None:
    one, two = cp.trace_measures(four), cp.trace_measures(four, n_jobs=2)
    pd.testing.assert_frame_equal(two.table, one.table)
    pd.testing.assert_frame_equal(two.lineages, one.lineages)


def test_where_nothing_is_left_nothing_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineage_steps, "ALL", 0)
    plans = [constructed_plan(f"p{year}", year, {"甲": ["节约用水"]}) for year in range(4)]
    lineage = cp.trace_measures(Corpus(plans))
    assert lineage.revived.empty
    assert lineage.table["status"].to_list() == ["kept"] * 3
    assert cp.compare_all_measures(Corpus(plans)).by_plans["kept"].to_list() == [1] * 6
    empty = [constructed_plan(f"p{year}", year, {"甲": []}) for year in range(3)]
    assert cp.trace_measures(Corpus(empty)).table.empty
    assert cp.compare_all_measures(Corpus(empty)).table.empty
