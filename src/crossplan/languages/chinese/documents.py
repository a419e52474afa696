"""The form of Chinese documents: sentences, opening, numbered headings and measures, and end."""

import re
from collections.abc import Iterator

from crossplan.languages.chinese.numerals import (
    COUNTING,
    NOUGHT,
    ONE_TO_NINE,
    WIDE_FIGURES,
    in_figures,
    read_integer,
    read_numeral,
)
from crossplan.languages.language import DocumentForm, NumberedMarks, PrintedDate
from crossplan.languages.scripts import HAN
from crossplan.thresholds import Threshold

FULL_STOP, COMMA = "。", "，"
SENTENCE_ENDS = (FULL_STOP, "！", "？")
_CLOSING_MARKS = "”’』」）)》"
# Words and marks that join the parts of a title.
JOINING = frozenset({"和", "与", "及", "以及", "、", COMMA})
# Marks that are not found inside titles.
TITLE_STOPS = "。；！？"
_CLAUSE_MARKS = "，。、；：！？"
IN_TITLE = re.compile(f"[{TITLE_STOPS}]")
ENDS_LINE = re.compile(r"[。；：！？…”’』」.;:!?]$")
PUNCTUATION = re.compile(f"[{_CLAUSE_MARKS}]")
SENTENCE_END = re.compile(f"[{TITLE_STOPS}…][{_CLOSING_MARKS}]*$")
CLAUSE = re.compile(
    f"[^{_CLAUSE_MARKS}]*[{_CLAUSE_MARKS}]+[{_CLOSING_MARKS}]*|[^{_CLAUSE_MARKS}]+$"
)
# A line, or a part of a changed text, does not begin with one of these.
NEVER_FIRST = frozenset(f"{_CLAUSE_MARKS}”’』」）》")
# Chinese has no blanks next to these characters.
WITHOUT_BLANKS = f"\u3001-\u301f{HAN}\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026\u2030"

