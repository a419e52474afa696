"""Format values for display: shortened, rounded and labelled."""

from collections.abc import Iterable
from typing import Any

from crossplan.display.view import Cell, Cells, Record, Side, ViewColumn, shorten

_MISSING = "–"
# The longest text in a column; the tooltip of the cell has the whole.
_LONGEST = 60
# The length shown of the beginning and the end of a piece that is the same on both sides.
_EDGE = 14
# Below this, three decimals do not show p.
_SMALL_P = 0.001

_SIGNS = {
    "kept": "=",
    "held": "=",
    "stable": "=",
    "same": "=",
    "renamed": "≈",
    "revised": "≈",
    "merged": "∪",
    "split": "÷",
    "new": "+",
    "dropped": "−",
    "moved": "↷",
    "revived": "↺",
    "raised": "↑",
    "lowered": "↓",
    "rising": "↑",
    "falling": "↓",
    "stronger": "▲",
    "weaker": "▽",
    "replaced": "⇄",
    "not comparable": "≠",
    "unknown": "?",
    "absent": "−",
    "to review": "!",
    "constructed": "◇",
    "complete": "✓",
    "full": "✓",
    "yes": "✓",
    "fetched": "✓",
    "at hand": "✓",
    "usable with gaps": "!",
    "outline": "!",
    "refused": "✗",
    "no": "✗",
    "not got": "✗",
    "no text": "?",
    "not linked": "✗",
    "not paired": "✗",
    "gap": "!",
}


def quote(value: Any, longest: int = _LONGEST) -> Cells:
    """Show a quotation of a plan, shortened, with the whole as tooltip."""
    if value is None or value == "":
        return (Cell(_MISSING),)
    text = str(value)
    short = shorten(text, longest)
    return (Cell(short, "quoted", "" if short == text else text),)


def small(value: Any) -> Cells:
    """Show an id."""
    return (Cell(_MISSING),) if value is None or value == "" else (Cell(str(value), "small"),)


def chips(*words: str | None) -> Cells:
    """Show status words, each with its sign."""
    cells: list[Cell] = []
    for word in filter(None, words):
        cells += [Cell(" ")] if cells else []
        cells.append(Cell(marked(word), "chip"))
    return tuple(cells) or (Cell(_MISSING),)


def number(value: float | None, decimals: int = 0, *, sign: bool = False) -> Cells:
    """Show a rounded number.

    Examples
    --------
    >>> number(1234.56, 1)[0].text, number(-0.251, 2, sign=True)[0].text, number(None)[0].text
    ('1,234.6', '−0.25', '–')
    """
    if value is None:
        return (Cell(_MISSING),)
    # Zero has no sign, even if a small number was rounded to it.
    form = f"{'+' if sign and round(value, decimals) else ''},.{decimals}f"
    text = format(round(value, decimals) or 0.0, form)
    return (Cell(text.replace("-", "−").replace("inf", "∞")),)


def exact(value: float | None) -> Cells:
    """Show a figure of a plan without trailing zeros."""
    return (Cell(_MISSING if value is None else f"{value:.10g}".replace("-", "−")),)


def p_value(value: float | None) -> Cells:
    """Show a p-value, in scientific notation only if it is small.

    Examples
    --------
    >>> p_value(0.0312)[0].text, p_value(0.0000123)[0].text
    ('0.031', '1.2e−05')
    """
    if value is None:
        return (Cell(_MISSING),)
    text = f"{value:.3f}" if value >= _SMALL_P or value == 0 else f"{value:.1e}"
    return (Cell(text.replace("-", "−")),)


def yes_no(value: bool | None) -> Cells:  # noqa: FBT001 - a value to show, not a switch
    """Show a truth value as a word."""
    return (Cell(_MISSING if value is None else "yes" if value else "no"),)


def step(old: Cells, new: Cells) -> Cells:
    """Show an old and a new value, or a single one if they are equal."""
    return old if old == new else (*old, Cell(" → "), *new)


def both_ids(row: Record) -> Cells:
    """Show the ids of both sides, or of one if the other is missing."""
    known = [small(row[name]) for name in ("old_id", "new_id") if row[name] is not None]
    return step(known[0], known[-1])


def redline_cells(runs: Iterable[tuple[str, str]]) -> Cells:
    """Show a redline, with unchanged text only around the changes."""
    looks: dict[str, Any] = {"same": "quoted", "deleted": "deleted", "inserted": "inserted"}
    cells = []
    for kind, text in runs:
        edge = _EDGE if kind == "same" else _LONGEST
        short = text if len(text) <= 2 * edge + 1 else f"{text[:edge]}…{text[-edge:]}"
        cells.append(Cell(short, looks[kind], "" if short == text else text))
    return tuple(cells)


def quoted_column(name: str, key: str, longest: int = _LONGEST) -> ViewColumn:
    """Make a column of quotations of a plan."""
    return ViewColumn(name, lambda row: quote(row[key], longest))


def small_column(name: str, key: str) -> ViewColumn:
    """Make a column of ids."""
    return ViewColumn(name, lambda row: small(row[key]))


def chip_column(name: str, key: str) -> ViewColumn:
    """Make a column of status words."""
    return ViewColumn(name, lambda row: chips(row[key]))


def number_column(name: str, key: str, decimals: int = 0, *, sign: bool = False) -> ViewColumn:
    """Make a column of numbers."""
    return ViewColumn(name, lambda row: number(row[key], decimals, sign=sign), "right")


def plain_column(name: str, key: str, side: Side = "left") -> ViewColumn:
    """Make a column of words that are not quoted from a plan."""

    def cells(row: Record) -> Cells:
        value = row[key]
        return (Cell(_MISSING if value is None or value == "" else str(value)),)

    return ViewColumn(name, cells, side)


def marked(word: str) -> str:
    """Put the sign of a status word before it.

    Examples
    --------
    >>> marked("new"), marked("accept")
    ('+ new', 'accept')
    """
    return f"{_SIGNS[word]} {word}" if word in _SIGNS else word


def joined_cells(cells: Iterable[Cell], between: str) -> Cells:
    """Join cells with a separator."""
    result: list[Cell] = []
    for cell in cells:
        result += [Cell(between), cell] if result else [cell]
    return tuple(result) or quote(None)


def state_chips(row: Record, word: str) -> Cells:
    """Return the state of a row as chips."""
    return chips(word, "moved" if row["moved"] else None, "to review" if row["to_review"] else None)


def both_sides(row: Record, what: str) -> tuple[Cells, Cells]:
    """Return the values of both sides; a missing one is replaced by the other."""
    old, new = row[f"old_{what}"], row[f"new_{what}"]
    old = new if old is None else old
    return quote(old), quote(old if new is None else new)
