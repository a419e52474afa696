"""Declarations of the tables of terms."""

from crossplan.tables import PLANS, Column, Table, Title

_TERM = Column(
    "string", "用词，或词组的名称。", "The term, or the name of the group of terms.", required=True
)

FREQUENCIES = Table(
    zh="每个统计单位（计划、章、节或举措）中出现的每个用词或词组一行，频次高者在前。",
    en=(
        "One row for each part of the texts (plan, chapter, section or measure) and each term, "
        "or group of terms, that stands in it. The most frequent come first."
    ),
    columns={
        "unit": Column(
            "string",
            "所统计的计划、章、节或举措的编号。",
            "Id of the plan, chapter, section or measure that was counted.",
            required=True,
        ),
        "plan": Column(
            "string", "所属计划的编号。", "Id of the plan that it belongs to.", required=True
        ),
        "title": Column(
            "string",
            "其题名；举措则为所属节的题名。",
            "Its title; of a measure, that of its section.",
        ),
        "term": _TERM,
        "count": Column(
            "Int64", "出现次数。", "How often it stands there.", least=0.0, required=True
        ),
        "rate": Column(
            "float64",
            "每万词次数。",
            "Times in 10,000 words of the unit.",
            least=0.0,
            required=True,
        ),
        "units": Column(
            "int64",
            "见于表中几个单位。",
            "In how many units of the table it stands.",
            least=0.0,
            required=True,
        ),
        "words": Column(
            "Int64",
            "该单位的总词数，含不列表的停用词；比率以此为分母。",
            "Words of the unit, those included that tables leave out: what rates are shares of.",
            least=0.0,
            required=True,
        ),
        "tf_idf": Column(
            "float64",
            "该单位常用而他处少用者其值高；每单位的向量长度为 1。",
            "High for what a unit speaks of and few others do; the row of a unit has length 1.",
            least=0.0,
            required=True,
        ),
    },
    key=("unit", "term"),
)

