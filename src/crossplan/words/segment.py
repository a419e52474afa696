"""Cutting a text into words, whatever cuts the Chinese in it.

jieba and rjieba cut Chinese characters alike and differ in what stands between them, so
that is settled here, before either sees the text: a run of letters and digits is a word,
and any other character stands alone.
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

# So many lexicons stay learnt; each has a dictionary of its own.
_DICTIONARIES = 8

SegmenterName = Literal["auto", "jieba", "rjieba", "characters", "blanks"]

# Of the Chinese characters, both engines only ever see the common ones; any other is a word.
_LETTER = rf"[^\W_{COMMON_HAN}{OTHER_HAN}]"
_CHINESE_RUN = re.compile(rf"([{COMMON_HAN}]+)")
# PM2.5, COVID-19, AT&T, 8.5%, as jieba has them; 3.5‰ are two.
_BETWEEN = re.compile(rf"{_LETTER}+(?:[-._&']{_LETTER}+)*%?|.", re.DOTALL)

# A word between blanks, with what joins its parts: well-being, U.S, 1,200; the 's of a
# genitive is none of it.
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*%?(?![^\W_])|[^\W_]+(?:(?!['’]s\b)[-.&'’][^\W_]+)*|['’]s\b|\s+|.", re.DOTALL
)

_INSIDE_RUN = re.compile(rf"{_LETTER}{{2}}")

_KIND = "words"
# A length is kept in one byte; no dictionary has a longer word.
_LONGEST = 255
# So many passages stay cut; a plan has some 240.
_REMEMBERED = 16_384


class Segmenter(Protocol):
    """Anything that cuts a text into words.

    Attributes
    ----------
    name : str
        What made the words; it stands in every result.
    """

    name: str

    def words(self, text: str) -> list[str]:
        """Cut a text; joined, the words are the text again."""
        ...

    def __hash__(self) -> int:
        """Any object has one; what a segmenter made is remembered by it."""
        ...


# The words of one plan as they were kept, until they are asked for.
_READY: dict[tuple[Segmenter, str], "Cut"] = {}

Cut = tuple[str, ...]


class WordSegmenter:
    """Cuts a text into words with an engine and a lexicon.

    Parameters
    ----------
    engine : Engine
        Has been told the words of the lexicon.
    lexicon : Lexicon
    """

    def __init__(self, engine: Engine, lexicon: Lexicon) -> None:
        self.name = f"{engine.name} ({lexicon.description})"
        self.lexicon = lexicon
        self._engine = engine

    @property
    def is_worth_keeping(self) -> bool:
        """Whether what was cut is read quicker than cut anew, and would be cut alike."""
        return self._engine.is_worth_keeping

    def expect(self, texts: Iterable[str]) -> None:
        """Make ready to cut texts; nothing depends on it but the time that it takes."""
        self._engine.expect(texts)

    def words(self, text: str) -> list[str]:
        """Cut a text into words."""
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
        # No dictionary travels to another process: it has its own, and learns the lexicon.
        again = partial(made_once, guess=self._engine.guess)
        return again, (type(self._engine), self.lexicon)

    @cached_property
    def _others(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        # The words that the engine must not see. Most texts have none of their letters, and
        # that is seen at once.
        mixed = _words_with_others(self.lexicon)
        return re.compile(f"[{re.escape(_letters_of(mixed))}]"), _pattern_of(mixed)

    def _settled(self, text: str) -> list[str]:
        # Odd places hold the runs of Chinese. The engine gets them at once: no word
        # crosses a line feed, and one call is faster than many.
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
    """Cuts a text into characters; runs of letters and digits stay whole.

    n-grams of its words are n-grams of characters.

    Examples
    --------
    >>> CharacterSegmenter().words("到2030年")
    ['到', '2030', '年']
    """

    name = "characters"

    def words(self, text: str) -> list[str]:
        """Cut a text into characters."""
        return list(self._characters(text))

    def __repr__(self) -> str:
        return f"<segmenter {self.name}>"

    @staticmethod
    def _characters(text: str) -> Iterator[str]:
        for place, piece in enumerate(_CHINESE_RUN.split(text)):
            yield from piece if place % 2 else _BETWEEN.findall(piece)


class BlankSegmenter:
    """Cuts a text at its blanks and marks, as suits languages that part their words.

    Examples
    --------
    >>> BlankSegmenter().words("The city's 1,200 long-term plans.")
    ['The', ' ', 'city', "'s", ' ', '1,200', ' ', 'long-term', ' ', 'plans', '.']
    """

    name = "blanks between words"

    def words(self, text: str) -> list[str]:
        """Cut a text into words, blanks and marks."""
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
        ``auto`` is rjieba where it is installed, else jieba; both give the same words.
        ``blanks`` is for languages that part their words by blanks, such as English.
    lexicon : Lexicon, path, or collection of str, optional
        Words to be kept whole, as far as the words around them allow it: those of a
        plan (``plan.lexicon``), of a file, or given by themselves.

    Returns
    -------
    Segmenter

    Raises
    ------
    ChoiceError
        If there is no such segmenter, or `lexicon` is something else.
    UnreadableTextError, WordListError
        If a file of words cannot be read or is malformed.
    MissingExtraError
        If rjieba is asked for and not installed.

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
    """Make the usual segmenter ready to cut texts, so that it reads no more than they need.

    Nothing depends on it but the time that it takes.
    """
    usual = segmenter()
    if isinstance(usual, WordSegmenter):
        usual.expect(texts)


@lru_cache(maxsize=_DICTIONARIES)
def made_once(
    engine: type[JiebaEngine | RustEngine], lexicon: Lexicon, *, guess: bool
) -> WordSegmenter:
    """Make a segmenter, or give the one that was made before."""
    return WordSegmenter(engine(lexicon, guess=guess), lexicon)


def plain_segmenter(beside: Segmenter) -> Segmenter:
    """Return a segmenter that cuts otherwise than another: the dictionary alone.

    It is the other engine where both are installed, has no lexicon and guesses nothing.
    """
    rust = rust_is_installed() and not beside.name.startswith("rjieba")
    return made_once(RustEngine if rust else JiebaEngine, Lexicon(), guess=False)


def _words_with_others(lexicon: Lexicon) -> list[str]:
    """Return the words of dictionary and lexicon that hold more than Chinese characters.

    The engines do not get to see them, so they are looked for beforehand.
    """
    chinese_only = re.compile(f"[{COMMON_HAN}]+")
    listed = (word for word in lexicon.words if not chinese_only.fullmatch(word))
    return sorted({*mixed_words(), *listed}, key=lambda word: (-len(word), word))


def _letters_of(words: Iterable[str]) -> str:
    """Return characters that are not Chinese, so that each word has one: letters, if it can."""
    others = [_CHINESE_RUN.sub("", word) for word in words]
    letters = (re.sub(r"\d", "", other) or other for other in others)
    return "".join(sorted(set("".join(letters))))


def _pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Find words, the first in the list first."""
    return re.compile("|".join(map(re.escape, words)))


