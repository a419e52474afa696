"""Targets in words, as tables and figures print them."""

SIGNS = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈", "range": ""}
ARROWS = {"up": "↑", "down": "↓", "hold": "→"}


def comparator_sign(comparator: str) -> str:
    """Give the sign that stands before a figure; a plain one has none."""
    return SIGNS[comparator]


def number_words(value: float) -> str:
    """Write a number without needless zeros.

    Examples
    --------
    >>> number_words(18.0), number_words(14.9)
    ('18', '14.9')
    """
    return f"{value:.10g}"


def target_words(comparator: str, value: float, unit: str, direction: str | None = None) -> str:
    """Write a target as figures and signs.

    Examples
    --------
    >>> target_words("<=", 18.0, "/10万"), target_words("=", 10.0, "%", "down")
    ('≤18/10万', '↓10%')
    """
    arrow = ARROWS[direction] if direction else ""
    return f"{arrow}{comparator_sign(comparator)}{number_words(value)}{unit}"
