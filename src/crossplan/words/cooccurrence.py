"""Find which terms occur together, as a graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np
import pandas as pd

from crossplan.arguments import whole_number
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import View, number_column, number_of, quoted_column, records
from crossplan.errors import ChoiceError, MissingExtraError
from crossplan.model import Plan, plan_names
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Column, Table, Title
from crossplan.words.collocations import _LOG_DICE
from crossplan.words.keyness import log_dice, totals_of
from crossplan.words.lookup import known_terms, sentences_of
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.text_units import passages_of, units_of

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    from crossplan.labels import Language


COOCCURRENCE = Table(
    zh="同现的每对用词一行，logDice 高者在前。",
    en="One row for each pair of terms that stand together, the highest logDice first.",
    columns={
        "term": Column("string", "一个用词。", "The one term.", required=True),
        "other_term": Column("string", "另一用词。", "The other term.", required=True),
        "count": Column("Int64", "两者同在的文段数。", "Stretches of text with both.", least=0.0),
        "term_count": Column("Int64", "有前者的文段数。", "Stretches with the one.", least=0.0),
        "other_count": Column("Int64", "有后者的文段数。", "Stretches with the other.", least=0.0),
        "log_dice": _LOG_DICE,
    },
    key=("term", "other_term"),
)


_Stretch = Literal["sentence", "measure", "section"]


@dataclass(frozen=True, repr=False, eq=False)
class Cooccurrence(Result):
    """The cooccurrence of terms; made by :func:`cooccurrence`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair, the highest logDice first: term, other_term, count (units with both),
        term_count, other_count (with each), log_dice.
    terms : dict of str to int
        The number of units with each term, the most frequent first.
    within : {"sentence", "measure", "section"}
    reader : WordReader
    plans : sequence of Plan
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="cooccurrence",
        title=Title("同现用词", "Terms that stand together"),
        tables=(COOCCURRENCE,),
        figures=(FigureKind(selects=True),),
    )

    terms: dict[str, int]
    within: _Stretch
    reader: WordReader
    plans: Sequence[Plan]

    @property
    def graph(self) -> "nx.Graph[str]":
        """The table as a graph.

        Nodes are the terms, with the attribute `count`; edges are the pairs, with
        `count` and `log_dice`.

        Raises
        ------
        MissingExtraError
            If networkx is not installed.
        """
        if find_spec("networkx") is None:
            raise MissingExtraError("networkx", "graph", "a graph of networkx")
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        for term, number in self.terms.items():
            graph.add_node(term, count=number)
        for row in self.frame.to_dict("records"):
            graph.add_edge(
                row["term"], row["other_term"], count=row["count"], log_dice=row["log_dice"]
            )
        return graph

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the graph, in the same way every time."""
        from crossplan.words.collocations_figure import draw_graph

        return draw_graph(self, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption of :meth:`plot`: its content, plans, method and sources."""
        from crossplan.words.collocations_figure import graph_caption

        return graph_caption(self, lang)

    def _view(self) -> View:
        """Return the view of the pairs, the strongest first."""
        return View(
            name=type(self).__name__,
            title=f"Terms that stand together in a {self.within}",
            of=plan_names(self.plans, " · "),
            counts=(number_of(len(self.terms), "term"), number_of(len(self.frame), "pair")),
            columns=(
                quoted_column("term", "term"),
                quoted_column("other term", "other_term"),
                number_column("together", "count"),
                number_column("the one", "term_count"),
                number_column("the other", "other_count"),
                number_column("logDice", "log_dice", 1),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            note="the highest logDice first",
            ways=(".table", ".graph", ".terms", ".plot()"),
            method=self.method,
        )


def cooccurrence(  # noqa: PLR0913 - what is counted, and where
    source: Plans,
    terms: Sequence[str] | None = None,
    *,
    within: _Stretch = "sentence",
    top: int = 40,
    minimum_count: int = 3,
    words: WordOptions | None = None,
) -> Cooccurrence:
    """Find which terms occur together.

    Parameters
    ----------
    source : Plan, str, Corpus, or iterable of Plan or str
        A string is the id of a shipped plan.
    terms : sequence of str, optional
        Single words, as in tables of terms. If None, those that occur in the most units.
    within : {"sentence", "measure", "section"}
        The unit in which terms occur together.
    top : int
        The number of terms, if `terms` is None.
    minimum_count : int
        Pairs that occur together less often are left out.
    words : WordOptions, optional
        What counts as a word.

    Returns
    -------
    Cooccurrence

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If an argument is not among its choices.
    UnknownTermError
        If a term was not counted.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.

    Examples
    --------
    >>> import crossplan as cp
    >>> together = cp.cooccurrence(cp.load_plan("2026-2030"), ["妇女", "残疾人", "就业"])
    >>> sorted(together.graph["就业"])
    ['妇女', '残疾人']
    """
    from scipy.sparse import csc_array
    from sklearn.feature_extraction.text import CountVectorizer

    if within not in get_args(_Stretch):
        raise ChoiceError("within", within, get_args(_Stretch))
    whole_number("top", top)
    whole_number("minimum_count", minimum_count)
    plans = as_plans(source)
    reader = reader_for(words, plans)
    stretches = [own for own in _word_sets(plans, within, reader) if own]
    names: list[str] = []
    matrix: Any = csc_array((0, 0), dtype=np.int64)
    if stretches:
        vectorizer = CountVectorizer(analyzer=list, dtype=np.int64)
        matrix = vectorizer.fit_transform(stretches).tocsc()
        names = vectorizer.get_feature_names_out().tolist()
    frequency = dict(zip(names, totals_of(matrix).tolist(), strict=True))
    ranked = sorted(frequency, key=lambda term: (-frequency[term], term))
    if terms is not None:
        wanted = set(known_terms(terms, names, reader))
        ranked = [term for term in ranked if term in wanted]
    else:
        ranked = ranked[:top]
    places = {name: place for place, name in enumerate(names)}
    chosen = matrix[:, [places[term] for term in ranked]]
    return Cooccurrence(
        frame=_pairs(ranked, (chosen.T @ chosen).toarray(), minimum_count),
        method=(
            f"{reader.description} {len(ranked)} terms, in {len(stretches)} {within}s; pairs "
            f"from a count of {minimum_count}."
        ),
        terms={term: frequency[term] for term in ranked},
        within=within,
        reader=reader,
        plans=plans,
    )


def _word_sets(plans: Sequence[Plan], within: _Stretch, reader: WordReader) -> Iterator[list[str]]:
    """Return the distinct terms of each unit, in a fixed order."""
    if within == "sentence":
        texts = sentences_of(passages_of(plans), reader)
    else:
        texts = (
            tuple(word for passage in passages for word in reader.words(passage))
            for _, passages in units_of(plans, within)
        )
    for text in texts:
        counted = {reader.counted(word) for word in text} - reader.stop_words.words
        yield sorted(word for word in counted if word is not None)


def _pairs(terms: list[str], counts: "np.ndarray", minimum_count: int) -> pd.DataFrame:
    """Return the pairs that occur together often enough."""
    own = counts.diagonal()
    rows, columns = np.nonzero(np.triu(counts >= minimum_count, k=1))
    together = counts[rows, columns]
    names = np.array(terms, dtype=object)
    table = pd.DataFrame(
        {
            "term": pd.array(names[rows], dtype="string"),
            "other_term": pd.array(names[columns], dtype="string"),
            "count": together,
            "term_count": own[rows],
            "other_count": own[columns],
            "log_dice": log_dice(together, own[rows], own[columns]),
        }
    )
    order = np.lexsort((columns, rows, -together, -table["log_dice"].to_numpy()))
    return COOCCURRENCE.typed(table.iloc[order].reset_index(drop=True))
