"""A report becomes a Word document, chapter by chapter."""

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
    Document,
    Paragraph,
    Picture,
    Reading,
    Run,
    Table,
)
from crossplan.reporting.writers.widths import needed_widths
from crossplan.reporting.writers.word_blocks import BlockSetter, least_widths
from crossplan.reporting.writers.word_styles import set_styles
from crossplan.reporting.writers.word_text import (
    EMU_PER_TWIP,
    Element,
    Typesetter,
    field_code,
    make,
    paragraph,
    text,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part
    from docx.section import Section

# Chapters, with links and without numbers of pages: those only Word itself could count,
# and it would ask the reader before it did. So the contents are right from the beginning
# in every program, and Word still takes them for its own and can make them anew.
_CONTENTS = ' TOC \\o "1-1" \\n \\h \\z '

_SHORT_SIDE, _LONG_SIDE, _MARGIN = Mm(210), Mm(297), Mm(22)
# What Word takes for the file of its own time, instead of "compatibility mode".
_WORD_2013 = "15"

# So many letters stand side by side on an upright page; a Chinese one takes two places.
_UPRIGHT = 110
# A table of so few rows, or columns, does not need pages of its own.
_FEW_ROWS, _FEW_COLUMNS = 6, 5


def _write_document(document: Document) -> bytes:
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
    """Put elements at the end of the document."""
    for element in elements:
        file.element.body.sectPr.addprevious(element)


def _turn_pages(file: "WordDocument", *, landscape: bool) -> None:
    """Begin pages that stand or lie.

    The section before ends in its last paragraph; the paragraph that python-docx adds for
    that could stand on a page of its own.
    """
    section = file.add_section()
    added = file.element.body.sectPr.getprevious()
    last = added.getprevious()
    if last.tag == qn("w:p"):
        last.get_or_add_pPr().append(added.pPr.find(qn("w:sectPr")))
        added.getparent().remove(added)
    _set_page(section, landscape=landscape)


def _front(document: Document, setter: Typesetter) -> list[Element]:
    """Set the title and the contents."""
    opening = [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _instruction(_CONTENTS)),
        make("r", make("fldChar", fldCharType="separate")),
    ]
    entries = [
        paragraph("toc 1", setter.runs([Run(chapter.title, to=f"#{chapter.id}")]))
        for chapter in document.chapters
    ]
    ending = make("r", make("fldChar", fldCharType="end"))
    if entries:
        entries[0][1:1] = opening
        entries[-1].append(ending)
    label = in_language(document.lang, "目录", "Contents")
    return [
        paragraph("Title", setter.runs([Run(document.title)])),
        paragraph("Subtitle", setter.runs([Run(document.subtitle)])),
        paragraph("Contents", setter.runs([Run(label)])),
        *entries,
    ]


def _instruction(words: str) -> Element:
    """Make the instruction of a field."""
    element = text(words)
    element.tag = qn("w:instrText")
    return element


def _heading(chapter: Chapter, setter: Typesetter) -> Element:
    """Set the heading of a chapter, which the contents lead to."""
    runs = setter.marked_place(chapter.id, setter.runs([Run(chapter.title)]))
    return paragraph("Heading 1", runs)


def _set_page(section: "Section", *, landscape: bool) -> None:
    """Make a section A4, upright or landscape."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = _LONG_SIDE if landscape else _SHORT_SIDE
    section.page_height = _SHORT_SIDE if landscape else _LONG_SIDE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    section.header_distance = section.footer_distance = Mm(11)


def _text_size(*, landscape: bool) -> tuple[int, int]:
    """Return width and height of the text of a page, in the units of python-docx."""
    wide, high = (_LONG_SIDE, _SHORT_SIDE) if landscape else (_SHORT_SIDE, _LONG_SIDE)
    return wide - 2 * _MARGIN, high - 2 * _MARGIN


def _set_header_and_footer(section: "Section", document: Document) -> None:
    """Write the title above, and the number of the page below; for all sections."""
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


def _set_properties(file: "WordDocument", document: Document) -> None:
    """Say what the file is, and nothing of who made it where and when."""
    properties = file.core_properties
    properties.title = fit(document.title)[:255]
    properties.subject = fit(document.subtitle)[:255]
    properties.language = in_language(document.lang, "zh-CN", "en-GB")
    properties.author = properties.last_modified_by = properties.comments = ""


def _set_settings(file: "WordDocument") -> None:
    """Take away what the template brings for other uses, and name the languages."""
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
    """Take a part of a kind out of the file."""
    for name in [name for name, relation in owner.rels.items() if relation.reltype == kind]:
        del owner.rels[name]


def _is_wide(table: Table) -> bool:
    """Return whether a table is read better on pages that lie."""
    upright, _ = _text_size(landscape=False)
    if sum(least_widths(table)) > upright / EMU_PER_TWIP:
        return True
    large = len(table.shown_rows) > _FEW_ROWS and len(table.columns) > _FEW_COLUMNS
    return large and sum(needed_widths(table)) > _UPRIGHT


def pages(chapter: Chapter) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Return the blocks of a chapter that stand on pages of one kind, and whether those lie.

    Wide tables lie, pictures and texts stand. What says nothing goes with what follows
    it; narrow tables and notes go with what they come after.
    """
    wishes: list[bool | None] = [_own_wish(block) for block in chapter.blocks]
    for number, block in enumerate(chapter.blocks):
        if wishes[number] is None:
            before = wishes[:number][-1:]
            after = [wish for wish in wishes[number:] if wish is not None]
            follows = isinstance(block, Table) or (isinstance(block, Paragraph) and block.note)
            first, second = (before, after) if follows else (after, before)
            wishes[number] = next(iter([*first, *second]), False)
    paired = zip((bool(wish) for wish in wishes), chapter.blocks, strict=True)
    groups = [
        (lying, tuple(block for _, block in own))
        for lying, own in groupby(paired, key=itemgetter(0))
    ]
    yield from groups or [(False, ())]


def _own_wish(block: Block) -> bool | None:
    """Return what a block itself asks for; None for no wish."""
    if isinstance(block, Table):
        return True if _is_wide(block) else None
    return False if isinstance(block, Picture | Reading) else None


def word_bytes(document: Document) -> bytes:
    """Write a report as a Word document: real headings, captions, tables and links.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        Of the file, the same every time. Tables hold the rows that are shown.
    """
    # Only who wants a Word document waits for python-docx.
    return _write_document(document)
