"""Sections traced by their titles."""

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

import crossplan as cp
from crossplan.matching.assignment import assign, link, similarity
from crossplan.matching.titles import core
from crossplan.model import Corpus

GOLDEN = Path(__file__).parent / "golden" / "section-lineage.csv"


def test_lineage_of_the_five_plans(plans: Corpus) -> None:
    table = cp.trace_sections(plans).table[["old_id", "new_id", "relation", "moved"]]
    golden = pd.read_csv(GOLDEN, dtype="string")
    golden["moved"] = golden["moved"].map({"True": True, "False": False}).astype("boolean")
    pd.testing.assert_frame_equal(table, golden)


@pytest.mark.parametrize(
    ("old", "new", "relation", "moved"),
    [
        ("2009-2010/2.2", "2012-2015/2.2", "renamed", False),  # 被羁押者 -> 被羁押人
        ("2016-2020/1.8", "2021-2025/3", "kept", True),  # 环境权利 becomes a chapter
        ("2021-2025/1.2", "2026-2030/1.2", "renamed", False),  # 工作权利 -> 工作权
        ("2021-2025/1.1", "2026-2030/1.1", "renamed", False),  # 基本生活水准 -> 适当生活水准
        ("2021-2025/5.2", "2026-2030/6.2", "kept", False),  # 人权研究, its chapter renumbered
    ],
)
def test_known_pairs(plans: Corpus, old: str, new: str, relation: str, moved: bool) -> None:  # noqa: FBT001
    row = cp.trace_sections(plans).table.query(f"old_id == {old!r}").iloc[0]
    assert (row.new_id, row.relation, row.moved) == (new, relation, moved)


def test_every_heading_stands_once_on_each_side(plans: Corpus) -> None:
    table = cp.trace_sections(plans).table
    headings = [h.id for plan in plans.values() for h in plan.headings]
    first, last = (f"{plan_id}/" for plan_id in (next(iter(plans)), list(plans)[-1]))
    assert sorted(table["old_id"].dropna()) == sorted(h for h in headings if not h.startswith(last))
    assert sorted(table["new_id"].dropna()) == sorted(
        h for h in headings if not h.startswith(first)
    )


def test_a_plan_with_itself_is_the_identity(plans: Corpus) -> None:
    for plan in plans.values():
        result = cp.align_sections(plan, plan, generic_endings=plans.generic_endings)
        assert (result.table["old_id"] == result.table["new_id"]).all()
        assert len(result.kept) == len(plan.headings)
        assert result.new.empty
        assert result.dropped.empty
        assert not result.table["moved"].any()


def test_the_order_of_plans_does_not_matter(plans: Corpus) -> None:
    shuffled = list(plans.values())
    random.Random(7).shuffle(shuffled)
    again = Corpus(shuffled, generic_endings=plans.generic_endings)
    pd.testing.assert_frame_equal(cp.trace_sections(again).table, cp.trace_sections(plans).table)


def test_swapping_two_plans_swaps_new_and_dropped(plans: Corpus) -> None:
    old, new = plans["2021-2025"], plans["2026-2030"]
    there = cp.align_sections(old, new, generic_endings=plans.generic_endings)
    back = cp.align_sections(new, old, generic_endings=plans.generic_endings)
    assert set(there.new["new_id"]) == set(back.dropped["old_id"])
    assert set(there.dropped["old_id"]) == set(back.new["new_id"])


def test_a_corpus_of_one_plan_has_no_lineage(plans: Corpus) -> None:
    result = cp.trace_sections(Corpus([plans["2009-2010"]]))
    assert result.table.empty
    assert list(result.table) == list(cp.trace_sections(plans).table)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("工作权利", "工作"),
        ("工作权", "工作"),
        ("权利", "权利"),
        ("获得公正审判的权利", "获得公正审判"),
    ],
)
def test_generic_endings_tell_nothing_apart(plans: Corpus, title: str, expected: str) -> None:
    assert core(title, plans.generic_endings) == expected


WORDS = st.lists(st.text(alphabet="甲乙丙丁戊己庚", max_size=8), max_size=7)


@given(WORDS, WORDS)
def test_scores_are_those_of_rapidfuzz(old: list[str], new: list[str]) -> None:
    scores = similarity(old, new)
    assert scores.shape == (len(old), len(new))
    for row, first in enumerate(old):
        for column, second in enumerate(new):
            assert scores[row, column] == pytest.approx(fuzz.ratio(first, second), abs=1e-9)


@given(WORDS, WORDS, st.floats(1, 100))
def test_pairs_are_one_to_one_and_reach_the_minimum(
    old: list[str], new: list[str], minimum: float
) -> None:
    scores = similarity(old, new)
    pairs = assign(scores, minimum)
    assert len({pair.old for pair in pairs}) == len({pair.new for pair in pairs}) == len(pairs)
    assert all(pair.score >= minimum for pair in pairs)
    links = list(link(range(len(old)), range(len(new)), pairs))
    assert sorted(x.old for x in links if x.old is not None) == list(range(len(old)))
    assert sorted(x.new for x in links if x.new is not None) == list(range(len(new)))
