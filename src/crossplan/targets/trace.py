"""The targets of all plans, with each indicator traced from plan to plan."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from crossplan.corpora.corpus import Corpus, CorpusLike, as_corpus
from crossplan.display import (
    Cells,
    Record,
    View,
    ViewColumn,
    marked,
    number_of,
    quote,
    quoted_column,
    records,
    small,
    tally,
)
from crossplan.languages.registry import require_targets
from crossplan.model import Entry, Indicator, Target, entries_of, opened, plan_names
from crossplan.pairing.decisions import Decisions, decided_pairs, read_decisions
from crossplan.parallel import in_parallel
from crossplan.result import ROWS_SHOWN, FigureKind, ResultKind
from crossplan.tables import Title
from crossplan.targets.change import Outcome, compare
from crossplan.targets.descriptions import target_words
from crossplan.targets.extract import TargetTable, number_in_words, row
from crossplan.targets.links import Identity, Registry, Step, likenesses, pair_targets, partners
from crossplan.targets.tables import DISAGREEMENTS, SHARED_TARGETS, TARGET_GRID, TARGET_TRACE
from crossplan.targets.witnesses import Disagreements, TargetsAtHand, targets_at_hand
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.labels import Language
    from crossplan.model import Plan

FEWEST_PLANS: Threshold[int] = 2
_UNKNOWN, _ABSENT = "unknown", "absent"
# By the ids of the older and the newer plan.
_DecisionsByPair = Mapping[tuple[str, str], Decisions]


def _comparable(trace: "TargetTrace") -> int:
    from crossplan.targets.history_figure import comparable_histories

    return len(comparable_histories(trace))


@dataclass(frozen=True, repr=False, eq=False)
class TargetTrace(TargetTable):
    """Targets of all plans, traced by indicator; returned by :func:`trace_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns of :class:`TargetTable`, and standard_name, standard_name_en and
        polarity (of the indicator), previous_id (the target of the same indicator in the
        last earlier plan that is known to have one), change (raised, lowered, held, not
        comparable; new where the text of the plan before lacks the indicator; unknown where
        the plan before has no text), reason, detail, difference, relative, ambition.
    steps : tuple of Step
        The rows as objects.
    disagreements : Disagreements
        Differences between the curated targets of a plan and those read from its text.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="target-trace",
        title=Title("量化目标沿革", "Targets traced"),
        tables=(TARGET_TRACE, SHARED_TARGETS, TARGET_GRID, DISAGREEMENTS),
        figures=(FigureKind(rows=_comparable),),
    )

    steps: tuple[Step, ...]
    disagreements: Disagreements

    @property
    def shared(self) -> "pd.DataFrame":
        """Rows of indicators in two or more plans, those in most plans first."""
        steps = [step for steps in self.step_histories.values() for step in steps]
        return _trace_frame(steps, self.plans)

    @property
    def histories(self) -> dict[str, list[Target]]:
        """The targets of each shared indicator by standard name, in the order of `shared`."""
        return {
            name: [step.target for step in steps] for name, steps in self.step_histories.items()
        }

    @property
    def steps_by_name(self) -> dict[str, list[Step]]:
        """The steps of every indicator by standard name, in the order of the plans."""
        by_name: dict[str, list[Step]] = {}
        for step in self.steps:
            by_name.setdefault(step.identity.name, []).append(step)
        return by_name

    @property
    def step_histories(self) -> dict[str, list[Step]]:
        """The steps of each shared indicator by standard name."""
        by_name = self.steps_by_name
        spread = {name: len({s.target.plan for s in steps}) for name, steps in by_name.items()}
        shared = [name for name in by_name if spread[name] >= FEWEST_PLANS]
        return {name: by_name[name] for name in sorted(shared, key=lambda n: (-spread[n], n))}

    @property
    def grid(self) -> "pd.DataFrame":
        """Table with one row per indicator and one column per plan.

        A cell contains the figures of the plan, ``absent`` where its text does not name the
        indicator, or ``unknown`` where it has no text.
        """
        import pandas as pd

        by_name = self.steps_by_name
        plans = entries_of(self.plans)
        table = {plan.id: [_cell(plan, steps) for steps in by_name.values()] for plan in plans}
        return pd.DataFrame(
            table, index=pd.Index(list(by_name), name="indicator", dtype="string"), dtype="string"
        )

    @property
    def given_up(self) -> "pd.DataFrame":
        """Rows of indicators that are absent from the text of the next plan."""
        following = {
            plan.id: after
            for plan, after in pairwise(entries_of(self.plans))
            if after.coverage == "full"
        }
        kept = {(step.identity.name, step.target.plan) for step in self.steps}
        steps = [
            step
            for step in self.steps
            if (after := following.get(step.target.plan)) is not None
            and (step.identity.name, after.id) not in kept
        ]
        return _trace_frame(steps, self.plans)

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the history of each shared indicator in a small panel."""
        from crossplan.targets.history_figure import draw_histories

        return draw_histories(self, ax, lang=lang)

    def plot_history(
        self, indicator: str, ax: "Axes | None" = None, *, lang: "Language" = "zh"
    ) -> "Axes":
        """Draw the history of one indicator, with its sources below.

        Parameters
        ----------
        indicator : str
            Standard name, as in the column standard_name.
        ax : matplotlib.axes.Axes, optional
        lang : {"zh", "en"}

        Raises
        ------
        UnknownIndicatorError
            If no plan has a target of that indicator.
        """
        from crossplan.targets.history_figure import draw_indicator

        return draw_indicator(self, indicator, ax, lang=lang)

    def caption(self, indicator: str | None = None, *, lang: "Language" = "zh") -> str:
        """Return the caption of a figure: content, plans and sources.

        Parameters
        ----------
        indicator : str, optional
            The indicator of :meth:`plot_history`; None for the figure of :meth:`plot`.
        lang : {"zh", "en"}

        Raises
        ------
        UnknownIndicatorError
            If no plan has a target of that indicator.
        """
        from crossplan.targets.history_figure import history_caption

        return history_caption(self, indicator, lang)

    def _view(self) -> View:
        """Return the view, with a row per shared indicator and a column per plan."""
        grid = self.grid
        shared = list(self.step_histories)
        rows = [
            {"indicator": name, **records(grid.loc[[name]])[0]}
            for name in (shared or list(grid.index))[:ROWS_SHOWN]
        ]
        return View(
            name=type(self).__name__,
            title="Targets through all plans",
            of=plan_names(self.plans),
            counts=(
                number_of(len(self.targets), "target"),
                number_of(len(grid), "indicator"),
                f"{len(shared)} in two plans or more",
                *tally(self.frame, "change", ("raised", "lowered", "held", "not comparable")),
                *number_in_words(len(self.disagreements.frame), "disagreement"),
            ),
            columns=(
                quoted_column("indicator", "indicator"),
                *(_grid_column(plan) for plan in self.plans),
            ),
            rows=tuple(rows),
            total=len(grid),
            note="those of two plans or more first" if shared else "",
            ways=(".grid", ".shared", ".table", ".given_up", ".disagreements", ".plot()"),
            method=self.method,
        )


def _cell(plan: Entry, steps: Iterable[Step]) -> str:
    """Return the figures of a plan for an indicator, or why there are none."""
    figures = [target_words(step.target) for step in steps if step.target.plan == plan.id]
    return " ".join(figures) or (_ABSENT if plan.coverage == "full" else _UNKNOWN)


def trace_targets(
    corpus: CorpusLike,
    *,
    decisions: Mapping[tuple[str, str], str | Path] | None = None,
    n_jobs: int | None = None,
) -> TargetTrace:
    """Trace the targets of a corpus from plan to plan, indicator by indicator.

    The targets of a plan with text are read from the text; curated targets are added to
    them. Curated targets are a sample: for a plan without text, an indicator that is
    missing is unknown, not dropped.

    Parameters
    ----------
    corpus : Corpus, or iterable of Plan or str
        A corpus, plans, or ids of shipped plans.
    decisions : mapping of (str, str) to path, optional
        Files of decisions, written by ``compare_targets(...).to_review`` and filled in by a
        reviewer, by the ids of the two plans.
    n_jobs : int, optional
        Number of processes. None means 1 unless ``joblib.parallel_config`` sets another
        number; -1 means all processors.

    Returns
    -------
    TargetTrace
        One row per target of each plan.

    Raises
    ------
    NotACorpusError, NotAPlanError, UnknownPlanError
        If `corpus` is neither a corpus nor plans, or no shipped plan has that id.
    LanguageError
        If a plan is not in Chinese.
    ChoiceError
        If the keys of `decisions` are not pairs of plans of the corpus, the older one first,
        or `n_jobs` is not a number of processes.
    UnreadableTextError, DecisionError
        If a file of decisions cannot be read or applied.
    WorkerError
        If a process ended before it had finished its work.

    Examples
    --------
    >>> import crossplan as cp
    >>> shared = cp.trace_targets(cp.load_plans()).shared
    >>> rows = shared.query("standard_name == '孕产妇死亡率'")
    >>> rows[["plan", "value", "change", "ambition"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['2009-2010', 40.0, 'unknown', 'unknown'], ['2016-2020', 18.0, 'lowered', 'stronger'],
     ['2026-2030', 12.0, 'lowered', 'stronger']]
    """
    corpus = as_corpus(corpus)
    require_targets(*corpus.entries)
    files = decided_pairs(decisions, list(corpus))
    sides = _sides_of(corpus, n_jobs)
    read = {
        pair: read_decisions(path, *([t.id for t in sides[plan].targets] for plan in pair))
        for pair, path in files.items()
    }
    registry = Registry.of(reversed(sides.values()))
    targets = {plan_id: side.targets for plan_id, side in sides.items()}
    before = _predecessors(targets, registry, read, n_jobs)
    steps = tuple(_follow(corpus.entries, targets, before, registry, read))
    return TargetTrace(
        frame=_trace_frame(steps, corpus.plans),
        method=(
            "Read from the text where it is at hand; else a curated sample, in which an "
            "absent indicator is unknown. Each compared with the last plan before that is "
            "known to have it."
        ),
        plans=corpus.plans,
        targets=tuple(step.target for step in steps),
        steps=steps,
        disagreements=Disagreements.of(
            found for side in sides.values() for found in side.disagreements
        ),
    )


def _sides_of(corpus: Corpus, n_jobs: int | None) -> dict[str, TargetsAtHand]:
    """Read the targets of every plan, the oldest first."""
    found = in_parallel(_targets_of, corpus.entries, n_jobs=n_jobs, label="reading targets")
    registers: dict[tuple[Indicator, ...], tuple[Indicator, ...]] = {}
    return {
        # Every process returns its own copy of the registry of the series; keep one.
        plan_id: side._replace(indicators=registers.setdefault(side.indicators, side.indicators))
        for plan_id, side in zip(corpus, found, strict=True)
    }


def _targets_of(entry: Entry) -> TargetsAtHand:
    """Read the targets of a plan."""
    return targets_at_hand(opened(entry))


def _predecessors(
    targets: Mapping[str, tuple[Target, ...]],
    registry: Registry,
    decisions: _DecisionsByPair,
    n_jobs: int | None,
) -> dict[str, Target]:
    """Return the preceding targets by the ids of the targets that follow them."""
    sides = [
        _Side(plan_id, own, [registry.identify(target) for target in own])
        for plan_id, own in targets.items()
    ]
    pairs = in_parallel(
        partial(_pairs_before, sides=sides, registry=registry, decisions=decisions),
        range(1, len(targets)),
        n_jobs=n_jobs,
        label="following targets",
    )
    by_id = {target.id: target for own in targets.values() for target in own}
    return {new: by_id[old] for found in pairs for new, old in found.items()}


class _Side(NamedTuple):
    """The targets of a plan and the identities of their indicators."""

    plan: str
    targets: Sequence[Target]
    identities: Sequence[Identity]

    def without(self, ids: Container[str]) -> "_Side":
        """Return the side without the targets that have some ids."""
        rest = [
            pair
            for pair in zip(self.targets, self.identities, strict=True)
            if pair[0].id not in ids
        ]
        return self._replace(
            targets=[target for target, _ in rest], identities=[known for _, known in rest]
        )


def _pairs_before(
    number: int, sides: Sequence[_Side], registry: Registry, decisions: _DecisionsByPair
) -> dict[str, str]:
    """Pair each target of a plan with its match in the last earlier plan that has one.

    Returns
    -------
    dict of str to str
        Ids of the earlier targets by the ids of the targets of the plan.
    """
    new = sides[number]
    found: dict[str, str] = {}
    for old in reversed(sides[:number]):
        reviewed = decisions.get((old.plan, new.plan), Decisions(""))
        alone = new.without(found)
        likeness = likenesses(old.targets, alone.targets, old.identities, alone.identities)
        # Most earlier plans have no match for the targets that are still without one.
        if reviewed.rulings or likeness.any():
            pairings = pair_targets(old.targets, new.targets, registry, reviewed)
            for one, other in partners(pairings):
                found.setdefault(other.id, one.id)
    return found


def _follow(
    plans: Sequence[Entry],
    targets: Mapping[str, tuple[Target, ...]],
    before: Mapping[str, Target],
    registry: Registry,
    decisions: _DecisionsByPair,
) -> Iterable[Step]:
    """Yield each target with its predecessor and its outcome."""
    by_id = {plan.id: plan for plan in plans}
    names: dict[str, Identity] = {}
    for number, plan in enumerate(plans):
        for target in targets[plan.id]:
            previous = before.get(target.id)
            identity = registry.identify(target)
            if previous is not None and identity.name != names[previous.id].name:
                # Targets paired by likeness, or by a reviewer, keep the earlier name.
                identity = names[previous.id]
            elif previous is None and _separated(target, decisions):
                # A target that a reviewer separated from its namesakes starts a new history.
                identity = identity._replace(name=f"{identity.name}（{plan.id}）")
            names[target.id] = identity
            if previous is not None:
                outcome = compare(previous, target, by_id, identity.polarity)
            else:
                outcome = _first_seen(plans[number - 1] if number else None)
            yield Step(target, identity, previous, outcome)


def _separated(target: Target, decisions: _DecisionsByPair) -> bool:
    """Return whether a reviewer decided that a target has no predecessor."""
    return any(
        target.id == new and ruling.linked == (old is None)
        for reviewed in decisions.values()
        for (old, new), ruling in reviewed.rulings.items()
    )


def _first_seen(before: Entry | None) -> Outcome:
    """Return the outcome of an indicator without a predecessor: new or unknown."""
    if before is None:
        return Outcome("unknown", "no plan before")
    if before.coverage == "full":
        return Outcome("new")
    return Outcome("unknown", "no text of the older plan at hand")


def _trace_frame(steps: Iterable[Step], plans: Iterable[Entry]) -> "pd.DataFrame":
    """Return steps as a table."""
    ends = {plan.id: plan.end_year for plan in entries_of(plans)}
    return TARGET_TRACE.frame(_step_row(step, ends[step.target.plan]) for step in steps)


def _step_row(step: Step, end_year: int) -> dict[str, Any]:
    """Return a step as a row."""
    return {
        **row(step.target, end_year),
        **step.outcome._asdict(),
        "standard_name": step.identity.name,
        "standard_name_en": step.identity.name_en,
        "polarity": step.identity.polarity,
        "previous_id": step.previous and step.previous.id,
    }


def _grid_column(plan: "Plan") -> ViewColumn:
    """Return the column of the view with the figures of a plan."""
    heading = f"{plan.id} (constructed)" if plan.constructed else plan.id

    def cells(row: Record) -> Cells:
        word = row[plan.id]
        return small(marked(word)) if word in {_ABSENT, _UNKNOWN} else quote(word)

    return ViewColumn(heading, cells, "right")
