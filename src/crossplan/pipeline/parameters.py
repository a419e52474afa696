"""Everything that settles what a run gives, beside its inputs: choices, thresholds, versions."""

import platform
from importlib import import_module
from typing import Any

import msgspec

from crossplan._version import __version__
from crossplan.cache import READING, WRITING, code_checksum, version_of
from crossplan.pipeline import declaration as declared
from crossplan.pipeline.tables import TABLE_PACKAGES

# Nobody chooses them; they settle what is matched, and what is said of it.
THRESHOLDS = {
    "matching": (
        "matching.section_evidence.WEIGHTS",
        "matching.section_evidence.SAME_CHAPTER",
        "matching.section_evidence.ACROSS_LEVELS",
        "matching.section_links.MINIMUM_SCORE",
        "matching.section_links.ROUNDS",
        "matching.sections.CLOSE",
        "matching.measure_evidence.SHORTLIST",
        "matching.measure_evidence.BACKGROUND",
        "matching.neighbours.REACH",
        "matching.neighbours.SPREAD",
        "matching.measure_links.INTERCEPT",
        "matching.measure_links.WEIGHTS",
        "matching.measure_links.MINIMUM_SCORE",
        "matching.measure_links.MINIMUM_SHARE",
        "matching.measure_links.LEFTOVER_CANDIDATES",
        "matching.sentences.SAME_SENTENCE",
        "matching.measures.CLOSE",
        "matching.weighted.ENOUGH",
        "matching.lineage_steps.ALL",
        "matching.lineage_steps.MOST",
        "matching.lineage_search.NEAREST",
        "matching.join.COMMON",
        "matching.join.FEW",
    ),
    "targets": ("targets.indicators.MINIMUM_SCORE", "targets.links.AGREEMENT"),
    "terms": ("words.terms.PER", "words.keyness.HALF", "words.keyness.PRIOR_WORDS"),
}
# So much tells what was changed between two releases.
CODE_DIGITS = 8


def parameters_of(analysis: declared.Analysis) -> dict[str, Any]:
    """Give the whole declaration with its defaults, and the fixed thresholds of the method.

    Everything is as it will be when it is read again from JSON.
    """
    told = msgspec.to_builtins(analysis) | {"method": thresholds(analysis)}
    parameters: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(told))
    return parameters


def thresholds(analysis: declared.Analysis) -> dict[str, Any]:
    """Give the fixed thresholds of what an analysis does, by their places in the code."""
    kinds: set[str] = set()
    for _, step in analysis.steps():
        match step:
            case declared.TargetComparison() | declared.TargetTrace():
                kinds |= {"targets"}
            case declared.TermComparison() | declared.TermTrace() | declared.Frequencies():
                kinds |= {"terms"}
            case declared.ReportStep():
                kinds |= set(THRESHOLDS)
            case _:
                kinds |= {"matching"}
    names = [name for kind, named in THRESHOLDS.items() if kind in kinds for name in named]
    return {name: constant(name) for name in names}


def constant(name: str) -> Any:
    """Give a constant of this library by its place."""
    module, _, constant_name = name.rpartition(".")
    return getattr(import_module(f"crossplan.{module}"), constant_name)


def versions(analysis: declared.Analysis) -> dict[str, str]:
    """Give the versions of what computes results, by name; ours with a mark of its code."""
    own = f"{__version__}+{code_checksum()[:CODE_DIGITS]}"
    found = {"crossplan": own, "python": platform.python_version()}
    # What writes no file of this analysis may be installed or not.
    forms = [TABLE_PACKAGES[form] for form in analysis.outputs.tables if form in TABLE_PACKAGES]
    # One that reads is optional.
    found |= {name: told for name in (*READING, *WRITING, *forms) if (told := version_of(name))}
    return dict(sorted(found.items()))
