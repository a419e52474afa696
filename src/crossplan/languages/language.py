"""What the library knows of a language that plans are written in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from crossplan.languages.target_grammar import TargetGrammar

_Span = tuple[int, int]
_NOTHING = re.compile(r"(?!)")


class StopList(NamedTuple):
    """Words that tables of terms leave out.

    Attributes
    ----------
    name : str
        Where they come from, as results print it.
    reasons : dict of str to str
        Why each is left out; empty where the source does not say.
    """

    name: str
    reasons: dict[str, str]


class NumberedMarks(NamedTuple):
    """Marks that documents use for one and the same level of headings.

    Attributes
    ----------
    forms : tuple of str
        With ``{n}`` for a numeral.
    numerals : str
        Pattern of the numerals.
    strict : bool
        Whether a heading has no full stop: Arabic numerals number many other things.
    """

    forms: tuple[str, ...]
    numerals: str
    strict: bool = False


class Day(NamedTuple):
    """A day as it is printed."""

    year: int
    month: int
    day: int
    printed: str


def _none_of(_: str) -> None:
    return None


def _no_days(_: str) -> Iterator[Day]:
    return iter(())


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """How documents in a language begin, number their headings, and end.

    Attributes
    ----------
    contents : tuple of str
        What heads a table of contents.
    introductions : tuple of str
        What heads an introduction.
    neutral_introduction : str
        The title of an introduction that has none.
    title : re.Pattern
        The titles of plans and reports.
    after_the_end : re.Pattern
        A line with which annexes, notes and the like begin.
    no_title : re.Pattern
        What no short line has that is a title.
    families : tuple of NumberedMarks
        From the highest level down.
    sure_openings : tuple of str
        How a mark begins that makes a heading by itself.
    numeral : str
        Pattern of the numerals of headings.
    read_numeral : callable
        Return the value of such a numeral.
    numbered_measure : re.Pattern
        A numbered mark of a measure; its only group that matches is the numeral.
    heading_goes_on : re.Pattern
        An end at which no heading can end.
    pairs : tuple of (str, str)
        Marks that open and close.
    headings_run_on : bool
        Whether text may follow a heading in its line.
    period_of : callable
        Return the first and last year that words name, or None.
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
    heading_goes_on: re.Pattern[str] = _NOTHING
    pairs: tuple[tuple[str, str], ...] = ()
    headings_run_on: bool = False
    period_of: Callable[[str], tuple[int, int] | None] = _none_of
    named_year: re.Pattern[str] = _NOTHING
    days: Callable[[str], Iterator[Day]] = _no_days
    with_figures: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class PlanLanguage:
    """A language that plans are written in, and what is known of it.

    Attributes
    ----------
    code : str
        As ISO 639 has it.
    name : str
        In English.
    sentence_spans : callable
        Yield the spans of the sentences of a text; together they are the text.
    full_stop : str
    in_title : re.Pattern
        What no title of a heading has.
    ends_line : re.Pattern
        An end of a line at which a paragraph can end.
    punctuation : re.Pattern
        What prose has and headings have not.
    numerals : tuple of str
        Classes of characters that the numerals of headings are written with.
    blanks_between_words : bool
        Whether words are parted by blanks.
    width : int
        How many characters say what one says in Chinese, about; lengths are multiplied by it.
    cased : bool
        Whether letters have an upper and a lower case, which makes no other words.
    cuts_words : bool
        Whether the library can cut a text into words.
    stop_words : callable or None
        Return the words that tables leave out.
    is_number : callable
        Returns whether a word is a number.
    merged_number, merged_place : str
        What stands for all numbers, or all places, where they are merged.
    document : DocumentForm
    target_grammar : callable or None
        Return the grammar of targets; None where they cannot be read.
    """

    code: str
    name: str
    sentence_spans: Callable[[str], Iterator[_Span]]
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
        """Return a word as it is counted: in lower case, its apostrophe straight."""
        return word.casefold().replace("’", "'") if self.cased else word

    def __repr__(self) -> str:
        return f"<PlanLanguage {self.code}>"
