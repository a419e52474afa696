"""Progress bars for long work in notebooks and terminals."""

import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

_Item = TypeVar("_Item")
# Seconds before a bar is shown.
DELAY = 1.0


def steps(items: Iterable[_Item], label: str, *, total: int | None = None) -> Iterator[_Item]:
    """Iterate over items, with a progress bar if it takes more than a second.

    The bar is shown in a notebook or on a terminal, not if stderr is a file or a pipe. It
    disappears when the work is done. The environment variable ``TQDM_DISABLE=1`` turns all
    bars off.

    Parameters
    ----------
    items : iterable
    label : str
        Label of the progress bar.
    total : int, optional
        Number of items, if they have no length.

    Examples
    --------
    >>> list(steps([1, 2], "counting"))
    [1, 2]
    """
    if not is_watched():
        yield from items
        return
    bar = _bar_class()
    yield from bar(items, desc=label, leave=False, delay=DELAY, total=total)


def is_watched() -> bool:
    """Return whether a bar can be seen, in a notebook or on a terminal."""
    return _in_notebook() or (sys.stderr is not None and sys.stderr.isatty())


def _in_notebook() -> bool:
    """Return whether the code runs in a Jupyter kernel."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


def _bar_class() -> Any:
    """Return the bar of tqdm for a notebook, if ipywidgets is installed, or a terminal."""
    with warnings.catch_warnings():
        # tqdm warns if ipywidgets is missing; the bar of the terminal works as well.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm
    return tqdm
