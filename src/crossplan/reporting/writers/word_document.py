"""Write a report as a Word document, chapter by chapter."""

import io
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from crossplan.characters import fit
from crossplan.files import without_clock
from crossplan.labels import in_language
from crossplan.reporting.document import (
    Block,
    Chapter,
    Picture,
    ReadingView,
    ReportDocument,
    ReportParagraph,
    ReportTable,
    TextRun,
)
from crossplan.reporting.writers.widths import needed_widths
from crossplan.reporting.writers.word_blocks import BlockSetter, least_widths
from crossplan.reporting.writers.word_styles import (
    EMU_PER_TWIP,
    Element,
    Typesetter,
    field_code,
    make,
    paragraph,
    set_styles,
    text,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part
    from docx.section import Section

# The chapters, with links and without page numbers. Only Word could count those, and it
# would ask the reader first. The contents are therefore correct from the start in every
# program, and Word can still update them.
_CONTENTS = ' TOC \\o "1-1" \\n \\h \\z '

_SHORT_SIDE, _LONG_SIDE, _MARGIN = Mm(210), Mm(297), Mm(22)
# The version for which Word does not use "compatibility mode".
_WORD_2013 = "15"

# The width of a portrait page in character cells, two for a Chinese character.
_UPRIGHT = 110
# A table with no more rows, or no more columns, does not need separate pages.
_FEW_ROWS, _FEW_COLUMNS = 6, 5


def _write_document(document: ReportDocument) -> bytes:
    """Write a report as a Word document."""
    file = docx.Document()
    set_styles(file)
    _set_settings(file)
    _set_properties(file, document)
    titles = {chapter.id: chapter.title for chapter in document.chapters}
    setter = Typesetter(file.part, document.lang, document.places())
    blocks = BlockSetter(setter, titles)
    _set_page(file.sections[0], landscape=False)
    _set_header_and_footer(file.sections[0], document)
    _add(file, *_front(document, setter))
    lying = False
    for chapter in document.chapters:
        opening = [_heading(chapter, setter)]
        for wanted, together in pages(chapter):
            if wanted != lying:
                _turn_pages(file, landscape=wanted)
                lying = wanted
            _add(file, *opening)
            opening = []
            blocks.set_size(*_text_size(landscape=wanted))
            for block in together:
                _add(file, *blocks.elements(block))
    data = io.BytesIO()
    file.save(data)
    return without_clock(data)


def _add(file: "WordDocument", *elements: Element) -> None:
    """Append elements to the document."""
    for element in elements:
        file.element.body.sectPr.addprevious(element)


def _turn_pages(file: "WordDocument", *, landscape: bool) -> None:
    """Begin a section of portrait or landscape pages.

    The section before ends in its last paragraph. The paragraph that python-docx adds for
    this purpose could end up alone on a page.
    """
    section = file.add_section()
    added = file.element.body.sectPr.getprevious()
    last = added.getprevious()
    if last.tag == qn("w:p"):
        last.get_or_add_pPr().append(added.pPr.find(qn("w:sectPr")))
        added.getparent().remove(added)
    _set_page(section, landscape=landscape)


def _front(document: ReportDocument, setter: Typesetter) -> list[Element]:
    """Write the title and the contents."""
    opening = [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _instruction(_CONTENTS)),
        make("r", make("fldChar", fldCharType="separate")),
    ]
    entries = [
        paragraph("toc 1", setter.runs([TextRun(chapter.title, to=f"#{chapter.id}")]))
        for chapter in document.chapters
    ]
    ending = make("r", make("fldChar", fldCharType="end"))
    if entries:
        entries[0][1:1] = opening
        entries[-1].append(ending)
    label = in_language(document.lang, "目录", "Contents")
    return [
        paragraph("Title", setter.runs([TextRun(document.title)])),
        paragraph("Subtitle", setter.runs([TextRun(document.subtitle)])),
        paragraph("Contents", setter.runs([TextRun(label)])),
        *entries,
    ]


def _instruction(words: str) -> Element:
    """Return the instruction of a field."""
    element = text(words)
    element.tag = qn("w:instrText")
    return element


