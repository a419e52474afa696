"""The report as a Word document: whole, linked, printable, and never broken by its text."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from pypdfium2 import PdfDocument
from report_material import HOSTILE, document_of, lines_of, of_a_pair, shown

from crossplan.reporting.document import (
    Chapter,
    Picture,
    ReadingView,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    TextRun,
)
from crossplan.reporting.writers.word_blocks import column_widths
from crossplan.reporting.writers.word_document import pages, word_bytes


@pytest.fixture(scope="module")
def written() -> bytes:
    return word_bytes(of_a_pair())


@pytest.fixture(scope="module")
def file(written: bytes) -> Any:
    return docx.Document(io.BytesIO(written))


@pytest.fixture(scope="module")
def hostile() -> Any:
    return docx.Document(io.BytesIO(word_bytes(document_of(HOSTILE))))


def paragraphs(file: Any) -> list[str]:
    """Give the text of all paragraphs, those in tables too."""
    pieces = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
    return [
        "".join(
            pieces[piece.tag] or piece.text or ""
            for piece in paragraph.iter(*pieces)
            # A tab stop has the same name as a tab.
            if piece.getparent().tag == qn("w:r")
        )
        for paragraph in file.element.body.iter(qn("w:p"))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["file", "hostile"])
def test_nothing_that_the_report_says_is_lost(name: str, request: pytest.FixtureRequest) -> None:
    document = of_a_pair() if name == "file" else document_of(HOSTILE)
    said = "\n".join(paragraphs(request.getfixturevalue(name)))
    for runs in lines_of(document):
        text = shown("".join(run.text for run in runs))
        assert text in said, text


def test_chapters_tables_and_figures_are_what_word_knows_them_as(file: Any) -> None:
    by_style: dict[str, list[str]] = {}
    for paragraph in file.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Heading 1"] == [chapter.title for chapter in of_a_pair().chapters]
    assert by_style["Title"] == [of_a_pair().title]
    tables = [block for block in of_a_pair().blocks() if isinstance(block, ReportTable)]
    figures = [block for block in of_a_pair().blocks() if isinstance(block, Picture)]
    assert len(file.tables) == len(tables)
    assert len(file.inline_shapes) == len(figures)
    assert len(by_style["Caption"]) == len(tables) + len(figures)
    fields = [e.get(qn("w:instr")) for e in file.element.body.iter(qn("w:fldSimple"))]
    assert [f.split()[:2] for f in fields].count(["SEQ", "表"]) == len(tables)
    assert [f.split()[:2] for f in fields].count(["SEQ", "图"]) == len(figures)
    alts = [e.get("descr") for e in file.element.body.iter(qn("wp:docPr"))]
    assert alts == [figure.alt for figure in figures]
    instructions = [e.text for e in file.element.body.iter(qn("w:instrText"))]
    assert instructions[0].split()[0] == "TOC"
    assert by_style["toc 1"] == by_style["Heading 1"]


def test_fields_ask_no_questions(file: Any) -> None:
    assert file.settings.element.find(qn("w:updateFields")) is None
    assert not file.element.xpath("//w:*[@w:dirty]")


@pytest.mark.parametrize("name", ["file", "hostile"])
def test_links_lead_to_bookmarks(name: str, request: pytest.FixtureRequest) -> None:
    body = request.getfixturevalue(name).element.body
    marks = [e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len({mark.lower() for mark in marks})
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", mark) for mark in marks)
    numbers = [e.get(qn("w:id")) for e in body.iter(qn("w:bookmarkStart"))]
    assert numbers == [e.get(qn("w:id")) for e in body.iter(qn("w:bookmarkEnd"))]
    assert len(numbers) == len(set(numbers))
    anchors = {e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))} - {None}
    assert anchors
    assert anchors <= set(marks)


def test_addresses_are_http_and_nothing_else_is_loaded(file: Any, hostile: Any) -> None:
    for own in (file, hostile):
        outside = [r for r in own.part.rels.values() if r.is_external]
        assert outside
        assert all(re.match(r"https?://[!-~]+$", r.target_ref) for r in outside)
        assert {r.reltype.rpartition("/")[2] for r in outside} == {"hyperlink"}


def test_changes_are_seen_without_colour(file: Any) -> None:
    inserted, deleted = file.styles["Inserted"].font, file.styles["Deleted"].font
    assert (inserted.underline, str(inserted.color.rgb)) == (True, "00603F")
    assert (deleted.strike, str(deleted.color.rgb)) == (True, "A33C00")
    found = {
        style: {
            "".join(t.text for t in run.iter(qn("w:t")))
            for run in file.element.body.iter(qn("w:r"))
            if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is not None
            and run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) == style
        }
        for style in ("Inserted", "Deleted")
    }
    runs = [
        run
        for block in of_a_pair().blocks()
        if isinstance(block, ReadingView)
        for text in block.texts
        for passage in text.passages
        for run in passage.runs
    ]
    for name, style in (("Inserted", "inserted"), ("Deleted", "deleted")):
        wanted = {run.text for run in runs if run.style == style}
        assert wanted
        assert wanted <= found[name]


def test_every_style_names_a_chinese_font(file: Any) -> None:
    styles = file.styles.element
    theme = {qn(f"w:{name}") for name in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme")}
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph":
            fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts.get(qn("w:eastAsia")) in {"SimSun", "SimHei"}
            assert fonts.get(qn("w:ascii"))
    assert not [e for e in styles.iter(qn("w:rFonts")) if theme & set(e.attrib)]
    language = next(styles.iter(qn("w:lang")))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_chinese_runs_say_that_their_punctuation_is_chinese() -> None:
    runs = (TextRun("“引号”——"), TextRun("“quotes”", lang="en"))
    document = ReportDocument(
        "报告", "", "zh", (Chapter("c", "章", "章", (ReportParagraph(runs),)),)
    )
    file = docx.Document(io.BytesIO(word_bytes(document)))
    hints = {
        "".join(t.text for t in run.iter(qn("w:t"))): run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        for run in file.element.body.iter(qn("w:r"))
    }
    assert hints["“引号”——"].get(qn("w:hint")) == "eastAsia"
    assert hints["“quotes”"] is None


def test_tables_can_be_printed(file: Any) -> None:
    widths = {section.page_width for section in file.sections}
    assert len(widths) == 2
    for table in file.tables:
        rows = table._tbl.tr_lst
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        columns = [int(e.get(qn("w:w"))) for e in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert min(columns) > 0
        room = max(s.page_width - s.left_margin - s.right_margin for s in file.sections)
        assert sum(columns) * 635 <= room + 635


def test_no_column_is_narrower_than_its_longest_word() -> None:
    ids = ("2026-2030/1.1/6", "2026-2030-constructed-1/1.10/12")
    cells = (
        *("unknown", "plan_text", "Infrastructure", "ok"),
        "字" * 300,
        f"https://example.org/{'x' * 90}",
    )
    row = (
        *(ReportCell((TextRun(text),)) for text in cells),
        *(ReportCell((TextRun(i, to=f"#{i}"),)) for i in ids),
    )
    labels = ("Chapters", "Moved", "n", "Difference", "text", "source", "old", "new")
    table = ReportTable("t", "t", tuple(map(ReportColumn, labels)), (ReportRow(row),))
    # In points, measured with Liberation Sans bold (labels) and Serif, at the size of tables.
    points = {"Chapters": 36.8, "Moved": 26.9, "Difference": 41.6}
    points |= {"unknown": 31.6, "plan_text": 31.6, "Infrastructure": 46.3}
    points |= {ids[0]: 56.4, ids[1]: 114.0}
    widths = column_widths(table, 14000)
    assert sum(widths) == 14000
    for label, text, width in zip(labels, (*cells, *ids), widths, strict=True):
        assert width / 20 - 7 >= max(points.get(label, 0), points.get(text, 0)), text
    assert widths[4] > 3 * widths[0]


def test_a_table_too_wide_for_an_upright_page_lies() -> None:
    def of(labels: list[str]) -> Chapter:
        row = ReportRow(tuple(ReportCell((TextRun("x"),)) for _ in labels))
        return Chapter(
            "c", "c", "c", (ReportTable("t", "t", tuple(map(ReportColumn, labels)), (row,)),)
        )

    assert [lying for lying, _ in pages(of(["Infrastructure"] * 5))] == [False]
    assert [lying for lying, _ in pages(of(["Infrastructure"] * 12))] == [True]


def test_pages_have_a_header_and_a_number(file: Any) -> None:
    for section in file.sections:
        assert section.header.paragraphs[0].text == of_a_pair().title
        fields = [
            e.get(qn("w:instr")).strip() for e in section.footer._element.iter(qn("w:fldSimple"))
        ]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_file_tells_nothing_of_its_making(written: bytes, file: Any) -> None:
    properties = file.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == datetime(2000, 1, 1, tzinfo=UTC)
    with ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes(written: bytes) -> None:
    assert word_bytes(of_a_pair()) == written


@settings(max_examples=12)
@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=12))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = tuple(
        ReportRow((ReportCell((TextRun(text), TextRun(text, "inserted"))),), id=text)
        for text in texts
    )
    links = ReportParagraph(tuple(TextRun(text, to=f"#{text}") for text in texts))
    blocks = (ReportTable("t", "t", (ReportColumn("text"),), rows), links)
    document = ReportDocument("t", "", "en", (Chapter("c", "t", "t", blocks),))
    file = docx.Document(io.BytesIO(word_bytes(document)))
    cells = [row.cells[0].text for row in file.tables[0].rows[1:]]
    assert cells == [shown(text) + shown(text) for text in texts]


@needs_office
def test_libreoffice_prints_it(tmp_path: Path, written: bytes) -> None:
    (pdf,) = convert(written, "docx", "pdf", tmp_path)
    pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(pdf)]
    assert of_a_pair().title in pages[0]
    assert f"第 {len(pages)} 页，共 {len(pages)} 页" in pages[-1]
    said = re.sub(r"\s", "", "".join(pages))
    for chapter in of_a_pair().chapters:
        assert re.sub(r"\s", "", chapter.title) in said
