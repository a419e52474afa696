"""Check a declaration for contradictions and missing files, beyond the schema."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import PurePosixPath, PureWindowsPath
from typing import get_args

from crossplan.corpora.catalog import Series
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.store import RESERVED, is_safe_name
from crossplan.errors import DecisionError, UnreadableTextError
from crossplan.model import Plan
from crossplan.pairing.decisions import read_decisions
from crossplan.pipeline.declaration import AnyStep
from crossplan.pipeline.inputs import named_files
from crossplan.pipeline.manifest import OWN_NAMES
from crossplan.pipeline.material import chosen_ids, is_address, plan_ids
from crossplan.pipeline.reading import Declaration
from crossplan.pipeline.rendering import TABLE_PACKAGES, file_names
from crossplan.pipeline.steps import OF_SERIES, AnalysisStep, Key, OfPlans, OfTwoPlans
from crossplan.reporting.writers.hyperlinks import web_address
from crossplan.tables import PLANS
from crossplan.targets.witnesses import targets_at_hand
from crossplan.words.groups import FILE as GROUPS

# An address that stays one wherever it is written.
_UNBROKEN = re.compile(r"[^\s<>|\x00-\x1f\x7f-\x9f]+")
_STEP_NAME = re.compile(r"[a-z0-9](?:-?[a-z0-9]){0,59}")


def require_consistency(declaration: Declaration) -> None:
    """Raise an error for a declaration that contradicts itself, or names what cannot be.

    Raises
    ------
    AnalysisError
        With line and key.
    MissingExtraError
        If a form of tables is wanted that a package writes which is not installed.
    """
    analysis = declaration.analysis
    if not is_safe_name(declaration.name):
        raise declaration.fault(
            (), f"{declaration.name!r} cannot name a folder of results", "Give the file another."
        )
    if bool(analysis.series) == bool(analysis.documents):
        raise declaration.fault(
            ("series",) if analysis.series else (),
            "plans come from a series or from documents, and this names "
            + ("both" if analysis.series else "neither"),
            'Write series = "...", or [[documents]].',
        )
    steps = list(analysis.steps())
    if not steps:
        raise declaration.fault(
            (),
            "nothing is to be done",
            "Write a step: [[comparisons]], [[traces]], [[frequencies]] or [[reports]].",
        )
    _require_names(declaration, steps)
    _require_documents(declaration)
    _require_paths(declaration)
    for key, values in _lists_of(declaration):
        _require_once(declaration, key, values)
    for key, step in steps:
        for fault in step.faults():
            raise declaration.fault((*key, *fault.key), fault.problem, fault.remedy)
    _require_packages(declaration)


def _require_names(declaration: Declaration, steps: Sequence[tuple[Key, AnyStep]]) -> None:
    """Raise an error for steps whose files have the same or an invalid name."""
    taken: dict[str, str] = {}
    for key, step in steps:
        if not _STEP_NAME.fullmatch(step.name) or RESERVED.match(step.name):
            raise declaration.fault(
                (*key, "name"),
                f"{step.name!r} cannot name files",
                "Use small letters from a to z and figures, with hyphens between them.",
            )
        for name in file_names(step.name):
            if name in taken:
                raise declaration.fault(
                    (*key, "name"),
                    f"the files of {step.name!r} would be named like those of {taken[name]!r}",
                    "Give each step a name of its own.",
                )
            taken[name] = step.name


def _require_documents(declaration: Declaration) -> None:
    """Raise an error for documents with the same name, or with years out of order."""
    ids: set[str] = set()
    for number, document in enumerate(declaration.analysis.documents):
        key: Key = ("documents", number)
        if not is_safe_name(document.id):
            raise declaration.fault(
                (*key, "id"),
                f"{document.id!r} cannot be the id of a plan",
                "Use letters, figures, hyphens and dots.",
            )
        if document.id in ids:
            raise declaration.fault(
                (*key, "id"), f"two documents have the id {document.id}", "Give each its own."
            )
        ids.add(document.id)
        if document.period[0] > document.period[1]:
            raise declaration.fault(
                (*key, "period"), "the period ends before it starts", "Exchange the years."
            )
        source = document.source
        if is_address(source) and not (_UNBROKEN.fullmatch(source) and web_address(source)):
            raise declaration.fault(
                (*key, "source"),
                f"{source!r} begins as an address and is none",
                "Write blanks and signs in it as browsers do (%20), or name the source in words.",
            )


def _require_paths(declaration: Declaration) -> None:
    """Raise an error for paths that depend on the machine, and for missing files."""
    analysis = declaration.analysis
    for key, path in ((("series",), analysis.series), (("texts", "folder"), analysis.texts.folder)):
        if _is_absolute(path):
            raise declaration.fault(
                key,
                "the path begins at the root of this machine; others have other folders",
                "Write it as seen from the folder of this file.",
            )
    for number, document in enumerate(analysis.documents):
        if not _is_inside(document.file):
            raise declaration.fault(
                ("documents", number, "file"),
                f"{document.file!r} does not name a file in the folder of texts",
                "Write its name, or its path as seen from that folder.",
            )
    kept: dict[str, str] = {}
    for named in named_files(analysis):
        first = PurePosixPath(named.path).parts[:1]
        if not _is_inside(named.path) or first[0].casefold() in OWN_NAMES:
            raise declaration.fault(
                named.key,
                f"{named.path!r} cannot be kept with the results under its own name",
                "Put the file beside this one, or in a folder there, such as decisions/.",
            )
        # Not Path.is_file, which fails for a path of too many letters.
        if not os.path.isfile(declaration.at(named.path)):  # noqa: PTH113
            raise declaration.fault(
                named.key, f"there is no file {named.path}", "Add it, or leave the key out."
            )
        other = kept.setdefault(named.place.casefold(), named.place)
        if other != named.place:
            raise declaration.fault(
                named.key,
                f"{named.place} and {other} are one file on other systems",
                "Give them names that differ by more than capital letters.",
            )


def _is_absolute(path: str) -> bool:
    """Return whether a path begins at a root, on any system."""
    return PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).anchor)


def _is_inside(path: str) -> bool:
    """Return whether a path names a file that lies in the folder it is seen from, or below.

    Examples
    --------
    >>> _is_inside("decisions/measures.csv"), _is_inside("../measures.csv"), _is_inside("")
    (True, False, False)
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and all(is_safe_name(part) for part in parts)


