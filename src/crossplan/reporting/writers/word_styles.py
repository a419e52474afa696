"""Define the styles of a Word report, and write runs of text in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor

from crossplan.characters import fit
from crossplan.labels import Language
from crossplan.reporting.document import TextRun
from crossplan.reporting.writers.hyperlinks import (
    DELETED_COLOUR,
    FAINT_COLOUR,
    INK_COLOUR,
    INSERTED_COLOUR,
    LINE_COLOUR,
    LINK_COLOUR,
    QUIET_COLOUR,
    place_of,
    web_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.parts.story import StoryPart


_STYLES = {
    "plain": "",
    "strong": "Emphasised",
    "quiet": "Quiet",
    "code": "Code",
    "inserted": "Inserted",
    "deleted": "Deleted",
}
_BREAKS = re.compile(r"(\r\n|[\n\r\t])")
# The limit of Word for the name of a bookmark.
_LONGEST_NAME = 40

# Units of python-docx (EMU) in the unit of Word, a twentieth of a point.
EMU_PER_TWIP = 635
# An element of lxml, which is untyped.
Element = Any


@dataclass(slots=True)
class Typesetter:
    """Writer for runs, with the places of the report.

    Attributes
    ----------
    part : StoryPart
        The part of the file that stores the web addresses.
    lang : {"zh", "en"}
        Language of the report.
    places : frozenset of str
        Ids that links can lead to.
    marked : set of str
        Ids of places whose bookmark is written.
    addresses : dict of str to str
        The relationship ids of the web addresses written so far.
    numbers : iterator of int
        Numbers of the bookmarks to come.
    """

    part: "StoryPart"
    lang: Language
    places: frozenset[str]
    marked: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    numbers: "Iterator[int]" = field(default_factory=lambda: count(1))

    def runs(self, runs: Iterable[TextRun], default: str = "") -> list[Element]:
        """Write runs, using a default style for plain ones."""
        return [element for run in runs if run.text for element in self.run(run, default)]

    def run(self, run: TextRun, default: str = "") -> list[Element]:
        """Write a run, as a link if it has a target."""
        style = _STYLES[run.style] or default
        place, address = place_of(run.to), web_address(run.to)
        if place in self.places:
            linked = self.plain(run, style or "Hyperlink")
            return [make("hyperlink", linked, anchor=_bookmark_name(place), history="1")]
        if address:
            element = make("hyperlink", self.plain(run, style or "Hyperlink"), history="1")
            element.set(qn("r:id"), self.address_id(address))
            return [element]
        return [self.plain(run, style)]

    def plain(self, run: TextRun, style: str) -> Element:
        """Write a run without a link.

        Quotation marks, dashes and dots are both Latin and Chinese; the hint selects the font.
        """
        properties = make("rPr")
        if style:
            properties.append(make("rStyle", val=_style_id(style)))
        if (run.lang or self.lang) == "zh":
            properties.append(make("rFonts", hint="eastAsia"))
        element = make("r", properties)
        for piece in _BREAKS.split(fit(run.text)):
            if piece == "\t":
                element.append(make("tab"))
            elif _BREAKS.fullmatch(piece):
                element.append(make("br"))
            elif piece:
                element.append(text(piece))
        return element

    def marked_place(self, place: str, children: list[Element]) -> list[Element]:
        """Put a bookmark around the first elements that have the id of a place."""
        if place not in self.places or place in self.marked:
            return children
        self.marked.add(place)
        number = str(next(self.numbers))
        return [
            make("bookmarkStart", id=number, name=_bookmark_name(place)),
            *children,
            make("bookmarkEnd", id=number),
        ]

    def address_id(self, address: str) -> str:
        """Return the relationship id of a web address."""
        if address not in self.addresses:
            self.addresses[address] = self.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self.addresses[address]


def _bookmark_name(place: str) -> str:
    """Return a unique bookmark name for a place, of letters, digits and ``_``.

    Examples
    --------
    >>> _bookmark_name("2026-2030/1.5/3")
    'p_2026_2030_1_5_3_11f8111c'
    """
    readable = re.sub(r"[^0-9A-Za-z]+", "_", place)
    digest = sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"p_{readable[: _LONGEST_NAME - 11]}_{digest}"


def make(tag: str, *children: Element, **attributes: str) -> Element:
    """Make an element of the namespace *w* with attributes and children.

    Parameters
    ----------
    tag : str
        Without prefix, as in ``p``.
    *children : element
    **attributes : str
        Attributes of the same namespace, by names without prefix.
    """
    element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): to for name, to in attributes.items()})
    element.extend(children)
    return element


def paragraph(style: str, children: Iterable[Element], *properties: Element) -> Element:
    """Make a paragraph in a named style."""
    named = make("pStyle", val=_style_id(style))
    return make("p", make("pPr", named, *properties), *children)


def _style_id(name: str) -> str:
    """Return the id of a style in python-docx."""
    return name.replace(" ", "")


def field_code(instruction: str, result: str) -> Element:
    """Make a field with its current result."""
    return make("fldSimple", make("r", text(result)), instr=f" {instruction} ")


def text(words: str) -> Element:
    """Make a text element that keeps its blanks."""
    element = make("t")
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return element


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
