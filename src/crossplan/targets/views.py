"""What targets and their comparisons show of themselves."""

from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    both_ids,
    chips,
    marked,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    said,
    small,
    small_column,
    some_of_each,
    tally,
    yes_no,
)
from crossplan.model import plan_names
from crossplan.targets.trace import ABSENT, UNKNOWN
from crossplan.targets.words import target_words

if TYPE_CHECKING:
    from crossplan.model import Plan, Target
    from crossplan.targets.comparison import Row, TargetComparison
    from crossplan.targets.explanation import TargetExplanation
    from crossplan.targets.table import TargetTable
    from crossplan.targets.trace import TargetTrace
    from crossplan.targets.witnesses import Disagreements

CHANGES = (
    "raised", "lowered", "held", "replaced", "not comparable", "new", "dropped", "unknown",
)  # fmt: skip
AMBITIONS = ("stronger", "same", "weaker")
# So many rows of a change are shown at most; of what two plans share, more than of the rest.
OF_EACH = 6
ROWS_SHOWN = 20


def targets_view(table: "TargetTable") -> View:
    """Show targets as they stand in the text."""
    rows = [
        {"target": target, "measure": target.measure, "deadline": deadline}
        for target, deadline in zip(
            table.targets[:ROWS_SHOWN], records(table.frame[["deadline"]], ROWS_SHOWN), strict=True
        )
    ]
    return View(
        name=type(table).__name__,
        title="Targets",
        of=plan_names(table.plans) if table.plans else (Cell("of a text"),),
        counts=(
            number_of(len(table.targets), "target"),
            *tally(table.frame, "kind", ("level", "change", "output")),
        ),
        columns=(
            Column("indicator", lambda row: said(row["target"].indicator)),
            Column("figure", lambda row: figure(row["target"]), "right"),
            Column("kind", lambda row: (Cell(row["target"].kind),)),
            Column("by", lambda row: (Cell(str(row["deadline"]["deadline"] or "–")),), "right"),
            Column("stands in", lambda row: small(row["measure"] or row["target"].section)),
        ),
        rows=tuple(rows),
        total=len(table.targets),
        ways=(".table", ".targets"),
        method=table.method,
    )


def target_comparison_view(comparison: "TargetComparison") -> View:
    """Show what was raised and lowered first."""
    frame = comparison.frame
    shown = some_of_each(frame, "change", CHANGES, OF_EACH).head(ROWS_SHOWN)
    by_ids = {ids_of(row): row for row in comparison.rows}
    ambitions = frame[frame["change"].isin(["raised", "lowered", "held"])]
    weighed = tally(ambitions, "ambition", AMBITIONS)

    def sides(row: Record) -> "Row":
        return by_ids[row["old_id"], row["new_id"]]

    return View(
        name=type(comparison).__name__,
        title="Targets compared",
        of=plan_names((comparison.old_plan, comparison.new_plan)),
        counts=(
            *tally(frame, "change", CHANGES),
            *((f"ambition: {', '.join(weighed)}",) if weighed else ()),
        ),
        columns=(
            Column("change", lambda row: chips(row["change"])),
            quoted_column("indicator", "indicator"),
            Column("old", lambda row: figure(sides(row).pairing.old), "right"),
            Column("new", lambda row: figure(sides(row).pairing.new), "right"),
            Column("ambition or reason", ambition),
            Column("ids", both_ids),
        ),
        rows=records(shown),
        total=len(frame),
        note=f"{OF_EACH} of each change at most",
        ways=(
            ".table", ".raised", ".lowered", ".for_review", ".explain(id)",
            '.to_review("decisions.csv")', ".plot()",
        ),
        method=comparison.method,
    )  # fmt: skip


