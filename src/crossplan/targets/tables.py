"""The result tables of this package, with the meaning of rows and columns."""

from dataclasses import replace

from crossplan.model.target import DIRECTION, KIND, TARGET_COLUMNS
from crossplan.pairing.decisions import INITIALS, NOTE, TO_REVIEW
from crossplan.tables import PLANS, Column, Table, Title

_REASON = Column(
    "string",
    "数值不作比较或无从判断的原因。",
    "Why the figures are not compared, or why the change is not known.",
    choices=(
        "level against change",
        "other unit",
        "unknown unit",
        "other scope",
        "other base year",
        "periods of different length",
        "other direction",
        "a range that holds the other",
        "another indicator took its place",
        "no text of the older plan at hand",
        "no text of the newer plan at hand",
        "no plan before",
    ),
)

_DETAIL = Column(
    "string",
    "旧目标与新目标之间具体相异之处。",
    "The features in which the older and the newer target differ.",
)

_DIFFERENCE = Column(
    "float64",
    "新数值减旧数值，以新目标的单位计；区间取中点。",
    ("New figure minus old figure, in the unit of the new one; middles of ranges are compared."),
)

_RELATIVE = Column(
    "float64",
    "差额占旧数值的比例：0.1 即十分之一。",
    "The difference as a share of the old figure: 0.1 is a tenth.",
)

_POLARITY = Column(
    "string",
    "指标以多为好、以少为好或两者皆非；未登记者为空。",
    (
        "Whether more of the indicator is better, less, or neither; empty where it is not "
        "registered."
    ),
    choices=("more", "less", "neither"),
)

_AMBITION = Column(
    "string",
    "按指标的优劣方向，新数值的力度：更进一步、有所放松、持平或无从判断。",
    (
        "Whether the newer figure asks for more than the older one, by what is better for "
        "the indicator."
    ),
    choices=("stronger", "weaker", "same", "unknown"),
    required=True,
)

