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
    """

    plans: tuple[Plan, ...]

    @property
    def shared(self) -> "pd.DataFrame":
        """The rows of indicators that two plans or more name in the same words.

        Sorted by indicator, those of most plans first, then by plan.
        """
        spread = self.frame.groupby("indicator")["plan"].nunique()
        rows = self.frame.assign(spread=self.frame["indicator"].map(spread))
        rows = rows[rows["spread"] >= FEWEST_PLANS]
        rows = rows.sort_values(
            ["spread", "indicator", "plan", "id"], ascending=[False, True, True, True]
        )
        return rows.drop(columns="spread").reset_index(drop=True)

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
    return TargetTable(
        frame=typed_frame((row(target) for target in targets), COLUMNS),
        method=method,
        plans=tuple(plans),
    )


def row(target: Target) -> dict[str, Any]:
    fields = asdict(target)
    return fields | {"measure_id": fields.pop("measure")}
