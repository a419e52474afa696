"""Lexicons: words that a segmenter keeps whole, listed by a series or a user."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from crossplan.display import visible

# The part of speech of a place, in the notation of jieba.
PLACE = "ns"
# Separates the names of merged lexicons.
_JOINED = " + "


class LexiconEntry(NamedTuple):
    """A word that a segmenter keeps whole.

    Attributes
    ----------
    word : str
    frequency : int or None
        Frequency on the scale of the segmenter's dictionary; None for the lowest frequency
        at which the word is not split.
    kind : str
        Part of speech in the notation of jieba, such as ``ns`` for a place; may be empty.
    """

    word: str
    frequency: int | None = None
    kind: str = ""

    def rank(self) -> tuple[str, int, str]:
        """Return the key by which entries are sorted."""
        return self.word, self.frequency or 0, self.kind


@dataclass(frozen=True, repr=False)
class Lexicon:
    """Words that a segmenter keeps whole.

    Attributes
    ----------
    name : str
        Name of the file that contains them; empty for a lexicon without words.
    entries : tuple of LexiconEntry

    Examples
    --------
    >>> Lexicon("mine", (LexiconEntry("人权教育"),)).description
    'mine: 1 word, sha256 8dfec3d4'
    """

    name: str = ""
    entries: tuple[LexiconEntry, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, without frequency and part of speech."""
        return frozenset(entry.word for entry in self.entries)

    @cached_property
    def places(self) -> frozenset[str]:
        """The words that name a place."""
        return frozenset(entry.word for entry in self.entries if entry.kind == PLACE)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the sorted entries, the same for lexicons with the same entries."""
        lines = sorted(f"{e.word} {e.frequency or ''} {e.kind}" for e in self.entries)
        return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()

    @property
    def description(self) -> str:
        """Name, size and beginning of the checksum, as shown in results."""
        number = len(self.entries)
        words = "1 word" if number == 1 else f"{number} words"
        return f"{self.name}: {words}, sha256 {self.checksum[:8]}" if number else "no lexicon"

    def __repr__(self) -> str:
        return f"<Lexicon {visible(self.description)}>"

    def merged(self, other: "Lexicon") -> "Lexicon":
        """Return the union of two lexicons, the same in either order.

        If both contain a word, the entry with the higher frequency is used.
        """
        if other == self or not other.entries:
            return self
        both = sorted({*self.entries, *other.entries}, key=LexiconEntry.rank)
        names = sorted({*self.name.split(_JOINED), *other.name.split(_JOINED)} - {""})
        return Lexicon(_JOINED.join(names), tuple({entry.word: entry for entry in both}.values()))
