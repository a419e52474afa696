"""Folders in the making, and those of runs that were killed, which nobody would clear away."""

import os
import platform
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from crossplan.corpora.names import safe_name

# A disk may be shared with other machines, whose processes have the same numbers.
MACHINE = f".crossplan-{safe_name(platform.node(), longest=30)}-"
MAKING = re.compile(re.escape(MACHINE) + r"(?P<process>\d+)-\w+")


def begin_folder(place: Path) -> Path:
    """Make a folder in which another is made ready, and which tells whose it is."""
    return Path(tempfile.mkdtemp(dir=place, prefix=f"{MACHINE}{os.getpid()}-"))


def clear_abandoned(place: Path) -> None:
    """Clear away what processes of this machine began there, and were killed over."""
    for path in place.glob(f"{MACHINE}*"):
        making = MAKING.fullmatch(path.name)
        if making and not is_alive(int(making["process"])):
            shutil.rmtree(path, ignore_errors=True)


def is_alive(process: int) -> bool:
    """Tell whether a process is there; on Windows, which cannot be asked so, it always is."""
    if sys.platform == "win32":
        return True
    try:
        with suppress(PermissionError):  # It is another user's.
            os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    return True
