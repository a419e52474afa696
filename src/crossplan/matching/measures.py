"""Compare the measures of two plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from crossplan.arguments import keyword_only
from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.display import (
    View,
    ViewColumn,
    both_ids,
    number_column,
    records,
    some_of_each,
    step,
    tally,
)
from crossplan.display.cells import both_sides, state_chips
from crossplan.errors import MissingTextError, UnknownPassageError
from crossplan.languages.registry import language_of
from crossplan.matching.evaluation import Agreement, agreement
from crossplan.matching.explanation import Explanation, explain
from crossplan.matching.links import STATUSES, Link, Status
from crossplan.matching.measure_links import MINIMUM_SCORE
from crossplan.matching.plan_links import PlanLinks, link_plans
from crossplan.matching.tables import CANDIDATES, MEASURES
from crossplan.matching.titles import expect_words_of
from crossplan.matching.wording import Redline, WordingLevel, redline, wording_cells
from crossplan.model import Measure, Plan, plan_names
from crossplan.pairing.decisions import Decisions, read_decisions, ruling_on, write_decisions
from crossplan.result import FigureKind, Result, ResultKind, moved_and_doubtful
from crossplan.tables import Title
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.labels import Language

_MeasureFigure = Literal["statuses", "heatmap"]

# Pairs closer than this to another pair, or to the minimum, should be reviewed.
CLOSE: Threshold[float] = 15.0
_REVIEW_COLUMNS = (
    "old_id",
    "new_id",
    "status",
    "moved",
    "score",
    "runner_up",
    "margin",
    "to_review",
    "decision",
    "link_to",
    "note",
    "initials",
    "old_section",
    "old_text",
    "new_section",
    "new_text",
)

# Unchanged measures are counted, not shown.
_CHANGED = ("revised", "new", "dropped", "merged", "split")
_OF_EACH = 4
_OVERRULE = ('.to_review("decisions.csv")',)


def _pairs(comparison: "MeasureComparison") -> int:
    return len(comparison.frame.dropna(subset=["old_id", "new_id"]))


@dataclass(frozen=True, repr=False, eq=False)
class MeasureComparison(Result):
    """Measures of two plans, matched; made by :func:`compare_measures`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair, per new and per dropped measure: old_id, new_id, status (kept,
        revised, merged, split, new, dropped), moved (its heading does not continue the old
        heading), score (0 to 100), runner_up, margin, to_review (the margin is small and no
        reviewer has decided), old_text, new_text, old_section, new_section, decided_by (rule or
        reviewer), note, initials. A measure that was merged or split has a row for each of its
        pairs.
    old_plan, new_plan : Plan
        The plans that were compared.
    candidates : pandas.DataFrame
        The candidate pairs: old_id, new_id, score and its parts.
    decisions : Decisions
        The decisions of a reviewer.
    headings : frozenset of (str, str)
        Ids of the headings that are linked.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="measures",
        title=Title("举措对照", "Measures compared"),
        tables=(MEASURES, CANDIDATES),
        figures=(
            FigureKind(),
            FigureKind(name="heatmap", plot="heatmap", caption="heatmap", rows=_pairs),
        ),
    )

    old_plan: Plan
    new_plan: Plan
    candidates: "pd.DataFrame"
    decisions: Decisions
    headings: frozenset[tuple[str, str]]

    @property
    def kept(self) -> "pd.DataFrame":
        """Measures that are the same to the character."""
        return self._where("status", "kept")

    @property
    def revised(self) -> "pd.DataFrame":
        """Measures that continue in other words."""
        return self._where("status", "revised")

    @property
    def merged(self) -> "pd.DataFrame":
        """Measures that were merged with others into one."""
        return self._where("status", "merged")

    @property
    def split(self) -> "pd.DataFrame":
        """Measures that were split, with others, from one."""
        return self._where("status", "split")

    @property
    def new(self) -> "pd.DataFrame":
        """Measures without a predecessor."""
        return self._where("status", "new")

    @property
    def dropped(self) -> "pd.DataFrame":
        """Measures without a successor."""
        return self._where("status", "dropped")

    @property
    def moved(self) -> "pd.DataFrame":
        """Measures under a heading that does not continue the old one."""
        return self.frame[self.frame["moved"].fillna(value=False)].reset_index(drop=True)

    @property
    def for_review(self) -> "pd.DataFrame":
        """The rows with a small margin and without a decision, the smallest first."""
        return self._for_review("margin")

    def explain(self, measure_id: str) -> Explanation:
        """Return the evidence for the pairs of a measure and for its best rivals.

        Parameters
        ----------
        measure_id : str
            Of an old or a new measure.

        Returns
        -------
        Explanation
            The candidates with their scores, the parts of the scores, and the texts.

        Raises
        ------
        UnknownPassageError
            If neither plan has a measure of that id.

        Examples
        --------
        >>> import crossplan as cp
        >>> made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
        >>> why = cp.compare_measures(made.plan, made.successor).explain("2026-2030/1.7/3")
        >>> [name for name in why.table if name not in {"old_text", "new_text"}]
        ... # doctest: +NORMALIZE_WHITESPACE
        ['old_id', 'new_id', 'outcome', 'score', 'characters', 'contained', 'rarity', 'wording',
         'standing', 'neighbours']
        """
        texts = {m.id: m.text for m in (*self.old_plan.measures, *self.new_plan.measures)}
        return explain(measure_id, self, "status", self.candidates, texts)

    def redline(self, measure_id: str, *, level: WordingLevel = "word") -> Redline:
        """Return the changes in the wording of a measure.

        For a merged or split measure, all linked measures are joined; for a new or dropped one,
        the other side is empty.

        Parameters
        ----------
        measure_id : str
            Of a new or an old measure.
        level : {"word", "character", "clause"}

        Returns
        -------
        Redline

        Raises
        ------
        UnknownPassageError
            If neither plan has a measure of that id.

        Examples
        --------
        >>> import crossplan as cp
        >>> made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
        >>> line = cp.compare_measures(made.plan, made.successor).redline("2026-2030/1.5/2")
        >>> [run.text for run in line.runs if run.kind != "same"]
        ['3.1', '3.5', '5', '6', '11', '12']
        """
        rows = self.frame[self.frame["new_id"] == measure_id]
        if rows.empty:
            rows = self.frame[self.frame["old_id"] == measure_id]
        if rows.empty:
            raise UnknownPassageError(measure_id, self.new_plan.id)
        old, new = (
            "".join(rows.drop_duplicates(f"{side}_id")[f"{side}_text"].dropna())
            for side in ("old", "new")
        )
        return redline(old, new, level=level)

    def to_review(self, path: str | Path) -> Path:
        """Write the comparison for a reviewer to decide on, as CSV or XLSX.

        Rows with a small margin come first. The reviewer fills in *decision* (accept,
        reject, or link), *link_to* (the id, or ids, to link to), *note* and *initials*;
        `compare_measures(old, new, decisions=path)` applies the file.

        Parameters
        ----------
        path : str or Path
            Ends in ``.csv`` or ``.xlsx``.

        Returns
        -------
        Path

        Raises
        ------
        OutputError
            If the file cannot be written, or has decisions that would be lost.
        """
        table = self.frame.assign(decision="", link_to="")
        table["margin"], table["score"] = table["margin"].round(1), table["score"].round(1)
        table = table.sort_values(["to_review", "margin"], ascending=[False, True], kind="stable")
        return write_decisions(path, table[list(_REVIEW_COLUMNS)])

    def agreement(self, *decisions: str | Path) -> Agreement:
        """Compute the pairwise agreement of machine and reviewers.

        Parameters
        ----------
        *decisions : str or Path
            Files of decisions, one for each reviewer; if none, those of this comparison.

        Returns
        -------
        Agreement

        Raises
        ------
        DecisionError
            If a file cannot be applied.
        """
        files = [self.read(path) for path in decisions] or [self.decisions]
        machine = self
        if self.decisions.rulings:
            machine = compare_measures(self.old_plan, self.new_plan)
        ids = machine.frame[["old_id", "new_id"]].astype(object)
        links = set(ids.where(ids.notna(), None).itertuples(index=False, name=None))
        return agreement(links, files)

    def read(self, path: str | Path) -> Decisions:
        """Read a file of decisions on the plans of this comparison."""
        return _decisions_on(self.old_plan, self.new_plan, path)

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the number of measures of each section by status."""
        from crossplan.matching.measures_figure import draw_statuses

        old, new = self.old_plan, self.new_plan
        return draw_statuses(old, new, self.frame, self.headings, ax, lang=lang)

    def heatmap(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the similarity of the measures of each old and each new section."""
        from crossplan.matching.measures_figure import draw_heatmap

        return draw_heatmap(self.old_plan, self.new_plan, self.candidates, ax, lang=lang)

    def caption(self, figure: _MeasureFigure = "statuses", *, lang: "Language" = "zh") -> str:
        """Return a caption: what is shown, of which plans, how it was made, and the sources.

        Parameters
        ----------
        figure : {"statuses", "heatmap"}
            The figure of :meth:`plot` or of :meth:`heatmap`.
        lang : {"zh", "en"}

        Raises
        ------
        ChoiceError
        """
        from crossplan.figures.captions import writer_of
        from crossplan.matching.measures_figure import heatmap_caption, statuses_caption

        writers = {"statuses": statuses_caption, "heatmap": heatmap_caption}
        decided_in = self.decisions.name if self.decisions.rulings else ""
        return writer_of(figure, writers)(self.old_plan, self.new_plan, decided_in, lang)

    def _view(self) -> View:
        """Return the view of changed measures: redlines, new and dropped ones."""
        frame = self.frame
        shown = some_of_each(frame, "status", _CHANGED, _OF_EACH)
        reviewed = int((frame["decided_by"] == "reviewer").sum())
        return View(
            name=type(self).__name__,
            title="Measures compared",
            of=plan_names((self.old_plan, self.new_plan)),
            counts=(
                *tally(frame, "status", STATUSES),
                *moved_and_doubtful(self.frame),
                *((f"{reviewed} decided by a reviewer",) if reviewed else ()),
            ),
            columns=(
                ViewColumn("what became of it", lambda row: state_chips(row, row["status"])),
                ViewColumn("measure", wording_cells),
                ViewColumn("section", lambda row: step(*both_sides(row, "section"))),
                number_column("score", "score"),
                ViewColumn("ids", both_ids),
            ),
            rows=records(shown),
            total=len(frame),
            note=f"{_OF_EACH} of each status at most, none of those kept",
            ways=(
                ".table", ".new", ".dropped", ".for_review",
                ".explain(id)", ".redline(id)", *_OVERRULE, ".plot()",
            ),
            method=self.method,
        )  # fmt: skip


