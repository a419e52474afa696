"""The change of a figure: its direction, its size, and whether it is more ambitious."""

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
    """The change of a target from one plan to another.

    Attributes
    ----------
    change : Change
    reason : Reason
        Why the figures are not compared, or why the change is not known.
    detail : str
        The features in which the two targets differ.
    difference, relative : float or None
        New minus old, in the unit of the new figure; and as a share of the old figure.
    ambition : Ambition
        Whether the new figure is more ambitious than the old one.
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
        Their plans by id; outputs are compared only over periods of equal length.
    polarity : {"more", "less", "neither"} or None
        Whether more or less of the indicator is better.

    Returns
    -------
    Outcome
        Of ranges, the middles are compared.
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
    # Compare the middles of ranges.
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
    """Return whether a target is a change, or the level of a growth rate."""
    return target.kind == "change" or is_growth(target.indicator)


def in_unit(value: float, unit: str, factor: Fraction) -> Fraction:
    """Convert a figure, exactly, to the unit of its family that equals `factor` base units."""
    return Fraction(str(value)) * read_unit(unit).factor / factor


def _ambition(direction: Direction | None, polarity: Polarity | None, *, raised: bool) -> Ambition:
    """Return whether a raised or lowered figure is more ambitious than before.

    A larger cut is more ambitious where less is better, and a larger rise where more is
    better.
    """
    if polarity is None or polarity == "neither" or direction == "hold":
        return "unknown"
    if direction is not None:
        wanted = (direction == "up") == (polarity == "more")
    else:
        wanted = polarity == "more"
    return "stronger" if raised == wanted else "weaker"


def _obstacle(old: Target, new: Target, plans: _Plans) -> tuple[Reason, str]:
    """Return why two targets cannot be compared, with the detail; empty if they can."""
    checks = (_of_kind, _of_unit, _of_scope, _of_base, _of_period)
    found = (check(old, new, plans) for check in checks)
    return next((obstacle for obstacle in found if obstacle is not None), ("", ""))


def _of_kind(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Return the obstacle if kinds, or the directions of changes, differ."""
    if is_change(old) != is_change(new):
        return "level against change", f"{old.kind} / {new.kind}"
    directions = old.direction or "up", new.direction or "up"
    if is_change(old) and directions[0] != directions[1]:
        return "other direction", " / ".join(directions)
    return None


def _of_unit(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Return the obstacle if the families of units differ."""
    units = f"{old.unit or 'a number'} / {new.unit or 'a number'}"
    families = read_unit(old.unit).family, read_unit(new.unit).family
    if UNKNOWN in families and old.unit != new.unit:
        return "unknown unit", units
    return ("other unit", units) if families[0] != families[1] else None


def _of_scope(old: Target, new: Target, _: _Plans) -> _Obstacle:
    """Return the obstacle if the scopes of the indicators differ."""
    scopes = comparable_scope(old.indicator), comparable_scope(new.indicator)
    if scopes[0] == scopes[1]:
        return None
    return "other scope", " / ".join("".join(sorted(scope)) or "—" for scope in scopes)


def _of_base(old: Target, new: Target, plans: _Plans) -> _Obstacle:
    """Return the obstacle if changes are counted over different numbers of years."""
    spans = _span(old, plans), _span(new, plans)
    if not is_change(old) or None in spans or spans[0] == spans[1]:
        return None
    return "other base year", f"{spans[0]} / {spans[1]} years from base to deadline"


def _of_period(old: Target, new: Target, plans: _Plans) -> _Obstacle:
    """Return the obstacle if outputs are counted over different numbers of years."""
    lengths = _length(old, plans), _length(new, plans)
    each_year = (old.recurrence and new.recurrence) or PER_YEAR in old.unit
    counted = "output" in {old.kind, new.kind} and not each_year
    if not counted or None in lengths or lengths[0] == lengths[1]:
        return None
    return "periods of different length", f"{lengths[0]} / {lengths[1]} years"


def _span(target: Target, plans: _Plans) -> int | None:
    """Return the number of years from the base of a change to its deadline.

    Where no base is named, the plans count from the year before the plan.
    """
    plan = plans.get(target.plan)
    if plan is None:
        return None
    if target.recurrence or PER_YEAR in target.unit:
        return 1
    base = target.base_year or plan.start_year - 1
    return (target.year or plan.end_year) - base


def _length(target: Target, plans: _Plans) -> int | None:
    """Return the number of years of the plan, over which outputs are counted."""
    plan = plans.get(target.plan)
    return None if plan is None else plan.end_year - plan.start_year + 1
