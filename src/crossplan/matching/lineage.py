"""Trace each commitment through all plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from crossplan.arguments import require_jobs
from crossplan.corpora.corpus import CorpusLike, as_corpus
from crossplan.display import (
    View,
    ViewColumn,
    chips,
    number_column,
    number_of,
    quote,
    records,
    small_column,
    tally,
)
from crossplan.errors import ArgumentError
from crossplan.languages.registry import language_of
from crossplan.matching.large_corpora.join import Pool, pool_of
from crossplan.matching.large_corpora.lineage_steps import MOST, compares_all, steps_through
from crossplan.matching.links import STATUSES
from crossplan.matching.tables import LINEAGES, MEASURE_STEPS
from crossplan.model import Plan, entries_of, opened, plan_names, require_texts
from crossplan.pairing.decisions import decided_pairs
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    import pandas as pd

# If a commitment is in more plans, the first and the last are named.
_PLANS_SHOWN = 12

_REVIVED = ViewColumn("came back", lambda row: chips("revived" if row["revived"] else None))


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

    kind: ClassVar[ResultKind] = ResultKind(
        name="measure-lineage",
        title=Title("举措沿革", "Measures traced"),
        tables=(MEASURE_STEPS, LINEAGES),
    )

    lineages: "pd.DataFrame"
    plans: Sequence[Plan]

    @property
    def revived(self) -> "pd.DataFrame":
        """Commitments that returned after a plan without them."""
        return self._where("status", "revived")

    def _view(self) -> View:
        """Return the view of commitments that were resumed, and of the longest ones."""
        frame, lineages = self.frame, self.lineages
        order = lineages.sort_values(["revived", "plans"], ascending=False, kind="stable")
        shown, entries = records(order, ROWS_SHOWN), entries_of(self.plans)
        begun = {row["first"] for row in shown}
        texts = {m.id: m.lead for e in entries if e.id in begun for m in opened(e).measures}
        names = [entry.id for entry in entries]
        lasting = int((lineages["plans"] == len(names)).sum())
        return View(
            name=type(self).__name__,
            title="Measures through all plans",
            of=plan_names(self.plans),
            counts=(
                number_of(len(lineages), "commitment"),
                f"{lasting:,} in every plan",
                *tally(frame, "status", STATUSES),
            ),
            columns=(
                ViewColumn("begins with", lambda row: quote(texts[row["lineage"]])),
                number_column("plans", "plans"),
                *((_REVIVED,) if len(self.revived) else ()),
                *(
                    small_column(name, name)
                    for name in (names if len(names) <= _PLANS_SHOWN else ("first", "last"))
                ),
            ),
            rows=shown,
            total=len(lineages),
            ways=(".lineages", ".table", ".revived"),
            method=self.method,
        )


def trace_measures(
    corpus: CorpusLike,
    *,
    decisions: Mapping[tuple[str, str], str | Path] | None = None,
    n_jobs: int | None = None,
) -> MeasureLineage:
    """Trace each commitment through the plans of a corpus.

    Every plan is compared with the one before it, as :func:`compare_measures` does. New
    measures of a plan are then compared with measures that were dropped earlier, the latest
    first: a commitment that returns is *revived*. With up to 21 plans, all earlier plans are
    compared. With more, only the 200 pairs of plans in which a search finds the most similar
    dropped and new measures.

    Parameters
    ----------
    corpus : Corpus, or iterable of Plan or str
        Plans with text; a string is the id of a shipped plan.
    decisions : mapping of (str, str) to str or Path, optional
        Files of decisions by the ids of the older and the newer plan they are about,
        such as ``{("2021-2025", "2026-2030"): "decisions.csv"}``.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None is one, unless
        ``joblib.parallel_config`` sets another number.

    Returns
    -------
    MeasureLineage

    Raises
    ------
    MissingTextError
        If the text of a plan is not available. A corpus of those that have it is
        ``Corpus(plans.full)``.
    NotACorpusError, NotAPlanError, UnknownPlanError
        If an argument is not a corpus or plan, or no shipped plan has that id.
    LanguageError
        If the plans are in two languages.
    ArgumentError
        If no plan has a measure, or one has the id of a column of the lineages, such as
        "first".
    ChoiceError
        If decisions are not for two plans of the corpus, the older one first, or
        `n_jobs` is not a number of processes.
    UnreadableTextError, DecisionError
        If a file of decisions cannot be read or obeyed.
    WorkerError
        If a process ended before its work was done.

    Examples
    --------
    >>> import crossplan as cp
    >>> fifth = cp.load_plan("2026-2030")
    >>> made = [cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2)]
    >>> lineage = cp.trace_measures(cp.Corpus([*made, fifth]))
    >>> print(lineage.revived.new_id[0])
    2026-2030/1.4/1
    """
    require_jobs(n_jobs)
    corpus = as_corpus(corpus)
    language_of(corpus.entries, "measures")
    entries = corpus.entries
    require_texts(entries, "measures")
    ids = [entry.id for entry in entries]
    if taken := sorted(set(ids) & LINEAGES.columns.keys()):
        raise ArgumentError(
            f"a plan has the id {taken[0]!r}, of which the table of lineages has a column",
            'Give the plan another id, as in read_plan("file.txt", plan_id="plan-2026").',
        )
    files = decided_pairs(decisions, ids)
    pool = pool_of(entries, n_jobs)
    steps = list(steps_through(entries, pool, files, n_jobs))
    roots = _threads(
        pool.ids, [(s["old_id"], s["new_id"]) for s in steps if s["old_id"] and s["new_id"]]
    )
    rows = [{"lineage": roots[step["old_id"] or step["new_id"]], **step} for step in steps]
    revived = {row["lineage"] for row in rows if row["status"] == "revived"}
    return MeasureLineage(
        frame=MEASURE_STEPS.frame(rows),
        method=(
            "Consecutive plans by compare_measures; what is new, against what was dropped "
            f"before, the latest first{_reach(len(entries))}."
        ),
        lineages=_lineage_table(ids, pool, roots, revived),
        plans=corpus.plans,
    )


def _reach(plans: int) -> str:
    """Describe which pairs of plans were searched for resumed measures."""
    return "" if compares_all(plans) else f", in the {MOST} pairs of plans that a search finds"


def _threads(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return, for each measure, the first of all measures that pairs connect it with."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    order = {measure: place for place, measure in enumerate(ids)}
    old = [order[a] for a, _ in pairs]
    new = [order[b] for _, b in pairs]
    graph = coo_array((np.ones(len(pairs)), (old, new)), shape=(len(order), len(order)))
    _, group = connected_components(graph, directed=False)
    first: dict[int, str] = {}
    for measure, number in zip(ids, group.tolist(), strict=True):
        first.setdefault(number, measure)
    return {measure: first[number] for measure, number in zip(ids, group.tolist(), strict=True)}


def _lineage_table(
    plans: Sequence[str], pool: Pool, roots: Mapping[str, str], revived: set[str]
) -> "pd.DataFrame":
    """Return one row per lineage, with the ids of its measures in each plan."""
    members: dict[str, dict[str, list[str]]] = {}
    for plan, (start, end) in zip(plans, pairwise(pool.starts.tolist()), strict=True):
        for measure in pool.ids[start:end]:
            members.setdefault(roots[measure], {}).setdefault(plan, []).append(measure)
    return LINEAGES.frame(
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
        plans,
    )
