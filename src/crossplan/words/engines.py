"""Engines that segment Chinese characters into words: jieba, or the same in Rust."""

import re
import sys
import threading
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from crossplan.corpora.wordlists import words_of_lines
from crossplan.errors import CrossplanError, MissingExtraError
from crossplan.languages.chinese import text_beside
from crossplan.languages.scripts import COMMON_HAN
from crossplan.model import Lexicon, LexiconEntry
from crossplan.model.lexicon import PLACE

if TYPE_CHECKING:
    from jieba import Tokenizer


LINE_FEED = "\n"
# A line has a word, its frequency and its part of speech.
_GAPS = b"  \n"
_FIELDS = len(_GAPS)
_PLACES = re.compile(rf"^(\S+) \d+ {PLACE}$", re.MULTILINE)
# Not a noun, a place, an abbreviation, a set phrase, or a verbal noun.
_NAMELESS = re.compile(r"^(\S+) \d+ (?!n|s|j|l|i|vn)", re.MULTILINE)
# With a letter in it; the only word with digits alone is the name of a shop. Searching for a
# line feed is faster than for the beginning of a line.
_WITH_LETTERS = re.compile(rf"\n([{COMMON_HAN}0-9]*+\S+)(?= )")


@cache
def shared_tokenizer() -> "Tokenizer":
    """Load the dictionary once, from the file in the package jieba.

    jieba itself would cache it in the temporary folder that all users of a machine share, and
    read whatever is there; results must not depend on that.
    """
    return _tokenizer_for(None)


def _tokenizer_for(letters: set[str] | None) -> "Tokenizer":
    """Return a tokenizer that segments all texts, or those of some letters, as jieba does.

    Parameters
    ----------
    letters : set of str or None
        The letters of the texts. Words with other letters are left out, which takes less time:
        for a plan, a third of the dictionary loads in half of the time.
    """
    data = dictionary_bytes()
    with warnings.catch_warnings(), not_importing("pkg_resources"):
        # jieba 0.42.1 has invalid escapes in its patterns.
        warnings.simplefilter("ignore")
        from jieba import Tokenizer

    tokenizer = Tokenizer()
    try:
        tokenizer.FREQ, tokenizer.total = prefix_dictionary(data, letters)
    except ValueError:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def prefix_dictionary(data: bytes, letters: set[str] | None = None) -> tuple[dict[str, int], int]:
    r"""Return the result of jieba's ``gen_pfdict``, in less time.

    Parameters
    ----------
    data : bytes
        The dictionary.
    letters : set of str, optional
        Words with other letters are left out.

    Returns
    -------
    tuple of (dict of str to int, int)
        The frequency of each word, with 0 for mere beginnings of words; and the sum of all
        frequencies, including those of words that were left out.

    Raises
    ------
    ValueError
        If a line is not a word, a frequency and a part of speech.

    Examples
    --------
    >>> lines = "中国人 20 n\n中国 5 ns\n".encode()
    >>> found, total = prefix_dictionary(lines)
    >>> sorted(found.items()), total
    ([('中', 0), ('中国', 5), ('中国人', 20)], 25)
    >>> prefix_dictionary(lines, set("国中"))
    ({'中': 0, '中国': 5}, 25)
    """
    total = _sum_of_frequencies(data)
    text = data.decode("utf-8")
    if letters is None:
        fields = text.split()
        if len(fields) != _FIELDS * text.count(LINE_FEED):
            raise ValueError("a word has a blank in it")
        words, frequencies = fields[::_FIELDS], fields[1::_FIELDS]
    else:
        some = "".join(sorted({LINE_FEED, *letters} - {" "}))
        found = re.findall(rf"\n([{re.escape(some)}]++) (\d++) ", f"\n{text}")
        words, frequencies = [word for word, _ in found], [number for _, number in found]
    beginnings: set[str] = set()
    longer: Collection[str] = words
    while longer:
        longer = {word[:-1] for word in longer} - beginnings
        beginnings |= longer
    beginnings.discard("")
    known = dict.fromkeys(beginnings, 0)
    # Some beginnings are words, too.
    known.update(zip(words, map(int, frequencies), strict=True))
    return known, total