def _lists_of(declaration: Declaration) -> Iterator[tuple[Key, Sequence[object]]]:
    """Return the lists in which each value may occur once."""
    analysis = declaration.analysis
    yield ("plans",), analysis.plans
    yield ("outputs", "tables"), analysis.outputs.tables
    yield ("outputs", "figures"), analysis.outputs.figures
    for key, step in analysis.steps():
        for name, values in step.lists():
            yield (*key, name), values


def _require_once(declaration: Declaration, key: Key, values: Sequence[object]) -> None:
    """Raise an error for a list that names something twice."""
    for number, value in enumerate(values):
        if value in values[:number]:
            raise declaration.fault(key, f"{value!r} stands there twice", "Write it once.")


def _require_packages(declaration: Declaration) -> None:
    """Raise an error for a form of tables that a package writes which is not installed."""
    for form in declaration.analysis.outputs.tables:
        package = TABLE_PACKAGES.get(form)
        if package and find_spec(package) is None:
            raise declaration.lacking(("outputs", "tables"), package, form, f"the form {form!r}")


def require_plans(declaration: Declaration, series: Series | None) -> None:
    """Raise an error for unknown plans, plans named like columns, and pairs out of order.

    Raises
    ------
    AnalysisError
        With line and key.
    """
    analysis = declaration.analysis
    known = plan_ids(analysis, series)
    _require_columns(declaration, known)
    for number, plan_id in enumerate(analysis.plans):
        _require_known(declaration, ("plans", number), plan_id, known)
    ids = chosen_ids(analysis, series)
    for key, step in analysis.steps():
        if isinstance(step, OfPlans):
            for number, plan_id in enumerate(step.plans):
                _require_known(declaration, (*key, "plans", number), plan_id, ids)
        if isinstance(step, OfPlans) and len(step.plans_among(ids)) < step.fewest:
            raise declaration.fault(
                (*key, "plans"), "a trace goes through two plans or more", "Name another."
            )
        for pair_key, old, new in _pairs_of(key, step):
            among = step.plans_among(ids) if isinstance(step, OfPlans) else ids
            _require_known(declaration, (*pair_key, "old"), old, among)
            _require_known(declaration, (*pair_key, "new"), new, among)
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
        if step.groups_named == OF_SERIES and not _has_groups(series):
            raise declaration.fault(
                (*key, "groups"),
                "no series with term groups is named",
                "Give a file of groups instead.",
            )


def _require_columns(declaration: Declaration, known: Sequence[str]) -> None:
    """Raise an error for the id of a plan that is also the name of a column."""
    taken = {
        name
        for step in get_args(AnyStep)
        if step.kind is not None
        for table in step.kind.tables
        if table.written and PLANS in table.columns
        for name in table.columns
    }
    documents = [document.id for document in declaration.analysis.documents]
    for plan_id in known:
        if plan_id in taken:
            number = documents.index(plan_id) if documents else 0
            raise declaration.fault(
                ("documents", number, "id") if documents else ("series",),
                f"no plan can have the id {plan_id!r}, of which tables name a column",
                "Give the plan another id.",
            )


def _pairs_of(key: Key, step: AnalysisStep) -> Iterator[tuple[Key, str, str]]:
    """Return the pairs of plans that a step names, each with its key."""
    if isinstance(step, OfTwoPlans):
        yield key, step.old, step.new
    else:
        for named in step.decisions_named(key):
            yield named.key[:-1], named.old, named.new


def _require_known(declaration: Declaration, key: Key, plan_id: str, known: Sequence[str]) -> None:
    """Raise an error for the id of an unknown plan."""
    if plan_id not in known:
        raise declaration.fault(
            key, f"there is no plan {plan_id!r}", f"Choose from: {', '.join(known)}."
        )


def _has_groups(series: Series | None) -> bool:
    """Return whether a series has term groups."""
    return series is not None and (series.folder / GROUPS).is_file()


def require_decisions(
    declaration: Declaration, corpus: Corpus, steps: Iterable[tuple[Key, AnyStep]]
) -> None:
    """Raise an error for unreadable decisions, or those of other plans than their steps.

    Raises
    ------
    AnalysisError
        With line and key of the analysis, and the row of the file.
    """
    for named in (one for key, step in steps for one in step.decisions_named(key)):
        ids = _measures if named.about == "measures" else _targets
        plans = corpus[named.old], corpus[named.new]
        try:
            read_decisions(declaration.at(named.path), *map(ids, plans))
        except (DecisionError, UnreadableTextError) as error:
            problem, _, remedy = str(error).partition(". ")
            raise declaration.fault(named.key, problem, remedy) from error


def _measures(plan: Plan) -> frozenset[str]:
    """Return the ids of the measures of a plan."""
    return frozenset(measure.id for measure in plan.measures)


def _targets(plan: Plan) -> frozenset[str]:
    """Return the ids of the targets that are known of a plan."""
    return frozenset(target.id for target in targets_at_hand(plan).targets)
