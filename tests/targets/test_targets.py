"""Targets compared and traced: the registry, reasons, the reviewer, and the two witnesses."""

from dataclasses import replace
from pathlib import Path

import material
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import without_text
from paths import GOLDEN

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.languages.chinese.indicators import comparable_scope
from crossplan.languages.units import read_unit
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Indicator, Plan, Target
from crossplan.targets.change import compare, is_change
from crossplan.targets.descriptions import outcome_words, target_words
from crossplan.targets.history_figure import comparable_histories
from crossplan.targets.links import Registry


def target(name: str, value: float, unit: str = "%", **fields: object) -> Target:
    """A constructed target."""
    given_fields = {"id": f"{name}-{value}", "plan": "old", "section": "", "comparator": "=",
                    "kind": "level"} | fields  # fmt: skip
    return Target(indicator=name, value=value, unit=unit, **given_fields)  # type: ignore[arg-type]


def with_targets(plan: Plan, *targets: Target, indicators: tuple[Indicator, ...] = ()) -> Plan:
    """A plan without text whose curated targets are constructed ones."""
    curated = tuple(
        replace(t, id=f"{plan.id}/1.1/t{n}", plan=plan.id) for n, t in enumerate(targets, start=1)
    )
    return replace(without_text(plan), curated_targets=curated, indicators=indicators)


def test_targets_of_the_fifth_plan(fifth: Plan) -> None:
    golden = (GOLDEN / "targets-2026-2030.csv").read_text(encoding="utf-8")
    columns = golden.partition("\n")[0].split(",")
    table = cp.extract_targets(fifth).table
    assert table[columns].to_csv(index=False, lineterminator="\n") == golden


def test_history_of_the_shared_indicators(plans: Corpus) -> None:
    golden = (GOLDEN / "shared-targets.csv").read_text(encoding="utf-8")
    columns = golden.partition("\n")[0].split(",")
    shared = cp.trace_targets(plans).shared
    assert shared[columns].to_csv(index=False, lineterminator="\n") == golden


def test_maternal_mortality_is_lowered_and_that_is_more_ambition(plans: Corpus) -> None:
    comparison = cp.compare_targets(plans["2016-2020"], plans["2026-2030"])
    row = comparison.table.query("indicator == '孕产妇死亡率'").iloc[0]
    assert (row["change"], row["ambition"], row["difference"]) == ("lowered", "stronger", -6)
    assert row["relative"] == pytest.approx(-1 / 3)
    assert (row["old_outcome"], row["matched_by"], row["indicator_en"]) == (
        16.9, "registry", "Maternal mortality",
    )  # fmt: skip


def test_a_plan_compared_with_itself_holds_everything(fifth: Plan) -> None:
    comparison = cp.compare_targets(fifth, fifth)
    assert set(comparison.table["change"]) == {"held"}
    assert len(comparison.held) == len(cp.extract_targets(fifth).table)
    assert comparison.table["old_id"].to_list() == comparison.table["new_id"].to_list()


def test_what_was_edited_is_found(constructed_pair: ConstructedPredecessor) -> None:
    old, new = constructed_pair.plan, constructed_pair.successor
    comparison = cp.compare_targets(old, new)
    raised = comparison.raised.set_index("indicator")
    assert raised.loc["孕产妇死亡率", "ambition"] == "weaker"
    assert raised.loc["高等教育毛入学率", "ambition"] == "stronger"
    back = cp.compare_targets(new, old)
    assert len(back.lowered) == len(comparison.raised)
    assert set(back.dropped["indicator"]) == set(comparison.new["indicator"])
    assert not len(comparison.unknown)


def test_without_its_text_an_absent_indicator_is_unknown(
    plans: Corpus, constructed_pair: ConstructedPredecessor
) -> None:
    old, new = constructed_pair.plan, constructed_pair.successor
    for one, other in ((without_text(old), new), (old, without_text(new))):
        changes = set(cp.compare_targets(one, other).table["change"])
        assert changes == {"unknown"}
    for older, newer in zip(list(plans.values()), list(plans.values())[1:], strict=False):
        table = cp.compare_targets(older, newer).table
        if older.coverage == "outline":
            assert "new" not in set(table["change"])
        if newer.coverage == "outline":
            assert "dropped" not in set(table["change"])


