"""The line on which a key of a TOML file stands, which its parser does not tell."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

Key = Sequence[str | int]

# Of a bracket and a line end it matters whether they stand in a text or a remark.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


def line_of(text: str, key: Key) -> int:
    r"""Give the line on which a key begins; for a missing one, that of the table it belongs to.

    The parser is asked: a key stands on the first line behind the longest beginning of the
    file, whole statements all, that does not have it.

    Parameters
    ----------
    text : str
        TOML, as the parser takes it.
    key : sequence of str and int
        Such as ``("comparisons", 0, "old")``.

    Examples
    --------
    >>> text = 'lang = "en"\n\n[[comparisons]]\nname = "a"\nold = [\n"2016"\n]\n'
    >>> line_of(text, ("comparisons", 0, "old")), line_of(text, ("comparisons", 0, "new"))
    (5, 3)
    """
    whole = tomllib.loads(text)
    while key and not has(whole, key):
        key = key[:-1]
    if not key:
        return 1
    places = beginnings(text)
    first = bisect_left(places, 1, key=lambda end: has(tomllib.loads(text[:end]), key))
    return line_at(text, places[first - 1])


def line_of_fault(text: str) -> int:
    """Give the line of the first statement that the parser does not take."""
    places = beginnings(text)
    first = bisect_left(places, 1, key=lambda end: not is_toml(text[:end]))
    return line_at(text, places[first - 1])


def line_of_depth(text: str, most: int) -> int | None:
    """Give the line on which more brackets than so many are open; None if there is none."""
    return next((line_at(text, place) for place, depth in depths(text) if depth > most), None)


def beginnings(text: str) -> list[int]:
    """Give the places in the text up to which all statements are whole, and its end."""
    whole = [place for place, depth in depths(text) if not depth and text[place - 1] == "\n"]
    return [0, *whole, len(text)]


def depths(text: str) -> Iterator[tuple[int, int]]:
    """Give the places behind brackets and line ends, and how many brackets are open there."""
    depth = 0
    for token in TOKEN.finditer(text):
        if token[0] in "[]{}\n":
            depth += (token[0] in "[{") - (token[0] in "]}")
            yield token.end(), depth


def line_at(text: str, place: int) -> int:
    """Give the line on which a place in the text is."""
    return text.count("\n", 0, place) + 1


def is_toml(text: str) -> bool:
    """Tell whether the parser takes a text."""
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def has(content: Any, key: Key) -> bool:
    """Tell whether a key is there."""
    for part in key:
        if isinstance(content, dict):
            found = part in content
        else:
            found = isinstance(content, list) and isinstance(part, int) and part < len(content)
        if not found:
            return False
        content = content[part]
    return True
