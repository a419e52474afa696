"""Run a notebook with parameters and write it as a self-contained HTML page."""

import os
import re
import subprocess
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan._version import __version__
from crossplan.errors import MissingExtraError, NotebookError, UnreadableTextError
from crossplan.files import run_until_asked_to_end
from crossplan.languages.scripts import HAN, WIDE_FORMS, WIDE_MARKS
from crossplan.narration.parameters import (
    INJECTED_TAG,
    SUFFIX,
    find_notebook,
    inject,
    parameters_of,
    read_values,
    shipped_notebooks,
)
from crossplan.progress import steps

if TYPE_CHECKING:
    from nbformat import NotebookNode


_TEMPLATES = Path(__file__).parent / "templates"
_HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
# Without the anchor link of the heading.
_WORDS = ".//text()[not(parent::a[@class='anchor-link'])]"
_TAGS_AND_CHINESE = re.compile(
    r"(?P<tag><(style|script|title|textarea)\b.*?</\2>|<[^>]*>)"
    f"|(?P<chinese>[{WIDE_MARKS}{HAN}{WIDE_FORMS}]+)",
    re.DOTALL | re.IGNORECASE,
)


def _render(
    notebook: "NotebookNode", name: str, values: Mapping[str, Any], folder: Path | None
) -> str:
    """Return the page of an executed notebook.

    It has no scripts and makes no requests. Code is folded, and the parameters are listed.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        Name of the notebook in the command that runs it.
    values : mapping of str to object
        Parameters of the notebook.
    folder : Path or None
        Folder of the pictures in its text; None for no folder.
    """
    from nbconvert import HTMLExporter

    _describe_figures(notebook)
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="essay",
        extra_template_basedirs=[str(_TEMPLATES)],
        exclude_anchor_links=True,
        embed_images=folder is not None,
        filters={"mark_chinese": _mark_chinese},
    )
    page, _ = exporter.from_notebook_node(
        notebook,
        resources={
            "metadata": {"path": str(folder)},
            "title": notebook_title(notebook) or name,
            "name": name,
            "values": values,
            "version": __version__,
        },
    )
    return str(page)


def notebook_title(notebook: "NotebookNode") -> str:
    """Return the first main heading of a notebook, or an empty string.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> notebook_title(new_notebook(cells=[new_markdown_cell("# Rivers and *lakes*")]))
    'Rivers and lakes'
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for level, words in _headings(cell.source):
                if level == "h1":
                    return words
    return ""


def _describe_figures(notebook: "NotebookNode") -> None:
    """Describe each figure that has no description by the heading above it.

    A description by the author is in the metadata of the cell, as ``alt``.
    """
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _, heading = next(reversed(_headings(cell.source)), ("", heading))
        elif cell.cell_type == "code":
            cell.metadata.setdefault("alt", f"Figure: {heading}" if heading else "Figure")


def _headings(markdown: str) -> list[tuple[str, str]]:
    r"""Return the headings of the page, each with its tag, such as ``h1``, and its text.

    Examples
    --------
    >>> _headings("# Rivers and *lakes*\n\nThe Nile\n---")
    [('h1', 'Rivers and lakes'), ('h2', 'The Nile')]
    """
    from lxml.html import fromstring
    from nbconvert.filters import markdown2html

    html = fromstring(f"<div>{markdown2html(markdown)}</div>")
    found = ((heading.tag, "".join(heading.xpath(_WORDS))) for heading in html.xpath(_HEADINGS))
    return [(tag, " ".join(words.split())) for tag, words in found if words.strip()]


def _mark_chinese(html: str) -> str:
    """Mark Chinese text, so that a browser chooses the right glyphs for it.

    HTML that already marks Chinese is not changed.

    Examples
    --------
    >>> _mark_chinese('<p title="权">the word 人权</p>')
    '<p title="权">the word <span lang="zh-Hans">人权</span></p>'
    """
    if 'lang="zh' in html:
        return html
    return _TAGS_AND_CHINESE.sub(
        lambda m: m["tag"] or f'<span lang="zh-Hans">{m["chinese"]}</span>', html
    )


_PACKAGES = ("nbformat", "nbclient", "nbconvert", "jupyter_client", "ipykernel")

# Figures are drawn as SVG without random ids and dates.
_SAVING = {"bbox_inches": "tight", "metadata": {"Date": None, "Creator": None}}
_FIGURES = (
    "--InlineBackend.figure_formats={'svg'}",
    "--InlineBackend.rc={'svg.hashsalt': 'crossplan'}",
    f"--InlineBackend.print_figure_kwargs={_SAVING}",
)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LONGEST_LINE = 60


def run_notebook(name: str, settings: Mapping[str, str]) -> str:
    """Run a notebook with parameters and return the page.

    Parameters
    ----------
    name : str
        Name or number of a shipped notebook, or both; or the path of another notebook.
    settings : mapping of str to str
        Values of parameters from a user; see
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
        If there is no such notebook, or the file is not a notebook.
    UnknownParameterError, ArgumentError
        If the notebook has no such parameter, or one of another type.
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
    return _render(notebook, name, {**defaults, **values}, folder)


