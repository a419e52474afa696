"""Which measures any two plans share: what comparing all with all would find."""

import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import material
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.errors import ArgumentError, ChoiceError, MissingTextError
from crossplan.matching.large_corpora import all_pairs, all_pairs_search
from crossplan.matching.large_corpora.all_pairs import SharedMeasures
from crossplan.matching.large_corpora.all_pairs_search import Evidence, Work, link
from crossplan.matching.large_corpora.join import Pool
from crossplan.model import Plan

TRIAL = sorted(material.REPORTS.glob("*.txt"))


@pytest.fixture(scope="module")
def texts(fifth: Plan) -> list[Plan]:
    """The fifth plan, and plans constructed from it."""
    return [*(cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2, 3)), fifth]


@pytest.fixture(scope="module")
def shared(texts: list[Plan]) -> SharedMeasures:
    return cp.any_plan.compare_all_measures(Corpus(texts))


def test_a_plan_shares_all_with_itself(fifth: Plan) -> None:
    again = replace(fifth, id="again", start_year=2031)
    shared = cp.any_plan.compare_all_measures(Corpus([fifth, again]))
    assert shared.by_plans[["shared", "kept", "share"]].to_numpy().tolist() == [[203, 203, 1.0]]
    assert set(shared.table["score"]) == {100.0}
    assert set(shared.table["status"]) == {"kept"}


def test_every_two_plans_are_compared(shared: SharedMeasures, texts: list[Plan]) -> None:
    couples = [(old.id, new.id) for old, new in combinations(Corpus(texts).plans, 2)]
    assert shared.by_plans[["old_plan", "new_plan"]].apply(tuple, axis=1).to_list() == couples
    rows = shared.table
    counted = rows.groupby(["old_plan", "new_plan"]).size()
    assert shared.by_plans["shared"].to_list() == [counted[couple] for couple in couples]
    grid = shared.grid
    (old, new), share = couples[0], shared.by_plans["share"][0]
    assert [grid[old][new], grid[new][old]] == [share, share]


def test_a_measure_is_shared_with_one_measure_of_another_plan(shared: SharedMeasures) -> None:
    for side in ("old", "new"):
        rows = shared.table[["old_plan", "new_plan", f"{side}_id"]]
        assert not rows.duplicated().any()


def test_texts_are_those_of_the_plans(shared: SharedMeasures, texts: list[Plan]) -> None:
    said = {measure.id: measure.text for plan in texts for measure in plan.measures}
    for side in ("old", "new"):
        assert shared.table[f"{side}_text"].to_list() == [
            said[measure] for measure in shared.table[f"{side}_id"]
        ]


def test_what_is_shared_is_what_comparing_two_plans_links(shared: SharedMeasures) -> None:
    plans = {plan.id: plan for plan in shared.plans}
    for old, new in combinations(plans, 2):
        compared = cp.compare_measures(plans[old], plans[new])
        links = pd.concat([compared.kept, compared.revised])
        one = set(zip(links["old_id"], links["new_id"], strict=True))
        rows = shared.table.query("old_plan == @old and new_plan == @new")
        other = set(zip(rows["old_id"], rows["new_id"], strict=True))
        assert len(one & other) >= 0.95 * len(one)


def test_the_order_of_plans_does_not_matter(shared: SharedMeasures, texts: list[Plan]) -> None:
    shuffled = random.Random(2).sample(texts, len(texts))
    pd.testing.assert_frame_equal(
        cp.any_plan.compare_all_measures(Corpus(shuffled)).table, shared.table, check_exact=True
    )


@pytest.mark.slow
def test_two_processes_give_what_one_gives(shared: SharedMeasures, texts: list[Plan]) -> None:
    both = cp.any_plan.compare_all_measures(Corpus(texts), n_jobs=2)
    pd.testing.assert_frame_equal(both.table, shared.table, check_exact=True)
    pd.testing.assert_frame_equal(both.by_plans, shared.by_plans, check_exact=True)


def test_the_search_finds_what_comparing_all_finds(shared: SharedMeasures) -> None:
    recall = shared.recall(6)
    assert recall.plans == 6
    assert recall.links > 800
    assert recall.share >= 0.99


