"""Files of words that people keep: one word a line, or TOML."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from crossplan.errors import UnreadableTextError, WordListError

# A # inside a word, as in C#, begins no remark.
_REMARK = re.compile(r"(?:^|\s)#.*")
_AT_LINE = re.compile(r"at line ([0-9]+)")

RecordType = TypeVar("RecordType")


def named_file(name: str | Path) -> Path:
    """Return the path of a file that a user named, or say that a string is a path.

    Raises
    ------
    UnreadableTextError
        If there is no such file.
    """
    path = Path(name)
    if not path.is_file():
        raise UnreadableTextError(
            path,
            "there is no such file",
            f"To give words themselves, write a list: [{str(name)!r}].",
        )
    return path


def words_of_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines that say something with their numbers, without remarks."""
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if said := _REMARK.sub("", line).strip():
            yield number, said


def toml_record(text: str, record: type[RecordType], path: Path, remedy: str) -> RecordType:
    """Read TOML as a record.

    Raises
    ------
    WordListError
        If the text is not TOML, or does not fit the record.
    """
    try:
        return msgspec.convert(tomllib.loads(text.lstrip("\ufeff")), record)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise WordListError(path, [(line, str(error))], remedy) from error
    except msgspec.ValidationError as error:
        raise WordListError(path, [(None, str(error))], remedy) from error
    except (ValueError, RecursionError) as error:
        problem = "a number has too many digits, or values are nested too deeply"
        raise WordListError(path, [(None, problem)], remedy) from error
