"""Folders in the making, and those of runs that were killed, which nobody would clear away.

Who makes a folder holds a lock on it, and the system lets go of that when the process ends.
"""

import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crossplan.corpora.store import safe_name

# On a disk that several machines share, locks may hold for one of them only.
MACHINE = f".crossplan-{safe_name(platform.node(), longest=30)}-"
MAKING = re.compile(re.escape(MACHINE) + r"\w{8}")


@contextmanager
def folder_in_the_making(place: Path) -> Iterator[Path]:
    """Give a new folder in which another is made ready; what is there at the end is deleted."""
    while True:
        path = Path(tempfile.mkdtemp(dir=place, prefix=MACHINE))
        lock = lock_on(path, wait=True)
        if path.is_dir():
            break
        # Another process took it for abandoned before it was locked.
        let_go(lock)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        let_go(lock)


def clear_abandoned(place: Path) -> None:
    """Clear away what processes of this machine began there, and were killed over."""
    for path in place.glob(f"{MACHINE}*"):
        if MAKING.fullmatch(path.name) and (lock := lock_on(path)) is not None:
            shutil.rmtree(path, ignore_errors=True)
            let_go(lock)


def lock_on(folder: Path, *, wait: bool = False) -> int | None:
    """Lock a folder; None where another process holds it, or the system has no such locks."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # The former on Windows.
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def let_go(lock: int | None) -> None:
    """Unlock a folder."""
    if lock is not None:
        with suppress(OSError):
            os.close(lock)
