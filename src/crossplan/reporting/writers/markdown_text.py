"""Runs as Markdown in which all that a text says stays text."""

import re
from html import escape
from itertools import groupby
from urllib.parse import quote

from crossplan.characters import fit
from crossplan.reporting.document import Run, Runs, Style
from crossplan.reporting.writers.links import place_of, web_address

# What means something within a line, on GitHub too.
MARKUP = re.compile(r"([\\`*_\[\]<>&~|$#!])")
# What would make a list of a line, or a title of the line before.
OPENING = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
LINE_END = re.compile(r"\r\n?|\n")
# Some readers of Markdown drop any blank there, also those of Chinese.
EDGES = re.compile(r"^\s+|\s+$")
TAGS = {"inserted": "ins", "deleted": "del"}


def line(runs: Runs, places: frozenset[str]) -> str:
    r"""Write runs as a line of its own.

    Parameters
    ----------
    runs : tuple of Run
    places : frozenset of str
        Ids that can be led to.

    Examples
    --------
    >>> print(line((Run("1. *no* list, "), Run("put in", "inserted")), frozenset()))
    1\. \*no\* list, <ins>put in</ins>
    """
    return OPENING.sub(lambda found: f"{found[0]}\\", words(runs, places))


def words(runs: Runs, places: frozenset[str]) -> str:
    """Write runs within a line or in a cell; blanks at the ends are kept."""
    pieces = groupby(runs, key=lambda run: (run.style, goal(run, places)))
    written = "".join(
        piece("".join(run.text for run in group), style, to) for (style, to), group in pieces
    )
    return EDGES.sub(lambda found: "".join(f"&#{ord(blank)};" for blank in found[0]), written)


def goal(run: Run, places: frozenset[str]) -> str:
    """Say where a run leads, as an address in a link; empty if nowhere."""
    place = place_of(run.to)
    if place in places:
        return f"#{quote(place, safe='/', errors='replace')}"
    return web_address(run.to).replace("&", "&amp;")


def piece(text: str, style: Style, to: str) -> str:
    """Write text in its style, as a link where it leads somewhere."""
    written = styled(text, style) if text else ""
    return f"[{written}]({to})" if to and written else written


def styled(text: str, style: Style) -> str:
    """Write text in its style.

    Changes are tags, which GitHub shows and which are plain to a reader of the source:
    Markdown has no sign for what was put in, and its signs do not hold beside Chinese
    punctuation.
    """
    if style in TAGS:
        return f"<{TAGS[style]}>{plain(text)}</{TAGS[style]}>"
    if style == "strong":
        return strong(text)
    if style == "code":
        simple = text.isprintable() and not {"`", "|"} & set(text) and text == text.strip()
        return f"`{text}`" if simple else f"<code>{plain(text)}</code>"
    return plain(text)


def strong(text: str) -> str:
    """Write text in bold: with stars where they hold, between letters and before a blank."""
    core = text.rstrip(" ")
    blanks = text[len(core) :]
    if core and core[0].isalnum() and (core[-1].isalnum() or blanks):
        return f"**{plain(core)}**{blanks}"
    return f"<strong>{plain(text)}</strong>"


def plain(text: str) -> str:
    """Write text in which nothing means anything; a line break as a tag."""
    return LINE_END.sub("<br>", MARKUP.sub(r"\\\1", fit(text)))


def anchor(place: str, places: frozenset[str]) -> str:
    """Write the place that links lead to, where they do."""
    if place not in places:
        return ""
    name = escape(fit(place)).replace("|", "&#124;").replace("\n", "&#10;")
    return f'<a id="{name}"></a>'
