"""Whether a passage looks forward to targets or back to achievements.

A report on the work of a government does both: the growth of last year and the planned
growth are described in the same words. They are distinguished by headings, then by the
first words of a paragraph, then by the words of the sentence.
"""

import re
from collections.abc import Iterator
from typing import Literal

from crossplan.languages.chinese.documents import SENTENCE_ENDS, five_years
from crossplan.languages.chinese.numerals import ONE_TO_NINE, read_integer
from crossplan.languages.language import LineAhead
from crossplan.thresholds import Threshold

_Outlook = Literal["forward", "back"]

_CHAPTER = re.compile(rf"^[#\s　]*[{ONE_TO_NINE}十]{{1,3}}、")
LONGEST_HEADING: Threshold[int] = 60
# A heading without a number contains one of these words and no punctuation.
_UNNUMBERED = re.compile(
    r"^[^，。；：！？、]{0,24}(?:工作回顾|工作总结|发展成就|主要目标|目标任务|重点工作|工作安排|"
    r"工作部署|总体要求|主要任务|工作任务)[^，。；：！？]{0,16}$"
)
_BACK_TITLE = re.compile(r"回顾|成就|成绩|成效|总结|取得|过去")
_FORWARD_TITLE = re.compile(
    r"目标|任务|安排|部署|总体要求|建议|重点工作|打算|考虑|取向|今后|思路|实事"
)
OPENING: Threshold[int] = 24
_ADDRESS = re.compile(r"^(?:[#\s　—]|各位代表[！，：])*")
_BACK_OPENING = re.compile(
    r"过去(?:[一二三四五]年|的[一二三四五]年)|(?:一|[二三四五])年来|这[一二三四五]年|刚刚过去|回顾"
)
_FORWARD_OPENING = re.compile(
    r"今年(?:是|工作|经济|发展|主要|，?我们)|做好今年|纲要（?草案|今后|展望|未来|下一步|"
    r"(?:主要|预期|发展|奋斗)目标(?![^。]{0,12}(?:完成|实现|达成))"
)
_FIVE_YEARS = re.compile(f"“(十[{ONE_TO_NINE}]?|二十[{ONE_TO_NINE}]?)五”(?:时期|规划|发展|的)")
_AIMED_AT = re.compile(r"(?:主要|预期|发展|奋斗)目标|力争")
_LAST_YEAR = re.compile(
    r"(?<![比较于近在从])(?:去年|上年(?!度)|过去[一二三四五]年|[一二三四五]年来|截至|刚刚过去)"
)
# Done: 已完成, 取得了. Not 为了, 除了, 了解, nor 已建成, which can still be improved.
_DONE = re.compile(
    r"(?<![为除])了(?![解得])|已(?!建成|有的)|首次|超额|创历史|居全国|位居|来之不易|同比"
)
_YEAR = re.compile(r"(?<![0-9比较])((?:19|20)[0-9]{2})年(?!(?:以)?[来前])")
_NAMED_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
# 比2020年, 到2030年: a base or a deadline.
_NOT_WHEN = ("比", "较", "在", "从", "到", "至", "于")
HEAD: Threshold[int] = 400
_DEADLINE = re.compile(r"(?:到|至)(?P<by>(?:19|20)[0-9]{2})年|(?P<this>今年|全年|年内)")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
# The number of characters before a figure in which words of time are searched.
REACH: Threshold[int] = 400


def _is_numbered(line: str) -> bool:
    """Return whether a line of a text is the heading of a numbered chapter."""
    return bool(_CHAPTER.match(line)) and len(line.strip()) <= LONGEST_HEADING


def _is_chapter(line: str) -> bool:
    """Return whether a line of a text is the heading of a chapter."""
    return _is_numbered(line) or bool(_UNNUMBERED.match(line.strip()))


def _outlook_of_title(title: str, written: int | None = None) -> _Outlook | None:
    """Return whether the chapter under a title looks forward or back; None if unclear.

    A chapter on both, such as 发展成就和主要目标任务, begins by looking back.

    Parameters
    ----------
    title : str
    written : int or None
        The year the text was written in.

    Examples
    --------
    >>> _outlook_of_title("一、2018年工作回顾"), _outlook_of_title("三、2019年政府工作任务")
    ('back', 'forward')
    >>> _outlook_of_title("二、2019年主要工作", 2019), _outlook_of_title("一、2018年主要工作", 2019)
    ('forward', 'back')
    """
    back = _BACK_TITLE.search(title)
    forward = _FORWARD_TITLE.search(title)
    if back and (forward is None or back.start() < forward.start()):
        return "back"
    year = _NAMED_YEAR.search(title)
    if written and year:
        return "back" if int(year[1]) < written else "forward"
    return "forward" if forward else None


