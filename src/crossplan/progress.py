"""A bar for work that takes long, where somebody watches."""

import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")
# Seconds before a bar is worth its place.
DELAY = 1.0


def steps(items: Iterable[Item], label: str, *, total: int | None = None) -> Iterator[Item]:
    """Go through items, and show on stderr how far it is if that takes more than a second.

    Nothing is shown where nobody watches: with stderr in a file or a pipe, and no notebook.
    The bar goes when the work is done. tqdm's own switch, ``TQDM_DISABLE=1`` in the
    environment, turns all bars off.

    Parameters
    ----------
    items : iterable
    label : str
        What is being done.
    total : int, optional
        How many there are, where the items cannot be counted beforehand.

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
    """Return whether somebody sees a bar: in a notebook, or on a terminal."""
    return _in_notebook() or (sys.stderr is not None and sys.stderr.isatty())


def _in_notebook() -> bool:
    """Return whether the code runs in a Jupyter kernel."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


def _bar_class() -> Any:
    """Return tqdm's bar for a notebook or a terminal; without ipywidgets, the latter."""
    with warnings.catch_warnings():
        # It asks for ipywidgets to be installed; the bar of the terminal does as well.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm
    return tqdm
