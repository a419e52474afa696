"""The styles of a Word report: sizes, spacing and colours, all in one place."""

from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from crossplan.reporting.writers import palette
from crossplan.reporting.writers.word_elements import Element, make
from crossplan.reporting.writers.word_fonts import set_fonts

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


class Look(NamedTuple):
    """How paragraphs of a style look: points, lines, and whether the next must follow."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    kept: bool = False
    colour: str = palette.INK
    lines: float = 1.25


PARAGRAPHS = {
    "Normal": Look(10.5, after=6),
    "Title": Look(20, after=6, bold=True, kept=True),
    "Subtitle": Look(11, after=14, colour=palette.QUIET),
    "Heading 1": Look(16, 24, 8, bold=True, kept=True),
    "Heading 2": Look(12.5, 16, 4, bold=True, kept=True),
    "Heading 3": Look(11.5, 14, 3, bold=True, kept=True),
    "Heading 4": Look(10.5, 10, 3, bold=True, kept=True),
    "Contents": Look(12.5, 12, 4, bold=True, kept=True),
    "toc 1": Look(10.5, after=2),
    "List Bullet": Look(10.5, after=3),
    "Caption": Look(9, 8, 5, colour=palette.QUIET),
    "Note": Look(9, 4, 6, colour=palette.QUIET),
    "Counts": Look(10.5, 2, 6),
    "Listing": Look(8.5, lines=1.15),
    "Picture": Look(10.5, before=8, kept=True, lines=1),
    "Table text": Look(8.5, lines=1.1),
    "Table header": Look(8.5, bold=True, kept=True, lines=1.1),
    "Heading id": Look(7.5, after=3, colour=palette.QUIET, lines=1),
    "Header": Look(8.5, colour=palette.QUIET, lines=1),
    "Footer": Look(8.5, colour=palette.QUIET, lines=1),
}
# Nothing is said by colour alone.
RUNS: dict[str, tuple[str, dict[str, Any]]] = {
    "Inserted": (palette.INSERTED, {"underline": True}),
    "Deleted": (palette.DELETED, {"strike": True}),
    "Quiet": (palette.QUIET, {}),
    "Emphasised": (palette.INK, {"bold": True}),
    "Code": (palette.INK, {"size": Pt(9)}),
    "Hyperlink": (palette.LINK, {"underline": True}),
    "Passage id": (palette.QUIET, {"size": Pt(7.5)}),
}
# Not broken over two pages, because what they belong to stands on one.
WHOLE = {"Caption", "Table header"}
# Word knows these by their names, and the template does not have them.
KNOWN = {"toc 1", "Hyperlink"}
TABLE = "ReportTable"


def set_styles(document: "WordDocument") -> None:
    """Give a new document the styles of a report."""
    styles = document.styles
    drop_unused(styles.element)
    for name, look in PARAGRAPHS.items():
        set_paragraphs(document, name, look)
    for name, (colour, settings) in RUNS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name in KNOWN)
        style.font.color.rgb = RGBColor.from_string(colour)
        for setting, value in settings.items():
            setattr(style.font, setting, value)
    styles["Listing"].element.get_or_add_pPr().insert_element_before(
        make("shd", val="clear", color="auto", fill=palette.FAINT), "w:spacing"
    )
    styles.element.append(table_style())
    set_fonts(styles.element)


def drop_unused(styles: Element) -> None:
    """Take away the styles of tables, and the lines and spacing of titles, of the template."""
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)
    spacings = styles.findall(f".//{qn('w:rPr')}/{qn('w:spacing')}")
    for decoration in (*styles.iter(qn("w:pBdr")), *spacings):
        decoration.getparent().remove(decoration)


def set_paragraphs(document: "WordDocument", name: str, look: Look) -> None:
    """Give a paragraph style its look; a new one where the template has none."""
    styles = document.styles
    if name not in styles:
        new = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in KNOWN)
        new.base_style = styles["Normal"]
    style = styles[name]
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing, layout.keep_with_next = look.lines, look.kept
    layout.keep_together = name in WHOLE


def table_style() -> Element:
    """Make the style of all tables: light lines between the rows, a shaded header."""
    line = {"val": "single", "sz": "4", "space": "0", "color": palette.LINE}
    borders = make("tblBorders", *(make(side, **line) for side in ("top", "bottom", "insideH")))
    margins = make(
        "tblCellMar",
        make("top", w="30", type="dxa"),
        make("left", w="70", type="dxa"),
        make("bottom", w="30", type="dxa"),
        make("right", w="70", type="dxa"),
    )
    header = make(
        "tblStylePr",
        make("tcPr", make("shd", val="clear", color="auto", fill=palette.FAINT)),
        type="firstRow",
    )
    return make(
        "style",
        make("name", val="Report table"),
        make("basedOn", val="TableNormal"),
        make("uiPriority", val="59"),
        make("tblPr", borders, margins),
        header,
        type="table",
        customStyle="1",
        styleId=TABLE,
    )
