"""Write runs of text in a Word report, with links and bookmarks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from crossplan.characters import fit
from crossplan.labels import Language
from crossplan.reporting.document import Run
from crossplan.reporting.writers.links import place_of, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def runs(self, runs: Iterable[Run], default: str = "") -> list[Element]:
        """Write runs, using a default style for plain ones."""
        return [element for run in runs if run.text for element in self.run(run, default)]

    def run(self, run: Run, default: str = "") -> list[Element]:
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

    def plain(self, run: Run, style: str) -> Element:
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
