"""What comparisons of headings and measures show of themselves."""

from itertools import pairwise
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
    number,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    redline_cells,
    said,
    small,
    small_column,
    some_of_each,
    step,
    tally,
)
from crossplan.matching.wording import redline
from crossplan.model import entries_of, opened, plan_names

if TYPE_CHECKING:
    from crossplan.matching.agreement import Agreement
    from crossplan.matching.all_pairs import SharedMeasures
    from crossplan.matching.construction import ConstructedPredecessor
    from crossplan.matching.evaluation import Evaluation
    from crossplan.matching.explanation import Explanation
    from crossplan.matching.lineage import MeasureLineage
    from crossplan.matching.measures import MeasureComparison
    from crossplan.matching.sections import SectionAlignment
    from crossplan.matching.wording import Redline

RELATIONS = ("kept", "renamed", "merged", "split", "new", "dropped")
STATUSES = ("kept", "revised", "merged", "split", "new", "dropped", "revived")
# What did not change is counted, and not shown.
CHANGED = ("revised", "new", "dropped", "merged", "split")
CHANGED_HEADINGS = ("renamed", "merged", "split", "new", "dropped")
OF_EACH = 4
ROWS_SHOWN = 20
# Of a commitment in more plans, the first and the last are named.
PLANS_SHOWN = 12
LONGEST = 90
PAIR = 2
OVERRULE = ('.to_review("decisions.csv")',)


def sections_view(alignment: "SectionAlignment") -> View:
    """Show the headings that changed; of more than two plans, count them step by step."""
    frame = alignment.frame
    several = len(alignment.plans) > PAIR
    shown = some_of_each(frame, "relation", CHANGED_HEADINGS, OF_EACH)
    steps = steps_of(alignment) if several else records(shown)
    return View(
        name=type(alignment).__name__,
        title="Chapters and sections",
        of=plan_names(alignment.plans),
        counts=(*tally(frame, "relation", RELATIONS), *moved_and_doubtful(alignment)),
        columns=STEP_COLUMNS if several else HEADING_COLUMNS,
        rows=steps,
        total=len(steps) if several else len(frame),
        note="" if several else f"{OF_EACH} of each kind at most, none of those kept",
        ways=(
            ".table", ".renamed", ".merged", ".split", ".new", ".dropped", ".for_review",
            ".explain(id)", ".plot()",
        ),
        method=alignment.method,
    )  # fmt: skip


def steps_of(alignment: "SectionAlignment") -> tuple[Record, ...]:
    """Count what became of the headings between each plan and the next."""
    frame = alignment.frame
    plan_of = {h.id: h.plan for link in alignment.links for h in (link.old, link.new) if h}
    old, new = frame["old_id"].map(plan_of), frame["new_id"].map(plan_of)
    rows: list[Record] = []
    for before, after in pairwise(entries_of(alignment.plans)):
        own = frame[
            (old == before.id) & (new.isna() | (new == after.id)) | (new == after.id) & old.isna()
        ]
        counts = own["relation"].value_counts()
        rows.append(
            {"old": before.id, "new": after.id, "moved": int(own["moved"].sum())}
            | {relation: int(counts.get(relation, 0)) for relation in RELATIONS}
        )
    return tuple(rows)


def measures_view(comparison: "MeasureComparison") -> View:
    """Show the measures that changed: their redlines, what is new, what was dropped."""
    frame = comparison.frame
    shown = some_of_each(frame, "status", CHANGED, OF_EACH)
    reviewed = int((frame["decided_by"] == "reviewer").sum())
    return View(
        name=type(comparison).__name__,
        title="Measures compared",
        of=plan_names((comparison.old_plan, comparison.new_plan)),
        counts=(
            *tally(frame, "status", STATUSES),
            *moved_and_doubtful(comparison),
            *((f"{reviewed} decided by a reviewer",) if reviewed else ()),
        ),
        columns=(
            Column("what became of it", lambda row: states(row, row["status"])),
            Column("measure", wording),
            Column("section", lambda row: step(*sides(row, "section"))),
            number_column("score", "score"),
            Column("ids", both_ids),
        ),
        rows=records(shown),
        total=len(frame),
        note=f"{OF_EACH} of each status at most, none of those kept",
        ways=(
            ".table", ".new", ".dropped", ".for_review",
            ".explain(id)", ".redline(id)", *OVERRULE, ".plot()",
        ),
        method=comparison.method,
    )  # fmt: skip


