"""Find the occurrences of words or patterns, with their contexts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from crossplan.arguments import several, whole_number
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import (
    Cell,
    Cells,
    View,
    ViewColumn,
    number_of,
    quote,
    quoted_column,
    records,
    small_column,
)
from crossplan.errors import ChoiceError, CrossplanError
from crossplan.model import Passage, Plan, plan_names
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Column, Table, Title
from crossplan.words.lookup import Search
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.text_units import TextUnit, measure_id, units_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.labels import Language


CONCORDANCE = Table(
    zh="所寻之词或模式的每一处一行，依正文顺序。",
    en="One row for each place of what was sought, in the order of the texts.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        "section": Column("string", "所在节（或章）的编号。", "Id of the section, or chapter."),
        "section_title": Column("string", "其题名。", "Its title."),
        "measure_id": Column(
            "string", "所在举措的编号；目标与段落为空。", "Id of the measure; empty elsewhere."
        ),
        "passage_id": Column("string", "所在段落的编号。", "Id of the passage.", required=True),
        "left": Column("string", "左侧上下文。", "What stands before it, within the passage."),
        "match": Column("string", "所得之词语。", "What was found.", required=True),
        "right": Column("string", "右侧上下文。", "What stands behind it, within the passage."),
        "pattern": Column("string", "所寻之词或模式。", "What was sought.", required=True),
        "start": Column(
            "Int64",
            "在正文中的起点，自 0 起按字符计。",
            "Where it begins in the reading text, counted in characters from 0.",
            least=0.0,
        ),
        "end": Column(
            "Int64",
            "在正文中的终点：其后第一个字符。",
            "Where it ends: the first character behind it.",
            least=0.0,
        ),
    },
)


_Pattern = str | re.Pattern[str]
_Order = Literal["text", "left", "right"]

LONGEST_CONTEXT = 40


@dataclass(frozen=True, repr=False, eq=False)
class Concordance(Result):
    """The occurrences of words or patterns; made by :func:`concordance`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per occurrence, in the order of the texts: plan, section (its id),
        section_title, measure_id (missing in goals and paragraphs), passage_id, left, match,
        right (the context within the passage), pattern (the one that matches), start, end (of
        the match: ``plan.text[start:end]``).
    plans : sequence of Plan
        The searched plans.
    patterns : tuple of str
        The patterns, in the order of the call.
    segmenter : str
        The name of the segmenter, with its lexicon.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="concordance", title=Title("逐词索引", "Concordance"), tables=(CONCORDANCE,)
    )

    plans: Sequence[Plan]
    patterns: tuple[str, ...]
    segmenter: str

    def sorted(self, by: _Order = "right") -> "Concordance":
        """Return the rows sorted by the context on the right or the left of the match.

        Left contexts are compared from the match outwards.

        Parameters
        ----------
        by : {"text", "left", "right"}

        Raises
        ------
        ChoiceError
        """
        if by not in get_args(_Order):
            raise ChoiceError("by", by, get_args(_Order))
        table = self.frame
        if by == "right":
            order = table["right"].sort_values(kind="stable").index
        elif by == "left":
            order = table["left"].str[::-1].sort_values(kind="stable").index
        else:
            order = table.index.sort_values()
        # The index has the order of the text.
        return replace(self, frame=table.loc[order])

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw every occurrence along the text of each plan, with the chapters."""
        from crossplan.words.collocations_figure import draw_dispersion

        return draw_dispersion(self, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption of :meth:`plot`: its content, plans, method and sources."""
        from crossplan.words.collocations_figure import dispersion_caption

        return dispersion_caption(self, lang)

    def _view(self) -> View:
        """Return the view of each occurrence, with its match in the middle."""
        return View(
            name=type(self).__name__,
            title="Concordance",
            of=(
                *quote("、".join(self.patterns)),
                Cell(" in "),
                *plan_names(self.plans, " · "),
            ),
            counts=(
                number_of(len(self.frame), "line"),
                f"in {number_of(self.frame['section'].nunique(), 'section')}",
            ),
            columns=(
                ViewColumn("", lambda row: _context_cells(row["left"], from_end=True), "right"),
                ViewColumn("match", lambda row: (Cell(row["match"], "strong"),), "center"),
                ViewColumn("", lambda row: _context_cells(row["right"])),
                quoted_column("section", "section_title"),
                small_column("stands in", "passage_id"),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", '.sorted("right")', ".plot()"),
            method=self.method,
        )


def concordance(
    source: Plans,
    pattern: _Pattern | Sequence[_Pattern],
    *,
    width: int = 20,
    words: WordOptions | None = None,
) -> Concordance:
    """Find words or patterns, and return each occurrence with its context.

    A string is searched as a word or as consecutive words, so that 人权 is not found in 老年人权益,
    and the number of rows equals the count in tables of terms. A compiled regular expression is
    searched in the characters.

    Parameters
    ----------
    source : Plan, str, Corpus, or iterable of Plan or str
        A string is the id of a shipped plan.
    pattern : str or re.Pattern, or several of them
        In a string, blanks separate words, and ``*`` matches any characters of a word:
        ``"数字*"``. Stop words and numbers are found, too. The time of a regular expression is
        not limited: catastrophic backtracking is not stopped.
    width : int
        The number of characters shown on either side.
    words : WordOptions, optional
        Options, of which segmenter and lexicon are used.

    Returns
    -------
    Concordance
        Empty if nothing is found.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If `width` is not a number of characters, or an option is not among its choices.
    CrossplanError
        If there is no pattern, or a string is not a term.
    UnreadableTextError, WordListError, MissingExtraError
        If a lexicon cannot be read or is malformed, or rjieba is not installed.

    Examples
    --------
    >>> import crossplan as cp
    >>> lines = cp.concordance(cp.load_plan("2026-2030"), "个人信息权益", width=6)
    >>> lines.table[["left", "match", "right", "measure_id"]].values[0].tolist()
    ['击等侵犯公民', '个人信息权益', '的行为。加强', '2026-2030/2.3/2']
    """
    plans = as_plans(source)
    reader = reader_for(words, plans)
    whole_number("width", width, least=0)
    sought = [(_name_of(one), _as_sought(one, reader)) for one in several(pattern)]
    if not sought:
        raise CrossplanError("there is no pattern to look for. Give a word, such as '发展'.")
    rows = [
        _line(unit, passage, name, span, width)
        for unit, passages in units_of(plans, "section")
        for passage in passages
        for name, span in _places(passage, sought, reader)
    ]
    return Concordance(
        frame=CONCORDANCE.frame(rows),
        method=f"Words by {reader.segmenter.name}.",
        plans=plans,
        patterns=tuple(dict.fromkeys(name for name, _ in sought)),
        segmenter=reader.segmenter.name,
    )


def _name_of(pattern: Any) -> str:
    """Return the text of a pattern."""
    return str(pattern.pattern if isinstance(pattern, re.Pattern) else pattern)


def _as_sought(pattern: Any, reader: WordReader) -> Search | re.Pattern[str]:
    """Return a string as a search for its words, and a regular expression unchanged."""
    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
        return pattern
    return Search.of([pattern], reader)


def _places(
    passage: Passage, sought: Sequence[tuple[str, Search | re.Pattern[str]]], reader: WordReader
) -> list[tuple[str, tuple[int, int]]]:
    """Return pattern and span of each occurrence in a passage, in order."""
    found = [
        (name, span)
        for name, one in sought
        for span in (
            _word_places(passage, one, reader)
            if isinstance(one, Search)
            else ((m.start(), m.end()) for m in one.finditer(passage.text) if m[0])
        )
    ]
    return sorted(found, key=lambda item: item[1])


def _word_places(passage: Passage, search: Search, reader: WordReader) -> Iterator[tuple[int, int]]:
    """Return the spans of a term in the characters of a passage."""
    words = reader.words(passage)
    if spans := search.spans(words):
        starts = [0, *accumulate(map(len, words))]
        for span in spans:
            yield starts[span.start], starts[span.end]


def _line(
    unit: TextUnit, passage: Passage, name: str, span: tuple[int, int], width: int
) -> dict[str, Any]:
    """Return an occurrence as a row."""
    start, end = span
    return {
        "plan": unit.plan,
        "section": unit.id,
        "section_title": unit.title,
        "measure_id": measure_id(passage),
        "passage_id": passage.id,
        "left": passage.text[max(start - width, 0) : start],
        "match": passage.text[start:end],
        "right": passage.text[end : end + width],
        "pattern": name,
        "start": passage.start + start,
        "end": passage.start + end,
    }


def _context_cells(text: str, *, from_end: bool = False) -> Cells:
    """Return the context of a match as cells, shortened to its nearest part."""
    short = text[-LONGEST_CONTEXT:] if from_end else text[:LONGEST_CONTEXT]
    return (Cell(short, "quoted", "" if short == text else text),)
