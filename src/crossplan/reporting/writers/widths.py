"""Measure the width of text in a table, in character cells and in ems."""

import re
from collections.abc import Iterable, Sequence

from crossplan.languages.scripts import HAN, RARE_HAN
from crossplan.reporting.document import ReportTable

# Labels that are longer than this are broken.
LONGEST_LABEL = 12
# Letters without a blank between them. Addresses and longer words may be broken. Chinese
# text may always be, but a few characters stay together.
_WORD = re.compile(rf"(?<![!-~])(?!https?://)[!-~]{{1,20}}(?![!-~])|[{HAN}{RARE_HAN}]{{1,5}}")
# Widths of bold letters in ems, and the ratio of regular to bold. A Chinese one is an em.
_NARROW, _WIDE = frozenset("fijlrt.,:;'|!()[]/- "), frozenset("mwMW%@&")
_EMS = {"narrow": 0.36, "wide": 0.95, "capital": 0.78, "other": 0.6}
_LIGHT = 0.88


def width_of(text: str) -> int:
    """Return the width of a line of text in character cells, two for a Chinese character.

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


def needed_widths(table: ReportTable) -> list[float]:
    """Return the average width of each column in character cells, or the width of its label."""
    rows = table.shown_rows
    return [
        max(
            sum(width_of(row.cells[number].text) for row in rows) / max(len(rows), 1),
            min(width_of(column.label), LONGEST_LABEL),
        )
        for number, column in enumerate(table.columns)
    ]


def shared_out(
    total: float, weights: Sequence[float], least: Sequence[float], most: Sequence[float]
) -> list[float]:
    """Divide a width by weight, within the least and the most of each share.

    If the limits cannot all be kept, the width is divided in proportion to the least or
    the most.

    Examples
    --------
    >>> [round(width) for width in shared_out(100, [1, 3, 6], [20, 0, 0], [90, 90, 40])]
    [20, 40, 40]
    >>> shared_out(30, [1, 1], [20, 40], [50, 50])
    [10.0, 20.0]
    """
    for bound in (least, most):
        if (sum(bound) >= total) == (bound is least):
            return [total * own / sum(bound) for own in bound]
    low, high = 0.0, max(top / weight for top, weight in zip(most, weights, strict=True))
    widths = list(most)
    # Bisect: each step halves the distance from the right scale.
    for _ in range(50):
        scale = (low + high) / 2
        widths = [
            min(max(scale * weight, bottom), top)
            for weight, bottom, top in zip(weights, least, most, strict=True)
        ]
        low, high = (low, scale) if sum(widths) > total else (scale, high)
    return widths
