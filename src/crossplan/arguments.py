"""Checks of arguments: a number of the wrong kind or size is refused by name."""

from collections.abc import Iterable
from numbers import Integral
from typing import Any

from crossplan.errors import ChoiceError


def whole_number(argument: str, value: Any, least: int = 1) -> int:
    """Give a whole number, or refuse what is none or too small.

    Raises
    ------
    ChoiceError

    Examples
    --------
    >>> whole_number("top", 30)
    30
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ChoiceError(argument, value, [f"a whole number from {least}"])
    return value


def number(argument: str, value: Any, least: float, most: float = float("inf")) -> float:
    """Give a number, or refuse what is none or lies outside of the limits.

    Raises
    ------
    ChoiceError
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        above = f" to {most:g}" if most < float("inf") else ""
        raise ChoiceError(argument, value, [f"a number from {least:g}{above}"])
    return float(value)


def require_jobs(value: Any) -> None:
    """Refuse what is no number of processes: any whole number but 0, or None.

    Raises
    ------
    ChoiceError
    """
    if value is None or (isinstance(value, Integral) and not isinstance(value, bool) and value):
        return
    raise ChoiceError("n_jobs", value, ["a whole number from 1", -1, None])


def two_whole_numbers(argument: str, value: Any, least: int) -> tuple[int, int]:
    """Give two whole numbers; one stands for both.

    Raises
    ------
    ChoiceError
    """
    if isinstance(value, tuple):
        if len(value) != 2:  # noqa: PLR2004 - two
            raise ChoiceError(argument, value, ["a whole number", "two of them, such as (1, 3)"])
        return whole_number(argument, value[0], least), whole_number(argument, value[1], least)
    return whole_number(argument, value, least), value


def several(values: Any) -> list[Any]:
    """Give one value, or many, as a list; what has no order in the order of its names."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [values]
    if isinstance(values, set | frozenset):
        return sorted(values, key=str)
    return list(dict.fromkeys(values))
