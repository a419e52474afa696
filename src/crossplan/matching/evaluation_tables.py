"""The tables of how good a comparison is: agreement, evaluation, and the truth."""

from crossplan.matching.tables import MEASURES, MOVED, NEW_ID, OLD_ID
from crossplan.tables import Column, Table, Title

_FIRST = Column("string", "一位编码者。", "One coder.", required=True)
_SECOND = Column("string", "另一位编码者。", "The other coder.", required=True)

AGREEMENT = Table(
    zh="每两位编码者（机器或复核者）一行。",
    en="One row for each two coders: the machine, or a reviewer.",
    columns={
        "first": _FIRST,
        "second": _SECOND,
        "judged": Column("int64", "两者皆有裁定的对数。", "Pairs that both judged.", least=0.0),
        "agreed": Column("int64", "裁定一致的对数。", "Pairs on which both agree.", least=0.0),
        "share": Column(
            "float64", "一致者的比例。", "Share of these, 0 to 1.", least=0.0, most=1.0
        ),
        "kappa": Column(
            "float64",
            "Cohen 的 kappa；裁定全同者为空。",
            "Cohen's kappa; empty where all judgements are the same.",
        ),
        "alpha": Column(
            "float64",
            "Krippendorff 的 alpha（名义尺度）；裁定全同者为空。",
            "Krippendorff's alpha, nominal; empty where all judgements are the same.",
        ),
    },
    key=("first", "second"),
)

CODER_DISAGREEMENTS = Table(
    zh="两位编码者裁定不一的每对举措一行。",
    en="One row for each pair of measures on which two coders do not agree.",
    columns={
        "first": _FIRST,
        "second": _SECOND,
        "old_id": Column(
            "string",
            "旧计划中举措的编号；所裁定者为是否新增时为空。",
            "Id of the older measure; empty where the question was whether one is new.",
        ),
        "new_id": Column(
            "string",
            "新计划中举措的编号；所裁定者为是否不再出现时为空。",
            "Id of the newer measure; empty where the question was whether one was dropped.",
        ),
        "first_says": Column("boolean", "前者是否认为对应。", "Whether the one links them."),
        "second_says": Column("boolean", "后者是否认为对应。", "Whether the other links them."),
    },
    name="disagreements",
    title=Title("不一致之处", "where coders do not agree"),
)


def _share(zh: str, en: str) -> Column:
    return Column("float64", zh, en, least=0.0, most=1.0)


EVALUATION = Table(
    zh="全部对应一行（links），其后每种关系一行。",
    en="One row for all pairs (links), then one for each relation.",
    columns={
        "relation": Column(
            "string", "关系；links 为全部对应。", "The relation, or links for all.", required=True
        ),
        "found": Column("int64", "所得之数。", "How many were found.", least=0.0),
        "true": Column("int64", "真实之数。", "How many are true.", least=0.0),
        "correct": Column(
            "int64", "所得中真实之数。", "How many of those found are true.", least=0.0
        ),
        "precision": _share("精确率。", "Precision: share of those found that are true."),
        "recall": _share("召回率。", "Recall: share of those true that were found."),
        "f1": _share("F1；无可得亦无所得者为空。", "F1; empty where nothing was there nor found."),
        "f1_low": _share("95% 自助法区间的下端。", "Lower end of the 95 % bootstrap interval."),
        "f1_high": _share("95% 自助法区间的上端。", "Upper end of the 95 % bootstrap interval."),
    },
    key=("relation",),
)

TRUTH = Table(
    zh="构造所知的每对举措一行，无对应者亦各一行。",
    en="One row for each pair of measures that the construction knows, and for each without one.",
    columns={
        "old_id": OLD_ID,
        "new_id": NEW_ID,
        "status": MEASURES.columns["status"],
        "moved": MOVED,
        "edit": Column(
            "string", "所作的改动；未改者为空。", "What was done to it; empty if nothing."
        ),
    },
)
