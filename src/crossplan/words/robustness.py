"""Whether what is said of a term hangs on how the text was cut into words.

Two recounts: of the term's rarest pair of characters, which no segmenter touches, and
of its words as a segmenter cuts them that has neither lexicon nor guesses.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from crossplan.words.change import Limits
from crossplan.words.options import MERGED_NUMBER, MERGED_PLACE, WordReader, cut
from crossplan.words.segment import CharacterSegmenter, Segmenter, plain_segmenter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crossplan.model import Passage

Words = tuple[str, ...]
CHARACTERS = CharacterSegmenter()


class Recount(NamedTuple):
    """A term counted another way in both plans, with what that has in all."""

    old: "NDArray[np.int64]"
    new: "NDArray[np.int64]"
    old_total: int
    new_total: int


def recounted(
    terms: Sequence[str],
    changes: Sequence[str],
    sides: tuple[Sequence["Passage"], Sequence["Passage"]],
    reader: WordReader,
    limits: Limits,
) -> pd.DataFrame:
    """Count terms in two other ways, and tell which changes survive both.

    Returns
    -------
    pandas.DataFrame
        bigram_old_count, bigram_new_count, bigram_change, plain_old_count,
        plain_new_count, plain_change, survives; in the order of `terms`. What stands
        for merged words cannot be recounted and has missing values.
    """
    plain = plain_segmenter(reader.segmenter)
    recounts = {"bigram": by_bigrams(terms, sides), "plain": by_words(terms, sides, plain)}
    table = pd.DataFrame(index=range(len(terms)))
    survives = np.full(len(terms), fill_value=True)
    for name, recount in recounts.items():
        change = limits.changes(*recount)
        table[f"{name}_old_count"] = pd.array(recount.old, dtype="Int64")
        table[f"{name}_new_count"] = pd.array(recount.new, dtype="Int64")
        table[f"{name}_change"] = pd.array(change, dtype="string")
        survives &= change == np.asarray(changes, dtype=object)
    table["survives"] = pd.array(survives, dtype="boolean")
    table.loc[np.isin(terms, [MERGED_NUMBER, MERGED_PLACE])] = pd.NA
    return table


def by_bigrams(
    terms: Sequence[str], sides: tuple[Sequence["Passage"], Sequence["Passage"]]
) -> Recount:
    """Count the rarest pair of neighbouring characters of each term."""

    def pairs(words: Words) -> list[Words]:
        return list(pairwise(words)) or [words]

    parts = [pairs(tuple(CHARACTERS.words(term.replace(" ", "")))) for term in terms]
    counters = [sequences(side, CHARACTERS, {1, 2}) for side in sides]

    def rarest(own: list[Words]) -> Words:
        return min(own, key=lambda part: (sum(counter[part] for counter in counters), part))

    return recount([rarest(own) for own in parts], counters)


def by_words(
    terms: Sequence[str],
    sides: tuple[Sequence["Passage"], Sequence["Passage"]],
    segmenter: Segmenter,
) -> Recount:
    """Count each term as the words that another segmenter makes of it."""
    parts = [tuple(segmenter.words(term.replace(" ", ""))) for term in terms]
    lengths = {1, *map(len, parts)}
    return recount(parts, [sequences(side, segmenter, lengths) for side in sides])


def recount(parts: Sequence[Words], counters: Sequence[Counter[Words]]) -> Recount:
    """Look up how often each sequence stands on either side."""
    old, new = (np.array([counter[part] for part in parts], dtype=np.int64) for counter in counters)
    old_total, new_total = (
        sum(number for part, number in counter.items() if len(part) == 1 and part[0][0].isalnum())
        for counter in counters
    )
    return Recount(old, new, old_total, new_total)


def sequences(
    passages: Iterable["Passage"], segmenter: Segmenter, lengths: Iterable[int]
) -> Counter[Words]:
    """Count the sequences of words of some lengths."""
    counter: Counter[Words] = Counter()
    wanted = sorted(lengths)
    for passage in passages:
        words = cut(segmenter, passage.text)
        for length in wanted:
            counter.update(zip(*(words[shift:] for shift in range(length)), strict=False))
    return counter
