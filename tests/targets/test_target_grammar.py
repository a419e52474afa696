"""How figures are read from sentences: numbers, units, scopes, verbs, and what is past."""

from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crossplan as cp
from crossplan.languages.chinese.grammar import figures_of
from crossplan.languages.chinese.numerals import read_number
from crossplan.languages.chinese.quantities import find_quantities
from crossplan.languages.units import known_units, normal_value, read_unit
from crossplan.model import Plan


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read_as_another_library_writes_them(number: int) -> None:
    assert read_number(cn2an.an2cn(str(number))) == number


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_chinese_decimals_are_read_as_another_library_writes_them(number: object) -> None:
    assert read_number(cn2an.an2cn(str(number))) == Fraction(str(number))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((4.5, "亿人"), (45000, "万人")),
        ((18, "亿亩"), (1.2, "亿公顷")),
        ((12, "/10万"), (0.12, "‰")),
        ((1, "平方公里"), (1500, "亩")),
        ((1.3, "万亿斤"), (6.5, "亿吨")),
        ((2, "小时"), (120, "分钟")),
        ((8, "成"), (80, "%")),
    ],
)
def test_units_of_one_family_are_equal_where_they_should_be(
    one: tuple[float, str], other: tuple[float, str]
) -> None:
    assert read_unit(one[1]).family == read_unit(other[1]).family
    assert normal_value(*one) == normal_value(*other)


@given(st.sampled_from(sorted(known_units())), st.floats(0, 1e6, allow_nan=False))
def test_a_magnitude_only_multiplies(unit: str, value: float) -> None:
    assert read_unit(f"万{unit}").family == read_unit(unit).family
    assert normal_value(value, f"万{unit}") == pytest.approx(10_000 * normal_value(value, unit))


