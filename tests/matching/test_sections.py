"""Sections traced by their titles."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import report_path
from paths import GOLDEN
from scipy.optimize import linear_sum_assignment

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.titles import components, core, coverage, title_likeness
from crossplan.model import Plan, Section
from crossplan.pairing.assignment import Candidates, assign, rivals

LINEAGE = GOLDEN / "section-lineage.csv"


def test_lineage_of_the_five_plans(plans: Corpus) -> None:
    table = cp.trace_sections(plans).table[["old_id", "new_id", "relation", "moved"]]
    golden = pd.read_csv(LINEAGE, dtype="string")
    golden["moved"] = golden["moved"].map({"True": True, "False": False}).astype("boolean")
    pd.testing.assert_frame_equal(table, golden)


@pytest.mark.parametrize(
    ("old", "new", "relation", "moved"),
    [
        ("2009-2010/2.2", "2012-2015/2.2", "renamed", False),  # 被羁押者 -> 被羁押人
        ("2016-2020/1.8", "2021-2025/3", "kept", True),  # 环境权利 becomes a chapter
        ("2021-2025/1.2", "2026-2030/1.2", "renamed", False),  # 工作权利 -> 工作权
        ("2021-2025/1.1", "2026-2030/1.1", "renamed", False),  # 基本生活水准 -> 适当生活水准
        ("2021-2025/6.1", "2026-2030/7.4", "renamed", False),  # by elimination: the order turned
        ("2012-2015/5.1", "2016-2020/5", "merged", True),  # two sections into their chapter
        ("2021-2025/5.2", "2026-2030/6.2", "kept", False),  # 人权研究, its chapter renumbered
    ],
)
def test_known_pairs(plans: Corpus, old: str, new: str, relation: str, moved: bool) -> None:  # noqa: FBT001
    row = cp.trace_sections(plans).table.query(f"old_id == {old!r}").iloc[0]
    assert (row.new_id, row.relation, row.moved) == (new, relation, moved)


def test_every_heading_stands_on_each_side(plans: Corpus) -> None:
    table = cp.trace_sections(plans).table
    headings = {h.id for plan in plans.values() for h in plan.headings}
    first, last = (f"{plan_id}/" for plan_id in (next(iter(plans)), list(plans)[-1]))
    assert set(table["old_id"].dropna()) == {h for h in headings if not h.startswith(last)}
    assert set(table["new_id"].dropna()) == {h for h in headings if not h.startswith(first)}
    assert not table.duplicated(["old_id", "new_id"]).any()


@pytest.mark.skipif(not report_path(2019).is_file(), reason="the trial texts are not at hand")
def test_headings_that_chose_each_other_are_one_pair() -> None:
    old, new = (cp.read_plan(report_path(year)) for year in (2019, 2020))
    pairs = cp.align_sections(old, new).table.dropna(subset=["old_id", "new_id"])
    assert not pairs.duplicated(["old_id", "new_id"]).any()
    for side in ("old_id", "new_id"):
        several = pairs[pairs["relation"] == {"old_id": "split", "new_id": "merged"}[side]]
        assert several.groupby(side).size().min() > 1 or several.empty


@pytest.mark.parametrize("trace", [cp.trace_sections, cp.trace_measures, cp.trace_targets,
                                   cp.any_plan.compare_all_measures])  # fmt: skip
def test_what_is_no_corpus_is_refused(trace: Callable[[object], object], fifth: Plan) -> None:
    for wrong in ("folder", fifth, None):
        with pytest.raises(cp.errors.NotACorpusError, match="a corpus is wanted, not"):
            trace(wrong)


def test_a_plan_with_itself_is_the_identity(plans: Corpus) -> None:
    for plan in plans.values():
        result = cp.align_sections(plan, plan)
        assert (result.table["old_id"] == result.table["new_id"]).all()
        assert len(result.kept) == len(plan.headings)
        assert result.new.empty
        assert result.dropped.empty
        assert not result.table["moved"].any()


def test_the_order_of_plans_does_not_matter(plans: Corpus) -> None:
    shuffled = list(plans.values())
    random.Random(7).shuffle(shuffled)
    again = Corpus(shuffled)
    pd.testing.assert_frame_equal(cp.trace_sections(again).table, cp.trace_sections(plans).table)


def test_swapping_two_plans_swaps_new_and_dropped(plans: Corpus) -> None:
    old, new = plans["2021-2025"], plans["2026-2030"]
    there = cp.align_sections(old, new)
    back = cp.align_sections(new, old)
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
def test_generic_endings_tell_nothing_apart(fifth: Plan, title: str, expected: str) -> None:
    assert core(title, fifth.generic_endings) == expected


def test_titles_are_taken_apart_at_words_that_join() -> None:
    assert components("选举权和被选举权") == ("选举权", "被选举权")
    assert components("促进社会和谐") == ("促进社会和谐",)
    assert components("、") == ("、",)


def test_generic_endings_do_not_carry_the_score(fifth: Plan) -> None:
    titles = ["工作权利", "财产权利"]
    likeness = title_likeness(titles, ["工作权", "生活水准权"], fifth.generic_endings)
    assert likeness[0, 0] == pytest.approx(1)
    assert likeness[0, 1] == likeness[1].max() == 0


def outline(plan_id: str, chapters: dict[str, list[str]], start: int) -> Plan:
    """A constructed outline."""
    fifth = cp.load_plan("2026-2030")
    made = tuple(
        Section(
            f"{plan_id}/{c}", plan_id, "chapter", c, None, title,
            sections=tuple(
                Section(f"{plan_id}/{c}.{s}", plan_id, "section", c, s, name)
                for s, name in enumerate(names, start=1)
            ),
        )
        for c, (title, names) in enumerate(chapters.items(), start=1)
    )  # fmt: skip
    empty = replace(fifth.introduction, id=f"{plan_id}/0", plan=plan_id, passages=None)
    return replace(
        fifth, id=plan_id, title="构造的纲目", start_year=start, end_year=start + 4,
        introduction=empty, chapters=made, reading=None, nodes=(),
    )  # fmt: skip


def relations(old: Plan, new: Plan) -> set[tuple[str | None, str | None, str]]:
    return {
        (
            link.old.title if link.old else None,
            link.new.title if link.new else None,
            link.relation,
        )
        for link in cp.align_sections(old, new).links
    }


def test_merges_splits_and_moves_of_a_constructed_outline() -> None:
    old = outline(
        "a",
        {
            "经济建设": ["农业", "工业", "交通运输", "教育和科技"],
            "社会保障体系": ["养老", "医疗"],
        },
        2001,
    )
    new = outline(
        "b",
        {
            "经济建设": ["农业和工业", "交通运输", "教育", "科技"],
            "社会保障体系": ["医疗", "住房"],
            "养老": [],
        },
        2006,
    )
    found = relations(old, new)
    assert {("农业", "农业和工业", "merged"), ("工业", "农业和工业", "merged")} <= found
    assert {("教育和科技", "教育", "split"), ("教育和科技", "科技", "split")} <= found
    assert (None, "住房", "new") in found
    moved = cp.align_sections(old, new).moved
    assert list(zip(moved["old_id"], moved["new_id"], strict=True)) == [("a/2.1", "b/3")]


def test_the_order_of_sections_does_not_matter(plans: Corpus) -> None:
    old, new = plans["2016-2020"], plans["2021-2025"]
    turned = replace(
        new,
        chapters=tuple(replace(c, sections=c.sections[::-1]) for c in new.chapters[::-1]),
    )
    pd.testing.assert_frame_equal(
        cp.align_sections(old, turned).table, cp.align_sections(old, new).table
    )


def test_chapters_without_sections_and_empty_plans() -> None:
    bare = outline("a", {"第一部分": [], "第二部分": []}, 2001)
    empty = outline("b", {}, 2006)
    assert len(cp.align_sections(bare, bare).kept) == 2
    assert len(cp.align_sections(bare, empty).dropped) == 2
    assert len(cp.align_sections(empty, bare).new) == 2
    assert cp.align_sections(empty, empty).table.empty


def test_duplicated_titles_stay_in_their_chapters() -> None:
    old = outline("a", {"城市": ["目标", "措施"], "农村": ["目标", "措施"]}, 2001)
    new = outline("b", {"农村": ["目标", "措施"], "城市": ["目标", "措施"]}, 2006)
    table = cp.align_sections(old, new).table
    assert not table["moved"].any()
    assert set(zip(table["old_id"], table["new_id"], strict=True)) == {
        ("a/1", "b/2"), ("a/1.1", "b/2.1"), ("a/1.2", "b/2.2"),
        ("a/2", "b/1"), ("a/2.1", "b/1.1"), ("a/2.2", "b/1.2"),
    }  # fmt: skip


def test_the_votes_of_measures_move_a_section(constructed_pair: ConstructedPredecessor) -> None:
    result = cp.align_sections(constructed_pair.plan, constructed_pair.successor)
    assert len(result.kept) == len(constructed_pair.plan.headings)
    votes = result.candidates.query("old_id.str.endswith('/1.5') and new_id.str.endswith('/1.5')")
    assert votes["votes"].item() > 0.5


def test_explain_shows_parts_and_rivals(plans: Corpus) -> None:
    sections = cp.trace_sections(plans)
    why = sections.explain("2026-2030/2.5")
    assert {"选举权和被选举权", "知情权和参与权", "表达权和监督权"} <= set(why.table["old_text"])
    assert (why.table["score"].diff().dropna() <= 0).all()
    assert "民主权利" in repr(why)
    with pytest.raises(cp.errors.UnknownPassageError, match=r"9\.9"):
        sections.explain("2026-2030/9.9")


def test_close_calls_are_for_review(plans: Corpus) -> None:
    review = cp.trace_sections(plans).for_review
    assert "2026-2030/7.4" in set(review["new_id"])
    assert review["margin"].is_monotonic_increasing


WORDS = st.lists(st.text(alphabet="甲乙丙丁戊己庚", min_size=1, max_size=8), max_size=7)
SCORES = st.integers(0, 6).flatmap(
    lambda rows: st.integers(0, 6).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 100), min_size=columns, max_size=columns),
            min_size=rows,
            max_size=rows,
        ).map(lambda values: np.array(values, dtype=np.float64).reshape(rows, columns))
    )
)


@given(WORDS, WORDS)
def test_likeness_and_coverage_are_shares(old: list[str], new: list[str]) -> None:
    for scores in (title_likeness(old, new, ()), coverage(old, new, ())):
        assert scores.shape == (len(old), len(new))
        assert ((scores >= 0) & (scores <= 1 + 1e-9)).all()
    for row, first in enumerate(old):
        for column, second in enumerate(new):
            if first == second:
                assert title_likeness(old, new, ())[row, column] == pytest.approx(1)


@given(SCORES, st.integers(1, 100))
def test_pairs_are_one_to_one_and_the_best(scores: np.ndarray, minimum: int) -> None:
    candidates = Candidates.dense(scores, {})
    pairs = assign(candidates, minimum)
    assert len({pair.old for pair in pairs}) == len({pair.new for pair in pairs}) == len(pairs)
    assert all(pair.score >= minimum for pair in pairs)
    eligible = np.where(scores >= minimum, scores, 0)
    rows, columns = linear_sum_assignment(eligible, maximize=True)
    assert sum(pair.score for pair in pairs) == pytest.approx(eligible[rows, columns].sum())
    by_old, by_new = rivals(candidates, [pair[:2] for pair in pairs])
    for place, rival in by_old.items():
        made = {pair.new for pair in pairs if pair.old == place}
        others = [scores[place, c] for c in range(scores.shape[1]) if c not in made]
        assert rival.score == max(others)
    assert all(rival.new == place for place, rival in by_new.items())
