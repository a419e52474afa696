"""Targets as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from crossplan.display import Cell, Cells, View, ViewColumn, number_of, records, said, small, tally
from crossplan.languages.chinese.indicators import scope_of
from crossplan.languages.units import normal_value, read_unit
from crossplan.model import Plan, Target, plan_names
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title
from crossplan.targets.tables import TARGETS
from crossplan.targets.words import target_words


@dataclass(frozen=True, repr=False, eq=False)
class TargetTable(Result):
    """Table of targets, returned by :func:`extract_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per figure and indicator: id, plan, section, indicator, scope (the words of
        the indicator that name a group of people or an area), comparator, value,
        value_upper, unit and printed (as in the text), normal_value and normal_unit (in the
        base unit of the unit_family, which is ``unknown`` where the unit is not known),
        kind (level, change, output), direction, base and base_year (the base of a change),
        year (named in the text), deadline (that year, or the last year of the plan),
        recurrence (每年), measure_id, start, end (span in the reading text), source, evidence
        (``text`` where it was read from the text), confidence, second_source, outcome,
        outcome_source, note (corrections that touch the figure).
    plans : sequence of Plan
        The plans that the targets belong to; empty for a text.
    targets : tuple of Target
        The rows as objects.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="target-table", title=Title("量化目标", "Targets"), tables=(TARGETS,)
    )

    plans: Sequence[Plan]
    targets: tuple[Target, ...]

    def _view(self) -> View:
        """Return the view, with targets in the order of the text."""
        rows = [
            {"target": target, "measure": target.measure, "deadline": deadline}
            for target, deadline in zip(
                self.targets[:ROWS_SHOWN],
                records(self.frame[["deadline"]], ROWS_SHOWN),
                strict=True,
            )
        ]
        return View(
            name=type(self).__name__,
            title="Targets",
            of=plan_names(self.plans) if self.plans else (Cell("of a text"),),
            counts=(
                number_of(len(self.targets), "target"),
                *tally(self.frame, "kind", ("level", "change", "output")),
            ),
            columns=(
                ViewColumn("indicator", lambda row: said(row["target"].indicator)),
                ViewColumn("figure", lambda row: figure_cells(row["target"]), "right"),
                ViewColumn("kind", lambda row: (Cell(row["target"].kind),)),
                ViewColumn(
                    "by", lambda row: (Cell(str(row["deadline"]["deadline"] or "–")),), "right"
                ),
                ViewColumn("stands in", lambda row: small(row["measure"] or row["target"].section)),
            ),
            rows=tuple(rows),
            total=len(self.targets),
            ways=(".table", ".targets"),
            method=self.method,
        )


def target_table(plans: Iterable[Plan], targets: Iterable[Target], method: str) -> TargetTable:
    """Return a table of targets, with their deadlines."""
    plans, targets = tuple(plans), tuple(targets)
    ends = {plan.id: plan.end_year for plan in plans}
    frame = TARGETS.frame(row(target, ends.get(target.plan)) for target in targets)
    return TargetTable(frame=frame, method=method, plans=plans, targets=targets)


def row(target: Target, end_year: int | None) -> dict[str, Any]:
    """Return a target as a row of the table."""
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


def figure_cells(target: "Target | None") -> Cells:
    """Return the cells for the figure of a target, with sign and unit."""
    return said(None) if target is None else said(target_words(target))


def counted(number: int, noun: str) -> tuple[str, ...]:
    """Return a count in words; nothing for a count of zero."""
    return (number_of(number, noun),) if number else ()
