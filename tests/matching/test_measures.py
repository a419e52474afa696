"""Measures compared, with a constructed predecessor of the fifth plan."""

from collections.abc import Callable
from dataclasses import replace

import material
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.features import relabel
from crossplan.model import Plan

Make = Callable[[Callable[[str], str]], Corpus]

DROPPED = "——继续参与区域、次区域人权交流活动。\n\n"
ADDED = "——构造的举措，只见于构造的前身。\n\n"
HEADING = "（四）财产权\n\n"


def edit(text: str) -> str:
    """The known edits: one measure left out, one put in, one reworded."""
    body = text.rindex(HEADING) + len(HEADING)
    text = text[:body] + ADDED + text[body:]
    text = text.replace(DROPPED, "")
    return text.replace("国民综合阅读率提升到83%以上", "国民综合阅读率提升到80%以上")


def test_a_plan_with_itself_is_kept(fifth: Plan) -> None:
    result = cp.compare_measures(fifth, fifth)
    assert len(result.kept) == 203
    assert (result.kept["old_id"] == result.kept["new_id"]).all()
    assert (result.kept["score"] == 100).all()
    assert not result.table["moved"].any()


def test_known_edits_are_found(constructed_predecessor: Make) -> None:
    plans = constructed_predecessor(edit)
    old, new = plans["constructed"], plans["2026-2030"]
    assert "构造的前身" in old.title
    result = cp.compare_measures(old, new)
    assert result.dropped["old_text"].to_list() == [ADDED.strip().removeprefix("——")]
    assert result.new["new_text"].to_list() == [DROPPED.strip().removeprefix("——")]
    # The reworded one, and those whose misprints are corrected only in the fifth plan.
    revised = set(result.revised["new_id"])
    assert revised == {f"2026-2030/{n}" for n in ("1.7/5", "1.5/2", "1.1/7", "4.3/8")}
    assert len(result.kept) == 203 - 1 - len(revised)
    assert (result.table["decided_by"] == "rule").all()


def test_swapping_the_plans_swaps_new_and_dropped(constructed_predecessor: Make) -> None:
    plans = constructed_predecessor(edit)
    old, new = plans["constructed"], plans["2026-2030"]
    there, back = cp.compare_measures(old, new), cp.compare_measures(new, old)
    assert there.new["new_id"].to_list() == back.dropped["old_id"].to_list()
    assert there.dropped["old_id"].to_list() == back.new["new_id"].to_list()


def test_a_plan_without_text_says_so(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="plan 2021-2025"):
        cp.compare_measures(plans["2021-2025"], plans["2026-2030"])


def test_what_is_no_plan_is_refused(fifth: Plan) -> None:
    for compare in (cp.compare_measures, cp.align_sections):
        with pytest.raises(cp.errors.NotAPlanError, match="not 2021"):
            compare(2021, fifth)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_report_shows_the_comparison(constructed_predecessor: Make) -> None:
    html = cp.report(constructed_predecessor(edit)).html
    assert 'id="table-measures"' in html
    assert "构造的前身" in html
    assert ADDED.strip().removeprefix("——") in html


# Constructed measures. The first is the second in other words; the last two share a frame.
STATED = "健全食品安全标准，2030年国家食品安全抽检合格率保持在98%以上。"
RESTATED = "食品抽检合格率稳定在98%以上，完善食品安全的标准体系。"
FRAMED = "健全困难群众基本生活救助机制，依法保障低收入人口的合法权益。"
FRAMED_OTHERWISE = "健全农村饮用水水源保护机制，依法保障水库移民的合法权益。"


def constructed(plan_id: str, year: int, *measures: str) -> Plan:
    return material.constructed_plan(plan_id, year, {"构造的章": list(measures)})


def test_plans_without_measures() -> None:
    empty, one = constructed("a", 2001), constructed("b", 2006, STATED)
    assert cp.compare_measures(empty, empty).table.empty
    assert cp.compare_measures(empty, one).table["status"].to_list() == ["new"]
    assert cp.compare_measures(one, empty).table["status"].to_list() == ["dropped"]
    assert cp.compare_measures(empty, one).candidates.empty
    assert cp.compare_measures(empty, one).for_review.empty


