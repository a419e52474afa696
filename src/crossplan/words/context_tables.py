"""The tables of words in their company: concordance, collocations, pairs, candidates."""

from crossplan.tables import Column, Table

CONCORDANCE = Table(
    zh="所寻之词或模式的每一处一行，依正文顺序。",
    en="One row for each place of what was sought, in the order of the texts.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "section": Column("string", "所在节（或章）的编号。", "Id of the section, or chapter."),
        "section_title": Column("string", "其题名。", "Its title."),
        "measure_id": Column(
            "string", "所在举措的编号；目标与段落为空。", "Id of the measure; empty elsewhere."
        ),
        "passage_id": Column("string", "所在段落的编号。", "Id of the passage.", required=True),
        "left": Column("string", "左侧上下文。", "What stands before it, within the passage."),
        "match": Column("string", "所得之词语。", "What was found.", required=True),
        "right": Column("string", "右侧上下文。", "What stands behind it, within the passage."),
        "pattern": Column("string", "所寻之词或模式。", "What was sought.", required=True),
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
)


def _count(zh: str, en: str) -> Column:
    return Column("Int64", zh, en, least=0.0)


_LOG_DICE = Column(
    "float64",
    "关联强度 logDice：最大为 14，每差 1 为一倍。",
    "Strength of the bond: 14 at most, and each point doubles it.",
    most=14.0,
)

COLLOCATIONS = Table(
    zh="每个搭配词一行，logDice 高者在前。",
    en="One row for each collocate, the highest logDice first.",
    columns={
        "collocate": Column("string", "搭配词。", "The word beside the term.", required=True),
        "count": _count("同现次数。", "How often it stands beside the term, or with it."),
        "left": _count(
            "其中在前者；按句统计则为空。", "Of these, before it; empty within sentences."
        ),
        "right": _count(
            "其中在后者；按句统计则为空。", "Of these, behind it; empty within sentences."
        ),
        "term_count": _count("该词的次数。", "How often the term stands anywhere."),
        "collocate_count": _count("搭配词的次数。", "How often the collocate stands anywhere."),
        "expected": Column(
            "float64", "随机所期望的同现次数。", "Count to expect by chance.", least=0.0
        ),
        "log_dice": _LOG_DICE,
        "mi": Column("float64", "互信息，以比特计。", "Mutual information, in bits."),
        "t": Column("float64", "t 值。", "The t-score."),
    },
    key=("collocate",),
)

COOCCURRENCE = Table(
    zh="同现的每对用词一行，logDice 高者在前。",
    en="One row for each pair of terms that stand together, the highest logDice first.",
    columns={
        "term": Column("string", "一个用词。", "The one term.", required=True),
        "other_term": Column("string", "另一用词。", "The other term.", required=True),
        "count": _count("两者同在的文段数。", "Stretches of text with both."),
        "term_count": _count("有前者的文段数。", "Stretches with the one."),
        "other_count": _count("有后者的文段数。", "Stretches with the other."),
        "log_dice": _LOG_DICE,
    },
    key=("term", "other_term"),
)

CANDIDATES = Table(
    zh="可收入词表的每个候选词一行，频次高者在前。",
    en="One row for each candidate for a lexicon, the most frequent first.",
    columns={
        "term": Column("string", "候选词。", "The candidate.", required=True),
        "words": Column("string", "目前的切分。", "The words that it is cut into now."),
        "count": _count("出现次数。", "How often it stands there."),
        "passages": Column("int64", "见于几段。", "In how many passages.", least=0.0),
        "cohesion": Column(
            "float64", "内部凝固程度，以比特计。", "How firmly its parts stick, in bits."
        ),
        "freedom": Column(
            "float64", "两侧用字的自由程度，以比特计。", "How freely its neighbours vary, in bits."
        ),
        "example": Column("string", "含有它的一段。", "A passage with it."),
    },
)
