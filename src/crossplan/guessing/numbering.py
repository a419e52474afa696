"""Numbered lines that may be headings, and the marks of a document, given or counted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from crossplan.corpora.clean import without_blanks
from crossplan.corpora.marks import BULLET, LONGEST_TITLE, is_title
from crossplan.errors import ChoiceError
from crossplan.languages.language import PlanLanguage
from crossplan.thresholds import Threshold

# A heading is within this number of characters of its line, with any spacing.
LONGEST_HEAD: Threshold[int] = 400
_LONGEST_LINE = LONGEST_TITLE + 10
_PAGE_NUMBER = re.compile(r"[\s.…·]*[0-9]{1,4}$")


class NumberedLine(NamedTuple):
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
        The title, without mark and final full stop.
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
    """Marks that a document uses for the same level.

    Attributes
    ----------
    forms : tuple of str
    language : PlanLanguage
    numerals : str
        Pattern of the numerals; any of the language if empty.
    strict : bool
        Whether only a title without a full stop counts, since Arabic numerals also number
        other things.
    """

    forms: tuple[str, ...]
    language: PlanLanguage
    numerals: str = ""
    strict: bool = False

    @property
    def sure(self) -> bool:
        """Whether the mark alone is certain to be a heading, as Chapter 1 but not 1."""
        openings = self.language.document.sure_openings
        return all(form.startswith(openings) or "{n}" not in form for form in self.forms)

    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of a mark at the start of a line; its group names the form."""
        return re.compile("|".join(f"({self.form_pattern(form)})" for form in self.forms))

    def form_pattern(self, form: str) -> str:
        """Return the pattern of one form, which matches numbers to the last figure."""
        numerals = self.numerals or self.language.document.numeral
        escaped = re.escape(form).replace(re.escape("{n}"), numerals)
        return escaped + (r"(?![0-9]|\.[0-9])" if form.endswith((".", "．", "{n}")) else "")

    def candidates(self, lines: Sequence[str]) -> Iterator[NumberedLine]:
        """Yield the lines that could be headings of this family.

        Examples
        --------
        >>> from crossplan.languages.chinese import CHINESE
        >>> found, = Family(("{n}、",), CHINESE).candidates(["一、总体要求", "总体要求。"])
        >>> found.number, found.words
        (1, '总体要求')
        """
        pattern = self.pattern()
        for number, line in enumerate(lines):
            if match := pattern.match(line):
                form = self.forms[(match.lastindex or 1) - 1]
                found = _candidate(number, match.group(), form, line[match.end() :], self.language)
                if found and not (self.strict and found.closed):
                    yield found


@cache
def families_of(language: PlanLanguage) -> tuple[Family, ...]:
    """Return the marks that documents in a language use, from the highest level down."""
    return tuple(
        Family(marks.forms, language, marks.numerals, marks.strict)
        for marks in language.document.families
    )


@cache
def _any_mark(language: PlanLanguage) -> re.Pattern[str]:
    """Return the pattern of all marks of a language."""
    patterns = [family.pattern().pattern for family in families_of(language)]
    return re.compile("|".join(patterns) or "(?!)")


def _candidate(
    line: int, mark: str, form: str, rest: str, language: PlanLanguage
) -> NumberedLine | None:
    """Return a candidate if the words after a mark can be a title."""
    rest = rest.strip()
    if language.document.headings_run_on:
        words, stop, after = rest.partition(language.full_stop)
    else:
        words, after = rest.removesuffix(language.full_stop), ""
        stop = rest[len(words) :]
    if not is_title(words, language):
        return None
    number = _last_number(mark, language)
    return NumberedLine(line, number, mark, form, words, bool(stop), bool(after))


def _last_number(mark: str, language: PlanLanguage) -> int:
    """Return the value of the last numeral of a mark, or 0.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> marks = ("二十三、", "第十章", "(四)", "3.12", "一百零二、")
    >>> [_last_number(mark, CHINESE) for mark in marks]
    [23, 10, 4, 12, 102]
    """
    numerals = re.findall(language.document.numeral, mark)
    return language.document.read_numeral(numerals[-1]) if numerals else 0


def is_heading(line: str, language: PlanLanguage) -> bool:
    """Return whether a line is only a heading.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> lines = ("一、总体要求", "（一）修建管道。维护水渠。", "要节水")
    >>> [is_heading(line, CHINESE) for line in lines]
    [True, False, False]
    """
    longest = _LONGEST_LINE * language.width
    mark = _any_mark(language).match(line) if len(line) <= longest else None
    return mark is not None and is_title(line[mark.end() :], language)


