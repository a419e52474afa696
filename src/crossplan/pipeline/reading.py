"""Read and check the file of an analysis."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from crossplan.display import visible
from crossplan.errors import (
    AnalysisError,
    MissingExtraError,
    UnknownAnalysisError,
    UnreadableTextError,
)
from crossplan.pipeline.declaration import Analysis
from crossplan.pipeline.faults import fault_of, line_of, line_of_depth, line_of_fault
from crossplan.pipeline.manifest import COPY, MANIFEST
from crossplan.pipeline.steps import Key

SUFFIX = ".toml"
_SHELF = "analyses"
# Far more than any analysis, and far less than Python can hold.
_DEEPEST = 50
_REMEDY = "docs/how-to/repeat-an-analysis.md lists the keys of an analysis."


@dataclass(frozen=True, slots=True)
class Declaration:
    """An analysis as it was read.

    Attributes
    ----------
    path : Path
    data : bytes
        The file.
    text : str
    analysis : Analysis
    """

    path: Path
    data: bytes
    text: str
    analysis: Analysis

    @property
    def name(self) -> str:
        """Of the analysis: that of its file, or of the folder of results that has the copy."""
        return self.path.resolve().stem if self.results is None else self.results.name

    @property
    def results(self) -> Path | None:
        """The folder of results, if this is the copy that it has."""
        path = self.path.resolve()
        return path.parent if path.name == COPY and (path.parent / MANIFEST).is_file() else None

    def at(self, relative: str) -> Path:
        """Return the path of a file or folder that is named in the analysis."""
        return self.path.parent / relative

    def fault(self, key: Key, problem: str, remedy: str) -> AnalysisError:
        """Make the error for what is wrong with a key."""
        return AnalysisError(self.path, line_of(self.text, key), _written(key), problem, remedy)

    def lacking(self, key: Key, package: str, extra: str, asked: str) -> MissingExtraError:
        """Make the error for a key that asks what a package does which is not installed."""
        place = f"{self.path}, line {line_of(self.text, key)}, key {_written(key)}"
        return MissingExtraError(package, extra, f"{place}: {asked}")


def read_declaration(path: str | Path) -> Declaration:
    """Read the file of an analysis.

    Raises
    ------
    UnknownAnalysisError
        If there is no such file.
    UnreadableTextError
        If it cannot be opened, is not UTF-8, or is not named as an analysis is.
    AnalysisError
        If it is not TOML, or does not fit the schema.
    """
    path = Path(path)
    data = _read(path)
    if path.is_symlink():
        # Its name and the files it names are those of the place where it lies.
        path = path.resolve()
    if path.suffix != SUFFIX:
        raise UnreadableTextError(
            path, f"the name of an analysis ends with {SUFFIX}", "Rename it, or give another file."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTextError(
            path, f"the file is not UTF-8 (byte {error.start})", "Save it as UTF-8."
        ) from error
    content = _parsed(text, path)
    try:
        analysis = msgspec.convert(content, Analysis)
    except msgspec.ValidationError as error:
        key, problem, remedy = fault_of(error, content)
        line = line_of(text, key)
        raise AnalysisError(path, line, _written(key), problem, remedy or _REMEDY) from error
    return Declaration(path, data, text, analysis)


def _read(path: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    UnknownAnalysisError, UnreadableTextError
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnknownAnalysisError(path, _analyses_beside(path)) from error
    except (OSError, ValueError) as error:  # The latter for a name that no system accepts.
        problem = getattr(error, "strerror", None) or error
        raise UnreadableTextError(
            path, f"the file cannot be opened ({problem})", "Give the .toml file of an analysis."
        ) from error


def _analyses_beside(path: Path) -> list[str]:
    """Return the analyses in the folder of a path, and in its folder of analyses."""
    folder = path.parent
    return [str(p) for f in (folder, folder / _SHELF) for p in sorted(f.glob(f"*{SUFFIX}"))]


def _parsed(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML.

    Raises
    ------
    AnalysisError
    """
    if line := line_of_depth(text, _DEEPEST):
        raise AnalysisError(path, line, "", "values are nested too deeply", _REMEDY)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        number = place.removeprefix("line ").partition(",")[0]
        line = int(number) if number.isdecimal() else text.count("\n") + 1
        raise AnalysisError(path, line, "", f"this is no TOML: {problem}", _REMEDY) from error
    except ValueError as error:
        line = line_of_fault(text)
        problem = "a number has more digits than can be read"
        raise AnalysisError(path, line, "", problem, _REMEDY) from error


def _written(key: Key) -> str:
    """Write a key as a reader finds it.

    Examples
    --------
    >>> _written(("comparisons", 0, "old"))
    'comparisons[0].old'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return visible("".join(parts).removeprefix("."))
