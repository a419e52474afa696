"""Find the collocates of a term."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import numpy as np
import pandas as pd

from crossplan.arguments import two_whole_numbers, whole_number
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import (
    Cell,
    View,
    number_column,
    number_of,
    quote,
    quoted_column,
    records,
)
from crossplan.errors import ChoiceError
from crossplan.model import Plan, plan_names
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Column, Table, Title
from crossplan.words.keyness import log_dice, mutual_information, t_score
from crossplan.words.lookup import Search, WordSpan, sentences_of
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.text_units import passages_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.labels import Language


_LOG_DICE = Column(
    "float64",
    "关联强度 logDice：最大为 14，每差 1 为一倍。",
    "Strength of the bond: 14 at most, and each point doubles it.",
    most=14.0,
)


COLLOCATIONS = Table(
    zh="每个搭配词一行，logDice 高者在前。",
    en="One row for each collocate, the highest logDice first.",
    columns={
        "collocate": Column("string", "搭配词。", "The word beside the term.", required=True),
        "count": Column(
            "Int64", "同现次数。", "How often it stands beside the term, or with it.", least=0.0
        ),
        "left": Column(
            "Int64",
            "其中在前者；按句统计则为空。",
            "Of these, before it; empty within sentences.",
            least=0.0,
        ),
        "right": Column(
            "Int64",
            "其中在后者；按句统计则为空。",
            "Of these, behind it; empty within sentences.",
            least=0.0,
        ),
        "term_count": Column(
            "Int64", "该词的次数。", "How often the term stands anywhere.", least=0.0
        ),
        "collocate_count": Column(
            "Int64", "搭配词的次数。", "How often the collocate stands anywhere.", least=0.0
        ),
        "expected": Column(
            "float64", "随机所期望的同现次数。", "Count to expect by chance.", least=0.0
        ),
        "log_dice": _LOG_DICE,
        "mi": Column("float64", "互信息，以比特计。", "Mutual information, in bits."),
        "t": Column("float64", "t 值。", "The t-score."),
    },
    key=("collocate",),
)


_Within = Literal["window", "sentence"]
_Window = int | tuple[int, int]


@dataclass(frozen=True, repr=False, eq=False)
class Collocations(Result):
    """The collocates of a term; made by :func:`collocations`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per collocate, the highest logDice first: collocate, count (occurrences beside
        the term, or sentences with both), left, right (of these, before and after the term;
        missing within sentences), term_count, collocate_count, expected (by chance), log_dice,
        mi, t.
    term : str
    term_count : int
        Occurrences of the term, or sentences with it.
    total : int
        Words, or sentences, in all.
    reader : WordReader
    plans : sequence of Plan
    within : {"window", "sentence"}
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="collocations",
        title=Title("搭配词", "Collocations"),
        tables=(COLLOCATIONS,),
        figures=(FigureKind(selects=True),),
    )

    term: str
    term_count: int
    total: int
    reader: WordReader
    plans: Sequence[Plan]
    within: _Within

    def plot(self, ax: "Axes | None" = None, *, top: int = 20, lang: "Language" = "zh") -> "Axes":
        """Draw the `top` collocates as bars, by logDice."""
        from crossplan.words.collocations_figure import draw_collocations

        return draw_collocations(self, ax, top=top, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption of :meth:`plot`: its content, plans, method and sources."""
        from crossplan.words.collocations_figure import collocations_caption

        return collocations_caption(self, lang)

    def _view(self) -> View:
        """Return the view of the collocates, the strongest first."""
        sided = self.within == "window"
        return View(
            name=type(self).__name__,
            title="Company of",
            of=(*quote(self.term), Cell(" in "), *plan_names(self.plans, " · ")),
            counts=(
                number_of(len(self.frame), "collocate"),
                f"the term {number_of(self.term_count, 'time')}"
                if sided
                else f"in {number_of(self.term_count, 'sentence')} of {self.total:,}",
            ),
            columns=(
                quoted_column("collocate", "collocate"),
                number_column("together", "count"),
                *(
                    (number_column("before", "left"), number_column("behind", "right"))
                    if sided
                    else ()
                ),
                number_column("in all", "collocate_count"),
                number_column("expected", "expected", 1),
                number_column("logDice", "log_dice", 1),
                number_column("MI", "mi", 1),
                number_column("t", "t", 1),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            note="the highest logDice first",
            ways=(".table", ".plot()"),
            method=self.method,
        )


@dataclass(slots=True)
class _CollocateCounts:
    """The counts of collocates in the sentences.

    Attributes
    ----------
    left, right : Counter
        The words before and after the term; within sentences, all are in `left`.
    anywhere : Counter
        All words of the sentences.
    term_count : int
        Occurrences of the term, or sentences with it.
    slots : int
        The number of positions beside the term.
    total : int
        Words, or sentences, in all.
    """

    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    anywhere: Counter[str] = field(default_factory=Counter)
    term_count: int = 0
    slots: int = 0
    total: int = 0


def collocations(  # noqa: PLR0913 - what is counted, and where
    source: Plans,
    term: str,
    *,
    within: _Within = "window",
    window: _Window = 5,
    minimum_count: int = 2,
    words: WordOptions | None = None,
) -> Collocations:
    """Find the collocates of a term: the words that occur near it.

    Stop words are not collocates, but occupy positions in the window. A window ends with the
    sentence; punctuation and omitted numbers occupy no position.

    Parameters
    ----------
    source : Plan, str, Corpus, or iterable of Plan or str
        A string is the id of a shipped plan.
    term : str
        A word, or several consecutive words; ``*`` matches any characters of a word.
    within : {"window", "sentence"}
        Count words beside the term, each time they occur; or words anywhere in the same
        sentence, once per sentence.
    window : int or (int, int)
        The number of words on each side; or on the left and on the right.
    minimum_count : int
        Collocates that occur with the term less often are left out, because MI and logDice
        overrate single occurrences.
    words : WordOptions, optional
        What counts as a word.

    Returns
    -------
    Collocations
        Empty if the term does not occur.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If an argument is not among its choices.
    CrossplanError
        If `term` is not a term.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.

    Examples
    --------
    >>> import crossplan as cp
    >>> found = cp.collocations(cp.load_plan("2026-2030"), "残疾人", within="sentence")
    >>> found.table[["collocate", "count", "collocate_count"]].values[0].tolist()
    ['就业', 6, 30]
    """
    if within not in get_args(_Within):
        raise ChoiceError("within", within, get_args(_Within))
    left, right = two_whole_numbers("window", window, least=0)
    if not left + right:
        raise ChoiceError("window", window, ["a number from 1, such as 5", "two, such as (0, 1)"])
    whole_number("minimum_count", minimum_count)
    plans = as_plans(source)
    reader = reader_for(words, plans)
    node = Search.of([term], reader)
    sentences = sentences_of(passages_of(plans), reader)
    if within == "window":
        company = _beside(sentences, node, reader, (left, right))
        span = f"Up to {left} words before and {right} behind, within the sentence."
    else:
        company = _together(sentences, node, reader)
        span = "Within sentences."
    return Collocations(
        frame=_scored(company, reader, minimum_count, sided=within == "window"),
        method=f"{reader.description} {span} Collocates from a count of {minimum_count}.",
        term=term,
        term_count=company.term_count,
        total=company.total,
        reader=reader,
        plans=plans,
        within=within,
    )


def _beside(
    sentences: Iterable[Sequence[str]], node: Search, reader: WordReader, window: tuple[int, int]
) -> _CollocateCounts:
    """Count the words before and after each occurrence."""
    company = _CollocateCounts()
    for sentence in sentences:
        counted = _counted_words(sentence, reader)
        company.anywhere.update(word for _, word in counted)
        company.total += len(counted)
        spans = node.spans(sentence)
        own = _places_of(spans)
        for span in spans:
            company.term_count += 1
            before, behind = _neighbours(counted, span, window, own)
            company.left.update(before)
            company.right.update(behind)
            company.slots += len(before) + len(behind)
    return company


def _together(
    sentences: Iterable[Sequence[str]], node: Search, reader: WordReader
) -> _CollocateCounts:
    """Count the sentences that contain both a word and the term."""
    company = _CollocateCounts()
    for sentence in sentences:
        counted = _counted_words(sentence, reader)
        company.anywhere.update({word for _, word in counted})
        company.total += 1
        if spans := node.spans(sentence):
            company.term_count += 1
            company.slots += 1
            own = _places_of(spans)
            company.left.update({word for place, word in counted if place not in own})
    return company


def _places_of(spans: Iterable[WordSpan]) -> set[int]:
    """Return the positions of the words of the term, which are not collocates."""
    return {place for span in spans for place in range(span.start, span.end)}


def _counted_words(sentence: Sequence[str], reader: WordReader) -> list[tuple[int, str]]:
    """Return the counted words with their positions."""
    counted = ((place, reader.counted(word)) for place, word in enumerate(sentence))
    return [(place, word) for place, word in counted if word is not None]


def _neighbours(
    counted: Sequence[tuple[int, str]], span: WordSpan, window: tuple[int, int], own: Container[int]
) -> tuple[list[str], list[str]]:
    """Return the words in the window before and after an occurrence of the term."""
    left, right = window
    before = [(place, word) for place, word in counted if place < span.start]
    behind = [(place, word) for place, word in counted if place >= span.end]
    near = before[max(len(before) - left, 0) :], behind[:right]
    words = [[word for place, word in side if place not in own] for side in near]
    return words[0], words[1]


def _scored(
    company: _CollocateCounts, reader: WordReader, minimum_count: int, *, sided: bool
) -> pd.DataFrame:
    """Return the collocates with their scores."""
    counts = company.left + company.right
    found = sorted(
        word
        for word, number in counts.items()
        if number >= minimum_count and word not in reader.stop_words.words
    )
    joint = np.array([counts[word] for word in found], dtype=np.int64)
    anywhere = np.array([company.anywhere[word] for word in found], dtype=np.int64)
    expected = company.slots * anywhere / max(company.total, 1)
    sides = {
        name: [counter[word] if sided else pd.NA for word in found]
        for name, counter in (("left", company.left), ("right", company.right))
    }
    table = pd.DataFrame(
        {
            "collocate": pd.array(found, dtype="string"),
            "count": joint,
            **{name: pd.array(own, dtype="Int64") for name, own in sides.items()},
            "term_count": np.full(len(found), company.term_count, dtype=np.int64),
            "collocate_count": anywhere,
            "expected": expected,
            "log_dice": log_dice(joint, company.term_count, anywhere),
            "mi": mutual_information(joint, expected),
            "t": t_score(joint, expected),
        }
    )
    order = np.lexsort((np.array(found, dtype=str), -joint, -table["log_dice"].to_numpy()))
    return COLLOCATIONS.typed(table.iloc[order].reset_index(drop=True))