def require_packages() -> None:
    """Raise an error if the packages that run notebooks are missing.

    Raises
    ------
    MissingExtraError
    """
    for package in _PACKAGES:
        if find_spec(package) is None:
            raise MissingExtraError(package, "notebook", "running a notebook")


def read_notebook(path: Path) -> "NotebookNode":
    """Read a notebook without the outputs of earlier runs.

    Raises
    ------
    UnreadableTextError
    """
    import nbformat

    # The error that nbformat raises depends on what the file is instead of a notebook.
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


def execute(notebook: "NotebookNode", name: str, folder: Path | None) -> None:
    """Run the code cells of a notebook in order and store their outputs in it.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        Name of the notebook in errors.
    folder : Path or None
        Folder to run in and to import modules from. None for the working directory, without
        imports from it.

    Raises
    ------
    NotebookError
        If a cell fails, or the kernel does not start or ends.
    """
    with tempfile.TemporaryDirectory(prefix="crossplan-notebook-") as settings:
        # The page shows neither the output of IPython startup files nor progress bars,
        # which appear only if the work takes long.
        environment = {**os.environ, "IPYTHONDIR": settings, "TQDM_DISABLE": "1"}
        environment.pop("MPLBACKEND", None)
        if folder is None:
            environment["PYTHONSAFEPATH"] = "1"
        run_until_asked_to_end(_execute_cells(notebook, name, folder, environment))


async def _execute_cells(
    notebook: "NotebookNode", name: str, folder: Path | None, environment: Mapping[str, str]
) -> None:
    """Run the cells in a kernel with environment variables; see :func:`execute`."""
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    cells = [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    running = None
    try:
        async with _own_kernel(
            notebook,
            cwd=folder and str(folder),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as client:
            for index, running in steps(cells, name):
                await client.async_execute_cell(running, index, execution_count=index + 1)
    except CellExecutionError as error:
        problem = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
        raise _stopped(notebook, name, running, problem) from None
    except DeadKernelError as error:
        raise _stopped(notebook, name, running, "the process that ran it ended") from error
    except RuntimeError as error:
        raise _stopped(notebook, name, running, str(error)) from error


@asynccontextmanager
async def _own_kernel(notebook: "NotebookNode", **launch: Any) -> AsyncIterator[Any]:
    """Start a kernel, yield its client, and end the kernel after the block.

    After an error, the kernel and its child processes are ended at once.
    """
    client = _own_client(notebook)
    manager = client.km
    try:
        await client.async_start_new_kernel(**launch)
        await client.async_start_new_kernel_client()
        yield client
        await manager.shutdown_kernel()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


def _own_client(notebook: "NotebookNode") -> Any:
    """Return a client for a kernel of this interpreter.

    Other kernels are ignored, because one that the user installed under the same name from
    another environment would have other libraries.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
    )
    return NotebookClient(
        notebook,
        km=manager,
        timeout=None,
        extra_arguments=[*_FIGURES],
        record_timing=False,
        coalesce_streams=True,
    )


def _stopped(
    notebook: "NotebookNode", name: str, cell: "NotebookNode | None", problem: str
) -> NotebookError:
    """Return the error for a cell, with its number among the code cells of the user."""
    own = [
        c
        for c in notebook.cells
        if c.cell_type == "code" and INJECTED_TAG not in c.metadata.get("tags", ())
    ]
    number = next((n for n, one in enumerate(own, start=1) if one is cell), 0)
    line = cell.source.strip().partition("\n")[0] if cell is not None else ""
    if len(line) > _LONGEST_LINE:
        line = f"{line[:_LONGEST_LINE]}…"
    return NotebookError(name, number, line, _ESCAPES.sub("", problem))