def test_the_trace_says_unknown_and_absent_apart(plans: Corpus) -> None:
    trace = cp.trace_targets(plans)
    grid = trace.grid
    assert list(grid.loc["孕产妇死亡率"]) == [
        "≤40/10万", "unknown", "≤18/10万", "unknown", "≤12/10万",
    ]  # fmt: skip
    assert grid.loc["城镇登记失业率", "2026-2030"] == "absent"
    only_outlines = grid.drop(columns="2026-2030")
    assert not (only_outlines == "absent").to_numpy().any()
    assert set(trace.given_up["plan"]) == {"2021-2025"}
    assert trace.table["id"].is_unique


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (target("甲率", 5), target("甲率", 1, "个百分点", kind="change", direction="up"),
         "level against change"),
        (target("甲", 5), target("甲", 5, "万人"), "other unit"),
        (target("甲", 5, "兆"), target("甲", 5, "京"), "unknown unit"),
        (target("甲率（城市）", 95), target("甲率（农村）", 90), "other scope"),
        (target("甲", 5, kind="change", direction="up"),
         target("甲", 5, kind="change", direction="down"), "other direction"),
        (target("甲", 5, kind="change", direction="up", base_year=2000),
         target("甲", 5, kind="change", direction="up"), "other base year"),
        (target("甲", 5, "个", kind="output", plan="short"),
         target("甲", 5, "个", kind="output"), "periods of different length"),
        (target("甲", 4, value_upper=6, comparator="range"),
         target("甲", 3, value_upper=7, comparator="range"), "a range that holds the other"),
    ],
)  # fmt: skip
def test_what_is_not_comparable_says_why(
    fifth: Plan, old: Target, new: Target, reason: str
) -> None:
    plans = {
        "old": replace(fifth, id="old", start_year=2016, end_year=2020),
        "short": replace(fifth, id="short", start_year=2009, end_year=2010),
    }
    outcome = compare(old, new, plans, "more")
    assert (outcome.change, outcome.reason) == ("not comparable", reason)
    assert outcome.difference is None
    assert outcome.ambition == "unknown"


values = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 3))


@given(values, values, st.sampled_from(["more", "less"]))
def test_ambition_turns_round_with_the_polarity_and_with_the_order(
    one: float, other: float, polarity: str
) -> None:
    there = compare(target("甲率", one), target("甲率", other), {}, polarity)  # type: ignore[arg-type]
    back = compare(target("甲率", other), target("甲率", one), {}, polarity)  # type: ignore[arg-type]
    assert there.difference is not None
    assert back.difference == pytest.approx(-there.difference)
    opposite = {"stronger": "weaker", "weaker": "stronger", "same": "same"}
    assert back.ambition == opposite[there.ambition]
    assert (there.ambition == "stronger") == ((other > one) == (polarity == "more")) or one == other


def test_units_are_turned_into_one_another(fifth: Plan) -> None:
    outcome = compare(target("甲", 4.5, "亿人"), target("甲", 46000, "万人"), {}, "more")
    assert (outcome.change, outcome.difference, outcome.ambition) == ("raised", 1000, "stronger")
    cut = compare(
        target("甲", 10, kind="change", direction="down"),
        target("甲", 8, kind="change", direction="down"),
        {"old": fifth},
        "less",
    )
    assert (cut.change, cut.ambition) == ("lowered", "weaker")


def test_an_indicator_that_was_replaced_is_never_compared(plans: Corpus) -> None:
    old = with_targets(
        plans["2016-2020"], target("城镇登记失业率", 5), indicators=plans["2016-2020"].indicators
    )
    new = with_targets(
        plans["2021-2025"], target("城镇调查失业率", 5.5), indicators=plans["2021-2025"].indicators
    )
    row = cp.compare_targets(old, new).table.iloc[0]
    assert (row["change"], row["reason"]) == ("replaced", "another indicator took its place")
    assert pd.isna(row["difference"])
    assert (row["old_indicator"], row["new_indicator"]) == ("城镇登记失业率", "城镇调查失业率")
    trace = cp.trace_targets(Corpus([old, new]))
    assert trace.shared.empty


