"""Running the cells of a notebook, in the interpreter that runs this."""

import os
import re
import subprocess
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.errors import NotebookError
from crossplan.narration.interruption import run_until_asked_to_end
from crossplan.narration.parameters import INJECTED_TAG
from crossplan.progress import steps

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Figures are drawn as SVG, with nothing of chance or time in it.
_SAVING = {"bbox_inches": "tight", "metadata": {"Date": None, "Creator": None}}
_FIGURES = (
    "--InlineBackend.figure_formats={'svg'}",
    "--InlineBackend.rc={'svg.hashsalt': 'crossplan'}",
    f"--InlineBackend.print_figure_kwargs={_SAVING}",
)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LONGEST_LINE = 60


def execute(notebook: "NotebookNode", name: str, folder: Path | None) -> None:
    """Run the code cells of a notebook in order; their outputs are put into it.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        For errors.
    folder : Path or None
        Where it runs, and may import modules from; None for the folder that the process
        is in, which nothing is imported from.

    Raises
    ------
    NotebookError
        If a cell fails, or the kernel that runs them does not start, or ends.
    """
    with tempfile.TemporaryDirectory(prefix="crossplan-notebook-") as settings:
        # Neither what a user lets every IPython do at its start, nor bars, which come only
        # where the work takes long, shall stand on the page.
        environment = {**os.environ, "IPYTHONDIR": settings, "TQDM_DISABLE": "1"}
        environment.pop("MPLBACKEND", None)
        if folder is None:
            environment["PYTHONSAFEPATH"] = "1"
        run_until_asked_to_end(execute_cells(notebook, name, folder, environment))


async def execute_cells(
    notebook: "NotebookNode", name: str, folder: Path | None, environment: Mapping[str, str]
) -> None:
    """Run the cells in a kernel with an environment; see :func:`execute`."""
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    cells = [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    running = None
    try:
        async with own_kernel(
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
async def own_kernel(notebook: "NotebookNode", **launch: Any) -> AsyncIterator[Any]:
    """Start a kernel and give what runs cells in it; at the end of the block it is gone.

    It may go as it likes where all goes well; else it and what it began are ended at once.
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
    """Return what runs cells, in a kernel of this interpreter.

    Of other kernels it knows nothing: one that the user once installed under the same
    name, from another environment, would have other libraries.
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
    """Make the error for a cell, counted among the code cells that the user knows."""
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
