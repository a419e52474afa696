"""What a result shows of itself, said as data: a heading, counts, and a small table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

_Look = Literal["plain", "quoted", "small", "chip", "strong", "deleted", "inserted"]
Side = Literal["left", "right", "center"]
Record = Mapping[str, Any]


class Cell(NamedTuple):
    """A piece of text in a table or a heading.

    Attributes
    ----------
    text : str
    look : str
        ``quoted`` for what a plan says, ``small`` for an id, ``chip`` for a status word,
        ``deleted`` and ``inserted`` for the runs of a redline.
    full : str
        The whole text, where `text` is shortened.
    """

    text: str
    look: _Look = "plain"
    full: str = ""


Cells = tuple[Cell, ...]


class Column(NamedTuple):
    """A column of the table that is shown.

    Attributes
    ----------
    name : str
        Its heading.
    cells : callable
        Makes what stands in it from a row of the result's table.
    side : {"left", "right", "center"}
        Where it is aligned; figures stand on the right.
    """

    name: str
    cells: Callable[[Record], Cells]
    side: Side = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a result shows of itself.

    Attributes
    ----------
    name : str
        The class, as a terminal shows it.
    title : str
        What the result is, in words.
    of : tuple of Cell
        The plans, or the term, that it is about.
    counts : tuple of str
        The figures that matter: ``12 revised``.
    columns : tuple of Column
    rows : sequence of mapping
        The rows that a reader wants first.
    total : int
        How many rows there are.
    note : str
        Which rows are shown, where they are not simply the first.
    ways : tuple of str
        How to get at the rest: ``.table``, ``.explain(id)``.
    method : str
    """

    name: str
    title: str
    of: Cells = ()
    counts: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Record, ...] = ()
    total: int = 0
    note: str = ""
    ways: tuple[str, ...] = ()
    method: str = ""


def records(table: "pd.DataFrame", most: int | None = None) -> tuple[Record, ...]:
    """Return the first rows of a table, with None for what is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> records(pd.DataFrame({"score": [1.0, float("nan")]}))
    ({'score': 1.0}, {'score': None})
    """
    shown = (table if most is None else table.head(most)).astype(object)
    rows = shown.where(shown.notna(), None).to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)


def some_of_each(
    table: "pd.DataFrame", column: str, order: Iterable[str], most: int
) -> "pd.DataFrame":
    """Return a number of rows of each kind, the kinds in an order of their own."""
    import pandas as pd

    return pd.concat([table[table[column] == kind].head(most) for kind in order])


def tally(table: "pd.DataFrame", column: str, order: Iterable[str]) -> tuple[str, ...]:
    """Count the rows of each kind, leaving out the kinds that there are none of.

    Examples
    --------
    >>> import pandas as pd
    >>> tally(pd.DataFrame({"status": ["new", "kept", "new"]}), "status", ["kept", "new", "split"])
    ('1 kept', '2 new')
    """
    counts = table[column].value_counts()
    return tuple(f"{counts[kind]:,} {kind}" for kind in order if counts.get(kind, 0))


def number_of(number: int, noun: str, nouns: str = "") -> str:
    """Say how many there are.

    Examples
    --------
    >>> number_of(1, "row"), number_of(1200, "row"), number_of(2, "entry", "entries")
    ('1 row', '1,200 rows', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