@given(
    st.text(
        alphabet="甲乙，。；和、达到提高至建设新增每一二十百千万亿0123456789.%‰/个人岁年以上下内－至（）“”约"
    )
)
def test_figures_lie_where_they_say_and_in_order(text: str) -> None:
    quantities = find_quantities(text)
    for quantity in quantities:
        assert 0 <= quantity.first <= quantity.start < quantity.end <= quantity.last <= len(text)
    assert quantities == sorted(quantities, key=lambda quantity: quantity.start)
    for found in figures_of(text):
        assert found.quantity in quantities or found.quantity.unit not in known_units()
        assert found.indicator


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
        "坚持一国两制，推进“三北”工程，实施“十五五”规划。",
        "普及九年义务教育，建设十五年一贯制学校。",
        "实施万名医师支援农村卫生工程。",
        "加力实施新一轮千亿斤粮食产能提升行动。",
        "防治2型糖尿病。",
        "参加第五至六次合并报告审议。",
        "探索设立一批普通高中，打造一个平台。",
        "关停淘汰30万千瓦以下煤电机组。",
        "发展5G和2.0版，推动一二三产业融合。",
        "健全体系。",
        "",
    ],
)
def test_no_target(sentence: str) -> None:
    assert figures_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("甲率和乙率分别达到98%和90%以上。", ["甲率 >= 98%", "乙率 >= 90%"]),
        ("失业率控制在5.5%以内。", ["失业率 <= 5.5%"]),
        ("增速控制在3.5%左右。", ["增速 ~ 3.5%"]),
        ("建设5个甲和6家左右乙。", ["建设甲 = 5个", "建设乙 ~ 6家"]),
        ("到2030年，覆盖率提高3个百分点。", ["覆盖率 up = 3个百分点"]),
        ("文盲率降至百分之二十四点一。", ["文盲率 = 24.1%"]),
        ("赞成者不低于三分之二。", ["赞成者 >= 0.6666666667"]),
        ("建成两个中心。", ["建成中心 = 2个"]),
        ("每个县至少建设一所学校。", ["建设学校 >= 1所"]),
        ("甲、乙患者管理率均达到70%以上。", ["甲患者管理率 >= 70%", "乙患者管理率 >= 70%"]),
        ("国内生产总值增长6%－6.5%。", ["国内生产总值 up range 6–6.5%"]),
        ("城镇新增就业1100万人以上，城镇调查失业率5.5%左右。",
         ["城镇新增就业 >= 1100万人", "城镇调查失业率 ~ 5.5%"]),
        ("今年赤字率拟按2.8%安排，比去年预算高0.2个百分点。",
         ["赤字率 = 2.8%", "赤字率 up = 0.2个百分点"]),
        ("低保标准从每月77元提高到80元以上。", ["低保标准 >= 80元"]),
        ("增速高于全省平均2个百分点以上。", ["增速 up >= 2个百分点"]),
        ("标准不低于最低标准的1.6倍。", ["标准 >= 1.6倍"]),
        ("收入5854亿元，增长3.9%。", ["收入 = 5854亿元", "收入 up = 3.9%"]),
        ("减少农村贫困人口1000万以上。", ["农村贫困人口 down >= 1000万"]),
        ("经济增长5%左右。", ["经济增长 up ~ 5%"]),
        ("存储量达到300兆字节以上。", ["存储量 >= 300兆字节"]),
        ("守住18亿亩耕地红线。", ["耕地红线 >= 18亿亩"]),
        ("单位产值能耗和二氧化碳排放分别降低13.5%、18%。",
         ["单位产值能耗 down = 13.5%", "二氧化碳排放 down = 18%"]),
        ("新增就业确保12万人以上、力争达到13万人。",
         ["新增就业 >= 12万人", "新增就业 = 13万人"]),
        ("价格涨幅３．５％左右。", ["价格涨幅 ~ 3.5%"]),
        ("建成5个先导区、9个和美乡村。", ["建成先导区 = 5个", "建成和美乡村 = 9个"]),
        ("加工量新增300万吨以上。", ["加工量 up >= 300万吨"]),
        ("开展甲河和乙沟等13条河流治理。", ["开展甲河和乙沟等河流治理 = 13条"]),
        ("实施投资2000万元以上的项目3000个。", ["实施投资2000万元以上的项目 = 3000个"]),
        ("产值增长5%左右（力争5.5%），比重在3%以内。",
         ["产值 up ~ 5%", "产值 up = 5.5%", "比重 <= 3%"]),
        ("增速目标定在5%左右。", ["增速目标 ~ 5%"]),
        ("全社会研发投入占比6%以上。", ["全社会研发投入占比 >= 6%"]),
        ("每千人口医师数达到3人、床位增至5张。", ["每千人口医师数 = 3人", "每千人口床位 = 5张"]),
        ("完成5亿吨甲产能、1亿吨乙产能低排放改造。",
         ["甲产能低排放改造 = 5亿吨", "乙产能低排放改造 = 1亿吨"]),
        ("力争增长6%以上，力争6.5%。", []),
        ("产值增长6%以上，力争6.5%。", ["产值 up >= 6%", "产值 up = 6.5%"]),
    ],
)  # fmt: skip
def test_figures(sentence: str, expected: list[str]) -> None:
    def words(found: object) -> str:
        f = found
        value = f"{f.quantity.value:.10g}"  # type: ignore[attr-defined]
        upper = f.quantity.upper  # type: ignore[attr-defined]
        value += f"–{upper:.10g}" if upper is not None else ""
        parts = [f.indicator, f.direction, f.comparator, value + f.quantity.unit]  # type: ignore[attr-defined]
        return " ".join(filter(None, parts))

    assert [words(found) for found in figures_of(sentence)] == expected


def test_a_unit_nobody_knows_is_kept_and_marked() -> None:
    table = cp.extract_targets("存储量达到300兆字节以上。").table
    row = table.iloc[0]
    assert (row["unit"], row["unit_family"], row["comparator"]) == ("兆字节", "unknown", ">=")
    assert (row["normal_value"], row["normal_unit"], row["printed"]) == (300, "兆字节", "300兆字节")


@pytest.mark.parametrize("text", ["", "没有数字。", "\n\n", "The text is English."])
def test_a_text_without_figures_gives_an_empty_table(text: str) -> None:
    table = cp.extract_targets(text).table
    assert table.empty
    assert list(table) == list(cp.extract_targets("覆盖率达到98%。").table)
    assert table.dtypes.equals(cp.extract_targets("覆盖率达到98%。").table.dtypes)


def test_what_is_neither_plan_nor_text_is_refused() -> None:
    with pytest.raises(cp.errors.NotAPlanError):
        cp.extract_targets(2030)  # type: ignore[arg-type]


CONSTRUCTED_REPORT = """构造的工作报告（为测试而写，不是任何政府的报告）
——2026年1月5日
{back}
去年很不平凡。
甲产值增长6.6%，新增就业136万人。
{forward}
今年的主要预期目标是：
甲产值增长5%左右；
新增就业110万人以上；
乙指数涨幅3%左右，
去年乙指数涨幅回落到2.6%，已建成3个中心，取得了8项成果。
今年丙支出拟按4%安排，比去年提高1个百分点。
"""


@pytest.mark.parametrize(
    ("back", "forward"),
    [
        ("一、2025年工作回顾", "二、2026年重点工作"),
        ("一、过去一年和五年工作回顾", "二、对今年政府工作的建议"),
        ("“十四五”时期发展成就和2025年工作回顾", "“十五五”时期主要目标和2026年重点工作"),
        ("一、2025年主要工作", "二、2026年主要工作"),
        ("一、2025年重点工作完成情况", "二、坚定信心，开拓前行"),
        ("2025年工作回顾\n一、经济稳中有进", "2026年工作安排\n一、扩大内需"),
        ("过去五年，我们努力工作。", "“十五五”时期是关键时期。"),
        ("“十四五”时期，我们努力工作。", "今年工作的总体要求是："),
    ],
)
def test_achievements_are_told_from_targets(back: str, forward: str) -> None:
    text = CONSTRUCTED_REPORT.format(back=back, forward=forward)
    table = cp.extract_targets(text).table
    assert table["value"].to_list() == [5, 110, 3, 4, 1]
    assert table["year"].to_list()[0] == 2026
    assert table["base_year"].to_list()[-1] == 2025
    for start, end, printed in table[["start", "end", "printed"]].itertuples(index=False):
        assert text[start:end] == printed


def test_what_is_listed_after_a_product_is_a_product() -> None:
    table = cp.extract_targets("新增甲床位4000张、乙托位600个，甲率达到5%。").table
    assert table["kind"].to_list() == ["output", "output", "level"]


@pytest.mark.parametrize(
    "run",
    ["9", "一二三", "从5个", "3岁以下", "百分之", "达到5%、", "建设5个甲和", "均", "（1）", "高于"],
)
def test_a_run_without_end_hides_no_figure(run: str) -> None:
    found = figures_of(run * 3_000 + "，率达到5%。")
    assert found[-1].quantity.value == 5


def test_blanks_and_typesetting_code_of_copies_are_read_over() -> None:
    text = "到 2030 年，甲（PM_{2.5}）浓度降至 27 微克/立方米以下，建设 5 个 乙。"
    table = cp.extract_targets(text).table
    assert table[["indicator", "value", "year"]].to_numpy().tolist() == [
        ["甲（PM2.5）浓度", 27, 2030],
        ["建设乙", 5, 2030],
    ]
    assert table["printed"].to_list() == ["27 微克/立方米", "5 个"]
    for start, end, printed in table[["start", "end", "printed"]].itertuples(index=False):
        assert text[start:end] == printed


def test_the_text_of_a_plan_is_read_like_the_plan(fifth: Plan) -> None:
    of_plan, of_text = cp.extract_targets(fifth).table, cp.extract_targets(fifth.text).table
    columns = ["indicator", "comparator", "value", "unit", "kind", "direction", "start", "end"]
    assert of_text[columns].equals(of_plan[columns])


def test_a_deadline_of_the_past_is_no_achievement() -> None:
    table = cp.extract_targets("到2030年，甲率达到90%，其中到2025年达到80%。").table
    assert table[["value", "year"]].to_numpy().tolist() == [[90, 2030], [80, 2025]]


def test_spans_hold_the_figures(fifth: Plan) -> None:
    for target in cp.extract_targets(fifth).targets:
        assert target.start is not None
        assert target.end is not None
        assert fifth.text[target.start : target.end] == target.printed
        measure = fifth.passage(str(target.measure))
        assert measure.start is not None
        assert measure.end is not None
        assert measure.start <= target.start < target.end <= measure.end
        assert target.source


def test_a_misprint_corrected_is_said_and_so_is_one_left() -> None:
    for corrections, unit, word in ((True, "‰", "corrected"), (False, "%", "not corrected")):
        plan = cp.load_plan("2026-2030", corrections=corrections)
        row = cp.extract_targets(plan).table.query("indicator == '婴儿死亡率'").iloc[0]
        assert row["unit"] == unit
        assert row["note"].startswith(f"{word}: 婴儿死亡率降低至 3.5%")


def test_a_plan_without_text_says_so() -> None:
    with pytest.raises(cp.errors.MissingTextError, match="plan 2009-2010"):
        cp.extract_targets(cp.load_plan("2009-2010"))
