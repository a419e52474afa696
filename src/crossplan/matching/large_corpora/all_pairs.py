"""Find the measures that any two plans of a corpus share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from crossplan.arguments import require_jobs, whole_number
from crossplan.corpora.corpus import CorpusLike, as_corpus
from crossplan.display import (
    View,
    ViewColumn,
    marked,
    number_column,
    number_of,
    records,
    small,
    step,
    tally,
)
from crossplan.errors import ArgumentError
from crossplan.languages.registry import language_of
from crossplan.matching.large_corpora.all_pairs_search import (
    Evidence,
    LinkArrays,
    links_between,
    links_of,
)
from crossplan.matching.large_corpora.join import Pool, pool_of
from crossplan.matching.links import STATUSES
from crossplan.matching.measure_links import MINIMUM_SCORE
from crossplan.matching.tables import NEW_TEXT, OLD_TEXT, SCORE
from crossplan.model import Entry, Plan, entries_of, plan_names, require_texts
from crossplan.result import ROWS_SHOWN, FigureKind, Result, ResultKind
from crossplan.tables import PLANS, Column, Table, Title

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.labels import Language


_TWO_PLANS = {
    "old_plan": Column("string", "较早计划的编号。", "Id of the older plan.", required=True),
    "new_plan": Column("string", "较晚计划的编号。", "Id of the newer plan.", required=True),
}

SHARED_MEASURES = Table(
    zh="任意两期计划共有的每项举措一行。",
    en="One row for each measure that two plans share.",
    columns={
        **_TWO_PLANS,
        "old_id": Column(
            "string", "较早计划中举措的编号。", "Id of the measure in the older plan."
        ),
        "new_id": Column(
            "string", "较晚计划中举措的编号。", "Id of the measure in the newer plan."
        ),
        "status": Column(
            "string",
            "一字未改或措辞有别。",
            "The same to the character (kept), or in other words (revised).",
            choices=("kept", "revised"),
            required=True,
        ),
        "score": SCORE,
        "old_text": OLD_TEXT,
        "new_text": NEW_TEXT,
    },
)

SHARES = Table(
    zh="每两期计划一行。",
    en="One row for each two plans.",
    columns={
        **_TWO_PLANS,
        "shared": Column("int64", "共有举措数。", "Measures that they share.", least=0.0),
        "kept": Column("int64", "其中一字未改者。", "Those of them that are the same.", least=0.0),
        "old_measures": Column(
            "int64", "较早计划的举措数。", "Measures of the older plan.", least=0.0
        ),
        "new_measures": Column(
            "int64", "较晚计划的举措数。", "Measures of the newer plan.", least=0.0
        ),
        "share": Column(
            "float64",
            "共有者占举措较少一期的比例；其无举措则为空。",
            "Shared by the measures of the plan that has fewer; empty where that has none.",
            least=0.0,
            most=1.0,
        ),
    },
    key=("old_plan", "new_plan"),
    name="by_plans",
    title=Title("每两期一行", "one row for each two plans"),
)

SHARE_GRID = Table(
    zh="每期计划一行一列，为其共有的比例。",
    en="Each plan in a row and in a column, with the share that two have in common.",
    columns={
        "plan": Column("string", "计划的编号。", "Id of the plan.", required=True),
        PLANS: Column(
            "float64",
            "与列名所指计划共有的比例；自身为空。",
            "The share with the plan after which the column is named; empty for itself.",
            least=0.0,
            most=1.0,
        ),
    },
    key=("plan",),
    name="grid",
    title=Title("每期计划一列", "a column for each plan"),
)


_FEWEST_PLANS = 2
# The number of texts that are compared for each text: some for each plan of the corpus, fewer
# if that makes too many pairs in all, but at least the last number.
# docs/how-to/compare-many-plans.md lists the recall for several numbers.
_OF_EACH_PLAN, IN_ALL, FEWEST = 2, 20_000_000, 60


class Recall(NamedTuple):
    """The recall of a search, against a comparison of all pairs of measures.

    Attributes
    ----------
    plans : int
        Pairs of plans in which all pairs of measures were compared.
    links : int
        Links found there by comparing all pairs.
    found : int
        The number of them that the search found.
    besides : int
        Links that only the search found, because it missed a better pair of measures.
    """

    plans: int
    links: int
    found: int
    besides: int

    @property
    def share(self) -> float:
        """The share of the links that the search found; 1 if there are none."""
        return self.found / self.links if self.links else 1.0


def _plans(shared: "SharedMeasures") -> int:
    return len(shared.plans)


@dataclass(frozen=True, repr=False, eq=False)
class SharedMeasures(Result):
    """Measures shared by any two plans of a corpus.

    Made by :func:`compare_all_measures`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per measure that two plans share: old_plan, new_plan, old_id, new_id, status
        (kept: the same to the character, or revised), score (0 to 100), old_text, new_text. The
        older of two plans is the one that is first in the corpus. A measure is shared with at
        most one measure of another plan.
    by_plans : pandas.DataFrame
        One row per pair of plans: old_plan, new_plan, shared (measures), kept (those that are
        the same to the character), old_measures, new_measures (the number of measures of each
        plan), share (shared measures divided by the measures of the plan with fewer, 0 to 1;
        missing if it has none).
    plans : sequence of Plan
        Oldest first.
    nearest : int
        The number of most similar texts that were compared for each text.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="shared-measures",
        title=Title("各期共有的举措", "Measures that any two plans share"),
        tables=(SHARED_MEASURES, SHARES, SHARE_GRID),
        figures=(FigureKind(rows=_plans),),
    )

    by_plans: "pd.DataFrame"
    plans: Sequence[Plan]
    nearest: int

    @property
    def kept(self) -> "pd.DataFrame":
        """Rows of measures that are the same to the character."""
        return self._where("status", "kept")

    @property
    def revised(self) -> "pd.DataFrame":
        """Rows of measures with changed wording."""
        return self._where("status", "revised")

    @property
    def grid(self) -> "pd.DataFrame":
        """The shares, with a row and a column for each plan; missing on the diagonal."""
        import numpy as np
        import pandas as pd

        ids = [entry.id for entry in entries_of(self.plans)]
        values = np.full((len(ids), len(ids)), np.nan)
        above = np.triu_indices(len(ids), 1)
        values[above] = values.T[above] = self.by_plans["share"]
        return pd.DataFrame(values, index=pd.Index(ids, name="plan", dtype="string"), columns=ids)

    def recall(self, pairs: int = 20, *, n_jobs: int | None = None) -> Recall:
        """Estimate the share of the links that the search found.

        In some pairs of plans, evenly spread over all pairs, every measure of one plan is
        compared with every measure of the other, with the same scores and links.

        Parameters
        ----------
        pairs : int
            The number of pairs of plans, or all if there are fewer.
        n_jobs : int, optional
            As in :func:`compare_all_measures`.

        Returns
        -------
        Recall
            The counts; ``.share`` is the recall.

        Raises
        ------
        ChoiceError
            If an argument is not a number of pairs, or of processes.

        Examples
        --------
        >>> import crossplan as cp
        >>> fifth = cp.load_plan("2026-2030")
        >>> made = cp.evaluation.construct_predecessor(fifth, seed=1)
        >>> cp.any_plan.compare_all_measures(cp.Corpus([made.plan, fifth])).recall().share
        1.0
        """
        import numpy as np

        whole_number("pairs", pairs)
        entries = entries_of(self.plans)
        olds, news = np.triu_indices(len(entries), 1)
        some = np.linspace(0, len(olds) - 1, min(pairs, len(olds))).round().astype(np.int64)
        pool = pool_of(entries, n_jobs)
        couples = list(zip(olds[some].tolist(), news[some].tolist(), strict=True))
        links = links_between(Evidence.of(pool, n_jobs), couples, n_jobs)
        ids = np.array(pool.ids, dtype=object)
        there = set(zip(ids[links.old], ids[links.new], strict=True))
        looked_at = {(entries[old].id, entries[new].id) for old, new in couples}
        of_plans = zip(self.frame["old_plan"], self.frame["new_plan"], strict=True)
        rows = self.frame[np.array([plans in looked_at for plans in of_plans], dtype=bool)]
        here = set(zip(rows["old_id"], rows["new_id"], strict=True))
        return Recall(len(couples), len(there), len(there & here), len(here - there))

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the shares of common measures of any two plans as a heat map."""
        from crossplan.matching.large_corpora.all_pairs_figure import draw_shared

        return draw_shared(self.plans, self.grid, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption: what is shown, of which plans, how it was made, and the sources."""
        from crossplan.matching.large_corpora.all_pairs_figure import shared_caption

        return shared_caption(
            self.plans,
            shared=len(self.frame),
            kept=len(self.kept),
            nearest=self.nearest,
            lang=lang,
        )

    def _view(self) -> View:
        """Return the view of the plans that share most."""
        couples = self.by_plans.sort_values(
            ["share", "shared"], ascending=False, kind="stable", na_position="last"
        )
        return View(
            name=type(self).__name__,
            title="Measures that plans share",
            of=plan_names(self.plans),
            counts=(
                number_of(len(couples), "pair of plans", "pairs of plans"),
                number_of(len(self.frame), "shared measure"),
                *tally(self.frame, "status", STATUSES),
            ),
            columns=(
                ViewColumn(
                    "plans", lambda row: step(small(row["old_plan"]), small(row["new_plan"]))
                ),
                number_column("shared", "shared"),
                number_column(marked("kept"), "kept"),
                number_column("of", "old_measures"),
                number_column("and", "new_measures"),
                number_column("share", "share", 2),
            ),
            rows=records(couples, ROWS_SHOWN),
            total=len(couples),
            ways=(".table", ".by_plans", ".grid", ".recall()", ".plot()"),
            method=self.method,
        )


