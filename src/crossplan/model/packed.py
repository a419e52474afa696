"""Plans as bytes, for a file of one's own that holds a plan as it was parsed."""

import io
import pickle
from typing import Any

from crossplan.model.plan import Plan

# What a plan is made of, and nothing that could do anything when it is made again.
_MODEL = "crossplan.model."
_PLAIN = frozenset({("datetime", "date"), ("builtins", "range")})


def packed(plan: Plan) -> bytes:
    """Return a plan as bytes."""
    return pickle.dumps(plan, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Plan | None:
    """Return the plan of bytes; None where they hold something else.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> unpacked(packed(plan)) == plan
    True
    >>> import os
    >>> unpacked(pickle.dumps(os.getcwd))
    """
    try:
        plan = _PlanUnpickler(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 - what is broken raises whatever it likes
        return None
    return plan if isinstance(plan, Plan) else None


class _PlanUnpickler(pickle.Unpickler):
    """Makes the classes of a plan and refuses all others."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the model, or a plain one."""
        if module.startswith(_MODEL) or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a plan")
