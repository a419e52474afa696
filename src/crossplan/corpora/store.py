"""The user's data folder: the texts that were fetched or added, each with its source.

::

    HOME/<series>/<plan>/in-use.txt            the name of the witness that is read
    HOME/<series>/<plan>/<witness>/text.txt    the plan cut out of the original, UTF-8
                                   source.json origin, time, checksums
                                   corrections.toml  its critical apparatus, optional
                                   original/   the files as received, byte for byte

A witness is put in place by one rename and never changed afterwards, except for its
corrections.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from crossplan.errors import (
    ArgumentError,
    DamagedWitnessError,
    OutputError,
    UnknownSeriesError,
    UnknownWitnessError,
)
from crossplan.files import give_usual_rights, write_whole

_HOME = "CROSSPLAN_HOME"
_IN_USE = "in-use.txt"
TEXT = "text.txt"
SOURCE = "source.json"
CORRECTIONS = "corrections.toml"
ORIGINALS = "original"
SHIPPED = "shipped"

_STAGE = ".incoming-"
# A stage exists only between writing the first file and the rename. An older one is left
# over from a process that was killed.
_OLDEST_STAGE_SECONDS = 3600

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "series"
_CHECKOUT = _PACKAGE.parent.parent / "corpora"

# Windows reserves these names for devices, with any extension.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_SAFE_NAME = re.compile(r"\w[\w.\- ()（）—－,，]{0,119}")


class OriginalRecord(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An original file or page."""

    file: str
    sha256: str
    address: str = ""


