"""Write files completely or not at all."""

import asyncio
import io
import os
import re
import signal
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from crossplan.errors import OutputError

_PROPERTIES = "docProps/core.xml"
_UNIX = 3
_CLOCK = re.compile(rb">[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z<")

_REQUESTS = (signal.SIGINT, signal.SIGTERM)


def write_result(path: Path, data: bytes, what: str) -> Path:
    """Write a result completely or not at all, and return its path.

    Parameters
    ----------
    path : Path
    data : bytes
    what : str
        Names the result in the error, as in ``the report``.

    Raises
    ------
    OutputError
        If it cannot be written there.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise OutputError(path, f"{what} cannot be written ({error.strerror})") from error
    except ValueError as error:  # A name that no system accepts.
        raise OutputError(path, f"{what} cannot be written ({error})") from error
    return path


def require_place(path: Path) -> None:
    """Raise an error if the folder of a path is missing, before any work is done.

    Raises
    ------
    OutputError
    """
    if not path.resolve().parent.is_dir():
        raise OutputError(path, "there is no such folder")


def write_whole(path: Path, data: bytes) -> None:
    """Write a temporary file in the same folder and then rename it in one step."""
    # Not named after the file, whose name may have the maximal length.
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=".crossplan.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        give_usual_rights(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def give_usual_rights(path: Path) -> None:
    """Set the usual rights of new files and folders; temporary ones have fewer."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)


def without_clock(file: io.BytesIO) -> bytes:
    """Return an office file without its creation times."""
    result = io.BytesIO()
    with ZipFile(file) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == _PROPERTIES:
                data = _CLOCK.sub(b">2000-01-01T00:00:00Z<", data)
            entry = ZipInfo(name)
            # Otherwise the file depends on the operating system.
            entry.create_system = _UNIX
            target.writestr(entry, data, ZIP_DEFLATED)
    return result.getvalue()


def run_until_asked_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; a request to end the process cancels it, and takes effect afterwards.

    A handler that raises could do so anywhere, even between the start of a child process and
    its registration for cleanup. When cancelled, `work` stops only at an await, and cleans up.

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
    """Call `stop` at the first request to end the process, and end it after the block."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        if not asked:
            stop()
        asked.append(number)

    # Ignored signals stay ignored.
    heeded = [number for number in _REQUESTS if signal.getsignal(number) is not signal.SIG_IGN]
    try:
        before = {number: signal.signal(number, note) for number in heeded}
    except ValueError:  # Only the main thread can set handlers.
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:
            signal.raise_signal(asked[0])