TARGET_CHANGES = Table(
    zh="两期计划中每对量化目标一行，无对应者亦各一行。",
    en="One row for each pair of targets of two plans, and for each target without a partner.",
    columns={
        "indicator": Column(
            "string",
            "指标的标准名称，依系列的指标登记。",
            "Standard name of the indicator in Chinese, as the registry of the series has it.",
            required=True,
        ),
        "indicator_en": Column(
            "string",
            "指标的英文标准名称（如有）。",
            "Standard name of the indicator in English, where there is one.",
        ),
        "old_id": Column(
            "string",
            "旧计划中该目标的编号；没有则为空。",
            "Id of the target in the older plan; empty if it has none.",
        ),
        "new_id": Column(
            "string",
            "新计划中该目标的编号；没有则为空。",
            "Id of the target in the newer plan; empty if it has none.",
        ),
        "old_indicator": Column(
            "string", "旧计划对该指标的表述。", "The indicator as the older plan words it."
        ),
        "new_indicator": Column(
            "string", "新计划对该指标的表述。", "The indicator as the newer plan words it."
        ),
        "old_comparator": Column(
            "string",
            "旧数值的限定：等于、不低于、不高于、大于、小于、约或区间。",
            (
                "How the older figure is meant: exactly, at least, at most, more than, less than, "
                "about, or a range."
            ),
            choices=("=", ">=", "<=", ">", "<", "~", "range"),
        ),
        "new_comparator": Column(
            "string",
            "新数值的限定：等于、不低于、不高于、大于、小于、约或区间。",
            (
                "How the newer figure is meant: exactly, at least, at most, more than, less than, "
                "about, or a range."
            ),
            choices=("=", ">=", "<=", ">", "<", "~", "range"),
        ),
        "old_value": Column(
            "float64",
            "旧计划的数值，以 old_unit 计；区间取下端。",
            "Figure of the older plan, in old_unit; of a range, the lower end.",
        ),
        "new_value": Column(
            "float64",
            "新计划的数值，以 unit 计；区间取下端。",
            "Figure of the newer plan, in unit; of a range, the lower end.",
        ),
        "old_unit": Column(
            "string",
            "旧数值的单位，依原文；无单位者为空。",
            "Unit of the older figure as printed; empty for a pure number.",
        ),
        "unit": Column(
            "string",
            "新数值（没有则为旧数值）的单位，依原文；无单位者为空。",
            (
                "Unit of the newer figure as printed, or of the older one where there is no newer; "
                "empty for a pure number."
            ),
        ),
        "kind": KIND,
        "direction": DIRECTION,
        "change": Column(
            "string",
            (
                "数值的去向：调高、调低、不变、指标更换、新增、不再出现、不可比；另一期正文不在手时"
                "，其有无为未知。"
            ),
            (
                "What became of the figure. New and dropped only where the text of the other plan "
                "is at hand; else unknown."
            ),
            choices=(
                "raised",
                "lowered",
                "held",
                "replaced",
                "new",
                "dropped",
                "unknown",
                "not comparable",
            ),
            required=True,
        ),
        "reason": _REASON,
        "detail": _DETAIL,
        "difference": _DIFFERENCE,
        "relative": _RELATIVE,
        "polarity": _POLARITY,
        "ambition": _AMBITION,
        "old_outcome": Column(
            "float64",
            "旧目标的实际值（有来源者）。",
            "Value reached for the older target, where a source reports it.",
        ),
        "new_outcome": Column(
            "float64",
            "新目标的实际值（有来源者）。",
            "Value reached for the newer target, where a source reports it.",
        ),
        "matched_by": Column(
            "string",
            "据何成对：指标登记、名称相同、名称相似或复核者。",
            (
                "What paired the targets: the registry of indicators, equal names, likeness of "
                "names, or a reviewer."
            ),
            choices=("registry", "name", "likeness", "reviewer"),
        ),
        "score": Column(
            "float64",
            "名称的相似程度，0 至 100。",
            "Likeness of the names, from 0 to 100.",
            least=0.0,
            most=100.0,
        ),
        "to_review": TO_REVIEW,
        "note": NOTE,
        "initials": INITIALS,
    },
)

TARGETS = Table(
    zh="每项量化目标一行。",
    en="One row for each figure that commits, and each indicator that it is set for.",
    columns=TARGET_COLUMNS,
    key=("id",),
)

TARGET_TRACE = Table(
    zh="各期计划的每项量化目标一行，并与此前最近一期已知载有该指标的计划相比。",
    en=(
        "One row for each target of each plan, with its change since the last plan before that is "
        "known to have the indicator."
    ),
    columns={
        **TARGET_COLUMNS,
        "standard_name": Column(
            "string",
            "指标的标准名称，各期据此相承。",
            (
                "Standard name of the indicator in Chinese, under which it is followed from plan "
                "to plan."
            ),
            required=True,
        ),
        "standard_name_en": Column(
            "string",
            "指标的英文标准名称（如有）。",
            "Standard name of the indicator in English, where there is one.",
        ),
        "polarity": _POLARITY,
        "previous_id": Column(
            "string",
            "此前最近一期已知载有同一指标的目标编号。",
            (
                "Id of the target of the same indicator in the last plan before that is known to "
                "have one."
            ),
        ),
        "change": Column(
            "string",
            "与前一目标相比的去向：调高、调低、不变、不可比、新增；前一期正文不在手时为未知。",
            (
                "Change of the figure since the target before. New only where the text of the plan "
                "before is available and lacks it; else unknown."
            ),
            choices=("raised", "lowered", "held", "not comparable", "new", "unknown"),
            required=True,
        ),
        "reason": _REASON,
        "detail": _DETAIL,
        "difference": _DIFFERENCE,
        "relative": _RELATIVE,
        "ambition": _AMBITION,
    },
    key=("id",),
)