@keyword_only("decisions")
def compare_measures(
    old: PlanLike, new: PlanLike, *, decisions: str | Path | None = None
) -> MeasureComparison:
    """Match the measures of two plans, and compare their wording.

    The score of a candidate pair is computed from its texts (common characters and pairs of
    characters, weighted by rarity; the share of the shorter text that the other contains; the
    rarity of what they share; the order of characters, by rapidfuzz), from how far it stands
    out among the other pairs of its two measures, and from the links of neighbouring measures.
    Measures are paired one to one, so that the sum of the scores is highest; the remaining ones
    are searched, sentence by sentence, inside others.

    Parameters
    ----------
    old, new : Plan or str
        Plans with text, or ids of shipped ones.
    decisions : str or Path, optional
        A file of decisions, begun with :meth:`MeasureComparison.to_review`. Decisions take
        precedence over scores.

    Returns
    -------
    MeasureComparison

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not available.
    LanguageError
        If the plans are in two languages.
    UnreadableTextError, DecisionError
        If the file of decisions cannot be read or obeyed.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> len(cp.compare_measures(plan, plan).kept)
    203
    """
    old, new = as_plan(old), as_plan(new)
    language_of((old, new), "measures")
    for plan in (old, new):
        plan.require_reading("measures")
    read = _decisions_on(old, new, decisions) if decisions is not None else Decisions("")
    expect_words_of([old, new])
    return comparison_of(old, new, link_plans(old, new, read), read)


