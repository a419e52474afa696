"""Two folders change places at once, where the system can do that."""

import ctypes
import os
import sys
from pathlib import Path

# Of Linux (rename(2)) and of macOS (renamex_np(2)).
AT_WORKING_FOLDER = -100
EXCHANGE = 2


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places, so that nobody ever finds either name empty.

    Returns
    -------
    bool
        False, and nothing is done, where the system or the disk knows no such thing.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            done = library.renamex_np(*names, EXCHANGE)
        else:
            here = AT_WORKING_FOLDER
            done = library.renameat2(here, names[0], here, names[1], EXCHANGE)
    except (OSError, TypeError, AttributeError):
        return False
    return bool(done == 0)