def compare_all_measures(
    corpus: CorpusLike, *, nearest: int | None = None, n_jobs: int | None = None
) -> SharedMeasures:
    """Find the measures that any two plans of a corpus share.

    Comparing all measures of a thousand plans with each other would take days. Therefore the
    most similar texts of other plans are first searched for each text, by characters and pairs
    of characters that few measures have, and only these are scored. The score is that of
    :func:`compare_measures`, except that rarity is estimated from all plans together. Every
    linked pair is compared with the most similar measures of the same two plans. Measures are
    paired one to one within each pair of plans; merges and splits are not searched.

    Parameters
    ----------
    corpus : Corpus, or iterable of Plan or str
        At least two plans with text; a string is the id of a shipped plan.
    nearest : int, optional
        The number of most alike texts, of all other plans together, to look at for each
        text; one that is the same always is. When not given, two for each plan of the
        corpus, or as many as make 20 million pairs in all if those are fewer, and 60 at
        least. :meth:`SharedMeasures.recall` shows whether that was enough.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None is one, unless
        ``joblib.parallel_config`` sets another number.

    Returns
    -------
    SharedMeasures

    Raises
    ------
    NotACorpusError, NotAPlanError, UnknownPlanError
        If an argument is not a corpus or plan, or no shipped plan has that id.
    LanguageError
        If the plans are in two languages.
    ArgumentError
        If the corpus has no two plans, or no plan has a measure.
    MissingTextError
        If the text of a plan is not available. A corpus of those that have it is
        ``Corpus(plans.full)``.
    ChoiceError
        If `nearest` or `n_jobs` is no such number.
    WorkerError
        If a process ended before its work was done.

    Examples
    --------
    >>> import crossplan as cp
    >>> fifth = cp.load_plan("2026-2030")
    >>> made = [cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2)]
    >>> shared = cp.any_plan.compare_all_measures(cp.Corpus([*made, fifth]))
    >>> shared.by_plans[["shared", "kept", "old_measures", "new_measures"]].values.tolist()
    [[163, 75, 203, 203], [177, 109, 203, 203], [177, 109, 203, 203]]
    """
    require_jobs(n_jobs)
    corpus = as_corpus(corpus)
    language_of(corpus.entries, "measures")
    entries = corpus.entries
    if len(entries) < _FEWEST_PLANS:
        raise ArgumentError(
            f"plans are to be compared with each other, and this corpus has {len(entries)}",
            "Load at least two.",
        )
    require_texts(entries, "measures")
    if nearest is not None:
        whole_number("nearest", nearest)
    pool = pool_of(entries, n_jobs)
    if nearest is None:
        enough = min(_OF_EACH_PLAN * len(entries), IN_ALL // max(len(pool.texts), 1))
        nearest = max(enough, FEWEST)
    links = links_of(Evidence.of(pool, n_jobs), pool, nearest, n_jobs)
    return SharedMeasures(
        frame=_table(entries, pool, links),
        method=(
            f"For each text the {nearest} most alike of other plans, by tf-idf of characters and "
            "their pairs; scored as compare_measures does, with what is rare learnt from all "
            f"plans; one to one within every two plans, from a score of {MINIMUM_SCORE:g}."
        ),
        by_plans=_counts(entries, pool, links),
        plans=corpus.plans,
        nearest=nearest,
    )


def _table(entries: Sequence[Entry], pool: Pool, links: LinkArrays) -> "pd.DataFrame":
    """Return the links as a table."""
    import numpy as np
    import pandas as pd

    # Texts are repeated in many rows, and a categorical stores each once. Ids have the same
    # dtype as in all tables, because merging would otherwise make them objects.
    strings = pd.StringDtype("python")

    def column(values: Sequence[str], places: "NDArray[np.int64]", dtype: Any = strings) -> Any:
        return pd.array(np.array(values, dtype=object)[places], dtype=dtype)

    plan, text = pool.plan, pool.text
    kept = (text[links.old] == text[links.new]).astype(np.int64)
    ids = [entry.id for entry in entries]
    return pd.DataFrame(
        {
            "old_plan": column(ids, plan[links.old], "string"),
            "new_plan": column(ids, plan[links.new], "string"),
            "old_id": column(pool.ids, links.old, "string"),
            "new_id": column(pool.ids, links.new, "string"),
            "status": column(("revised", "kept"), kept),
            "score": links.score,
            "old_text": column(pool.texts, text[links.old]),
            "new_text": column(pool.texts, text[links.new]),
        }
    )


def _counts(entries: Sequence[Entry], pool: Pool, links: LinkArrays) -> "pd.DataFrame":
    """Count the shared measures of each pair of plans."""
    import numpy as np
    import pandas as pd

    size = len(entries)
    olds, news = np.triu_indices(size, 1)
    # The number of the row of two plans: those of all older ones, and of the older one, first.
    before = np.arange(size) * (2 * size - np.arange(size) - 3) // 2 - 1
    row = before[pool.plan[links.old]] + pool.plan[links.new]
    kept = pool.text[links.old] == pool.text[links.new]
    shared, same = (np.bincount(some, minlength=len(olds)) for some in (row, row[kept]))
    fewer = np.minimum(pool.sizes[olds], pool.sizes[news])
    ids = pd.Series([entry.id for entry in entries], dtype="string")
    return pd.DataFrame(
        {
            "old_plan": ids.array[olds],
            "new_plan": ids.array[news],
            "shared": shared,
            "kept": same,
            "old_measures": pool.sizes[olds],
            "new_measures": pool.sizes[news],
            "share": np.divide(shared, fewer, out=np.full(len(olds), np.nan), where=fewer > 0),
        }
    )