def comparison_of(
    old: Plan, new: Plan, links: PlanLinks, decisions: Decisions | None = None
) -> MeasureComparison:
    """Return the comparison of two plans that are linked already, with the same decisions."""
    if links.measures is None:
        missing = next(plan for plan in (old, new) if plan.coverage != "full")
        raise MissingTextError(missing.id, "measures")
    read = decisions or Decisions("")
    homes = {h.id: h.title for plan in (old, new) for h in plan.headings}
    return MeasureComparison(
        frame=MEASURES.frame(_row(link, homes, read) for link in links.measures.links),
        method=(
            "Characters and their order, what one contains of the other, its rarity, standing "
            "and neighbours, joined by logistic regression; one to one from a score of "
            f"{MINIMUM_SCORE:g}; what was left over sought sentence by sentence"
            + (f"; decisions of {read.name}." if read.rulings else ".")
        ),
        old_plan=old,
        new_plan=new,
        candidates=CANDIDATES.typed(links.measures.candidates),
        decisions=read,
        headings=links.sections.pairs,
    )


def _decisions_on(old: Plan, new: Plan, path: str | Path) -> Decisions:
    """Read a file of decisions on the measures of two plans."""
    return read_decisions(path, {m.id for m in old.measures}, {m.id for m in new.measures})


def _row(
    link: Link[Measure, Status], homes: Mapping[str, str], decisions: Decisions
) -> dict[str, Any]:
    """Return a link as a row of the table."""
    old, new = link.old, link.new
    ruling = ruling_on(decisions, old.id if old else None, new.id if new else None)
    return {
        "old_id": old and old.id,
        "new_id": new and new.id,
        "status": link.relation,
        "moved": link.moved,
        "score": link.score,
        "runner_up": link.runner_up and link.runner_up.id,
        "margin": link.margin,
        "to_review": ruling is None and link.margin is not None and link.margin < CLOSE,
        "old_text": old and old.text,
        "new_text": new and new.text,
        "old_section": old and homes[old.id.rpartition("/")[0]],
        "new_section": new and homes[new.id.rpartition("/")[0]],
        "decided_by": "reviewer" if ruling else "rule",
        "note": ruling and ruling.note,
        "initials": ruling and ruling.initials,
    }
