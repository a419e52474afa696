"""Measures compared, with a constructed predecessor of the fifth plan."""

from collections.abc import Callable

import pytest

import crossplan as cp
from crossplan.model import Corpus, Plan

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


def test_the_report_shows_the_comparison(constructed_predecessor: Make) -> None:
    html = cp.report(constructed_predecessor(edit)).html
    assert 'id="comparison"' in html
    assert "构造的前身" in html
    assert ADDED.strip().removeprefix("——") in html


STATED = "健全食品安全标准，2030年国家食品安全抽检合格率保持在98%以上。"
RESTATED = "食品抽检合格率稳定在98%以上，完善食品安全的标准体系。"
STOCK = "健全残疾儿童康复救助机制，依法保障其合法权益。"
OTHER_STOCK = "健全农民工工资支付保障机制，依法保障其合法权益。"


def constructed(plan_id: str, year: int, *measures: str) -> Plan:
    return constructed_plan(plan_id, year, {"构造的章": list(measures)})


def test_plans_without_measures() -> None:
    empty, one = constructed("a", 2001), constructed("b", 2006, STATED)
    assert cp.compare_measures(empty, empty).table.empty
    assert cp.compare_measures(empty, one).table["status"].to_list() == ["new"]
    assert cp.compare_measures(one, empty).table["status"].to_list() == ["dropped"]
    assert cp.compare_measures(empty, one).candidates.empty


def test_one_measure_against_two_thousand(fifth: Plan) -> None:
    many = [m.text for m in fifth.measures] * 9 + [f"构造的举措之{n}。" for n in range(173)]
    one, all_of_them = constructed("a", 2001, STATED), constructed("b", 2006, *many, RESTATED)
    table = cp.compare_measures(one, all_of_them).table
    assert len(table) == 2001
    assert len(table[table["status"] == "new"]) == 2000


def test_other_words_are_seen_through_and_stock_phrases_are_not_taken_for_the_matter() -> None:
    old, new = constructed("a", 2001, STATED, STOCK), constructed("b", 2006, OTHER_STOCK, RESTATED)
    table = cp.compare_measures(old, new).table
    assert list(zip(table["old_text"], table["new_text"], table["status"], strict=True)) == [
        (pytest.approx(None), OTHER_STOCK, "new"),
    ]
