"""Runs of text in a Word report, with what they lead to and what leads to them."""

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
# Word allows forty characters.
_LONGEST_NAME = 40

# Of the unit of python-docx in the one of Word, a twentieth of a point.
EMU_PER_TWIP = 635
# An element of lxml, which has no types.
Element = Any


@dataclass(slots=True)
class Typesetter:
    """Sets runs, and knows the places of the report.

    Attributes
    ----------
    part : StoryPart
        Of the file, which keeps the web addresses.
    lang : {"zh", "en"}
        Of the report.
    places : frozenset of str
        Ids that can be led to.
    marked : set of str
        Ids of places that have their bookmark by now.
    addresses : dict of str to str
        The numbers under which the file keeps the web addresses so far.
    numbers : iterator of int
        Those of the bookmarks to come.
    """

    part: "StoryPart"
    lang: Language
    places: frozenset[str]
    marked: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    numbers: "Iterator[int]" = field(default_factory=lambda: count(1))

    def runs(self, runs: Iterable[Run], default: str = "") -> list[Element]:
        """Set runs; those of no style of their own in a default one."""
        return [element for run in runs if run.text for element in self.run(run, default)]

    def run(self, run: Run, default: str = "") -> list[Element]:
        """Set a run, as a link where it leads somewhere."""
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
        """Set a run that leads nowhere.

        Quotation marks, dashes and dots are both Latin and Chinese; the hint says which.
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
        """Put a bookmark around what stands at a place; the first that has its id."""
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
        """Return the number under which the file keeps an address."""
        if address not in self.addresses:
            self.addresses[address] = self.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self.addresses[address]


def _bookmark_name(place: str) -> str:
    """Name the bookmark of a place: letters, digits and ``_``, and no two the same.

    Examples
    --------
    >>> _bookmark_name("2026-2030/1.5/3")
    'p_2026_2030_1_5_3_11f8111c'
    """
    readable = re.sub(r"[^0-9A-Za-z]+", "_", place)
    digest = sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"p_{readable[: _LONGEST_NAME - 11]}_{digest}"


def make(tag: str, *children: Element, **attributes: str) -> Element:
    """Make an element of the namespace *w*, with its attributes and children.

    Parameters
    ----------
    tag : str
        Without prefix, as in ``p``.
    *children : element
    **attributes : str
        Of the same namespace, by their names without prefix.
    """
    element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): to for name, to in attributes.items()})
    element.extend(children)
    return element


def paragraph(style: str, children: Iterable[Element], *properties: Element) -> Element:
    """Make a paragraph in a style, which is given by its name."""
    named = make("pStyle", val=_style_id(style))
    return make("p", make("pPr", named, *properties), *children)


def _style_id(name: str) -> str:
    """Return the id that python-docx gives a style."""
    return name.replace(" ", "")


def field_code(instruction: str, result: str) -> Element:
    """Make a field with its result, which is right until something is moved."""
    return make("fldSimple", make("r", text(result)), instr=f" {instruction} ")


def text(words: str) -> Element:
    """Make text, with its blanks."""
    element = make("t")
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return element
