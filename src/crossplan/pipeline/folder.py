"""Write a folder of results completely or not at all.

A process locks the folder that it writes, and the system releases the lock when the process
ends. Folders of killed runs can therefore be recognized and deleted.
"""

import ctypes
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crossplan.corpora.store import safe_name
from crossplan.errors import CrossplanError, ManifestError, OutputError
from crossplan.files import give_usual_rights, put_off
from crossplan.pipeline.crate import crate_json, package_checksum
from crossplan.pipeline.inputs import read_whole
from crossplan.pipeline.manifest import CRATE, MANIFEST, PACKAGE, Manifest, checksum

# Files that operating systems add to folders.
_UNASKED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_folder(target: Path, files: Mapping[str, bytes], name: str) -> Path:
    """Write files into a temporary folder, and then move it to its place.

    An earlier run of the same analysis is replaced; if the system can exchange two folders,
    the old or the new one is there at every moment. A request to end the process is obeyed
    when one of them is complete.

    Parameters
    ----------
    target : Path
    files : mapping of str to bytes
        By their paths within the folder.
    name : str
        Of the analysis.

    Raises
    ------
    OutputError
        If something else is there, or the folder cannot be written.
    """
    with put_off(lambda: None), _errors_of(target), _folder_for(target):
        require_replaceable(target, name)
        _clear_abandoned(target.parent)
        with folder_in_the_making(target.parent) as made:
            _fill(made, files)
            _put_in_place(made, target, name)
    return target


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder.

    Raises
    ------
    OutputError
        If somebody took some of them away meanwhile.
    """
    for folder in sorted({(made / path).parent for path in files} - {made}):
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (made / path).write_bytes(data)
    give_usual_rights(made)
    if set(paths_in(made)) != set(files):
        raise OutputError(made, "another process took files away while they were written")


def _put_in_place(made: Path, target: Path, name: str) -> None:
    """Move a folder to where an older one may be; that is then where the new one was."""
    try:
        made.rename(target)
    except OSError:
        if not target.exists():
            raise
    else:
        return
    # Perhaps another run has just put it there.
    require_replaceable(target, name)
    if not exchanged(made, target):
        aside = made.with_name(f"{made.name}.before")
        target.rename(aside)
        try:
            made.rename(target)
        except BaseException:
            aside.rename(target)
            raise
        aside.rename(made)


@contextmanager
def _folder_for(target: Path) -> Iterator[None]:
    """Make the parent of a folder of results if it is missing; only that one."""
    parent = target.parent
    made = False
    try:
        parent.mkdir()
        made = True
    except OSError:  # Perhaps another run has just made it.
        if not parent.exists():
            raise
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                parent.rmdir()
        raise


@contextmanager
def _errors_of(target: Path) -> Iterator[None]:
    """Raise an error that names the folder if it cannot be written."""
    try:
        yield
    except CrossplanError:
        raise
    except (OSError, ValueError) as error:  # The latter for a name that no system accepts.
        problem = getattr(error, "strerror", None) or error
        raise OutputError(target, f"the results cannot be written ({problem})") from error


def require_replaceable(target: Path, name: str) -> None:
    """Raise an error if a place has something that no run wrote, or that was changed since.

    Parameters
    ----------
    target : Path
    name : str
        Of the analysis.

    Raises
    ------
    OutputError
    UnreadableTextError
        If a file of the earlier run cannot be opened.
    """
    place = target.parent
    if not (place if place.exists() else place.parent).is_dir():
        raise OutputError(target, "there is no such folder to put it in")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(target, "something of this name is there already")
    if not target.is_dir():
        return
    try:
        earlier = Manifest.from_json((target / MANIFEST).read_bytes(), target / MANIFEST)
    except (OSError, ManifestError) as error:
        raise OutputError(target, "a folder is there that no run of an analysis wrote") from error
    if earlier.name != name:
        raise OutputError(target, f"the results of another analysis, {earlier.name}, are there")
    written = {output.path: output.sha256 for output in earlier.outputs}
    written |= _described(target, earlier)
    there = set(paths_in(target))
    if others := sorted(there - written.keys()):
        raise OutputError(
            target, f"a file is there that the earlier run did not write: {others[0]}"
        )
    # The crate first: it contains the checksum of the data package.
    for path in sorted(there & written.keys(), key=lambda path: (path != CRATE, path)):
        if checksum(read_whole(target / path)) != written[path]:
            raise OutputError(
                target,
                f"{path} was changed since the earlier run, or another version wrote it (undo "
                "that, or move the folder away, to replace the run)",
            )


def _described(folder: Path, earlier: Manifest) -> dict[str, str]:
    """Return the checksums of the files that describe the others, as an earlier run wrote them."""
    crate = folder / CRATE
    package = package_checksum(read_whole(crate)) if crate.is_file() else ""
    return {
        MANIFEST: checksum(earlier.to_json()),
        CRATE: checksum(crate_json(earlier, package)),
        PACKAGE: package,
    }


def paths_in(folder: Path) -> Iterator[str]:
    """Return the paths of all files in a folder, as seen from it."""
    for path in folder.rglob("*"):
        if (path.is_file() or path.is_symlink()) and path.name not in _UNASKED:
            yield path.relative_to(folder).as_posix()


# On a disk that several machines share, locks may hold for one of them only.
_MACHINE = f".crossplan-{safe_name(platform.node(), longest=30)}-"
_MAKING = re.compile(re.escape(_MACHINE) + r"\w{8}")


@contextmanager
def folder_in_the_making(place: Path) -> Iterator[Path]:
    """Return a new folder in which another is made ready; what is there at the end is deleted."""
    while True:
        path = Path(tempfile.mkdtemp(dir=place, prefix=_MACHINE))
        lock = _lock_on(path, wait=True)
        if path.is_dir():
            break
        # Another process deleted it as abandoned before it was locked.
        _let_go(lock)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        _let_go(lock)


def _clear_abandoned(place: Path) -> None:
    """Delete what processes of this machine left there when they were killed."""
    for path in place.glob(f"{_MACHINE}*"):
        if _MAKING.fullmatch(path.name) and (lock := _lock_on(path)) is not None:
            shutil.rmtree(path, ignore_errors=True)
            _let_go(lock)


def _lock_on(folder: Path, *, wait: bool = False) -> int | None:
    """Lock a folder; None if another process has it, or the system has no such locks."""
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


def _let_go(lock: int | None) -> None:
    """Unlock a folder."""
    if lock is not None:
        with suppress(OSError):
            os.close(lock)


# Of Linux (rename(2)) and of macOS (renamex_np(2)).
_AT_WORKING_FOLDER = -100
_EXCHANGE = 2


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that both names always exist.

    Returns
    -------
    bool
        False if the system or the disk does not support this; nothing is done then.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            done = library.renamex_np(*names, _EXCHANGE)
        else:
            here = _AT_WORKING_FOLDER
            done = library.renameat2(here, names[0], here, names[1], _EXCHANGE)
    except (OSError, TypeError, AttributeError):
        return False
    return bool(done == 0)
