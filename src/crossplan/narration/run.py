"""Running a notebook with parameters, and telling it as a page."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from crossplan.errors import MissingExtraError, UnreadableTextError
from crossplan.narration.execution import execute
from crossplan.narration.page import render
from crossplan.narration.parameters import (
    SUFFIX,
    find_notebook,
    inject,
    parameters_of,
    read_values,
    shipped_notebooks,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PACKAGES = ("nbformat", "nbclient", "nbconvert", "jupyter_client", "ipykernel")


def run_notebook(name: str, settings: Mapping[str, str]) -> str:
    """Run a notebook with parameters and give the page.

    Parameters
    ----------
    name : str
        Of a shipped notebook, its number or both; or the path of a user's own.
    settings : mapping of str to str
        Values of parameters as a user writes them; see
        :func:`crossplan.narration.parameters.read_values`.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    MissingExtraError
        If a package that runs notebooks is not installed.
    UnknownNotebookError, UnreadableTextError
        If there is no such notebook, or the file holds none.
    UnknownParameterError, ArgumentError
        If the notebook has no such parameter, or one of another kind.
    NotebookError
        If a cell fails.
    """
    require_packages()
    path = find_notebook(name)
    shipped = path in shipped_notebooks()
    notebook = read_notebook(path)
    defaults = parameters_of(notebook)
    values = read_values(settings, defaults, path.name)
    inject(notebook, values)
    folder = None if shipped else path.resolve().parent
    execute(notebook, path.name, folder)
    name = path.stem if shipped else path.name
    return render(notebook, name, {**defaults, **values}, folder)


def require_packages() -> None:
    """Raise an error where the packages that run notebooks are missing.

    Raises
    ------
    MissingExtraError
    """
    for package in _PACKAGES:
        if find_spec(package) is None:
            raise MissingExtraError(package, "notebook", "running a notebook")


def read_notebook(path: Path) -> "NotebookNode":
    """Read a notebook, without what earlier runs left in it.

    Raises
    ------
    UnreadableTextError
    """
    import nbformat

    # What nbformat raises over a file that is no notebook depends on what it is instead.
    strange = (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError)
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, *strange) as error:
        raise UnreadableTextError(
            path, "this is no notebook", f"Give a {SUFFIX} file that Jupyter opens."
        ) from error
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook
