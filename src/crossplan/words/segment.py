"""Segment texts into words.

jieba and rjieba segment Chinese characters in the same way, and treat other characters
differently. These are therefore segmented here, before the engine sees the text: a run of
letters and digits is a word, and so is any other single character.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from crossplan.cache_files import keep, kept, key_of
from crossplan.corpora.wordlists import as_lexicon
from crossplan.errors import ChoiceError, CrossplanError
from crossplan.languages.scripts import COMMON_HAN, OTHER_HAN
from crossplan.model import Lexicon
from crossplan.words.engines import (
    LINE_FEED,
    Engine,
    JiebaEngine,
    RustEngine,
    mixed_words,
    rust_is_installed,
)

# The number of lexicons that are cached, each with a dictionary of its own.
_DICTIONARIES = 8

SegmenterName = Literal["auto", "jieba", "rjieba", "characters", "blanks"]

# Both engines see only the common Chinese characters; any other character is a word.
_LETTER = rf"[^\W_{COMMON_HAN}{OTHER_HAN}]"
_CHINESE_RUN = re.compile(rf"([{COMMON_HAN}]+)")
# PM2.5, COVID-19, AT&T, 8.5%, as in jieba; 3.5‰ is two words.
_BETWEEN = re.compile(rf"{_LETTER}+(?:[-._&']{_LETTER}+)*%?|.", re.DOTALL)

# A word between blanks with marks inside it: well-being, U.S, 1,200; without a genitive 's.
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*%?(?![^\W_])|[^\W_]+(?:(?!['’]s\b)[-.&'’][^\W_]+)*|['’]s\b|\s+|.", re.DOTALL
)

_INSIDE_RUN = re.compile(rf"{_LETTER}{{2}}")

_KIND = "words"
# A length is stored in one byte; no dictionary has a longer word.
_LONGEST = 255
# The number of passages whose words are cached; a plan has some 240.
_REMEMBERED = 16_384


class Segmenter(Protocol):
    """A segmenter, which splits a text into words.

    Attributes
    ----------
    name : str
        Its name, which is part of every result.
    """

    name: str

    def words(self, text: str) -> list[str]:
        """Segment a text; joined, the words are the text."""
        ...

    def __hash__(self) -> int:
        """Return a hash, by which the words of a segmenter are cached."""
        ...


# The cached words of one plan, until they are used.
_READY: dict[tuple[Segmenter, str], "Cut"] = {}

Cut = tuple[str, ...]


class WordSegmenter:
    """Segmenter with an engine and a lexicon.

    Parameters
    ----------
    engine : Engine
        The engine, which knows the words of the lexicon.
    lexicon : Lexicon
    """

    def __init__(self, engine: Engine, lexicon: Lexicon) -> None:
        self.name = f"{engine.name} ({lexicon.description})"
        self.lexicon = lexicon
        self._engine = engine

    @property
    def is_worth_keeping(self) -> bool:
        """Whether reading cached words is faster than segmenting, with the same result."""
        return self._engine.is_worth_keeping

    def expect(self, texts: Iterable[str]) -> None:
        """Prepare to segment texts; it affects only the time of later calls."""
        self._engine.expect(texts)

    def words(self, text: str) -> list[str]:
        """Segment a text into words."""
        letters, mixed = self._others
        if not letters.search(text):
            return self._settled(text)
        words: list[str] = []
        start = 0
        for found in mixed.finditer(text):
            if _is_separate(found):
                words += [*self._settled(text[start : found.start()]), found[0]]
                start = found.end()
        return words + self._settled(text[start:])

    def __repr__(self) -> str:
        return f"<segmenter {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The dictionary is not sent to other processes; each loads its own and adds the
        # lexicon.
        again = partial(made_once, guess=self._engine.guess)
        return again, (type(self._engine), self.lexicon)

    @cached_property
    def _others(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        # The words that the engine must not see. Most texts have none of their letters, which
        # is checked quickly.
        mixed = _words_with_others(self.lexicon)
        return re.compile(f"[{re.escape(_letters_of(mixed))}]"), _pattern_of(mixed)

    def _settled(self, text: str) -> list[str]:
        # Odd positions have the runs of Chinese. The engine receives them together: no word
        # contains a line feed, and one call is faster than many.
        pieces = _CHINESE_RUN.split(text)
        runs = pieces[1::2]
        if not runs:
            return _BETWEEN.findall(text)
        words = _BETWEEN.findall(pieces[0])
        following = iter(pieces[2::2])
        for word in self._engine.cut(LINE_FEED.join(runs)):
            if word == LINE_FEED:
                words += _BETWEEN.findall(next(following))
            else:
                words.append(word)
        words += _BETWEEN.findall(next(following))
        return words


class CharacterSegmenter:
    """Segmenter that splits a text into characters; runs of letters and digits stay whole.

    N-grams of its words are n-grams of characters.

    Examples
    --------
    >>> CharacterSegmenter().words("到2030年")
    ['到', '2030', '年']
    """

    name = "characters"

    def words(self, text: str) -> list[str]:
        """Split a text into characters."""
        return list(self._characters(text))

    def __repr__(self) -> str:
        return f"<segmenter {self.name}>"

    @staticmethod
    def _characters(text: str) -> Iterator[str]:
        for place, piece in enumerate(_CHINESE_RUN.split(text)):
            yield from piece if place % 2 else _BETWEEN.findall(piece)


class BlankSegmenter:
    """Segmenter that splits a text at blanks and punctuation, for languages such as English.

    Examples
    --------
    >>> BlankSegmenter().words("The city's 1,200 long-term plans.")
    ['The', ' ', 'city', "'s", ' ', '1,200', ' ', 'long-term', ' ', 'plans', '.']
    """

    name = "blanks between words"

    def words(self, text: str) -> list[str]:
        """Split a text into words, blanks and punctuation."""
        return _WORD.findall(text)

    def __repr__(self) -> str:
        return f"<segmenter {self.name}>"


def segmenter(
    name: SegmenterName = "auto", *, lexicon: Lexicon | str | Path | Collection[str] | None = None
) -> Segmenter:
    """Return a segmenter.

    Parameters
    ----------
    name : {"auto", "jieba", "rjieba", "characters", "blanks"}
        ``auto`` is rjieba if it is installed, else jieba; both produce the same words.
        ``blanks`` is for languages with blanks between words, such as English.
    lexicon : Lexicon, path, or collection of str, optional
        Words to keep whole, as far as the words around them allow it: those of a plan
        (``plan.lexicon``), of a file, or a collection.

    Returns
    -------
    Segmenter

    Raises
    ------
    ChoiceError
        If there is no such segmenter, or `lexicon` is not a lexicon.
    UnreadableTextError, WordListError
        If a file of words cannot be read or is malformed.
    MissingExtraError
        If rjieba is chosen and not installed.

    Examples
    --------
    >>> segmenter().words("到2030年，PM2.5浓度下降")
    ['到', '2030', '年', '，', 'PM2.5', '浓度', '下降']
    """
    if name not in get_args(SegmenterName):
        raise ChoiceError("segmenter", name, get_args(SegmenterName))
    if name == "auto":
        name = "rjieba" if rust_is_installed() else "jieba"
    learnt = as_lexicon(lexicon)
    if name == "characters":
        return CharacterSegmenter()
    if name == "blanks":
        return BlankSegmenter()
    return made_once(JiebaEngine if name == "jieba" else RustEngine, learnt, guess=True)


def expect(texts: Iterable[str]) -> None:
    """Prepare the default segmenter for texts, so that it loads no more than they need.

    Nothing depends on it but the time that it takes.
    """
    usual = segmenter()
    if isinstance(usual, WordSegmenter):
        usual.expect(texts)


@lru_cache(maxsize=_DICTIONARIES)
def made_once(
    engine: type[JiebaEngine | RustEngine], lexicon: Lexicon, *, guess: bool
) -> WordSegmenter:
    """Return a segmenter, made at the first call."""
    return WordSegmenter(engine(lexicon, guess=guess), lexicon)


def plain_segmenter(beside: Segmenter) -> Segmenter:
    """Return a segmenter that differs from another: it uses the dictionary alone.

    It uses the other engine if both are installed, has no lexicon, and guesses no words.
    """
    rust = rust_is_installed() and not beside.name.startswith("rjieba")
    return made_once(RustEngine if rust else JiebaEngine, Lexicon(), guess=False)


def _words_with_others(lexicon: Lexicon) -> list[str]:
    """Return the words of dictionary and lexicon with other than Chinese characters.

    The engines do not see them, so they are found beforehand.
    """
    chinese_only = re.compile(f"[{COMMON_HAN}]+")
    listed = (word for word in lexicon.words if not chinese_only.fullmatch(word))
    return sorted({*mixed_words(), *listed}, key=lambda word: (-len(word), word))


def _letters_of(words: Iterable[str]) -> str:
    """Return non-Chinese characters such that each word contains one: letters, if possible."""
    others = [_CHINESE_RUN.sub("", word) for word in words]
    letters = (re.sub(r"\d", "", other) or other for other in others)
    return "".join(sorted(set("".join(letters))))


def _pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds words, earlier ones in the list before later ones."""
    return re.compile("|".join(map(re.escape, words)))


