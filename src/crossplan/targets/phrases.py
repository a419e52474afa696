"""What the words before a figure say of it: its name, its verb, its kind."""

import re
from typing import NamedTuple

from crossplan.model import Comparator, Direction, TargetKind
from crossplan.targets import verbs
from crossplan.targets.quantity import BEFORE, Quantity
from crossplan.targets.units import UNKNOWN, read_unit

TIMES = {"age", "years", "months", "days", "hours"}
# No one makes ages, years or bare numbers.
NOT_MADE = TIMES | {"number", "points", UNKNOWN}
COUNTS = {"count", "times", "visits", "households"}
NOT_A_NUMBER_OF_THINGS = re.compile(r"(?:率|比例|比重|占比|年限|强度|系数)$")


class Said(NamedTuple):
    """What the words before a figure say of it."""

    name: str
    comparator: Comparator = "="
    direction: Direction | None = None
    base: str = ""
    governed: bool = True
    every: bool = False


def said_of(left: str, quantity: Quantity) -> Said:
    """Take the words before a figure apart: name, verb, and what it is counted from."""
    governed = verbs.GOVERNED.search(left)
    comparison = verbs.COMPARISON.search(left)
    family = read_unit(quantity.unit).family
    if governed and not (governed["compared"] and not comparison):
        name = left[: governed.start()]
        verb = governed["change"] or governed["compared"]
        direction = direction_of(verb) if verb else None
        if direction and verbs.TO_BE_DONE.match(name.lstrip("、")):
            return Said(left, governed=False)
        if governed["change"] and name.endswith("经济"):
            # The economy is no indicator; its growth is.
            name += governed["change"]
        return Said(
            name,
            verbs.REACHING.get(governed["level"] or "", "="),
            direction,
            comparison["base"] if direction and comparison else "",
            every=bool(re.search(verbs.EVERY, governed["manner"])),
        )
    beyond = verbs.BEYOND.search(left)
    if beyond and family == "points":
        direction = "up" if beyond["word"] in verbs.ABOVE else "down"
        return Said(left, "=", direction, beyond.group(), governed=False)
    as_much = verbs.TIMES_AS_MUCH.search(left)
    if as_much and family == "number":
        comparator = BEFORE.get(as_much["word"], "=")
        return Said(left, comparator, None, as_much.group(), governed=False)
    return Said(left, governed=False)


def verbless(name: str, quantity: Quantity) -> bool:
    """Tell whether a noun phrase and a figure alone say a target: 涨幅3%左右."""
    family = read_unit(quantity.unit).family
    return not (
        verbs.OPEN_ENDED.search(name)
        or (quantity.chinese and not quantity.comparator)
        or (family in TIMES and family != "age" and not re.search(r"(?:年限|时间)$", name))
        # A bare number needs a verb; 三分之二 is no bare number.
        or (not quantity.unit and not quantity.chinese)
    )


def kind_of(name: str, quantity: Quantity, *, governed: bool) -> TargetKind:
    """Tell what is made from what is reached."""
    if read_unit(quantity.unit).family in NOT_MADE and quantity.unit[-1:] in {"%", "‰", ""}:
        return "level"
    if NOT_A_NUMBER_OF_THINGS.search(name):
        return "level"
    counts = read_unit(quantity.unit).family in COUNTS and not governed
    return "output" if counts or verbs.MAKES.match(name) or "新增" in name else "level"


def direction_of(verb: str) -> Direction:
    """Tell which way a verb of change goes."""
    return verbs.COMPARED.get(verb) or ("up" if verb in verbs.UP else "down")


def without_manner(phrase: str) -> str:
    """Take away what only says how: 年均, 至少, 均."""
    return re.sub(rf"(?:{verbs.MANNER})+$", "", phrase)


def recurrence_of(phrase: str) -> str:
    """Give the word that says that a figure holds each year, or month."""
    match = verbs.RECURRENCE.search(phrase)
    return match.group() if match else ""
