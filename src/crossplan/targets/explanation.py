"""Why two targets were paired or not, with the sentences of both figures."""

from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar, Protocol

from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    both_ids,
    chips,
    number_column,
    number_of,
    quoted_column,
    records,
    visible,
    yes_no,
)
from crossplan.errors import UnknownTargetError
from crossplan.languages.chinese.indicators import scope_of
from crossplan.model import Passage, Plan, Target
from crossplan.result import Result, ResultKind
from crossplan.tables import Title
from crossplan.targets.change import Outcome
from crossplan.targets.descriptions import target_words
from crossplan.targets.links import ComparedTargets, Registry, likeness_of_names
from crossplan.targets.tables import TARGET_EXPLANATION

_CANDIDATES_SHOWN = 5
# Names below this likeness are no candidates.
_RIVAL = 40.0


class _Compared(Protocol):
    """The comparison that is explained, such as a :class:`TargetComparison`."""

    @property
    def old_plan(self) -> "Plan": ...

    @property
    def new_plan(self) -> "Plan": ...

    @property
    def rows(self) -> "tuple[ComparedTargets, ...]": ...

    @property
    def method(self) -> str: ...


@dataclass(frozen=True, repr=False, eq=False)
class TargetExplanation(Result):
    """The candidates for one target, the one it was paired with first.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per candidate: old_id, new_id, outcome (the change of the figure; empty
        where the two were not paired), reason (why the figures are not compared),
        registered_as (the standard name of the indicator, where it is registered),
        name_likeness (rapidfuzz ratio of the names, 0 to 100), same_kind, same_unit,
        same_scope, old_target and new_target (indicator and figure), old_context and
        new_context (the sentence that contains the figure; for a curated row, its source).
    about : str
        The id of the target explained.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="target-explanation", title=Title("缘由", "Why"), tables=(TARGET_EXPLANATION,)
    )

    about: str

    def __repr__(self) -> str:
        lines = [f"{self.about}. {self.method}"]
        for row in self.frame.to_dict("records"):
            lines += [
                f"{row['outcome'] or 'not paired'}: {row['old_id']} -> {row['new_id']}, "
                f"likeness {row['name_likeness']:.0f} {row['reason']}".rstrip(),
                f"  old: {row['old_target']} | {row['old_context']}",
                f"  new: {row['new_target']} | {row['new_context']}",
            ]
        return "\n".join(map(visible, lines))

    def _view(self) -> View:
        """Return the view of the candidates, with the sentences that contain them."""
        frame = self.frame
        return View(
            name=type(self).__name__,
            title="Why",
            of=(Cell(self.about, "small"),),
            counts=(number_of(len(frame), "candidate"),),
            columns=(
                ViewColumn("outcome", lambda row: chips(row["outcome"] or "not paired")),
                quoted_column("old", "old_target"),
                quoted_column("new", "new_target"),
                number_column("likeness of names", "name_likeness"),
                quoted_column("registered as", "registered_as"),
                ViewColumn("same kind, unit, scope", _same_cells),
                quoted_column("old stands in", "old_context"),
                quoted_column("new stands in", "new_context"),
                ViewColumn("ids", both_ids),
            ),
            rows=records(frame),
            total=len(frame),
            ways=(".table",),
            method=self.method,
        )


def explain_target(comparison: _Compared, target_id: str) -> TargetExplanation:
    """Return the candidates for a target; see :meth:`TargetComparison.explain`."""
    pairings = [row.pairing for row in comparison.rows]
    old = {pairing.old.id: pairing.old for pairing in pairings if pairing.old}
    new = {pairing.new.id: pairing.new for pairing in pairings if pairing.new}
    if target_id not in old and target_id not in new:
        raise UnknownTargetError(target_id)
    outcomes = {
        (row.pairing.old.id, row.pairing.new.id): row.outcome
        for row in comparison.rows
        if row.pairing.old and row.pairing.new
    }
    registry = Registry.of((comparison.new_plan, comparison.old_plan))
    plans = {plan.id: plan for plan in (comparison.old_plan, comparison.new_plan)}
    candidates = [
        _candidate(one, other, outcomes.get((one.id, other.id)), registry, plans)
        for one, other in product(old.values(), new.values())
        if target_id in {one.id, other.id}
    ]
    candidates = [row for row in candidates if row["outcome"] or row["name_likeness"] >= _RIVAL]
    candidates.sort(
        key=lambda row: (not row["outcome"], -row["name_likeness"], row["old_id"], row["new_id"])
    )
    frame = TARGET_EXPLANATION.frame(candidates[:_CANDIDATES_SHOWN])
    return TargetExplanation(frame, comparison.method, target_id)


def _candidate(
    old: Target, new: Target, outcome: Outcome | None, registry: Registry, plans: dict[str, Plan]
) -> dict[str, Any]:
    """Return a candidate as a row of the table."""
    identity = registry.identify(new)
    return {
        "old_id": old.id,
        "new_id": new.id,
        "outcome": outcome.change if outcome else "",
        "reason": outcome.reason if outcome else "",
        "registered_as": identity.name if identity.registered else "",
        "name_likeness": likeness_of_names(old, new),
        "same_kind": old.kind == new.kind,
        "same_unit": old.unit == new.unit,
        "same_scope": scope_of(old.indicator) == scope_of(new.indicator),
        "old_target": f"{old.indicator} {target_words(old)}",
        "new_target": f"{new.indicator} {target_words(new)}",
        "old_context": _context(old, plans),
        "new_context": _context(new, plans),
    }


def _context(target: Target, plans: dict[str, Plan]) -> str:
    """Return the sentence that contains a figure; for a curated row, its source."""
    if target.measure is None or target.start is None:
        return target.source
    passage = plans[target.plan].passage(target.measure)
    sentences = passage.sentences if isinstance(passage, Passage) else ()
    return next((s.text for s in sentences if s.start <= target.start < s.end), "")


def _same_cells(row: Record) -> Cells:
    """Return the cells that show whether kind, unit and scope are the same."""
    answers = [yes_no(row[f"same_{name}"])[0].text for name in ("kind", "unit", "scope")]
    return (Cell(", ".join(answers)),)