def lineage_view(lineage: "MeasureLineage") -> View:
    """Show the commitments that came back, and those that lived longest."""
    frame, lineages = lineage.frame, lineage.lineages
    order = lineages.sort_values(["revived", "plans"], ascending=False, kind="stable")
    shown, entries = records(order, ROWS_SHOWN), entries_of(lineage.plans)
    begun = {row["first"] for row in shown}
    texts = {m.id: m.lead for e in entries if e.id in begun for m in opened(e).measures}
    names = [entry.id for entry in entries]
    lasting = int((lineages["plans"] == len(names)).sum())
    return View(
        name=type(lineage).__name__,
        title="Measures through all plans",
        of=plan_names(lineage.plans),
        counts=(
            number_of(len(lineages), "commitment"),
            f"{lasting:,} in every plan",
            *tally(frame, "status", STATUSES),
        ),
        columns=(
            Column("begins with", lambda row: said(texts[row["lineage"]])),
            number_column("plans", "plans"),
            *((REVIVED,) if len(lineage.revived) else ()),
            *(
                small_column(name, name)
                for name in (names if len(names) <= PLANS_SHOWN else ("first", "last"))
            ),
        ),
        rows=shown,
        total=len(lineages),
        ways=(".lineages", ".table", ".revived"),
        method=lineage.method,
    )


def shared_view(shared: "SharedMeasures") -> View:
    """Show which plans share most."""
    couples = shared.by_plans.sort_values(
        ["share", "shared"], ascending=False, kind="stable", na_position="last"
    )
    return View(
        name=type(shared).__name__,
        title="Measures that plans share",
        of=plan_names(shared.plans),
        counts=(
            number_of(len(couples), "pair of plans", "pairs of plans"),
            number_of(len(shared.frame), "shared measure"),
            *tally(shared.frame, "status", STATUSES),
        ),
        columns=(
            Column("plans", lambda row: step(small(row["old_plan"]), small(row["new_plan"]))),
            number_column("shared", "shared"),
            number_column(marked("kept"), "kept"),
            number_column("of", "old_measures"),
            number_column("and", "new_measures"),
            number_column("share", "share", 2),
        ),
        rows=records(couples, ROWS_SHOWN),
        total=len(couples),
        ways=(".table", ".by_plans", ".grid", ".recall()", ".plot()"),
        method=shared.method,
    )


def explanation_view(explanation: "Explanation") -> View:
    """Show the candidates of a passage with the parts of their scores."""
    frame = explanation.frame
    known = {"old_id", "new_id", "outcome", "score", "old_text", "new_text"}
    parts = [str(name) for name in frame if name not in known]
    return View(
        name=type(explanation).__name__,
        title="Why",
        of=(Cell(explanation.about, "small"),),
        counts=(number_of(len(frame), "candidate"),),
        columns=(
            Column("outcome", lambda row: chips(row["outcome"] or "not linked")),
            number_column("score", "score"),
            Column("old and new", lambda row: step(*sides(row, "text"))),
            # In one cell: columns of their own would leave no room for the texts.
            Column("parts", lambda row: (Cell(" · ".join(part_words(row, parts))),)),
            Column("ids", both_ids),
        ),
        rows=records(frame),
        total=len(frame),
        ways=(".table",),
        method=explanation.method,
    )


def part_words(row: Record, parts: list[str]) -> list[str]:
    """Give the parts of a score, each with its name; those that say nothing left out."""
    return [f"{part} {row[part]:.2f}" for part in parts if row[part]]


def agreement_view(agreement: "Agreement") -> View:
    """Show the agreement of coders, two by two."""
    return View(
        name=type(agreement).__name__,
        title="Agreement on which measures are the same",
        counts=(
            number_of(len(agreement.frame), "pair of coders", "pairs of coders"),
            number_of(len(agreement.disagreements), "disagreement"),
        ),
        columns=(
            quoted_column("one", "first"),
            quoted_column("other", "second"),
            number_column("judged by both", "judged"),
            number_column("agreed", "agreed"),
            number_column("share", "share", 2),
            number_column("Cohen's kappa", "kappa", 2),
            number_column("Krippendorff's alpha", "alpha", 2),
        ),
        rows=records(agreement.frame, ROWS_SHOWN),
        total=len(agreement.frame),
        ways=(".table", ".disagreements"),
        method=agreement.method,
    )


