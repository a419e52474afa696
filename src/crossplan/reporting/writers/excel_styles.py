"""How the cells and printed pages of a workbook look."""

from collections.abc import Iterator
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from crossplan.reporting.writers import palette
from crossplan.reporting.writers.excel_text import FONT, SIZE

TITLE, HEADER, TEXT, LINK = "report title", "report header", "report text", "report link"
A4, GB2312 = 9, 134


def styles() -> Iterator[NamedStyle]:
    """Make the styles of cells: of titles, headers, text and links."""
    top = Alignment(wrap_text=True, vertical="top")
    yield NamedStyle(TITLE, font=font(bold=True))
    yield NamedStyle(
        HEADER,
        font=font(bold=True),
        fill=PatternFill("solid", fgColor=palette.FAINT),
        border=Border(bottom=Side("thin", color=palette.LINE)),
        alignment=top,
    )
    yield NamedStyle(TEXT, font=font(), alignment=top)
    yield NamedStyle(LINK, font=font(underline="single", color=palette.LINK), alignment=top)


def font(**settings: Any) -> Font:
    """Give the font of all sheets, which has Chinese letters."""
    return Font(name=FONT, size=SIZE, charset=GB2312, **settings)


def set_page(sheet: Worksheet, header: int) -> None:
    """Print on pages that lie, as wide as the sheet, with the header on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{header}:{header}"
    footer = HeaderFooterItem()
    footer.center.text = "&A · &P / &N"
    sheet.oddFooter = footer
