"""jieba's dictionary, read from its package and never from a shared cache."""

import re
import warnings
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from crossplan.corpora.wordlists import words_of_lines
from crossplan.errors import CrossplanError
from crossplan.model.lexicon import PLACE

if TYPE_CHECKING:
    from jieba import Tokenizer

# A line has a word, its frequency and its part of speech.
PLACES = re.compile(rf"^(\S+) \d+ {PLACE}$", re.MULTILINE)
# Not a noun, a place, an abbreviation, a set phrase, or a verbal noun.
NAMELESS = re.compile(r"^(\S+) \d+ (?!n|s|j|l|i|vn)", re.MULTILINE)
# With a letter in it; the one word that has only a figure is the name of a shop.
WITH_LETTERS = re.compile(r"^[\u4e00-\u9fd50-9]*[^\u4e00-\u9fd50-9\s]\S*(?= )", re.MULTILINE)


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


def dictionary_text() -> str:
    """Give the file of the dictionary, found without importing jieba."""
    package = find_spec("jieba")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder) / "dict.txt").is_file():
            return path.read_text(encoding="utf-8")
    raise CrossplanError(
        "the package jieba, whose dictionary cuts texts into words, is not complete. "
        "Install it anew: pip install --force-reinstall jieba"
    )


@cache
def mixed_words() -> tuple[str, ...]:
    """Give the words of the dictionary that have other letters than Chinese characters.

    Examples
    --------
    >>> [word for word in mixed_words() if word in {"X光", "A股", "人权"}]
    ['A股', 'X光']
    """
    return tuple(WITH_LETTERS.findall(dictionary_text()))


@cache
def place_names() -> frozenset[str]:
    """Give the words that the dictionary has for places, without those that name none."""
    text = files("crossplan.words").joinpath("not-places.txt").read_text(encoding="utf-8")
    wrong = {word for _, word in words_of_lines(text)}
    return frozenset(PLACES.findall(dictionary_text())) - wrong


@cache
def nameless() -> frozenset[str]:
    """Give the words of the dictionary that name nothing, as verbs and adverbs do not."""
    return frozenset(NAMELESS.findall(dictionary_text()))


def names_something(word: str) -> bool:
    """Tell whether a word is a name for something, as nouns and set phrases are.

    Words that the dictionary does not have, as it has few names, count as such.

    Examples
    --------
    >>> [word for word in ["推动", "农村", "电网", "改造"] if names_something(word)]
    ['农村', '电网']
    """
    return word not in nameless()
