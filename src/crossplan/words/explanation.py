"""Explain in plain words why a term rises or falls, and recount it in two other ways."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
from pandas import isna

from crossplan.display import View, as_html, quote, quoted_column, visible
from crossplan.words.concordance import concordance
from crossplan.words.keyness import Limits, log_likelihood, log_ratio, p_value
from crossplan.words.options import WordOptions, WordReader, is_merged
from crossplan.words.segment import Segmenter, plain_segmenter, segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crossplan.model import Passage, Plan
    from crossplan.words.groups import TermGroups


_Sides = tuple[Sequence["Passage"], Sequence["Passage"]]

# The separator of the words of an n-gram, except where the text itself needs a blank.
_JOINT = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")


class _Recount(NamedTuple):
    """The counts of terms in both plans by another method, with the totals."""

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
    """Count terms in two other ways, and find out which changes survive both.

    One way counts the characters of a term, whatever words they are part of; the other
    counts its words as segmented without a lexicon and without guessed words.

    Returns
    -------
    pandas.DataFrame
        characters_old_count, characters_new_count, characters_change, plain_old_count,
        plain_new_count, plain_change, survives; in the order of `terms`. Merged words cannot be
        recounted and have missing values.
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
    """Count the occurrences of the characters of each term, ignoring blanks.

    For a term of two characters this is its bigram; for a longer one, the chain of its bigrams.
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
    """Count each term as the words into which another segmenter splits it."""
    parts = [_visible(segmenter.words(name)) for name in names]
    lengths = sorted(set(map(len, parts)))
    counters = [_sequences(side, segmenter, lengths) for side in sides]
    old, new = (np.array([counter[part] for part in parts], dtype=np.int64) for counter in counters)
    old_total, new_total = (
        sum(word[0].isalnum() for passage in side for word in segment(segmenter, passage.text))
        for side in sides
    )
    return _Recount(old, new, old_total, new_total)


def _sequences(
    passages: Iterable["Passage"], segmenter: Segmenter, lengths: Iterable[int]
) -> Counter[tuple[str, ...]]:
    """Count the sequences of words of some lengths, ignoring blanks."""
    counter: Counter[tuple[str, ...]] = Counter()
    for passage in passages:
        words = _visible(segment(segmenter, passage.text))
        for length in lengths:
            counter.update(zip(*(words[shift:] for shift in range(length)), strict=False))
    return counter


def _visible(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are not blank; n-grams ignore blanks, too."""
    return tuple(word for word in words if not word.isspace())


def _without_blanks(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


_LINES = 5
_WIDTH = 14


class _Compared(Protocol):
    """The attributes of a :class:`TermComparison` that an explanation uses."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def old_plan(self) -> "Plan": ...

    @property
    def new_plan(self) -> "Plan": ...

    @property
    def old_total(self) -> int: ...

    @property
    def new_total(self) -> int: ...

    @property
    def reader(self) -> "WordReader": ...

    @property
    def limits(self) -> "Limits": ...

    @property
    def groups(self) -> "TermGroups | None": ...


class TermExplanation(str):
    """An explanation of a term, shown as lines, without quotes, in notebooks and terminals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(visible, self.splitlines()))

    def _view(self) -> View:
        """Return the view of an explanation, line by line."""
        term, *lines = self.splitlines()
        longest = max(map(len, lines), default=0)
        return View(
            name=type(self).__name__,
            title="Why",
            of=quote(term),
            columns=(quoted_column("what was counted, and where it stands", "line", longest),),
            rows=tuple({"line": line} for line in lines),
            total=len(lines),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


def explain(comparison: _Compared, term: str) -> TermExplanation:
    """Explain the change of a term: its counts, its scores, and where it occurs."""
    table = comparison.frame
    row = table[table["term"] == term].to_dict("records")[0]
    plans = (
        ("old", comparison.old_plan, comparison.old_total),
        ("new", comparison.new_plan, comparison.new_total),
    )
    lines = [f"{term}: {row['change']}"]
    lines += [_counted(row, side, plan, total) for side, plan, total in plans]
    lines += [_effect(row), _limits(comparison)]
    if "survives" in row:
        lines.append(_recounts(row))
    if comparison.groups is None and not is_merged(term):
        for _, plan, _ in plans:
            lines += _lines(comparison, plan, term)
    return TermExplanation("\n".join(lines))


def _counted(row: dict[Any, Any], side: str, plan: "Plan", total: int) -> str:
    """Return how often and how evenly a plan uses the term."""
    number = row[f"{side}_count"]
    counts = f"{plan.id}: {number} of {total:,} words, {row[f'{side}_rate']:.2f} per 10,000"
    if not number:
        return counts
    sections = row[f"{side}_sections"]
    return counts + (
        f", in {sections} section{'' if sections == 1 else 's'}"
        f" (DP {row[f'{side}_dp']:.2f}, Juilland's D {row[f'{side}_juilland_d']:.2f})"
    )


def _effect(row: dict[Any, Any]) -> str:
    """Return the scores of keyness."""
    return (
        f"log ratio {_signed(row['log_ratio'], 2)}, %DIFF {_signed(row['percent_difference'], 0)}, "
        f"G2 {row['g2']:+.2f}, p {row['p']:.2g}, corrected {row['p_adjusted']:.2g}, "
        f"BIC {row['bayes_factor']:+.1f}, log-odds z {_signed(row['log_odds_z'], 2)}"
    )


def _signed(value: float, digits: int) -> str:
    """Return a score with its sign, or "none"."""
    return "none" if isnan(value) else f"{value:+.{digits}f}"


def _limits(comparison: _Compared) -> str:
    """Return the limits from which a term is rising or falling."""
    limit = comparison.limits
    return f"rising or falling: log ratio from {limit.minimum_log_ratio:g}, p below {limit.alpha:g}"


def _recounts(row: dict[Any, Any]) -> str:
    """Return the recounts of a robustness check."""
    if isna(row["survives"]):
        return "survives: words that were merged cannot be counted in other ways"
    ways = (("characters", "its characters as they stand"), ("plain", "dictionary words alone"))
    return f"survives: {'yes' if row['survives'] else 'no'}; " + "; ".join(
        f"{way} {row[f'{name}_old_count']} → {row[f'{name}_new_count']}: {row[f'{name}_change']}"
        for name, way in ways
    )


def _lines(comparison: _Compared, plan: "Plan", term: str) -> list[str]:
    """Return the first occurrences of a term in a plan."""
    reader = comparison.reader
    options = WordOptions(segmenter=reader.segmenter, lexicon=reader.lexicon)
    found = concordance(plan, term, width=_WIDTH, words=options).frame.head(_LINES)
    return [
        f"{row['passage_id']}: {row['left']}[{row['match']}]{row['right']}"
        for row in found.to_dict("records")
    ]
