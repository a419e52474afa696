"""The grammar that a language needs so that targets can be read in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


class Line(NamedTuple):
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
    goes_on : bool
        Whether it continues the sentence of the line before.
    """

    number: int
    start: int
    words: str
    heading: str
    goes_on: bool


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
    lines_ahead: Callable[[str, int | None], Iterator[Line]]
    year_written: Callable[[str], int | None]
    deadline: Callable[[str, int, int | None], int | None]
    base_year: Callable[[str, int | None], int | None]
    scope_of: Callable[[str], str]
