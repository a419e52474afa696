"""Read the file of an analysis, and describe its faults: key, line and remedy."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from crossplan.display import visible
from crossplan.errors import (
    AnalysisError,
    MissingExtraError,
    UnknownAnalysisError,
    UnreadableTextError,
)
from crossplan.pipeline.declaration import Analysis
from crossplan.pipeline.manifest import COPY, MANIFEST
from crossplan.pipeline.steps import Key

_PLACED = re.compile(r"(?P<problem>.*) - at `\$(?P<key>(?:\.\w+|\[\d+\])+)`", re.DOTALL)
_PART = re.compile(r"\[(\d+)\]|\.(\w+)")
_ABSENT = re.compile(
    r"Object (?:missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL
)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
_INVALID = re.compile(r"Invalid (?:enum )?value .*", re.DOTALL)
_TAG = "of"
_KIND = re.compile(r"`([a-z]+(?: \| [a-z]+)*)`")
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a day, such as 2026-11-27",
    "datetime": "a time",
    "time": "a time of day",
    "array": "a list",
    "list": "a list",
    "object": "a table",
    "dict": "a table",
}
# Type names of msgspec, in the words of TOML.
_FORMS = {
    r" matching regex '\\S'": " that is not blank",
    " matching regex '^([0-9a-f]{64})?$'": " of 64 figures 0-9 and a-f, as sha256sum prints it",
    "Invalid RFC3339 encoded date": "Expected a day, such as 2026-11-27",
}


def _fault_of(error: msgspec.ValidationError, content: Any) -> tuple[Key, str, str]:
    """Return the key that a fault is about, the problem, and the remedy if one is known.

    Parameters
    ----------
    error : msgspec.ValidationError
    content : dict
        What was read from the file.
    """
    key, problem = _placed(str(error), content)
    if absent := _ABSENT.fullmatch(problem):
        key = (*key, absent["name"])
        if "unknown" in problem:
            return key, "there is no such key here", _names_in(_type_at(key[:-1], content))
        return (
            key,
            "the key is missing",
            _choices_of(key, content) if key[-1] == _TAG else "Add it.",
        )
    if _INVALID.fullmatch(problem):
        return key, f"{_value_at(key, content)!r} is not possible", _choices_of(key, content)
    for form, words in _FORMS.items():
        problem = problem.replace(form, words)
    return key, _KIND.sub(_kinds, problem[0].lower() + problem[1:]), ""


def _placed(message: str, content: Any) -> tuple[Key, str]:
    """Split a message into the key that it is about, and the problem."""
    found = _PLACED.fullmatch(message)
    if found is None:
        return (), message
    key: Key = tuple(int(n) if n else name for n, name in _PART.findall(found["key"]))
    # An unknown key, which the message quotes, may itself look like the end of one.
    unknown = _UNKNOWN.fullmatch(found["problem"])
    there = _has(content, (*key, unknown["name"]) if unknown else key)
    return (key, found["problem"]) if there else ((), message)


def _kinds(found: re.Match[str]) -> str:
    """Return the kinds of values in the words of those who write TOML."""
    return " or ".join(_KINDS.get(kind, kind) for kind in found[1].split(" | "))


def _value_at(key: Key, content: Any) -> Any:
    """Return the value of a key."""
    for part in key:
        content = content[part]
    return content


def _choices_of(key: Key, content: Any) -> str:
    """Return the possible values of a key."""
    if key[-1] == _TAG:
        steps: Any = _field_of(inspect.type_info(Analysis), key[0]).item_type.types
        return f"Choose from: {', '.join(repr(step.tag) for step in steps)}."
    values = getattr(_type_at(key, content), "values", ())
    return f"Choose from: {', '.join(map(repr, values))}."


def _names_in(table: Any) -> str:
    """Return the keys that a table may have."""
    names = [field.encode_name for field in table.fields]
    return f"Choose from: {', '.join([*([table.tag_field] if table.tag_field else []), *names])}."


def _type_at(key: Key, content: Any) -> Any:
    """Return the schema of a key of the file."""
    kind: Any = inspect.type_info(Analysis)
    for part in key:
        content = content[part]
        kind = kind.item_type if isinstance(part, int) else _field_of(kind, part)
        if isinstance(kind, inspect.UnionType) and isinstance(content, dict):
            # The tag identifies the kind of step.
            steps: Any = kind.types
            kind = next(step for step in steps if step.tag == content.get(_TAG))
    return kind


def _field_of(table: Any, name: Any) -> Any:
    """Return the schema of a key of a table, without limits of its size."""
    kind = next(field.type for field in table.fields if field.encode_name == name)
    return kind.type if isinstance(kind, inspect.Metadata) else kind


# Brackets and line ends do not count in strings and comments.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


def line_of(text: str, key: Key) -> int:
    r"""Return the line on which a key begins; for a missing one, that of the table it belongs to.

    The line is found with the parser: it is the first line after the longest beginning of the
    file that consists of whole statements and does not have the key.

    Parameters
    ----------
    text : str
        TOML, as the parser takes it.
    key : tuple of str and int
        Such as ``("comparisons", 0, "old")``.

    Examples
    --------
    >>> text = 'lang = "en"\n\n[[comparisons]]\nname = "a"\nold = [\n"2016"\n]\n'
    >>> line_of(text, ("comparisons", 0, "old")), line_of(text, ("comparisons", 0, "new"))
    (5, 3)
    """
    whole = tomllib.loads(text)
    while key and not _has(whole, key):
        key = key[:-1]
    if not key:
        return 1
    places = _beginnings(text)
    first = bisect_left(places, 1, key=lambda end: _has(tomllib.loads(text[:end]), key))
    return _line_at(text, places[first - 1])


def _line_of_fault(text: str) -> int:
    """Return the line of the first statement that the parser does not take."""
    places = _beginnings(text)
    first = bisect_left(places, 1, key=lambda end: not _is_toml(text[:end]))
    return _line_at(text, places[first - 1])


def _line_of_depth(text: str, most: int) -> int | None:
    """Return the line on which more than `most` brackets are open; None if there is none."""
    return next((_line_at(text, place) for place, depth in _depths(text) if depth > most), None)


def _beginnings(text: str) -> list[int]:
    """Return the places in the text up to which all statements are whole, and its end."""
    whole = [place for place, depth in _depths(text) if not depth and text[place - 1] == "\n"]
    return [0, *whole, len(text)]


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Return the places after brackets and line ends, with the number of open brackets."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[]{}\n":
            depth += (token[0] in "[{") - (token[0] in "]}")
            yield token.end(), depth


def _line_at(text: str, place: int) -> int:
    """Return the line on which a place in the text is."""
    return text.count("\n", 0, place) + 1


def _is_toml(text: str) -> bool:
    """Return whether the parser takes a text."""
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def _has(content: Any, key: Key) -> bool:
    """Return whether a key is there."""
    for part in key:
        if isinstance(content, dict):
            found = part in content
        else:
            found = isinstance(content, list) and isinstance(part, int) and part < len(content)
        if not found:
            return False
        content = content[part]
    return True


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
        """Return the error for the fault of a key."""
        return AnalysisError(self.path, line_of(self.text, key), _written(key), problem, remedy)

    def lacking(self, key: Key, package: str, extra: str, asked: str) -> MissingExtraError:
        """Return the error for a key that needs a package that is not installed."""
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
        key, problem, remedy = _fault_of(error, content)
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
    if line := _line_of_depth(text, _DEEPEST):
        raise AnalysisError(path, line, "", "values are nested too deeply", _REMEDY)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        number = place.removeprefix("line ").partition(",")[0]
        line = int(number) if number.isdecimal() else text.count("\n") + 1
        raise AnalysisError(path, line, "", f"this is no TOML: {problem}", _REMEDY) from error
    except ValueError as error:
        line = _line_of_fault(text)
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
