"""Tables in a Word report."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from crossplan.reporting.document import Column, Row, Run, Table
from crossplan.reporting.writers.widths import width_of
from crossplan.reporting.writers.word_elements import Element, make, paragraph
from crossplan.reporting.writers.word_styles import TABLE
from crossplan.reporting.writers.word_text import Typesetter

# A row with a cell of so many characters may go on on the next page.
LONG_CELL = 600
# In twentieths of a point: the room of a letter, and that beside the text of a cell.
LETTER, SIDES = 88, 150


@dataclass(frozen=True, slots=True)
class TableSetter:
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
        whole = max((len(cell.text) for cell in row.cells), default=0) < LONG_CELL
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
    return TableSetter(table.columns, widths, setter).table(table.shown_rows)


def column_widths(table: Table, width: int) -> list[int]:
    """Give ids and dates the room that they need, and share out the rest."""
    fixed = [
        min(needed(table, number), width // 5) if column.kind in {"id", "date"} else 0
        for number, column in enumerate(table.columns)
    ]
    shares = [0 if own else column.share for own, column in zip(fixed, table.columns, strict=True)]
    rest = width - sum(fixed)
    edges = [round(rest * share / (sum(shares) or 1)) for share in accumulate(shares, initial=0.0)]
    return [own or right - left for own, (left, right) in zip(fixed, pairwise(edges), strict=True)]


def needed(table: Table, number: int) -> int:
    """Reckon the width at which no text of a column is broken."""
    texts = [table.columns[number].label, *(row.cells[number].text for row in table.shown_rows)]
    return LETTER * max(map(width_of, texts)) + SIDES
