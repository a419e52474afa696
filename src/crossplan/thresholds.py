"""Thresholds: numbers in the code that determine results and are not parameters.

Each is marked by its type, as in ``MINIMUM_SCORE: Threshold[float] = 40.0``, and found by that
mark, so that the list is always complete.
"""

from importlib import import_module
from inspect import get_annotations
from pkgutil import walk_packages
from typing import Annotated, Any, TypeVar, get_args

Number = TypeVar("Number")
_MARK = "settles results"
Threshold = Annotated[Number, _MARK]


def thresholds_of(package: str) -> dict[str, Any]:
    """Return the thresholds of a package by their names in the code.

    Parameters
    ----------
    package : str
        Name without ``crossplan``, such as ``matching``.

    Returns
    -------
    dict of str to object
        Values by full name, such as ``matching.sections.CLOSE``, sorted.

    Examples
    --------
    >>> thresholds_of("pairing")
    {'pairing.assignment.TIE': 1e-06}
    """
    parent = import_module(f"crossplan.{package}")
    names = sorted(found.name for found in walk_packages(parent.__path__, f"{parent.__name__}."))
    return {
        f"{name.removeprefix('crossplan.')}.{constant}": getattr(module, constant)
        for name in names
        for module in [import_module(name)]
        for constant, annotation in get_annotations(module).items()
        if _MARK in get_args(annotation)[1:]
    }
