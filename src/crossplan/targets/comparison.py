"""Comparison of the targets of two plans: raised, lowered, added and dropped ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from crossplan.arguments import keyword_only
from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    both_ids,
    chips,
    quote,
    quoted_column,
    records,
    some_of_each,
    tally,
)
from crossplan.languages.registry import require_targets
from crossplan.model import Plan, Target, plan_names
from crossplan.pairing.decisions import Decisions, read_decisions, write_decisions
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Title
from crossplan.targets.change import Outcome, compare
from crossplan.targets.explanation import TargetExplanation, explain_target
from crossplan.targets.extract import figure_cells
from crossplan.targets.links import ComparedTargets, Identity, Pairing, Registry, pair_targets
from crossplan.targets.tables import DISAGREEMENTS, TARGET_CHANGES
from crossplan.targets.witnesses import Disagreements, targets_at_hand

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.labels import Language

_REVIEW_COLUMNS = (
    "old_id",
    "new_id",
    "old_indicator",
    "new_indicator",
    "change",
    "reason",
    "old_value",
    "old_unit",
    "new_value",
    "unit",
    "matched_by",
    "score",
    "to_review",
    "decision",
    "link_to",
    "note",
    "initials",
)

_CHANGES = (
    "raised", "lowered", "held", "replaced", "not comparable", "new", "dropped", "unknown",
)  # fmt: skip
_AMBITIONS = ("stronger", "same", "weaker")
# The most rows of each change that a view shows.
_OF_EACH = 6


def _comparable(comparison: "TargetComparison") -> int:
    from crossplan.targets.dumbbell_figure import drawn_rows

    return len(drawn_rows(comparison))


@dataclass(frozen=True, repr=False, eq=False)
class TargetComparison(Result):
    """Comparison of the targets of two plans, returned by :func:`compare_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair of targets and per target without a partner: indicator and
        indicator_en (the standard name), old_id, new_id, old_indicator, new_indicator (as
        each plan words it), old_comparator, new_comparator, old_value, new_value,
        old_unit, unit (of the new one), kind, direction, change (raised, lowered, held,
        replaced, new, dropped, unknown, not comparable), reason and detail (why the figures
        are not compared), difference (new minus old, in `unit`), relative (the difference as
        a share of the old figure), polarity, ambition (stronger, weaker, same, unknown),
        old_outcome and new_outcome (the value reached, where a source reports it),
        matched_by (registry, name, likeness, reviewer), score, to_review (matched by
        likeness alone), note, initials.
    old_plan, new_plan : Plan
        The plans compared.
    rows : tuple of ComparedTargets
        The rows as objects.
    disagreements : Disagreements
        Differences between the curated targets of a plan and those read from its text.
    decisions : Decisions
        The decisions of a reviewer.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="targets",
        title=Title("量化目标对照", "Targets compared"),
        tables=(TARGET_CHANGES, DISAGREEMENTS),
        figures=(FigureKind(rows=_comparable),),
    )

    old_plan: Plan
    new_plan: Plan
    rows: tuple[ComparedTargets, ...]
    disagreements: Disagreements
    decisions: Decisions

    @property
    def raised(self) -> "pd.DataFrame":
        """Indicators whose figure is higher than before."""
        return self._where("change", "raised")

    @property
    def lowered(self) -> "pd.DataFrame":
        """Indicators whose figure is lower than before."""
        return self._where("change", "lowered")

    @property
    def held(self) -> "pd.DataFrame":
        """Indicators whose figure is the same as before."""
        return self._where("change", "held")

    @property
    def replaced(self) -> "pd.DataFrame":
        """Indicators that another indicator replaced; the figures are not compared."""
        return self._where("change", "replaced")

    @property
    def new(self) -> "pd.DataFrame":
        """Indicators absent from the older plan, whose text is available."""
        return self._where("change", "new")

    @property
    def dropped(self) -> "pd.DataFrame":
        """Indicators absent from the newer plan, whose text is available."""
        return self._where("change", "dropped")

    @property
    def unknown(self) -> "pd.DataFrame":
        """Indicators of one plan where the text of the other is not available."""
        return self._where("change", "unknown")

    @property
    def not_comparable(self) -> "pd.DataFrame":
        """Indicators in both plans whose figures cannot be compared, with the reason."""
        return self._where("change", "not comparable")

    @property
    def for_review(self) -> "pd.DataFrame":
        """Pairs matched by likeness of names alone, the least similar first."""
        return self._for_review("score")

    def explain(self, target_id: str) -> TargetExplanation:
        """Return the candidates for a target and the sentences that contain the figures.

        Parameters
        ----------
        target_id : str
            Id of an old or a new target.

        Returns
        -------
        TargetExplanation
            The candidates, beginning with the target that it was paired with.

        Raises
        ------
        UnknownTargetError
            If no target with that id was compared.

        Examples
        --------
        >>> import crossplan as cp
        >>> plans = cp.load_plans()
        >>> comparison = cp.compare_targets(plans["2016-2020"], plans["2026-2030"])
        >>> why = comparison.explain("2026-2030/1.5/2/t5").table.iloc[0]
        >>> why["outcome"], why["registered_as"], why["new_context"][:12]
        ('lowered', '孕产妇死亡率', '努力使人均预期寿命提高到')
        """
        return explain_target(self, target_id)

    def to_review(self, path: str | Path) -> Path:
        """Write the comparison to a CSV or XLSX file for review.

        The reviewer fills in *decision* (accept, reject, or link), *link_to*, *note* and
        *initials*; `compare_targets(old, new, decisions=path)` applies the file.

        Parameters
        ----------
        path : str or Path
            File to write; its name ends in ``.csv`` or ``.xlsx``.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        OutputError
            If the file cannot be written, or contains decisions that would be lost.
        """
        table = self.frame.assign(decision="", link_to="")
        table["score"] = table["score"].round(1)
        table = table.sort_values(["to_review", "score"], ascending=[False, True], kind="stable")
        return write_decisions(path, table[list(_REVIEW_COLUMNS)])

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw old against new figures as dumbbells, sorted by ambition."""
        from crossplan.targets.dumbbell_figure import draw_dumbbells

        return draw_dumbbells(self, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return the caption of :meth:`plot`: content, plans, method and sources."""
        from crossplan.targets.dumbbell_figure import dumbbells_caption

        return dumbbells_caption(self, lang)

    def _view(self) -> View:
        """Return the view, with raised and lowered targets first."""
        frame = self.frame
        shown = some_of_each(frame, "change", _CHANGES, _OF_EACH).head(ROWS_SHOWN)
        by_ids = {_ids_of(row): row for row in self.rows}
        ambitions = frame[frame["change"].isin(["raised", "lowered", "held"])]
        weighed = tally(ambitions, "ambition", _AMBITIONS)

        def sides(row: Record) -> "ComparedTargets":
            return by_ids[row["old_id"], row["new_id"]]

        return View(
            name=type(self).__name__,
            title="Targets compared",
            of=plan_names((self.old_plan, self.new_plan)),
            counts=(
                *tally(frame, "change", _CHANGES),
                *((f"ambition: {', '.join(weighed)}",) if weighed else ()),
            ),
            columns=(
                ViewColumn("change", lambda row: chips(row["change"])),
                quoted_column("indicator", "indicator"),
                ViewColumn("old", lambda row: figure_cells(sides(row).pairing.old), "right"),
                ViewColumn("new", lambda row: figure_cells(sides(row).pairing.new), "right"),
                ViewColumn("ambition or reason", _ambition_cells),
                ViewColumn("ids", both_ids),
            ),
            rows=records(shown),
            total=len(frame),
            note=f"{_OF_EACH} of each change at most",
            ways=(
                ".table", ".raised", ".lowered", ".for_review", ".explain(id)",
                '.to_review("decisions.csv")', ".plot()",
            ),
            method=self.method,
        )  # fmt: skip


@keyword_only("decisions")
def compare_targets(
    old: PlanLike, new: PlanLike, *, decisions: str | Path | None = None
) -> TargetComparison:
    """Compare the targets of two plans, indicator by indicator.

    Targets are read from the text where it is available, and taken from the curated sample
    as well. They are paired by the registry of the series, by equal names, or, where a
    name is not registered, by likeness of names (rapidfuzz); pairs of the last kind need
    review. A sample is not complete: an indicator that is missing from a plan without text
    is *unknown*, never new or dropped.

    Parameters
    ----------
    old, new : Plan or str
        Plans, or ids of shipped plans.
    decisions : str or Path, optional
        A file of decisions, written by :meth:`TargetComparison.to_review` and filled in by
        a reviewer. Decisions take precedence over the registry and likeness.

    Returns
    -------
    TargetComparison
        One row per pair of targets and per target without a partner.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If `old` or `new` is not a plan, or no shipped plan has that id.
    LanguageError
        If a plan is not in Chinese.
    UnreadableTextError, DecisionError
        If the file of decisions cannot be read or applied.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> comparison = cp.compare_targets(plans["2016-2020"], plans["2026-2030"])
    >>> row = comparison.lowered.query("indicator == '孕产妇死亡率'")
    >>> row[["old_value", "new_value", "difference", "ambition"]].values.tolist()
    [[18.0, 12.0, -6.0, 'stronger']]
    """
    old, new = as_plan(old), as_plan(new)
    require_targets(old, new)
    sides = [targets_at_hand(plan) for plan in (old, new)]
    ids = [[target.id for target in side.targets] for side in sides]
    read = read_decisions(decisions, *ids) if decisions is not None else Decisions("")
    registry = Registry.of((new, old))
    pairings = pair_targets(sides[0].targets, sides[1].targets, registry, read)
    rows = tuple(_compared(pairings, old, new, registry))
    return TargetComparison(
        frame=TARGET_CHANGES.frame(map(_table_row, rows)),
        method=(
            "Targets paired by the registry of indicators, by equal names, and by likeness of "
            "names; compared where kind, unit, scope and base agree."
        ),
        old_plan=old,
        new_plan=new,
        rows=rows,
        disagreements=Disagreements.of([*sides[0].disagreements, *sides[1].disagreements]),
        decisions=read,
    )


def _compared(
    pairings: Sequence[Pairing], old: Plan, new: Plan, registry: Registry
) -> Iterator[ComparedTargets]:
    """Yield a row with the outcome for each pairing."""
    successors = _replacements(pairings, registry)
    taken = {other.id for other in successors.values()}
    for pairing in pairings:
        target = pairing.new or pairing.old
        if target is None or (pairing.old is None and target.id in taken):
            continue
        successor = successors.get(target.id)
        if successor is not None and pairing.new is None:
            replaced = Outcome("replaced", "another indicator took its place", target.indicator)
            pair = Pairing(target, successor, "registry")
            yield ComparedTargets(pair, registry.identify(successor), replaced)
        else:
            identity = registry.identify(target)
            yield ComparedTargets(pairing, identity, _outcome_of(pairing, old, new, identity))


def _replacements(pairings: Sequence[Pairing], registry: Registry) -> dict[str, Target]:
    """Return the new targets that replaced old ones, by the id of the old one.

    Only targets without a partner can replace others or be replaced.
    """
    free = [pairing for pairing in pairings if pairing.matched_by is None]
    by_name = {registry.identify(p.new).name: p.new for p in free if p.new is not None}
    return {
        pairing.old.id: by_name[name]
        for pairing in free
        if pairing.old is not None
        for name in registry.replaced_by(registry.identify(pairing.old).name)
        if name in by_name
    }


def _outcome_of(pairing: Pairing, old: Plan, new: Plan, identity: Identity) -> Outcome:
    """Return the outcome of a target, with or without a partner."""
    if pairing.old is not None and pairing.new is not None:
        plans = {plan.id: plan for plan in (old, new)}
        return compare(pairing.old, pairing.new, plans, identity.polarity)
    if pairing.old is None:
        known = old.coverage == "full"
        return Outcome("new") if known else Outcome("unknown", "no text of the older plan at hand")
    known = new.coverage == "full"
    return Outcome("dropped") if known else Outcome("unknown", "no text of the newer plan at hand")


def _table_row(row: ComparedTargets) -> dict[str, Any]:
    """Return a row of the comparison as a row of the table."""
    old, new = row.pairing.old, row.pairing.new
    target: Target = new or old  # type: ignore[assignment]
    sides = {
        f"{side}_{name}": getattr(one, name, None)
        for side, one in (("old", old), ("new", new))
        for name in ("id", "indicator", "comparator", "value", "outcome")
    }
    return {
        **sides,
        **row.outcome._asdict(),
        "indicator": row.identity.name,
        "indicator_en": row.identity.name_en,
        "old_unit": old and old.unit,
        "unit": target.unit,
        "kind": target.kind,
        "direction": target.direction,
        "polarity": row.identity.polarity,
        "matched_by": row.pairing.matched_by,
        "score": row.pairing.score,
        "to_review": row.pairing.matched_by == "likeness",
        "note": row.pairing.note,
        "initials": row.pairing.initials,
    }


def _ids_of(row: "ComparedTargets") -> tuple[str | None, str | None]:
    """Return the ids of a pair."""
    old, new = row.pairing.old, row.pairing.new
    return old.id if old else None, new.id if new else None


def _ambition_cells(row: Record) -> Cells:
    """Return the cells for the ambition, or for the reason why it is not known."""
    if row["reason"]:
        return (Cell(row["reason"]),)
    return chips(row["ambition"]) if row["change"] in {"raised", "lowered", "held"} else quote(None)