TERMS = Table(
    zh="两期计划中任一期所用的每个用词或词组一行，差异最突出者在前。",
    en=(
        "One row for each term, or group of terms, that either of two plans has. What stands out "
        "most comes first."
    ),
    columns={
        "term": _TERM,
        "old_count": Column(
            "int64",
            "旧计划中的出现次数。",
            "How often it stands in the older plan.",
            least=0.0,
            required=True,
        ),
        "new_count": Column(
            "int64",
            "新计划中的出现次数。",
            "How often it stands in the newer plan.",
            least=0.0,
            required=True,
        ),
        "old_rate": Column(
            "float64",
            "旧计划中每万词次数。",
            "Times in 10,000 words of the older plan.",
            least=0.0,
            required=True,
        ),
        "new_rate": Column(
            "float64",
            "新计划中每万词次数。",
            "Times in 10,000 words of the newer plan.",
            least=0.0,
            required=True,
        ),
        "log_ratio": Column(
            "float64",
            (
                "对数比：新计划使用频率为旧计划的几次倍增；次数为 0 者按 0.5 计。两期皆无的词组为空"
                "。"
            ),
            (
                "How many times more often the newer plan has it, in doublings; a count of 0 is "
                "taken as 0.5. Empty for groups that neither plan has."
            ),
        ),
        "g2": Column(
            "float64",
            "对数似然比：差异的突出程度；新计划少于期望者为负。",
            (
                "Log-likelihood: how surprising the difference is; negative where the newer plan "
                "has it less than expected."
            ),
            required=True,
        ),
        "p": Column(
            "float64",
            "若两者皆自同一词库随机抽取，差异如此之大的概率；计划是全文而非抽样。",
            (
                "How rarely two draws from one stock of words would differ so much. The plans are "
                "whole and no draws."
            ),
            least=0.0,
            most=1.0,
            required=True,
        ),
        "p_adjusted": Column(
            "float64",
            "按用词数目校正后的 p（Benjamini–Hochberg 法）。",
            "The same, corrected for the number of terms (Benjamini and Hochberg).",
            least=0.0,
            most=1.0,
            required=True,
        ),
        "percent_difference": Column(
            "float64",
            "比率之差占旧计划比率的百分比；旧计划未用者为空。",
            (
                "Difference of the rates in percent of the older one; empty where the older plan "
                "has none."
            ),
        ),
        "bayes_factor": Column(
            "float64",
            "差异的 BIC 值：2 以上为有证据，6 以上为强证据，负值则支持无变化。",
            (
                "BIC of the difference: from 2 positive, from 6 strong evidence, below 0 for no "
                "change."
            ),
            required=True,
        ),
        "log_odds": Column(
            "float64",
            "该用词相对表中其他用词的对数优势比（带信息先验）；词组为空。",
            (
                "Log-odds of the term against all other terms of the table, with an informative "
                "prior; empty for groups."
            ),
        ),
        "log_odds_z": Column(
            "float64",
            "对数优势比除以其标准差；词组为空。",
            "The log-odds divided by their standard deviation; empty for groups.",
        ),
        "old_sections": Column(
            "int64",
            "见于旧计划几节。",
            "In how many sections of the older plan it stands.",
            least=0.0,
            required=True,
        ),
        "new_sections": Column(
            "int64",
            "见于新计划几节。",
            "In how many sections of the newer plan it stands.",
            least=0.0,
            required=True,
        ),
        "old_dp": Column(
            "float64",
            "旧计划中的分布偏差 DP：0 为均匀，近 1 为集中；未出现者为空。",
            (
                "Gries's DP in the older plan: 0 as even as its sections are long, towards 1 "
                "clumped; empty where it does not stand."
            ),
        ),
        "new_dp": Column(
            "float64",
            "新计划中的分布偏差 DP：0 为均匀，近 1 为集中；未出现者为空。",
            (
                "Gries's DP in the newer plan: 0 as even as its sections are long, towards 1 "
                "clumped; empty where it does not stand."
            ),
        ),
        "old_juilland_d": Column(
            "float64",
            "旧计划中的 Juilland D：1 为均匀，0 为集中于一节；未出现者为空。",
            (
                "Juilland's D in the older plan: 1 even, 0 all in one section; empty where it does "
                "not stand."
            ),
        ),
        "new_juilland_d": Column(
            "float64",
            "新计划中的 Juilland D：1 为均匀，0 为集中于一节；未出现者为空。",
            (
                "Juilland's D in the newer plan: 1 even, 0 all in one section; empty where it does "
                "not stand."
            ),
        ),
        "change": Column(
            "string",
            "仅见于新计划为新增，仅见于旧计划为不再出现，明显增多或减少，其余为平稳。",
            (
                "Only in the newer plan (new), only in the older (dropped), markedly more or less "
                "often (rising, falling), else stable."
            ),
            choices=("new", "dropped", "rising", "falling", "stable"),
            required=True,
        ),
        "characters_old_count": Column(
            "Int64",
            "其字串在旧计划中的出现次数，不论如何分词。",
            (
                "How often its characters stand together in the older plan, whatever words they "
                "fall into."
            ),
            optional=True,
        ),
        "characters_new_count": Column(
            "Int64",
            "其字串在新计划中的出现次数，不论如何分词。",
            (
                "How often its characters stand together in the newer plan, whatever words they "
                "fall into."
            ),
            optional=True,
        ),
        "characters_change": Column(
            "string",
            "按字串计的变化。",
            "The change by that count.",
            choices=("new", "dropped", "rising", "falling", "stable"),
            optional=True,
        ),
        "plain_old_count": Column(
            "Int64",
            "不用词表、不作推测地分词时，在旧计划中的出现次数。",
            (
                "How often it stands in the older plan if words are cut without lexicon and "
                "without guesses."
            ),
            optional=True,
        ),
        "plain_new_count": Column(
            "Int64",
            "不用词表、不作推测地分词时，在新计划中的出现次数。",
            (
                "How often it stands in the newer plan if words are cut without lexicon and "
                "without guesses."
            ),
            optional=True,
        ),
        "plain_change": Column(
            "string",
            "按此分词计的变化。",
            "The change by that count.",
            choices=("new", "dropped", "rising", "falling", "stable"),
            optional=True,
        ),
        "survives": Column(
            "boolean",
            "三种统计是否一致；无法另行统计者为空。",
            (
                "Whether all three counts say the same; empty where the term cannot be counted in "
                "other ways."
            ),
            optional=True,
        ),
    },
    key=("term",),
)

