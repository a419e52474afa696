"""What settles results beside texts and choices: our own code, and the packages it uses."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crossplan.started import STARTED

ROOT = Path(__file__).parent
SUFFIXES = frozenset({".py", ".toml", ".txt"})
# Of the folders of the package: the series are inputs, and notebooks compute nothing.
NO_CODE = frozenset({"series", "notebooks"})
# The packages that read documents and cut them into words.
READING = (
    *("inscriptis", "jieba", "lxml", "mwparserfromhell", "opencc", "pypdfium2"),
    *("python-docx", "rapidfuzz", "rjieba", "w3lib"),
)
# Those that compute what is found in them, and write it.
WRITING = (
    *("fonttools", "itables", "jinja2", "markupsafe", "matplotlib", "msgspec", "numpy"),
    *("openpyxl", "pandas", "scikit-learn", "scipy", "uharfbuzz", "zhplot"),
)


@cache
def code_files() -> tuple[Path, ...]:
    """Give the files of our own code, and of the data that it reads, in order."""
    return tuple(
        path
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in SUFFIXES and path.relative_to(ROOT).parts[0] not in NO_CODE
    )


@cache
def code_checksum() -> str:
    """Give the checksum of our own code, and of the data that it reads."""
    whole = hashlib.sha256()
    for path in code_files():
        # Lines end otherwise in a checkout on Windows.
        code = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(ROOT).as_posix()} {len(code)}\n".encode() + code)
    return whole.hexdigest()


def code_has_changed() -> bool:
    """Tell whether our code was changed on disk after this process began to load it."""
    try:
        files = [path.stat() for path in code_files()]
    except FileNotFoundError:
        return True
    # Some installers keep the time at which a file was written; that of its inode is theirs.
    return any(max(file.st_mtime, file.st_ctime) > STARTED for file in files)


def version_of(package: str) -> str:
    """Give the version of a package; nothing for one that is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
