"""Each commitment followed through all plans."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan import progress
from crossplan.display import View
from crossplan.errors import ChoiceError
from crossplan.frames import typed_frame
from crossplan.matching.measures import MeasureComparison, compare_measures
from crossplan.model import Corpus, Plan, require_plans
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "lineage": "string",
    "old_plan": "string",
    "new_plan": "string",
    "old_id": "string",
    "new_id": "string",
    "status": "string",
    "moved": "boolean",
    "score": "float64",
    "old_text": "string",
    "new_text": "string",
}


@dataclass(frozen=True, repr=False, eq=False)
class MeasureLineage(Result):
    """Commitments through the plans of a corpus; made by :func:`trace_measures`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per step: lineage (the id of its first measure), old_plan, new_plan,
        old_id, new_id, status (kept, revised, merged, split, new, dropped, revived),
        moved, score (0 to 100), old_text, new_text. The measures of the first plan have
        no step into it.
    lineages : pandas.DataFrame
        One row per lineage: lineage, first (plan), last (plan), plans (in how many), revived, and a
        column for each plan with the ids of its measures, joined by "; ".
    plans : sequence of Plan
        Oldest first.
    """

    lineages: "pd.DataFrame"
    plans: tuple[Plan, ...]

    @property
    def revived(self) -> "pd.DataFrame":
        """Commitments that came back after a plan without them."""
        return self.frame[self.frame["status"] == "revived"].reset_index(drop=True)

    def _view(self) -> View:
        from crossplan.matching.views import lineage_view

        return lineage_view(self)


def trace_measures(
    corpus: Corpus, *, decisions: Mapping[tuple[str, str], str | Path] | None = None
) -> MeasureLineage:
    """Follow each commitment through the plans of a corpus.

    Every plan is compared with the one before it, as :func:`compare_measures` does. What
    is new in a plan is then compared with what was dropped before, the latest first: a
    commitment that comes back is *revived*.

    Parameters
    ----------
    corpus : Corpus
        All its plans with text.
    decisions : mapping of (str, str) to str or Path, optional
        Files of decisions by the ids of the older and the newer plan they are about,
        such as ``{("2021-2025", "2026-2030"): "decisions.csv"}``.

    Returns
    -------
    MeasureLineage

    Raises
    ------
    MissingTextError
        If the text of a plan is not at hand. A corpus of those that have it is
        ``Corpus(plans.full)``.
    ChoiceError
        If decisions are not given for two plans of the corpus, the older one first.
    UnreadableTextError, DecisionError
        If a file of decisions cannot be read or obeyed.

    Examples
    --------
    >>> import crossplan as cp
    >>> fifth = cp.load_plan("2026-2030")
    >>> made = [cp.construct_predecessor(fifth, seed).plan for seed in (1, 2)]
    >>> lineage = cp.trace_measures(cp.Corpus([*made, fifth]))
    >>> print(lineage.revived.new_id[0])
    2026-2030/1.4/1
    """
    plans = list(corpus.values())
    require_plans(*plans)
    for plan in plans:
        plan.require_reading("measures")
    known = list(combinations([plan.id for plan in plans], 2))
    keys = list(decisions or {}) if isinstance(decisions, Mapping | None) else [decisions]
    for key in keys:
        if key not in known:
            raise ChoiceError("a key of decisions", key, known)
    steps = list(steps_through(plans, decisions or {}))
    order = {m.id: place for place, m in enumerate(m for plan in plans for m in plan.measures)}
    roots = threads(
        order, [(s["old_id"], s["new_id"]) for s in steps if s["old_id"] and s["new_id"]]
    )
    rows = [{"lineage": roots[step["old_id"] or step["new_id"]], **step} for step in steps]
    revived = {row["lineage"] for row in rows if row["status"] == "revived"}
    return MeasureLineage(
        frame=typed_frame(rows, COLUMNS),
        method=(
            "Consecutive plans by compare_measures; what is new, against what was dropped "
            "before, the latest first."
        ),
        lineages=lineage_table(plans, roots, revived),
        plans=tuple(plans),
    )


def steps_through(
    plans: Sequence[Plan], decisions: Mapping[tuple[str, str], str | Path]
) -> Iterator[dict[str, Any]]:
    """Give every step between two plans, those over a gap included."""
    gone: dict[int, set[str]] = {}
    couples = progress.steps([*pairwise(plans)], "comparing measures")
    for place, (old, new) in enumerate(couples):
        comparison = compare_measures(old, new, decisions.get((old.id, new.id)))
        arrived = set(comparison.new["new_id"])
        back: dict[str, list[dict[str, Any]]] = {}
        for earlier in range(place - 1, -1, -1):
            if not (arrived - back.keys() and gone[earlier]):
                continue
            couple = plans[earlier].id, new.id
            over_gap = compare_measures(plans[earlier], new, decisions.get(couple))
            for step in steps_of(over_gap, plans[earlier].id, new.id):
                if step["old_id"] in gone[earlier] and step["new_id"] in arrived - back.keys():
                    back[step["new_id"]] = [step | {"status": "revived"}]
                    gone[earlier].discard(step["old_id"])
        for step in steps_of(comparison, old.id, new.id):
            yield from back.get(step["new_id"] or "", [step])
        gone[place] = set(comparison.dropped["old_id"])


def steps_of(comparison: MeasureComparison, old: str, new: str) -> Iterator[dict[str, Any]]:
    """Give the rows of a comparison as steps."""
    columns = [name for name in COLUMNS if name in comparison.frame]
    table = comparison.frame[columns].astype(object)
    for row in table.where(table.notna(), None).to_dict("records"):
        yield {"old_plan": old, "new_plan": new, **{str(key): value for key, value in row.items()}}


def threads(order: Mapping[str, int], pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give for each measure the first measure of all those that pairs connect it with."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    old = [order[a] for a, _ in pairs]
    new = [order[b] for _, b in pairs]
    graph = coo_array((np.ones(len(pairs)), (old, new)), shape=(len(order), len(order)))
    _, group = connected_components(graph, directed=False)
    first: dict[int, str] = {}
    for measure, place in order.items():
        first.setdefault(int(group[place]), measure)
    return {measure: first[int(group[place])] for measure, place in order.items()}


def lineage_table(
    plans: Sequence[Plan], roots: Mapping[str, str], revived: set[str]
) -> "pd.DataFrame":
    """Give one row per lineage, with what it is called in each plan."""
    members: dict[str, dict[str, list[str]]] = {}
    for plan in plans:
        for measure in plan.measures:
            members.setdefault(roots[measure.id], {}).setdefault(plan.id, []).append(measure.id)
    columns = {"lineage": "string", "first": "string", "last": "string", "plans": "int64"}
    return typed_frame(
        (
            {
                "lineage": root,
                "first": next(iter(ids)),
                "last": list(ids)[-1],
                "plans": len(ids),
                "revived": root in revived,
                **{plan: "; ".join(names) for plan, names in ids.items()},
            }
            for root, ids in members.items()
        ),
        columns | {"revived": "bool"} | {plan.id: "string" for plan in plans},
    )
