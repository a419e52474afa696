"""Checks of arguments, with errors that name the argument."""

import functools
import warnings
from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from numbers import Integral
from typing import Any, ParamSpec, TypeVar

from crossplan.errors import ChoiceError

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")

# The least likeness, of 100, at which a name is taken for a misspelling of another.
_LIKE = 60.0


def whole_number(argument: str, value: Any, least: int = 1) -> int:
    """Return a whole number; raise an error if it is not one or is too small.

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
    """Return a number; raise an error if it is not one or is outside the limits.

    Raises
    ------
    ChoiceError
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        above = f" to {most:g}" if most < float("inf") else ""
        raise ChoiceError(argument, value, [f"a number from {least:g}{above}"])
    return float(value)


def require_jobs(value: Any) -> None:
    """Raise an error unless a value is a number of processes.

    These are all whole numbers except 0, and None.

    Raises
    ------
    ChoiceError
    """
    if value is None or (isinstance(value, Integral) and not isinstance(value, bool) and value):
        return
    raise ChoiceError("n_jobs", value, ["a whole number from 1", -1, None])


def two_whole_numbers(argument: str, value: Any, least: int) -> tuple[int, int]:
    """Return two whole numbers; a single number is used for both.

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
    """Return one or several values as a list without duplicates; a set is sorted by name."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [values]
    if isinstance(values, set | frozenset):
        return sorted(values, key=str)
    return list(dict.fromkeys(values))


def most_like(name: object, known: Iterable[str]) -> str:
    """Return the known name most similar to another; empty if none is similar.

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
    """Accept a keyword-only argument by position as well, with a warning, for one version.

    Parameters
    ----------
    name : str
        The argument that followed those that are still positional.
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
