"""Declarations of the tables of headings and of measures or goals."""

from crossplan.tables import Column, Table

_ID = Column("string", "编号。", "Its id.", required=True)
_PLAN = Column("string", "计划的编号。", "Id of the plan.", required=True)
_CHAPTER = Column(
    "int64", "章的序号；引言为 0。", "Number of the chapter; 0 for the introduction.", least=0.0
)
_SECTION = Column(
    "Int64", "节的序号；直属于章者为空。", "Number of the section; empty right below a chapter."
)

HEADINGS = Table(
    zh="每章、每节一行。",
    en="One row for each chapter and each section.",
    columns={
        "id": _ID,
        "plan": _PLAN,
        "chapter": _CHAPTER,
        "section": _SECTION,
        "title": Column("string", "题名。", "Its title.", required=True),
        "title_en": Column("string", "英文题名。", "Its title in English, where one was seen."),
        "level": Column("string", "章或节。", "Whether it is a chapter or a section."),
        "measures": Column(
            "Int64",
            "其下举措数；正文不在手则为空。",
            "Measures below it; empty where no text is at hand.",
            least=0.0,
        ),
        "characters": Column(
            "Int64",
            "其下字数；正文不在手则为空。",
            "Characters below it; empty where no text is at hand.",
            least=0.0,
        ),
    },
    key=("id",),
)

PASSAGES = Table(
    zh="每项举措（或目标）一行。",
    en="One row for each measure, or each goal.",
    columns={
        "id": _ID,
        "plan": _PLAN,
        "chapter": _CHAPTER,
        "section": _SECTION,
        "section_title": Column("string", "所属标题的题名。", "Title of the heading above it."),
        "order": Column("int64", "在该标题下的序号。", "Its number below that heading.", least=1.0),
        "lead": Column("string", "起首语。", "Its first words, which name it."),
        "text": Column("string", "正文。", "Its text.", required=True),
        "characters": Column("Int64", "字数。", "Characters of the text.", least=0.0),
        "start": Column(
            "Int64",
            "在正文中的起点，自 0 起按字符计。",
            "Where it begins in the reading text, counted in characters from 0.",
            least=0.0,
        ),
        "end": Column(
            "Int64",
            "在正文中的终点：其后第一个字符。",
            "Where it ends: the first character behind it.",
            least=0.0,
        ),
    },
    key=("id",),
)