def _heading(chapter: Chapter, setter: Typesetter) -> Element:
    """Write the heading of a chapter, the target of a link in the contents."""
    runs = setter.marked_place(chapter.id, setter.runs([TextRun(chapter.title)]))
    return paragraph("Heading 1", runs)


def _set_page(section: "Section", *, landscape: bool) -> None:
    """Set the pages of a section to A4, portrait or landscape."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = _LONG_SIDE if landscape else _SHORT_SIDE
    section.page_height = _SHORT_SIDE if landscape else _LONG_SIDE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    section.header_distance = section.footer_distance = Mm(11)


def _text_size(*, landscape: bool) -> tuple[int, int]:
    """Return the width and height of the text of a page, in the units of python-docx."""
    wide, high = (_LONG_SIDE, _SHORT_SIDE) if landscape else (_SHORT_SIDE, _LONG_SIDE)
    return wide - 2 * _MARGIN, high - 2 * _MARGIN


def _set_header_and_footer(section: "Section", document: ReportDocument) -> None:
    """Write the title in the header and the page number in the footer of all sections."""
    section.header.paragraphs[0].add_run(fit(document.title))
    words = in_language(document.lang, "第 | 页，共 | 页", "Page | of |")
    before, between, after = words.split("|")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.extend(  # noqa: SLF001
        [
            make("r", text(before)),
            field_code("PAGE", "1"),
            make("r", text(between)),
            field_code("NUMPAGES", "1"),
            make("r", text(after)),
        ]
    )


def _set_properties(file: "WordDocument", document: ReportDocument) -> None:
    """Set title, subject and language, without metadata on author, machine and time."""
    properties = file.core_properties
    properties.title = fit(document.title)[:255]
    properties.subject = fit(document.subtitle)[:255]
    properties.language = in_language(document.lang, "zh-CN", "en-GB")
    properties.author = properties.last_modified_by = properties.comments = ""


def _set_settings(file: "WordDocument") -> None:
    """Remove what a report does not need from the template, and set the languages."""
    settings = file.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    _drop_part(file.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    _drop_part(
        file.part, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
    )


def _drop_part(owner: "OpcPackage | Part", kind: str) -> None:
    """Remove the parts of a kind from the file."""
    for name in [name for name, relation in owner.rels.items() if relation.reltype == kind]:
        del owner.rels[name]


def _is_wide(table: ReportTable) -> bool:
    """Return whether a table needs landscape pages."""
    upright, _ = _text_size(landscape=False)
    if sum(least_widths(table)) > upright / EMU_PER_TWIP:
        return True
    large = len(table.shown_rows) > _FEW_ROWS and len(table.columns) > _FEW_COLUMNS
    return large and sum(needed_widths(table)) > _UPRIGHT


def pages(chapter: Chapter) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Yield the blocks of a chapter by orientation of their pages, with True for landscape.

    Wide tables are on landscape pages, pictures and texts on portrait ones. Narrow tables and
    notes are on the pages of the block before, other blocks on those of the block after.
    """
    wishes: list[bool | None] = [_own_wish(block) for block in chapter.blocks]
    for number, block in enumerate(chapter.blocks):
        if wishes[number] is None:
            before = wishes[:number][-1:]
            after = [wish for wish in wishes[number:] if wish is not None]
            follows = isinstance(block, ReportTable) or (
                isinstance(block, ReportParagraph) and block.note
            )
            first, second = (before, after) if follows else (after, before)
            wishes[number] = next(iter([*first, *second]), False)
    paired = zip((bool(wish) for wish in wishes), chapter.blocks, strict=True)
    groups = [
        (lying, tuple(block for _, block in own))
        for lying, own in groupby(paired, key=itemgetter(0))
    ]
    yield from groups or [(False, ())]


def _own_wish(block: Block) -> bool | None:
    """Return whether a block needs landscape pages; None if it fits on either."""
    if isinstance(block, ReportTable):
        return True if _is_wide(block) else None
    return False if isinstance(block, Picture | ReadingView) else None


def word_bytes(document: ReportDocument) -> bytes:
    """Write a report as a Word document: real headings, captions, tables and links.

    Parameters
    ----------
    document : ReportDocument

    Returns
    -------
    bytes
        The content of the file, the same every time. Tables hold the rows that are shown.
    """
    # Load python-docx only when a Word document is written.
    return _write_document(document)