def _is_separate(found: re.Match[str]) -> bool:
    """Return whether a word does not begin or end inside a longer run of letters or digits."""
    text, start, end = found.string, found.start(), found.end()
    return not (
        _INSIDE_RUN.match(text[max(start - 1, 0) : start + 1])
        or _INSIDE_RUN.match(text[end - 1 : end + 1])
    )


@lru_cache(maxsize=_REMEMBERED)
def segment(cutter: Segmenter, text: str) -> Cut:
    """Cut a text, or remember how it was cut.

    Raises
    ------
    CrossplanError
        If a segmenter loses characters: places could not be found again.
    """
    words = _READY.pop((cutter, text), None) or tuple(cutter.words(text))
    if "".join(words) != text or "" in words:
        raise CrossplanError(
            f"the segmenter {cutter.name} does not give the text again in “{text[:20]}”. "
            "Joined, its words must be the text, and none may be empty."
        )
    return words


def look_up(cutter: Segmenter, texts: Sequence[str]) -> None:
    """Have the words of the texts of a plan ready, as an earlier run cut and kept them.

    Only what jieba makes is kept. rjieba is as quick as a file, and the name of a segmenter
    of the user's own does not tell whether it is the same as in the last run.
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
    """Cut texts into words of given lengths; no word goes from one into the next.

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
