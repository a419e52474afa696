"""Putting a witness into the data folder: whole, by one rename, or not at all."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crossplan.corpora.store import IN_USE, home, plan_folder
from crossplan.errors import OutputError
from crossplan.files import give_usual_rights, write_whole

STAGE = ".incoming-"
# A stage lives for the moment between the first file and the rename. One that is older
# belonged to a process that was killed there.
OLDEST_STAGE_SECONDS = 3600


@contextmanager
def stage(folder: str | Path | None = None) -> Iterator[Path]:
    """Give a folder beside the stored texts, gone at the end unless it was renamed.

    Raises
    ------
    OutputError
        If the data folder cannot be written.
    """
    place = home(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        sweep(place)
        made = Path(tempfile.mkdtemp(prefix=STAGE, dir=place))
    except OSError as error:
        raise OutputError(place, f"the data folder cannot be written ({error.strerror})") from error
    try:
        yield made
    except OSError as error:
        raise OutputError(made, f"the text cannot be stored ({error.strerror})") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(place: Path) -> None:
    """Remove the stages of processes that were killed."""
    now = time.time()
    for old in place.glob(f"{STAGE}*"):
        with suppress(OSError):
            if now - old.stat().st_mtime > OLDEST_STAGE_SECONDS:
                shutil.rmtree(old, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a stage, and see to it that they are on the disk."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def move_in(staged: Path, target: Path) -> None:
    """Rename a stage into its place; the same text, if it is there already, stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    give_usual_rights(staged)
    try:
        staged.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def set_aside(damaged: Path) -> None:
    """Make room for a text where a damaged copy of it is; what is left of it is kept."""
    number = 1
    while (aside := damaged.with_name(f".damaged-{damaged.name}-{number}")).exists():
        number += 1
    damaged.rename(aside)


def put_in_use(series_id: str, plan_id: str, name: str, folder: str | Path | None = None) -> None:
    """Make a witness the one that is read.

    Raises
    ------
    OutputError
    """
    place = plan_folder(series_id, plan_id, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_whole(place / IN_USE, f"{name}\n".encode())
    except OSError as error:
        raise OutputError(place, f"the choice cannot be written ({error.strerror})") from error
