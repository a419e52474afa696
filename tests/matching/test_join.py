"""The search for what is most alike: against comparing all with all, on any numbers."""

from collections.abc import Callable
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
from crossplan.corpora.corpus import Corpus
from crossplan.errors import ArgumentError, ChoiceError
from crossplan.matching.features import character_runs
from crossplan.matching.large_corpora import join as module
from crossplan.matching.large_corpora import lineage_steps
from crossplan.matching.large_corpora.join import (
    COMMON,
    FEW,
    KEYS,
    OfOtherPlans,
    Pool,
    join,
    keys,
    rows_of,
    searchable,
)
from crossplan.matching.large_corpora.lineage_steps import LongBefore, most_promising
from crossplan.model import Plan

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


@pytest.mark.slow
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
    made = (cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2, 3))
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


@pytest.mark.slow
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
    assert cp.any_plan.compare_all_measures(Corpus(plans)).by_plans["kept"].to_list() == [1] * 6
    empty = [constructed_plan(f"p{year}", year, {"甲": []}) for year in range(3)]
    for follow in (cp.trace_measures, cp.any_plan.compare_all_measures):
        with pytest.raises(ArgumentError, match="none of the plans has a measure"):
            follow(Corpus(empty))


def test_what_was_dropped_long_before_may_come_back() -> None:
    plans = np.array([0, 1, 2, 3])
    query, row = (side.ravel() for side in np.meshgrid(range(4), range(4), indexing="ij"))
    back = LongBefore(plans, plans, 1)(query, row)
    assert list(zip(query[back], row[back], strict=True)) == [(2, 0), (3, 0), (3, 1)]
    again = LongBefore(plans, plans, -1)(query, row)
    assert list(zip(query[again], row[again], strict=True)) == [(0, 2), (0, 3), (1, 3)]


WATER = "建设农村饮水安全工程"


def promising(texts: list[str], gone: list[int], arrived: list[int]) -> set[tuple[int, int]]:
    """Say where what went may have come back, of plans with one measure each."""
    pool = Pool.of([(f"{plan}/1", text)] for plan, text in enumerate(texts))
    left, came = (
        [{f"{plan}/1"} if plan in some else set() for plan in range(len(texts))]
        for some in (gone, arrived)
    )
    return most_promising(pool, left, came, 100, None)


def test_a_measure_that_resembles_many_promises_only_what_resembles_it_most() -> None:
    later = [WATER + "，并推进" * number for number in range(1, 7)]
    # Each of the later ones resembles nothing else; it resembles the first three most.
    assert promising([WATER, "森林", *later], [0], list(range(2, 8))) == {(0, 2), (0, 3), (0, 4)}


def test_of_equals_what_was_dropped_last_promises_most() -> None:
    assert promising([*[WATER] * 5, "森林", WATER], list(range(5)), [6]) == {(2, 6), (3, 6), (4, 6)}


def test_nothing_comes_back_where_nothing_went_or_nothing_came() -> None:
    subjects = ["节约用水", "植树造林", "修建公路", "兴办学校", "防治疾病", "保护文物"]
    many = [f"{subject}第{'一二三四'[turn]}期" for turn in range(4) for subject in subjects]
    for order in (1, -1):
        plans = [
            constructed_plan(f"p{n}", 2000 + order * n, {"甲": many[: n + 1]}) for n in range(23)
        ]
        lineage = cp.trace_measures(Corpus(plans))
        assert lineage.revived.empty
        assert "the 200 pairs of plans" in lineage.method


def test_what_came_back_does_not_come_back_again() -> None:
    wells, results = "在农村建设安全饮水工程", "定期公布各地水质检测的结果"
    later = f"{wells}，补贴贫困家庭的水费和安装费用"
    others = ["兴办乡村学校，减免困难学生的学费", "修建通往边远村寨的公路", "提供居家养老的服务"]
    # The last plan has what came back, and something that is like what was dropped as well.
    chapters = [[f"{wells}，{results}"], [], [later], [later, f"推广智能水表，{results}"]]
    plans = [
        constructed_plan(f"p{n}", 2000 + n, {"甲": [*own, *others]})
        for n, own in enumerate(chapters)
    ]
    steps = cp.trace_measures(Corpus(plans)).table
    assert steps.query("status == 'revived'")["new_id"].to_list() == [plans[2].measures[0].id]
    assert steps.query("status == 'new'")["new_id"].to_list() == [plans[3].measures[1].id]


def test_measures_that_came_back_as_one_are_all_told() -> None:
    water = "在农村建设安全饮水工程，定期公布各地水质检测的结果"
    forest = "在山区组织群众植树造林，逐年扩大天然森林的面积"
    others = ["兴办乡村学校，减免困难学生的学费", "修建通往边远村寨的公路", "提供居家养老的服务"]
    chapters = [[water, forest, *others], others, [f"{water}；{forest}", *others]]
    plans = [constructed_plan(f"p{n}", 2000 + n, {"甲": own}) for n, own in enumerate(chapters)]
    one = cp.compare_measures(plans[0], plans[2]).table
    merged = one.loc[one["status"] == "merged", ["old_id", "new_id"]].to_numpy().tolist()
    lineage = cp.trace_measures(Corpus(plans))
    assert len(merged) == 2
    assert lineage.revived[["old_id", "new_id"]].to_numpy().tolist() == merged
    thread = lineage.lineages.query("revived")
    assert thread[["p0", "p2"]].to_numpy().tolist() == [
        ["; ".join(old for old, _ in merged), merged[0][1]]
    ]


@pytest.mark.parametrize("name", ["lineage", "first", "last", "plans", "revived"])
def test_a_plan_may_not_be_named_like_a_column(name: str) -> None:
    plans = [constructed_plan(plan, year, {"甲": ["水"]}) for year, plan in enumerate((name, "b"))]
    with pytest.raises(ArgumentError, match=f"a plan has the id '{name}'"):
        cp.trace_measures(Corpus(plans))


@pytest.fixture(scope="module")
def forty() -> Corpus:
    return Corpus(constructed_plan(f"p{year}", year, {"甲": ["水"]}) for year in range(40))


@pytest.mark.parametrize(
    "decisions",
    [
        [("p0", "p1")],
        {("p1", "p0"): "a.csv"},
        {("p0", "p99"): "a.csv"},
        {("p0", "p0"): "a.csv"},
        {"p0": "a.csv"},
        {("p0", "p1"): 5},
        {("p0", ("p1",)): "a.csv"},
    ],
)
@pytest.mark.parametrize("trace", [cp.trace_measures, cp.trace_targets])
def test_decisions_are_given_by_two_plans_the_older_first(
    trace: Callable[..., object], forty: Corpus, decisions: object
) -> None:
    with pytest.raises(ChoiceError) as caught:
        trace(forty, decisions=decisions)
    assert "decisions" in str(caught.value)
    assert len(str(caught.value)) < 500


def test_what_many_measures_have_is_not_searched_for() -> None:
    texts = [f"加强{chr(0x4E00 + 7 * n)}的管理" for n in range(COMMON * FEW)]
    plans = [[(f"{plan}/{n}", text) for n, text in enumerate(texts[plan::2])] for plan in (0, 1)]
    rows = rows_of(Pool.of(plans), character_runs, None)
    rare = searchable(rows, len(texts))
    assert rows.spread.max() == len(texts)
    assert rare.shape[1] == np.count_nonzero(rows.spread <= FEW)
    # Where there are few measures, what all of them have is searched for.
    assert searchable(rows, FEW * COMMON * COMMON).shape == rows.matrix.shape
