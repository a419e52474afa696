"""The grammar of a figure: a number, a unit, and how it is to be compared."""

import re
from typing import NamedTuple

from crossplan.model import Comparator

# Bounded, so that a page of digits takes no longer than one of words.
NUMBER = r"(?<![0-9.])[0-9]{1,12}(?:\.[0-9]{1,6})?(?![0-9])"
MAGNITUDE = r"(?:百|千|万|十万|百万|千万|亿)?"
# Units of a level or a change. A bare number is possible too: a coefficient has no unit.
MEASURED = (
    r"%|‰|/10万|个?百分点|岁|小时|分钟|微克/立方米|平方米|平方公里|公里|公顷|亩|立方米|"
    r"吨/日|吨|元|倍|年|(?:人次|人|名|张|个|所|家|件|套)"
)
# Units of things that are made, counted or kept.
COUNTED = (
    r"个|所|家|套（间）|套|座|场|名|人次|人|张|件|项|条|处|辆|"
    r"平方公里|公里|公顷|亩|平方米|立方米|吨"
)
ABOUT = r"约|近"
AFTER = r"以上|以下|以内|左右"
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")

LEVEL_VERBS: dict[str, Comparator] = {
    "达到": "=",
    "提高到": "=",
    "提高至": "=",
    "提升到": "=",
    "提升至": "=",
    "上升到": "=",
    "上升至": "=",
    "增加到": "=",
    "增至": "=",
    "升至": "=",
    "降低到": "=",
    "降低至": "=",
    "下降到": "=",
    "下降至": "=",
    "降至": "=",
    "降到": "=",
    "保持在": "=",
    "稳定在": "=",
    "控制在": "<=",
    "不超过": "<=",
    "低于": "<",
    "不低于": ">=",
    "不少于": ">=",
    "高于": ">",
    "超过": ">",
}
UP_VERBS = ("提高", "提升", "增加", "增长", "上升")
DOWN_VERBS = ("下降", "降低", "减少", "降")
COMPARATORS: dict[str, Comparator] = {
    "以上": ">=",
    "以下": "<=",
    "以内": "<=",
    "左右": "~",
    "约": "~",
    "近": "~",
}


class Quantity(NamedTuple):
    """A figure as printed."""

    value: float
    unit: str
    comparator: Comparator
    start: int
    end: int


def quantity_pattern(units: str, name: str = "") -> str:
    """Give the pattern of a figure with one of `units`; groups end in `name`."""
    return (
        rf"(?P<about{name}>{ABOUT})?(?P<number{name}>{NUMBER})"
        rf"(?P<unit{name}>{MAGNITUDE}(?:{units}))(?P<after{name}>{AFTER})?"
    )


def read_quantity(match: re.Match[str], comparator: Comparator = "=") -> Quantity:
    """Read a figure from a match of :func:`quantity_pattern`.

    The words about the figure decide how it compares, and where there are none, the
    verb before it, whose comparator is given.
    """
    word = match["after"] or match["about"]
    return Quantity(
        value=float(match["number"]),
        unit=match["unit"] or "",
        comparator=COMPARATORS[word] if word else comparator,
        start=match.start("number"),
        end=match.end("unit"),
    )
