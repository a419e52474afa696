"""Trace terms through all plans: their rates, and where they first and last appear."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from crossplan.arguments import several
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    chips,
    number,
    number_of,
    quoted_column,
    records,
)
from crossplan.errors import CrossplanError, MissingTextError
from crossplan.model import Entry, Plan, entries_of, opened, plan_names, plans_of
from crossplan.parallel import in_parallel
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Title
from crossplan.words.counting import TermCounter, gathered, rates
from crossplan.words.groups import Groups, TermGroup, TermGroups, as_term_groups, overlaps_of
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.tables import APPEARANCES, OVERLAPS, TERM_GRID, TERM_TRACE
from crossplan.words.text_units import units_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.labels import Language


# A line needs two plans with text.
_FEWEST_KNOWN = 2


def _rows_drawn(trace: "TermTrace") -> int:
    known = sum(entry.coverage == "full" for entry in entries_of(trace.plans))
    return len(trace.frame) if known >= _FEWEST_KNOWN else 0


@dataclass(frozen=True, repr=False, eq=False)
class TermTrace(Result):
    """The rates of terms in all plans; made by :func:`trace_terms`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per term and plan: term, plan, state (``known``, or ``unknown`` if the plan has
        no text), count, rate (per 10,000 words), sections (number with the term), words (of the
        plan). Values are missing if the state is unknown.
    plans : sequence of Plan
    terms : tuple of str
        Terms, or names of groups, in the order of the call.
    reader : WordReader
    groups : TermGroups or None
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="term-trace",
        title=Title("用词沿革", "Terms traced"),
        tables=(TERM_TRACE, TERM_GRID, APPEARANCES, OVERLAPS),
        figures=(FigureKind(rows=_rows_drawn),),
    )

    plans: Sequence[Plan]
    terms: tuple[str, ...]
    reader: WordReader
    groups: TermGroups | None

    @property
    def grid(self) -> pd.DataFrame:
        """The rates, with a row for each term and a column for each plan."""
        rates_of = self.frame.set_index(["plan", "term"])["rate"]
        columns = {plan.id: rates_of[plan.id] for plan in entries_of(self.plans)}
        return pd.DataFrame(columns, index=pd.Index(self.terms, name="term", dtype="string"))

    @property
    def appearances(self) -> pd.DataFrame:
        """The plans in which each term first and last appears.

        Columns: term, first, last (missing if no text has it), plans (number with it), unknown
        (plans without text, which may have it).
        """
        unknown = "、".join(plan.id for plan in entries_of(self.plans) if plan.coverage != "full")
        return APPEARANCES.frame(_appearance(term, self.frame, unknown) for term in self.terms)

    @property
    def overlaps(self) -> pd.DataFrame:
        """The occurrences that count for two groups: group, other_group, count, terms.

        Raises
        ------
        CrossplanError
            If single terms were traced.
        """
        return overlaps_of(plans_of(_with_text(self.plans)), self.reader, self.groups)

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the rate of each term from plan to plan."""
        from crossplan.words.terms_figure import draw_trends

        return draw_trends(self, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption of :meth:`plot`: its content, plans, method and sources."""
        from crossplan.words.terms_figure import trends_caption

        return trends_caption(self, lang)

    def _view(self) -> View:
        """Return the view of the count and rate of each term in each plan."""
        by_term = {
            term: {row["plan"]: row for row in records(own)}
            for term, own in self.frame.groupby("term", sort=False)
        }
        rows = [{"term": term, **by_term[term]} for term in self.terms[:ROWS_SHOWN]]
        unknown = [plan for plan in self.plans if plan.coverage != "full"]
        known = len(self.plans) - len(unknown)
        return View(
            name=type(self).__name__,
            title=f"{'Terms' if self.groups is None else 'Groups of terms'} through all plans: "
            "counts, and rates per 10,000 words",
            of=plan_names(self.plans),
            counts=(
                number_of(len(self.terms), "term" if self.groups is None else "group"),
                f"{known} of {number_of(len(self.plans), 'plan')} with text",
            ),
            columns=(
                quoted_column("term" if self.groups is None else "group", "term"),
                *(_count_column(plan) for plan in self.plans),
            ),
            rows=tuple(rows),
            total=len(self.terms),
            ways=(".grid", ".appearances", ".table", ".plot()"),
            method=self.method,
        )


