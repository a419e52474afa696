"""Description of a language that plans are written in, with its grammar of targets."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Comparator = Literal["=", ">=", "<=", ">", "<", "~", "range"]
TargetKind = Literal["level", "change", "output"]
Direction = Literal["up", "down", "hold"]


class Quantity(NamedTuple):
    """A figure as printed in a text.

    Attributes
    ----------
    value, upper : float, float or None
        The figure in `unit`, and the upper end of a range.
    unit : str
        Unit as printed, with its magnitude; ``%`` for every form of per cent.
    comparator : Comparator or None
        Meaning of the words around the figure; None where there are none.
    start, end : int
        Span of the figure itself, number and unit.
    first, last : int
        Span with the words that qualify it, such as *about* and *at least*.
    spelled : bool
        Whether the number is written in words of the language.
    """

    value: float
    upper: float | None
    unit: str
    comparator: Comparator | None
    start: int
    end: int
    first: int
    last: int
    spelled: bool

    @property
    def bound_before(self) -> bool:
        """Whether a word before the number sets a floor, as *at least* does."""
        return self.comparator == ">=" and self.first < self.start


class Found(NamedTuple):
    """A target before it has an id; spans count from the start of the sentence."""

    indicator: str
    quantity: Quantity
    comparator: Comparator
    kind: TargetKind
    direction: Direction | None = None
    base: str = ""
    recurrence: str = ""


class LineAhead(NamedTuple):
    """A line of a text that looks forward.

    Attributes
    ----------
    number : int
        Number of the line, from 1.
    start : int
        Position of its first character in the text.
    words : str
        Text of the line.
    heading : str
        Heading of its chapter.
    continues : bool
        Whether it continues the sentence of the line before.
    """

    number: int
    start: int
    words: str
    heading: str
    continues: bool


@dataclass(frozen=True, slots=True)
class TargetGrammar:
    """The grammar of targets in one language.

    Attributes
    ----------
    figures_of : callable
        Return the targets among the figures of a sentence.
    looks_back : callable
        Return whether the figure at a position of a sentence refers to the past; the year
        in which the text was written is used where it is known.
    lines_ahead : callable
        Yield the lines of a text, written in a year, that look forward.
    year_written : callable
        Return the year in which a text was written, or None.
    deadline : callable
        Return the year by which the figure at a position of a sentence is due, or None.
    base_year : callable
        Return the year that a change is counted from, or None.
    scope_of : callable
        Return the words of an indicator that name a group of people or an area.
    """

    figures_of: Callable[[str], list[Found]]
    looks_back: Callable[[str, int, int | None], bool]
    lines_ahead: Callable[[str, int | None], Iterator[LineAhead]]
    year_written: Callable[[str], int | None]
    deadline: Callable[[str, int, int | None], int | None]
    base_year: Callable[[str, int | None], int | None]
    scope_of: Callable[[str], str]


Span = tuple[int, int]
_NOTHING = re.compile(r"(?!)")


class StopList(NamedTuple):
    """Words that tables of terms leave out.

    Attributes
    ----------
    name : str
        Source of the list, as results print it.
    reasons : dict of str to str
        Why each word is left out; empty where the source has no reasons.
    """

    name: str
    reasons: dict[str, str]


class NumberedMarks(NamedTuple):
    """Marks that documents use for one level of headings.

    Attributes
    ----------
    forms : tuple of str
        Forms of the mark, with ``{n}`` for a numeral.
    numerals : str
        Pattern of the numerals.
    strict : bool
        Whether a heading must have no full stop; Arabic numerals number many other things.
    """

    forms: tuple[str, ...]
    numerals: str
    strict: bool = False


class PrintedDate(NamedTuple):
    """A day as it is printed."""

    year: int
    month: int
    day: int
    printed: str


def _none_of(_: str) -> None:
    return None


def _no_days(_: str) -> Iterator[PrintedDate]:
    return iter(())


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """The form of documents in a language: opening, numbered headings and end.

    Attributes
    ----------
    contents : tuple of str
        Headings of a table of contents.
    introductions : tuple of str
        Headings of an introduction.
    neutral_introduction : str
        Title for an introduction without a heading.
    title : re.Pattern
        Titles of plans and reports.
    after_the_end : re.Pattern
        First lines of annexes, notes and the like.
    no_title : re.Pattern
        Marks that are not found in titles.
    families : tuple of NumberedMarks
        Marks of headings, from the highest level down.
    sure_openings : tuple of str
        Openings of marks that are always marks of headings.
    numeral : str
        Pattern of the numerals of headings.
    read_numeral : callable
        Return the value of such a numeral.
    numbered_measure : re.Pattern
        Numbered mark of a measure; the one group that matches is the numeral.
    heading_continues : re.Pattern
        Ends of lines after which a heading continues in the next line.
    pairs : tuple of (str, str)
        Opening and closing marks.
    headings_run_on : bool
        Whether text may follow a heading in its line.
    period_of : callable
        Return the first and last year of a period named in words, or None.
    named_year : re.Pattern
        A line that names one year.
    days : callable
        Yield the days that a line names.
    with_figures : callable
        Write the years of a line in figures.
    """

    contents: tuple[str, ...] = ()
    introductions: tuple[str, ...] = ()
    neutral_introduction: str = "–"
    title: re.Pattern[str] = _NOTHING
    after_the_end: re.Pattern[str] = _NOTHING
    no_title: re.Pattern[str] = _NOTHING
    families: tuple[NumberedMarks, ...] = ()
    sure_openings: tuple[str, ...] = ()
    numeral: str = "[0-9]{1,3}"
    read_numeral: Callable[[str], int] = int
    numbered_measure: re.Pattern[str] = _NOTHING
    heading_continues: re.Pattern[str] = _NOTHING
    pairs: tuple[tuple[str, str], ...] = ()
    headings_run_on: bool = False
    period_of: Callable[[str], tuple[int, int] | None] = _none_of
    named_year: re.Pattern[str] = _NOTHING
    days: Callable[[str], Iterator[PrintedDate]] = _no_days
    with_figures: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class PlanLanguage:
    """A language that plans are written in.

    Attributes
    ----------
    code : str
        Code of ISO 639.
    name : str
        Name in English.
    sentence_spans : callable
        Yield the spans of the sentences of a text, which together cover the whole text.
    full_stop : str
        Mark that ends a sentence.
    in_title : re.Pattern
        Marks that are not found in the titles of headings.
    ends_line : re.Pattern
        Ends of lines at which a paragraph can end.
    punctuation : re.Pattern
        Marks that are found in prose but not in headings.
    numerals : tuple of str
        Classes of characters that the numerals of headings are written with.
    blanks_between_words : bool
        Whether words are separated by blanks.
    width : int
        Approximate number of characters that correspond to one in Chinese; limits of
        length are multiplied by it.
    cased : bool
        Whether letters have an upper and a lower case, which is ignored in counts.
    cuts_words : bool
        Whether the library can segment a text into words.
    stop_words : callable or None
        Return the words that tables leave out.
    is_number : callable
        Return whether a word is a number.
    merged_number, merged_place : str
        Term that replaces all numbers, or all places, where they are merged.
    document : DocumentForm
        Form of documents in the language.
    target_grammar : callable or None
        Return the grammar of targets; None where targets cannot be read.
    """

    code: str
    name: str
    sentence_spans: Callable[[str], Iterator[Span]]
    full_stop: str
    in_title: re.Pattern[str]
    ends_line: re.Pattern[str]
    punctuation: re.Pattern[str]
    numerals: tuple[str, ...]
    is_number: Callable[[str], bool]
    blanks_between_words: bool = True
    width: int = 3
    cased: bool = True
    cuts_words: bool = False
    stop_words: Callable[[], StopList] | None = None
    merged_number: str = "[number]"
    merged_place: str = "[place]"
    document: DocumentForm = field(default_factory=DocumentForm)
    target_grammar: Callable[[], TargetGrammar] | None = None

    def fold(self, word: str) -> str:
        """Return a word as it is counted: in lower case, with straight apostrophes."""
        return word.casefold().replace("’", "'") if self.cased else word

    def __repr__(self) -> str:
        return f"<PlanLanguage {self.code}>"