def test_one_measure_against_two_thousand(fifth: Plan) -> None:
    many = [m.text for m in fifth.measures] * 9 + [f"构造的举措之{n}。" for n in range(172)]
    one, all_of_them = constructed("a", 2001, STATED), constructed("b", 2006, *many, RESTATED)
    result = cp.compare_measures(one, all_of_them)
    assert result.table["status"].value_counts().to_dict() == {"new": 1999, "revised": 1}
    assert result.revised["new_text"].to_list() == [RESTATED]


def test_other_words_are_seen_through_and_a_shared_frame_is_not_taken_for_the_matter(
    fifth: Plan,
) -> None:
    middle = [m.text for m in fifth.measures]
    old = constructed("a", 2001, STATED, *middle, FRAMED)
    new = constructed("b", 2006, FRAMED_OTHERWISE, *middle, RESTATED)
    result = cp.compare_measures(old, new)
    assert list(zip(result.revised["old_text"], result.revised["new_text"], strict=True)) == [
        (STATED, RESTATED)
    ]
    assert result.dropped["old_text"].to_list() == [FRAMED]
    assert result.new["new_text"].to_list() == [FRAMED_OTHERWISE]


def test_repeated_measures_are_paired_in_order() -> None:
    plans = constructed("a", 2001, *[STATED] * 3), constructed("b", 2006, *[STATED] * 3)
    table = cp.compare_measures(*plans).kept
    assert [one.rpartition("/")[2] for one in table["old_id"]] == ["2", "3", "4"]
    assert [one.rpartition("/")[2] for one in table["new_id"]] == ["2", "3", "4"]


def test_moved_under_another_heading() -> None:
    old = material.constructed_plan("a", 2001, {"食品": [STATED], "救助": [FRAMED]})
    new = material.constructed_plan("b", 2006, {"食品": [], "救助": [FRAMED, STATED]})
    moved = cp.compare_measures(old, new).moved
    assert moved["new_text"].to_list() == [STATED]
    assert moved["status"].to_list() == ["kept"]


def test_explain_shows_the_pair_and_its_rivals(constructed_pair: ConstructedPredecessor) -> None:
    result = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    one = result.revised.iloc[0]
    why = result.explain(one["new_id"])
    assert why.table["score"].is_monotonic_decreasing
    linked = why.table[why.table["outcome"] == "revised"].iloc[0]
    assert linked["old_text"] == one["old_text"]
    assert one["runner_up"] in {*why.table["old_id"], *why.table["new_id"]}
    assert one["new_text"] in repr(why)
    with pytest.raises(cp.errors.UnknownPassageError, match=r"9\.9/9"):
        result.explain("2026-2030/9.9/9")


def test_close_calls_come_first_for_review(constructed_pair: ConstructedPredecessor) -> None:
    rows = cp.compare_measures(constructed_pair.plan, constructed_pair.successor).for_review
    assert rows["to_review"].all()
    assert (rows["margin"] < 15).all()
    assert rows["margin"].is_monotonic_increasing


def test_plans_of_another_series_are_compared_by_their_measures_alone(fifth: Plan) -> None:
    other = replace(constructed("a", 2001, STATED), generic_endings=())
    table = cp.compare_measures(other, fifth).table
    assert len(table) >= 203


@given(
    old=st.lists(st.text(alphabet="工作权利保障\ud7ffaé\xff😀", max_size=12), max_size=6),
    new=st.lists(st.text(alphabet="工作权利保障\ud7ffbé\xfe😀", max_size=12), max_size=6),
)
def test_relabelling_keeps_the_scores(old: list[str], new: list[str]) -> None:
    expected = process.cdist(old, new, scorer=fuzz.ratio, dtype=np.float64)
    np.testing.assert_array_equal(
        process.cdist(*relabel(old, new), scorer=fuzz.ratio, dtype=np.float64), expected
    )


def test_plans_without_measures_can_be_drawn() -> None:
    old, new = (material.constructed_plan(name, 2000, {"甲": []}) for name in ("a", "b"))
    comparison = cp.compare_measures(old, new)
    assert comparison.heatmap().get_title(loc="left")
    assert comparison.plot().get_title(loc="left")