CURATED_AGAINST_READ = Table(
    zh="同一计划中，采自网页的目标与读自正文的目标不一致之处，每一字段一行。",
    en=(
        "One row for each field in which a target that was gathered from published pages and one "
        "that was read from the text of the same plan do not agree."
    ),
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "indicator": Column(
            "string", "指标的标准名称。", "Standard name of the indicator in Chinese."
        ),
        "field": Column(
            "string",
            "不一致的字段；正文完全未载者为 indicator。",
            "Field that differs; indicator where the gathered row is missing from the text.",
            choices=("kind", "comparator", "value", "direction", "year", "indicator"),
            required=True,
        ),
        "read_id": Column(
            "string", "读自正文的目标编号。", "Id of the target that was read from the text."
        ),
        "read": Column("string", "正文所载。", "The value in the text."),
        "curated_id": Column(
            "string", "采集所得之行的编号。", "Id of the gathered row.", required=True
        ),
        "curated": Column("string", "采集所得之行所载。", "The value in the gathered row."),
        "measure_id": Column("string", "所读举措的编号。", "Id of the measure that was read."),
        "source": Column("string", "采集所得之行的来源。", "Where the gathered row comes from."),
    },
)

DISAGREEMENTS = replace(
    CURATED_AGAINST_READ,
    name="disagreements",
    title=Title("采集与正文不一致之处", "where gathered rows and texts disagree"),
    when=lambda result: bool(len(result.disagreements.frame)),
)

SHARED_TARGETS = replace(
    TARGET_TRACE,
    name="shared",
    title=Title("见于两期以上计划的指标", "indicators of two plans or more"),
)

TARGET_GRID = Table(
    zh="每个指标一行，列出各期计划的数值。",
    en="One row for each indicator, with what each plan sets.",
    columns={
        "indicator": Column(
            "string",
            "指标的标准名称。",
            "Standard name of the indicator in Chinese.",
            required=True,
        ),
        PLANS: Column(
            "string",
            "列名所指计划的数值；正文未提为 absent，正文不在手为 unknown。",
            (
                "The figures of the plan after which the column is named; absent where its text "
                "does not name the indicator, unknown where no text is at hand."
            ),
            required=True,
        ),
    },
    key=("indicator",),
    name="grid",
    title=Title("每期计划一列", "a column for each plan"),
)

TARGET_EXPLANATION = Table(
    zh="所问目标的每对候选者一行，已成对者在前。",
    en="One row for each candidate for the target that was asked for, its partner first.",
    columns={
        "old_id": Column("string", "旧计划中目标的编号。", "Id of the target in the older plan."),
        "new_id": Column("string", "新计划中目标的编号。", "Id of the target in the newer plan."),
        "outcome": Column(
            "string",
            "数值的去向；未成对者为空。",
            "The change of the figure; empty if not paired.",
        ),
        "reason": _REASON,
        "registered_as": Column(
            "string",
            "指标在系列登记中的标准名称。",
            "Standard name of the indicator, where it is registered.",
        ),
        "name_likeness": Column(
            "float64",
            "名称的相似程度，0 至 100。",
            "Likeness of the names, from 0 to 100.",
            least=0.0,
            most=100.0,
        ),
        "same_kind": Column("bool", "目标类型是否相同。", "Whether the kind is the same."),
        "same_unit": Column("bool", "单位类别是否相同。", "Whether the unit is of one family."),
        "same_scope": Column("bool", "范围是否相同。", "Whether the scope is the same."),
        "old_target": Column("string", "旧指标与数值。", "Indicator and figure of the older plan."),
        "new_target": Column("string", "新指标与数值。", "Indicator and figure of the newer plan."),
        "old_context": Column(
            "string", "旧数值所在之句；采集者为来源。", "The older sentence, or source of a row."
        ),
        "new_context": Column(
            "string", "新数值所在之句；采集者为来源。", "The newer sentence, or source of a row."
        ),
    },
)
