"""Checks of arguments: a number of the wrong kind or size is refused by name."""

import functools
import warnings
from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from numbers import Integral
from typing import Any, ParamSpec, TypeVar

from crossplan.errors import ChoiceError

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")

# From this likeness on, out of 100, a name is taken for a slip of another.
_LIKE = 60.0


def whole_number(argument: str, value: Any, least: int = 1) -> int:
    """Return a whole number, or refuse what is none or too small.

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
    """Return a number, or refuse what is none or lies outside of the limits.

    Raises
    ------
    ChoiceError
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        above = f" to {most:g}" if most < float("inf") else ""
        raise ChoiceError(argument, value, [f"a number from {least:g}{above}"])
    return float(value)


def require_jobs(value: Any) -> None:
    """Raise an error for what is no number of processes: any whole number but 0, or None.

    Raises
    ------
    ChoiceError
    """
    if value is None or (isinstance(value, Integral) and not isinstance(value, bool) and value):
        return
    raise ChoiceError("n_jobs", value, ["a whole number from 1", -1, None])


def two_whole_numbers(argument: str, value: Any, least: int) -> tuple[int, int]:
    """Return two whole numbers; one stands for both.

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
    """Return one value, or many, as a list; what has no order in the order of its names."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [values]
    if isinstance(values, set | frozenset):
        return sorted(values, key=str)
    return list(dict.fromkeys(values))


def most_like(name: object, known: Iterable[str]) -> str:
    """Return the known name that is most like another; nothing where none is like it.

    Examples
    --------
    >>> most_like("lnag", ["old", "new", "lang"]), most_like("xyz", ["old", "new", "lang"])
    ('lang', '')
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(str(name), [*known], scorer=fuzz.ratio, score_cutoff=_LIKE)
    return found[0] if found else ""


def keyword_only(
    name: str,
) -> Callable[[Callable[_Parameters, _Returned]], Callable[_Parameters, _Returned]]:
    """Take a keyword-only argument by position as well, with a warning, for one version.

    Parameters
    ----------
    name : str
        The argument that was the first behind those that are still positional.
    """

    def decorate(function: Callable[_Parameters, _Returned]) -> Callable[_Parameters, _Returned]:
        kinds = [parameter.kind for parameter in signature(function).parameters.values()]
        positional = kinds.count(Parameter.POSITIONAL_OR_KEYWORD)

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> _Returned:
            if len(args) == positional + 1 and name not in kwargs:
                warnings.warn(
                    f"{function.__name__}: write {name}=... in place of a positional "
                    "argument, which the next version refuses.",
                    FutureWarning,
                    stacklevel=2,
                )
                kwargs[name] = args[-1]
                args = args[:-1]
            return function(*args, **kwargs)

        return call

    return decorate