def trace_view(trace: "TargetTrace") -> View:
    """Show each shared indicator in a row, each plan in a column."""
    grid = trace.grid
    shared = list(trace.step_histories)
    rows = [
        {"indicator": name, **records(grid.loc[[name]])[0]}
        for name in (shared or list(grid.index))[:ROWS_SHOWN]
    ]
    return View(
        name=type(trace).__name__,
        title="Targets through all plans",
        of=plan_names(trace.plans),
        counts=(
            number_of(len(trace.targets), "target"),
            number_of(len(grid), "indicator"),
            f"{len(shared)} in two plans or more",
            *tally(trace.frame, "change", ("raised", "lowered", "held", "not comparable")),
            *counted(len(trace.disagreements.frame), "disagreement"),
        ),
        columns=(
            quoted_column("indicator", "indicator"),
            *(grid_column(plan) for plan in trace.plans),
        ),
        rows=tuple(rows),
        total=len(grid),
        note="those of two plans or more first" if shared else "",
        ways=(".grid", ".shared", ".table", ".given_up", ".disagreements", ".plot()"),
        method=trace.method,
    )


def target_explanation_view(explanation: "TargetExplanation") -> View:
    """Show the candidates of a target with the sentences they stand in."""
    frame = explanation.frame
    return View(
        name=type(explanation).__name__,
        title="Why",
        of=(Cell(explanation.about, "small"),),
        counts=(number_of(len(frame), "candidate"),),
        columns=(
            Column("outcome", lambda row: chips(row["outcome"] or "not paired")),
            quoted_column("old", "old_target"),
            quoted_column("new", "new_target"),
            number_column("likeness of names", "name_likeness"),
            quoted_column("registered as", "registered_as"),
            Column("same kind, unit, scope", same),
            quoted_column("old stands in", "old_context"),
            quoted_column("new stands in", "new_context"),
            Column("ids", both_ids),
        ),
        rows=records(frame),
        total=len(frame),
        ways=(".table",),
        method=explanation.method,
    )


def disagreements_view(found: "Disagreements") -> View:
    """Show where sample and text do not agree."""
    return View(
        name=type(found).__name__,
        title="Curated rows against the text",
        counts=(number_of(len(found.frame), "disagreement"),),
        columns=(
            plain_column("plan", "plan"),
            quoted_column("indicator", "indicator"),
            plain_column("field", "field"),
            quoted_column("in the text", "read"),
            quoted_column("in the sample", "curated"),
            small_column("stands in", "measure_id"),
            quoted_column("source of the sample", "source"),
        ),
        rows=records(found.frame, ROWS_SHOWN),
        total=len(found.frame),
        ways=(".table",),
        method=found.method,
    )


def figure(target: "Target | None") -> Cells:
    """Show the figure of a target with its sign and unit."""
    return said(None) if target is None else said(target_words(target))


def ids_of(row: "Row") -> tuple[str | None, str | None]:
    """Give the ids of a pair."""
    old, new = row.pairing.old, row.pairing.new
    return old.id if old else None, new.id if new else None


def ambition(row: Record) -> Cells:
    """Show whether a plan wants more or less, or why that cannot be said."""
    if row["reason"]:
        return (Cell(row["reason"]),)
    return chips(row["ambition"]) if row["change"] in {"raised", "lowered", "held"} else said(None)


def same(row: Record) -> Cells:
    """Say what two targets have in common, beside their names."""
    answers = [yes_no(row[f"same_{name}"])[0].text for name in ("kind", "unit", "scope")]
    return (Cell(", ".join(answers)),)


def grid_column(plan: "Plan") -> Column:
    """Make a column of what a plan says of each indicator."""
    heading = f"{plan.id} (constructed)" if plan.constructed else plan.id

    def cells(row: Record) -> Cells:
        word = row[plan.id]
        return small(marked(word)) if word in {ABSENT, UNKNOWN} else said(word)

    return Column(heading, cells, "right")


def counted(number: int, noun: str) -> tuple[str, ...]:
    """Count something, if there is any of it."""
    return (number_of(number, noun),) if number else ()
