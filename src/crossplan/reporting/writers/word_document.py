"""A report becomes a Word document, chapter by chapter."""

import io
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from crossplan.labels import in_language
from crossplan.packing import without_clock
from crossplan.reporting.document import Chapter, Document, Run
from crossplan.reporting.writers.word_blocks import BlockSetter
from crossplan.reporting.writers.word_elements import Element, make, paragraph, text
from crossplan.reporting.writers.word_layout import pages
from crossplan.reporting.writers.word_page import (
    set_header_and_footer,
    set_page,
    set_properties,
    set_settings,
    text_size,
)
from crossplan.reporting.writers.word_styles import set_styles
from crossplan.reporting.writers.word_text import Typesetter

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Chapters, with links and without numbers of pages: those only Word itself could count,
# and it would ask the reader before it did. So the contents are right from the beginning
# in every program, and Word still takes them for its own and can make them anew.
CONTENTS = ' TOC \\o "1-1" \\n \\h \\z '


def write_document(document: Document) -> bytes:
    """Write a report as a Word document."""
    file = docx.Document()
    set_styles(file)
    set_settings(file)
    set_properties(file, document)
    titles = {chapter.id: chapter.title for chapter in document.chapters}
    setter = Typesetter(file.part, document.lang, document.places())
    blocks = BlockSetter(setter, titles)
    set_page(file.sections[0], landscape=False)
    set_header_and_footer(file.sections[0], document)
    add(file, *front(document, setter))
    lying = False
    for chapter in document.chapters:
        opening = [heading(chapter, setter)]
        for wanted, together in pages(chapter):
            if wanted != lying:
                turn_pages(file, landscape=wanted)
                lying = wanted
            add(file, *opening)
            opening = []
            blocks.set_size(*text_size(landscape=wanted))
            for block in together:
                add(file, *blocks.elements(block))
    data = io.BytesIO()
    file.save(data)
    return without_clock(data)


def add(file: "WordDocument", *elements: Element) -> None:
    """Put elements at the end of the document."""
    for element in elements:
        file.element.body.sectPr.addprevious(element)


def turn_pages(file: "WordDocument", *, landscape: bool) -> None:
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
    set_page(section, landscape=landscape)


def front(document: Document, setter: Typesetter) -> list[Element]:
    """Set the title and the contents."""
    opening = [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", instruction(CONTENTS)),
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


def instruction(words: str) -> Element:
    """Make the instruction of a field."""
    element = text(words)
    element.tag = qn("w:instrText")
    return element


def heading(chapter: Chapter, setter: Typesetter) -> Element:
    """Set the heading of a chapter, which the contents lead to."""
    runs = setter.marked_place(chapter.id, setter.runs([Run(chapter.title)]))
    return paragraph("Heading 1", runs)
