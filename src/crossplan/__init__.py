"""Compare successive editions of a plan, every figure traceable to its source.

The public names are listed in ``__init__.pyi`` and loaded when first used (SPEC 1).
"""

import warnings
from importlib import import_module
from typing import Any

import lazy_loader

from crossplan._version import __version__ as __version__
from crossplan.tables import PLAN_TABLES

_load, __dir__, _names = lazy_loader.attach_stub(__name__, __file__)
__all__ = sorted([*_names, "__version__"])  # noqa: PLE0605 - from the stub

# Deprecated names, which the next version removes, and where they are now.
_MOVED = {
    "NewSeries": "results.NewSeries",
    "PlanMarks": "any_plan.PlanMarks",
    "Report": "results.Report",
    "cache_state": "cache.state",
    "clear_cache": "cache.clear",
    "collate": "witnesses.collate",
    "compare_all_measures": "any_plan.compare_all_measures",
    "construct_predecessor": "evaluation.construct_predecessor",
    "evaluate": "evaluation.evaluate",
    "new_series": "any_plan.new_series",
    "paragraphs_as_measures": "any_plan.paragraphs_as_measures",
    "read_plans": "any_plan.read_plans",
    "use_witness": "witnesses.use_witness",
}


def _targets_of(plans: Any) -> Any:
    """Return the targets of plans as a table, for ``to_frame("targets")``."""
    from crossplan.targets.witnesses import targets_frame

    return targets_frame(plans)


PLAN_TABLES["targets"] = _targets_of


def __getattr__(name: str) -> Any:
    """Load a public name; warn if it is a deprecated one."""
    if name not in _MOVED:
        return _load(name)
    module, _, moved = _MOVED[name].partition(".")
    warnings.warn(
        f"crossplan.{name} is now crossplan.{module}.{moved}. The old name works in this "
        "version for the last time.",
        FutureWarning,
        stacklevel=2,
    )
    return getattr(import_module(f"crossplan.{module}"), moved)
