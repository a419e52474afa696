"""The tables of what any two plans of a corpus share."""

from crossplan.matching.tables import NEW_TEXT, OLD_TEXT, SCORE
from crossplan.tables import PLANS, Column, Table, Title

_TWO_PLANS = {
    "old_plan": Column("string", "较早计划的编号。", "Id of the older plan.", required=True),
    "new_plan": Column("string", "较晚计划的编号。", "Id of the newer plan.", required=True),
}

SHARED_MEASURES = Table(
    zh="任意两期计划共有的每项举措一行。",
    en="One row for each measure that two plans share.",
    columns={
        **_TWO_PLANS,
        "old_id": Column(
            "string", "较早计划中举措的编号。", "Id of the measure in the older plan."
        ),
        "new_id": Column(
            "string", "较晚计划中举措的编号。", "Id of the measure in the newer plan."
        ),
        "status": Column(
            "string",
            "一字未改或措辞有别。",
            "The same to the character (kept), or in other words (revised).",
            choices=("kept", "revised"),
            required=True,
        ),
        "score": SCORE,
        "old_text": OLD_TEXT,
        "new_text": NEW_TEXT,
    },
)

SHARES = Table(
    zh="每两期计划一行。",
    en="One row for each two plans.",
    columns={
        **_TWO_PLANS,
        "shared": Column("int64", "共有举措数。", "Measures that they share.", least=0.0),
        "kept": Column("int64", "其中一字未改者。", "Those of them that are the same.", least=0.0),
        "old_measures": Column(
            "int64", "较早计划的举措数。", "Measures of the older plan.", least=0.0
        ),
        "new_measures": Column(
            "int64", "较晚计划的举措数。", "Measures of the newer plan.", least=0.0
        ),
        "share": Column(
            "float64",
            "共有者占举措较少一期的比例；其无举措则为空。",
            "Shared by the measures of the plan that has fewer; empty where that has none.",
            least=0.0,
            most=1.0,
        ),
    },
    key=("old_plan", "new_plan"),
    name="by_plans",
    title=Title("每两期一行", "one row for each two plans"),
)

SHARE_GRID = Table(
    zh="每期计划一行一列，为其共有的比例。",
    en="Each plan in a row and in a column, with the share that two have in common.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        PLANS: Column(
            "float64",
            "与列名所指计划共有的比例；自身为空。",
            "The share with the plan after which the column is named; empty for itself.",
            least=0.0,
            most=1.0,
        ),
    },
    key=("plan",),
    name="grid",
    title=Title("每期计划一列", "a column for each plan"),
)
