"""Compare the terms of two plans: new, dropped, rising and falling ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import pandas as pd

from crossplan.arguments import number
from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.display import (
    Cells,
    Record,
    View,
    ViewColumn,
    chips,
    number_column,
    p_value,
    quote,
    quoted_column,
    records,
    some_of_each,
    tally,
)
from crossplan.errors import CrossplanError, LanguageError
from crossplan.languages.registry import describe
from crossplan.model import Plan, plan_names
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import Title
from crossplan.words import keyness
from crossplan.words.counting import PER, Counts, Ngrams, TermCounter, gathered, rates
from crossplan.words.explanation import TermExplanation, explain, recounted
from crossplan.words.groups import Groups, TermGroups, groups_alone, overlaps_of
from crossplan.words.keyness import Limits, deviation_of_proportions, juilland_d
from crossplan.words.lookup import known_terms
from crossplan.words.options import WordOptions, WordReader, reader_for
from crossplan.words.tables import OVERLAPS, TERMS
from crossplan.words.text_units import all_passages, units_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.labels import Language

_ComparisonFigure = Literal["keyness", "rates"]

_CENSUS = (
    "p says how rarely two draws from one stock of words would differ so much; the plans "
    "are no draws but whole, and every difference is real."
)

_CHANGES = ("rising", "falling", "new", "dropped", "stable")
_OF_EACH = 5


@dataclass(frozen=True, repr=False, eq=False)
class TermComparison(Result):
    """A comparison of the terms of two plans; made by :func:`compare_terms`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per term of either plan, the highest G2 first: term, old_count, new_count,
        old_rate, new_rate (per 10,000 words), log_ratio, g2 (signed), p, p_adjusted
        (Benjamini-Hochberg), percent_difference, bayes_factor (BIC), log_odds, log_odds_z
        (missing for groups), old_sections, new_sections (number with the term), old_dp, new_dp,
        old_juilland_d, new_juilland_d, change (new, dropped, rising, falling, stable). With
        ``robustness=True`` also characters_old_count, characters_new_count, characters_change,
        plain_old_count, plain_new_count, plain_change, survives.
    old_plan, new_plan : Plan
    old_total, new_total : int
        The number of words of each plan, stop words included: the base of rates.
    reader : WordReader
        The segmenter and the options of the words.
    limits : Limits
        The limits from which a term is rising or falling.
    groups : TermGroups or None
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="terms",
        title=Title("用词对照", "Terms compared"),
        tables=(TERMS, OVERLAPS),
        figures=(
            FigureKind(selects=True),
            FigureKind(name="rates", plot="plot_rates", caption="rates", selects=True),
        ),
    )

    old_plan: Plan
    new_plan: Plan
    old_total: int
    new_total: int
    reader: WordReader
    limits: Limits
    groups: TermGroups | None

    @property
    def new(self) -> pd.DataFrame:
        """Terms of the new plan only."""
        return self._where("change", "new")

    @property
    def dropped(self) -> pd.DataFrame:
        """Terms of the old plan only."""
        return self._where("change", "dropped")

    @property
    def rising(self) -> pd.DataFrame:
        """Terms of both plans that are rising."""
        return self._where("change", "rising")

    @property
    def falling(self) -> pd.DataFrame:
        """Terms of both plans that are falling."""
        return self._where("change", "falling")

    @property
    def stable(self) -> pd.DataFrame:
        """The other terms of both plans, and groups that occur in neither."""
        return self._where("change", "stable")

    @property
    def overlaps(self) -> pd.DataFrame:
        """The occurrences that count for two groups: group, other_group, count, terms.

        Raises
        ------
        CrossplanError
            If single terms were compared.
        """
        return overlaps_of((self.old_plan, self.new_plan), self.reader, self.groups)

    def explain(self, term: str) -> TermExplanation:
        """Explain the change of a term: its counts, its scores, and where it occurs.

        Raises
        ------
        UnknownTermError
            If the term was not counted.

        Examples
        --------
        >>> import crossplan as cp
        >>> made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
        >>> comparison = cp.compare_terms(made.plan, made.successor)
        >>> print(comparison.explain("人权").splitlines()[0])
        人权: stable
        """
        known_terms([term], self.frame["term"], self.reader)
        return explain(self, term)

    def plot(self, ax: "Axes | None" = None, *, top: int = 15, lang: "Language" = "zh") -> "Axes":
        """Draw the `top` terms of each plan as bars to both sides, by log ratio."""
        from crossplan.words.comparison_figure import draw_keyness

        return draw_keyness(self, ax, top=top, lang=lang)

    def plot_rates(
        self, ax: "Axes | None" = None, *, top: int = 30, lang: "Language" = "zh"
    ) -> "Axes":
        """Draw the old rates against the new ones, and name the `top` terms."""
        from crossplan.words.comparison_figure import draw_rates

        return draw_rates(self, ax, top=top, lang=lang)

    def caption(self, figure: _ComparisonFigure = "keyness", *, lang: "Language" = "zh") -> str:
        """Return a caption of a figure: its content, plans, method and sources.

        Parameters
        ----------
        figure : {"keyness", "rates"}
            The figure of :meth:`plot` or of :meth:`plot_rates`.
        lang : {"zh", "en"}

        Raises
        ------
        ChoiceError
        """
        from crossplan.figures.captions import writer_of
        from crossplan.words.comparison_figure import keyness_caption, rates_caption

        writers = {"keyness": keyness_caption, "rates": rates_caption}
        return writer_of(figure, writers)(self, lang)

    def _view(self) -> View:
        """Return the view of rising and falling terms, then of new and dropped ones."""
        frame = self.frame
        shown = some_of_each(frame, "change", _CHANGES, _OF_EACH).head(ROWS_SHOWN)
        robust = "survives" in frame
        changed = frame["change"] != "stable"
        survivors = int(frame.loc[changed, "survives"].fillna(value=False).sum()) if robust else 0
        return View(
            name=type(self).__name__,
            title="Terms compared" if self.groups is None else "Groups of terms compared",
            of=plan_names((self.old_plan, self.new_plan)),
            counts=(
                *tally(frame, "change", _CHANGES),
                f"of {self.old_total:,} and {self.new_total:,} words",
                *((f"{survivors:,} changes survive recounting",) if robust else ()),
            ),
            columns=(
                ViewColumn("change", lambda row: chips(row["change"])),
                quoted_column("term", "term"),
                number_column("old count", "old_count"),
                number_column("new count", "new_count"),
                number_column("old per 10,000", "old_rate", 1),
                number_column("new per 10,000", "new_rate", 1),
                number_column("log ratio", "log_ratio", 2, sign=True),
                number_column("G2", "g2", 1, sign=True),
                ViewColumn("p", lambda row: p_value(row["p"]), "right"),
                *((ViewColumn("survives", _survives_cells),) if robust else ()),
            ),
            rows=records(shown),
            total=len(frame),
            note=f"{_OF_EACH} of each change at most, the highest G2 first",
            ways=(".table", ".rising", ".falling", ".new", ".dropped", ".explain(term)", ".plot()"),
            method=self.method,
        )