def test_registered_names_are_not_matched_by_likeness(plans: Corpus) -> None:
    # Their names are more alike than many that mean the same.
    registry = Registry.of(plans.values())
    names = ["劳动年龄人口平均受教育年限", "新增劳动年龄人口平均受教育年限"]
    assert [registry.identify(target(name, 11, "年")).name for name in names] == names
    like = registry.identify(target("孕产妇的死亡率", 12, "/10万"))
    assert like.name == "孕产妇死亡率"
    assert 85 <= like.score < 100


def test_likeness_is_to_be_reviewed_and_the_reviewer_is_obeyed(
    tmp_path: Path, plans: Corpus
) -> None:
    old, new = plans["2016-2020"], plans["2026-2030"]
    comparison = cp.compare_targets(old, new)
    row = comparison.for_review.iloc[0]
    assert row["matched_by"] == "likeness"
    path = comparison.to_review(tmp_path / "decisions.csv")
    table = pd.read_csv(path, dtype="string")
    mine = table["new_id"] == row["new_id"]
    table.loc[mine, ["decision", "note", "initials"]] = ["reject", "two indicators", "ab"]
    table.to_csv(path, index=False)
    again = cp.compare_targets(old, new, decisions=path)
    assert row["new_id"] not in set(again.table.query("change == 'raised'")["new_id"])
    rejected = again.table[again.table["old_id"] == row["old_id"]].iloc[0]
    assert rejected["change"] == "dropped"
    trace = cp.trace_targets(plans, decisions={(old.id, new.id): path})
    step = trace.table[trace.table["id"] == row["new_id"]].iloc[0]
    assert pd.isna(step["previous_id"])


def test_a_reviewer_parts_what_the_registry_joins(tmp_path: Path, plans: Corpus) -> None:
    old, new = plans["2016-2020"], plans["2026-2030"]
    pair = cp.compare_targets(old, new).table.query("indicator == '大陆自然岸线保有率'").iloc[0]
    path = tmp_path / "decisions.csv"
    path.write_text(
        "old_id,new_id,decision,link_to,note,initials\n"
        f"{pair['old_id']},{pair['new_id']},reject,,not the same coast,ab\n",
        encoding="utf-8",
    )
    trace = cp.trace_targets(plans, decisions={(old.id, new.id): path})
    assert "大陆自然岸线保有率" not in trace.histories
    names = trace.table[trace.table["id"] == pair["new_id"]]["standard_name"]
    assert names.item() == "大陆自然岸线保有率（2026-2030）"


def test_a_reviewer_links_what_names_do_not(tmp_path: Path, plans: Corpus) -> None:
    old = with_targets(plans["2016-2020"], target("甲的比例", 5))
    new = with_targets(plans["2021-2025"], target("乙的份额", 6))
    assert set(cp.compare_targets(old, new).table["change"]) == {"unknown"}
    path = tmp_path / "decisions.csv"
    path.write_text(
        "old_id,new_id,decision,link_to,note,initials\n"
        f"{old.curated_targets[0].id},,link,{new.curated_targets[0].id},one matter,ab\n",
        encoding="utf-8",
    )
    row = cp.compare_targets(old, new, decisions=path).table.iloc[0]
    assert (row["change"], row["matched_by"], row["initials"]) == ("raised", "reviewer", "ab")
    steps = cp.trace_targets(Corpus([old, new]), decisions={(old.id, new.id): path}).shared
    assert steps["standard_name"].to_list() == ["甲的比例", "甲的比例"]
    bad = tmp_path / "bad.csv"
    bad.write_text("old_id,new_id,decision,link_to\nx,,accept,\n", encoding="utf-8")
    with pytest.raises(cp.errors.DecisionError, match="the plans have no x"):
        cp.compare_targets(old, new, decisions=bad)


