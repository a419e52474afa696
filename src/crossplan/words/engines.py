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
# A line has a word, its frequency and its part of speech, and this after them.
_GAPS = b"  \n"
_FIELDS = len(_GAPS)
_PLACES = re.compile(rf"^(\S+) \d+ {PLACE}$", re.MULTILINE)
# Not a noun, a place, an abbreviation, a set phrase, or a verbal noun.
_NAMELESS = re.compile(r"^(\S+) \d+ (?!n|s|j|l|i|vn)", re.MULTILINE)
# With a letter in it; the one word that has only a figure is the name of a shop. A line feed
# is found sooner than the beginning of a line.
_WITH_LETTERS = re.compile(rf"\n([{COMMON_HAN}0-9]*+\S+)(?= )")


@cache
def shared_tokenizer() -> "Tokenizer":
    """Load the dictionary once, from jieba's own file.

    jieba would keep a copy of it in the temporary folder that all users of a machine
    share, and read whatever it finds there; a result must not depend on that.
    """
    return _tokenizer_for(None)


def _tokenizer_for(letters: set[str] | None) -> "Tokenizer":
    """Make a tokenizer that cuts all texts, or those of some letters, as jieba does.

    Parameters
    ----------
    letters : set of str or None
        In a text of these, no word has other letters. The words without are found sooner
        than all: for a plan, a third of the dictionary in half of the time.
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
    r"""Return what jieba's ``gen_pfdict`` gives, sooner.

    Parameters
    ----------
    data : bytes
        The dictionary.
    letters : set of str, optional
        Leave out the words that have others.

    Returns
    -------
    tuple of (dict of str to int, int)
        The frequency of each word, and 0 for what only begins words; and the sum of the
        frequencies, also of the words that were left out.

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
    r"""Add up the frequencies of the dictionary, digit by digit.

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
    """Let an import of a module fail in this thread, unless it is there already.

    jieba opens its files through pkg_resources if that can be imported, which takes as
    long as everything else in jieba, and else by their paths: for its other users that is
    the same, and other threads may import pkg_resources all the while.
    """
    finder = _Refusal(name, threading.get_ident())
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Refusal(MetaPathFinder):
    """Says of one module, in one thread, that it is not there.

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
        """Refuse the module; of all others, say nothing."""
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
    """Return the words of the dictionary that have other letters than Chinese characters.

    Examples
    --------
    >>> [word for word in mixed_words() if word in {"X光", "A股", "人权"}]
    ['A股', 'X光']
    """
    return tuple(_WITH_LETTERS.findall(f"\n{_dictionary_text()}"))


@cache
def place_names() -> frozenset[str]:
    """Return the words that the dictionary has for places, without those that name none."""
    text = text_beside("not-places.txt")
    wrong = {word for _, word in words_of_lines(text)}
    return frozenset(_PLACES.findall(_dictionary_text())) - wrong


@cache
def _nameless() -> frozenset[str]:
    """Return the words of the dictionary that name nothing, as verbs and adverbs do not."""
    return frozenset(_NAMELESS.findall(_dictionary_text()))


def names_something(word: str) -> bool:
    """Return whether a word is a name for something, as nouns and set phrases are.

    Words that the dictionary does not have, as it has few names, count as such.

    Examples
    --------
    >>> [word for word in ["推动", "农村", "电网", "改造"] if names_something(word)]
    ['农村', '电网']
    """
    return word not in _nameless()


class Engine(Protocol):
    """Cuts Chinese characters into words.

    Attributes
    ----------
    name : str
        With the version; it stands in every result.
    guess : bool
        Whether it guesses words that neither dictionary nor lexicon has.
    """

    name: str
    guess: bool

    @property
    def is_worth_keeping(self) -> bool:
        """Whether what was cut is read quicker than cut anew, and would be cut alike."""
        ...

    def expect(self, texts: Iterable[str]) -> None:
        """Make ready to cut texts; nothing depends on it but the time that it takes."""
        ...

    def cut(self, text: str) -> list[str]:
        """Cut a text; joined, the words are the text again."""
        ...


class JiebaEngine:
    """jieba, with a dictionary of its own, so that no other user of jieba sees our words.

    What others add does not reach us either. jieba's ``del_word`` does: it keeps a list,
    one for the whole process, of what must not be guessed to be a word.

    Parameters
    ----------
    lexicon : Lexicon
        Words to be kept whole.
    guess : bool
        Whether to guess words that neither dictionary nor lexicon has.

    Examples
    --------
    >>> JiebaEngine(Lexicon()).cut("健全生态环境治理体系")
    ['健全', '生态', '环境治理', '体系']
    """

    def __init__(self, lexicon: Lexicon, *, guess: bool = True) -> None:
        self.name = f"jieba {version('jieba')}{'' if guess else ' without guessing'}"
        self.guess = guess
        self._lexicon = lexicon
        # With the letters whose words it knows; None for all. Until something is cut, and
        # not found among what an earlier run kept, there is none.
        self._known: tuple[Tokenizer, set[str] | None] | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether no user of jieba in this process has deleted a word: it is slow."""
        # Where jieba was not imported yet, nobody has.
        finalseg = sys.modules.get("jieba.finalseg")
        return not getattr(finalseg, "Force_Split_Words", None)

    def expect(self, texts: Iterable[str]) -> None:
        """Read of the dictionary what texts need, unless some of it was read before."""
        if self._known is None and (letters := set().union(*texts)):
            letters.update(LINE_FEED, *self._lexicon.words)
            self._known = self._taught(_tokenizer_for(letters)), letters

    def cut(self, text: str) -> list[str]:
        """Cut a text into words."""
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
    """rjieba, the same in Rust, many times faster.

    Parameters
    ----------
    lexicon : Lexicon
        Words to be kept whole.
    guess : bool
        Whether to guess words that neither dictionary nor lexicon has.

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
        """Never: it cuts as quickly as a file is read."""
        return False

    def expect(self, texts: Iterable[str]) -> None:
        """Do nothing: it brings its dictionary along."""

    def cut(self, text: str) -> list[str]:
        """Cut a text into words."""
        words: list[str] = self._tokenizer.cut(text, hmm=self.guess)
        return words


@cache
def rust_is_installed() -> bool:
    """Return whether rjieba can be used; before version 0.2.2 it could not learn words."""
    if find_spec("rjieba") is None:
        return False
    import rjieba

    return hasattr(rjieba.Jieba, "suggest_freq")


def _in_order(lexicon: Lexicon) -> list[LexiconEntry]:
    """Return the entries, short words first.

    How common a word must be to stay whole depends on the words within it, so that
    these have to be there before it.
    """
    return sorted(lexicon.entries, key=lambda entry: (len(entry.word), entry.word))


def _private_copy(shared: "Tokenizer") -> "Tokenizer":
    """Return a tokenizer that can learn words without the shared one learning them."""
    tokenizer = type(shared)()
    tokenizer.FREQ, tokenizer.total = shared.FREQ.copy(), shared.total
    tokenizer.initialized = True
    return tokenizer
