"""The tables of fetching, verifying and collating texts."""

from crossplan.tables import Column, Table, Title

_PLAN = Column("string", "计划的编号。", "Id of the plan.", required=True)
_WITNESS = Column("string", "文本的名称。", "Name of the text; empty where there is none.")
_VERDICT = Column(
    "string",
    "核验的结论。",
    "What the findings come to: complete, usable with gaps, refused, or no text.",
)
_ADDRESS = Column("string", "来源的网址。", "Address that the text comes from.")


def _count(zh: str, en: str) -> Column:
    return Column("Int64", zh, en, least=0.0)


_HEADINGS_FOUND = _count("找到的标题数。", "Headings that were found.")
_HEADINGS = _count("应有的标题数。", "Headings that were looked for.")
_MEASURES = _count("举措数。", "Measures.")
_CHARACTERS = _count("字数。", "Characters.")

VERIFIED = Table(
    zh="每份文本一行。",
    en="One row for each text of each plan.",
    columns={
        "plan": _PLAN,
        "witness": _WITNESS,
        "in_use": Column("bool", "是否正在使用。", "Whether it is the one that is used."),
        "verdict": _VERDICT,
        "reason": Column(
            "string", "拒绝的原因或所缺之处。", "Why it is refused, or what it lacks."
        ),
        "headings_found": _HEADINGS_FOUND,
        "headings": _HEADINGS,
        "measures": _MEASURES,
        "characters": _CHARACTERS,
        "gaps": Column("int64", "缺漏数。", "Findings that are gaps.", least=0.0),
        "notes": Column("int64", "提示数。", "Findings that are notes.", least=0.0),
        "source": Column("string", "来源。", "Where the text comes from."),
        "address": _ADDRESS,
        "sha256": Column("string", "文件的校验和。", "Checksum of its file."),
    },
)

FINDINGS = Table(
    zh="每项发现一行。",
    en="One row for each finding.",
    columns={
        "plan": _PLAN,
        "witness": _WITNESS,
        "severity": Column("string", "缺漏或提示。", "Whether it is a gap or a note."),
        "finding": Column("string", "发现的类型。", "What kind of finding it is."),
        "place": Column("string", "位置。", "Where it is."),
        "count": _count("数目。", "How many there are."),
        "detail": Column("string", "详情。", "What it is about."),
    },
    name="findings",
    title=Title("各项发现", "the findings"),
)

HEADINGS_FOUND = Table(
    zh="每个标题一行。",
    en="One row for each heading of each text.",
    columns={
        "plan": _PLAN,
        "witness": _WITNESS,
        "id": Column("string", "标题的编号。", "Id of the heading.", required=True),
        "title": Column("string", "题名。", "Its title."),
        "level": Column("string", "层级。", "Its level."),
        "found": Column("bool", "是否找到。", "Whether it was found."),
        "measures": _MEASURES,
        "characters": _CHARACTERS,
    },
    name="sections",
    title=Title("各标题", "the headings"),
)

FETCHED = Table(
    zh="每期计划一行。",
    en="One row for each plan.",
    columns={
        "plan": _PLAN,
        "outcome": Column(
            "string",
            "获取的结果。",
            "Whether its text was fetched, was at hand before, or was not got.",
            choices=("fetched", "at hand", "not got"),
            required=True,
        ),
        "verdict": _VERDICT,
        "witness": _WITNESS,
        "address": _ADDRESS,
        "revision": Column("string", "维基页面的版本。", "Revision of the page of a wiki."),
        "characters": _CHARACTERS,
        "headings_found": _HEADINGS_FOUND,
        "headings": _HEADINGS,
        "measures": _MEASURES,
        "problem": Column("string", "未获取或有缺漏的原因。", "What went wrong, or is missing."),
    },
    key=("plan",),
)

ATTEMPTS = Table(
    zh="每个尝试过的网址一行。",
    en="One row for each address that was tried.",
    columns={
        "plan": _PLAN,
        "address": _ADDRESS,
        "outcome": Column("string", "结果。", "The verdict on its text, or that there is none."),
        "problem": Column("string", "问题。", "What went wrong, or is missing."),
    },
    name="attempts",
    title=Title("尝试过的网址", "the addresses that were tried"),
)


def _place(zh: str, en: str) -> Column:
    return Column("int64", zh, en, least=0.0)


VARIANTS = Table(
    zh="两份文本每处相异一行。",
    en="One row for each place where two texts differ.",
    columns={
        "variant": Column("int64", "序号。", "Its number.", least=1.0, required=True),
        "passage_id": Column("string", "甲本中段落的编号。", "Id of the passage in text a."),
        "kind": Column(
            "string",
            "异文类型。",
            "What kind of difference it is.",
            choices=("figure", "wording", "omission", "addition", "punctuation", "line break"),
            required=True,
        ),
        "a_text": Column("string", "甲本的读法。", "The reading of a."),
        "b_text": Column("string", "乙本的读法。", "The reading of b."),
        "before": Column("string", "其前之文。", "What stands before it."),
        "after": Column("string", "其后之文。", "What stands behind it."),
        "a_start": _place("甲本中的起点。", "Where it begins in the reading text of a."),
        "a_end": _place("甲本中的终点。", "Where it ends there."),
        "b_start": _place("乙本中的起点。", "Where it begins in the reading text of b."),
        "b_end": _place("乙本中的终点。", "Where it ends there."),
    },
    key=("variant",),
)