def _sum_of_frequencies(data: bytes) -> int:
    r"""Return the sum of the frequencies of the dictionary, added digit by digit.

    Raises
    ------
    ValueError
        If a line is not a word, a frequency and a part of speech.

    Examples
    --------
    >>> _sum_of_frequencies(b"A 20 n\nB 5 ns\n")
    25
    """
    signs = np.frombuffer(data, dtype=np.uint8)
    gaps = np.flatnonzero(signs <= ord(" "))
    if signs[gaps].tobytes() != _GAPS * data.count(b"\n"):
        raise ValueError("a line has not three fields")
    first, last = gaps[::_FIELDS] + 1, gaps[1::_FIELDS] - 1
    total, value = 0, 1
    while last.size:
        digits = signs[last] - ord("0")
        if (digits > 9).any():  # noqa: PLR2004 - what is no digit is more
            raise ValueError("a frequency is not a number")
        total += value * int(digits.sum())
        longer = last > first
        first, last, value = first[longer], last[longer] - 1, 10 * value
    return total


@contextmanager
def not_importing(name: str) -> Iterator[None]:
    """Make the import of a module fail in this thread, unless it is already imported.

    jieba opens its files with pkg_resources if it can import that, which takes as long as
    everything else in jieba, and otherwise by path, with the same result. Other threads can
    still import pkg_resources.
    """
    finder = _Refusal(name, threading.get_ident())
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Refusal(MetaPathFinder):
    """Import hook that makes one module missing in one thread.

    Parameters
    ----------
    name : str
    thread : int
    """

    def __init__(self, name: str, thread: int) -> None:
        self.name = name
        self.thread = thread

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - as importlib calls it
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Raise an error for the module; leave others to other finders."""
        if fullname == self.name and threading.get_ident() == self.thread:
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


def _dictionary_text() -> str:
    """Return the dictionary."""
    return dictionary_bytes().decode("utf-8")


def dictionary_bytes() -> bytes:
    """Return the file of the dictionary, found without importing jieba."""
    package = find_spec("jieba")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder) / "dict.txt").is_file():
            return path.read_bytes().replace(b"\r\n", b"\n")
    raise CrossplanError(
        "the package jieba, whose dictionary cuts texts into words, is not complete. "
        "Install it anew: pip install --force-reinstall jieba"
    )


@cache
def mixed_words() -> tuple[str, ...]:
    """Return the words of the dictionary with other than Chinese characters.

    Examples
    --------
    >>> [word for word in mixed_words() if word in {"X光", "A股", "人权"}]
    ['A股', 'X光']
    """
    return tuple(_WITH_LETTERS.findall(f"\n{_dictionary_text()}"))


@cache
def place_names() -> frozenset[str]:
    """Return the place names of the dictionary, without words wrongly tagged as places."""
    text = text_beside("not-places.txt")
    wrong = {word for _, word in words_of_lines(text)}
    return frozenset(_PLACES.findall(_dictionary_text())) - wrong


@cache
def _nameless() -> frozenset[str]:
    """Return the words of the dictionary that are not names, such as verbs and adverbs."""
    return frozenset(_NAMELESS.findall(_dictionary_text()))


def names_something(word: str) -> bool:
    """Return whether a word names something, as nouns and set phrases do.

    Words that are not in the dictionary, which has few names, count as names.

    Examples
    --------
    >>> [word for word in ["推动", "农村", "电网", "改造"] if names_something(word)]
    ['农村', '电网']
    """
    return word not in _nameless()


class Engine(Protocol):
    """Engine that segments Chinese characters into words.

    Attributes
    ----------
    name : str
        With the version; it is part of every result.
    guess : bool
        Whether it guesses words that are neither in the dictionary nor in the lexicon.
    """

    name: str
    guess: bool

    @property
    def is_worth_keeping(self) -> bool:
        """Whether reading cached words is faster than segmenting, with the same result."""
        ...

    def expect(self, texts: Iterable[str]) -> None:
        """Prepare to segment texts; it affects only the time of later calls."""
        ...

    def cut(self, text: str) -> list[str]:
        """Segment a text; joined, the words are the text."""
        ...


class JiebaEngine:
    """jieba with a separate dictionary, so that other code that uses jieba is not affected.

    Words that other code adds do not affect it either. jieba's ``del_word`` does: it keeps one
    list for the whole process, of words that must not be guessed.

    Parameters
    ----------
    lexicon : Lexicon
        Words to keep whole.
    guess : bool
        Whether to guess words that are neither in the dictionary nor in the lexicon.

    Examples
    --------
    >>> JiebaEngine(Lexicon()).cut("健全生态环境治理体系")
    ['健全', '生态', '环境治理', '体系']
    """

    def __init__(self, lexicon: Lexicon, *, guess: bool = True) -> None:
        self.name = f"jieba {version('jieba')}{'' if guess else ' without guessing'}"
        self.guess = guess
        self._lexicon = lexicon
        # The tokenizer, with the letters whose words it has; None for all. It is made when a
        # text is first segmented that is not in the cache.
        self._known: tuple[Tokenizer, set[str] | None] | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Return whether no code in this process has deleted a word of jieba."""
        # If jieba is not imported yet, no code has.
        finalseg = sys.modules.get("jieba.finalseg")
        return not getattr(finalseg, "Force_Split_Words", None)

    def expect(self, texts: Iterable[str]) -> None:
        """Load the part of the dictionary that texts need, if none is loaded yet."""
        if self._known is None and (letters := set().union(*texts)):
            letters.update(LINE_FEED, *self._lexicon.words)
            self._known = self._taught(_tokenizer_for(letters)), letters

    def cut(self, text: str) -> list[str]:
        """Segment a text into words."""
        known = self._known
        if known is None or not (known[1] is None or known[1].issuperset(text)):
            shared = shared_tokenizer()
            own = self._taught(_private_copy(shared)) if self._lexicon.entries else shared
            self._known = known = own, None
        return list(known[0].cut(text, HMM=self.guess))

    def _taught(self, tokenizer: "Tokenizer") -> "Tokenizer":
        for entry in _in_order(self._lexicon):
            tokenizer.add_word(entry.word, entry.frequency or tokenizer.suggest_freq(entry.word))
        return tokenizer


