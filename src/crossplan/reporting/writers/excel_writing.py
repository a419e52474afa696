"""A table becomes a sheet that can be filtered, printed and followed from link to link."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from crossplan.labels import Language
from crossplan.reporting.document import Cell, Run, Table
from crossplan.reporting.writers.excel_links import is_mixed, with_link_columns
from crossplan.reporting.writers.excel_sheets import Sheet
from crossplan.reporting.writers.excel_styles import HEADER, LINK, TEXT, TITLE, set_page
from crossplan.reporting.writers.excel_text import text_of
from crossplan.reporting.writers.excel_values import typed
from crossplan.reporting.writers.links import place_of, web_address
from crossplan.reporting.writers.widths import LONGEST_LABEL, width_of

# A spreadsheet would take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NARROWEST, WIDEST = 8, 60
# In points. Some programs do not find out themselves how high a row of several lines is.
LINE_HEIGHT, HIGHEST = 13.5, 409
# Excel takes two hundred formats of numbers, with those that it knows.
MOST_FORMATS = 150


@dataclass(frozen=True, slots=True)
class SheetWriter:
    """Writes the sheets of a workbook.

    Attributes
    ----------
    lang : {"zh", "en"}
    places : mapping of str to str
        The cell of each place that can be led to.
    formats : set of str
        Of numbers, in use so far.
    """

    lang: Language
    places: Mapping[str, str]
    formats: set[str] = field(default_factory=set)

    def write(self, sheet: Worksheet, content: Sheet) -> None:
        """Write lines, a header that stays, and rows that can be filtered."""
        for number, line in enumerate(content.lines, start=1):
            self.put(sheet.cell(number, 1), Cell((Run(line),)), TITLE)
        header = len(content.lines) + 1
        table = with_link_columns(content.table, self.lang)
        room = list(widths(table))
        for place, (column, width) in enumerate(zip(table.columns, room, strict=True), start=1):
            self.put(sheet.cell(header, place), Cell((Run(column.label),)), HEADER)
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(table.rows, start=header + 1):
            for place, cell in enumerate(row.cells, start=1):
                self.put_linked(sheet.cell(number, place), cell)
            lines = max(map(lines_of, row.cells, room), default=1)
            if lines > 1:
                sheet.row_dimensions[number].height = min(lines * LINE_HEIGHT, HIGHEST)
        last = get_column_letter(len(table.columns))
        sheet.freeze_panes = f"A{header + 1}"
        sheet.auto_filter.ref = f"A{header}:{last}{header + len(table.rows)}"
        set_page(sheet, header)

    def put_linked(self, target: Any, cell: Cell) -> None:
        """Store a cell, and lead where its first link leads, unless words stand beside it."""
        leads = {} if is_mixed(cell) else self.goal(cell)
        self.put(target, cell, LINK if leads else TEXT)
        if leads:
            target.hyperlink = Hyperlink(target.coordinate, **leads)

    def put(self, target: Any, cell: Cell, style: str) -> None:
        """Store the value of a cell, or its text; text is never taken for anything else."""
        target.style = style
        value, form = typed(cell) or (None, "")
        if value is not None and (form in self.formats or len(self.formats) < MOST_FORMATS):
            self.formats.add(form)
            target.value, target.number_format = value, form
        elif text := text_of(cell.runs, self.lang):
            target.value = text
            target.data_type = "s"
            target.quotePrefix = str(text).startswith(FORMULA)

    def goal(self, cell: Cell) -> dict[str, str]:
        """Say where the first link of a cell leads: to a cell, or to an address; or nowhere."""
        for run in cell.runs:
            if place := self.places.get(place_of(run.to)):
                return {"location": place}
            if address := web_address(run.to):
                return {"target": address}
        return {}


def lines_of(cell: Cell, width: float) -> int:
    """Estimate the lines that a cell takes."""
    return sum(-(-width_of(line) // int(width)) or 1 for line in cell.text.splitlines())


def widths(table: Table) -> Iterator[int]:
    """Give the widths of columns, as wide as what they hold, within reason."""
    for number, column in enumerate(table.columns):
        longest = max((width_of(row.cells[number].text) for row in table.rows), default=0)
        label = min(width_of(column.label), LONGEST_LABEL)
        yield min(max(longest, label, NARROWEST) + 2, WIDEST)
