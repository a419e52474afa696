"""Why two targets were paired or not, and where each figure stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.errors import UnknownTargetError
from crossplan.frames import typed_frame
from crossplan.model import Plan, Target
from crossplan.result import Result
from crossplan.targets.indicators import Registry
from crossplan.targets.links import likeness_of_names
from crossplan.targets.scope import scope_of
from crossplan.targets.words import target_words

if TYPE_CHECKING:
    from crossplan.targets.comparison import TargetComparison

CANDIDATES_SHOWN = 5
# A name less like than that is no rival.
RIVAL = 40.0
COLUMNS = {
    "old_id": "string",
    "new_id": "string",
    "outcome": "string",
    "reason": "string",
    "registered_as": "string",
    "name_likeness": "float64",
    "same_kind": "bool",
    "same_unit": "bool",
    "same_scope": "bool",
    "old_target": "string",
    "new_target": "string",
    "old_context": "string",
    "new_context": "string",
}


@dataclass(frozen=True, repr=False, eq=False)
class TargetExplanation(Result):
    """The candidates for one target, the one it was paired with first.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per candidate: old_id, new_id, outcome (what became of the pair; empty where
        the two were not paired), reason (why it is not compared), registered_as (the
        standard name of the indicator, where it is registered), name_likeness (rapidfuzz
        ratio of the names, 0 to 100), same_kind, same_unit, same_scope, old_target and
        new_target (indicator and figure), old_context and new_context (the sentence that
        the figure stands in; of a curated row, its source).
    about : str
        The id that was asked for.
    """

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
        return "\n".join(lines)


def explain_target(comparison: "TargetComparison", target_id: str) -> TargetExplanation:
    """Gather the candidates for a target; see :meth:`TargetComparison.explain`."""
    pairings = [row.pairing for row in comparison.rows]
    old = unique(pairing.old for pairing in pairings)
    new = unique(pairing.new for pairing in pairings)
    if target_id not in old and target_id not in new:
        raise UnknownTargetError(target_id)
    outcomes = {
        (pairing.old.id, pairing.new.id): row.outcome
        for row, pairing in zip(comparison.rows, pairings, strict=True)
        if pairing.old and pairing.new
    }
    registry = Registry.of((comparison.new_plan, comparison.old_plan))
    plans = {plan.id: plan for plan in (comparison.old_plan, comparison.new_plan)}
    candidates = [
        (one, other)
        for one in old.values()
        for other in new.values()
        if target_id in {one.id, other.id}
        and ((one.id, other.id) in outcomes or likeness_of_names(one, other) >= RIVAL)
    ]
    candidates.sort(
        key=lambda pair: (
            (pair[0].id, pair[1].id) not in outcomes,
            -likeness_of_names(*pair),
            pair[0].id,
            pair[1].id,
        )
    )
    rows = []
    for one, other in candidates[:CANDIDATES_SHOWN]:
        outcome = outcomes.get((one.id, other.id))
        identity = registry.identify(other)
        rows.append(
            {
                "old_id": one.id,
                "new_id": other.id,
                "outcome": outcome.change if outcome else "",
                "reason": outcome.reason if outcome else "",
                "registered_as": identity.name if identity.registered else "",
                "name_likeness": likeness_of_names(one, other),
                "same_kind": one.kind == other.kind,
                "same_unit": one.unit == other.unit,
                "same_scope": scope_of(one.indicator) == scope_of(other.indicator),
                "old_target": f"{one.indicator} {target_words(one)}",
                "new_target": f"{other.indicator} {target_words(other)}",
                "old_context": context(one, plans),
                "new_context": context(other, plans),
            }
        )
    return TargetExplanation(typed_frame(rows, COLUMNS), comparison.method, target_id)


def unique(targets: Iterable[Target | None]) -> dict[str, Target]:
    """Give targets by id, without what is missing."""
    return {target.id: target for target in targets if target is not None}


def context(target: Target, plans: dict[str, Plan]) -> str:
    """Give the sentence that a figure stands in; of a curated row, its source."""
    plan = plans.get(target.plan)
    if plan is None or target.measure is None or target.start is None:
        return target.source
    passage = plan.passage(target.measure)
    sentences = getattr(passage, "sentences", ())
    return next((s.text for s in sentences if s.start <= target.start < s.end), "")