def test_text_and_sample_are_checked_against_each_other(plans: Corpus, fifth: Plan) -> None:
    curated = (
        target("孕产妇死亡率", 12, "/10万", comparator="<=", outcome=11.0, outcome_source="x"),
        target("森林覆盖率", 26, source="a page"),
        target("每百户拥有飞行器", 3, "架", source="a page"),
    )
    numbered = tuple(
        replace(t, id=f"{fifth.id}/1.1/t{n}", plan=fifth.id) for n, t in enumerate(curated)
    )
    both = replace(fifth, curated_targets=numbered)
    trace = cp.trace_targets(Corpus([*list(plans.values())[:-1], both]))
    found = trace.disagreements.table
    said = found[["indicator", "field", "read", "curated"]].fillna("")
    assert said.to_numpy().tolist() == [
        ["森林覆盖率", "value", "25.8%", "26%"],
        ["每百户拥有飞行器", "indicator", "", "每百户拥有飞行器"],
    ]
    joined = trace.table.query("indicator == '孕产妇死亡率' and plan == '2026-2030'").iloc[0]
    assert (joined["outcome"], joined["evidence"]) == (11.0, "text")
    assert len(trace.table.query("plan == '2026-2030'")) == 77 + 1
    assert cp.compare_targets(plans["2016-2020"], both).disagreements.table.equals(found)
    assert cp.trace_targets(plans).disagreements.table.empty


def test_the_order_of_plans_does_not_matter(plans: Corpus) -> None:
    turned = Corpus(reversed(list(plans.values())), title=plans.title)
    assert cp.trace_targets(turned).table.equals(cp.trace_targets(plans).table)


def test_words(plans: Corpus) -> None:
    words = {
        (t.plan, t.indicator): (target_words(t), outcome_words(t))
        for t in cp.trace_targets(plans).targets
    }
    assert words["2016-2020", "孕产妇死亡率"] == ("≤18/10万", "16.9/10万")
    assert words["2021-2025", "氮氧化物排放总量"] == ("↓≥10%", "")
    range_ = target("甲", 6, value_upper=6.5, comparator="range", direction="up")
    assert target_words(range_) == "↑6–6.5%"


def test_histories_hold_one_sort_of_figure_each(plans: Corpus) -> None:
    histories = comparable_histories(cp.trace_targets(plans))
    for history in histories.values():
        assert len({t.plan for t in history}) == len(history) >= 2
        assert len({is_change(t) for t in history}) == 1
        assert len({read_unit(t.unit).family for t in history}) == 1
        assert len({comparable_scope(t.indicator) for t in history}) == 1
    assert [t.value for t in histories["人均预期寿命"]] == [73, 74.5, 80]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pictures_of_targets(
    plans: Corpus, constructed_pair: ConstructedPredecessor, lang: str
) -> None:
    trace = cp.trace_targets(plans)
    ax = trace.plot_history("孕产妇死亡率", lang=lang)  # type: ignore[arg-type]
    assert "≤18" in {text.get_text() for text in ax.texts}
    assert "content_8635853_6" in ax.get_xlabel()
    comparison = cp.compare_targets(constructed_pair.plan, constructed_pair.successor)
    ax = comparison.plot(lang=lang)  # type: ignore[arg-type]
    drawn = comparison.table["change"].isin(["raised", "lowered", "held"]).sum()
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(labels) == drawn
    assert "onstructed" in ax.get_title(loc="left") or "构造" in ax.get_title(loc="left")
    empty = cp.compare_targets(plans["2009-2010"], plans["2021-2025"]).plot(lang=lang)  # type: ignore[arg-type]
    assert not empty.get_yticklabels()


def test_an_unknown_indicator_is_refused_with_what_is_like_it(plans: Corpus) -> None:
    with pytest.raises(cp.errors.UnknownIndicatorError, match="孕产妇死亡率"):
        cp.trace_targets(plans).plot_history("产妇死亡率")


