"""Requests to end the process, put off until what it began has been ended."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_REQUESTS = (signal.SIGINT, signal.SIGTERM)


def run_until_asked_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; a request to end the process cancels it, and is heeded when it is over.

    A handler that raises could do so anywhere, even where a process was begun and is not yet
    known to what would end it. Cancelled, `work` stops only where it waits, and cleans up.

    Parameters
    ----------
    work : coroutine
    """
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        task = loop.create_task(work)
        with put_off(lambda: loop.call_soon_threadsafe(task.cancel)):
            loop.run_until_complete(task)


@contextmanager
def put_off(stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` at the first request to end the process; heed it at the end of the block."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        if not asked:
            stop()
        asked.append(number)

    # What is ignored stays so.
    heeded = [number for number in _REQUESTS if signal.getsignal(number) is not signal.SIG_IGN]
    try:
        before = {number: signal.signal(number, note) for number in heeded}
    except ValueError:  # Only the main thread may; others are ended with it.
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:
            signal.raise_signal(asked[0])
