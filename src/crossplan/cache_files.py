"""Cache computed values in files between runs.

::

    FOLDER/<version>/<kind>/<key>    the checksum of key and value, then the value

The key is a checksum of everything that the value depends on. The version is a checksum of
our own code and of the packages that it uses. A value is therefore never stale: another text,
option, lexicon, package or line of code leads to another file name. Files are written by one
rename, so that several processes can read and write at once. A damaged file is treated as
missing.
"""

import hashlib
import os
import re
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crossplan._version import LOADED
from crossplan.display import visible
from crossplan.errors import OutputError
from crossplan.files import write_whole

_FOLDER = "CROSSPLAN_CACHE"
_OFF = "off"
_VERSION = re.compile(r"v-[0-9a-f]{16}")
_CHECKSUM = 32
# Fast rather than small: reading a value must be much faster than computing it.
_EFFORT = 1

_ROOT = Path(__file__).parent
_SUFFIXES = frozenset({".py", ".toml", ".txt"})
# Folders of the package that are not code: series are inputs, notebooks compute nothing.
_NO_CODE = frozenset({"series", "notebooks"})
# Packages that read documents and segment them into words.
READING = (
    *("inscriptis", "jieba", "lxml", "mwparserfromhell", "opencc", "pypdfium2"),
    *("python-docx", "rapidfuzz", "rjieba", "w3lib"),
)
# Packages that compute and write results.
WRITING = (
    *("bm25s", "fonttools", "itables", "jinja2", "markupsafe", "matplotlib", "msgspec"),
    *("numpy", "openpyxl", "pandas", "scikit-learn", "scipy", "uharfbuzz", "zhplot"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Cache:
    """The folder of the cache, with the number and size of its values.

    Attributes
    ----------
    folder : pathlib.Path or None
        None where the cache is off.
    files, size : int
        Number of values, and their size in bytes.
    """

    folder: Path | None
    files: int
    size: int

    def __repr__(self) -> str:
        if self.folder is None:
            return "<Cache: off>"
        place = visible(str(self.folder))
        return f"<Cache {place}: {self.files:,} values, {self.size / 2**20:,.1f} MiB>"


def state() -> Cache:
    """Return the folder and size of the cache of parsed plans and words.

    The cache can be deleted at any time: missing values are computed again. The environment
    variable ``CROSSPLAN_CACHE`` names another folder, or is ``off``.

    Returns
    -------
    Cache

    Examples
    --------
    >>> import crossplan as cp
    >>> cp.cache.state()  # doctest: +SKIP
    <Cache .../crossplan: 1,204 values, 96.3 MiB>
    """
    folder = cache_folder()
    sizes = []
    for path in _values_in(folder) if folder else ():
        with suppress(FileNotFoundError):  # Another process may have cleared it.
            sizes.append(path.stat().st_size)
    return Cache(folder, len(sizes), sum(sizes))


def clear() -> Cache:
    """Delete the cache of this version and of all others.

    Other processes can continue to read and write: they compute missing values again.

    Returns
    -------
    Cache
        The state of the cache before it was cleared.

    Raises
    ------
    OutputError
        If a part of it cannot be deleted.

    Examples
    --------
    >>> import crossplan as cp
    >>> cp.cache.clear()  # doctest: +SKIP
    <Cache .../crossplan: 1,204 values, 96.3 MiB>
    """
    before = state()
    if before.folder is not None:
        for place in _versions_in(before.folder):
            _delete(place)
    return before


def _delete(place: Path) -> None:
    """Delete the folder of a version while other processes may be writing to it.

    Raises
    ------
    OutputError
    """
    try:
        shutil.rmtree(place)
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        if isinstance(error, PermissionError):
            raise OutputError(
                Path(error.filename),
                f"the cache cannot be cleared ({error.strerror})",
                "Check the rights of the folder.",
            ) from error


def key_of(*parts: bytes | str) -> str:
    """Return the checksum of everything that a value depends on.

    Examples
    --------
    >>> key_of("ab", "c") == key_of("a", "bc")
    False
    """
    checksum = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        checksum.update(len(data).to_bytes(8, "big") + data)
    return checksum.hexdigest()


def kept(kind: str, key: str) -> bytes | None:
    """Return a cached value; None if there is none or it is damaged."""
    path = _place_of(kind, key)
    if path is None:
        return None
    try:
        if not path.is_file():  # Reading a pipe would block.
            return None
        content = path.read_bytes()
        data = zlib.decompress(content[_CHECKSUM:])
    except (OSError, zlib.error):
        return None
    return data if _seal(key, data) == content[:_CHECKSUM] else None


def keep(kind: str, key: str, data: bytes) -> None:
    """Write a value to the cache; if that fails, it is computed again the next time."""
    path = _place_of(kind, key)
    if path is None:
        return
    with suppress(OSError, RuntimeError):  # The latter for links that point to themselves.
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _seal(key, data) + zlib.compress(data, _EFFORT))


def _seal(key: str, data: bytes) -> bytes:
    """Return the checksum that shows whether a value is complete and belongs to its key."""
    return hashlib.sha256(key.encode() + data).digest()


def _place_of(kind: str, key: str) -> Path | None:
    """Return the path of a value; None if the cache is off."""
    folder = cache_folder()
    code = None if folder is None else version_of_code()
    if folder is None or code is None:
        return None
    # Tens of thousands of files in one folder are slow on some systems.
    return folder / code / kind / key[:2] / key


def cache_folder() -> Path | None:
    """Return the folder of the cache: that of the environment or the system; None if off."""
    named = os.environ.get(_FOLDER, "").strip()
    if named.casefold() == _OFF:
        return None
    try:
        if named:
            return Path(named).expanduser()
        import platformdirs

        return platformdirs.user_cache_path("crossplan", appauthor=False)
    except RuntimeError:  # The user has no home directory.
        return None


def version_of_code() -> str | None:
    """Return a checksum of our own code, of Python, and of the packages used.

    Return None if any of them was changed on disk after this process started: it may have
    loaded the older code, and may load the newer code later.
    """
    # The running code changes only when another module is loaded.
    return version_with(len(sys.modules))


@lru_cache(maxsize=1)
def version_with(_: int) -> str | None:
    """Return the checksum, or None, for a number of loaded modules."""
    if _code_has_changed() or versions() != first_versions():
        return None
    return f"v-{key_of(sys.version, *versions(), code_checksum())[:16]}"


def versions() -> tuple[str, ...]:
    """Return the packages used, with their versions."""
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112 - quick
    # Installing a package changes the folder that contains it.
    return _versions_as_of(tuple(os.stat(folder).st_mtime_ns for folder in folders))  # noqa: PTH116


@lru_cache(maxsize=1)
def _versions_as_of(_: tuple[int, ...]) -> tuple[str, ...]:
    """Return the packages with their versions, read again when their folders have changed."""
    return tuple(f"{name} {version_of(name)}" for name in READING)


@cache
def first_versions() -> tuple[str, ...]:
    """Return the first result of :func:`versions`."""
    return versions()


def _versions_in(folder: Path) -> Iterator[Path]:
    """Return the folders of versions; other files in the folder are not ours to delete."""
    with suppress(OSError):
        yield from sorted(
            path for path in folder.iterdir() if _VERSION.fullmatch(path.name) and path.is_dir()
        )


def _values_in(folder: Path) -> Iterator[Path]:
    """Return the files of all values."""
    for place in _versions_in(folder):
        # Path.rglob raises if another process deletes a folder meanwhile; os.walk does not.
        for parent, _, names in os.walk(place):
            yield from (path for name in names if (path := Path(parent, name)).is_file())


@cache
def _code_files() -> tuple[Path, ...]:
    """Return the files of our own code and of its data, sorted."""
    return tuple(
        path
        for path in sorted(_ROOT.rglob("*"))
        if path.suffix in _SUFFIXES and path.relative_to(_ROOT).parts[0] not in _NO_CODE
    )


@cache
def code_checksum() -> str:
    """Return the checksum of our own code and of its data."""
    whole = hashlib.sha256()
    for path in _code_files():
        # Line endings differ in a checkout on Windows.
        code = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(_ROOT).as_posix()} {len(code)}\n".encode() + code)
    return whole.hexdigest()


def _code_has_changed() -> bool:
    """Return whether our code was changed on disk after this process started to load it."""
    try:
        files = [path.stat() for path in _code_files()]
    except FileNotFoundError:
        return True
    # Some installers preserve the modification time, but not the change time of the inode.
    return any(max(file.st_mtime, file.st_ctime) > LOADED for file in files)


def version_of(package: str) -> str:
    """Return the version of a package; empty if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
