"""Python expressions that reproduce a plan or a corpus."""

import json
from datetime import date
from pathlib import Path


class Name(str):
    """Code that is used unchanged in a call, such as the name of a value."""

    __slots__ = ()


def call(function: str, *positional: object, **named: object) -> str:
    """Return a call as code, without arguments that are None.

    Examples
    --------
    >>> call("cp.load_plan", "2026-2030", folder=Path("texts"), corrections=None)
    'cp.load_plan("2026-2030", folder="texts")'
    """
    arguments = [literal(value) for value in positional if value is not None]
    arguments += [f"{name}={literal(v)}" for name, v in named.items() if v is not None]
    return f"{function}({', '.join(arguments)})"


def literal(value: object) -> str:
    """Return a value as code, with text and paths in double quotes and dates of ``datetime``."""
    if isinstance(value, Name):
        return value
    if isinstance(value, date):
        return f"datetime.date({value.year}, {value.month}, {value.day})"
    if isinstance(value, Path):
        value = str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
