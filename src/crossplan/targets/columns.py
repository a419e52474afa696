"""The columns that describe a target."""

from crossplan.tables import Column

KIND = Column(
    "string",
    "目标类型：水平、增减或产出。",
    (
        "A state to reach (level), a difference from a base (change), or something made or "
        "done (output)."
    ),
    choices=("level", "change", "output"),
    required=True,
)

DIRECTION = Column(
    "string",
    "增减的方向；非增减类目标为空。",
    "Direction of a change; empty for other kinds of target.",
    choices=("up", "down", "hold"),
)
TARGET_COLUMNS = {
    "id": Column("string", "目标的编号。", "Id of the target.", required=True),
    "plan": Column("string", "设定该目标的计划。", "Id of the plan that sets it.", required=True),
    "section": Column(
        "string",
        "所在节（或章）的编号。",
        "Id of the section or chapter that contains it.",
        required=True,
    ),
    "indicator": Column(
        "string", "指标，依计划原文。", "The indicator as the plan words it.", required=True
    ),
    "scope": Column(
        "string",
        "指标中限定人群或地域的词语。",
        "The words of the indicator that name a group of people or an area.",
    ),
    "comparator": Column(
        "string",
        "数值的限定：等于、不低于、不高于、大于、小于、约或区间。",
        (
            "How the figure is meant: exactly, at least, at most, more than, less than, about, "
            "or a range."
        ),
        choices=("=", ">=", "<=", ">", "<", "~", "range"),
        required=True,
    ),
    "value": Column(
        "float64",
        "数值，以 unit 计；区间取下端。",
        "The figure, in unit; of a range, the lower end.",
        required=True,
    ),
    "value_upper": Column("float64", "区间的上端。", "Upper end of a range."),
    "unit": Column(
        "string", "单位，依原文；无单位者为空。", "Unit as printed; empty for a pure number."
    ),
    "printed": Column(
        "string",
        "数值在正文中的写法；采自已发布网页的行为空。",
        (
            "The figure as the text prints it; empty for rows that were gathered from "
            "published pages."
        ),
    ),
    "normal_value": Column(
        "float64",
        "以 normal_unit 计的数值，便于同类单位相比。",
        "The figure in normal_unit, so that figures of one family can be compared.",
        required=True,
    ),
    "normal_unit": Column(
        "string", "单位所属类别的基本单位。", "Base unit of the family of the unit."
    ),
    "unit_family": Column(
        "string",
        "单位类别，如人数；不识之单位为 unknown。",
        "Family of the unit, such as persons; unknown where the unit is not known.",
        required=True,
    ),
    "kind": KIND,
    "direction": DIRECTION,
    "base": Column("string", "说明增减起算点的词语。", "Words that name the base of a change."),
    "base_year": Column(
        "Int64",
        "增减的基年（已知者）。",
        "Year that a change is counted from, where it is known.",
    ),
    "year": Column(
        "Int64",
        "计划写明的年份；以计划末年为期者为空。",
        "Year that the plan names; empty where the end of the plan is implied.",
    ),
    "deadline": Column(
        "Int64",
        "完成年份：写明的年份，否则为计划末年。",
        "That year, or else the last year of the plan.",
    ),
    "recurrence": Column(
        "string",
        "说明数值按年或按月适用的词语。",
        "Words by which the figure applies to each year, or to each month.",
    ),
    "measure_id": Column(
        "string",
        "所出自的举措、目标或段落的编号。",
        "Id of the measure, goal or paragraph that it was read from.",
    ),
    "start": Column(
        "Int64",
        "数值在正文中的起点，自 0 起按字符计。",
        "Where the figure begins in the reading text, counted in characters from 0.",
        least=0.0,
    ),
    "end": Column(
        "Int64",
        "数值在正文中的终点：其后第一个字符。",
        "Where it ends: the first character after it.",
        least=0.0,
    ),
    "source": Column(
        "string",
        "来源：已发布网页的地址，或所据文本。",
        ("Where the row comes from: address of a published page, or the witness that was read."),
    ),
    "evidence": Column(
        "string",
        "依据：读自正文，或采自引述计划原文的网页、官方报告、新闻报道。",
        (
            "Read from the text of the plan (text), or gathered from a page that quotes the "
            "plan, an official report or the press."
        ),
        choices=("text", "plan_text", "official_report", "press_report"),
        required=True,
    ),
    "confidence": Column(
        "string",
        "采集所得之行的可信程度；读自正文者为空。",
        "How sure the gathered row is; empty for rows that were read from the text.",
        choices=("high", "medium"),
    ),
    "second_source": Column(
        "string", "第二来源的地址。", "Address of a second page with the same figure."
    ),
    "outcome": Column(
        "float64", "实际值（有来源者）。", "Value reached, where a source reports it."
    ),
    "outcome_source": Column("string", "实际值的来源。", "Where the value reached was published."),
    "note": Column(
        "string",
        "涉及该数值的校改，或采集者的说明。",
        "Corrections that affect the figure, or a note by whoever gathered the row.",
    ),
}
