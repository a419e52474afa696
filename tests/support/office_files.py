"""How a text is dressed as a file: plain text, Word and PDF, with what printing adds."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dresses import TITLE, Kind, body_start, kind_of, mark_of, parts_of

from crossplan.figures.layout import font_file

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from PIL.Image import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES: dict[Kind, str] = {"front": "Heading 1", "chapter": "Heading 1", "section": "Heading 2"}
LEVELS: dict[Kind, int] = {"chapter": 0, "section": 1}
# What a reader of the file sees and its text does not hold: 一、 and （一） and ——.
HEADING_NUMBERS = f"""<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>"""
DASHES = f"""<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="91">
<w:multiLevelType w:val="hybridMultilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="nothing"/>
<w:lvlText w:val="——"/></w:lvl></w:abstractNum>"""
NUMBERS = {"headings": (900, 90, HEADING_NUMBERS), "dashes": (910, 91, DASHES)}
KEPT_TOGETHER = re.compile(r".[，。、；：！？）》”]|[0-9.][0-9.%]|——")
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 85
LINES_A_PAGE = 28
FONT = "crossplan test font"


def plain(
    paragraphs: Sequence[str],
    encoding: str = "utf-8",
    *,
    line_end: str = "\n",
    between: int = 2,
    byte_order_mark: bool = False,
) -> bytes:
    """Make a text file; `between` is the number of line ends after a paragraph.

    `utf-16` always has its byte order mark; `byte_order_mark` adds that of UTF-8.
    """
    text = "".join(f"{line}{line_end * between}" for line in paragraphs)
    mark = codecs.BOM_UTF8 if byte_order_mark else b""
    return mark + text.encode(encoding, errors="replace")


def folder(
    parent: Path, paragraphs: Sequence[str], *, pages: int = 12, name: str = "pages"
) -> Path:
    """Write a folder of split pages, whose order is that of their numbers: 1, 2, … 10."""
    path = parent / name
    path.mkdir()
    for number, part in enumerate(parts_of(paragraphs, pages), start=1):
        (path / f"{number}.txt").write_bytes(plain(part))
    return path


def word(
    paragraphs: Sequence[str], *, numbered: bool = False, table: bool = False, title: str = TITLE
) -> bytes:
    """Make a DOCX with real headings, a header, and page numbers in the footer.

    With `numbered`, the marks of the body are automatic numbers and bullets, so that the
    text of the file does not hold them; those of the table of contents are typed.
    """
    import docx

    document = docx.Document()
    document.core_properties.title = title
    if numbered:
        add_numberings(document)
    start = body_start(paragraphs)
    for line in paragraphs[:start]:
        document.add_paragraph(line)
    for line in paragraphs[start:]:
        add_body_line(document, line, numbered=numbered)
    if table:
        add_table(document)
    add_running_lines(document, title)
    return saved(document)


def add_body_line(document: "Document", line: str, *, numbered: bool) -> None:
    kind, (mark, words) = kind_of(line), mark_of(line)
    style = STYLES.get(kind)
    if not (numbered and mark):
        document.add_paragraph(line, style)
    elif kind == "measure":
        number(document.add_paragraph(words), "dashes", 0)
    else:
        number(document.add_paragraph(words, style), "headings", LEVELS[kind])


def add_numberings(document: "Document") -> None:
    from docx.oxml import parse_xml

    numbering = document.part.numbering_part.element
    for _, _, kinds in NUMBERS.values():
        numbering.insert(0, parse_xml(kinds))
    for identifier, abstract, _ in NUMBERS.values():
        numbering.append(
            parse_xml(
                f'<w:num xmlns:w="{WORD}" w:numId="{identifier}">'
                f'<w:abstractNumId w:val="{abstract}"/></w:num>'
            )
        )


def number(paragraph: "Paragraph", name: str, level: int) -> None:
    from docx.oxml import parse_xml

    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr xmlns:w="{WORD}"><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{NUMBERS[name][0]}"/></w:numPr>'
        )
    )


def add_table(document: "Document") -> None:
    """Add a small table of constructed figures."""
    rows = (("构造的指标", "2025年", "2030年"), ("构造的覆盖率", "90%", "95%"))
    table = document.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def add_running_lines(document: "Document", title: str) -> None:
    from docx.oxml import parse_xml

    section = document.sections[0]
    section.header.paragraphs[0].text = title
    footer = section.footer.paragraphs[0]
    footer.add_run("— ")
    footer._p.append(
        parse_xml(
            f'<w:fldSimple xmlns:w="{WORD}" w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )
    footer.add_run(" —")


def saved(document: "Document") -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def printed_lines(paragraphs: Sequence[str], width: int = 30) -> Iterator[tuple[str, int]]:
    """Break paragraphs as a press does, and give each line with the size of its type.

    Headings are set larger, so that the long ones of them stand on two lines; the
    entries of the table of contents have leaders and page numbers.
    """
    start = body_start(paragraphs)
    for at, line in enumerate(paragraphs):
        kind = kind_of(line)
        if kind in STYLES and at >= start:
            yield from ((piece, 22) for piece in broken(line, 15))
        elif kind in STYLES:
            yield f"{line} {'…' * max(2, 24 - len(line))} {at // 4 + 1}", 14
        else:
            yield from ((piece, 14) for piece in broken("\u3000\u3000" + line, width))


def broken(line: str, width: int) -> Iterator[str]:
    """Break a line, but not within a figure or a dash, nor before a closing mark."""
    start = 0
    while start < len(line):
        cut = start + width
        while cut < len(line) and KEPT_TOGETHER.match(line, cut - 1):
            cut += 1
        yield line[start:cut]
        start = cut


def printed_pages(paragraphs: Sequence[str]) -> list[list[tuple[str, int]]]:
    lines = list(printed_lines(paragraphs))
    return [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]


def pdf(paragraphs: Sequence[str], *, title: str = TITLE, password: str | None = None) -> bytes:
    """Make a PDF with a text layer, a running header, page numbers and broken lines."""
    written = BytesIO()
    drawing = canvas(written, password)
    drawing.setTitle(title)
    for page, lines in enumerate(printed_pages(paragraphs), start=1):
        draw_page(drawing, [(title, 9), *lines], page)
    drawing.save()
    return written.getvalue()


def canvas(written: BytesIO, password: str | None = None) -> Any:
    """Make a reportlab canvas that has the Chinese font; the library brings no types."""
    register_font()
    module = import_module("reportlab.pdfgen.canvas")
    return module.Canvas(written, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), encrypt=password)


@cache
def register_font() -> None:
    fonts = import_module("reportlab.pdfbase.ttfonts")
    import_module("reportlab.pdfbase.pdfmetrics").registerFont(fonts.TTFont(FONT, str(font_file())))


def draw_page(drawing: Any, lines: Sequence[tuple[str, int]], page: int) -> None:
    height = PAGE_HEIGHT - MARGIN // 2
    for text, size in lines:
        drawing.setFont(FONT, size)
        drawing.drawString(MARGIN, height, text)
        height -= 24
    drawing.setFont(FONT, 10)
    drawing.drawCentredString(PAGE_WIDTH / 2, MARGIN / 3, f"— {page} —")
    drawing.showPage()


def scanned_pdf(paragraphs: Sequence[str], *, pages: int = 3) -> bytes:
    """Make a PDF of pictures of the first pages: there is no text in it."""
    first, *others = [picture_of(lines) for lines in printed_pages(paragraphs)[:pages]]
    written = BytesIO()
    first.save(written, "PDF", save_all=True, append_images=others)
    return written.getvalue()


def picture_of(lines: Sequence[tuple[str, int]]) -> "Image":
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (PAGE_WIDTH, PAGE_HEIGHT), 255)
    drawing = ImageDraw.Draw(page)
    for row, (text, size) in enumerate(lines):
        font = ImageFont.truetype(str(font_file()), size)
        drawing.text((MARGIN, MARGIN + 24 * row), text, font=font, fill=0)
    return page
