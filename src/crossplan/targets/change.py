"""The change of a figure: raised or lowered, by how much, and whether that is more ambition."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from crossplan.languages.chinese.indicators import comparable_scope, is_growth
from crossplan.languages.units import PER_YEAR, UNKNOWN, read_unit
from crossplan.model import Direction, Entry, Polarity, Target

Change = Literal[
    "raised", "lowered", "held", "replaced", "new", "dropped", "unknown", "not comparable"
]
Ambition = Literal["stronger", "weaker", "same", "unknown"]
Reason = Literal[
    "",
    "level against change",
    "other unit",
    "unknown unit",
    "other scope",
    "other base year",
    "periods of different length",
    "other direction",
    "a range that holds the other",
    "another indicator took its place",
    "no text of the older plan at hand",
    "no text of the newer plan at hand",
    "no plan before",
]
_Obstacle = tuple[Reason, str] | None
_Plans = Mapping[str, Entry]


class Outcome(NamedTuple):
    """The change of a target.

    Attributes
    ----------
    change : Change
    reason : Reason
        Why the figures are not compared, or why nothing is known.
    detail : str
        What of the one stands against what of the other.
    difference, relative : float or None
        New less old, in the unit of the new one; and as a share of the old.
    ambition : Ambition
    """

    change: Change
    reason: Reason = ""
    detail: str = ""
    difference: float | None = None
    relative: float | None = None
    ambition: Ambition = "unknown"


def compare(old: Target, new: Target, plans: _Plans, polarity: Polarity | None) -> Outcome:
    """Compare two targets of one indicator.

    Parameters
    ----------
    old, new : Target
    plans : mapping of str to Plan or PlanReference
        The plans they stand in, by id; periods matter to what is counted up.
    polarity : {"more", "less", "neither"} or None
    """
    reason, detail = _obstacle(old, new, plans)
    if reason:
        return Outcome("not comparable", reason, detail)
    factor = read_unit(new.unit).factor
    lower = in_unit(old.value, old.unit, factor), Fraction(str(new.value))
    upper = (
        in_unit(old.value if old.value_upper is None else old.value_upper, old.unit, factor),
        Fraction(str(new.value if new.value_upper is None else new.value_upper)),
    )
    if (lower[1] - lower[0]) * (upper[1] - upper[0]) < 0:
        return Outcome("not comparable", "a range that holds the other")
    # Of two ranges the middles are compared.
    before, after = (lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2
    difference = after - before
    if not difference:
        return Outcome("held", "", "", 0.0, 0.0, "same")
    return Outcome(
        change="raised" if difference > 0 else "lowered",
        difference=float(difference),
        relative=float(difference / abs(before)) if before else None,
        ambition=_ambition(new.direction, polarity, raised=difference > 0),
    )


def is_change(target: Target) -> bool:
    """Return whether a target is a difference, in whichever way it is put."""
    return target.kind == "change" or is_growth(target.indicator)


def in_unit(value: float, unit: str, factor: Fraction) -> Fraction:
    """Turn a figure into the unit of its family that makes `factor` base units, exactly."""
    return Fraction(str(value)) * read_unit(unit).factor / factor


def _ambition(direction: Direction | None, polarity: Polarity | None, *, raised: bool) -> Ambition:
    """Return whether a figure that was raised, or lowered, asks for more than before.

    A larger cut of what should be less is more ambition, and so is a larger rise of what
    should be more.
    """
    if polarity is None or polarity == "neither" or direction == "hold":
        return "unknown"
    if direction is not None:
        wanted = (direction == "up") == (polarity == "more")
    else:
        wanted = polarity == "more"
    return "stronger" if raised == wanted else "weaker"


def _obstacle(old: Target, new: Target, plans: _Plans) -> tuple[Reason, str]:
    """Say why two targets of one indicator cannot be compared, or nothing."""
    checks = (_of_kind, _of_unit, _of_scope, _of_base, _of_period)
    found = (check(old, new, plans) for check in checks)
    return next((obstacle for obstacle in found if obstacle is not None), ("", ""))


def _of_kind(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Compare kinds, and the direction of changes."""
    if is_change(old) != is_change(new):
        return "level against change", f"{old.kind} / {new.kind}"
    directions = old.direction or "up", new.direction or "up"
    if is_change(old) and directions[0] != directions[1]:
        return "other direction", " / ".join(directions)
    return None


def _of_unit(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Compare the families of units."""
    units = f"{old.unit or 'a number'} / {new.unit or 'a number'}"
    families = read_unit(old.unit).family, read_unit(new.unit).family
    if UNKNOWN in families and old.unit != new.unit:
        return "unknown unit", units
    return ("other unit", units) if families[0] != families[1] else None


def _of_scope(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Compare of whom and where the indicators speak."""
    scopes = comparable_scope(old.indicator), comparable_scope(new.indicator)
    if scopes[0] == scopes[1]:
        return None
    return "other scope", " / ".join("".join(sorted(scope)) or "—" for scope in scopes)


def _of_base(old: Target, new: Target, plans: _Plans) -> _Obstacle:
    """Compare the years over which changes are counted."""
    spans = _span(old, plans), _span(new, plans)
    if not is_change(old) or None in spans or spans[0] == spans[1]:
        return None
    return "other base year", f"{spans[0]} / {spans[1]} years from base to deadline"


def _of_period(old: Target, new: Target, plans: _Plans) -> _Obstacle:
    """Compare the years over which what is made is counted up."""
    lengths = _length(old, plans), _length(new, plans)
    each_year = (old.recurrence and new.recurrence) or PER_YEAR in old.unit
    counted = "output" in {old.kind, new.kind} and not each_year
    if not counted or None in lengths or lengths[0] == lengths[1]:
        return None
    return "periods of different length", f"{lengths[0]} / {lengths[1]} years"


def _span(target: Target, plans: _Plans) -> int | None:
    """Return the years from the base of a change to its deadline.

    Where no base is named, the year before the plan is meant: that is how the plans count.
    """
    plan = plans.get(target.plan)
    if plan is None:
        return None
    if target.recurrence or PER_YEAR in target.unit:
        return 1
    base = target.base_year or plan.start_year - 1
    return (target.year or plan.end_year) - base


def _length(target: Target, plans: _Plans) -> int | None:
    """Return the years of the plan, over which what is made is counted up."""
    plan = plans.get(target.plan)
    return None if plan is None else plan.end_year - plan.start_year + 1
