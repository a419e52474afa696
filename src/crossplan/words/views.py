"""What counts of terms show of themselves."""

from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    chips,
    number,
    number_column,
    number_of,
    p_value,
    quoted_column,
    records,
    said,
    small_column,
    some_of_each,
    tally,
)
from crossplan.model import plan_names

if TYPE_CHECKING:
    from crossplan.model import Plan
    from crossplan.words.candidates import TermCandidates
    from crossplan.words.collocations import Collocations
    from crossplan.words.comparison import TermComparison
    from crossplan.words.concordance import Concordance
    from crossplan.words.cooccurrence import Cooccurrence
    from crossplan.words.explanation import TermExplanation
    from crossplan.words.groups import TermGroups
    from crossplan.words.terms import TermFrequencies
    from crossplan.words.trace import TermTrace

CHANGES = ("rising", "falling", "new", "dropped", "stable")
OF_EACH = 5
ROWS_SHOWN = 20
# Of many units, some are shown, with their most frequent terms.
UNITS_SHOWN = 10
TERMS_OF_A_UNIT = 8
LONGEST_CONTEXT = 40


def frequencies_view(terms: "TermFrequencies") -> View:
    """Show the terms of a plan, or the first terms of each unit."""
    frame = terms.frame
    units = terms.counts.units
    common = (number_column("count", "count"), number_column("per 10,000 words", "rate", 1))
    if len(units) == 1:
        shown = frame.head(ROWS_SHOWN)
        columns = (quoted_column("term", "term"), *common)
        rows, total, note = records(shown), len(frame), "the most frequent"
    else:
        named = {unit: own.head(TERMS_OF_A_UNIT) for unit, own in frame.groupby("unit", sort=False)}
        rows = tuple(
            {"unit": unit.id, "title": unit.title, "terms": records(named[unit.id])}
            for unit in units
            if unit.id in named
        )[:UNITS_SHOWN]
        total, note = len(units), f"with the {TERMS_OF_A_UNIT} most frequent terms of each"
        columns = (
            quoted_column("where", "title"),
            Column("terms and their counts", first_terms),
            small_column("id", "unit"),
        )
    return View(
        name=type(terms).__name__,
        title="Terms" if terms.groups is None else "Groups of terms",
        of=plan_names(terms.plans, " · "),
        counts=(
            f"{number_of(len(terms.counts.terms), 'term')}",
            f"{int(terms.counts.words.sum()):,} words",
            *((number_of(len(units), "unit"),) if len(units) > 1 else ()),
        ),
        columns=columns,
        rows=rows,
        total=total,
        note=note,
        ways=(".table", ".wide()", ".plot()", ".plot_map()"),
        method=terms.method,
    )


def term_comparison_view(comparison: "TermComparison") -> View:
    """Show what rises and falls first, then what came and went."""
    frame = comparison.frame
    shown = some_of_each(frame, "change", CHANGES, OF_EACH).head(ROWS_SHOWN)
    robust = "survives" in frame
    changed = frame["change"] != "stable"
    survivors = int(frame.loc[changed, "survives"].fillna(value=False).sum()) if robust else 0
    return View(
        name=type(comparison).__name__,
        title="Terms compared" if comparison.groups is None else "Groups of terms compared",
        of=plan_names((comparison.old_plan, comparison.new_plan)),
        counts=(
            *tally(frame, "change", CHANGES),
            f"of {comparison.old_total:,} and {comparison.new_total:,} words",
            *((f"{survivors:,} changes survive recounting",) if robust else ()),
        ),
        columns=(
            Column("change", lambda row: chips(row["change"])),
            quoted_column("term", "term"),
            number_column("old count", "old_count"),
            number_column("new count", "new_count"),
            number_column("old per 10,000", "old_rate", 1),
            number_column("new per 10,000", "new_rate", 1),
            number_column("log ratio", "log_ratio", 2, sign=True),
            number_column("G2", "g2", 1, sign=True),
            Column("p", lambda row: p_value(row["p"]), "right"),
            *((Column("survives", survives),) if robust else ()),
        ),
        rows=records(shown),
        total=len(frame),
        note=f"{OF_EACH} of each change at most, the highest G2 first",
        ways=(".table", ".rising", ".falling", ".new", ".dropped", ".explain(term)", ".plot()"),
        method=comparison.method,
    )


