"""The sheets of a report become a workbook."""

import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook

from crossplan.characters import fit
from crossplan.labels import in_language
from crossplan.packing import without_clock
from crossplan.reporting.document import Document
from crossplan.reporting.writers.excel_sheets import Sheet, sheets
from crossplan.reporting.writers.excel_styles import styles
from crossplan.reporting.writers.excel_writing import SheetWriter


def write_workbook(document: Document) -> bytes:
    """Write a report as a workbook, which says nothing of who made it where and when."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in styles():
        book.add_named_style(style)
    contents = sheets(document)
    writer = SheetWriter(document.lang, first_of(places_of(contents)))
    for sheet in contents:
        writer.write(book.create_sheet(sheet.name), sheet)
    properties = book.properties
    properties.title, properties.subject = fit(document.title), fit(document.subtitle)
    properties.language = in_language(document.lang, "zh-CN", "en-GB")
    properties.creator = ""
    data = io.BytesIO()
    book.save(data)
    return without_clock(data)


def places_of(contents: list[Sheet]) -> Iterator[tuple[str, str]]:
    """Give the cells of places that can be led to."""
    for sheet in contents:
        name = sheet.name.replace("'", "''")
        yield from ((chapter, f"'{name}'!A1") for chapter in sheet.chapters)
        for number, row in enumerate(sheet.table.rows, start=len(sheet.lines) + 2):
            if row.id:
                yield row.id, f"'{name}'!A{number}"


def first_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the first value of each key."""
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