def test_a_plan_is_wanted(fifth: Plan) -> None:
    with pytest.raises(cp.errors.NotAPlanError):
        cp.compare_targets(2021, fifth)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([("甲", ["乙"], []), ("乙", [], [])], "乙 is a name of indicators\\[0\\] as well"),
        ([("甲", [], ["丙"])], "there is no indicator 丙"),
    ],
)
def test_a_broken_registry_is_refused(
    series: Path, entries: list[tuple[str, list[str], list[str]]], message: str
) -> None:
    text = "".join(
        f'[[indicators]]\nname.zh = "{name}"\npolarity = "more"\nunit_family = "number"\n'
        f"other_names = {others}\nreplaces = {replaced}\n".replace("'", '"')
        for name, others, replaced in entries
    )
    (series / "indicators.toml").write_text(text, encoding="utf-8")
    with pytest.raises(cp.errors.SeriesError, match=message):
        cp.load_plans(series)


def test_a_series_needs_no_registry(series: Path) -> None:
    (series / "indicators.toml").unlink()
    plans = cp.load_plans(series)
    rows = cp.trace_targets(plans).shared.query("standard_name == '孕产妇死亡率'")
    assert rows["value"].to_list() == [40, 18, 12]
    assert set(rows["ambition"]) == {"unknown"}


def test_every_registered_indicator_stands_in_some_plan(plans: Corpus, fifth: Plan) -> None:
    said = {t.indicator for plan in plans.values() for t in plan.curated_targets}
    said |= {t.indicator for t in cp.extract_targets(fifth).targets}
    idle = [i.name for i in fifth.indicators if not said & set(i.names)]
    # Registered so that it is never taken for the registered rate.
    assert idle == ["城镇调查失业率"]


def test_a_pair_is_explained_with_its_rivals_and_its_sentences(plans: Corpus) -> None:
    comparison = cp.compare_targets(plans["2016-2020"], plans["2026-2030"])
    why = comparison.explain("2026-2030/1.5/12/t1")
    best = why.table.iloc[0]
    assert (best["outcome"], best["old_id"]) == ("raised", "2016-2020/1.5/t4")
    assert 85 <= best["name_likeness"] < 100
    assert best["new_context"].endswith("严重精神障碍患者管理服务率达到90%以上。")
    assert (why.table["name_likeness"][1:] >= 40).all()
    assert set(comparison.explain("2026-2030/1.5/2/t3").table["outcome"][1:]) == {""}
    assert "raised: 2016-2020/1.5/t4 -> 2026-2030/1.5/12/t1" in repr(why)
    with pytest.raises(cp.errors.UnknownTargetError, match="no target 'x'"):
        comparison.explain("x")


REPORT = """构造的政府工作报告
——2019年3月5日
各位代表：
一、2018年工作回顾
城镇新增就业1300万人。建成高速公路100公里。
二、2019年工作任务
城镇新增就业1100万人以上，去年已完成1300万人。
建设高速公路200公里。
"""


def test_of_a_document_only_what_looks_forward_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report-2019.txt"
    path.write_text(REPORT, encoding="utf-8")
    plan = cp.read_plan(path, measures="paragraphs")
    of_plan, of_text = (cp.extract_targets(source).table for source in (plan, REPORT))
    assert of_plan["value"].to_list() == of_text["value"].to_list() == [1100.0, 200.0]
    assert set(of_plan["section"]) == {plan.headings[-1].id}


@pytest.mark.skipif(not material.REPORTS.is_dir(), reason="the trial texts are not at hand")
@pytest.mark.parametrize("name", ["national-2018", "national-2019", "national-2020",
                                  "provincial-2026-beijing", "provincial-2026-sichuan",
                                  "provincial-2026-zhejiang"])  # fmt: skip
def test_reports_read_as_plans_have_the_targets_of_their_texts(name: str) -> None:
    path = material.REPORTS / f"{name}.txt"
    of_plan = cp.extract_targets(cp.read_plan(path, measures="paragraphs")).table
    of_text = cp.extract_targets(path.read_text(encoding="utf-8")).table
    columns = ["indicator", "value", "unit", "year", "comparator"]
    pd.testing.assert_frame_equal(of_plan[columns], of_text[columns])