def term_explanation_view(explanation: "TermExplanation") -> View:
    """Show what was counted of a term, line by line."""
    term, *lines = explanation.splitlines()
    longest = max(map(len, lines), default=0)
    return View(
        name=type(explanation).__name__,
        title="Why",
        of=said(term),
        columns=(quoted_column("what was counted, and where it stands", "line", longest),),
        rows=tuple({"line": line} for line in lines),
        total=len(lines),
    )


def term_trace_view(trace: "TermTrace") -> View:
    """Show each term in a row, and its count and rate in each plan."""
    by_term = {
        term: {row["plan"]: row for row in records(own)}
        for term, own in trace.frame.groupby("term", sort=False)
    }
    rows = [{"term": term, **by_term[term]} for term in trace.terms[:ROWS_SHOWN]]
    unknown = [plan for plan in trace.plans if plan.coverage != "full"]
    return View(
        name=type(trace).__name__,
        title=f"{'Terms' if trace.groups is None else 'Groups of terms'} through all plans: "
        "counts, and rates per 10,000 words",
        of=plan_names(trace.plans),
        counts=(
            number_of(len(trace.terms), "term" if trace.groups is None else "group"),
            f"{len(trace.plans) - len(unknown)} of {number_of(len(trace.plans), 'plan')} with text",
        ),
        columns=(
            quoted_column("term" if trace.groups is None else "group", "term"),
            *(count_column(plan) for plan in trace.plans),
        ),
        rows=tuple(rows),
        total=len(trace.terms),
        ways=(".grid", ".appearances", ".table", ".plot()"),
        method=trace.method,
    )


def concordance_view(found: "Concordance") -> View:
    """Show each place with its match in the middle."""
    return View(
        name=type(found).__name__,
        title="Concordance",
        of=(
            *said("、".join(found.patterns)),
            Cell(" in "),
            *plan_names(found.plans, " · "),
        ),
        counts=(
            number_of(len(found.frame), "line"),
            f"in {number_of(found.frame['section'].nunique(), 'section')}",
        ),
        columns=(
            Column("", lambda row: context(row["left"], from_end=True), "right"),
            Column("match", lambda row: (Cell(row["match"], "strong"),), "center"),
            Column("", lambda row: context(row["right"])),
            quoted_column("section", "section_title"),
            small_column("stands in", "passage_id"),
        ),
        rows=records(found.frame, ROWS_SHOWN),
        total=len(found.frame),
        ways=(".table", '.sorted("right")', ".plot()"),
        method=found.method,
    )


def collocations_view(found: "Collocations") -> View:
    """Show the company of a word, the closest first."""
    sided = found.within == "window"
    return View(
        name=type(found).__name__,
        title="Company of",
        of=(*said(found.term), Cell(" in "), *plan_names(found.plans, " · ")),
        counts=(
            number_of(len(found.frame), "collocate"),
            f"the term {number_of(found.term_count, 'time')}"
            if sided
            else f"in {number_of(found.term_count, 'sentence')} of {found.total:,}",
        ),
        columns=(
            quoted_column("collocate", "collocate"),
            number_column("together", "count"),
            *((number_column("before", "left"), number_column("behind", "right")) if sided else ()),
            number_column("in all", "collocate_count"),
            number_column("expected", "expected", 1),
            number_column("logDice", "log_dice", 1),
            number_column("MI", "mi", 1),
            number_column("t", "t", 1),
        ),
        rows=records(found.frame, ROWS_SHOWN),
        total=len(found.frame),
        note="the highest logDice first",
        ways=(".table", ".plot()"),
        method=found.method,
    )


