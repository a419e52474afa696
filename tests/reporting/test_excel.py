"""The report as a workbook: typed, filtered, linked, and never a formula."""

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from pypdfium2 import PdfDocument
from report_material import HOSTILE, document_of, lines_of, of_a_pair, shown

from crossplan.reporting.document import (
    Chapter,
    ReadingView,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportRow,
    ReportTable,
    TextRun,
)
from crossplan.reporting.writers.excel_workbook import excel_bytes, typed


@pytest.fixture(scope="module")
def written() -> bytes:
    return excel_bytes(of_a_pair())


@pytest.fixture(scope="module")
def book(written: bytes) -> Any:
    return load_workbook(io.BytesIO(written), rich_text=True)


@pytest.fixture(scope="module")
def hostile() -> Any:
    return load_workbook(io.BytesIO(excel_bytes(document_of(HOSTILE))), rich_text=True)


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet for cell in row if cell.value is not None]


def of_one_table(*rows: ReportRow, columns: int = 1, name: str = "t") -> Any:
    table = ReportTable(name, "Caption", tuple(ReportColumn(f"c{n}") for n in range(columns)), rows)
    document = ReportDocument("Title", "", "en", (Chapter("c", "Chapter", "Chapter", (table,)),))
    return load_workbook(io.BytesIO(excel_bytes(document)), rich_text=True)


@pytest.mark.parametrize("name", ["book", "hostile"])
def test_nothing_that_the_report_says_is_lost(name: str, request: pytest.FixtureRequest) -> None:
    document = of_a_pair() if name == "book" else document_of(HOSTILE)
    found = cells(request.getfixturevalue(name))
    said = "\n".join(str(cell.value) for cell in found)
    formats = "\n".join(cell.number_format for cell in found)
    for runs in lines_of(document):
        for run in runs:
            text = shown(run.text).strip()
            assert text in said or text in formats or re.fullmatch(r"[-+\d.,%]+", text), text


def test_all_rows_are_there_and_not_only_those_shown(book: Any) -> None:
    tables = [block for block in of_a_pair().blocks() if isinstance(block, ReportTable)]
    assert any(table.shown is not None and table.shown < len(table.rows) for table in tables)
    for table in tables:
        (sheet,) = [s for s in book if s.title in {table.name, f"{table.name} (2)"}]
        assert sheet["A1"].value == table.caption
        assert sheet.max_row == len(table.rows) + 2
    passages = [
        passage.id
        for block in of_a_pair().blocks()
        if isinstance(block, ReadingView)
        for text in block.texts
        for passage in text.passages
    ]
    assert [row[1].value for row in book["texts"].iter_rows(min_row=3)] == passages


def test_sheets_begin_with_the_findings_and_end_with_what_is_no_table(book: Any) -> None:
    names = book.sheetnames
    assert (names[0], *names[-2:]) == ("findings", "texts", "about")


@pytest.mark.parametrize("name", ["book", "hostile"])
def test_names_of_sheets_are_taken_everywhere(name: str, request: pytest.FixtureRequest) -> None:
    names = request.getfixturevalue(name).sheetnames
    assert len({n.lower() for n in names}) == len(names)
    for n in names:
        assert 0 < len(n) <= 31
        assert not set("[]:*?/\\") & set(n)
        assert n.lower() != "history"
        assert n == n.strip("'")


def test_headers_stay_and_rows_are_filtered_and_printed(book: Any) -> None:
    for sheet in book:
        header = int(sheet.freeze_panes[1:]) - 1
        assert all(cell.font.b for cell in sheet[header])
        assert sheet.auto_filter.ref.startswith(f"A{header}:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet.print_title_rows == f"${header}:${header}"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            0,
            True,
        )
        assert {cell.font.name for row in sheet for cell in row if cell.value is not None} == {
            "DengXian"
        }


def test_values_are_typed(book: Any) -> None:
    sheet = book["measures"]
    labels = [cell.value for cell in sheet[2]]
    scores = [row[labels.index("得分")].value for row in sheet.iter_rows(min_row=3)]
    assert all(score is None or isinstance(score, int | float) for score in scores)
    assert max(score for score in scores if score is not None) == 100
    plans = book["plans"]
    labels = [cell.value for cell in plans[2]]
    day = plans.cell(4, labels.index("发布") + 1)
    assert (day.value, day.number_format) == (datetime(2026, 6, 11), "yyyy-mm-dd")  # noqa: DTZ001
    assert plans.cell(4, labels.index("举措") + 1).value == 203


@pytest.mark.parametrize(
    ("text", "value", "stored"),
    [
        ("72", 72, (72, "0")),
        ("72 抽样", 72, (72, '0" 抽样"')),
        ("27,323", 27323, (27323, "#,##0")),
        ("0.83", 0.8276, (0.8276, "0.00")),
        ("-1.5", -1.5, (-1.5, "0.0")),
        ("+2.0 +13%", 2.0, (2.0, '+0.0" +13%";-0.0" +13%";0.0" +13%"')),
        ('6 "a"', 6, (6, '0" "\\""a"\\"""')),
        ("2026-06-11", date(2026, 6, 11), (date(2026, 6, 11), "yyyy-mm-dd")),
        ("never published", date(2026, 6, 11), None),
        ("1812-01-01", date(1812, 1, 1), None),
        ("unknown", 3, None),
        ("nan", float("nan"), None),
        ("name and more", "name", None),
        ("3\n", 3, None),
        ("3" + "x" * 300, 3, None),
    ],
)
def test_a_value_is_stored_where_the_text_shows_it(text: str, value: Any, stored: Any) -> None:
    assert typed(ReportCell((TextRun(text),), value)) == stored


