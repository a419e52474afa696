"""Write the sheets of a report as an Excel workbook."""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from crossplan.characters import fit
from crossplan.files import without_clock
from crossplan.labels import Language, in_language
from crossplan.reporting.document import (
    ReportCell,
    ReportDocument,
    ReportTable,
    Runs,
    Style,
    TextRun,
)
from crossplan.reporting.writers.excel_sheets import Sheet, is_mixed, sheets, with_link_columns
from crossplan.reporting.writers.hyperlinks import (
    DELETED_COLOUR,
    FAINT_COLOUR,
    INSERTED_COLOUR,
    LINE_COLOUR,
    LINK_COLOUR,
    place_of,
    web_address,
)
from crossplan.reporting.writers.widths import LONGEST_LABEL, width_of

_FIGURE = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_DATE_FORMAT = "yyyy-mm-dd"
# The first year of dates in a workbook, and the longest format of a number.
_FIRST_YEAR, _LONGEST_FORMAT = 1900, 255

_TITLE, _HEADER, _TEXT, _LINK = "report title", "report header", "report text", "report link"
_A4, _GB2312 = 9, 134

_FONT, _SIZE = "DengXian", 10
# The longest text of a cell, in the units of Excel, which counts a rare character as two.
_LONGEST = 32_767
_LINE_END = re.compile(r"\r\n?")
# Excel would read this as the character with that number.
_NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CHANGES: dict[Style, InlineFont] = {
    "inserted": InlineFont(rFont=_FONT, sz=_SIZE, u="single", color=Color(INSERTED_COLOUR)),
    "deleted": InlineFont(rFont=_FONT, sz=_SIZE, strike=True, color=Color(DELETED_COLOUR)),
}

_Piece = tuple[Style, str]

# A spreadsheet would read a text that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 8, 60
# In points. Some programs do not compute the height of a row of several lines themselves.
_LINE_HEIGHT, _HIGHEST = 13.5, 409
# Excel allows two hundred formats of numbers, including its own.
_MOST_FORMATS = 150


def _write_workbook(document: ReportDocument) -> bytes:
    """Write a report as a workbook without metadata on author, machine and time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    contents = sheets(document)
    writer = _SheetWriter(document.lang, _first_of(_places_of(contents)))
    for sheet in contents:
        writer.write(book.create_sheet(sheet.name), sheet)
    properties = book.properties
    properties.title, properties.subject = fit(document.title), fit(document.subtitle)
    properties.language = in_language(document.lang, "zh-CN", "en-GB")
    properties.creator = ""
    data = io.BytesIO()
    book.save(data)
    return without_clock(data)


def _places_of(contents: list[Sheet]) -> Iterator[tuple[str, str]]:
    """Yield each place that links can lead to, with its cell."""
    for sheet in contents:
        name = sheet.name.replace("'", "''")
        yield from ((chapter, f"'{name}'!A1") for chapter in sheet.chapters)
        for number, row in enumerate(sheet.table.rows, start=len(sheet.lines) + 2):
            if row.id:
                yield row.id, f"'{name}'!A{number}"


def _first_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first value of each key."""
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def typed(cell: ReportCell) -> tuple[int | float | date, str] | None:
    """Return the value of a cell and the format that shows it with the words around it.

    Parameters
    ----------
    cell : ReportCell

    Returns
    -------
    tuple of (int, float or date) and str, or None
        None if the cell holds no number or date, or if its text does not show the value.

    Examples
    --------
    >>> from crossplan.reporting.document import TextRun
    >>> typed(ReportCell((TextRun("72"), TextRun(" targets")), 72))
    (72, '0" targets"')
    >>> typed(ReportCell((TextRun("+1.50"),), 1.5))
    (1.5, '+0.00;-0.00;0.00')
    >>> typed(ReportCell((TextRun("unknown"),), 1.5)) is None
    True
    """
    value, text = cell.value, fit(cell.text)
    if isinstance(value, date):
        shown = text == value.isoformat() and value.year >= _FIRST_YEAR
        return (value, _DATE_FORMAT) if shown else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    for found in _FIGURE.finditer(text):
        if _shows(found[0], value):
            form = _around(text[: found.start()], found[0], text[found.end() :])
            return (value, form) if len(form) <= _LONGEST_FORMAT and form.isprintable() else None
    return None


def _shows(figure: str, value: float) -> bool:
    """Return whether a figure is the value, rounded to the decimals of the figure."""
    digits = figure.replace(",", "").replace("−", "-")
    return math.isclose(float(digits), value, rel_tol=1e-12, abs_tol=0.5 * 10 ** -_decimals(figure))


def _decimals(figure: str) -> int:
    """Count the decimals of a figure."""
    return len(figure.partition(".")[2])


def _around(before: str, figure: str, after: str) -> str:
    """Return the format of a figure between words."""
    form = "#,##0" if "," in figure else "0"
    form += f".{'0' * _decimals(figure)}" if _decimals(figure) else ""
    start, end = _literal(before), _literal(after)
    if figure.startswith("+"):
        return ";".join(f"{start}{sign}{form}{end}" for sign in ("+", "-", ""))
    return f"{start}{form}{end}"


def _literal(words: str) -> str:
    """Return words as a literal of a format."""
    return '"' + words.replace('"', '"\\""') + '"' if words else ""


def _styles() -> Iterator[NamedStyle]:
    """Return the cell styles for titles, headers, text and links."""
    top = Alignment(wrap_text=True, vertical="top")
    yield NamedStyle(_TITLE, font=_font(bold=True))
    yield NamedStyle(
        _HEADER,
        font=_font(bold=True),
        fill=PatternFill("solid", fgColor=FAINT_COLOUR),
        border=Border(bottom=Side("thin", color=LINE_COLOUR)),
        alignment=top,
    )
    yield NamedStyle(_TEXT, font=_font(), alignment=top)
    yield NamedStyle(_LINK, font=_font(underline="single", color=LINK_COLOUR), alignment=top)


