"""What cuts Chinese characters into words: jieba, or the same in Rust."""

import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from crossplan.errors import MissingExtraError
from crossplan.model import Lexicon, LexiconEntry
from crossplan.words.dictionary import LINE_FEED, shared_tokenizer, tokenizer_for

if TYPE_CHECKING:
    from jieba import Tokenizer


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
            self._known = self._taught(tokenizer_for(letters)), letters

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
