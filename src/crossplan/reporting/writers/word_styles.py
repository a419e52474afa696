"""Define the styles of a Word report: sizes, spacing and colours."""

from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from crossplan.reporting.writers.links import (
    DELETED_COLOUR,
    FAINT_COLOUR,
    INK_COLOUR,
    INSERTED_COLOUR,
    LINE_COLOUR,
    LINK_COLOUR,
    QUIET_COLOUR,
)
from crossplan.reporting.writers.word_text import Element, make

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_TEXT = ("Times New Roman", "SimSun")
_TITLE = ("Arial", "SimHei")
_CODE = ("Courier New", "SimSun")
_TITLED = {
    *("title", "subtitle", "heading 1", "heading 2", "heading 3", "heading 4"),
    *("contents", "caption", "table header", "counts", "header", "footer"),
}
_CODED = {"listing", "code"}


class _Look(NamedTuple):
    """The look of paragraphs of a style: sizes in points, line spacing, keep with next."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    kept: bool = False
    colour: str = INK_COLOUR
    lines: float = 1.25


PARAGRAPHS = {
    "Normal": _Look(10.5, after=6),
    "Title": _Look(20, after=6, bold=True, kept=True),
    "Subtitle": _Look(11, after=14, colour=QUIET_COLOUR),
    "Heading 1": _Look(16, 24, 8, bold=True, kept=True),
    "Heading 2": _Look(12.5, 16, 4, bold=True, kept=True),
    "Heading 3": _Look(11.5, 14, 3, bold=True, kept=True),
    "Heading 4": _Look(10.5, 10, 3, bold=True, kept=True),
    "Contents": _Look(12.5, 12, 4, bold=True, kept=True),
    "toc 1": _Look(10.5, after=2),
    "List Bullet": _Look(10.5, after=3),
    "Caption": _Look(9, 8, 5, colour=QUIET_COLOUR),
    "Note": _Look(9, 4, 6, colour=QUIET_COLOUR),
    "Counts": _Look(10.5, 2, 6),
    "Listing": _Look(8.5, lines=1.15),
    "Picture": _Look(10.5, before=8, kept=True, lines=1),
    "Table text": _Look(8.5, lines=1.1),
    "Table header": _Look(8.5, bold=True, kept=True, lines=1.1),
    "Heading id": _Look(7.5, after=3, colour=QUIET_COLOUR, lines=1),
    "Header": _Look(8.5, colour=QUIET_COLOUR, lines=1),
    "Footer": _Look(8.5, colour=QUIET_COLOUR, lines=1),
}
# No meaning depends on colour alone.
_RUNS: dict[str, tuple[str, dict[str, Any]]] = {
    "Inserted": (INSERTED_COLOUR, {"underline": True}),
    "Deleted": (DELETED_COLOUR, {"strike": True}),
    "Quiet": (QUIET_COLOUR, {}),
    "Emphasised": (INK_COLOUR, {"bold": True}),
    "Code": (INK_COLOUR, {"size": Pt(9)}),
    "Hyperlink": (LINK_COLOUR, {"underline": True}),
    "Passage id": (QUIET_COLOUR, {"size": Pt(7.5)}),
}
# Not broken over two pages, because the block they belong to is on one.
_WHOLE = {"Caption", "Table header"}
# Built-in styles of Word that the template lacks.
_KNOWN = {"toc 1", "Hyperlink"}
TABLE = "ReportTable"


def set_styles(document: "WordDocument") -> None:
    """Add the styles of a report to a new document."""
    styles = document.styles
    _drop_unused(styles.element)
    for name, look in PARAGRAPHS.items():
        _set_paragraphs(document, name, look)
    for name, (colour, settings) in _RUNS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name in _KNOWN)
        style.font.color.rgb = RGBColor.from_string(colour)
        for setting, value in settings.items():
            setattr(style.font, setting, value)
    styles["Listing"].element.get_or_add_pPr().insert_element_before(
        make("shd", val="clear", color="auto", fill=FAINT_COLOUR), "w:spacing"
    )
    styles.element.append(_table_style())
    _set_fonts(styles.element)


def _drop_unused(styles: Element) -> None:
    """Remove the table styles, and the lines and spacing of titles, of the template."""
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)
    spacings = styles.findall(f".//{qn('w:rPr')}/{qn('w:spacing')}")
    for decoration in (*styles.iter(qn("w:pBdr")), *spacings):
        decoration.getparent().remove(decoration)


def _set_paragraphs(document: "WordDocument", name: str, look: _Look) -> None:
    """Set the look of a paragraph style, adding the style if the template lacks it."""
    styles = document.styles
    if name not in styles:
        new = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _KNOWN)
        new.base_style = styles["Normal"]
    style = styles[name]
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing, layout.keep_with_next = look.lines, look.kept
    layout.keep_together = name in _WHOLE


def _table_style() -> Element:
    """Return the style of all tables: light lines between the rows, a shaded header."""
    line = {"val": "single", "sz": "4", "space": "0", "color": LINE_COLOUR}
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
        make("tcPr", make("shd", val="clear", color="auto", fill=FAINT_COLOUR)),
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


def _set_fonts(styles: Element) -> None:
    """Set the fonts of all styles.

    The template uses a theme instead, which has no Chinese font and takes precedence over
    font names. Styles of runs keep the font of their paragraph.
    """
    for properties in styles.iter(qn("w:rPr")):
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.insert(0, _named(_TEXT))
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    for style in styles.findall(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val")).lower()
        if style.get(qn("w:type")) == "paragraph" or name in _CODED:
            style.get_or_add_rPr().insert(0, _named(_fonts_of(name)))


def _fonts_of(name: str) -> tuple[str, str]:
    """Return the Latin and the Chinese font of a style."""
    if name in _CODED:
        return _CODE
    return _TITLE if name in _TITLED else _TEXT


def _named(fonts: tuple[str, str]) -> Element:
    """Return the element for a Latin and a Chinese font."""
    latin, chinese = fonts
    return make("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)
