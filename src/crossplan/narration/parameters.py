"""Read and set the parameters of a notebook, with the conventions of papermill.

They are assigned in the code cell that has the tag ``parameters``; other values are
assigned in a cell after it, with the tag ``injected-parameters``.
"""

import ast
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from crossplan.arguments import most_like
from crossplan.errors import ArgumentError, UnknownNotebookError, UnknownParameterError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TAG = "parameters"
INJECTED_TAG = "injected-parameters"
# The errors for an expression that is not a plain value, or is nested too deeply.
_UNREADABLE = (ValueError, TypeError, SyntaxError, MemoryError, RecursionError)
_KINDS = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: 'a list, such as ["a", "b"]',
    dict: 'a mapping, such as {"a": 1}',
}

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "notebooks"
_CHECKOUT = _PACKAGE.parent.parent / "notebooks"
SUFFIX = ".ipynb"
_NUMBERED = re.compile(r"(?P<number>\d+)-(?P<name>.+)")


def parameters_of(notebook: "NotebookNode") -> dict[str, Any]:
    """Return the parameters of a notebook and their defaults.

    A variable with another value, such as the result of a call, is not a parameter.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell = new_code_cell("old = '2016-2020'; seed = 1", metadata={"tags": ["parameters"]})
    >>> parameters_of(new_notebook(cells=[cell]))
    {'old': '2016-2020', 'seed': 1}
    """
    found: dict[str, Any] = {}
    for cell in _cells_tagged(notebook, _TAG):
        try:
            statements = ast.parse(cell.source).body
        except _UNREADABLE:  # The kernel will report it.
            continue
        for statement in statements:
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    found.pop(name, None)
                    with suppress(*_UNREADABLE):
                        found[name] = _literal(value)
    return found


def _literal(value: ast.expr) -> Any:
    """Return the value of an expression that is a plain value.

    Raises
    ------
    ValueError, TypeError, SyntaxError, MemoryError, RecursionError
        If it is not a plain value, is nested too deeply, or has too many digits.
    """
    plain = ast.literal_eval(value)
    str(plain)
    return plain


def _cells_tagged(notebook: "NotebookNode", tag: str) -> "list[NotebookNode]":
    """Return the code cells with a tag."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and tag in cell.metadata.get("tags", ())
    ]


def read_values(
    settings: Mapping[str, str], defaults: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """Read the values from a user, each as the type of its parameter.

    Parameters
    ----------
    settings : mapping of str to str
        As on the command line: plain text, or numbers, ``true`` and ``false``, lists and
        mappings in JSON.
    defaults : mapping of str to object
        From :func:`parameters_of`.
    name : str
        Name of the notebook in errors.

    Raises
    ------
    UnknownParameterError
        If the notebook has no parameter with a name.
    ArgumentError
        If a value has another type than the one in the notebook.

    Examples
    --------
    >>> read_values({"new": "2026-2030", "seed": "2"}, {"new": "", "seed": 1}, "a notebook")
    {'new': '2026-2030', 'seed': 2}
    """
    for key in settings:
        if key not in defaults:
            raise UnknownParameterError(key, name, defaults, most_like(key, [*defaults]))
    return {key: _read_value(key, text, defaults[key]) for key, text in settings.items()}


def _read_value(key: str, text: str, default: Any) -> Any:
    """Read one value."""
    if isinstance(default, str):
        return text
    words = {"True": "true", "False": "false", "None": "null"}
    try:
        value = json.loads(words.get(text, text), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        value = text
    if default is None or value is None or type(value) is type(default):
        return value
    if isinstance(default, float) and type(value) is int:
        return float(value)
    kind = _KINDS.get(type(default), type(default).__name__)
    raise ArgumentError(f"{key}={text!r} is not {kind}", f"In the notebook it is {default!r}.")


def _refuse_constant(word: str) -> NoReturn:
    """Raise an error for a constant that Python reads but JSON lacks, such as NaN."""
    raise ValueError(word)


def inject(notebook: "NotebookNode", values: Mapping[str, Any]) -> None:
    """Assign values in a cell after the one with the parameters.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> notebook = new_notebook(cells=[new_code_cell("a = 1", metadata={"tags": ["parameters"]})])
    >>> inject(notebook, {"a": [2, "b"]})
    >>> notebook.cells[1].source
    "a = [2, 'b']"
    """
    from nbformat.v4 import new_code_cell

    if not values:
        return
    source = "\n".join(f"{key} = {value!r}" for key, value in values.items())
    metadata = {"tags": [INJECTED_TAG]}
    cell = new_code_cell(source, metadata=metadata)  # type: ignore[no-untyped-call]
    last = _cells_tagged(notebook, _TAG)[-1]
    notebook.cells.insert(notebook.cells.index(last) + 1, cell)


def shipped_notebooks() -> tuple[Path, ...]:
    """Return the notebooks shipped with the library, in order."""
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))


def find_notebook(name: str) -> Path:
    """Find a shipped notebook by its name, number or both, or another notebook by its path.

    Raises
    ------
    UnknownNotebookError
        If there is none.

    Examples
    --------
    >>> find_notebook("targets-over-seventeen-years") == find_notebook("4")
    True
    """
    if name.endswith(SUFFIX) and Path(name).is_file():
        return Path(name)
    shipped = shipped_notebooks()
    for path in shipped:
        if name.lower() in _names_of(path):
            return path
    known = [path.stem for path in shipped]
    raise UnknownNotebookError(name, known, most_like(name, known))


def _names_of(path: Path) -> set[str]:
    """Return the names of a shipped notebook."""
    names = {path.stem, path.name}
    if numbered := _NUMBERED.fullmatch(path.stem):
        names |= {numbered["name"], numbered["number"], numbered["number"].lstrip("0")}
    return names
