"""Finding a term in a text that was cut into words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.errors import CrossplanError, UnknownTermError
from crossplan.words.options import WordReader

WILDCARD = "*"
NEAR = 3
NEAR_ENOUGH = 50.0


class Span(NamedTuple):
    """Where a term stands: from one word of a passage to before another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow each other.

    Attributes
    ----------
    name : str
        As it was given.
    words : tuple of (str or re.Pattern)
        What each word must be. ``*`` in a name stands for any characters of a word.
    """

    name: str
    words: tuple[str | re.Pattern[str], ...]

    @classmethod
    def of(cls, name: str, reader: WordReader) -> "Term":
        """Cut a name into words, as the texts are cut.

        Blanks part words, as in the n-grams of a table; what has a ``*`` is one word.

        Raises
        ------
        CrossplanError
            If the name is empty.
        """
        words: list[str | re.Pattern[str]] = []
        for part in name.split():
            if WILDCARD in part:
                words.append(re.compile(".*".join(map(re.escape, part.split(WILDCARD)))))
            else:
                words += reader.segmenter.words(part)
        if not words:
            raise CrossplanError("an empty term stands nowhere. Give a word, such as '发展'.")
        return cls(name, tuple(words))

    def at(self, words: Sequence[str], start: int) -> bool:
        """Tell whether the term begins at a word."""
        end = start + len(self.words)
        return end <= len(words) and all(
            wanted == word if isinstance(wanted, str) else wanted.fullmatch(word)
            for wanted, word in zip(self.words, words[start:end], strict=True)
        )

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Give each place where the term stands; they do not overlap."""
        return spans_of([self], words)


def spans_of(terms: Iterable[Term], words: Sequence[str]) -> list[Span]:
    """Give each place where one of several terms stands, the longest term first.

    A word belongs to one place only, so that what holds two of the terms counts once.
    """
    ranked = sorted(terms, key=lambda term: -len(term.words))
    literal = {term.words[0] for term in ranked if isinstance(term.words[0], str)}
    always = any(not isinstance(term.words[0], str) for term in ranked)
    found: list[Span] = []
    start = 0
    while start < len(words):
        term = None
        if always or words[start] in literal:
            term = next((term for term in ranked if term.at(words, start)), None)
        if term is None:
            start += 1
        else:
            found.append(Span(start, start + len(term.words)))
            start += len(term.words)
    return found


def known_terms(terms: Sequence[str], counted: Iterable[str], reader: WordReader) -> list[str]:
    """Give terms as they are, or refuse those that were not counted.

    Raises
    ------
    UnknownTermError
    """
    known = set(map(str, counted))
    for term in terms:
        if term not in known:
            raise UnknownTermError(
                term, near(term, known), stop_word=term in reader.stop_words.words
            )
    return list(terms)


def near(term: str, known: Iterable[str]) -> list[str]:
    """Give the terms that look most like one."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        term, sorted(known), scorer=fuzz.ratio, limit=NEAR, score_cutoff=NEAR_ENOUGH
    )
    return [name for name, *_ in found]
