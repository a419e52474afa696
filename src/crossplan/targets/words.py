"""Targets in words, as tables and figures print them."""

from crossplan.model import Target

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


def target_words(target: Target) -> str:
    """Write a target as figures and signs: ``≤18/10万``, ``↓10%``."""
    arrow = ARROWS[target.direction] if target.direction else ""
    sign = comparator_sign(target.comparator)
    return f"{arrow}{sign}{number_words(target.value)}{target.unit}"


def outcome_words(target: Target) -> str:
    """Write the value reached; nothing where no source tells it."""
    return "" if target.outcome is None else f"{number_words(target.outcome)}{target.unit}"
