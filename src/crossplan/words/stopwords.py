"""Stop words: left out of tables, each with the reason why."""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from crossplan.corpora.encoding import read_text
from crossplan.corpora.lexicon import words_of_lines
from crossplan.errors import WordListError

REMEDY = (
    "Write one word a line, # before remarks; or, as .toml, groups of the form "
    '[[group]] with reason = "..." and words = ["...", "..."].'
)


@dataclass(frozen=True, slots=True)
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

    @property
    def words(self) -> frozenset[str]:
        """The words alone."""
        return frozenset(self.reasons)

    @property
    def description(self) -> str:
        """Name, number and beginning of the checksum, as results tell them."""
        if not self.reasons:
            return "no stop words"
        checksum = hashlib.sha256("\n".join(sorted(self.reasons)).encode("utf-8")).hexdigest()
        return f"{len(self.reasons)} stop words left out ({self.name}, sha256 {checksum[:8]})"


@cache
def default_stop_words() -> StopWords:
    """Give the stop words that come with the library."""
    text = files("crossplan.words").joinpath("stopwords.toml").read_text(encoding="utf-8")
    return StopWords("stopwords.toml", dict(reasoned(tomllib.loads(text))))


def as_stop_words(given: str | Path | Iterable[str] | None) -> StopWords:
    """Give stop words as they were named by a user.

    Parameters
    ----------
    given : {"default"}, path, iterable of str, or None
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
    if given == "default":
        return default_stop_words()
    if isinstance(given, str | Path):
        return read_stop_words(Path(given))
    return StopWords("given", dict.fromkeys(given, ""))


def read_stop_words(path: Path) -> StopWords:
    """Read a file of stop words: one a line, or TOML with a reason for each group."""
    _, text, _ = read_text(path)
    if path.suffix.lower() != ".toml":
        return StopWords(path.name, {word: "" for _, word in words_of_lines(text)})
    try:
        return StopWords(path.name, dict(reasoned(tomllib.loads(text))))
    except tomllib.TOMLDecodeError as error:
        raise WordListError(path, [(line_of(error), str(error))], REMEDY) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise WordListError(
            path, [(1, "it has no groups of words with a reason")], REMEDY
        ) from error


def reasoned(content: dict[str, list[dict[str, str]]]) -> Iterable[tuple[str, str]]:
    """Give each word of the groups with the reason of its group."""
    for group in content["group"]:
        reason = group["reason"]
        for word in group["words"]:
            yield word, reason


def line_of(error: tomllib.TOMLDecodeError) -> int:
    """Tell in which line a TOML file is wrong."""
    return int(str(error).rpartition("line ")[2].partition(",")[0] or 1)
