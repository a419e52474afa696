"""The files of decisions that an analysis names, read before anything is computed."""

from collections.abc import Iterable

from crossplan.corpora.corpus import Corpus
from crossplan.errors import DecisionError, UnreadableTextError
from crossplan.model import Plan
from crossplan.pairing.decisions import read_decisions
from crossplan.pipeline.declaration import AnyStep, Key
from crossplan.pipeline.named_files import decisions_of
from crossplan.pipeline.reading import Declaration
from crossplan.targets.witnesses import targets_at_hand


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
        ids = measures if named.about == "measures" else targets
        plans = corpus[named.old], corpus[named.new]
        try:
            read_decisions(declaration.at(named.path), *map(ids, plans))
        except (DecisionError, UnreadableTextError) as error:
            problem, _, remedy = str(error).partition(". ")
            raise declaration.fault(named.key, problem, remedy) from error


def measures(plan: Plan) -> frozenset[str]:
    """Give the ids of the measures of a plan."""
    return frozenset(measure.id for measure in plan.measures)


def targets(plan: Plan) -> frozenset[str]:
    """Give the ids of the targets that are known of a plan."""
    return frozenset(target.id for target in targets_at_hand(plan).targets)
