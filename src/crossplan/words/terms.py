"""Count how often terms are used, by plan, chapter, section or measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from crossplan.arguments import whole_number
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    number_column,
    number_of,
    quote,
    quoted_column,
    records,
    small_column,
)
from crossplan.errors import ChoiceError
from crossplan.model import Entry, Plan, entries_of, opened, plan_names, require_texts
from crossplan.parallel import in_parallel
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Title
from crossplan.words.counting import Counts, Ngrams, TermCounter, UnitCounts, gathered, rates
from crossplan.words.groups import Groups, TermGroups, groups_alone, overlaps_of
from crossplan.words.lookup import known_terms
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.tables import FREQUENCIES, OVERLAPS
from crossplan.words.text_units import By, units_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.labels import Language

_Values = Literal["count", "rate", "tf_idf"]
_TermFigure = Literal["terms", "map", "cloud"]
# The units that are shown, and the most frequent terms of each.
_UNITS_SHOWN = 10
_TERMS_OF_A_UNIT = 8
# A map with more columns could not be read.
_WIDEST_MAP = 80
_UNIT_TITLES = {
    "plan": Title("按计划", "by plan"),
    "chapter": Title("按章", "by chapter"),
    "section": Title("按节", "by section"),
    "measure": Title("按举措", "by measure"),
}


def _is_map_readable(terms: "TermFrequencies") -> bool:
    return 1 < len(terms.counts.units) <= _WIDEST_MAP


def _has_no_readable_map(terms: "TermFrequencies") -> bool:
    return not _is_map_readable(terms)


@dataclass(frozen=True, repr=False, eq=False)
class TermFrequencies(Result):
    """The frequencies of terms; made by :func:`term_frequencies`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per unit and term, the most frequent first in each unit: unit, plan,
        title, term, count, rate (per 10,000 words of the unit), units (number of units with the
        term), words (of the unit, stop words included), tf_idf.
    counts : Counts
        The counts as a sparse matrix, for scikit-learn.
    reader : WordReader
        The segmenter and the options of the words.
    plans : sequence of Plan
    groups : TermGroups or None
    by : {"plan", "chapter", "section", "measure"}
        The units.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="frequencies",
        title=Title("词频", "Term frequencies"),
        tables=(FREQUENCIES, OVERLAPS),
        figures=(
            FigureKind(
                plot="plot_map",
                caption="map",
                selects=True,
                options=("top",),
                when=_is_map_readable,
            ),
            FigureKind(selects=True, options=("top",), when=_has_no_readable_map),
        ),
    )

    counts: Counts
    reader: WordReader
    plans: Sequence[Plan]
    groups: TermGroups | None
    by: By

    @property
    def subject(self) -> Title:
        """The title of the result: what was counted, and in which units."""
        zh, en = _UNIT_TITLES[self.by]
        return Title(f"{self.kind.title.zh}（{zh}）", f"{self.kind.title.en} {en}")

    @property
    def segmenter(self) -> str:
        """The name of the segmenter, with its lexicon."""
        return self.reader.segmenter.name

    @property
    def stop_words(self) -> frozenset[str]:
        """The words that are left out of the table, but counted in `words`."""
        return self.reader.stop_words.words

    @property
    def overlaps(self) -> "pd.DataFrame":
        """The occurrences that count for two groups: group, other_group, count, terms.

        Raises
        ------
        CrossplanError
            If single terms were counted.
        """
        return overlaps_of(self.plans, self.reader, self.groups)

    def wide(self, values: _Values = "count") -> "pd.DataFrame":
        """Return a table with a row for each term and a column for each unit.

        Parameters
        ----------
        values : {"count", "rate", "tf_idf"}
            Rates are per 10,000 words.

        Raises
        ------
        ChoiceError

        Examples
        --------
        >>> import crossplan as cp
        >>> terms = cp.term_frequencies(cp.load_plan("2026-2030"), by="chapter")
        >>> int(terms.wide().loc["人权", "2026-2030/6"])
        40
        """
        import pandas as pd

        if values not in get_args(_Values):
            raise ChoiceError("values", values, get_args(_Values))
        if values == "tf_idf":
            table = self.counts.tf_idf().toarray()
        else:
            table = self.counts.matrix.toarray()
            if values == "rate":
                table = rates(table, self.counts.words[:, None])
        return pd.DataFrame(
            table.T,
            index=pd.Index(self.counts.terms, name="term", dtype="string"),
            columns=pd.Index([unit.id for unit in self.counts.units], name="unit"),
        )

    def plot(self, ax: "Axes | None" = None, *, top: int = 30, lang: "Language" = "zh") -> "Axes":
        """Draw the `top` most frequent terms of all units together as bars."""
        from crossplan.words.terms_figure import draw_terms

        return draw_terms(self, ax, top=top, lang=lang)

    def plot_map(
        self,
        terms: Sequence[str] | None = None,
        ax: "Axes | None" = None,
        *,
        top: int = 25,
        lang: "Language" = "zh",
    ) -> "Axes":
        """Draw the rate of each term in each unit as a map.

        Parameters
        ----------
        terms : sequence of str, optional
            If None, the `top` most frequent ones.
        ax : matplotlib.axes.Axes, optional
        top : int
        lang : {"zh", "en"}

        Raises
        ------
        UnknownTermError
            If a term was not counted.
        """
        from crossplan.words.terms_figure import draw_map

        return draw_map(self, self.chosen(terms, top), ax, lang=lang)

    def plot_cloud(
        self, ax: "Axes | None" = None, *, top: int = 100, lang: "Language" = "zh"
    ) -> "Axes":
        """Draw a cloud of the `top` most frequent terms.

        Bars are more exact: in a cloud, long words look frequent.

        Raises
        ------
        MissingExtraError
            If the package wordcloud is not installed.
        """
        from crossplan.words.terms_figure import draw_cloud

        return draw_cloud(self, ax, top=top, lang=lang)

    def caption(self, figure: _TermFigure = "terms", *, lang: "Language" = "zh") -> str:
        """Return a caption of a figure: its content, plans, method and sources.

        Parameters
        ----------
        figure : {"terms", "map", "cloud"}
            The figure of :meth:`plot`, :meth:`plot_map` or :meth:`plot_cloud`.
        lang : {"zh", "en"}

        Raises
        ------
        ChoiceError
        """
        from crossplan.figures.captions import writer_of
        from crossplan.words.terms_figure import cloud_caption, map_caption, terms_caption

        writers = {"terms": terms_caption, "map": map_caption, "cloud": cloud_caption}
        return writer_of(figure, writers)(self, lang)

    def chosen(self, terms: Sequence[str] | None, top: int) -> list[str]:
        """Return the chosen terms, or the most frequent ones."""
        if terms is not None:
            return known_terms(terms, self.counts.terms, self.reader)
        ranked = sorted(self.totals.items(), key=lambda item: (-item[1], item[0]))
        return [term for term, number in ranked[: whole_number("top", top)] if number]

    @property
    def totals(self) -> dict[str, int]:
        """The number of occurrences of each term in all units together."""
        counts = self.counts
        return dict(zip(map(str, counts.terms), counts.totals.tolist(), strict=True))

    def _view(self) -> View:
        """Return the view of the terms of a plan, or of the first terms of each unit."""
        frame = self.frame
        units = self.counts.units
        common = (number_column("count", "count"), number_column("per 10,000 words", "rate", 1))
        if len(units) == 1:
            shown = frame.head(ROWS_SHOWN)
            columns = (quoted_column("term", "term"), *common)
            rows, total, note = records(shown), len(frame), "the most frequent"
        else:
            named = {
                unit: own.head(_TERMS_OF_A_UNIT) for unit, own in frame.groupby("unit", sort=False)
            }
            rows = tuple(
                {"unit": unit.id, "title": unit.title, "terms": records(named[unit.id])}
                for unit in units
                if unit.id in named
            )[:_UNITS_SHOWN]
            total, note = len(units), f"with the {_TERMS_OF_A_UNIT} most frequent terms of each"
            columns = (
                quoted_column("where", "title"),
                ViewColumn("terms and their counts", _first_terms),
                small_column("id", "unit"),
            )
        return View(
            name=type(self).__name__,
            title="Terms" if self.groups is None else "Groups of terms",
            of=plan_names(self.plans, " · "),
            counts=(
                f"{number_of(len(self.counts.terms), 'term')}",
                f"{int(self.counts.words.sum()):,} words",
                *((number_of(len(units), "unit"),) if len(units) > 1 else ()),
            ),
            columns=columns,
            rows=rows,
            total=total,
            note=note,
            ways=(".table", ".wide()", ".plot()", ".plot_map()"),
            method=self.method,
        )