def compare_terms(  # noqa: PLR0913 - what is compared, what counts, and from where on
    old: PlanLike,
    new: PlanLike,
    *,
    ngrams: Ngrams = 1,
    groups: Groups | None = None,
    words: WordOptions | None = None,
    robustness: bool = False,
    alpha: float = 0.05,
    minimum_log_ratio: float = 0.5,
) -> TermComparison:
    """Compare how often two plans use each term.

    Terms of only one plan have a row, too. Stop words have no row, but count towards the
    totals.

    Parameters
    ----------
    old, new : Plan or str
        Plans with text, or ids of shipped ones.
    ngrams : int or (int, int)
        The number of consecutive words of a term, within a clause.
    groups : TermGroups, mapping, or path, optional
        Compare groups of terms instead; see :func:`load_term_groups`.
    words : WordOptions, optional
        What counts as a word.
    robustness : bool
        Whether to count every term in two other ways as well, and to show which changes
        survive.
    alpha, minimum_log_ratio : float
        A term is rising or falling if its p is below `alpha` and its log ratio is at least
        `minimum_log_ratio`. The column `p_adjusted` is corrected for multiple tests.

    Returns
    -------
    TermComparison

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If an argument is not among its choices.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.
    LanguageError
        If the plans are in two languages, or an option does not apply to their language.
    CrossplanError
        If `robustness` or `ngrams` is set for groups.

    Examples
    --------
    >>> import crossplan as cp
    >>> made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
    >>> comparison = cp.compare_terms(made.plan, made.successor)
    >>> comparison.table.query("term == '人权'")[["old_count", "new_count", "change"]].values
    array([[90, 93, 'stable']], dtype=object)
    """
    old, new = as_plan(old), as_plan(new)
    limits = Limits(number("alpha", alpha, 0, 1), number("minimum_log_ratio", minimum_log_ratio, 0))
    reader = reader_for(words, [old, new])
    if robustness and reader.language.blanks_between_words:
        raise LanguageError(
            f"plan {new.id} is written in {describe(new.language)}, and robustness=True cuts texts "
            "into words in another way, of which such a language has none",
            "Leave robustness out.",
        )
    known = groups_alone(groups, ngrams)
    if known and robustness:
        raise CrossplanError(
            "groups are not counted in other ways. Compare their terms one by one: "
            "leave groups out and keep robustness=True."
        )
    counter = TermCounter.of(reader, ngrams, known)
    parts = [tuple(counter.counted(units_of([plan], "section"))) for plan in (old, new)]
    counts = gathered([*parts[0], *parts[1]])
    sides = counts.part(0, len(parts[0])), counts.part(len(parts[0]), len(counts.units))
    frame = _compared(*sides, limits, odds=known is None)
    if robustness:
        passages = tuple(all_passages(old)), tuple(all_passages(new))
        terms, changes = frame["term"].to_list(), frame["change"].to_list()
        other = recounted(terms, changes, passages, reader, limits)
        frame = pd.concat([frame, other], axis=1)
    return TermComparison(
        frame=frame,
        method=_method(reader, known, limits),
        old_plan=old,
        new_plan=new,
        old_total=int(sides[0].words.sum()),
        new_total=int(sides[1].words.sum()),
        reader=reader,
        limits=limits,
        groups=known,
    )


