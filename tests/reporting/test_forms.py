"""What all forms of a report have in common: the same words for the same thing."""

import io
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html
from markdown_it import MarkdownIt
from matplotlib.figure import Figure
from openpyxl import load_workbook

from crossplan.characters import drawable, fit, visible
from crossplan.display import Cell as ViewCell
from crossplan.display import View, as_html
from crossplan.figures.style import drawing, mark
from crossplan.files import without_clock
from crossplan.reporting.document import (
    Chapter,
    ReadingPassage,
    ReadingText,
    ReadingView,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    TextRun,
)
from crossplan.reporting.writers.excel_workbook import excel_bytes
from crossplan.reporting.writers.html import html_page
from crossplan.reporting.writers.markdown import markdown_text
from crossplan.reporting.writers.word_document import word_bytes

CODES = {
    "\x00": r"\x00",
    "\x1b": r"\x1b",
    "\x85": r"\x85",
    "\xad": r"\xad",
    "\u061c": r"\u061c",
    "\u200b": r"\u200b",
    "\u200f": r"\u200f",
    "\u2028": r"\u2028",
    "\u202e": r"\u202e",
    "\u2066": r"\u2066",
    "\ud800": r"\ud800",
    "\ue000": r"\ue000",
    "\ufeff": r"\ufeff",
    "\uffff": r"\uffff",
    "\U000e0041": r"\U000e0041",
}
# A family of three, which is one sign; Persian; a blank as wide as a letter; a rare letter.
HARMLESS = "\U0001f468\u200d\U0001f469\u200d\U0001f467 می\u200cخواهم 甲\u3000乙 𠮷"


def said_in_word(document: ReportDocument) -> str:
    file = docx.Document(io.BytesIO(word_bytes(document)))
    return "".join(text.text or "" for text in file.element.body.iter(qn("w:t")))


def said_in_excel(document: ReportDocument) -> str:
    book = load_workbook(io.BytesIO(excel_bytes(document)))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def said_in_markdown(document: ReportDocument) -> str:
    inner = [
        t for token in MarkdownIt().parse(markdown_text(document)) for t in token.children or ()
    ]
    return "".join(token.content for token in inner)


def said_in_html(document: ReportDocument) -> str:
    page = html.fromstring(html_page(document))
    return "".join(page.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))


FORMS = {
    "docx": said_in_word,
    "xlsx": said_in_excel,
    "md": said_in_markdown,
    "html": said_in_html,
}


def document_of(*blocks: Any) -> ReportDocument:
    return ReportDocument("Title", "", "en", (Chapter("c", "Chapter", "Chapter", blocks),))


@pytest.mark.parametrize("form", FORMS)
def test_an_unfit_character_has_the_same_code_everywhere(form: str) -> None:
    texts = [f"<{number}{character}>" for number, character in enumerate(CODES)]
    said = FORMS[form](document_of(*(ReportParagraph((TextRun(text),)) for text in texts)))
    for number, (character, code) in enumerate(CODES.items()):
        assert f"<{number}{code}>" in said
        assert character not in said


@pytest.mark.parametrize("character", CODES)
def test_a_notebook_and_a_terminal_show_that_code_too(character: str) -> None:
    assert visible(f"a{character}b") == fit(f"a{character}b") == f"a{CODES[character]}b"
    assert f"a{CODES[character]}b" in as_html(
        View(name="Name", title="Title", of=(ViewCell(f"a{character}b"),))
    )


@pytest.mark.parametrize("form", FORMS)
def test_what_joins_letters_and_wide_blanks_stay(form: str) -> None:
    assert HARMLESS in FORMS[form](document_of(ReportParagraph((TextRun(f"x{HARMLESS}x"),))))
    assert drawable(HARMLESS) == visible(HARMLESS) == HARMLESS


def test_a_figure_has_a_square_for_it() -> None:
    with drawing(Figure().subplots(), 4, 2) as ax:
        texts = [ax.text(0, 0, f"a{character}b") for character in (*CODES, "\r")]
    assert {text.get_text() for text in texts} == {"a□b"}


def test_a_mark_names_a_term_as_the_page_writes_it() -> None:
    text = Figure().text(0, 0, "")
    mark(text, "term", "甲\u3000乙\u202e")
    assert text.get_gid() == "term:甲\u3000乙\\u202e"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_moved(form: str) -> None:
    passages = tuple(
        ReadingPassage(
            f"2/{number}", (TextRun("text"),), label="revised", partners=("1/1",), moved=moved
        )
        for number, moved in enumerate([True, False])
    )
    texts = (
        ReadingText("Old", (ReadingPassage("1/1", (TextRun("text"),)),)),
        ReadingText("New", passages),
    )
    assert FORMS[form](document_of(ReadingView(texts))).count("moved") == 1


@pytest.mark.parametrize("form", ["docx", "md", "html"])
def test_rows_that_are_not_shown_are_counted(form: str) -> None:
    rows = tuple(ReportRow((ReportCell((TextRun(f"row {number}"),)),)) for number in range(9))
    said = FORMS[form](document_of(ReportTable("t", "Rows", (ReportColumn("n"),), rows, 4)))
    assert "row 3" in said
    assert "row 4" not in said
    assert "The first 4 of 9 rows; the workbook (.xlsx) has all of them." in said


def test_a_packed_file_does_not_tell_the_system_it_was_made_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = io.BytesIO(word_bytes(document_of()))
    packed = without_clock(file)
    monkeypatch.setattr("sys.platform", "win32")
    assert without_clock(file) == packed
    with ZipFile(io.BytesIO(packed)) as archive:
        assert {entry.create_system for entry in archive.infolist()} == {3}
