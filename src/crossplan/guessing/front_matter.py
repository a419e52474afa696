"""What the first lines of a document tell: its title, its years, its day."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from crossplan.corpora.marks import LONGEST_TITLE, is_title
from crossplan.guessing.numbering import STOP, Candidate, without_page_number
from crossplan.thresholds import Threshold

CONTENTS = "目录"
INTRODUCTIONS = ("导言", "前言", "引言", "序言", "绪论", "导语", "序")
# A neutral title, for a document whose introduction has none.
NEUTRAL_INTRODUCTION = "前言"
TITLE = re.compile(
    r"[^。；！？：，>|]{0,50}(?:计划|规划|纲要|报告|方案|意见|要点|决定|办法|战略|白皮书|通知)"
    r"(?:（[^（）]{1,30}）|\([^()]{1,30}\))?"
)
IN_BRACKETS = re.compile(r"[（(][^（）()]{0,10}[0-9]{4}[^（）()]{0,20}[）)]")
SENTENCE_MARK = re.compile(r"[。；！？，]")
WORD = re.compile(r"\w\w")
CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年|[—－–-])")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
YEARS = re.compile(rf"{YEAR}年?[-—–－―─~～至到]{{1,2}}{YEAR}")
ONE_YEAR = re.compile(YEAR)
YEAR_NAMED = re.compile(rf"{YEAR}年")
FIVE_YEARS = re.compile(
    "十([一二三四五六七八九]?)五[”」]?(?:规划|计划|时期)|第十([一二三四五六七八九]?)个五年"
)
DAY = re.compile(rf"{YEAR}(?:年|[-/.])([01]?[0-9])(?:月|[-/.])([0-3]?[0-9])(?![0-9])日?")
# The first year of the plan with the number nought, had there been one: since the
# tenth, each plan begins five years after the one before.
BEFORE_FIVE_YEAR_PLANS: Threshold[int] = 1951

GOES_ON = re.compile(r"[，、（(“《—]$")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


class Period(NamedTuple):
    """First and last year of a plan, and the words that tell them."""

    start: int
    end: int
    evidence: str


class Day(NamedTuple):
    """A day as it is printed, and the line in which it stands."""

    day: date
    printed: str
    evidence: str


def find_title(lines: Sequence[str]) -> str:
    """Find the title among the lines before the text; empty if there is none.

    The last line counts that ends as titles of plans do; menus and notices stand before.

    Examples
    --------
    >>> find_title(["打印", "某市节水行动计划", "（2026—2030年）", "某市人民政府"])
    '某市节水行动计划（2026—2030年）'
    """
    for place in reversed(range(len(lines))):
        if len(lines[place]) <= LONGEST_TITLE and TITLE.fullmatch(lines[place]):
            after = lines[place + 1] if place + 1 < len(lines) else ""
            return lines[place] + (after if IN_BRACKETS.fullmatch(after) else "")
    return next((line for line in lines if could_be_title(line)), "")


def could_be_title(line: str) -> bool:
    """Tell whether a line is short words and no sentence."""
    return (
        len(line) <= LONGEST_TITLE
        and bool(WORD.search(line))
        and not SENTENCE_MARK.search(line)
        and not line.endswith(("：", ":"))
    )


def find_period(title: str, name: str, lines: Sequence[str]) -> Period | None:
    """Find the years of a plan in its title, the name of its file, or its first lines.

    Examples
    --------
    >>> find_period("节水行动计划（2026—2030年）", "", [])
    Period(start=2026, end=2030, evidence='节水行动计划（2026—2030年）')
    >>> find_period("“十四五”规划", "", [])[:2], find_period("工作报告", "report-2018", [])[:2]
    ((2021, 2025), (2018, 2018))
    """
    for words in (title, name):
        if found := period_of(words) or one_year(words, ONE_YEAR):
            return found
    for line in lines:
        if found := period_of(line) or one_year(line, YEAR_NAMED):
            return found
    return None


def period_of(words: str) -> Period | None:
    """Give the first and last year that words name, if they name two in order."""
    arabic = with_arabic_years(words)
    if (years := YEARS.search(arabic)) and int(years[1]) <= int(years[2]):
        return Period(int(years[1]), int(years[2]), words)
    if five := FIVE_YEARS.search(words):
        digit = five[1] or five[2]
        number = 10 + (int(digit.translate(CHINESE_DIGITS)) if digit else 0)
        start = BEFORE_FIVE_YEAR_PLANS + 5 * number
        return Period(start, start + 4, words)
    return None


def one_year(words: str, pattern: re.Pattern[str]) -> Period | None:
    """Give the year that words name as a period."""
    found = pattern.search(with_arabic_years(words))
    return Period(int(found[1]), int(found[1]), words) if found else None


def with_arabic_years(words: str) -> str:
    """Write the years of words in figures.

    Examples
    --------
    >>> with_arabic_years("二〇一二年六月")
    '2012年六月'
    """
    return CHINESE_YEAR.sub(lambda year: year[0].translate(CHINESE_DIGITS), words)


def find_day(lines: Sequence[str]) -> Day | None:
    """Find the first day that is named in full.

    Examples
    --------
    >>> find_day(["——2018年3月5日在大会上"]).day.isoformat()
    '2018-03-05'
    """
    for line in lines:
        for found in DAY.finditer(with_arabic_years(line)):
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                continue
            return Day(day, found.group(), line)
    return None


class MendedHeading(NamedTuple):
    """A heading with its whole title.

    Attributes
    ----------
    candidate : Candidate
    title : str
    goes_on_in : int or None
        The line that the title goes on in.
    doubtful : bool
        Whether the next line may belong to the title, which nothing confirms.
    """

    candidate: Candidate
    title: str
    goes_on_in: int | None = None
    doubtful: bool = False


class HeadingJoiner:
    """Puts broken headings together where that is certain."""

    def __init__(
        self, lines: Sequence[str], candidates: Sequence[Candidate], headings: AbstractSet[int]
    ) -> None:
        self.lines = lines
        self.headings = headings
        self.listed = {
            without_page_number(candidate.words)
            for candidate in candidates
            if candidate.line not in headings
        }

    def mend(self, candidate: Candidate) -> MendedHeading:
        """Join a heading to the next line where its words or the contents ask for it."""
        after = candidate.line + 1
        while after < len(self.lines) and not self.lines[after]:
            after += 1
        if candidate.closed or after >= len(self.lines) or after in self.headings:
            return MendedHeading(candidate, candidate.words)
        whole = candidate.words + self.lines[after].removesuffix(STOP)
        listed = whole in self.listed and candidate.words not in self.listed
        if is_title(whole) and (listed or goes_on(candidate.words)):
            return MendedHeading(candidate, whole, after)
        return MendedHeading(candidate, candidate.words, None, could_be_title(self.lines[after]))


def goes_on(words: str) -> bool:
    """Tell whether words stop where no title can stop.

    Examples
    --------
    >>> goes_on("完善制度，"), goes_on("实施“健康"), goes_on("完善制度")
    (True, True, False)
    """
    counts = Counter(words)
    return bool(GOES_ON.search(words)) or any(counts[a] > counts[b] for a, b in PAIRS)