def _is_separate(found: re.Match[str]) -> bool:
    """Return whether a word is not part of a longer run of letters or digits."""
    text, start, end = found.string, found.start(), found.end()
    return not (
        _INSIDE_RUN.match(text[max(start - 1, 0) : start + 1])
        or _INSIDE_RUN.match(text[end - 1 : end + 1])
    )


@lru_cache(maxsize=_REMEMBERED)
def segment(cutter: Segmenter, text: str) -> Cut:
    """Segment a text; the result is cached in memory.

    Raises
    ------
    CrossplanError
        If a segmenter loses characters, because places could not be found in the text.
    """
    words = _READY.pop((cutter, text), None) or tuple(cutter.words(text))
    if "".join(words) != text or "" in words:
        raise CrossplanError(
            f"the segmenter {cutter.name} does not give the text again in “{text[:20]}”. "
            "Joined, its words must be the text, and none may be empty."
        )
    return words


def look_up(cutter: Segmenter, texts: Sequence[str]) -> None:
    """Load the words of the texts of a plan that an earlier run cached.

    Only the words of jieba are cached. rjieba is as fast as a file, and the name of a user's
    own segmenter does not show whether it is the same as in the last run.
    """
    if not isinstance(cutter, WordSegmenter) or not cutter.is_worth_keeping:
        return
    key = key_of(cutter.name, cutter.lexicon.checksum, *texts)
    lengths = kept(_KIND, key)
    if lengths is not None and sum(lengths) == sum(map(len, texts)):
        _READY.clear()
        _READY.update(
            zip(((cutter, text) for text in texts), cut_again(texts, lengths), strict=True)
        )
        return
    cutter.expect(texts)
    words = [word for text in texts for word in segment(cutter, text)]
    if max(map(len, words), default=0) <= _LONGEST:
        keep(_KIND, key, bytes(map(len, words)))


def cut_again(texts: Sequence[str], lengths: bytes) -> Iterator[Cut]:
    """Split texts into words of given lengths; no word continues in the next text.

    Examples
    --------
    >>> list(cut_again(["健全治理体系", "发展"], bytes([2, 2, 2, 2])))
    [('健全', '治理', '体系'), ('发展',)]
    """
    whole = "".join(texts)
    ends = list(accumulate(lengths, initial=0))
    words = [whole[start:end] for start, end in pairwise(ends)]
    places = {end: number for number, end in enumerate(ends)}
    for start, end in pairwise(accumulate(map(len, texts), initial=0)):
        yield tuple(words[places[start] : places[end]])
