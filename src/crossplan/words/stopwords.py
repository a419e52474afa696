"""Stop words: left out of tables, each with the reason why."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import msgspec

from crossplan.corpora.encoding import read_text
from crossplan.corpora.wordlists import named_file, toml_record, words_of_lines
from crossplan.errors import WordListError

FILE = "stopwords.toml"
REMEDY = (
    "Write one word a line, # before remarks; or, as .toml, groups of the form "
    '[[groups]] with reason = "..." and words = ["...", "..."].'
)


class StopGroup(msgspec.Struct, forbid_unknown_fields=True):
    """Stop words that are left out for one reason."""

    reason: str
    words: tuple[str, ...]


class StopWordsRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A file of stop words."""

    groups: tuple[StopGroup, ...]


@dataclass(frozen=True)
class StopWords:
    """Words that are left out of tables.

    Attributes
    ----------
    name : str
        Of the file they come from.
    reasons : dict of str to str
        Why each is left out; empty where nobody said.
    """

    name: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words alone."""
        return frozenset(self.reasons)

    @property
    def description(self) -> str:
        """Name, number and beginning of the checksum, as results tell them."""
        if not self.words:
            return "no stop words"
        checksum = hashlib.sha256("\n".join(sorted(self.words)).encode("utf-8")).hexdigest()
        return f"{len(self.words)} stop words left out ({self.name}, sha256 {checksum[:8]})"


@cache
def default_stop_words() -> StopWords:
    """Give the stop words that come with the library."""
    text = files("crossplan.words").joinpath(FILE).read_text(encoding="utf-8")
    return grouped(text, Path(FILE))


def as_stop_words(given: str | Path | Collection[str] | None) -> StopWords:
    """Give stop words as they were named by a user.

    Parameters
    ----------
    given : {"default"}, path, collection of str, or None
        ``default`` for those of the library; None for none.

    Raises
    ------
    UnreadableTextError, WordListError
        If a file cannot be read, or is no list of stop words.

    Examples
    --------
    >>> as_stop_words(["的", "和"]).description
    '2 stop words left out (given, sha256 34339d95)'
    """
    if given is None:
        return StopWords()
    if isinstance(given, str) and given == "default":
        return default_stop_words()
    if isinstance(given, str | Path):
        return read_stop_words(named_file(given))
    if wrong := [word for word in given if not isinstance(word, str)]:
        raise WordListError(
            "the stop words that were given", [(None, f"{wrong[0]!r} is no word")], REMEDY
        )
    return StopWords("given", dict.fromkeys(given, ""))


def read_stop_words(path: Path) -> StopWords:
    """Read a file of stop words: one a line, or TOML with a reason for each group."""
    _, text, _ = read_text(path)
    if path.suffix.lower() == ".toml":
        return grouped(text, path)
    words = dict(words_of_lines(text))
    if faults := [(line, f"{word!r} holds a blank") for line, word in words.items() if " " in word]:
        raise WordListError(path, faults, REMEDY)
    return StopWords(path.name, dict.fromkeys(words.values(), ""))


def grouped(text: str, path: Path) -> StopWords:
    """Read groups of stop words, each with its reason."""
    groups = toml_record(text, StopWordsRecord, path, REMEDY).groups
    return StopWords(path.name, {word: group.reason for group in groups for word in group.words})
