"""Numbers and dates in the cells of a workbook, with formats that show them as the report does."""

import math
import re
from datetime import date

from crossplan.characters import fit
from crossplan.reporting.document import Cell

FIGURE = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
DATE_FORMAT = "yyyy-mm-dd"
# Workbooks count days from here, and know formats of this length.
FIRST_YEAR, LONGEST_FORMAT = 1900, 255


def typed(cell: Cell) -> tuple[int | float | date, str] | None:
    """Give the value of a cell, and the format that shows it with the words around it.

    Parameters
    ----------
    cell : Cell

    Returns
    -------
    tuple of (int, float or date) and str, or None
        None where the cell holds no number or date, or where its words say another thing.

    Examples
    --------
    >>> from crossplan.reporting.document import Run
    >>> typed(Cell((Run("72"), Run(" targets")), 72))
    (72, '0" targets"')
    >>> typed(Cell((Run("+1.50"),), 1.5))
    (1.5, '+0.00;-0.00;0.00')
    >>> typed(Cell((Run("unknown"),), 1.5)) is None
    True
    """
    value, text = cell.value, fit(cell.text)
    if isinstance(value, date):
        shown = text == value.isoformat() and value.year >= FIRST_YEAR
        return (value, DATE_FORMAT) if shown else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    for found in FIGURE.finditer(text):
        if shows(found[0], value):
            form = around(text[: found.start()], found[0], text[found.end() :])
            return (value, form) if len(form) <= LONGEST_FORMAT and form.isprintable() else None
    return None


def shows(figure: str, value: float) -> bool:
    """Tell whether a figure is a value, rounded to its decimals."""
    digits = figure.replace(",", "").replace("−", "-")
    return math.isclose(float(digits), value, rel_tol=1e-12, abs_tol=0.5 * 10 ** -decimals(figure))


def decimals(figure: str) -> int:
    """Count the decimals of a figure."""
    return len(figure.partition(".")[2])


def around(before: str, figure: str, after: str) -> str:
    """Write the format of a figure between words."""
    form = "#,##0" if "," in figure else "0"
    form += f".{'0' * decimals(figure)}" if decimals(figure) else ""
    start, end = literal(before), literal(after)
    if figure.startswith("+"):
        return ";".join(f"{start}{sign}{form}{end}" for sign in ("+", "-", ""))
    return f"{start}{form}{end}"


def literal(words: str) -> str:
    """Write words that a format shows as they are."""
    return '"' + words.replace('"', '"\\""') + '"' if words else ""
