"""The files of decisions that an analysis names, read before anything is computed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import astuple

from crossplan.errors import DecisionError, UnreadableTextError
from crossplan.model import Corpus, Plan
from crossplan.pairing.decisions import read_decisions
from crossplan.pipeline.declaration import (
    AnyStep,
    Key,
    MeasureComparison,
    MeasureTrace,
    OfTwoPlans,
    ReportStep,
    TargetComparison,
    TargetTrace,
)
from crossplan.pipeline.reading import Declaration
from crossplan.targets.witnesses import targets_at_hand

Ids = Callable[[Plan], Collection[str]]


class NamedDecisions(NamedTuple):
    """A file of decisions on two plans, and what gives the ids that may stand in it."""

    key: Key
    file: str
    old: str
    new: str
    ids: Ids


def require_decisions(
    declaration: Declaration, corpus: Corpus, steps: Iterable[tuple[Key, AnyStep]]
) -> None:
    """Refuse files of decisions that cannot be read, or do not fit the plans of their steps.

    Raises
    ------
    AnalysisError
        With line and key of the analysis, and the row of the file.
    """
    for named in (one for key, step in steps for one in decisions_of(key, step)):
        ids = (named.ids(corpus[plan_id]) for plan_id in (named.old, named.new))
        try:
            read_decisions(declaration.at(named.file), *ids)
        except (DecisionError, UnreadableTextError) as error:
            problem, _, remedy = str(error).partition(". ")
            raise declaration.fault(named.key, problem, remedy) from error


def decisions_of(key: Key, step: AnyStep) -> Iterator[NamedDecisions]:
    """Give the files of decisions of a step."""
    given: list[tuple[str, str, Ids]] = []
    match step:
        case MeasureComparison():
            given = [("decisions", step.decisions, measures)]
        case TargetComparison():
            given = [("decisions", step.decisions, targets)]
        case ReportStep():
            given = [
                ("decisions", step.decisions, measures),
                ("target_decisions", step.target_decisions, targets),
            ]
        case MeasureTrace() | TargetTrace():
            ids: Ids = measures if isinstance(step, MeasureTrace) else targets
            for number, (old, new, file) in enumerate(map(astuple, step.decisions)):
                yield NamedDecisions((*key, "decisions", number, "file"), file, old, new, ids)
    if isinstance(step, OfTwoPlans):
        for name, file, of_plan in given:
            if file:
                yield NamedDecisions((*key, name), file, step.old, step.new, of_plan)


def measures(plan: Plan) -> frozenset[str]:
    """Give the ids of the measures of a plan."""
    return frozenset(measure.id for measure in plan.measures)


def targets(plan: Plan) -> frozenset[str]:
    """Give the ids of the targets that are known of a plan."""
    return frozenset(target.id for target in targets_at_hand(plan).targets)