def evaluation_view(evaluation: "Evaluation") -> View:
    """Show precision, recall and F1, with the interval."""
    return View(
        name=type(evaluation).__name__,
        title="Compared with the truth",
        counts=(
            f"{len(evaluation.missed):,} missed",
            f"{len(evaluation.wrong):,} wrong",
        ),
        columns=(
            plain_column("relation", "relation"),
            number_column("found", "found"),
            number_column("true", "true"),
            number_column("correct", "correct"),
            number_column("precision", "precision", 3),
            number_column("recall", "recall", 3),
            number_column("F1", "f1", 3),
            Column("95 % interval", interval, "right"),
        ),
        rows=records(evaluation.frame),
        total=len(evaluation.frame),
        ways=(".table", ".missed", ".wrong", '.f1("links")'),
        method=evaluation.method,
    )


def constructed_view(made: "ConstructedPredecessor") -> View:
    """Show what was edited, and what a comparison should find."""
    edits = made.truth.groupby("edit", sort=False).size()
    rows = [{"edit": str(edit), "measures": int(count)} for edit, count in edits.items()]
    return View(
        name=type(made).__name__,
        title="A constructed predecessor, which is no plan",
        of=plan_names((made.plan, made.successor)),
        counts=(
            number_of(len(made.plan.measures), "measure"),
            *tally(made.truth, "status", STATUSES),
        ),
        columns=(plain_column("edit", "edit"), number_column("rows of the truth", "measures")),
        rows=tuple(rows),
        total=len(rows),
        ways=(".plan", ".successor", ".truth"),
    )


def redline_view(line: "Redline") -> View:
    """Show a redline whole."""
    looks = {"same": "quoted", "deleted": "deleted", "inserted": "inserted"}
    cells = tuple(Cell(run.text, looks[run.kind]) for run in line.runs)  # type: ignore[arg-type]
    deleted = sum(len(run.text) for run in line.runs if run.kind == "deleted")
    inserted = sum(len(run.text) for run in line.runs if run.kind == "inserted")
    return View(
        name="Redline",
        title="Redline",
        counts=(
            f"{number_of(deleted, 'character')} struck out",
            f"{inserted:,} put in",
            f"compared by {line.level}",
        ),
        columns=(Column("struck out and put in", lambda row: row["cells"]),),
        rows=({"cells": cells},),
        total=1,
        ways=(".runs", ".plain", ".html"),
    )


def moved_and_doubtful(result: "SectionAlignment | MeasureComparison") -> tuple[str, ...]:
    """Count what moved, and what a reviewer should look at."""
    moved, doubtful = len(result.moved), int(result.frame["to_review"].sum())
    return (
        *((f"{moved:,} moved",) if moved else ()),
        *((f"{doubtful:,} to review",) if doubtful else ()),
    )


def states(row: Record, word: str) -> Cells:
    """Give what became of a row, as chips."""
    return chips(word, "moved" if row["moved"] else None, "to review" if row["to_review"] else None)


def sides(row: Record, what: str) -> tuple[Cells, Cells]:
    """Give what both sides say; where one is missing, the other alone."""
    old, new = row[f"old_{what}"], row[f"new_{what}"]
    old = new if old is None else old
    return said(old), said(old if new is None else new)


def wording(row: Record) -> Cells:
    """Show a measure: the redline of one that was revised, else what it says.

    Of those that were merged it is the older one: the newer is the same for all of them.
    """
    if row["status"] == "revised":
        return redline_cells(redline(row["old_text"], row["new_text"]).runs)
    return said(row["old_text" if row["status"] in {"merged", "dropped"} else "new_text"], LONGEST)


def interval(row: Record) -> Cells:
    """Show the interval of F1."""
    if row["f1_low"] is None:
        return number(None)
    return (Cell(f"{row['f1_low']:.3f}–{row['f1_high']:.3f}"),)


REVIVED = Column("came back", lambda row: chips("revived" if row["revived"] else None))
HEADING_COLUMNS = (
    Column("what became of it", lambda row: states(row, row["relation"])),
    Column("heading", lambda row: step(*sides(row, "title"))),
    number_column("score", "score"),
    Column("ids", both_ids),
)
STEP_COLUMNS = (
    Column("from plan to plan", lambda row: step(small(row["old"]), small(row["new"]))),
    *(number_column(marked(name), name) for name in (*RELATIONS, "moved")),
)
