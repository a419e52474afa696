"""Writing a folder of results, which appears whole or not at all."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crossplan.errors import CrossplanError, ManifestError, OutputError
from crossplan.files import give_usual_rights
from crossplan.narration.interruption import put_off
from crossplan.pipeline.abandoned import begin_folder, clear_abandoned
from crossplan.pipeline.exchange import exchanged
from crossplan.pipeline.inputs import checksum, read_whole
from crossplan.pipeline.manifest import MANIFEST, Manifest
from crossplan.pipeline.places import DESCRIPTIONS

# Files that systems put into folders unasked.
UNASKED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_folder(target: Path, files: Mapping[str, bytes], name: str) -> Path:
    """Write files into a folder beside its place, and then put it there.

    An earlier run of the same analysis gives way; where the system can let two folders
    change places, the old or the new one is there at every moment. A request to end the
    process is heeded when one of them is there whole.

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
    with put_off(lambda: None), said_of(target), folder_for(target):
        require_replaceable(target, name)
        clear_abandoned(target.parent)
        temporary = begin_folder(target.parent)
        try:
            for path, data in files.items():
                (temporary / path).parent.mkdir(parents=True, exist_ok=True)
                (temporary / path).write_bytes(data)
            give_usual_rights(temporary)
            put_in_place(temporary, target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return target


def put_in_place(made: Path, target: Path) -> None:
    """Put a folder where an older one may be; what was there is then where the new one was."""
    if not target.exists():
        made.rename(target)
    elif not exchanged(made, target):
        aside = made.with_name(f"{made.name}.before")
        target.rename(aside)
        try:
            made.rename(target)
        except BaseException:
            aside.rename(target)
            raise
        aside.rename(made)


@contextmanager
def folder_for(target: Path) -> Iterator[None]:
    """Make the folder that a folder of results stands in, if it is missing; only that one."""
    parent = target.parent
    made = not parent.exists()
    if made:
        parent.mkdir()
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                parent.rmdir()
        raise


@contextmanager
def said_of(target: Path) -> Iterator[None]:
    """Say of which folder it is that it cannot be written."""
    try:
        yield
    except CrossplanError:
        raise
    except (OSError, ValueError) as error:  # The latter for a name that no system takes.
        problem = getattr(error, "strerror", None) or error
        raise OutputError(target, f"the results cannot be written ({problem})") from error


def require_replaceable(target: Path, name: str) -> None:
    """Refuse a place where something is that no run of the analysis wrote, or not as it is.

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
    there = set(paths_in(target))
    if others := sorted(there - written.keys() - set(DESCRIPTIONS)):
        raise OutputError(
            target, f"a file is there that the earlier run did not write: {others[0]}"
        )
    for path in sorted(there & written.keys()):
        if checksum(read_whole(target / path)) != written[path]:
            raise OutputError(
                target, f"{path} was changed since the earlier run (undo that to replace the run)"
            )


def paths_in(folder: Path) -> Iterator[str]:
    """Give the paths of all files in a folder, as seen from it."""
    for path in folder.rglob("*"):
        if (path.is_file() or path.is_symlink()) and path.name not in UNASKED:
            yield path.relative_to(folder).as_posix()