class RepairRecord(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A repair or cut between the original and the text."""

    kind: str
    count: int
    examples: tuple[str, ...] = ()


class SourceRecord(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``source.json``: the source of a text and its repairs."""

    series: str
    plan: str
    way: Literal["fetched", "added"]
    name: str
    address: str = ""
    revision: str = ""
    time: str
    text_sha256: str
    originals: tuple[OriginalRecord, ...]
    repairs: tuple[RepairRecord, ...] = ()
    crossplan: str


@dataclass(frozen=True, slots=True)
class StoredWitness:
    """A witness in the data folder."""

    folder: Path
    source: SourceRecord

    @property
    def name(self) -> str:
        """The name of the witness, which is that of its folder."""
        return self.folder.name

    @property
    def text_path(self) -> Path:
        """The path of its text."""
        return self.folder / TEXT

    @property
    def corrections_path(self) -> Path:
        """The path of its critical apparatus, which may not exist."""
        return self.folder / CORRECTIONS


def _home(folder: str | Path | None = None) -> Path:
    """Return the data folder: the argument, ``CROSSPLAN_HOME``, or the folder of the system."""
    if folder is not None:
        return Path(folder)
    if named := os.environ.get(_HOME):
        return Path(named)
    import platformdirs

    try:
        return platformdirs.user_data_path("crossplan", appauthor=False)
    except RuntimeError as error:
        raise ArgumentError(
            f"this user has no home for texts ({error})", f"Name a folder in {_HOME}."
        ) from error


def plan_folder(series_id: str, plan_id: str, folder: str | Path | None = None) -> Path:
    """Return the folder with the witnesses of a plan."""
    return _home(folder) / series_id / plan_id


def witness_folders(
    series_id: str, plan_id: str, folder: str | Path | None = None
) -> tuple[Path, ...]:
    """Return the folders of the witnesses of a plan, by name."""
    place = plan_folder(series_id, plan_id, folder)
    if not place.is_dir():
        return ()
    return tuple(
        path for path in sorted(place.iterdir()) if path.is_dir() and not path.name.startswith(".")
    )


def witness_in_use(
    series_id: str, plan_id: str, folder: str | Path | None = None, *, shipped: bool
) -> Path | None:
    """Return the folder of the witness in use; None for the shipped text or no text.

    Raises
    ------
    UnknownWitnessError
        If the chosen witness does not exist.
    """
    chosen = _chosen_name(plan_folder(series_id, plan_id, folder))
    if chosen == SHIPPED or (chosen is None and shipped):
        return None
    folders = witness_folders(series_id, plan_id, folder)
    if chosen is None:
        return folders[0] if folders else None
    return find_witness(folders, chosen, plan_id)


def _chosen_name(place: Path) -> str | None:
    """Return the name of the chosen witness of a plan, if any."""
    try:
        return (place / _IN_USE).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def find_witness(folders: tuple[Path, ...], name: str, plan_id: str) -> Path:
    """Return the folder of that name.

    Raises
    ------
    UnknownWitnessError
    """
    for folder in folders:
        if folder.name == name:
            return folder
    raise UnknownWitnessError(name, plan_id, [folder.name for folder in folders])


def read_stored(folder: Path) -> StoredWitness:
    """Read a witness and its ``source.json``.

    Raises
    ------
    DamagedWitnessError
        If its ``source.json`` cannot be read, or names a file outside of the folder.
    """
    try:
        record = msgspec.json.decode((folder / SOURCE).read_bytes(), type=SourceRecord)
    except (OSError, msgspec.MsgspecError) as error:
        raise DamagedWitnessError(folder, f"its {SOURCE} cannot be read ({error})") from error
    if not all(is_safe_name(original.file) for original in record.originals):
        raise DamagedWitnessError(folder, f"its {SOURCE} names a file outside of the folder")
    return StoredWitness(folder, record)


@contextmanager
def stage(folder: str | Path | None = None) -> Iterator[Path]:
    """Yield a temporary folder next to the stored texts, removed at the end unless renamed.

    Raises
    ------
    OutputError
        If the data folder cannot be written.
    """
    place = _home(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        made = Path(tempfile.mkdtemp(prefix=_STAGE, dir=place))
    except OSError as error:
        raise OutputError(place, f"the data folder cannot be written ({error.strerror})") from error
    try:
        yield made
    except OSError as error:
        raise OutputError(made, f"the text cannot be stored ({error.strerror})") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove the stages of processes that were killed."""
    now = time.time()
    for old in place.glob(f"{_STAGE}*"):
        with suppress(OSError):
            if now - old.stat().st_mtime > _OLDEST_STAGE_SECONDS:
                shutil.rmtree(old, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a stage and flush them to the disk."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def move_in(staged: Path, target: Path) -> None:
    """Rename a stage to its place; keep the same text if it is there already."""
    target.parent.mkdir(parents=True, exist_ok=True)
    give_usual_rights(staged)
    try:
        staged.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def set_aside(damaged: Path) -> None:
    """Rename a damaged copy of a text so that a new one can take its place."""
    number = 1
    while (aside := damaged.with_name(f".damaged-{damaged.name}-{number}")).exists():
        number += 1
    damaged.rename(aside)


def put_in_use(series_id: str, plan_id: str, name: str, folder: str | Path | None = None) -> None:
    """Set the witness of a plan that is read.

    Raises
    ------
    OutputError
    """
    place = plan_folder(series_id, plan_id, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_whole(place / _IN_USE, f"{name}\n".encode())
    except OSError as error:
        raise OutputError(place, f"the choice cannot be written ({error.strerror})") from error


def shipped_folder() -> Path:
    """Return the folder of the shipped series, installed or in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def shipped_series() -> tuple[str, ...]:
    """Return the names of the shipped series."""
    return tuple(sorted(path.parent.name for path in shipped_folder().glob("*/series.toml")))


def find_series(series: str | Path) -> Path:
    """Find the folder of a series by its name or path.

    Raises
    ------
    UnknownSeriesError
        If it does not exist.
    """
    named = shipped_folder() / series
    if isinstance(series, str) and series in shipped_series():
        return named
    folder = Path(series)
    if folder.is_dir():
        return folder
    raise UnknownSeriesError(str(series), shipped_series())


def is_safe_name(name: str) -> bool:
    """Return whether a name is safe as the name of a file in a folder.

    Examples
    --------
    >>> is_safe_name("2021-2025"), is_safe_name("../2021-2025"), is_safe_name("a/b")
    (True, False, False)
    """
    return bool(_SAFE_NAME.fullmatch(name)) and not name.endswith((".", " "))


def safe_name(name: str, *, longest: int = 60) -> str:
    """Return words as a safe name of a file.

    Examples
    --------
    >>> safe_name("zh.wikisource.org:8080"), safe_name("../../etc/passwd")
    ('zh.wikisource.org-8080', 'etc-passwd')
    """
    safe = re.sub(r"[^\w.\-]+", "-", name).strip("-. _")[:longest].strip("-. _") or "text"
    return f"file-{safe}" if RESERVED.match(safe) else safe
