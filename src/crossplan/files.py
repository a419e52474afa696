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
    except ValueError as error:  # A name that no system takes.
        raise OutputError(path, f"{what} cannot be written ({error})") from error
    return path


def require_place(path: Path) -> None:
    """Refuse a path whose folder is missing, before any work is done for it.

    Raises
    ------
    OutputError
    """
    if not path.resolve().parent.is_dir():
        raise OutputError(path, "there is no such folder")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and then move it there in one step."""
    # Not named after the file, whose name may be as long as names can be.
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
    """Give a file or folder the rights that new ones get; temporary ones have fewer."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)
