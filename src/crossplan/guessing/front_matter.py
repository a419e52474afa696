"""The title, the years and the date in the first lines of a document, and broken headings."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from crossplan.corpora.marks import LONGEST_TITLE, is_title
from crossplan.guessing.numbering import NumberedLine, without_page_number
from crossplan.languages.language import PlanLanguage

_IN_BRACKETS = re.compile(r"[（(][^（）()]{0,10}[0-9]{4}[^（）()]{0,20}[）)]")
_WORD = re.compile(r"\w\w")
_ONE_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")


class Period(NamedTuple):
    """First and last year of a plan, and the words that name them."""

    start: int
    end: int
    evidence: str


class DatedLine(NamedTuple):
    """A date, as printed, and the line that contains it."""

    day: date
    printed: str
    evidence: str


def find_title(lines: Sequence[str], language: PlanLanguage) -> str:
    """Find the title among the lines before the text; empty if there is none.

    The last line that ends like the title of a plan is used, since menus and notices come first.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> find_title(["打印", "某市节水行动计划", "（2026—2030年）", "某市人民政府"], CHINESE)
    '某市节水行动计划（2026—2030年）'
    """
    for place in reversed(range(len(lines))):
        short = len(lines[place]) <= LONGEST_TITLE * language.width
        if short and language.document.title.fullmatch(lines[place]):
            after = lines[place + 1] if place + 1 < len(lines) else ""
            return lines[place] + (after if _IN_BRACKETS.fullmatch(after) else "")
    return next((line for line in lines if could_be_title(line, language)), "")


def could_be_title(line: str, language: PlanLanguage) -> bool:
    """Return whether a line is short and not a sentence."""
    return (
        len(line) <= LONGEST_TITLE * language.width
        and bool(_WORD.search(line))
        and not language.document.no_title.search(line)
    )


def find_period(
    title: str, name: str, lines: Sequence[str], language: PlanLanguage
) -> Period | None:
    """Find the years of a plan in its title, the name of its file, or its first lines.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> find_period("节水行动计划（2026—2030年）", "", [], CHINESE)
    Period(start=2026, end=2030, evidence='节水行动计划（2026—2030年）')
    >>> find_period("工作报告", "report-2018", [], CHINESE)
    Period(start=2018, end=2018, evidence='report-2018')
    """
    for words in (title, name):
        if found := _period_of(words, language) or _one_year(words, _ONE_YEAR, language):
            return found
    for line in lines:
        named = language.document.named_year
        if found := _period_of(line, language) or _one_year(line, named, language):
            return found
    return None


def _period_of(words: str, language: PlanLanguage) -> Period | None:
    """Return the first and last year in words, if there are two in order."""
    years = language.document.period_of(words)
    return Period(*years, words) if years else None


def _one_year(words: str, pattern: re.Pattern[str], language: PlanLanguage) -> Period | None:
    """Return the first year in words as a period of one year."""
    found = pattern.search(language.document.with_figures(words))
    return Period(int(found[1]), int(found[1]), words) if found else None


def find_day(lines: Sequence[str], language: PlanLanguage) -> DatedLine | None:
    """Find the first complete date.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> find_day(["——2018年3月5日在大会上"], CHINESE).day.isoformat()
    '2018-03-05'
    """
    for line in lines:
        for found in language.document.days(line):
            try:
                day = date(found.year, found.month, found.day)
            except ValueError:
                continue
            return DatedLine(day, found.printed, line)
    return None


class MendedHeading(NamedTuple):
    """A heading with its whole title.

    Attributes
    ----------
    candidate : NumberedLine
    title : str
    continues_in : int or None
        The line in which the title continues.
    doubtful : bool
        Whether the next line may belong to the title, without confirmation.
    """

    candidate: NumberedLine
    title: str
    continues_in: int | None = None
    doubtful: bool = False


class HeadingJoiner:
    """Joins broken headings where that is certain."""

    def __init__(
        self,
        lines: Sequence[str],
        candidates: Sequence[NumberedLine],
        headings: AbstractSet[int],
        language: PlanLanguage,
    ) -> None:
        self.lines = lines
        self.language = language
        self.headings = headings
        self.listed = {
            without_page_number(candidate.words)
            for candidate in candidates
            if candidate.line not in headings
        }

    def mend(self, candidate: NumberedLine) -> MendedHeading:
        """Join a heading to the next line if its words or the contents show that it continues."""
        after = candidate.line + 1
        while after < len(self.lines) and not self.lines[after]:
            after += 1
        if candidate.closed or after >= len(self.lines) or after in self.headings:
            return MendedHeading(candidate, candidate.words)
        blank = " " if self.language.blanks_between_words else ""
        following = self.lines[after].removesuffix(self.language.full_stop)
        whole = f"{candidate.words}{blank}{following}"
        listed = whole in self.listed and candidate.words not in self.listed
        continues = listed or _is_unfinished(candidate.words, self.language)
        if is_title(whole, self.language) and continues:
            return MendedHeading(candidate, whole, after)
        doubtful = could_be_title(self.lines[after], self.language)
        return MendedHeading(candidate, candidate.words, None, doubtful)


def _is_unfinished(words: str, language: PlanLanguage) -> bool:
    """Return whether words end where a title cannot end.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> [_is_unfinished(words, CHINESE) for words in ("完善制度，", "实施“健康", "完善制度")]
    [True, True, False]
    """
    form, counts = language.document, Counter(words)
    return bool(form.heading_continues.search(words)) or any(
        counts[opened] > counts[closed] for opened, closed in form.pairs
    )
