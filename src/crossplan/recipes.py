"""How a plan or a corpus was made, as the Python expression that makes it again."""

import json
from datetime import date
from pathlib import Path


class Name(str):
    """Code that stands in a call as it is, such as the name of a value."""

    __slots__ = ()


def call(function: str, *positional: object, **named: object) -> str:
    """Write a call as code, without the arguments that are None.

    Examples
    --------
    >>> call("cp.load_plan", "2026-2030", folder=Path("texts"), corrections=None)
    'cp.load_plan("2026-2030", folder="texts")'
    """
    arguments = [literal(value) for value in positional if value is not None]
    arguments += [f"{name}={literal(v)}" for name, v in named.items() if v is not None]
    return f"{function}({', '.join(arguments)})"


def literal(value: object) -> str:
    """Write a value as code: texts and paths in double quotes, days as of ``datetime``."""
    if isinstance(value, Name):
        return value
    if isinstance(value, date):
        return f"datetime.date({value.year}, {value.month}, {value.day})"
    if isinstance(value, Path):
        value = str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