def trace_terms(
    source: Plans,
    terms: str | Sequence[str] | None = None,
    *,
    groups: Groups | None = None,
    words: WordOptions | None = None,
    n_jobs: int | None = None,
) -> TermTrace:
    """Trace terms, or groups of terms, through all plans.

    Parameters
    ----------
    source : Corpus, or iterable of Plan or str
        A string is the id of a shipped plan. The counts of plans without text are unknown.
    terms : str or sequence of str
        Words, or several consecutive words; ``*`` matches any characters of a word. Stop words
        that are named are counted.
    groups : TermGroups, mapping, or path
        Groups of terms instead; see :func:`load_term_groups`.
    words : WordOptions, optional
        What counts as a word.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None means 1, unless it is set by
        ``joblib.parallel_config``.

    Returns
    -------
    TermTrace

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If no plan has a text.
    ChoiceError
        If an option is not among its choices.
    CrossplanError
        If there is no term, or both `terms` and `groups` are set.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.
    ArgumentError, WorkerError
        If a segmenter of your own cannot be sent to other processes, or a process ended early.

    Examples
    --------
    >>> import crossplan as cp
    >>> trace = cp.trace_terms(cp.load_plans(), ["人权教育", "数字*"])
    >>> trace.appearances[["term", "first", "unknown"]].values.tolist()[0]
    ['人权教育', '2026-2030', '2009-2010、2012-2015、2016-2020、2021-2025']
    """
    plans = as_plans(source)
    sought = _wanted(terms, groups)
    entries, full = entries_of(plans), _with_text(plans)
    if not full:
        raise MissingTextError(entries[-1].id, "terms")
    reader = reader_for(words, plans_of(full))
    counter = TermCounter.of(reader, groups=sought)
    counted = in_parallel(
        partial(_known, counter=counter), full, n_jobs=n_jobs, label="following terms"
    )
    steps = dict(zip((plan.id for plan in full), counted, strict=True))
    nothing: dict[str, Any] = {"state": "unknown"}
    return TermTrace(
        frame=TERM_TRACE.frame(
            {"term": group.name, "plan": plan.id}
            | (steps[plan.id][group.name] if plan.id in steps else nothing)
            for group in sought.groups
            for plan in entries
        ),
        method=f"{reader.description} Rates per 10,000 words; unknown where no text is at hand.",
        plans=plans,
        terms=tuple(group.name for group in sought.groups),
        reader=reader,
        groups=sought if groups is not None else None,
    )


def _wanted(terms: str | Sequence[str] | None, groups: Groups | None) -> TermGroups:
    """Return the traced terms as groups; a term is a group of its own."""
    if (terms is None) == (groups is None):
        raise CrossplanError(
            "trace_terms follows terms or groups. Give one of them, such as ['发展', '法治']."
        )
    if groups is not None:
        return as_term_groups(groups)
    named = several(terms)
    if not named:
        raise CrossplanError("there is no term to follow. Give some, such as ['发展', '法治'].")
    return TermGroups("", tuple(TermGroup(term, (term,)) for term in named))


def _with_text(plans: Sequence[Plan]) -> list[Entry]:
    """Return the plans with text."""
    return [entry for entry in entries_of(plans) if entry.coverage == "full"]


def _known(entry: Entry, counter: TermCounter) -> dict[str, dict[str, Any]]:
    """Count the occurrences of each term in a plan, and the sections with it."""
    plan = opened(entry)
    counter.reader.look_up(plan)
    counts = gathered(counter.counted(units_of([plan], "section")))
    words = counts.words.sum()
    columns = (counts.totals, rates(counts.totals, words), counts.spread)
    found = dict(zip(counts.terms, zip(*columns, strict=True), strict=True))
    return {
        # A plan without passages has no sections.
        term: {"state": "known", "words": words}
        | dict(zip(("count", "rate", "sections"), found.get(term, (0, 0.0, 0)), strict=True))
        for term in counter.searches or ()
    }


def _appearance(term: str, frame: pd.DataFrame, unknown_plans: str) -> dict[str, Any]:
    """Return the first and the last plan with a term."""
    there = frame[(frame["term"] == term) & (frame["count"] > 0)]["plan"].to_list()
    return {
        "term": term,
        "first": there[0] if there else None,
        "last": there[-1] if there else None,
        "plans": len(there),
        "unknown": unknown_plans,
    }


def _count_column(plan: "Plan") -> ViewColumn:
    """Make a column of counts and rates in a plan; unknown without its text."""

    def cells(row: Record) -> Cells:
        own = row[plan.id]
        if own["state"] != "known":
            return chips("unknown")
        return (*number(own["count"]), Cell(" ("), *number(own["rate"], 1), Cell(")"))

    return ViewColumn(f"{plan.id} (constructed)" if plan.constructed else plan.id, cells, "right")
