"""The targets of a plan from its two witnesses: its text and the curated sample.

Where a plan has both, the text takes precedence. The outcome and the sources of a curated
row are added to the row read from the text. A curated row that differs from the text, or
that is missing from it, is listed as a disagreement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from crossplan.display import View, number_of, plain_column, quoted_column, records, small_column
from crossplan.languages.units import normal_value, read_unit
from crossplan.model import Indicator, Plan, Target
from crossplan.pairing.decisions import Decisions
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title
from crossplan.targets.extract import read_targets, target_table
from crossplan.targets.links import Registry, pair_targets

if TYPE_CHECKING:
    import pandas as pd
from crossplan.targets.tables import CURATED_AGAINST_READ

CHECKED = ("kind", "comparator", "value", "direction", "year")


class _Disagreement(NamedTuple):
    """A field in which a curated row and the text disagree.

    Attributes
    ----------
    field : str
        kind, comparator, value (with its unit), direction or year; ``indicator`` where the
        curated row is missing from the text.
    read : Target or None
    curated : Target
    """

    field: str
    read: Target | None
    curated: Target


class TargetsAtHand(NamedTuple):
    """The targets of a plan, disagreements of its witnesses, and registered indicators."""

    targets: tuple[Target, ...]
    disagreements: tuple[_Disagreement, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, repr=False, eq=False)
class Disagreements(Result):
    """Disagreements between curated rows and the text.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per field: plan, indicator, field (kind, comparator, value, direction, year,
        or indicator where the row is missing from the text), read_id and read (the value
        in the text), curated_id and curated (the value in the sample), measure_id, source
        (of the curated row).
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="disagreements",
        title=Title("采集与正文不一致之处", "Curated rows against the text"),
        tables=(CURATED_AGAINST_READ,),
    )

    @classmethod
    def of(cls, found: Iterable[_Disagreement]) -> "Disagreements":
        """Return disagreements as a result."""
        return cls(
            frame=CURATED_AGAINST_READ.frame(map(_disagreement_row, found)),
            method="Curated rows checked against those read from the text of the same plan.",
        )

    def _view(self) -> View:
        """Return the view of the disagreements."""
        return View(
            name=type(self).__name__,
            title="Curated rows against the text",
            counts=(number_of(len(self.frame), "disagreement"),),
            columns=(
                plain_column("plan", "plan"),
                quoted_column("indicator", "indicator"),
                plain_column("field", "field"),
                quoted_column("in the text", "read"),
                quoted_column("in the sample", "curated"),
                small_column("stands in", "measure_id"),
                quoted_column("source of the sample", "source"),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table",),
            method=self.method,
        )


def targets_at_hand(plan: Plan) -> TargetsAtHand:
    """Return the targets of a plan, from text and sample.

    Rows read from the text come first. A curated row with the same indicator is joined to
    the row read; all others are rows of their own, as for a plan without text.
    """
    if plan.coverage != "full":
        return TargetsAtHand(plan.curated_targets, (), plan.indicators)
    targets: list[Target] = []
    disagreements: list[_Disagreement] = []
    registry = Registry.of([plan])
    read = read_targets(plan)
    for pairing in pair_targets(plan.curated_targets, read, registry, Decisions("")):
        curated, found = pairing.old, pairing.new
        if found is not None and curated is not None:
            targets.append(_joined(found, curated))
            disagreements += [
                _Disagreement(name, found, curated) for name in _differing(found, curated)
            ]
        elif found is not None:
            targets.append(found)
        elif curated is not None:
            targets.append(curated)
            disagreements.append(_Disagreement("indicator", None, curated))
    return TargetsAtHand(tuple(targets), tuple(disagreements), plan.indicators)


def targets_frame(plans: Sequence[Plan]) -> "pd.DataFrame":
    """Return the targets of plans as one table, with the columns of `TargetTable`."""
    targets = [target for plan in plans for target in targets_at_hand(plan).targets]
    return target_table(plans, targets, "").frame


def _joined(read: Target, curated: Target) -> Target:
    """Return the row read, with the fields that only the curated row has."""
    return replace(
        read,
        confidence=curated.confidence,
        second_source=curated.source,
        outcome=curated.outcome,
        outcome_source=curated.outcome_source,
        base_year=read.base_year or curated.base_year,
        note="; ".join(filter(None, [read.note, curated.note])),
    )


def _differing(read: Target, curated: Target) -> list[str]:
    """Return the fields in which two rows of one target differ.

    A year that only one of them names is not a disagreement: the end of the plan is the
    year of the other.
    """
    differ = [
        name
        for name in CHECKED
        if name not in {"value", "year"} and getattr(read, name) != getattr(curated, name)
    ]
    same_unit = read_unit(read.unit).family == read_unit(curated.unit).family
    values = [normal_value(target.value, target.unit) for target in (read, curated)]
    if not same_unit or values[0] != values[1] or read.value_upper != curated.value_upper:
        differ.append("value")
    if read.year and curated.year and read.year != curated.year:
        differ.append("year")
    return sorted(differ, key=CHECKED.index)


def _disagreement_row(found: _Disagreement) -> dict[str, Any]:
    """Return a disagreement as a row of the table."""
    read, curated = found.read, found.curated
    return {
        "plan": curated.plan,
        "indicator": curated.indicator,
        "field": found.field,
        "read_id": read and read.id,
        "read": _value_of(read, found.field) if read else None,
        "curated_id": curated.id,
        "curated": _value_of(curated, found.field),
        "measure_id": read and read.measure,
        "source": curated.source,
    }


def _value_of(target: Target, field: str) -> str:
    """Return the value of a field of a target in words."""
    if field == "value":
        return f"{target.value:.10g}{target.unit}"
    return str(getattr(target, field))
