"""The line on which a key of a TOML file stands, which its parser does not tell."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

Key = Sequence[str | int]


def line_of(text: str, key: Key) -> int:
    r"""Give the line on which a key begins; for a missing one, that of the table it belongs to.

    The parser is asked. A beginning of the file that ends inside of a value of several lines
    cannot be parsed, so a key stands on the first line behind the longest beginning that can
    be parsed and does not have it.

    Parameters
    ----------
    text : str
        TOML.
    key : sequence of str and int
        Such as ``("comparisons", 0, "old")``.

    Examples
    --------
    >>> text = 'lang = "en"\n\n[[comparisons]]\nname = "a"\nold = [\n"2016"\n]\n'
    >>> line_of(text, ("comparisons", 0, "old")), line_of(text, ("comparisons", 0, "new"))
    (5, 3)
    """
    lines = text.replace("\r\n", "\n").split("\n")
    _, whole = beginning(lines, len(lines))
    while key and not has(whole, key):
        key = key[:-1]
    if not key:
        return 1
    numbers = range(len(lines) + 1)
    ends = bisect_left(numbers, 1, key=lambda most: has(beginning(lines, most)[1], key))
    before, _ = beginning(lines, ends - 1)
    return before + 1


def beginning(lines: list[str], most: int) -> tuple[int, dict[str, Any]]:
    """Give the longest beginning of at most so many lines that can be parsed, and its content."""
    for number in range(most, 0, -1):
        try:
            return number, tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}


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