def colour_of(block: TextBlock) -> Any:
    return block.font.color and block.font.color.rgb


def test_changes_are_marked_in_the_cell(book: Any) -> None:
    rich = [c.value for c in cells(book) if isinstance(c.value, CellRichText)]
    blocks = [piece for value in rich for piece in value if isinstance(piece, TextBlock)]
    inserted = {b.text for b in blocks if (b.font.u, colour_of(b)) == ("single", "0000603F")}
    deleted = {b.text for b in blocks if (b.font.strike, colour_of(b)) == (True, "00A33C00")}
    runs = [
        run
        for block in of_a_pair().blocks()
        if isinstance(block, ReportTable)
        for row in block.rows
        for cell in row.cells
        for run in cell.runs
    ]
    assert {run.text for run in runs if run.style == "inserted"} <= inserted
    assert {run.text for run in runs if run.style == "deleted"} <= deleted
    assert inserted
    assert deleted


def test_links_lead_to_the_row_they_name(book: Any) -> None:
    sheet = book["measures"]
    followed = 0
    for cell in (cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.hyperlink):
        name, _, place = cell.hyperlink.location.rpartition("!")
        row = book[name.strip("'")][place].row
        assert book["texts"].cell(row, 2).value == cell.value
        followed += 1
    assert followed > 200


@pytest.mark.parametrize("name", ["book", "hostile"])
def test_no_link_leads_nowhere(name: str, request: pytest.FixtureRequest) -> None:
    book = request.getfixturevalue(name)
    links = [cell.hyperlink for cell in cells(book) if cell.hyperlink]
    assert links
    for link in links:
        if link.location:
            sheet, _, place = link.location.rpartition("!")
            assert book[sheet[1:-1].replace("''", "'")][place].value is not None
        else:
            assert re.match(r"https?://[!-~]+$", link.target)


def test_text_is_never_a_formula(hostile: Any) -> None:
    found = cells(hostile)
    assert "f" not in {cell.data_type for cell in found}
    for text in HOSTILE[:5]:
        own = [cell for cell in found if str(cell.value) == text]
        assert own
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in own)


CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@needs_office
def test_libreoffice_shows_numbers_as_the_report_does(tmp_path: Path) -> None:
    values = {"72 抽样": 72, "+2.5 +13%": 2.5, "≤11/10万": 11, "27,323": 27323, "0.83": 0.8276}
    rows = tuple(
        ReportRow((ReportCell((TextRun(text),), value),)) for text, value in values.items()
    )
    table = ReportTable("t", "Caption", (ReportColumn("a", "number"),), rows)
    document = ReportDocument("Title", "", "en", (Chapter("c", "Chapter", "Chapter", (table,)),))
    (pdf,) = convert(excel_bytes(document), "xlsx", "pdf", tmp_path)
    said = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pdf))
    for text in values:
        assert text in said


@needs_office
def test_libreoffice_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    rows = tuple(
        ReportRow((ReportCell((TextRun(text),)), ReportCell((TextRun(text, "inserted"),))))
        for text in HOSTILE
    )
    table = ReportTable("measures", "Caption", (ReportColumn("a"), ReportColumn("b")), rows)
    document = ReportDocument("Title", "", "en", (Chapter("c", "Chapter", "Chapter", (table,)),))
    made = convert(excel_bytes(document), "xlsx", CSV, tmp_path)
    (path,) = [path for path in made if "measures" in path.name]
    said = path.read_text(encoding="utf-8").replace('""', '"')
    for text in HOSTILE:
        assert said.count(shown(text)) >= 2, text


def test_what_no_cell_can_hold_is_cut_and_said_to_be() -> None:
    long = "字" * 40_000
    sheet = of_one_table(
        ReportRow((ReportCell((TextRun(long),)),)),
        ReportRow((ReportCell((TextRun("a"), TextRun("𠮷" * 20_000, "inserted"))),)),
    )["t"]
    for cell in (sheet["A3"], sheet["A4"]):
        text = str(cell.value)
        assert len(text.encode("utf-16-le")) // 2 <= 32_767
        assert text.endswith(" … [the rest is more than a cell holds]")
    assert str(sheet["A3"].value).count("字") > 32_000


def test_the_file_tells_nothing_of_its_making(written: bytes, book: Any) -> None:
    assert book.properties.creator in {None, ""}
    assert book.properties.created == book.properties.modified == datetime(2000, 1, 1)  # noqa: DTZ001
    with ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_report_gives_the_same_bytes(written: bytes) -> None:
    assert excel_bytes(of_a_pair()) == written


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=12))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = [
        ReportRow(
            (ReportCell((TextRun(text),)), ReportCell((TextRun(text), TextRun(text, "deleted")))),
            id=text,
        )
        for text in texts
    ]
    sheet = of_one_table(*rows, columns=2)["t"]
    for number, text in enumerate(texts, start=3):
        assert str(sheet.cell(number, 1).value or "") == shown(text)
        assert str(sheet.cell(number, 2).value or "") == shown(text) * 2