def term_frequencies(  # noqa: PLR0913 - what is counted, what counts, and by how many
    source: Plans,
    *,
    by: By = "plan",
    ngrams: Ngrams = 1,
    groups: Groups | None = None,
    words: WordOptions | None = None,
    n_jobs: int | None = None,
) -> TermFrequencies:
    """Count the terms of a plan or of several plans.

    The words of introduction, chapters and sections are counted; headings, table of contents
    and punctuation are not. Stop words and, unless `words` changes it, numbers are left out.

    Parameters
    ----------
    source : Plan, str, Corpus, or iterable of Plan or str
        A string is the id of a shipped plan.
    by : {"plan", "chapter", "section", "measure"}
        What to count separately. The introduction counts as a chapter and as a section, and
        passages of a chapter outside its sections count as a section. With ``measure``, goals
        and unmarked paragraphs are not counted.
    ngrams : int or (int, int)
        The number of consecutive words of a term, within a clause; ``(1, 3)`` counts terms of
        one, two and three words.
    groups : TermGroups, mapping, or path, optional
        Count groups of terms instead; see :func:`load_term_groups`.
    words : WordOptions, optional
        What counts as a word.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None means 1, unless it is set by
        ``joblib.parallel_config``.

    Returns
    -------
    TermFrequencies

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand; ``corpus.full`` has the plans with texts.
    ChoiceError
        If an argument is not among its choices.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.
    CrossplanError
        If there is no plan, or `ngrams` is given for groups.
    ArgumentError, WorkerError
        If a segmenter of your own cannot be sent to other processes, or a process ended early.

    Examples
    --------
    >>> import crossplan as cp
    >>> terms = cp.term_frequencies(cp.load_plan("2026-2030"), by="chapter").table
    >>> terms.query("unit == '2026-2030/6'").term.iloc[0]
    '人权'
    """
    plans = as_plans(source)
    require_texts(entries_of(plans), "terms")
    reader = reader_for(words, plans)
    known = groups_alone(groups, ngrams)
    counter = TermCounter.of(reader, ngrams, known)
    counted = in_parallel(
        partial(_counted_units, by=by, counter=counter),
        entries_of(plans),
        n_jobs=n_jobs,
        label="counting terms",
    )
    counts = gathered(chain.from_iterable(counted))
    return TermFrequencies(
        frame=_tidy(counts),
        method=f"{reader.description} {known.description if known else ''}".rstrip(),
        counts=counts,
        reader=reader,
        plans=plans,
        groups=known,
        by=by,
    )