_ENDS = "".join(SENTENCE_ENDS)
_SENTENCE = re.compile(f"[^{_ENDS}]*[{_ENDS}]+[{_CLOSING_MARKS}]*|[^{_ENDS}]+$")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a text, which together cover the whole text.

    Examples
    --------
    >>> list(sentence_spans("完善制度。加强监督。"))
    [(0, 5), (5, 10)]
    """
    return (match.span() for match in _SENTENCE.finditer(text))


# The first year of a five-year plan is this year plus five times the number of the plan.
BEFORE_FIVE_YEAR_PLANS: Threshold[int] = 1951
FIVE_YEARS: Threshold[int] = 5

_NUMERAL = f"[{COUNTING}]{{1,7}}"
_FIGURES = f"[0-9{WIDE_FIGURES}]{{1,3}}"
_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
_SPELLED_YEAR = re.compile(f"[一二][{NOUGHT}{ONE_TO_NINE}]{{3}}(?=年|[—－–-])")
_YEARS = re.compile(rf"{_YEAR}年?[-—–－―─~～至到]{{1,2}}{_YEAR}")
_FIVE_YEARS = re.compile(
    f"十([{ONE_TO_NINE}]?)五[”」]?(?:规划|计划|时期)|第十([{ONE_TO_NINE}]?)个五年"
)
_DAY = re.compile(rf"{_YEAR}(?:年|[-/.])([01]?[0-9])(?:月|[-/.])([0-3]?[0-9])(?![0-9])日?")


def _with_figures(words: str) -> str:
    """Write the years of words in figures.

    Examples
    --------
    >>> _with_figures("二〇一二年六月")
    '2012年六月'
    """
    return _SPELLED_YEAR.sub(lambda year: in_figures(year[0]), words)


def _period_of(words: str) -> tuple[int, int] | None:
    """Return the first and last year of a period named in words, or None.

    Examples
    --------
    >>> _period_of("节水行动计划（2026—2030年）"), _period_of("“十四五”规划")
    ((2026, 2030), (2021, 2025))
    """
    if (years := _YEARS.search(_with_figures(words))) and int(years[1]) <= int(years[2]):
        return int(years[1]), int(years[2])
    if five := _FIVE_YEARS.search(words):
        digit = five[1] or five[2]
        return five_years(10 + (read_integer(digit) if digit else 0))
    return None


def five_years(number: int) -> tuple[int, int]:
    """Return the first and the last year of a five-year plan by its number."""
    start = BEFORE_FIVE_YEAR_PLANS + FIVE_YEARS * number
    return start, start + FIVE_YEARS - 1


def _days(line: str) -> Iterator[PrintedDate]:
    """Yield the days that a line names in full.

    Examples
    --------
    >>> next(_days("——2018年3月5日在大会上"))
    PrintedDate(year=2018, month=3, day=5, printed='2018年3月5日')
    """
    for found in _DAY.finditer(_with_figures(line)):
        year, month, day = map(int, found.groups())
        yield PrintedDate(year, month, day, found.group())


DOCUMENT = DocumentForm(
    contents=("目录",),
    introductions=("导言", "前言", "引言", "序言", "绪论", "导语", "序"),
    neutral_introduction="前言",
    title=re.compile(
        r"[^。；！？：，>|]{0,50}"
        r"(?:计划|规划|纲要|报告|方案|意见|要点|决定|办法|战略|白皮书|通知)"
        r"(?:（[^（）]{1,30}）|\([^()]{1,30}\))?"
    ),
    # Annexes and glossaries, and the text of a web page below an article.
    after_the_end=re.compile(
        rf"(?:附件|附录|附表|附图)[0-9{WIDE_FIGURES}{ONE_TO_NINE}十]{{0,3}}"
        r"(?:[:：\s][^，。；]{0,40})?"
        r"|名词解释|名词注释|名词说明|注释|脚注"
        r"|相关(?:报道|链接|附件|阅读|新闻|稿件)[^，。；]{0,20}"
        r"|打印本页|关闭窗口|分享到[:：]?|[\[【（(]?(?:责任编辑|责编)[:：][^，。；]{0,20}"
    ),
    no_title=re.compile(r"[。；！？，]|[：:]$"),
    families=(
        NumberedMarks(("第{n}编", "第{n}篇", "第{n}部分"), f"(?:{_NUMERAL}|{_FIGURES})"),
        NumberedMarks(("第{n}章",), f"(?:{_NUMERAL}|{_FIGURES})"),
        NumberedMarks(("第{n}节",), f"(?:{_NUMERAL}|{_FIGURES})"),
        NumberedMarks(("{n}、",), _NUMERAL),
        NumberedMarks(("（{n}）", "({n})", "（{n})", "({n}）"), _NUMERAL),
        NumberedMarks(("{n}.", "{n}．", "{n}、"), _FIGURES, strict=True),
        NumberedMarks(("{n}.{n}", "{n}．{n}"), _FIGURES, strict=True),
        NumberedMarks(("（{n}）", "({n})", "（{n})", "({n}）"), _FIGURES, strict=True),
    ),
    sure_openings=("第",),
    numeral=f"(?:{_NUMERAL}|{_FIGURES})",
    read_numeral=read_numeral,
    numbered_measure=re.compile(
        f"第([{ONE_TO_NINE}十百零〇]{{1,7}}|[0-9]{{1,3}})条"
        r"|([0-9]{1,3})[.．、](?![0-9])|[（(]([0-9]{1,3})[）)]|([0-9]{1,3})[）)]"
    ),
    heading_continues=re.compile(r"[，、（(“《—]$"),
    pairs=(("“", "”"), ("《", "》"), ("（", "）")),
    headings_run_on=True,
    period_of=_period_of,
    named_year=re.compile(rf"{_YEAR}年"),
    days=_days,
    with_figures=_with_figures,
)
