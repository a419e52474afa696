"""The answers to questions, as rows of one table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

HEAD = ("question", "what", "crossplan", "another way", "times as fast", "limit", "held")
SECOND = 1.0
TEN = 10.0


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, and how it is printed."""

    number: float
    unit: str
    text: str


def seconds(number: float) -> Figure:
    """Give a time."""
    if number < SECOND:
        return Figure(number, "s", f"{1000 * number:,.{0 if number >= TEN / 1000 else 1}f} ms")
    return Figure(number, "s", f"{number:,.{0 if number >= TEN else 1}f} s")


def mebibytes(number: float) -> Figure:
    """Give an amount of memory."""
    return Figure(number, "MiB", f"{number:,.0f} MiB")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured.

    Attributes
    ----------
    question : str
    what : str
        The work, the same on both sides.
    ours : Figure
    way : str
        The other way to do it, or why there is no figure for it.
    theirs : Figure or None
    at_most : Figure or None
        The limit for ours.
    at_least : float or None
        The limit for the ratio.
    """

    question: str
    what: str
    ours: Figure
    way: str = ""
    theirs: Figure | None = None
    at_most: Figure | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the other way; nothing where no times are compared."""
        if self.theirs is None or self.ours.unit != "s":
            return None
        return self.theirs.number / self.ours.number

    @property
    def held(self) -> bool | None:
        """Whether the limits are held; None without any, or without what they are for."""
        kept = []
        if self.at_most is not None:
            kept.append(self.ours.number <= self.at_most.number)
        if self.at_least is not None and self.ratio is not None:
            kept.append(self.ratio >= self.at_least)
        return all(kept) if kept else None

    def cells(self) -> tuple[str, ...]:
        """Give the row as it is printed."""
        limits = [self.at_most.text] if self.at_most else []
        limits += [f"{self.at_least:g} ×"] if self.at_least else []
        return (
            self.question,
            self.what,
            self.ours.text,
            f"{self.theirs.text}, {self.way}" if self.theirs else self.way,
            "" if self.ratio is None else f"{self.ratio:,.{0 if self.ratio >= TEN else 2}f} ×",
            ", ".join(limits),
            {True: "yes", False: "**no**", None: ""}[self.held],
        )


def table(rows: Iterable[Row]) -> str:
    """Give rows as a table in Markdown."""
    return markdown(HEAD, printed(rows))


def markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Give a table in Markdown."""
    rule = ("---",) * len(head)
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *lines))


def printed(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Give the cells of all rows; what goes on from the row before is not said again."""
    before = ("",) * len(HEAD)
    for row in rows:
        question, what, ours, *rest = row.cells()
        goes_on = (question, what, ours) == before[:3]
        start = ("", "", "") if goes_on else ("" if question == before[0] else question, what, ours)
        yield (*start, *rest)
        before = row.cells()
