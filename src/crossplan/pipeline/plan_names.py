"""Which plans a declaration names, and whether they are there and in order."""

import os
from collections.abc import Iterator, Sequence

from crossplan.corpora.catalog import Series, read_series
from crossplan.corpora.store import find_series, shipped_series
from crossplan.pipeline.codebook import columns_beside_plans
from crossplan.pipeline.declaration import (
    Analysis,
    AnyStep,
    Key,
    MeasureTrace,
    OfPlans,
    OfTwoPlans,
    SectionTrace,
    Step,
    TargetTrace,
)
from crossplan.pipeline.named_files import OF_SERIES
from crossplan.pipeline.reading import Declaration
from crossplan.words.groups import FILE as GROUPS

FEWEST_TRACED = 2


def series_of(declaration: Declaration) -> Series | None:
    """Read what describes the series of an analysis; None if it has documents instead.

    Raises
    ------
    AnalysisError
        If there is no such series.
    SeriesError, WordListError
        If a file of the series is malformed.
    """
    named = declaration.analysis.series
    if not named:
        return None
    shipped = named in shipped_series()
    # Not Path.is_dir, which fails for a path of too many letters.
    if not shipped and not os.path.isdir(declaration.at(named)):  # noqa: PTH112
        raise declaration.fault(
            ("series",),
            f"there is no series {named!r}",
            f"Shipped series: {', '.join(shipped_series())}; one of your own is named by its "
            "folder, as seen from the folder of this file.",
        )
    return read_series(find_series(named if shipped else declaration.at(named)))


def plan_ids(analysis: Analysis, series: Series | None) -> list[str]:
    """Give the ids of all plans of the series, or of all documents, oldest first."""
    if series is not None:
        periods = {plan.id: (plan.period.start, plan.period.end) for plan in series.plans.values()}
    else:
        periods = {one.id: (one.period[0], one.period[1]) for one in analysis.documents}
    return sorted(periods, key=lambda plan_id: (*periods[plan_id], plan_id))


def chosen_ids(analysis: Analysis, series: Series | None) -> list[str]:
    """Give the ids of the plans of an analysis, oldest first."""
    known = plan_ids(analysis, series)
    chosen = frozenset(analysis.plans or known)
    return [plan_id for plan_id in known if plan_id in chosen]


def plans_of(step: Step, ids: Sequence[str]) -> list[str]:
    """Give the ids of the plans of a step, oldest first, of those of the analysis."""
    if isinstance(step, OfTwoPlans):
        return [step.old, step.new]
    named = frozenset(step.plans if isinstance(step, OfPlans) and step.plans else ids)
    return [plan_id for plan_id in ids if plan_id in named]


def require_plans(declaration: Declaration, series: Series | None) -> None:
    """Refuse plans that are not there or go by the name of a column, and pairs out of order.

    Raises
    ------
    AnalysisError
        With line and key.
    """
    analysis = declaration.analysis
    known = plan_ids(analysis, series)
    require_columns(declaration, known)
    for number, plan_id in enumerate(analysis.plans):
        require_known(declaration, ("plans", number), plan_id, known)
    ids = chosen_ids(analysis, series)
    for key, step in analysis.steps():
        if isinstance(step, OfPlans):
            for number, plan_id in enumerate(step.plans):
                require_known(declaration, (*key, "plans", number), plan_id, ids)
        follows = isinstance(step, SectionTrace | MeasureTrace | TargetTrace)
        if follows and len(plans_of(step, ids)) < FEWEST_TRACED:
            raise declaration.fault(
                (*key, "plans"), "a trace goes through two plans or more", "Name another."
            )
        for pair_key, old, new in pairs_of(key, step):
            among = plans_of(step, ids) if isinstance(step, OfPlans) else ids
            require_known(declaration, (*pair_key, "old"), old, among)
            require_known(declaration, (*pair_key, "new"), new, among)
            if old == new:
                raise declaration.fault(
                    (*pair_key, "new"),
                    f"{old} is to be compared with itself",
                    f"Plans, oldest first: {', '.join(among)}.",
                )
            if among.index(old) >= among.index(new):
                raise declaration.fault(
                    (*pair_key, "new"),
                    f"{new} is to be compared with an older plan, and {old} is none",
                    f"Plans, oldest first: {', '.join(among)}.",
                )
        if getattr(step, "groups", "") == OF_SERIES and not has_groups(series):
            raise declaration.fault(
                (*key, "groups"),
                "no series with term groups is named",
                "Give a file of groups instead.",
            )


def require_columns(declaration: Declaration, known: Sequence[str]) -> None:
    """Refuse the id of a plan that is the name of another column where plans are columns."""
    taken = columns_beside_plans()
    documents = [document.id for document in declaration.analysis.documents]
    for plan_id in known:
        if plan_id in taken:
            number = documents.index(plan_id) if documents else 0
            raise declaration.fault(
                ("documents", number, "id") if documents else ("series",),
                f"no plan can have the id {plan_id!r}, of which tables name a column",
                "Give the plan another id.",
            )


def pairs_of(key: Key, step: AnyStep) -> Iterator[tuple[Key, str, str]]:
    """Give the pairs of plans that a step names, each with its key."""
    if isinstance(step, OfTwoPlans):
        yield key, step.old, step.new
    if isinstance(step, MeasureTrace | TargetTrace):
        for number, pair in enumerate(step.decisions):
            yield (*key, "decisions", number), pair.old, pair.new


def require_known(declaration: Declaration, key: Key, plan_id: str, known: Sequence[str]) -> None:
    """Refuse the id of a plan that is not there."""
    if plan_id not in known:
        raise declaration.fault(
            key, f"there is no plan {plan_id!r}", f"Choose from: {', '.join(known)}."
        )


def has_groups(series: Series | None) -> bool:
    """Tell whether a series has term groups."""
    return series is not None and (series.folder / GROUPS).is_file()