class RustEngine:
    """rjieba, a port of jieba to Rust that is many times faster.

    Parameters
    ----------
    lexicon : Lexicon
        Words to keep whole.
    guess : bool
        Whether to guess words that are neither in the dictionary nor in the lexicon.

    Raises
    ------
    MissingExtraError
        If the package rjieba is not installed.
    """

    def __init__(self, lexicon: Lexicon, *, guess: bool = True) -> None:
        if not rust_is_installed():
            raise MissingExtraError("rjieba", "fast", 'the segmenter "rjieba"')
        import rjieba

        self.name = f"rjieba {version('rjieba')}{'' if guess else ' without guessing'}"
        self.guess = guess
        self._tokenizer = rjieba.Jieba()
        for entry in _in_order(lexicon):
            frequency = entry.frequency or self._tokenizer.suggest_freq(entry.word)
            self._tokenizer.add_word(entry.word, frequency, None)

    @property
    def is_worth_keeping(self) -> bool:
        """Return False, because it is as fast as reading a file."""
        return False

    def expect(self, texts: Iterable[str]) -> None:
        """Do nothing, because its dictionary is compiled in."""

    def cut(self, text: str) -> list[str]:
        """Segment a text into words."""
        words: list[str] = self._tokenizer.cut(text, hmm=self.guess)
        return words


@cache
def rust_is_installed() -> bool:
    """Return whether rjieba can be used; versions before 0.2.2 cannot add words."""
    if find_spec("rjieba") is None:
        return False
    import rjieba

    return hasattr(rjieba.Jieba, "suggest_freq")


def _in_order(lexicon: Lexicon) -> list[LexiconEntry]:
    """Return the entries, shorter words first.

    The frequency that a word needs to stay whole depends on the words within it, so these are
    added before it.
    """
    return sorted(lexicon.entries, key=lambda entry: (len(entry.word), entry.word))


def _private_copy(shared: "Tokenizer") -> "Tokenizer":
    """Return a copy of the shared tokenizer to which words can be added."""
    tokenizer = type(shared)()
    tokenizer.FREQ, tokenizer.total = shared.FREQ.copy(), shared.total
    tokenizer.initialized = True
    return tokenizer
