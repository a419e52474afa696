"""What was worked out once and can be worked out again: kept in files between runs.

::

    FOLDER/<version>/<kind>/<key>    a value, behind the checksum of its key and itself

The key is a checksum of everything that the value depends on, and the version one of our
own code and of the packages it uses, so that a value is never stale: another text, option,
lexicon, package or line of code has another name. Files appear whole by one rename, so that
several processes may read and write at once; a damaged one is taken for missing.
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

from crossplan.display import visible
from crossplan.errors import OutputError
from crossplan.files import write_whole
from crossplan.started import STARTED

_FOLDER = "CROSSPLAN_CACHE"
_OFF = "off"
_VERSION = re.compile(r"v-[0-9a-f]{16}")
_CHECKSUM = 32
# Quick rather than small: reading must stay far below working out anew.
_EFFORT = 1

_ROOT = Path(__file__).parent
_SUFFIXES = frozenset({".py", ".toml", ".txt"})
# Of the folders of the package: the series are inputs, and notebooks compute nothing.
_NO_CODE = frozenset({"series", "notebooks"})
# The packages that read documents and cut them into words.
READING = (
    *("inscriptis", "jieba", "lxml", "mwparserfromhell", "opencc", "pypdfium2"),
    *("python-docx", "rapidfuzz", "rjieba", "w3lib"),
)
# Those that compute what is found in them, and write it.
WRITING = (
    *("bm25s", "fonttools", "itables", "jinja2", "markupsafe", "matplotlib", "msgspec"),
    *("numpy", "openpyxl", "pandas", "scikit-learn", "scipy", "uharfbuzz", "zhplot"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Cache:
    """Where values are kept between runs, how many, and how large they are.

    Attributes
    ----------
    folder : pathlib.Path or None
        None where the cache is off.
    files, size : int
        Number of values, and bytes that they take.
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
    """Return where parsed plans and words are kept between runs, and how much is there.

    Nothing in it is needed: what is missing is worked out again. The variable
    ``CROSSPLAN_CACHE`` of the environment names another folder, or is ``off``.

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
    """Delete what is kept between runs, of this version and of all others.

    Other processes may go on reading and writing: they work out anew what is gone.

    Returns
    -------
    Cache
        What was there.

    Raises
    ------
    OutputError
        If some of it cannot be deleted.

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
    """Delete the folder of a version, into which other processes may be writing.

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
    """Return the checksum of what a value depends on.

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
    """Return a value that was kept; None where there is none, or it is damaged."""
    path = _place_of(kind, key)
    if path is None:
        return None
    try:
        if not path.is_file():  # A pipe would be waited for.
            return None
        content = path.read_bytes()
        data = zlib.decompress(content[_CHECKSUM:])
    except (OSError, zlib.error):
        return None
    return data if _seal(key, data) == content[:_CHECKSUM] else None


def keep(kind: str, key: str, data: bytes) -> None:
    """Keep a value; where it cannot be written, it is worked out again the next time."""
    path = _place_of(kind, key)
    if path is None:
        return
    with suppress(OSError, RuntimeError):  # The latter for links that lead to themselves.
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _seal(key, data) + zlib.compress(data, _EFFORT))


def _seal(key: str, data: bytes) -> bytes:
    """Return the checksum that tells whether a value is whole, and that of its key."""
    return hashlib.sha256(key.encode() + data).digest()


def _place_of(kind: str, key: str) -> Path | None:
    """Return the place of a value; None where nothing is kept."""
    folder = cache_folder()
    code = None if folder is None else version_of_code()
    if folder is None or code is None:
        return None
    # Ten thousands of files in one folder are slow on some systems.
    return folder / code / kind / key[:2] / key


def cache_folder() -> Path | None:
    """Return the folder: the one of the environment, or the system's place; None for off."""
    named = os.environ.get(_FOLDER, "").strip()
    if named.casefold() == _OFF:
        return None
    try:
        if named:
            return Path(named).expanduser()
        import platformdirs

        return platformdirs.user_cache_path("crossplan", appauthor=False)
    except RuntimeError:  # The user has no home.
        return None


def version_of_code() -> str | None:
    """Return a checksum of our own code, of Python, and of the packages that take part.

    None if any of them was changed on disk after this process began: what it has loaded may
    be the older one, and what it loads later the newer one.
    """
    # Nothing that runs is another before a further module is loaded.
    return version_with(len(sys.modules))


@lru_cache(maxsize=1)
def version_with(_: int) -> str | None:
    """Return the checksum, or None, for a number of loaded modules."""
    if _code_has_changed() or versions() != first_versions():
        return None
    return f"v-{key_of(sys.version, *versions(), code_checksum())[:16]}"


def versions() -> tuple[str, ...]:
    """Return the packages that take part, with their versions."""
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112 - quick
    # To install a package changes the folder that holds it.
    return _versions_as_of(tuple(os.stat(folder).st_mtime_ns for folder in folders))  # noqa: PTH116


@lru_cache(maxsize=1)
def _versions_as_of(_: tuple[int, ...]) -> tuple[str, ...]:
    """Return them, looked up anew when a folder of packages has changed."""
    return tuple(f"{name} {version_of(name)}" for name in READING)


@cache
def first_versions() -> tuple[str, ...]:
    """Return what :func:`versions` gave at first."""
    return versions()


def _versions_in(folder: Path) -> Iterator[Path]:
    """Return the folders of versions: nothing else that lies there is ours to delete."""
    with suppress(OSError):
        yield from sorted(
            path for path in folder.iterdir() if _VERSION.fullmatch(path.name) and path.is_dir()
        )


def _values_in(folder: Path) -> Iterator[Path]:
    """Return the files of all values."""
    for place in _versions_in(folder):
        yield from (path for path in place.rglob("*") if path.is_file())


@cache
def _code_files() -> tuple[Path, ...]:
    """Return the files of our own code, and of the data that it reads, in order."""
    return tuple(
        path
        for path in sorted(_ROOT.rglob("*"))
        if path.suffix in _SUFFIXES and path.relative_to(_ROOT).parts[0] not in _NO_CODE
    )


@cache
def code_checksum() -> str:
    """Return the checksum of our own code, and of the data that it reads."""
    whole = hashlib.sha256()
    for path in _code_files():
        # Lines end otherwise in a checkout on Windows.
        code = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(_ROOT).as_posix()} {len(code)}\n".encode() + code)
    return whole.hexdigest()


def _code_has_changed() -> bool:
    """Return whether our code was changed on disk after this process began to load it."""
    try:
        files = [path.stat() for path in _code_files()]
    except FileNotFoundError:
        return True
    # Some installers keep the time at which a file was written; that of its inode is theirs.
    return any(max(file.st_mtime, file.st_ctime) > STARTED for file in files)


def version_of(package: str) -> str:
    """Return the version of a package; nothing for one that is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