def _font(**settings: Any) -> Font:
    """Return the font of all sheets, which has Chinese characters."""
    return Font(name=_FONT, size=_SIZE, charset=_GB2312, **settings)


def _set_page(sheet: Worksheet, header: int) -> None:
    """Set printing to landscape pages as wide as the sheet, with the header on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{header}:{header}"
    footer = HeaderFooterItem()
    footer.center.text = "&A · &P / &N"
    sheet.oddFooter = footer


def _text_of(runs: Runs, lang: Language) -> str | CellRichText:
    """Return runs as one text, with insertions and deletions marked if there are any."""
    pieces: list[_Piece] = [(run.style, _stored(run.text)) for run in runs if run.text]
    if sum(_length(text) for _, text in pieces) > _LONGEST:
        pieces = list(_cut(pieces, lang))
    if not any(style in _CHANGES for style, _ in pieces):
        return "".join(text for _, text in pieces)
    return CellRichText(
        [TextBlock(_CHANGES[style], text) if style in _CHANGES else text for style, text in pieces]
    )


def _stored(text: str) -> str:
    """Return text as a workbook stores it."""
    return _NUMBERED.sub("_x005F_", _LINE_END.sub("\n", fit(text)))


def _length(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def _cut(pieces: Iterable[_Piece], lang: Language) -> Iterator[_Piece]:
    """Cut a text that is too long for a cell, and mark the cut."""
    remark = in_language(
        lang, "……［单元格容纳不下，余文从略］", " … [the rest is more than a cell holds]"
    )
    left = _LONGEST - _length(remark)
    for style, text in pieces:
        kept = text.encode("utf-16-le")[: 2 * left].decode("utf-16-le", errors="ignore")
        left -= _length(kept)
        if kept:
            yield style, kept
        if kept != text:
            break
    yield "plain", remark


@dataclass(frozen=True, slots=True)
class _SheetWriter:
    """Writes the sheets of a workbook.

    Attributes
    ----------
    lang : {"zh", "en"}
    places : mapping of str to str
        The cell of each place that links can lead to.
    formats : set of str
        The formats of numbers used so far.
    """

    lang: Language
    places: Mapping[str, str]
    formats: set[str] = field(default_factory=set)

    def write(self, sheet: Worksheet, content: Sheet) -> None:
        """Write the lines, a frozen header, and rows with a filter."""
        for number, line in enumerate(content.lines, start=1):
            self.put(sheet.cell(number, 1), ReportCell((TextRun(line),)), _TITLE)
        header = len(content.lines) + 1
        table = with_link_columns(content.table, self.lang)
        widths = list(_widths(table))
        for place, (column, width) in enumerate(zip(table.columns, widths, strict=True), start=1):
            self.put(sheet.cell(header, place), ReportCell((TextRun(column.label),)), _HEADER)
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(table.rows, start=header + 1):
            for place, cell in enumerate(row.cells, start=1):
                self.put_linked(sheet.cell(number, place), cell)
            lines = max(map(_lines_of, row.cells, widths), default=1)
            if lines > 1:
                sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT, _HIGHEST)
        last = get_column_letter(len(table.columns))
        sheet.freeze_panes = f"A{header + 1}"
        sheet.auto_filter.ref = f"A{header}:{last}{header + len(table.rows)}"
        _set_page(sheet, header)

    def put_linked(self, target: Any, cell: ReportCell) -> None:
        """Store a cell, linked to the target of its first link unless it also holds words."""
        leads = {} if is_mixed(cell) else self.goal(cell)
        self.put(target, cell, _LINK if leads else _TEXT)
        if leads:
            target.hyperlink = Hyperlink(target.coordinate, **leads)

    def put(self, target: Any, cell: ReportCell, style: str) -> None:
        """Store the value of a cell, or its text, which is never read as a formula."""
        target.style = style
        value, form = typed(cell) or (None, "")
        if value is not None and (form in self.formats or len(self.formats) < _MOST_FORMATS):
            self.formats.add(form)
            target.value, target.number_format = value, form
        elif text := _text_of(cell.runs, self.lang):
            target.value = text
            target.data_type = "s"
            target.quotePrefix = str(text).startswith(_FORMULA)

    def goal(self, cell: ReportCell) -> dict[str, str]:
        """Return the target of the first link of a cell: a cell, an address, or nothing."""
        for run in cell.runs:
            if place := self.places.get(place_of(run.to)):
                return {"location": place}
            if address := web_address(run.to):
                return {"target": address}
        return {}


def _lines_of(cell: ReportCell, width: float) -> int:
    """Estimate the number of lines of a cell."""
    return sum(-(-width_of(line) // int(width)) or 1 for line in cell.text.splitlines())


def _widths(table: ReportTable) -> Iterator[int]:
    """Return widths of columns that fit the content, within limits."""
    for number, column in enumerate(table.columns):
        longest = max((width_of(row.cells[number].text) for row in table.rows), default=0)
        label = min(width_of(column.label), LONGEST_LABEL)
        yield min(max(longest, label, _NARROWEST) + 2, _WIDEST)


def excel_bytes(document: ReportDocument) -> bytes:
    """Write a report as a workbook, with one sheet for each result.

    The first sheet has the findings. All tables with all their rows, the texts, and
    everything else follow.

    Parameters
    ----------
    document : ReportDocument

    Returns
    -------
    bytes
        The content of the file, the same every time.
    """
    # Load openpyxl only when a workbook is written.
    return _write_workbook(document)
