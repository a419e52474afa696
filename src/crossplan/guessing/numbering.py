"""Lines that begin with a number, as headings do, family by family of marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.corpora.clean import BLANKS_BESIDE_HAN
from crossplan.corpora.marks import BULLET, LONGEST_TITLE, is_title
from crossplan.thresholds import Threshold

CHINESE = "[一二三四五六七八九十百零〇○]{1,7}"
ARABIC = "[0-9０-９]{1,3}"
ANY = f"(?:{CHINESE}|{ARABIC})"
STOP = "。"
# A heading stands in the first so many characters of its line, however it is spaced.
LONGEST_HEAD: Threshold[int] = 400
LONGEST_LINE = LONGEST_TITLE + 10
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
}
PAGE_NUMBER = re.compile(r"[\s.…·]*[0-9]{1,4}$")


class Candidate(NamedTuple):
    """A line that could be a heading.

    Attributes
    ----------
    line : int
    number : int
    mark : str
        As printed.
    form : str
        The mark with ``{n}`` for its numeral.
    words : str
        The title, without mark and closing full stop.
    closed : bool
        Whether a full stop closes the title.
    runs_on : bool
        Whether text follows the title in the same line.
    """

    line: int
    number: int
    mark: str
    form: str
    words: str
    closed: bool = False
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Marks that a document uses for one and the same level.

    Attributes
    ----------
    forms : tuple of str
    numerals : str
        Pattern of the numerals.
    strict : bool
        Whether only a title without a full stop counts: Arabic numerals number many
        things that are no headings.
    """

    forms: tuple[str, ...]
    numerals: str = ANY
    strict: bool = False

    @property
    def sure(self) -> bool:
        """Whether one such mark alone makes a heading: 第一章 does, 一、 does not."""
        return all(form.startswith("第") or "{n}" not in form for form in self.forms)

    def pattern(self) -> re.Pattern[str]:
        """Match a mark at the start of a line; the group tells its form."""
        return re.compile("|".join(f"({self.form_pattern(form)})" for form in self.forms))

    def form_pattern(self, form: str) -> str:
        """Give the pattern of one form; a number goes on to its last figure."""
        escaped = re.escape(form).replace(re.escape("{n}"), self.numerals)
        return escaped + (r"(?![0-9]|\.[0-9])" if form.endswith((".", "．", "{n}")) else "")

    def candidates(self, lines: Sequence[str]) -> Iterator[Candidate]:
        """Find the lines that could be headings of this family.

        Examples
        --------
        >>> found, = Family(("{n}、",)).candidates(["一、总体要求", "总体要求。"])
        >>> found.number, found.words
        (1, '总体要求')
        """
        pattern = self.pattern()
        for number, line in enumerate(lines):
            if match := pattern.match(line):
                form = self.forms[(match.lastindex or 1) - 1]
                found = candidate(number, match.group(), form, line[match.end() :])
                if found and not (self.strict and found.closed):
                    yield found


# From the highest level down, as official documents use them.
FAMILIES = (
    Family(("第{n}编", "第{n}篇", "第{n}部分")),
    Family(("第{n}章",)),
    Family(("第{n}节",)),
    Family(("{n}、",), CHINESE),
    Family(("（{n}）", "({n})", "（{n})", "({n}）"), CHINESE),
    Family(("{n}.", "{n}．", "{n}、"), ARABIC, strict=True),
    Family(("{n}.{n}", "{n}．{n}"), ARABIC, strict=True),
    Family(("（{n}）", "({n})", "（{n})", "({n}）"), ARABIC, strict=True),
)
ANY_MARK = re.compile("|".join(family.pattern().pattern for family in FAMILIES))


def candidate(line: int, mark: str, form: str, rest: str) -> Candidate | None:
    """Give what follows a mark as a title, if it can be one."""
    words, stop, after = rest.strip().partition(STOP)
    if not is_title(words):
        return None
    number = last_number(mark)
    return Candidate(line, number, mark, form, words, bool(stop), bool(after))


def last_number(mark: str) -> int:
    """Give the value of the last numeral of a mark; 0 if it has none.

    Examples
    --------
    >>> [last_number(mark) for mark in ("二十三、", "第十章", "(四)", "3.12", "一百零二、")]
    [23, 10, 4, 12, 102]
    """
    numerals = re.findall(ANY, mark)
    if not numerals:
        return 0
    if numerals[-1][0] not in DIGITS and numerals[-1][0] not in "十百":
        return int(numerals[-1])
    total = digit = 0
    for character in numerals[-1]:
        tens = {"十": 10, "百": 100}.get(character)
        if tens:
            total += (digit or 1) * tens
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def is_heading(line: str) -> bool:
    """Tell whether a line looks like a heading and nothing more.

    Examples
    --------
    >>> is_heading("一、总体要求"), is_heading("（一）修建管道。维护水渠。"), is_heading("要节水")
    (True, False, False)
    """
    mark = ANY_MARK.match(line) if len(line) <= LONGEST_LINE else None
    return mark is not None and is_title(line[mark.end() :])


def plain_line(line: str) -> str:
    """Give a line as cleaning will leave it, as far as headings go.

    Examples
    --------
    >>> plain_line("- (一) 导 言")
    '(一)导言'
    """
    stripped = line.replace("\ufeff", " ").strip()
    bullet = BULLET.match(stripped)
    if bullet and ANY_MARK.match(stripped, bullet.end()):
        stripped = stripped[bullet.end() :]
    head, rest = stripped[:LONGEST_HEAD], stripped[LONGEST_HEAD:]
    return BLANKS_BESIDE_HAN.sub("", head) + rest


def without_page_number(words: str) -> str:
    """Give a title of a table of contents without the page it stands on."""
    return PAGE_NUMBER.sub("", words[-LONGEST_TITLE:])
