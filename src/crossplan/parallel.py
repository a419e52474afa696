"""Run work in several processes, by joblib or on a Dask cluster."""

import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from crossplan.arguments import require_jobs
from crossplan.errors import ArgumentError, WorkerError
from crossplan.progress import steps

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")
# Tasks submitted for each process, so that none is idle and few are held in memory.
_AHEAD = 2
# Neighbouring items often share a plan and what was computed for it, so they are sent to one
# process in batches: the size of a batch, and the least number of batches for each process.
_RUN, _RUNS = 8, 8


def in_parallel(
    function: Callable[[_Item], _Outcome],
    items: Iterable[_Item],
    *,
    n_jobs: int | None = None,
    label: str = "working",
) -> Iterator[_Outcome]:
    """Apply a function to items, in several processes if requested.

    Results are in the order of the items, as those of a loop. ``joblib.parallel_config``
    chooses the backend, such as Dask or Ray, for every function of this library that has
    the parameter `n_jobs`.

    Parameters
    ----------
    function : callable
        Data that all items share should be part of it: by ``functools.partial`` if they are
        small, else by :class:`With`.
    items : iterable
        They should be small: each is sent to the process that works on it.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None means 1, unless it is set
        by ``joblib.parallel_config``.
    label : str
        Label of the progress bar.

    Raises
    ------
    ChoiceError
        If `n_jobs` is not a whole number, or is 0.
    ArgumentError
        If an object of the user cannot be sent to another process.
    WorkerError
        If a process ended before its work was done.

    Examples
    --------
    >>> list(in_parallel(abs, [-1, 2], n_jobs=1))
    [1, 2]
    """
    require_jobs(n_jobs)
    items = list(items)
    return steps(_outcomes(function, items, n_jobs), label, total=len(items))


def _outcomes(
    function: Callable[[_Item], _Outcome], items: list[_Item], n_jobs: int | None
) -> Iterator[_Outcome]:
    """Return the result of each item, computed in one process or in several."""
    # The user can set n_jobs by joblib.parallel_config only if joblib is imported.
    one = n_jobs == 1 or (n_jobs is None and "joblib" not in sys.modules)
    if one or len(items) <= 1:
        yield from map(function, items)
        return
    import joblib
    from joblib.externals.loky.process_executor import TerminatedWorkerError
    from joblib.parallel import get_active_backend

    backend, _ = get_active_backend()
    if hasattr(backend, "client"):
        yield from _by_dask(backend.client, function, items)
        return
    processes = joblib.effective_n_jobs(n_jobs)
    if processes == 1:
        yield from map(function, items)
        return
    if not isinstance(function, With) and not getattr(backend, "supports_sharedmem", False):
        function = _Sent(function)
    # Some backends, such as Ray, return all results at the end.
    returned = "generator" if getattr(backend, "supports_return_generator", False) else "list"
    size = max(min(_RUN, len(items) // (_RUNS * processes)), 1)
    work = joblib.Parallel(
        n_jobs=n_jobs, return_as=returned, batch_size=size, pre_dispatch=f"{_AHEAD}*n_jobs*{size}"
    )
    try:
        yield from work(joblib.delayed(function)(item) for item in items)
    except pickle.PicklingError as error:
        raise _not_sendable(error) from error
    except TerminatedWorkerError as error:
        raise WorkerError(
            f"with n_jobs={n_jobs}",
            "Ask for fewer processes, or take an engine that begins lost work anew, such as Dask.",
        ) from error


def _by_dask(
    client: Any, function: Callable[[_Item], _Outcome], items: Iterable[_Item]
) -> Iterator[_Outcome]:
    """Return the result of each item, computed on a Dask cluster.

    Dask runs the work of a lost process again. The Dask backend of joblib is not used: it
    waits forever for work that ends every process.
    """
    from distributed import KilledWorker

    apply: tuple[Any, ...]
    if isinstance(function, With):
        # The scheduler can make it again when the processes that hold it are lost.
        shared = client.submit(pickle.loads, pickle.dumps(function.shared), pure=False)
        apply = function.function, shared
    else:
        apply = (_Sent(function),)
    ahead = _AHEAD * max(sum(client.ncores().values()), 1)
    waiting: deque[Any] = deque()
    try:
        for item in items:
            waiting.append(client.submit(*apply, item, pure=False))
            if len(waiting) == ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except KilledWorker as error:
        # The remaining work could end further processes.
        client.cancel(list(waiting))
        raise WorkerError(
            "on the Dask cluster",
            "It was begun anew as often as Dask allows; give each process more memory.",
        ) from error


@dataclass(frozen=True, slots=True)
class With(Generic[_Item, _Outcome]):
    """A function with large data that all items share, such as the texts of a corpus.

    joblib stores arrays in files that all processes read; a Dask cluster sends the data to
    each machine once.

    Parameters
    ----------
    function : callable
        A function of a module, called with `shared` and an item.
    shared : object
    """

    function: Callable[[Any, _Item], _Outcome]
    shared: Any

    def __call__(self, item: _Item) -> _Outcome:
        """Apply the function."""
        return self.function(self.shared, item)


class _Sent(Generic[_Item, _Outcome]):
    """A function to be sent to other processes.

    It is sent as bytes with each task, and unpickled once in each process.

    Parameters
    ----------
    function : callable

    Raises
    ------
    ArgumentError
        If the function cannot be pickled.
    """

    __slots__ = ("packed",)

    def __init__(self, function: Callable[[_Item], _Outcome]) -> None:
        import cloudpickle

        try:
            # Unlike pickle, cloudpickle includes classes defined in a notebook.
            self.packed: bytes = cloudpickle.dumps(function)
        except Exception as error:
            # Objects of the user can raise any error when they are pickled.
            raise _not_sendable(error) from error

    def __call__(self, item: _Item) -> _Outcome:
        """Apply the function."""
        outcome: _Outcome = _unpacked(self.packed)(item)
        return outcome


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    """Return the function of bytes, unpickled only if it is not that of the last task."""
    function: Callable[[Any], Any] = pickle.loads(packed)  # noqa: S301 - we packed it
    return function


def _not_sendable(error: Exception) -> ArgumentError:
    """Return the error for an object that cannot be pickled."""
    return ArgumentError(
        f"something that takes part cannot be sent to another process: {error}",
        "A segmenter of your own, and whatever else you made, must be fit for pickle; with "
        "n_jobs=1 nothing is sent.",
    )
