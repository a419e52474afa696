"""Units as printed, their families, and conversion to base units."""

import re
import tomllib
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

UNKNOWN = "unknown"
MAGNITUDES = {
    "": 1,
    "十": 10**1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
MAGNITUDE = "|".join(sorted(filter(None, MAGNITUDES), key=len, reverse=True))
# Mark of a rate: 元/人·年, 万吨/日, 个/县.
_PER = "/"
PER_YEAR = f"{_PER}年"


class Unit(NamedTuple):
    """The meaning of a printed unit.

    Attributes
    ----------
    family : str
        Figures of one family can be compared; ``unknown`` where the unit is not known.
    base : str
        The base unit of the family.
    factor : Fraction
        Number of base units in one printed unit.
    """

    family: str
    base: str
    factor: Fraction


@lru_cache
def read_unit(printed: str) -> Unit:
    """Return the family, base unit and factor of a printed unit.

    Parameters
    ----------
    printed : str
        Unit with its magnitude: ``万公里``, ``/10万``, ``元/人·年``.

    Returns
    -------
    Unit

    Examples
    --------
    >>> unit = read_unit("万亩")
    >>> unit.family, unit.base, unit.factor
    ('area', '公顷', Fraction(2000, 3))
    >>> read_unit("万吨/日").base, read_unit("光年").family
    ('吨/日', 'unknown')
    """
    known = known_units()
    if printed in known:
        return known[printed]
    match = re.match(rf"{MAGNITUDE}", printed)
    magnitude = match.group() if match else ""
    rest = printed.removeprefix(magnitude)
    if rest in known:
        unit = known[rest]
        return unit._replace(factor=unit.factor * MAGNITUDES[magnitude])
    counted, per, by = rest.partition(_PER)
    if per and counted in known:
        unit = known[counted]
        factor = unit.factor * MAGNITUDES[magnitude]
        return Unit(f"{unit.family}/{by}", f"{unit.base}/{by}", factor)
    return Unit(UNKNOWN, printed, Fraction(1))


def normal_value(value: float, printed: str) -> float:
    """Convert a figure to the base unit of its family.

    Examples
    --------
    >>> normal_value(4.5, "亿人") == normal_value(45000, "万人") == 450000000
    True
    """
    return float(Fraction(str(value)) * read_unit(printed).factor)


@cache
def known_units() -> dict[str, Unit]:
    """Return the units of ``units.toml`` by their printed forms."""
    text = files("crossplan.languages").joinpath("units.toml").read_text(encoding="utf-8")
    return {
        printed: Unit(family, content["base"], Fraction(factor))
        for family, content in tomllib.loads(text).items()
        for printed, factor in content["units"].items()
    }
