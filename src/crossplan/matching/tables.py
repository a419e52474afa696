"""Declarations of the tables of results of this package."""

from crossplan.pairing.decisions import INITIALS, NOTE, TO_REVIEW
from crossplan.tables import PLANS, Column, Table, Title

_MARGIN = Column(
    "float64",
    "得分与最强竞争者或成对所需分数（取较近者）之差。",
    (
        "Distance of the score to that of the rival, or to the score that a pair needs, if "
        "that is nearer."
    ),
)

OLD_ID = Column(
    "string",
    "旧计划中该举措的编号；新增者为空。",
    "Id of the measure in the older plan; empty for a new one.",
)

NEW_ID = Column(
    "string",
    "新计划中该举措的编号；不再出现者为空。",
    "Id of the measure in the newer plan; empty for one that was dropped.",
)

MOVED = Column(
    "boolean",
    "是否移至并非原标题所承接的标题之下；无对应者为空。",
    (
        "Whether it stands under a heading that the old one did not go into; empty for "
        "what has no partner."
    ),
)

SCORE = Column(
    "float64",
    "两者为同一承诺的估计可能性，满分 100；至少 40 方成对。",
    "Estimated chance, of 100, that the two are one commitment; a pair needs 40.",
    least=0.0,
    most=100.0,
)

OLD_TEXT = Column("string", "举措在旧计划中的正文。", "Text of the measure in the older plan.")

NEW_TEXT = Column("string", "举措在新计划中的正文。", "Text of the measure in the newer plan.")

SECTIONS = Table(
    zh="相邻两期计划中每对标题（章与节）一行，无对应者亦各一行；合并或拆分者按其每一对各占一行。",
    en=(
        "One row for each pair of headings (chapters and sections) of two consecutive plans, and "
        "for each heading without a partner. What was merged or split has a row for each of its "
        "pairs."
    ),
    columns={
        "old_id": Column(
            "string",
            "旧计划中该章或节的编号；无前身者为空。",
            "Id of the chapter or section in the older plan; empty for a new one.",
        ),
        "old_title": Column("string", "旧计划中的题名。", "Its title in the older plan."),
        "new_id": Column(
            "string",
            "新计划中该章或节的编号；无后继者为空。",
            "Id of the chapter or section in the newer plan; empty for one that was dropped.",
        ),
        "new_title": Column("string", "新计划中的题名。", "Its title in the newer plan."),
        "relation": Column(
            "string",
            "标题的去向：题名未变、更名、合并、拆分、无前身、无后继。",
            (
                "What became of the heading: same title (kept), another title (renamed), several "
                "into one (merged), one into several (split), no predecessor (new), no successor "
                "(dropped)."
            ),
            choices=("kept", "renamed", "merged", "split", "new", "dropped"),
            required=True,
        ),
        "moved": Column(
            "boolean",
            "是否移章或升降级；无对应者为空。",
            "Whether its level or its chapter changed; empty for what has no partner.",
        ),
        "score": Column(
            "float64",
            "支持这一对应的程度，0 至 100；至少 60 方成对。",
            "How much speaks for the pair, from 0 to 100; a pair needs 60.",
            least=0.0,
            most=100.0,
        ),
        "runner_up": Column(
            "string",
            "最强竞争者的编号；无对应者则为被否定者中最强的一个。",
            (
                "Id of the best rival of the pair; of a heading without a partner, the best that "
                "was refused."
            ),
        ),
        "margin": _MARGIN,
        "to_review": TO_REVIEW,
    },
)

MEASURES = Table(
    zh="两期计划中每对举措一行，无对应者亦各一行；合并或拆分者按其每一对各占一行。",
    en=(
        "One row for each pair of measures of two plans, and for each measure without a partner. "
        "What was merged or split has a row for each of its pairs."
    ),
    columns={
        "old_id": OLD_ID,
        "new_id": NEW_ID,
        "status": Column(
            "string",
            "举措的去向：未改、修改、合并、拆分、新增、不再出现。",
            (
                "What became of the measure: the same to the character (kept), in other words "
                "(revised), several into one (merged), one into several (split), no predecessor "
                "(new), no successor (dropped)."
            ),
            choices=("kept", "revised", "merged", "split", "new", "dropped"),
            required=True,
        ),
        "moved": MOVED,
        "score": SCORE,
        "runner_up": Column(
            "string",
            "最强竞争者的编号；无对应者则为被否定者中最强的一个。",
            (
                "Id of the best rival of the pair; of a measure without a partner, the best that "
                "was refused."
            ),
        ),
        "margin": _MARGIN,
        "to_review": TO_REVIEW,
        "old_text": OLD_TEXT,
        "new_text": NEW_TEXT,
        "old_section": Column(
            "string", "旧计划中所属标题的题名。", "Title of the heading above it in the older plan."
        ),
        "new_section": Column(
            "string", "新计划中所属标题的题名。", "Title of the heading above it in the newer plan."
        ),
        "decided_by": Column(
            "string",
            "此行由谁裁定：规则或复核者。",
            "Who decided the row: the rule, or a reviewer.",
            choices=("rule", "reviewer"),
            required=True,
        ),
        "note": NOTE,
        "initials": INITIALS,
    },
)

