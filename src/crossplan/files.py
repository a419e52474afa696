"""Writing files that appear whole or not at all."""

import os
import tempfile
from pathlib import Path

from crossplan.errors import OutputError


def write_result(path: Path, data: bytes, what: str) -> Path:
    """Write a result, whole or not at all, and give its path again.

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
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and then move it there in one step."""
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes files that only their owner can read.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
