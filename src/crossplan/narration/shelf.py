"""Where the notebooks are: in the installed package, in a checkout, or a user's own."""

import re
from pathlib import Path

from crossplan.errors import UnknownNotebookError

PACKAGE = Path(__file__).resolve().parent.parent
INSTALLED = PACKAGE / "notebooks"
CHECKOUT = PACKAGE.parent.parent / "notebooks"
SUFFIX = ".ipynb"
NUMBERED = re.compile(r"(?P<number>\d+)-(?P<name>.+)")
# From this likeness on, another name may be the one that was meant.
LIKE = 60.0


def shipped_notebooks() -> tuple[Path, ...]:
    """Give the notebooks that come with the library, in order."""
    folder = INSTALLED if INSTALLED.is_dir() else CHECKOUT
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))


def find_notebook(name: str) -> Path:
    """Find a shipped notebook by its name, number or both, or a user's own by its path.

    Raises
    ------
    UnknownNotebookError
        If there is none.

    Examples
    --------
    >>> find_notebook("targets-over-seventeen-years") == find_notebook("4")
    True
    """
    if name.endswith(SUFFIX) and Path(name).is_file():
        return Path(name)
    shipped = shipped_notebooks()
    for path in shipped:
        if name.lower() in names_of(path):
            return path
    known = [path.stem for path in shipped]
    raise UnknownNotebookError(name, known, most_like(name, known))


def names_of(path: Path) -> set[str]:
    """Give the names that a shipped notebook goes by."""
    names = {path.stem, path.name}
    if numbered := NUMBERED.fullmatch(path.stem):
        names |= {numbered["name"], numbered["number"], numbered["number"].lstrip("0")}
    return names


def most_like(name: str, known: list[str]) -> str:
    """Give the known name that is most like another; none where no one is like it.

    Examples
    --------
    >>> most_like("lnag", ["old", "new", "lang"]), most_like("xyz", ["old", "new", "lang"])
    ('lang', '')
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=LIKE)
    return found[0] if found else ""
