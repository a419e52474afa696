"""Reading a lexicon: one word a line, with frequency and part of speech if wanted."""

import re
from collections.abc import Collection
from pathlib import Path

from crossplan.corpora.encoding import read_text
from crossplan.corpora.wordlists import named_file, words_of_lines
from crossplan.errors import ChoiceError, WordListError
from crossplan.model import Lexicon, LexiconEntry

# The form of jieba's user dictionaries, which scholars may already have.
_LINE = re.compile(r"(?P<word>\S+)(?:\s+(?P<frequency>\S+?))??(?:\s+(?P<kind>[A-Za-z]+))?")
# What no segmenter would find inside a word.
_FOREIGN = re.compile(r"[，。、；：！？（）《》“”‘’【】〔〕,;:!?()\"<>]")
_REMEDY = (
    "Write one word a line, if you like with a frequency and a part of speech behind it, "
    "as in: 义务教育 10 n. What follows # is a remark"
)


def as_lexicon(given: Lexicon | str | Path | Collection[str] | None) -> Lexicon:
    """Return a lexicon as it was named by a user: by its file, or by its words.

    Raises
    ------
    ChoiceError
        If something else was given.
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
        Text in UTF-8, UTF-16 or GB18030. Each line holds a word and, if wanted, a
        frequency and a part of speech, parted by blanks; ``#`` begins a remark.

    Returns
    -------
    Lexicon

    Raises
    ------
    UnreadableTextError
        If the file cannot be opened or is not text.
    WordListError
        If lines are malformed; the message has their numbers.
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
    """Make a lexicon of words that were given by themselves.

    Raises
    ------
    WordListError
        If some of them could not stand in a file.
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
    """Read a line.

    Raises
    ------
    TypeError, ValueError
        If it is no entry; the message says why.
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
