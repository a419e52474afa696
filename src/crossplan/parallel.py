"""Work that is done in several processes at once: joblib's, or those of a Dask cluster."""

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

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
# So many pieces of work are under way for each process, so that none waits and few are held.
_AHEAD = 2
# Items that follow each other often share a plan, and what was worked out for one serves the
# next: they go to one process in runs of so many, but in so many runs for each at least.
_RUN, _RUNS = 8, 8


def in_parallel(
    function: Callable[[Item], Outcome],
    items: Iterable[Item],
    *,
    n_jobs: int | None = None,
    label: str = "working",
) -> Iterator[Outcome]:
    """Apply a function to items, in several processes if asked to.

    Results come in the order of the items, whatever is finished first, so that they are
    those of a loop. Where they run is joblib's affair: ``joblib.parallel_config`` chooses
    an engine, such as Dask or Ray, for every function of this library that takes `n_jobs`.

    Parameters
    ----------
    function : callable
        What all items share is best held by it: by ``functools.partial`` if it is small, else
        by :class:`With`.
    items : iterable
        Small: each is sent to where it is worked on.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None is one, unless
        ``joblib.parallel_config`` says otherwise.
    label : str
        What is being done, for the bar that shows how far it is.

    Raises
    ------
    ChoiceError
        If `n_jobs` is not a whole number, or is 0.
    ArgumentError
        If something of the user's own cannot be sent to another process.
    WorkerError
        If a process was ended before its work was done.

    Examples
    --------
    >>> list(in_parallel(abs, [-1, 2], n_jobs=1))
    [1, 2]
    """
    require_jobs(n_jobs)
    items = list(items)
    return steps(_outcomes(function, items, n_jobs), label, total=len(items))


def _outcomes(
    function: Callable[[Item], Outcome], items: list[Item], n_jobs: int | None
) -> Iterator[Outcome]:
    """Return the result of each item, one after the other or at once."""
    # Who has said otherwise by joblib.parallel_config has imported joblib.
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
    # Some engines, such as Ray, give all outcomes at the end or none.
    given = "generator" if getattr(backend, "supports_return_generator", False) else "list"
    size = max(min(_RUN, len(items) // (_RUNS * processes)), 1)
    work = joblib.Parallel(
        n_jobs=n_jobs, return_as=given, batch_size=size, pre_dispatch=f"{_AHEAD}*n_jobs*{size}"
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
    client: Any, function: Callable[[Item], Outcome], items: Iterable[Item]
) -> Iterator[Outcome]:
    """Return the result of each item, worked on by a Dask cluster.

    Dask begins anew what a lost process has not finished. joblib's own way to it would wait
    for ever for work that ends every process it is given to, so it is not taken.
    """
    from distributed import KilledWorker

    apply: tuple[Any, ...]
    if isinstance(function, With):
        # The scheduler keeps what made it, so that it outlives every process that has it.
        held = client.submit(pickle.loads, pickle.dumps(function.shared), pure=False)
        apply = function.function, held
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
        # What else is under way would end further processes.
        client.cancel(list(waiting))
        raise WorkerError(
            "on the Dask cluster",
            "It was begun anew as often as Dask allows; give each process more memory.",
        ) from error


@dataclass(frozen=True, slots=True)
class With(Generic[Item, Outcome]):
    """A function with what all items share and is large, such as the texts of a corpus.

    joblib lays its arrays down in files that all processes read, and to each machine of a
    Dask cluster it travels once.

    Parameters
    ----------
    function : callable
        Of a module, given `shared` and an item.
    shared : object
    """

    function: Callable[[Any, Item], Outcome]
    shared: Any

    def __call__(self, item: Item) -> Outcome:
        """Apply the function."""
        return self.function(self.shared, item)


class _Sent(Generic[Item, Outcome]):
    """A function on its way to other processes.

    It travels as bytes, which engines hand on without looking into them, and with each
    piece of work; the process that gets it makes it again only the first time.

    Parameters
    ----------
    function : callable

    Raises
    ------
    ArgumentError
        If it holds something that cannot be sent.
    """

    __slots__ = ("packed",)

    def __init__(self, function: Callable[[Item], Outcome]) -> None:
        import cloudpickle

        try:
            # Unlike pickle's, it takes classes along that a notebook defines.
            self.packed: bytes = cloudpickle.dumps(function)
        except Exception as error:
            # Objects of the user's own pickle themselves, and fail as they like.
            raise _not_sendable(error) from error

    def __call__(self, item: Item) -> Outcome:
        """Apply the function."""
        outcome: Outcome = _unpacked(self.packed)(item)
        return outcome


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    """Make a function again, or give the one that was made for the last piece of work."""
    function: Callable[[Any], Any] = pickle.loads(packed)  # noqa: S301 - we packed it
    return function


def _not_sendable(error: Exception) -> ArgumentError:
    """Say that something cannot be pickled."""
    return ArgumentError(
        f"something that takes part cannot be sent to another process: {error}",
        "A segmenter of your own, and whatever else you made, must be fit for pickle; with "
        "n_jobs=1 nothing is sent.",
    )
