"""What a language must know so that targets can be read in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Comparator = Literal["=", ">=", "<=", ">", "<", "~", "range"]
TargetKind = Literal["level", "change", "output"]
Direction = Literal["up", "down", "hold"]


class Quantity(NamedTuple):
    """A figure as printed.

    Attributes
    ----------
    value, upper : float, float or None
        In `unit`; the upper end of a range.
    unit : str
        As printed, with its magnitude; ``%`` for per cent, however it is written.
    comparator : Comparator or None
        What the words around the figure say; None where there are none.
    start, end : int
        Span of the figure itself, number and unit.
    first, last : int
        Span with the words that say how it binds, such as *about* and *at least*.
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
    """A figure that commits, before it gets its id; spans count from the sentence."""

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
        From 1.
    start : int
        Where it begins in the text.
    words : str
    heading : str
        Of the chapter it stands in.
    goes_on : bool
        Whether it goes on with the line before, which did not end its sentence.
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
        Find the figures of a sentence that commit.
    looks_back : callable
        Returns whether a figure of a sentence, by its place, speaks of the past; the year in
        which the text was written helps.
    lines_ahead : callable
        Yield the lines of a text, written in a year, that look forward.
    year_written : callable
        Return the year in which a text was written, where it says so.
    deadline : callable
        Return the year by which a figure of a sentence, by its place, is to be reached.
    base_year : callable
        Return the year that a change is counted from, where the words for its base name it.
    scope_of : callable
        Return the words of an indicator that say of whom or of where it speaks.
    """

    figures_of: Callable[[str], list[Found]]
    looks_back: Callable[[str, int, int | None], bool]
    lines_ahead: Callable[[str, int | None], Iterator[Line]]
    year_written: Callable[[str], int | None]
    deadline: Callable[[str, int, int | None], int | None]
    base_year: Callable[[str, int | None], int | None]
    scope_of: Callable[[str], str]
