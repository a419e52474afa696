"""Elements of a Word document, as python-docx keeps them."""

from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

# Of the unit of python-docx in the one of Word, a twentieth of a point.
EMU_PER_TWIP = 635
# An element of lxml, which has no types.
Element = Any


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
    named = make("pStyle", val=style_id(style))
    return make("p", make("pPr", named, *properties), *children)


def style_id(name: str) -> str:
    """Give the id that python-docx gives a style."""
    return name.replace(" ", "")


def field(instruction: str, result: str) -> Element:
    """Make a field with its result, which is right until something is moved."""
    return make("fldSimple", make("r", text(result)), instr=f" {instruction} ")


def text(words: str) -> Element:
    """Make text, with its blanks."""
    element = make("t")
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return element
