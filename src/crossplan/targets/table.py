"""Targets as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crossplan.display import View
from crossplan.frames import typed_frame
from crossplan.model import Plan, Target
from crossplan.result import Result
from crossplan.targets.scope import scope_of
from crossplan.targets.units import normal_value, read_unit

COLUMNS = {
    "id": "string",
    "plan": "string",
    "section": "string",
    "indicator": "string",
    "scope": "string",
    "comparator": "string",
    "value": "float64",
    "value_upper": "Float64",
    "unit": "string",
    "printed": "string",
    "normal_value": "float64",
    "normal_unit": "string",
    "unit_family": "string",
    "kind": "string",
    "direction": "string",
    "base": "string",
    "base_year": "Int64",
    "year": "Int64",
    "deadline": "Int64",
    "recurrence": "string",
    "measure_id": "string",
    "start": "Int64",
    "end": "Int64",
    "source": "string",
    "evidence": "string",
    "confidence": "string",
    "second_source": "string",
    "outcome": "Float64",
    "outcome_source": "string",
    "note": "string",
}


@dataclass(frozen=True, repr=False, eq=False)
class TargetTable(Result):
    """Targets; made by :func:`extract_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per figure and indicator: id, plan, section, indicator, scope (the part of
        the indicator that says of whom or where), comparator, value, value_upper, unit
        and printed (as the text has them), normal_value and normal_unit (in the base unit
        of the unit_family, ``unknown`` where nobody knows the unit), kind (level, change,
        output), direction, base and base_year (what a change is counted from), year (that
        the text names), deadline (that year, or the last of the plan), recurrence
        (每年), measure_id, start, end (span in the reading text), source, evidence
        (``text`` where it was read from the text), confidence, second_source, outcome,
        outcome_source, note (corrections that touch the figure).
    plans : sequence of Plan
    targets : tuple of Target
        The rows as objects.
    """

    plans: Sequence[Plan]
    targets: tuple[Target, ...]

    def _view(self) -> View:
        from crossplan.targets.views import targets_view

        return targets_view(self)


def target_table(plans: Iterable[Plan], targets: Iterable[Target], method: str) -> TargetTable:
    """Put a table together."""
    plans, targets = tuple(plans), tuple(targets)
    ends = {plan.id: plan.end_year for plan in plans}
    frame = typed_frame((row(target, ends.get(target.plan)) for target in targets), COLUMNS)
    return TargetTable(frame=frame, method=method, plans=plans, targets=targets)


def row(target: Target, end_year: int | None) -> dict[str, Any]:
    """Give a target as a row of the table."""
    unit = read_unit(target.unit)
    fields = asdict(target)
    return fields | {
        "measure_id": fields.pop("measure"),
        "scope": scope_of(target.indicator),
        "normal_value": normal_value(target.value, target.unit),
        "normal_unit": unit.base,
        "unit_family": unit.family,
        "deadline": target.year or end_year,
    }
