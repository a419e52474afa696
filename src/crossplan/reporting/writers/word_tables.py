"""Tables in a Word report."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import sqrt

from crossplan.reporting.document import Column, Row, Run, Table
from crossplan.reporting.writers.links import place_of
from crossplan.reporting.writers.widths import ems_of, longest_word, needed_widths, shared_out
from crossplan.reporting.writers.word_styles import PARAGRAPHS, TABLE
from crossplan.reporting.writers.word_text import Element, Typesetter, make, paragraph

# A row with a cell of so many characters may go on on the next page.
_LONG_CELL = 600
# In twentieths of a point: the size of the letters, and the room beside the text of a cell.
_EM, _SIDES = 20 * PARAGRAPHS["Table text"].size, 144


@dataclass(frozen=True, slots=True)
class _TableSetter:
    """Sets a table.

    Attributes
    ----------
    columns : tuple of Column
    widths : list of int
        Of the columns, in twentieths of a point.
    setter : Typesetter
    """

    columns: tuple[Column, ...]
    widths: list[int]
    setter: Typesetter

    def table(self, rows: tuple[Row, ...]) -> Element:
        """Set rows, below a header that comes again on every page."""
        properties = make(
            "tblPr",
            make("tblStyle", val=TABLE),
            make("tblW", w=str(sum(self.widths)), type="dxa"),
            make("tblLayout", type="fixed"),
            make("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", noHBand="1"),
        )
        grid = make("tblGrid", *(make("gridCol", w=str(width)) for width in self.widths))
        return make("tbl", properties, grid, self.header(), *map(self.row, rows))

    def header(self) -> Element:
        """Set the labels of the columns."""
        labels = [self.setter.runs((Run(column.label),)) for column in self.columns]
        return self.line(labels, "Table header", make("cantSplit"), make("tblHeader"))

    def row(self, row: Row) -> Element:
        """Set a row, with the bookmark of its place around its first cell."""
        cells = [self.setter.runs(cell.runs) for cell in row.cells]
        cells[:1] = [self.setter.marked_place(row.id, first) for first in cells[:1]]
        whole = max((len(cell.text) for cell in row.cells), default=0) < _LONG_CELL
        return self.line(cells, "Table text", *([make("cantSplit")] if whole else []))

    def line(self, cells: list[list[Element]], style: str, *settings: Element) -> Element:
        """Set cells beside each other, numbers to the right."""
        line = make("tr", make("trPr", *settings))
        for runs, column, width in zip(cells, self.columns, self.widths, strict=True):
            aligned = [make("jc", val="right")] if column.kind == "number" else []
            line.append(
                make(
                    "tc",
                    make("tcPr", make("tcW", w=str(width), type="dxa")),
                    paragraph(style, runs, *aligned),
                )
            )
        return line


def table_element(table: Table, width: int, setter: Typesetter) -> Element:
    """Set the rows of a table that are shown, as wide as the text.

    Parameters
    ----------
    table : Table
    width : int
        Of the text, in twentieths of a point.
    setter : Typesetter
    """
    widths = column_widths(table, width)
    return _TableSetter(table.columns, widths, setter).table(table.shown_rows)


def column_widths(table: Table, width: int) -> list[int]:
    """Share out the width: no word is broken, and long texts get more, so that rows are low."""
    least = least_widths(table)
    most = [
        max(pair) for pair in zip(least, (_whole(*own) for own in _contents(table)), strict=True)
    ]
    weights = [sqrt(max(places, 1)) for places in needed_widths(table)]
    shares = shared_out(width, weights, least, most)
    edges = [round(edge) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def least_widths(table: Table) -> list[float]:
    """Compute how narrow columns may be: ids and dates stay whole, and so do all words."""
    widths = []
    for number, (column, (label, texts)) in enumerate(
        zip(table.columns, _contents(table), strict=True)
    ):
        if column.kind in {"id", "date"}:
            widths.append(_whole(label, texts))
        else:
            ids = map(ems_of, _linked_ids(table, number))
            words = longest_word(texts), longest_word([label], bold=True)
            widths.append(_EM * max(*words, *ids) + _SIDES)
    return widths


def _linked_ids(table: Table, number: int) -> Iterator[str]:
    """Return the ids among the words of a column, which are longer than words may be."""
    for row in table.shown_rows:
        for run in row.cells[number].runs:
            if place_of(run.to) and run.text.isascii() and " " not in run.text:
                yield run.text


def _whole(label: str, texts: list[str]) -> float:
    """Compute the width at which no text of a column is broken."""
    return _EM * max(ems_of(label, bold=True), *map(ems_of, texts), 1) + _SIDES


def _contents(table: Table) -> list[tuple[str, list[str]]]:
    """Return the label of each column, and what stands in it."""
    return [
        (column.label, [row.cells[number].text for row in table.shown_rows])
        for number, column in enumerate(table.columns)
    ]
