"""Describe what a result shows, and draw it as HTML for a notebook or a line for a terminal.

The HTML has no script, no style sheet and no text colour. It therefore works in light and
dark themes, and stays readable in a viewer that removes styles. All text is escaped.
Quotations of a plan are in an element with ``dir="auto"``, so that right-to-left letters do
not reorder their neighbours. The sanitizers of GitHub and nbviewer keep this attribute, but
remove ``<bdi>``, which has the same effect.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from crossplan.characters import visible
from crossplan.languages.scripts import has_han

if TYPE_CHECKING:
    import pandas as pd
    from jinja2 import Template


def shorten(text: str, longest: int) -> str:
    """Cut a text that is too long.

    Examples
    --------
    >>> shorten("发展规划", 3)
    '发展…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


_Look = Literal["plain", "quoted", "small", "chip", "strong", "deleted", "inserted"]
Side = Literal["left", "right", "center"]
Record = Mapping[str, Any]


class Cell(NamedTuple):
    """A piece of text in a table or a heading.

    Attributes
    ----------
    text : str
    look : str
        ``quoted`` for a quotation of a plan, ``small`` for an id, ``chip`` for a status word,
        ``deleted`` and ``inserted`` for the runs of a redline.
    full : str
        The whole text, where `text` is shortened.
    """

    text: str
    look: _Look = "plain"
    full: str = ""


Cells = tuple[Cell, ...]


class ViewColumn(NamedTuple):
    """A column of the displayed table.

    Attributes
    ----------
    name : str
        The heading of the column.
    cells : callable
        Makes the content of a cell from a row of the result's table.
    side : {"left", "right", "center"}
        Alignment of the cells; numbers are aligned to the right.
    """

    name: str
    cells: Callable[[Record], Cells]
    side: Side = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The display of a result.

    Attributes
    ----------
    name : str
        The name of the class, shown in a terminal.
    title : str
        A description of the result.
    of : tuple of Cell
        The plans or the term that the result is about.
    counts : tuple of str
        The main counts, such as ``12 revised``.
    columns : tuple of ViewColumn
    rows : sequence of mapping
        The rows that are shown.
    total : int
        The number of rows in the result's table.
    note : str
        Which rows are shown, if they are not the first.
    ways : tuple of str
        How to access the rest, such as ``.table`` or ``.explain(id)``.
    method : str
    """

    name: str
    title: str
    of: Cells = ()
    counts: tuple[str, ...] = ()
    columns: tuple[ViewColumn, ...] = ()
    rows: tuple[Record, ...] = ()
    total: int = 0
    note: str = ""
    ways: tuple[str, ...] = ()
    method: str = ""


def records(table: "pd.DataFrame", most: int | None = None) -> tuple[Record, ...]:
    """Return the first rows of a table, with None for missing values.

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
    """Return at most `most` rows of each kind, with the kinds in the order given."""
    import pandas as pd

    return pd.concat([table[table[column] == kind].head(most) for kind in order])


def tally(table: "pd.DataFrame", column: str, order: Iterable[str]) -> tuple[str, ...]:
    """Count the rows of each kind, leaving out kinds without rows.

    Examples
    --------
    >>> import pandas as pd
    >>> tally(pd.DataFrame({"status": ["new", "kept", "new"]}), "status", ["kept", "new", "split"])
    ('1 kept', '2 new')
    """
    counts = table[column].value_counts()
    return tuple(f"{counts[kind]:,} {kind}" for kind in order if counts.get(kind, 0))


def number_of(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun in the singular or plural.

    Examples
    --------
    >>> number_of(1, "row"), number_of(1200, "row"), number_of(2, "entry", "entries")
    ('1 row', '1,200 rows', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


# The longest title in a line of a terminal, in characters.
_LONGEST_LINE = 120


def as_html(view: View) -> str:
    """Draw a view as HTML, with the same bytes every time."""
    return _template().render(
        view=view,
        rows=[[column.cells(row) for column in view.columns] for row in view.rows],
        shown=_shown(view),
    )


def as_line(view: View) -> str:
    """Draw a view as a line: its class, its subject, and its counts."""
    of = "".join(cell.text for cell in view.of)
    counts = ", ".join(view.counts) or number_of(view.total, "row")
    parts = [view.name, shorten(visible(of), _LONGEST_LINE), visible(counts)]
    return f"<{': '.join(filter(None, parts))}>"


def _shown(view: View) -> str:
    """Return a sentence on how many rows are shown, and which."""
    if len(view.rows) == view.total:
        return "" if view.rows else "There are no rows."
    rows = f"{len(view.rows):,} of {number_of(view.total, 'row')}"
    return f"Shown: {rows}{f', {view.note}' if view.note else ''}."


def _language(text: str) -> str:
    """Return the language of a quotation, if it is known from its characters."""
    return "zh-Hans" if has_han(text) else ""


@cache
def _template() -> "Template":
    """Load the template once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crossplan.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["language"] = _language
    return environment.get_template("view.html")
