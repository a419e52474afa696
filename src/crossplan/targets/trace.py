"""The targets of all plans side by side."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from crossplan.frames import typed_frame
from crossplan.model import Corpus, Plan, Target
from crossplan.result import Result
from crossplan.targets.extract import read_targets

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from crossplan.labels import Language

COLUMNS = {
    "id": "string",
    "plan": "string",
    "section": "string",
    "indicator": "string",
    "comparator": "string",
    "value": "float64",
    "value_upper": "Float64",
    "unit": "string",
    "kind": "string",
    "direction": "string",
    "year": "Int64",
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
FEWEST_PLANS = 2


@dataclass(frozen=True, repr=False, eq=False)
class TargetTable(Result):
    """Targets; made by :func:`extract_targets` and :func:`trace_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per figure: id, plan, section, indicator, comparator, value,
        value_upper, unit, kind (level, change, output), direction, year, measure_id,
        start, end (span in the reading text), source, evidence (``text`` where it was
        read from the plan's text), confidence, second_source, outcome, outcome_source,
        note.
    plans : tuple of Plan
    targets : tuple of Target
        The rows as objects.
    """

    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]

    @property
    def shared(self) -> "pd.DataFrame":
        """The rows of indicators that two plans or more name in the same words.

        Those of most plans first, then by indicator and plan.
        """
        rows = (row(target) for rows in self.histories.values() for target in rows)
        return typed_frame(rows, COLUMNS)

    @property
    def histories(self) -> dict[str, list[Target]]:
        """The targets of each shared indicator, in the order of `shared`."""
        by_name: dict[str, list[Target]] = {}
        for target in self.targets:
            by_name.setdefault(target.indicator, []).append(target)
        spread = {name: len({t.plan for t in rows}) for name, rows in by_name.items()}
        shared = [name for name in by_name if spread[name] >= FEWEST_PLANS]
        return {name: by_name[name] for name in sorted(shared, key=lambda n: (-spread[n], n))}

    def plot(self, *, lang: "Language" = "zh") -> "Figure":
        """Draw the history of each shared indicator, a small picture each."""
        from crossplan.targets.history_figure import draw_histories

        return draw_histories(self, lang=lang)


def extract_targets(plan: Plan) -> TargetTable:
    """Read the targets of a plan from its text.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    TargetTable

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.

    Examples
    --------
    >>> import crossplan as cp
    >>> targets = cp.extract_targets(cp.load_plan("2026-2030")).table
    >>> targets.query("indicator == '婴儿死亡率'")[["comparator", "value", "unit"]].values.tolist()
    [['=', 3.5, '‰']]
    """
    return build([plan], read_targets(plan), "Figures governed by a verb, read from the text.")


def trace_targets(corpus: Corpus) -> TargetTable:
    """Give the targets of all plans of a corpus as one table.

    Rows of a plan with text are read from it; the curated rows of a plan stand beside
    them. The curated rows are a sample: for a plan without text, an indicator that is
    absent is unknown, not dropped.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    TargetTable

    Examples
    --------
    >>> import crossplan as cp
    >>> shared = cp.trace_targets(cp.load_plans()).shared
    >>> shared.query("indicator == '孕产妇死亡率'").value.to_list()
    [40.0, 18.0, 12.0]
    """
    plans = list(corpus.values())
    targets = [
        target
        for plan in plans
        for target in (
            *(read_targets(plan) if plan.coverage == "full" else ()),
            *plan.curated_targets,
        )
    ]
    return build(
        plans,
        targets,
        "Read from the text where it is at hand; else a curated sample, in which an "
        "absent indicator is unknown.",
    )


def build(plans: Iterable[Plan], targets: Iterable[Target], method: str) -> TargetTable:
    """Put a table together."""
    rows = tuple(targets)
    return TargetTable(
        frame=typed_frame(map(row, rows), COLUMNS),
        method=method,
        plans=tuple(plans),
        targets=rows,
    )


def row(target: Target) -> dict[str, Any]:
    """Give a target as a row of the table."""
    fields = asdict(target)
    return fields | {"measure_id": fields.pop("measure")}