def _counted_units(entry: Entry, by: By, counter: TermCounter) -> list[UnitCounts]:
    """Count the terms of a plan unit by unit."""
    plan = opened(entry)
    counter.reader.look_up(plan)
    return list(counter.counted(units_of([plan], by)))


def _tidy(counts: Counts) -> "pd.DataFrame":
    """Return a row for each term of each unit, the most frequent first."""
    import numpy as np
    import pandas as pd

    order = np.lexsort((counts.columns, -counts.numbers, counts.rows))
    rows, columns, numbers = counts.rows[order], counts.columns[order], counts.numbers[order]
    sizes = counts.words[rows]

    def text(values: Sequence[str], at: "NDArray[np.int64]") -> "pd.Series[str]":
        return pd.Series(np.array(values, dtype=object)[at], dtype="string")

    return FREQUENCIES.typed(
        pd.DataFrame(
            {
                "unit": text([unit.id for unit in counts.units], rows),
                "plan": text([unit.plan for unit in counts.units], rows),
                "title": text([unit.title for unit in counts.units], rows),
                "term": text(list(counts.terms), columns),
                "count": numbers,
                "rate": rates(numbers, sizes),
                "units": counts.spread[columns],
                "words": sizes,
                "tf_idf": counts.weights()[order],
            }
        )
    )


def _first_terms(row: Record) -> Cells:
    """Return terms with their counts as cells."""
    cells: list[Cell] = []
    for term in row["terms"]:
        cells += [Cell(" · ")] if cells else []
        cells += [*quote(term["term"]), Cell(f" {term['count']}")]
    return tuple(cells)