def _compared(old: Counts, new: Counts, limits: Limits, *, odds: bool) -> pd.DataFrame:
    """Compare the counts in the sections of two plans.

    Parameters
    ----------
    old, new : Counts
        Their counts of the same terms.
    limits : Limits
    odds : bool
        Whether to compute log-odds, which compare each term with all others and do not apply to
        groups.
    """
    counts = old.totals, new.totals
    totals = int(old.words.sum()), int(new.words.sum())
    g2 = keyness.log_likelihood(*counts, *totals)
    p = keyness.p_value(g2)
    ratio = keyness.log_ratio(*counts, *totals)
    nothing = np.full(len(g2), np.nan)
    difference, z = (
        keyness.log_odds(*counts, keyness.pooled_prior(*counts)) if odds else (nothing, nothing)
    )
    columns: dict[str, Any] = {
        "term": pd.array(old.terms, dtype="string"),
        "old_count": counts[0],
        "new_count": counts[1],
        "old_rate": rates(counts[0], old.words.sum()),
        "new_rate": rates(counts[1], new.words.sum()),
        "log_ratio": ratio,
        "g2": g2,
        "p": p,
        "p_adjusted": keyness.adjusted(p),
        "percent_difference": keyness.percent_difference(*counts, *totals),
        "bayes_factor": keyness.bayes_factor(g2, *totals),
        "log_odds": difference,
        "log_odds_z": z,
        "old_sections": old.spread,
        "new_sections": new.spread,
        "old_dp": deviation_of_proportions(old.matrix, old.words),
        "new_dp": deviation_of_proportions(new.matrix, new.words),
        "old_juilland_d": juilland_d(old.matrix, old.words),
        "new_juilland_d": juilland_d(new.matrix, new.words),
        "change": pd.array(limits.changes(*counts, ratio, p), dtype="string"),
    }
    order = np.lexsort((old.terms.astype(str), -np.abs(g2)))
    return TERMS.typed(pd.DataFrame(columns).iloc[order].reset_index(drop=True))


def _method(reader: WordReader, groups: TermGroups | None, limits: Limits) -> str:
    """Return a description of the method."""
    measures = (
        f"Rates per {PER:,} words. G2 by Rayson and Garside; log ratio with 0.5 for nought; "
        f"rising and falling from a log ratio of {limits.minimum_log_ratio:g} and below a p of "
        f"{limits.alpha:g}."
    )
    sentences = [reader.description, groups.description if groups else "", measures, _CENSUS]
    return " ".join(filter(None, sentences))


def _survives_cells(row: Record) -> Cells:
    """Return as cells whether a change survives the recounts."""
    return quote(None) if row["survives"] is None else chips("yes" if row["survives"] else "no")
