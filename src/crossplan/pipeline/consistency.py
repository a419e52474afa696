"""What the schema cannot say of a declaration, and the file alone tells."""

import os
import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import PurePosixPath, PureWindowsPath

from crossplan.corpora.store import RESERVED, is_safe_name
from crossplan.pipeline.declaration import (
    AnyStep,
    Frequencies,
    Key,
    MeasureTrace,
    OfPlans,
    ReportStep,
    TargetTrace,
    TermComparison,
    TermTrace,
)
from crossplan.pipeline.material import is_address
from crossplan.pipeline.named_files import named_files
from crossplan.pipeline.places import OWN_NAMES, file_names
from crossplan.pipeline.reading import Declaration
from crossplan.pipeline.tables import TABLE_PACKAGES
from crossplan.reporting.writers.links import web_address

# An address that stays one wherever it is written.
UNBROKEN = re.compile(r"[^\s<>|\x00-\x1f\x7f-\x9f]+")
STEP_NAME = re.compile(r"[a-z0-9](?:-?[a-z0-9]){0,59}")


def require_consistency(declaration: Declaration) -> None:
    """Refuse a declaration that contradicts itself, or names what cannot be.

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
    require_names(declaration, steps)
    require_documents(declaration)
    require_paths(declaration)
    for key, values in lists_of(declaration):
        require_once(declaration, key, values)
    for key, step in steps:
        require_fitting(declaration, key, step)
    _require_packages(declaration)


def require_names(declaration: Declaration, steps: Sequence[tuple[Key, AnyStep]]) -> None:
    """Refuse steps whose files could not be told apart, or not be written everywhere."""
    taken: dict[str, str] = {}
    for key, step in steps:
        if not STEP_NAME.fullmatch(step.name) or RESERVED.match(step.name):
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


def require_documents(declaration: Declaration) -> None:
    """Refuse documents that could not be told apart, or whose years are not in order."""
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
        if is_address(source) and not (UNBROKEN.fullmatch(source) and web_address(source)):
            raise declaration.fault(
                (*key, "source"),
                f"{source!r} begins as an address and is none",
                "Write blanks and signs in it as browsers do (%20), or name the source in words.",
            )


def require_paths(declaration: Declaration) -> None:
    """Refuse paths that lead to other places on other machines, and files that are not there."""
    analysis = declaration.analysis
    for key, path in ((("series",), analysis.series), (("texts", "folder"), analysis.texts.folder)):
        if is_absolute(path):
            raise declaration.fault(
                key,
                "the path begins at the root of this machine; others have other folders",
                "Write it as seen from the folder of this file.",
            )
    for number, document in enumerate(analysis.documents):
        if not is_inside(document.file):
            raise declaration.fault(
                ("documents", number, "file"),
                f"{document.file!r} does not name a file in the folder of texts",
                "Write its name, or its path as seen from that folder.",
            )
    kept: dict[str, str] = {}
    for named in named_files(analysis):
        first = PurePosixPath(named.path).parts[:1]
        if not is_inside(named.path) or first[0].casefold() in OWN_NAMES:
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


def is_absolute(path: str) -> bool:
    """Tell whether a path begins at a root, on any system."""
    return PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).anchor)


def is_inside(path: str) -> bool:
    """Tell whether a path names a file that lies in the folder it is seen from, or below.

    Examples
    --------
    >>> is_inside("decisions/measures.csv"), is_inside("../measures.csv"), is_inside("")
    (True, False, False)
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and all(is_safe_name(part) for part in parts)


def lists_of(declaration: Declaration) -> Iterator[tuple[Key, Sequence[object]]]:
    """Give the lists in which each value may stand once."""
    analysis = declaration.analysis
    yield ("plans",), analysis.plans
    yield ("outputs", "tables"), analysis.outputs.tables
    yield ("outputs", "figures"), analysis.outputs.figures
    for key, step in analysis.steps():
        if isinstance(step, OfPlans):
            yield (*key, "plans"), step.plans
        if isinstance(step, TermTrace):
            yield (*key, "terms"), step.terms
        if isinstance(step, MeasureTrace | TargetTrace):
            yield (*key, "decisions"), [(pair.old, pair.new) for pair in step.decisions]
        if isinstance(step, ReportStep):
            yield (*key, "forms"), step.forms


def require_once(declaration: Declaration, key: Key, values: Sequence[object]) -> None:
    """Refuse a list that names something twice."""
    for number, value in enumerate(values):
        if value in values[:number]:
            raise declaration.fault(key, f"{value!r} stands there twice", "Write it once.")


def require_fitting(declaration: Declaration, key: Key, step: AnyStep) -> None:
    """Refuse options of a step that do not go together."""
    if isinstance(step, TermTrace) and bool(step.terms) == bool(step.groups):
        raise declaration.fault(
            key,
            f"{step.name} follows terms or groups, and names "
            + ("both" if step.terms else "neither"),
            'Write terms = ["..."], or groups = "series" or a file.',
        )
    if not isinstance(step, TermComparison | Frequencies):
        return
    if not isinstance(step.ngrams, int) and step.ngrams[0] > step.ngrams[1]:
        raise declaration.fault(
            (*key, "ngrams"), "the longest comes before the shortest", "Exchange the lengths."
        )
    if not step.groups:
        return
    if step.ngrams != 1:
        raise declaration.fault(
            (*key, "ngrams"),
            "groups know how long their terms are",
            "Leave ngrams out, or leave groups out.",
        )
    if isinstance(step, TermComparison) and step.robustness:
        raise declaration.fault(
            (*key, "robustness"),
            "groups are not counted in other ways",
            "Leave robustness out, or leave groups out.",
        )


def _require_packages(declaration: Declaration) -> None:
    """Refuse a form of tables that a package writes which is not installed."""
    for form in declaration.analysis.outputs.tables:
        package = TABLE_PACKAGES.get(form)
        if package and find_spec(package) is None:
            raise declaration.lacking(("outputs", "tables"), package, form, f"the form {form!r}")
