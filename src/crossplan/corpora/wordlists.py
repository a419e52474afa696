"""Reading word lists of users: one word per line, or TOML."""

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import msgspec

from crossplan.corpora.encoding import read_text
from crossplan.errors import ChoiceError, UnreadableTextError, WordListError
from crossplan.model import Lexicon, LexiconEntry

# A # inside a word, as in C#, does not begin a remark.
_REMARK = re.compile(r"(?:^|\s)#.*")
_AT_LINE = re.compile(r"at line ([0-9]+)")

RecordType = TypeVar("RecordType")

# The form of jieba's user dictionaries, which scholars may already have.
_LINE = re.compile(r"(?P<word>\S+)(?:\s+(?P<frequency>\S+?))??(?:\s+(?P<kind>[A-Za-z]+))?")
# Characters that are never inside a word.
_FOREIGN = re.compile(r"[，。、；：！？（）《》“”‘’【】〔〕,;:!?()\"<>]")
_REMEDY = (
    "Write one word a line, if you like with a frequency and a part of speech behind it, "
    "as in: 义务教育 10 n. What follows # is a remark"
)

_SEPARATORS = ",;\t"
# Only .xlsx is read; the others are recognised to raise a clear error.
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}


def named_file(name: str | Path) -> Path:
    """Return the path of a file, and raise an error if it does not exist.

    Raises
    ------
    UnreadableTextError
        If the file does not exist.
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
    """Yield the lines that are not empty without remarks, with their numbers."""
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if words := _REMARK.sub("", line).strip():
            yield number, words


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


def as_lexicon(given: Lexicon | str | Path | Collection[str] | None) -> Lexicon:
    """Return a lexicon from a file or from a collection of words.

    Raises
    ------
    ChoiceError
        If the value has another type.
    UnreadableTextError, WordListError
        If a file cannot be read, or words are malformed.
    """
    if given is None:
        return Lexicon()
    if isinstance(given, Lexicon):
        return given
    if isinstance(given, str | Path):
        return read_lexicon(named_file(given))
    if isinstance(given, Collection) and not isinstance(given, bytes):
        return _given_lexicon(given)
    raise ChoiceError("lexicon", given, ["a path", "a collection of words", "a Lexicon", None])


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon.

    Parameters
    ----------
    path : Path
        Text in UTF-8, UTF-16 or GB18030. Each line contains a word and, optionally, a
        frequency and a part of speech, separated by blanks; ``#`` begins a remark.

    Returns
    -------
    Lexicon

    Raises
    ------
    UnreadableTextError
        If the file cannot be opened or is not text.
    WordListError
        If lines are malformed; the message lists their numbers.
    """
    _, text, _ = read_text(path)
    entries: dict[str, LexiconEntry] = {}
    faults: list[tuple[int | None, str]] = []
    for number, line in words_of_lines(text):
        try:
            entry = _lexicon_entry(line)
        except ValueError as error:
            faults.append((number, str(error)))
            continue
        if entry.word in entries:
            faults.append((number, f"{entry.word} was listed before"))
        entries.setdefault(entry.word, entry)
    if faults:
        raise WordListError(path, faults, f"{_REMEDY}.")
    return Lexicon(path.name, tuple(entries.values()))


def _given_lexicon(words: Collection[str]) -> Lexicon:
    """Return a lexicon of the given words.

    Raises
    ------
    WordListError
        If some of them are not valid entries.
    """
    entries: dict[str, LexiconEntry] = {}
    faults: list[tuple[int | None, str]] = []
    for word in words:
        try:
            entries[word] = _lexicon_entry(word)
        except (TypeError, ValueError) as error:
            faults.append((None, str(error)))
    if faults:
        raise WordListError("the lexicon that was given", faults, "Give words, such as '义务教育'.")
    return Lexicon("given", tuple(entries.values()))


def _lexicon_entry(line: str) -> LexiconEntry:
    """Read an entry from a line.

    Raises
    ------
    TypeError, ValueError
        If it is not an entry; the message contains the reason.
    """
    if not isinstance(line, str):
        raise TypeError(f"{line!r} is no word")
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"{line!r} is not a word, a frequency and a part of speech")
    word, frequency, kind = found["word"], found["frequency"], found["kind"] or ""
    if frequency is not None and not re.fullmatch(r"[1-9][0-9]{0,9}", frequency):
        raise ValueError(
            f"the frequency {frequency!r} is not a positive whole number (a word holds no blank)"
        )
    if foreign := _FOREIGN.search(word):
        raise ValueError(f"{word} holds a {foreign[0]}, which parts words")
    if not any(character.isalnum() for character in word):
        raise ValueError(f"{word} has neither a character nor a letter")
    return LexiconEntry(word, int(frequency) if frequency else None, kind)


def table_rows(path: Path) -> list[list[str]]:
    """Return the cells of a CSV or XLSX file as text."""
    if path.suffix.lower() in WORKBOOKS:
        return _sheet_rows(path)
    _, text, _ = read_text(path)
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _sheet_rows(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook as text."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise UnreadableTextError(
            path, "the workbook cannot be opened", "Save it as .xlsx or .csv."
        ) from error
    return [
        ["" if value is None else str(value) for value in row]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
