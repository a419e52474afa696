"""How much room text takes in a table: in places, and in ems where words must not break."""

import re
from collections.abc import Iterable, Sequence

from crossplan.languages.scripts import HAN, RARE_HAN
from crossplan.reporting.document import Table

# Labels longer than that are broken.
LONGEST_LABEL = 12
# Letters without a blank between them; addresses and what is longer may be broken. Chinese
# ones may always be, but a few stay together.
_WORD = re.compile(rf"(?<![!-~])(?!https?://)[!-~]{{1,20}}(?![!-~])|[{HAN}{RARE_HAN}]{{1,5}}")
# In ems, of bold letters; how wide those are that are not bold; a Chinese one takes an em.
_NARROW, _WIDE = frozenset("fijlrt.,:;'|!()[]/- "), frozenset("mwMW%@&")
_EMS = {"narrow": 0.36, "wide": 0.95, "capital": 0.78, "other": 0.6}
_LIGHT = 0.88


def width_of(text: str) -> int:
    """Count the places that a line of text takes: a Chinese letter as many as two others.

    Examples
    --------
    >>> width_of("2026 年")
    7
    """
    return sum(1 if character.isascii() else 2 for character in text)


def ems_of(text: str, *, bold: bool = False) -> float:
    """Compute the width of a line of text, in ems.

    Examples
    --------
    >>> round(ems_of("Chapters", bold=True), 2), round(ems_of("Chapters"), 2), ems_of("章节")
    (4.5, 3.96, 2)
    """
    return sum(_ems_of_letter(character, 1 if bold else _LIGHT) for character in text)


def _ems_of_letter(character: str, weight: float) -> float:
    """Compute the width of a letter."""
    if not character.isascii():
        return 1
    if character in _NARROW:
        return weight * _EMS["narrow"]
    if character in _WIDE:
        return weight * _EMS["wide"]
    return weight * _EMS["capital" if character.isupper() else "other"]


def longest_word(texts: Iterable[str], *, bold: bool = False) -> float:
    """Compute the width of the longest word that should not be broken, in ems.

    Examples
    --------
    >>> longest_word(["a bb", "https://example.org/which/may/be/broken"], bold=True)
    1.2
    >>> longest_word(["不再出现"]), longest_word(["这一句可以在任何地方断开"])
    (4, 5)
    """
    words = (word for text in texts for word in _WORD.findall(text))
    return max((ems_of(word, bold=bold) for word in words), default=1)


def needed_widths(table: Table) -> list[float]:
    """Return the places that each column takes on average, or its label."""
    rows = table.shown_rows
    return [
        max(
            sum(width_of(row.cells[number].text) for row in rows) / max(len(rows), 1),
            min(width_of(column.label), LONGEST_LABEL),
        )
        for number, column in enumerate(table.columns)
    ]


def shared_out(
    room: float, weights: Sequence[float], least: Sequence[float], most: Sequence[float]
) -> list[float]:
    """Share out room by weight, but to none less than its least or more than its most.

    Where all of that cannot be, the room is shared out in the proportion of the least, or
    of the most.

    Examples
    --------
    >>> [round(width) for width in shared_out(100, [1, 3, 6], [20, 0, 0], [90, 90, 40])]
    [20, 40, 40]
    >>> shared_out(30, [1, 1], [20, 40], [50, 50])
    [10.0, 20.0]
    """
    for bound in (least, most):
        if (sum(bound) >= room) == (bound is least):
            return [room * own / sum(bound) for own in bound]
    low, high = 0.0, max(top / weight for top, weight in zip(most, weights, strict=True))
    widths = list(most)
    # Half as far from the right scale with each step.
    for _ in range(50):
        scale = (low + high) / 2
        widths = [
            min(max(scale * weight, bottom), top)
            for weight, bottom, top in zip(weights, least, most, strict=True)
        ]
        low, high = (low, scale) if sum(widths) > room else (scale, high)
    return widths
