"""What is wrong with the file of an analysis: which key, on which line, and what would do."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from crossplan.pipeline.declaration import Analysis, Key

PLACED = re.compile(r"(?P<problem>.*) - at `\$(?P<key>(?:\.\w+|\[\d+\])+)`", re.DOTALL)
PART = re.compile(r"\[(\d+)\]|\.(\w+)")
ABSENT = re.compile(r"Object (?:missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL)
UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
INVALID = re.compile(r"Invalid (?:enum )?value .*", re.DOTALL)
TAG = "of"
KIND = re.compile(r"`([a-z]+(?: \| [a-z]+)*)`")
KINDS = {
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
# What msgspec says of forms, as one who writes TOML knows it.
FORMS = {
    r" matching regex '\\S'": " that is not blank",
    " matching regex '^([0-9a-f]{64})?$'": " of 64 figures 0-9 and a-f, as sha256sum prints it",
    "Invalid RFC3339 encoded date": "Expected a day, such as 2026-11-27",
}


def fault_of(error: msgspec.ValidationError, content: Any) -> tuple[Key, str, str]:
    """Give the key that a fault is about, the problem, and the remedy if one is known.

    Parameters
    ----------
    error : msgspec.ValidationError
    content : dict
        What was read from the file.
    """
    key, problem = placed(str(error), content)
    if absent := ABSENT.fullmatch(problem):
        key = (*key, absent["name"])
        if "unknown" in problem:
            return key, "there is no such key here", names_in(type_at(key[:-1], content))
        return key, "the key is missing", choices_of(key, content) if key[-1] == TAG else "Add it."
    if INVALID.fullmatch(problem):
        return key, f"{value_at(key, content)!r} is not possible", choices_of(key, content)
    for form, words in FORMS.items():
        problem = problem.replace(form, words)
    return key, KIND.sub(kinds, problem[0].lower() + problem[1:]), ""


def placed(message: str, content: Any) -> tuple[Key, str]:
    """Part a message into the key that it is about, and the problem."""
    found = PLACED.fullmatch(message)
    if found is None:
        return (), message
    key: Key = tuple(int(n) if n else name for n, name in PART.findall(found["key"]))
    # An unknown key, which the message quotes, may itself look like the end of one.
    unknown = UNKNOWN.fullmatch(found["problem"])
    there = has(content, (*key, unknown["name"]) if unknown else key)
    return (key, found["problem"]) if there else ((), message)


def kinds(found: re.Match[str]) -> str:
    """Name kinds of values as one who writes TOML knows them."""
    return " or ".join(KINDS.get(kind, kind) for kind in found[1].split(" | "))


def value_at(key: Key, content: Any) -> Any:
    """Give what stands at a key."""
    for part in key:
        content = content[part]
    return content


def choices_of(key: Key, content: Any) -> str:
    """Name what may stand at a key."""
    if key[-1] == TAG:
        steps: Any = field_of(inspect.type_info(Analysis), key[0]).item_type.types
        return f"Choose from: {', '.join(repr(step.tag) for step in steps)}."
    values = getattr(type_at(key, content), "values", ())
    return f"Choose from: {', '.join(map(repr, values))}."


def names_in(table: Any) -> str:
    """Name the keys that a table may have."""
    names = [field.encode_name for field in table.fields]
    return f"Choose from: {', '.join([*([table.tag_field] if table.tag_field else []), *names])}."


def type_at(key: Key, content: Any) -> Any:
    """Give what the schema says of a key that stands in the file."""
    kind: Any = inspect.type_info(Analysis)
    for part in key:
        content = content[part]
        kind = kind.item_type if isinstance(part, int) else field_of(kind, part)
        if isinstance(kind, inspect.UnionType) and isinstance(content, dict):
            # The tag tells which of the steps it is.
            steps: Any = kind.types
            kind = next(step for step in steps if step.tag == content.get(TAG))
    return kind


def field_of(table: Any, name: Any) -> Any:
    """Give what the schema says of a key of a table, without limits of its size."""
    kind = next(field.type for field in table.fields if field.encode_name == name)
    return kind.type if isinstance(kind, inspect.Metadata) else kind


Key = Sequence[str | int]

# Of a bracket and a line end it matters whether they stand in a text or a remark.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


def line_of(text: str, key: Key) -> int:
    r"""Give the line on which a key begins; for a missing one, that of the table it belongs to.

    The parser is asked: a key stands on the first line behind the longest beginning of the
    file, whole statements all, that does not have it.

    Parameters
    ----------
    text : str
        TOML, as the parser takes it.
    key : sequence of str and int
        Such as ``("comparisons", 0, "old")``.

    Examples
    --------
    >>> text = 'lang = "en"\n\n[[comparisons]]\nname = "a"\nold = [\n"2016"\n]\n'
    >>> line_of(text, ("comparisons", 0, "old")), line_of(text, ("comparisons", 0, "new"))
    (5, 3)
    """
    whole = tomllib.loads(text)
    while key and not has(whole, key):
        key = key[:-1]
    if not key:
        return 1
    places = beginnings(text)
    first = bisect_left(places, 1, key=lambda end: has(tomllib.loads(text[:end]), key))
    return line_at(text, places[first - 1])


def line_of_fault(text: str) -> int:
    """Give the line of the first statement that the parser does not take."""
    places = beginnings(text)
    first = bisect_left(places, 1, key=lambda end: not is_toml(text[:end]))
    return line_at(text, places[first - 1])


def line_of_depth(text: str, most: int) -> int | None:
    """Give the line on which more brackets than so many are open; None if there is none."""
    return next((line_at(text, place) for place, depth in depths(text) if depth > most), None)


def beginnings(text: str) -> list[int]:
    """Give the places in the text up to which all statements are whole, and its end."""
    whole = [place for place, depth in depths(text) if not depth and text[place - 1] == "\n"]
    return [0, *whole, len(text)]


def depths(text: str) -> Iterator[tuple[int, int]]:
    """Give the places behind brackets and line ends, and how many brackets are open there."""
    depth = 0
    for token in TOKEN.finditer(text):
        if token[0] in "[]{}\n":
            depth += (token[0] in "[{") - (token[0] in "]}")
            yield token.end(), depth


def line_at(text: str, place: int) -> int:
    """Give the line on which a place in the text is."""
    return text.count("\n", 0, place) + 1


def is_toml(text: str) -> bool:
    """Tell whether the parser takes a text."""
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def has(content: Any, key: Key) -> bool:
    """Tell whether a key is there."""
    for part in key:
        if isinstance(content, dict):
            found = part in content
        else:
            found = isinstance(content, list) and isinstance(part, int) and part < len(content)
        if not found:
            return False
        content = content[part]
    return True
