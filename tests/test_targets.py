"""Targets: read from the fifth plan, and curated for the others."""

from pathlib import Path

import pytest

import crossplan as cp
from crossplan.model import Corpus, Plan
from crossplan.targets.extract import figures_of
from crossplan.targets.words import outcome_words, target_words

GOLDEN = Path(__file__).parent / "golden" / "targets-2026-2030.csv"


def test_targets_of_the_fifth_plan(fifth: Plan) -> None:
    table = cp.extract_targets(fifth).table
    assert len(table) == 72
    golden = GOLDEN.read_text(encoding="utf-8")
    columns = golden.partition("\n")[0].split(",")
    assert table[columns].to_csv(index=False, lineterminator="\n") == golden


def test_spans_hold_the_figures(fifth: Plan) -> None:
    for target in cp.extract_targets(fifth).targets:
        assert target.start is not None
        assert target.end is not None
        printed = fifth.text[target.start : target.end]
        assert printed.endswith(target.unit)
        assert float(printed.removesuffix(target.unit)) == target.value
        measure = fifth.passage(str(target.measure))
        assert measure.start is not None
        assert measure.end is not None
        assert measure.start <= target.start < target.end <= measure.end
        assert target.source


@pytest.mark.parametrize(
    "sentence",
    [
        "为满13周岁女童免费接种双价HPV疫苗。",
        "健全完善“15分钟健身圈”。",
        "推行农村供水“3+1”标准化建设。",
        "深入实施《中国妇女发展纲要（2021—2030年）》。",
        "2030年如期实现碳达峰。",
        "竞选2028—2030年度人权理事会成员。",
        "支持人口20万以上县办好一所特殊教育学校。",
        "稳步推进第二轮土地承包到期后再延长30年试点。",
        "健全体系。",
        "",
    ],
)
def test_no_target(sentence: str) -> None:
    assert figures_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("甲率和乙率分别达到98%和90%以上。", [("甲率", ">=", 98, "%"), ("乙率", ">=", 90, "%")]),
        ("失业率控制在5.5%以内。", [("失业率", "<=", 5.5, "%")]),
        ("建设5个甲和6家左右乙。", [("建设甲", "=", 5, "个"), ("建设乙", "~", 6, "家")]),
        ("到2030年，覆盖率提高3个百分点。", [("覆盖率", "=", 3, "个百分点")]),
    ],
)
def test_figures(sentence: str, expected: list[tuple[str, str, float, str]]) -> None:
    found = [
        (f.indicator, f.quantity.comparator, f.quantity.value, f.quantity.unit)
        for f in figures_of(sentence)
    ]
    assert found == expected


def test_shared_indicators(plans: Corpus) -> None:
    shared = cp.trace_targets(plans).shared
    values = shared.groupby("indicator", sort=False)["value"].agg(list).to_dict()
    assert values["孕产妇死亡率"] == [40, 18, 12]
    assert values["婴儿死亡率"] == [14.9, 7.5, 3.5]
    assert values["5岁以下儿童死亡率"] == [17.7, 9.5, 6]
    assert values["人均预期寿命"] == [73, 74.5, 1, 80]
    assert (shared.groupby("indicator")["plan"].nunique() >= 2).all()


def test_mortality_is_per_thousand_only_when_corrected() -> None:
    plans = cp.load_plans(corrections=False)
    table = cp.extract_targets(plans["2026-2030"]).table
    assert table.query("indicator == '婴儿死亡率'")["unit"].item() == "%"


def test_rows_of_all_plans(plans: Corpus) -> None:
    table = cp.trace_targets(plans).table
    assert len(table) == 151 + 72
    assert table["id"].is_unique
    counts = table.groupby("plan").size().to_dict()
    assert counts == {
        "2009-2010": 62,
        "2012-2015": 18,
        "2016-2020": 56,
        "2021-2025": 15,
        "2026-2030": 72,
    }


def test_a_plan_without_text_says_so(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="plan 2009-2010"):
        cp.extract_targets(plans["2009-2010"])


def test_words(plans: Corpus) -> None:
    words = {
        (target.plan, target.indicator): (target_words(target), outcome_words(target))
        for target in cp.trace_targets(plans).targets
    }
    assert words["2016-2020", "孕产妇死亡率"] == ("≤18/10万", "16.9/10万")
    assert words["2021-2025", "氮氧化物排放总量"] == ("↓≥10%", "")