TERM_TRACE = Table(
    zh="每个用词或词组在每期计划中一行。",
    en="One row for each term, or group of terms, and each plan.",
    columns={
        "term": _TERM,
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "state": Column(
            "string",
            "正文在手为 known；否则为 unknown，数值皆空。",
            (
                "Known where the text of the plan is at hand; else unknown, and the figures are "
                "empty."
            ),
            choices=("known", "unknown"),
            required=True,
        ),
        "count": Column(
            "Int64", "在该计划中的出现次数。", "How often it stands in the plan.", least=0.0
        ),
        "rate": Column(
            "float64", "在该计划中每万词次数。", "Times in 10,000 words of the plan.", least=0.0
        ),
        "sections": Column(
            "Int64", "见于该计划几节。", "In how many sections of the plan it stands.", least=0.0
        ),
        "words": Column(
            "Int64",
            "该计划的总词数，含不列表的停用词。",
            "Words of the plan, those included that tables leave out.",
            least=0.0,
        ),
    },
    key=("term", "plan"),
)

APPEARANCES = Table(
    zh="每个用词或词组一行，列其最早与最晚见于哪期计划。",
    en=(
        "One row for each term, or group of terms, with the plans in which it first and last "
        "appears."
    ),
    columns={
        "term": _TERM,
        "first": Column(
            "string",
            "正文中最早载有它的计划；皆无则为空。",
            "Id of the first plan whose text has it; empty where none has.",
        ),
        "last": Column(
            "string",
            "正文中最晚载有它的计划；皆无则为空。",
            "Id of the last plan whose text has it; empty where none has.",
        ),
        "plans": Column(
            "int64",
            "在手正文中有几期载有它。",
            "How many plans have it, of those whose text is at hand.",
            least=0.0,
            required=True,
        ),
        "unknown": Column(
            "string",
            "正文不在手、或许亦载有它的计划。",
            "Plans without text at hand, in which it may well stand.",
        ),
    },
    key=("term",),
    name="appearances",
    title=Title("始见与末见", "first and last appearance"),
)

OVERLAPS = Table(
    zh="每两个在同一处重复计数的词组一行。",
    en="One row for two groups of terms that count the same places.",
    columns={
        "group": Column("string", "一个词组的名称。", "Name of the one group.", required=True),
        "other_group": Column(
            "string", "另一词组的名称。", "Name of the other group.", required=True
        ),
        "count": Column(
            "Int64",
            "两者同时计入的位置数。",
            "How many places hold a word that both claim.",
            least=1.0,
            required=True,
        ),
        "terms": Column(
            "string", "该处的词语，频次高者在前。", "What stands there, the most frequent first."
        ),
    },
    key=("group", "other_group"),
    name="overlaps",
    title=Title("同属两组之处", "places that count for two groups"),
    when=lambda result: bool(result.groups),
)

TERM_GRID = Table(
    zh="每个用词或词组一行，列出其在各期计划中的比率。",
    en="One row for each term, or group of terms, with its rate in each plan.",
    columns={
        "term": _TERM,
        PLANS: Column(
            "float64",
            "列名所指计划中每万词次数；正文不在手则为空。",
            (
                "Times in 10,000 words of the plan after which the column is named; empty where no "
                "text is at hand."
            ),
            least=0.0,
        ),
    },
    key=("term",),
    name="grid",
    title=Title("每期计划一列", "a column for each plan"),
)
