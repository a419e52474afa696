"""Processes that tests start, with signals as they are by default, and leave none behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

# Against hanging only: no process is waited for as long as this, on any machine.
SECONDS = 600


@contextmanager
def signals_by_default() -> Iterator[None]:
    """Handle signals as by default, here and in the processes that are started meanwhile.

    A job in the background ignores the interrupt, and so does all that it starts.
    """
    handlers: dict[signal.Signals, Any] = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Start a process; when the block is left, it and all that it started are ended.

    Parameters
    ----------
    command : sequence of str
    **options
        Those of :class:`subprocess.Popen`; what is read and written is text.
    """
    with signals_by_default():
        process = subprocess.Popen(command, encoding="utf-8", start_new_session=True, **options)
    with process:
        try:
            yield process
        finally:
            if os.name == "posix":
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process or thread does."""
    for _ in range(SECONDS * 4):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("what was waited for never happened")