def cooccurrence_view(found: "Cooccurrence") -> View:
    """Show the pairs that stand together, the closest first."""
    return View(
        name=type(found).__name__,
        title=f"Terms that stand together in a {found.within}",
        of=plan_names(found.plans, " · "),
        counts=(number_of(len(found.terms), "term"), number_of(len(found.frame), "pair")),
        columns=(
            quoted_column("term", "term"),
            quoted_column("other term", "other_term"),
            number_column("together", "count"),
            number_column("the one", "term_count"),
            number_column("the other", "other_count"),
            number_column("logDice", "log_dice", 1),
        ),
        rows=records(found.frame, ROWS_SHOWN),
        total=len(found.frame),
        note="the highest logDice first",
        ways=(".table", ".graph", ".terms", ".plot()"),
        method=found.method,
    )


def candidates_view(found: "TermCandidates") -> View:
    """Show words that a lexicon might keep whole."""
    return View(
        name=type(found).__name__,
        title="Words that a lexicon might keep whole",
        of=plan_names(found.plans, " · "),
        counts=(number_of(len(found.frame), "candidate"),),
        columns=(
            quoted_column("term", "term"),
            quoted_column("cut as", "words"),
            number_column("count", "count"),
            number_column("passages", "passages"),
            number_column("cohesion, bits", "cohesion", 1),
            number_column("freedom, bits", "freedom", 1),
            small_column("for example in", "example"),
        ),
        rows=records(found.frame, ROWS_SHOWN),
        total=len(found.frame),
        note="the most frequent",
        ways=(".table", '.to_lexicon("lexicon.txt")'),
        method=found.method,
    )


def groups_view(groups: "TermGroups") -> View:
    """Show groups with their terms."""
    rows = [
        {"name": g.name, "name_en": g.name_en, "terms": "、".join(g.terms), "note": g.note}
        for g in groups.groups
    ]
    return View(
        name=type(groups).__name__,
        title="Groups of terms",
        of=(Cell(groups.name, "quoted"),) if groups.name else (),
        counts=(
            number_of(len(rows), "group"),
            number_of(sum(len(group.terms) for group in groups.groups), "term"),
            *((f"{len(groups.shared_terms)} in more than one",) if groups.shared_terms else ()),
        ),
        columns=(
            quoted_column("group", "name"),
            quoted_column("in English", "name_en"),
            quoted_column("terms", "terms", 2 * LONGEST_CONTEXT),
            quoted_column("note", "note"),
        ),
        rows=tuple(rows),
        total=len(rows),
        ways=(".groups", ".shared_terms"),
    )


def first_terms(row: Record) -> Cells:
    """Show terms with their counts, one after the other."""
    cells: list[Cell] = []
    for term in row["terms"]:
        cells += [Cell(" · ")] if cells else []
        cells += [*said(term["term"]), Cell(f" {term['count']}")]
    return tuple(cells)


def count_column(plan: "Plan") -> Column:
    """Make a column of counts and rates in a plan; unknown without its text."""

    def cells(row: Record) -> Cells:
        own = row[plan.id]
        if own["state"] != "known":
            return chips("unknown")
        return (*number(own["count"]), Cell(" ("), *number(own["rate"], 1), Cell(")"))

    return Column(f"{plan.id} (constructed)" if plan.constructed else plan.id, cells, "right")


def survives(row: Record) -> Cells:
    """Say whether a change survives recounting."""
    return said(None) if row["survives"] is None else chips("yes" if row["survives"] else "no")


def context(text: str, *, from_end: bool = False) -> Cells:
    """Show what stands beside a match, the nearest of it where it is long."""
    short = text[-LONGEST_CONTEXT:] if from_end else text[:LONGEST_CONTEXT]
    return (Cell(short, "quoted", "" if short == text else text),)
