"""Write a figure as SVG inside an HTML page, with text, links and the page's colours."""

import re
import warnings
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from crossplan.characters import fit
from crossplan.figures.marks import PURPOSES
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    GREEN_INK,
    INK,
    ORANGE,
    PALE,
    QUIET,
    WINE,
    YELLOW,
    svg_bytes,
)
from crossplan.reporting.document import Picture
from crossplan.reporting.writers.run_html import anchor

if TYPE_CHECKING:
    from markupsafe import Markup

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
# The page defines these colours for its light and its dark form.
_PAGE_COLOURS = {
    INK: "ink",
    "#ffffff": "paper",
    QUIET: "figure-quiet",
    PALE: "figure-pale",
    FAINT: "figure-faint",
    BLUE: "figure-blue",
    ORANGE: "figure-orange",
    GREEN: "figure-green",
    GREEN_INK: "figure-green-ink",
    WINE: "figure-wine",
    YELLOW: "figure-yellow",
}
_SCALE = 1.1
_COLOUR = re.compile("|".join(_PAGE_COLOURS), re.IGNORECASE)


def inline_figure(picture: Picture, *, places: Collection[str]) -> "Markup":
    """Draw a figure and write it as SVG inside a page.

    Parameters
    ----------
    picture : Picture
    places : collection of str
        The ids that links can lead to.
    """
    from lxml import etree
    from markupsafe import Markup

    with warnings.catch_warnings():
        # The browser uses another font for characters that this font lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        drawn = svg_bytes(picture.draw(), picture.name, glyphs="text")
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(drawn, parser)
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    root.set("role", "group")
    root.set("aria-label", fit(picture.alt))
    # A page is read from a greater distance than paper, and has no fixed width.
    width = float(root.attrib.pop("width").removesuffix("pt"))
    del root.attrib["height"]
    root.set("style", f"max-width: {width * _SCALE:.0f}pt")
    wanted = _referenced(root)
    for element in root.iter(f"{_SVG}*"):
        name = element.get("id")
        if name is not None and name not in wanted:
            del element.attrib["id"]
            _lead(element, name, places)
        if element.text:
            element.text = fit(element.text)
        if style := element.get("style"):
            element.set(
                "style",
                _COLOUR.sub(lambda found: f"var(--{_PAGE_COLOURS[found[0].lower()]})", style),
            )
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - serialised, so escaped


def _referenced(root: Any) -> set[str]:
    """Return the ids that the drawing itself refers to, for clipping and repeated shapes."""
    wanted = set()
    for element in root.iter(f"{_SVG}*"):
        wanted.add((element.get(_HREF) or "").removeprefix("#"))
        for value in element.attrib.values():
            wanted.update(_REFERENCE.findall(value))
    return wanted


def _lead(element: Any, name: str, places: Collection[str]) -> None:
    """Turn a group that is marked as a link into a link."""
    purpose, _, told = name.partition(":")
    if purpose not in PURPOSES:
        return
    told = told.partition("#")[0]
    if purpose == "to":
        if told in places:
            element.tag = f"{_SVG}a"
            element.set("href", anchor(told))
            if not "".join(element.itertext()).strip():
                # A bar has the same link as its name; a screen reader needs it only once.
                element.set("tabindex", "-1")
                element.set("aria-hidden", "true")
    else:
        element.set(f"data-{purpose}", told)