MEASURE_STEPS = Table(
    zh="每项承诺从一期计划到后一期计划的每一步一行，含新增与不再出现者。",
    en=(
        "One row for each step of a commitment from one plan to a later one, what is new and "
        "what was dropped included."
    ),
    columns={
        "lineage": Column(
            "string",
            "该步所属沿革的第一项举措的编号。",
            "Id of the first measure of the lineage that the step belongs to.",
            required=True,
        ),
        "old_plan": Column(
            "string", "该步起于哪一期计划。", "Id of the plan that the step leaves.", required=True
        ),
        "new_plan": Column(
            "string",
            "该步至于哪一期计划。",
            "Id of the plan that the step leads to.",
            required=True,
        ),
        "old_id": OLD_ID,
        "new_id": NEW_ID,
        "status": Column(
            "string",
            "举措在该步的去向：未改、修改、合并、拆分、新增、不再出现，或隔期再现。",
            (
                "What became of the measure in this step: kept, revised, merged, split, new, "
                "dropped, or revived after a plan without it."
            ),
            choices=("kept", "revised", "merged", "split", "new", "dropped", "revived"),
            required=True,
        ),
        "moved": MOVED,
        "score": SCORE,
        "old_text": OLD_TEXT,
        "new_text": NEW_TEXT,
    },
)

LINEAGES = Table(
    zh="每项承诺一行，列出其在各期计划中的举措。",
    en="One row for each commitment, with its measures in every plan.",
    columns={
        "lineage": Column(
            "string",
            "沿革中第一项举措的编号。",
            "Id of the first measure of the lineage.",
            required=True,
        ),
        "first": Column(
            "string", "最早载有它的计划。", "Id of the first plan that has it.", required=True
        ),
        "last": Column(
            "string", "最晚载有它的计划。", "Id of the last plan that has it.", required=True
        ),
        "plans": Column(
            "int64", "见于几期计划。", "In how many plans it stands.", least=1.0, required=True
        ),
        "revived": Column(
            "bool",
            "是否曾隔期再现。",
            "Whether it came back after a plan without it.",
            required=True,
        ),
        PLANS: Column(
            "string",
            "它在列名所指计划中的举措编号，以分号相连；没有则为空。",
            (
                "Ids of its measures in the plan after which the column is named, joined by a "
                "semicolon; empty if there are none."
            ),
        ),
    },
    key=("lineage",),
    name="lineages",
    title=Title("每条沿革一行", "one row for each lineage"),
)

# The evidence for a pair, each from 0 to 1: of headings the first five, of measures the others.
_PARTS = {
    "title": Column("float64", "题名的相似程度。", "Likeness of the titles.", optional=True),
    "text": Column("float64", "正文的相似程度。", "Likeness of the texts.", optional=True),
    "votes": Column(
        "float64",
        "所属举措互相对应的份额。",
        "Share of the measures below the headings that went from one to the other.",
        optional=True,
    ),
    "place": Column(
        "float64",
        "在各自计划中位置的接近程度。",
        "How close their places in the plans are.",
        optional=True,
    ),
    "characters": Column(
        "float64",
        "共有字及相邻字的程度。",
        "Likeness of characters and their pairs.",
        optional=True,
    ),
    "contained": Column(
        "float64",
        "短者包含于长者的程度。",
        "How much of the shorter the other contains.",
        optional=True,
    ),
    "rarity": Column(
        "float64", "共有之处的罕见程度。", "How rare it is what they share.", optional=True
    ),
    "wording": Column(
        "float64", "字序的相似程度。", "Likeness of the order of characters.", optional=True
    ),
    "standing": Column(
        "float64",
        "在各自其他候选者中的突出程度。",
        "How far the pair stands out among the other pairs of its two measures.",
        optional=True,
    ),
    "neighbours": Column(
        "float64",
        "前后举措去向一致的程度。",
        "How far the measures around them went to the same place.",
        optional=True,
    ),
}
_CANDIDATE_IDS = {
    "old_id": Column("string", "旧计划中候选者的编号。", "Id of the candidate in the older plan."),
    "new_id": Column("string", "新计划中候选者的编号。", "Id of the candidate in the newer plan."),
}
_CANDIDATE_SCORE = Column(
    "float64",
    "支持这一对应的程度，0 至 100。",
    "How much speaks for the pair, from 0 to 100.",
    least=0.0,
    most=100.0,
    required=True,
)

CANDIDATES = Table(
    zh="每对候选者一行，列其得分与得分的各部分。",
    en="One row for each pair that came into question, with its score and the parts of it.",
    columns={**_CANDIDATE_IDS, "score": _CANDIDATE_SCORE, **_PARTS},
    name="candidates",
    title=Title("候选的对应", "the pairs that came into question"),
    written=False,
)

EXPLANATION = Table(
    zh="所问编号的每对候选者一行，得分高者在前。",
    en="One row for each candidate for the id that was asked for, the best first.",
    columns={
        **_CANDIDATE_IDS,
        "outcome": Column(
            "string", "两者的对应关系；未成对者为空。", "How the two were linked; empty where not."
        ),
        "score": _CANDIDATE_SCORE,
        **_PARTS,
        "old_text": Column("string", "旧文。", "Text of the older one, or its title."),
        "new_text": Column("string", "新文。", "Text of the newer one, or its title."),
    },
)

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