def plain_line(line: str, language: PlanLanguage) -> str:
    """Return a line as it is after cleaning, as far as headings are concerned.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> plain_line("- (一) 导 言", CHINESE)
    '(一)导言'
    """
    stripped = line.replace("\ufeff", " ").strip()
    bullet = BULLET.match(stripped)
    if bullet and _any_mark(language).match(stripped, bullet.end()):
        stripped = stripped[bullet.end() :]
    head, rest = stripped[:LONGEST_HEAD], stripped[LONGEST_HEAD:]
    return without_blanks(head, language) + rest


def without_page_number(words: str) -> str:
    """Return a title in a table of contents without its page number."""
    return _PAGE_NUMBER.sub("", words[-LONGEST_TITLE:])


Forms = tuple[str, ...]
_EXAMPLES = ("a tuple of marks with {n} for a numeral, such as ('{n}、',)", "() for none", None)

_SIGN = re.compile(r"[—―━─－–-]{1,4}(?![0-9])|[•·・●■◆◇▪○*](?=\S)")
# A mark on a smaller share of paragraphs belongs to occasional lists.
FEWEST_MARKED: Threshold[float] = 1 / 3
# A form with a smaller share of the marks is a dash at the start of a broken line.
RAREST_FORM: Threshold[float] = 0.05


@dataclass(frozen=True, slots=True)
class PlanMarks:
    """The marks of the headings and measures of a document, as far as they are known.

    Attributes
    ----------
    chapter, section, measure : tuple of str, optional
        Forms as in ``series.toml``: ``("{n}、",)``, ``("第{n}节",)``, ``("——",)``, with
        ``{n}`` for a numeral. An empty tuple means that there are none; None means that
        they are guessed.

    Examples
    --------
    >>> PlanMarks(chapter=("第{n}章",), section=()).section
    ()
    """

    chapter: Forms | None = None
    section: Forms | None = None
    measure: Forms | None = None

    def __post_init__(self) -> None:
        for level in ("chapter", "section", "measure"):
            forms = getattr(self, level)
            if forms is not None and not _is_forms(forms):
                raise ChoiceError(level, forms, _EXAMPLES)


def _is_forms(value: object) -> bool:
    """Return whether a value is a tuple of marks."""
    return isinstance(value, tuple) and all(isinstance(form, str) and form for form in value)


class MeasureMarks(NamedTuple):
    """The number of paragraphs, and of those with each mark."""

    paragraphs: int
    marked: Counter[str]

    @classmethod
    def of_all(cls, counts: Iterable["MeasureMarks"]) -> "MeasureMarks":
        """Return the sum of the counts of several documents."""
        paragraphs, marked = 0, Counter[str]()
        for count in counts:
            paragraphs += count.paragraphs
            marked += count.marked
        return cls(paragraphs, marked)

    def enough(self) -> bool:
        """Return whether enough paragraphs have a mark for marks to open measures."""
        total = sum(self.marked.values())
        return total > 1 and total >= FEWEST_MARKED * self.paragraphs

    def forms(self) -> tuple[str, ...]:
        """Return the marks as forms, the longest first so that each can match."""
        fewest = RAREST_FORM * self.marked.total()
        common = (form for form, count in self.marked.items() if count >= fewest)
        return tuple(sorted(common, key=lambda form: (-len(form), form)))


def count_marks(
    lines: Sequence[str],
    first: int,
    after: int,
    headings: AbstractSet[int],
    language: PlanLanguage,
) -> MeasureMarks:
    """Count the paragraphs from line `first` up to line `after`, and their marks.

    Numbers count only if they are consecutive. A line that continues the line before is
    not a paragraph.
    """
    signs: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    paragraphs = 0
    number_before = 0
    ended = True
    for place in range(first, after):
        line = lines[place]
        if not line:
            continue
        if place in headings:
            ended, number_before = True, 0
            continue
        if sign := _SIGN.match(line):
            signs[sign.group()] += 1
        elif number := language.document.numbered_measure.match(line):
            value = _last_number(number.group(), language)
            if value in {1, number_before + 1}:
                numbers[_with_numeral(number)] += 1
                number_before = value
        paragraphs += ended or bool(sign)
        ended = bool(language.ends_line.search(line))
    return MeasureMarks(paragraphs, signs if signs.total() >= numbers.total() else numbers)


def _with_numeral(mark: re.Match[str]) -> str:
    """Return a numbered mark as a form, with ``{n}`` for its numeral."""
    numeral = next(group for group in mark.groups() if group)
    return mark.group().replace(numeral, "{n}", 1)
