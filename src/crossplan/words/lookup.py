"""Find terms in segmented texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.arguments import several
from crossplan.errors import CrossplanError, UnknownTermError
from crossplan.languages.language import PlanLanguage
from crossplan.model import Passage
from crossplan.words.options import WordReader, is_merged

_WILDCARD = "*"
_NEAR = 3
_NEAR_ENOUGH = 50.0


class WordSpan(NamedTuple):
    """A span of words of a passage: the start, and the end, which is not included."""

    start: int
    end: int


class _Part(NamedTuple):
    """A part of a term between blanks.

    Attributes
    ----------
    whole : str or re.Pattern
        The word that matches it.
    cut : tuple of str
        The words that match it instead: those into which the segmenter splits it alone. In a
        text, the words around it can keep it whole.
    """

    whole: str | re.Pattern[str]
    cut: tuple[str, ...] = ()

    def end(self, words: Sequence[str], start: int) -> int | None:
        """Return the end of the part that begins at a word; None if none does."""
        if start < len(words):
            if isinstance(self.whole, str):
                if words[start] == self.whole:
                    return start + 1
            elif words[start][0].isalnum() and self.whole.fullmatch(words[start]):
                return start + 1
        end = start + len(self.cut)
        return end if self.cut and tuple(words[start:end]) == self.cut else None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one word, or of several consecutive words.

    Attributes
    ----------
    parts : tuple of Part
    """

    parts: tuple[_Part, ...]

    @classmethod
    def of(cls, name: str, reader: WordReader) -> "Term":
        """Segment a name into words, as texts are segmented.

        Blanks separate words, as in the n-grams of a table; a part with ``*`` is one word.

        Raises
        ------
        CrossplanError
            If the name is empty, or represents merged words.
        """
        if not isinstance(name, str) or not any(c.isalnum() or c == _WILDCARD for c in name):
            raise CrossplanError(f"{name!r} is no term. Give a word, such as '发展'.")
        if is_merged(name):
            raise CrossplanError(
                f"{name} stands for many words and for none in the text. Look for them by "
                "a pattern, such as re.compile('[0-9]+')."
            )
        return cls(tuple(_part_of(part, reader) for part in reader.language.fold(name).split()))

    def end(self, words: Sequence[str], start: int) -> int | None:
        """Return the end of the term that begins at a word; None if none does."""
        for part in self.parts:
            end = part.end(words, start)
            if end is None:
                return None
            start = end
        return start

    @property
    def beginnings(self) -> frozenset[str] | None:
        """The words that the term can begin with; None for any."""
        whole, cut = self.parts[0]
        return frozenset((whole, *cut[:1])) if isinstance(whole, str) else None


def _part_of(name: str, reader: WordReader) -> _Part:
    """Return a part of a term, from its text without blanks."""
    if _WILDCARD in name:
        return _Part(re.compile(".*".join(map(re.escape, name.split(_WILDCARD)))))
    return _Part(name, tuple(map(reader.language.fold, reader.segmenter.words(name))))


@dataclass(frozen=True, slots=True)
class Search:
    """A search for one term, or for several that count as one.

    Attributes
    ----------
    terms : tuple of (Term, frozenset of str or None)
        The terms, each with the words that it can begin with; None for any.
    beginnings : frozenset of str or None
        The words that any of them can begin with; None for any.
    language : PlanLanguage
    """

    terms: tuple[tuple[Term, frozenset[str] | None], ...]
    beginnings: frozenset[str] | None
    language: PlanLanguage

    @classmethod
    def of(cls, names: Iterable[str], reader: WordReader) -> "Search":
        """Return a search for terms by their names."""
        terms = tuple((term, term.beginnings) for term in (Term.of(n, reader) for n in names))
        known = [beginnings for _, beginnings in terms if beginnings is not None]
        beginnings = frozenset().union(*known) if len(known) == len(terms) else None
        return cls(terms, beginnings, reader.language)

    def may_occur(self, words: AbstractSet[str]) -> bool:
        """Return False, quickly, for most texts without any of the terms."""
        if self.beginnings is None:
            return True
        folded = map(self.language.fold, words) if self.language.cased else words
        return not self.beginnings.isdisjoint(folded)

    def spans(self, words: Sequence[str]) -> list[WordSpan]:
        """Return the spans of the terms; of overlapping ones, the longest.

        A word belongs to one span only, so that a place with two of the terms counts once.
        Blanks between words are ignored.
        """
        places = [place for place, word in enumerate(words) if not word.isspace()]
        solid = words if len(places) == len(words) else [words[place] for place in places]
        if self.language.cased:
            solid = [self.language.fold(word) for word in solid]
        found: list[WordSpan] = []
        start = 0
        while start < len(solid):
            ends = [
                term.end(solid, start) or 0
                for term, beginnings in self.terms
                if beginnings is None or solid[start] in beginnings
            ]
            end = max(ends, default=0)
            if end:
                found.append(WordSpan(places[start], places[end - 1] + 1))
            start = end or start + 1
        return found


def known_terms(
    terms: str | Sequence[str], counted: Iterable[str], reader: WordReader
) -> list[str]:
    """Return terms; raise an error for those that were not counted.

    Raises
    ------
    UnknownTermError
    """
    named = several(terms)
    known = set(map(str, counted))
    for term in named:
        if not isinstance(term, str) or reader.language.fold(term) not in known:
            raise UnknownTermError(term, _near(str(term), known), _why_not(term, reader))
    return [reader.language.fold(term) for term in named]


def _why_not(term: object, reader: WordReader) -> str:
    """Return why a term was not counted, if its kind is left out."""
    if not isinstance(term, str) or not term:
        return ""
    if reader.language.fold(term) in reader.stop_words.words:
        return "it is a stop word, which WordOptions(stop_words=None) counts"
    if reader.counted(term) is None and reader.is_number(term):
        return "it is a number, which WordOptions(numbers='keep') counts"
    return ""


def _near(term: str, known: Iterable[str]) -> list[str]:
    """Return the most similar terms."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        term, sorted(known), scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_NEAR_ENOUGH
    )
    return [name for name, *_ in found]


def sentences_of(passages: Iterable[Passage], reader: WordReader) -> Iterator[tuple[str, ...]]:
    """Yield the words of each sentence of passages.

    Passages are segmented as a whole, so that the words are the same as in all counts. A word
    over the end of a sentence belongs to the sentence in which it begins.
    """
    for passage in passages:
        ends = iter(sentence.end - passage.start for sentence in passage.sentences)
        end = next(ends, len(passage.text))
        place = 0
        sentence: list[str] = []
        for word in reader.words(passage):
            if place >= end and sentence:
                yield tuple(sentence)
                sentence = []
            while place >= end:
                end = next(ends, len(passage.text) + 1)
            sentence.append(word)
            place += len(word)
        if sentence:
            yield tuple(sentence)
