"""Everything that settles what a run gives, beside its inputs: choices, thresholds, versions."""

import platform
from typing import Any

import msgspec

from crossplan._version import __version__
from crossplan.cache_files import READING, WRITING, code_checksum, version_of
from crossplan.pipeline import declaration as declared
from crossplan.pipeline.tables import TABLE_PACKAGES
from crossplan.thresholds import thresholds_of

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
    """Return the thresholds of the packages that take part, by their places in the code."""
    packages = {package for _, step in analysis.steps() for package in step.packages}
    reading = {"corpora", "guessing", "languages"} if analysis.documents else {"corpora"}
    return {
        name: value
        for package in sorted(packages | reading)
        for name, value in thresholds_of(package).items()
    }


def versions(analysis: declared.Analysis) -> dict[str, str]:
    """Give the versions of what computes results, by name; ours with a mark of its code."""
    own = f"{__version__}+{code_checksum()[:CODE_DIGITS]}"
    found = {"crossplan": own, "python": platform.python_version()}
    # What writes no file of this analysis may be installed or not.
    forms = [TABLE_PACKAGES[form] for form in analysis.outputs.tables if form in TABLE_PACKAGES]
    # One that reads is optional.
    found |= {name: told for name in (*READING, *WRITING, *forms) if (told := version_of(name))}
    return dict(sorted(found.items()))