def _outlook_of_opening(line: str, written: int | None) -> _Outlook | None:
    """Return whether a paragraph opens by looking forward or back; None if unclear.

    Parameters
    ----------
    line : str
    written : int or None
        The year the text was written in.

    Examples
    --------
    >>> _outlook_of_opening("“十四五”时期发展历程极不平凡。", 2026)
    'back'
    >>> _outlook_of_opening("“十五五”时期是关键时期。", 2026)
    'forward'
    """
    opening = _ADDRESS.sub("", line)[:OPENING]
    if _BACK_OPENING.match(opening):
        return "back"
    if written and (last := _last_year_named(opening)):
        return "back" if last < written else "forward"
    return "forward" if _FORWARD_OPENING.search(opening) else None


def _last_year_named(opening: str) -> int | None:
    """Return the year at the start of a paragraph; the last one of a five-year plan.

    Examples
    --------
    >>> _last_year_named("2025年是“十四五”收官之年"), _last_year_named("“十五五”时期")
    (2025, 2030)
    """
    if match := _FIVE_YEARS.match(opening):
        return five_years(read_integer(match[1]))[1]
    year = re.match(r"(?:到|从|在)?((?:19|20)[0-9]{2})年", opening)
    return int(year[1]) if year else None


def looks_back(sentence: str, figure: int, written: int | None) -> bool:
    """Return whether a figure in a passage that looks forward refers to the past.

    Parameters
    ----------
    sentence : str
    figure : int
        Position of the figure. Words for completed actions count only in its own clause,
        before the figure.
    written : int or None
        The year the text was written in.

    Examples
    --------
    >>> looks_back("去年城镇新增就业1361万人。", 8, None)
    True
    >>> looks_back("财政赤字2.76万亿元，比去年增加3800亿元。", 4, None)
    False
    """
    before = sentence[max(0, figure - REACH) : figure]
    clause = re.split(r"[，；：]", before)[-1]
    if _DONE.search(clause):
        return True
    if _AIMED_AT.search(sentence):
        return False
    past_year = written is not None and any(
        int(match[1]) < written and not before[: match.start()].endswith(_NOT_WHEN)
        for match in _YEAR.finditer(before)
    )
    return past_year or bool(_LAST_YEAR.search(before))


def year_written(text: str) -> int | None:
    r"""Return the year in which a text was written, or None.

    It is the year of the title or date before the first chapter; without them, the year in
    the title of a chapter that looks forward.

    Examples
    --------
    >>> year_written("政府工作报告\n——2019年3月5日\n一、2018年工作回顾")
    2019
    >>> year_written("一、2018年工作回顾\n二、2019年工作任务")
    2019
    """
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if _is_chapter(line)), len(lines))
    titles = "\n".join(line for line in lines[:first] if "。" not in line)
    match = _NAMED_YEAR.search(titles[:HEAD])
    if match is None:
        ahead = (line for line in lines[first:] if _is_chapter(line))
        forward = (line for line in ahead if _outlook_of_title(line) == "forward")
        match = next(filter(None, map(_NAMED_YEAR.search, forward)), None)
    return int(match[1]) if match else None


def lines_ahead(text: str, written: int | None) -> Iterator[LineAhead]:
    """Yield the lines of a text, written in a year, that look forward."""
    outlook: _Outlook = "forward"
    heading = ""
    start = 0
    continues = unnumbered = False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if _is_chapter(line):
            heading = line.strip()
            titled = _outlook_of_title(heading, written)
            unnumbered = unnumbered or not _is_numbered(line)
            # Tasks follow the review; but numbered headings below an unnumbered one are its
            # sections.
            outlook = titled or (outlook if unnumbered else "forward")
            continues = False
        else:
            outlook = _outlook_of_opening(line, written) or outlook
        if outlook == "forward":
            yield LineAhead(number, start, line, heading, continues)
            continues = not line.rstrip().endswith(SENTENCE_ENDS)
        start += len(line)


def deadline(sentence: str, position: int, written: int | None) -> int | None:
    """Return the year by which a figure is due, if the words before it name one."""
    text = _QUOTED.sub(
        lambda match: "\0" * len(match.group()), sentence[max(0, position - REACH) : position]
    )
    by = [*_DEADLINE.finditer(text)]
    if by:
        return int(by[-1]["by"]) if by[-1]["by"] else written
    if written is None:
        years = [m[1] for m in _NAMED_YEAR.finditer(text) if text[: m.start()][-1:] not in "比较"]
        return int(years[-1]) if years else None
    return None


def base_year(base: str, written: int | None) -> int | None:
    """Return the year that a change is counted from, or None."""
    if match := _NAMED_YEAR.search(base):
        return int(match[1])
    last = re.search(r"去年|上年", base)
    return written - 1 if last and written else None
