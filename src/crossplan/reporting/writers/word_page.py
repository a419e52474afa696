"""The pages of a Word report: their size, header and footer, and what the file says of itself."""

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from crossplan.characters import fit
from crossplan.labels import in_language
from crossplan.reporting.document import Document
from crossplan.reporting.writers.word_elements import field, make, text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part
    from docx.section import Section

SHORT_SIDE, LONG_SIDE, MARGIN = Mm(210), Mm(297), Mm(22)
# What Word takes for the file of its own time, instead of "compatibility mode".
WORD_2013 = "15"


def set_page(section: "Section", *, landscape: bool) -> None:
    """Make a section A4, upright or landscape."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = LONG_SIDE if landscape else SHORT_SIDE
    section.page_height = SHORT_SIDE if landscape else LONG_SIDE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(11)


def text_size(*, landscape: bool) -> tuple[int, int]:
    """Give width and height of the text of a page, in the units of python-docx."""
    wide, high = (LONG_SIDE, SHORT_SIDE) if landscape else (SHORT_SIDE, LONG_SIDE)
    return wide - 2 * MARGIN, high - 2 * MARGIN


def set_header_and_footer(section: "Section", document: Document) -> None:
    """Write the title above, and the number of the page below; for all sections."""
    section.header.paragraphs[0].add_run(fit(document.title))
    words = in_language(document.lang, "第 | 页，共 | 页", "Page | of |")
    before, between, after = words.split("|")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.extend(  # noqa: SLF001
        [
            make("r", text(before)),
            field("PAGE", "1"),
            make("r", text(between)),
            field("NUMPAGES", "1"),
            make("r", text(after)),
        ]
    )


def set_properties(file: "WordDocument", document: Document) -> None:
    """Say what the file is, and nothing of who made it where and when."""
    properties = file.core_properties
    properties.title = fit(document.title)[:255]
    properties.subject = fit(document.subtitle)[:255]
    properties.language = in_language(document.lang, "zh-CN", "en-GB")
    properties.author = properties.last_modified_by = properties.comments = ""


def set_settings(file: "WordDocument") -> None:
    """Take away what the template brings for other uses, and name the languages."""
    settings = file.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_2013)
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    drop_part(file.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    drop_part(file.part, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects")


def drop_part(owner: "OpcPackage | Part", kind: str) -> None:
    """Take a part of a kind out of the file."""
    for name in [name for name, relation in owner.rels.items() if relation.reltype == kind]:
        del owner.rels[name]