@pytest.mark.slow
@pytest.mark.skipif(not TRIAL, reason="the trial texts are not at hand")
def test_recall_on_real_reports() -> None:
    corpus = Corpus([cp.read_plan(path, measures="paragraphs") for path in TRIAL])
    recall = cp.any_plan.compare_all_measures(corpus).recall(21)
    assert recall.plans == 21
    assert recall.links > 100
    assert recall.share >= 0.99


@pytest.mark.slow
def test_a_search_that_looks_at_little_finds_less(texts: list[Plan]) -> None:
    little = cp.any_plan.compare_all_measures(Corpus(texts), nearest=1)
    recall = little.recall(6)
    assert recall.share < 1
    assert recall.found <= recall.links


def test_recall_is_told_of_pairs_that_are_spread_over_all(shared: SharedMeasures) -> None:
    ends = shared.by_plans["shared"].iloc[[0, -1]]
    others = shared.by_plans["shared"].iloc[:2]
    recall = shared.recall(2)
    assert recall.plans == 2
    assert recall.found + recall.besides == ends.sum() != others.sum()


def test_more_plans_are_searched_more_deeply(
    texts: list[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cp.any_plan.compare_all_measures(Corpus(texts)).nearest == all_pairs.FEWEST
    monkeypatch.setattr(all_pairs, "FEWEST", 1)
    found = cp.any_plan.compare_all_measures(Corpus(texts))
    assert found.nearest == 2 * len(texts)
    assert f"the {2 * len(texts)} most alike" in found.method
    # Of very many texts each can be looked at less.
    monkeypatch.setattr(all_pairs, "IN_ALL", 1800)
    assert cp.any_plan.compare_all_measures(Corpus(texts)).nearest < 2 * len(texts)


def test_what_is_linked_was_set_against_what_is_most_like_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So few measures have little that is rare, and scores are low.
    monkeypatch.setattr(all_pairs_search, "MINIMUM_SCORE", 1.0)
    old = "到2030年，全国建成一千所乡村养老服务中心"
    near = "到2030年，全国建成两千所乡村养老服务中心"
    far = "到2030年，全国建成乡村养老服务站和活动室"
    pool = Pool.of([[("a/1", old)], [("b/1", near), ("b/2", far)]])
    evidence = Evidence.of(pool, None)
    # The search passed over the nearer one.
    looked_at = np.zeros((1, len(pool.texts)))
    looked_at[0, pool.texts.index(far)] = 1
    linked = link(evidence, Work(0, csr_array(looked_at)))
    assert [(pool.ids[a], pool.ids[b]) for a, b in zip(linked.old, linked.new, strict=True)] == [
        ("a/1", "b/1")
    ]


def test_plans_without_measures_share_none(fifth: Plan) -> None:
    empty = material.constructed_plan("empty", 2000, {"甲": []})
    shared = cp.any_plan.compare_all_measures(Corpus([empty, fifth]))
    assert shared.table.empty
    assert shared.by_plans["shared"].to_list() == [0]
    assert shared.by_plans["share"].isna().all()
    assert shared.recall().share == 1


def test_what_cannot_be_compared_is_refused(plans: Corpus, texts: list[Plan]) -> None:
    with pytest.raises(ArgumentError, match="this corpus has 1"):
        cp.any_plan.compare_all_measures(Corpus(texts[:1]))
    with pytest.raises(MissingTextError, match="2009-2010"):
        cp.any_plan.compare_all_measures(plans)
    with pytest.raises(ChoiceError, match="nearest=0"):
        cp.any_plan.compare_all_measures(Corpus(texts), nearest=0)
    with pytest.raises(ChoiceError, match="n_jobs=0"):
        cp.any_plan.compare_all_measures(Corpus(texts), n_jobs=0)


def test_the_figure_shows_every_two_plans(shared: SharedMeasures, tmp_path: Path) -> None:
    axes = shared.plot(lang="en")
    (image,) = axes.get_images()
    drawn: Any = np.ma.filled(np.ma.asarray(image.get_array()), np.nan)
    np.testing.assert_array_equal(drawn, shared.grid.to_numpy())
    written = {text.get_text() for text in axes.texts}
    assert {f"{100 * share:.0f}" for share in shared.by_plans["share"]} <= written
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == [plan.id for plan in shared.plans]
    assert cp.save_figure(axes, tmp_path / "shared.png", caption=shared.caption(lang="en"))
    assert "made by known edits" in shared.caption(lang="en")
    assert "SharedMeasures" in repr(shared)
