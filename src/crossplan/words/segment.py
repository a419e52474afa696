"""Cutting Chinese text into words."""

import warnings
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jieba import Tokenizer


# Of the words that jieba counted, those that readers know.
COMMON = 300
# Its parts of speech for nouns, places, abbreviations, set phrases and verbal nouns.
NAMING = ("n", "s", "j", "l", "i", "vn")


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


class JiebaSegmenter:
    """jieba with a dictionary of its own, which no other user of jieba can change.

    Examples
    --------
    >>> JiebaSegmenter().words("健全生态环境治理体系")
    ['健全', '生态', '环境治理', '体系']
    """

    def __init__(self) -> None:
        from importlib.metadata import version

        self.name = f"jieba {version('jieba')} (own dictionary, HMM)"
        self._tokenizer = shared_tokenizer()

    def words(self, text: str) -> list[str]:
        """Cut a text into words."""
        return list(self._tokenizer.cut(text))


@cache
def shared_tokenizer() -> "Tokenizer":
    """Load the dictionary once, from jieba's own file.

    jieba would keep a copy of it in the temporary folder that all users of a machine
    share, and read whatever it finds there; a result must not depend on that.
    """
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes in its patterns and tries pkg_resources.
        warnings.simplefilter("ignore")
        from jieba import Tokenizer

    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def dictionary() -> dict[str, tuple[int, str]]:
    """Give the words of jieba's dictionary, each with its frequency and its part of speech."""
    with shared_tokenizer().get_dict_file() as file:
        entries = (line.decode("utf-8").split() for line in file)
        return {word: (int(frequency), kind) for word, frequency, kind in entries}


@cache
def dictionary_nouns() -> tuple[str, ...]:
    """Give the common nouns of two or three characters in jieba's dictionary, in its order."""
    return tuple(
        word
        for word, (frequency, kind) in dictionary().items()
        if kind == "n" and len(word) in {2, 3} and frequency >= COMMON
    )


def names_something(word: str) -> bool:
    """Tell whether a word is a name for something, as nouns and set phrases are.

    Words that jieba's dictionary does not have, as it has few names, count as such.

    Examples
    --------
    >>> [word for word in ["推动", "农村", "电网", "改造"] if names_something(word)]
    ['农村', '电网']
    """
    return word not in dictionary() or dictionary()[word][1].startswith(NAMING)
