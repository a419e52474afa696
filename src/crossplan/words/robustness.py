"""Whether what is said of a term hangs on how the text was cut into words.

Two recounts: of the term's characters as they stand, whatever words they fall into; and
of its words as a segmenter cuts them that has neither lexicon nor guesses.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from crossplan.words.keyness import Limits, log_likelihood, log_ratio, p_value
from crossplan.words.options import WordReader, is_merged
from crossplan.words.segment import Segmenter, cut, plain_segmenter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crossplan.model import Passage

_Sides = tuple[Sequence["Passage"], Sequence["Passage"]]

# What parts the words of an n-gram, save where the text itself needs a blank.
_JOINT = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")


class _Recount(NamedTuple):
    """Terms counted another way in both plans, with what there is to count in all."""

    old: "NDArray[np.int64]"
    new: "NDArray[np.int64]"
    old_total: int
    new_total: int


def recounted(
    terms: Sequence[str],
    changes: Sequence[str],
    sides: _Sides,
    reader: WordReader,
    limits: Limits,
) -> pd.DataFrame:
    """Count terms in two other ways, and tell which changes survive both.

    Returns
    -------
    pandas.DataFrame
        characters_old_count, characters_new_count, characters_change, plain_old_count,
        plain_new_count, plain_change, survives; in the order of `terms`. What stands
        for merged words cannot be recounted and has missing values.
    """
    names = [_JOINT.sub("", term) for term in terms]
    recounts = {
        "characters": _by_characters([_without_blanks(name) for name in names], sides),
        "plain": _by_words(names, sides, plain_segmenter(reader.segmenter)),
    }
    table = pd.DataFrame(index=range(len(terms)))
    survives = np.full(len(terms), fill_value=True)
    for name, recount in recounts.items():
        ratio, p = log_ratio(*recount), p_value(log_likelihood(*recount))
        change = limits.changes(recount.old, recount.new, ratio, p)
        table[f"{name}_old_count"] = pd.array(recount.old, dtype="Int64")
        table[f"{name}_new_count"] = pd.array(recount.new, dtype="Int64")
        table[f"{name}_change"] = pd.array(change, dtype="string")
        survives &= change == np.asarray(changes, dtype=object)
    table["survives"] = pd.array(survives, dtype="boolean")
    table.loc[[is_merged(term) for term in terms]] = pd.NA
    return table


def _by_characters(names: Sequence[str], sides: _Sides) -> _Recount:
    """Count the characters of each term as they follow each other, blanks left out.

    Of a term of two characters that is the bigram; of a longer one, the chain of its
    bigrams.
    """
    lengths = sorted(set(map(len, names)))
    wanted = frozenset(names)
    texts = ["\n".join(_without_blanks(passage.text) for passage in side) for side in sides]
    counters = [
        Counter(
            piece
            for length in lengths
            for start in range(len(text) - length + 1)
            if (piece := text[start : start + length]) in wanted
        )
        for text in texts
    ]
    old, new = (np.array([counter[name] for name in names], dtype=np.int64) for counter in counters)
    old_total, new_total = (sum(map(str.isalnum, text)) for text in texts)
    return _Recount(old, new, old_total, new_total)


def _by_words(names: Sequence[str], sides: _Sides, segmenter: Segmenter) -> _Recount:
    """Count each term as the words that another segmenter makes of it."""
    parts = [_visible(segmenter.words(name)) for name in names]
    lengths = sorted(set(map(len, parts)))
    counters = [_sequences(side, segmenter, lengths) for side in sides]
    old, new = (np.array([counter[part] for part in parts], dtype=np.int64) for counter in counters)
    old_total, new_total = (
        sum(word[0].isalnum() for passage in side for word in cut(segmenter, passage.text))
        for side in sides
    )
    return _Recount(old, new, old_total, new_total)


def _sequences(
    passages: Iterable["Passage"], segmenter: Segmenter, lengths: Iterable[int]
) -> Counter[tuple[str, ...]]:
    """Count the sequences of words of some lengths, blanks passed over."""
    counter: Counter[tuple[str, ...]] = Counter()
    for passage in passages:
        words = _visible(cut(segmenter, passage.text))
        for length in lengths:
            counter.update(zip(*(words[shift:] for shift in range(length)), strict=False))
    return counter


def _visible(words: Iterable[str]) -> tuple[str, ...]:
    """Leave out the words that are blank; an n-gram runs over them too."""
    return tuple(word for word in words if not word.isspace())


def _without_blanks(text: str) -> str:
    """Leave out whatever is blank."""
    return "".join(text.split())
