"""Align the chapters and sections of plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from crossplan.corpora.corpus import CorpusLike, PlanLike, as_corpus, as_plan
from crossplan.display import (
    Record,
    View,
    ViewColumn,
    both_ids,
    marked,
    number_column,
    records,
    small,
    some_of_each,
    step,
    tally,
)
from crossplan.display.cells import both_sides, state_chips
from crossplan.languages.registry import language_of
from crossplan.matching.explanation import Explanation, explain
from crossplan.matching.plan_links import link_plans
from crossplan.matching.section_links import MINIMUM_SCORE, WEIGHTS, SectionLink, SectionLinks
from crossplan.matching.tables import CANDIDATES, SECTIONS
from crossplan.matching.titles import expect_words_of
from crossplan.model import Entry, Plan, entries_of, opened, plan_names, plans_of
from crossplan.parallel import in_parallel
from crossplan.result import FigureKind, Result, ResultKind, moved_and_doubtful
from crossplan.tables import Title
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.labels import Language

# Pairs with a smaller margin to another pair, or to the minimum, should be reviewed.
CLOSE: Threshold[float] = 10.0

_RELATIONS = ("kept", "renamed", "merged", "split", "new", "dropped")
_CHANGED_HEADINGS = ("renamed", "merged", "split", "new", "dropped")
_HEADING_COLUMNS = (
    ViewColumn("what became of it", lambda row: state_chips(row, row["relation"])),
    ViewColumn("heading", lambda row: step(*both_sides(row, "title"))),
    number_column("score", "score"),
    ViewColumn("ids", both_ids),
)
_STEP_COLUMNS = (
    ViewColumn("from plan to plan", lambda row: step(small(row["old"]), small(row["new"]))),
    *(number_column(marked(name), name) for name in (*_RELATIONS, "moved")),
)
_PAIR = 2
_OF_EACH = 4


@dataclass(frozen=True, repr=False, eq=False)
class SectionAlignment(Result):
    """Chapters and sections of plans, linked from plan to plan.

    Made by :func:`align_sections` and :func:`trace_sections`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair, per new and per dropped heading between two consecutive plans:
        old_id, old_title, new_id, new_title, relation (kept, renamed, merged, split,
        new, dropped), moved (its chapter or level changed), score (0 to 100),
        runner_up, margin, to_review (the margin is small).
        A heading that was merged or split has a row for each of its pairs.
    plans : sequence of Plan
        Oldest first.
    links : tuple of SectionLink
        The rows as objects.
    candidates : pandas.DataFrame
        All pairs of headings of consecutive plans: old_id, new_id, score and its parts.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="sections",
        title=Title("章节对照", "Chapters and sections compared"),
        tables=(SECTIONS, CANDIDATES),
        figures=(FigureKind(),),
    )

    plans: Sequence[Plan]
    links: tuple[SectionLink, ...]
    candidates: "pd.DataFrame"

    @property
    def subject(self) -> Title:
        """The title of the result, for two plans or for several."""
        if len(self.plans) > _PAIR:
            return Title("章节沿革", "Chapters and sections traced")
        return self.kind.title

    @property
    def kept(self) -> "pd.DataFrame":
        """Headings whose title did not change."""
        return self._where("relation", "kept")

    @property
    def renamed(self) -> "pd.DataFrame":
        """Headings whose title changed."""
        return self._where("relation", "renamed")

    @property
    def merged(self) -> "pd.DataFrame":
        """Headings that were merged with others into one."""
        return self._where("relation", "merged")

    @property
    def split(self) -> "pd.DataFrame":
        """Headings that were split, with others, from one."""
        return self._where("relation", "split")

    @property
    def new(self) -> "pd.DataFrame":
        """Headings without a predecessor."""
        return self._where("relation", "new")

    @property
    def dropped(self) -> "pd.DataFrame":
        """Headings without a successor."""
        return self._where("relation", "dropped")

    @property
    def moved(self) -> "pd.DataFrame":
        """Headings that changed their level or chapter."""
        return self.frame[self.frame["moved"].fillna(value=False)].reset_index(drop=True)

    @property
    def for_review(self) -> "pd.DataFrame":
        """The rows with a small margin, the smallest first."""
        return self._for_review("margin")

    def explain(self, heading_id: str) -> Explanation:
        """Return the evidence for the relations of a heading and for its best rivals.

        Parameters
        ----------
        heading_id : str
            Id of an old or a new heading.

        Returns
        -------
        Explanation

        Raises
        ------
        UnknownPassageError
            If no heading of the plans has that id.

        Examples
        --------
        >>> import crossplan as cp
        >>> sections = cp.trace_sections(cp.load_plans())
        >>> why = sections.explain("2026-2030/2.5").table.iloc[0]
        >>> why.old_text, why.outcome, bool(why.text > why.title)
        ('知情权和参与权', 'merged', True)
        """
        titles = {heading.id: heading.title for plan in self.plans for heading in plan.headings}
        return explain(heading_id, self, "relation", self.candidates, titles)

    def plot(self, ax: "Axes | None" = None, *, lang: "Language" = "zh") -> "Axes":
        """Draw the plans as columns of headings, joined where a heading continues."""
        from crossplan.matching.sections_figure import draw_lineage

        return draw_lineage(self.plans, self.links, ax, lang=lang)

    def caption(self, *, lang: "Language" = "zh") -> str:
        """Return a caption of :meth:`plot`: what it shows, of which plans, how made, the sources.

        Examples
        --------
        >>> import crossplan as cp
        >>> print(cp.trace_sections(cp.load_plans()).caption(lang="en"))
        ... # doctest: +ELLIPSIS
        The chapters and sections of National Human Rights Action Plan of China (2009-2010), ...
        """
        from crossplan.matching.sections_figure import lineage_caption

        return lineage_caption(self.plans, lang)

    def _view(self) -> View:
        """Return the view of changed headings; of more than two plans, of their numbers."""
        frame = self.frame
        several = len(self.plans) > _PAIR
        shown = some_of_each(frame, "relation", _CHANGED_HEADINGS, _OF_EACH)
        steps = _steps_of(self) if several else records(shown)
        return View(
            name=type(self).__name__,
            title="Chapters and sections",
            of=plan_names(self.plans),
            counts=(*tally(frame, "relation", _RELATIONS), *moved_and_doubtful(self.frame)),
            columns=_STEP_COLUMNS if several else _HEADING_COLUMNS,
            rows=steps,
            total=len(steps) if several else len(frame),
            note="" if several else f"{_OF_EACH} of each kind at most, none of those kept",
            ways=(
                ".table", ".renamed", ".merged", ".split", ".new", ".dropped", ".for_review",
                ".explain(id)", ".plot()",
            ),
            method=self.method,
        )  # fmt: skip


def align_sections(old: PlanLike, new: PlanLike) -> SectionAlignment:
    """Match the chapters and sections of two plans.

    Titles are compared first, with rapidfuzz, without their numbering and generic
    endings. Other evidence is added: if a text is available, how much it mentions what
    the title of the other names; if both are, the votes of the matched measures; the votes
    of a chapter's sections, and the place in the plan. Headings are paired one to one, so
    that the sum of the scores is highest. A heading that is left over is linked to the one
    that it was merged into or split from.

    Parameters
    ----------
    old, new : Plan or str
        Plans, or ids of shipped ones.

    Returns
    -------
    SectionAlignment

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    LanguageError
        If the plans are in two languages.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> sections = cp.align_sections(plans["2021-2025"], plans["2026-2030"])
    >>> sections.merged.query("new_title == '民主权利'").old_title.to_list()
    ['选举权和被选举权', '知情权和参与权', '表达权和监督权']
    """
    old, new = as_plan(old), as_plan(new)
    language_of((old, new), "sections")
    expect_words_of([old, new])
    return alignment_of([old, new], [link_plans(old, new).sections])


def trace_sections(corpus: CorpusLike, *, n_jobs: int | None = None) -> SectionAlignment:
    """Follow chapters and sections through all plans of a corpus.

    Every plan is matched with the one before it as :func:`align_sections` does.

    Parameters
    ----------
    corpus : Corpus, or iterable of Plan or str
        Plans, or ids of shipped ones, make a corpus.
    n_jobs : int, optional
        The number of processes; -1 for one on each processor. None means 1, unless it is set
        by ``joblib.parallel_config``.

    Returns
    -------
    SectionAlignment

    Raises
    ------
    NotACorpusError, NotAPlanError, UnknownPlanError
        If an argument is not a corpus or plan, or no shipped plan has that id.
    LanguageError
        If the plans are in two languages.
    ChoiceError
        If `n_jobs` is not a number of processes.
    WorkerError
        If a process ended before its work was done.

    Examples
    --------
    >>> import crossplan as cp
    >>> sections = cp.trace_sections(cp.load_plans())
    >>> sections.table.query("old_title == '环境权利' and moved").new_id.to_list()
    ['2021-2025/3']
    """
    corpus = as_corpus(corpus)
    language_of(corpus.entries, "sections")
    return align_in_turn(corpus.entries, n_jobs)


def align_in_turn(
    entries: Sequence[Entry],
    n_jobs: int | None = None,
    *,
    known: Mapping[tuple[str, str], SectionLinks] | None = None,
) -> SectionAlignment:
    """Align each plan with the next.

    Parameters
    ----------
    entries : sequence of Plan or PlanReference
    n_jobs : int or None
    known : mapping of (str, str) to SectionLinks, optional
        Links that were made before, by the ids of the two plans.
    """
    expect_words_of(entries)
    known = known or {}
    couples = list(pairwise(entries))
    left = [(old, new) for old, new in couples if (old.id, new.id) not in known]
    made = iter(list(in_parallel(_aligned, left, n_jobs=n_jobs, label="aligning sections")))
    return alignment_of(
        entries,
        [known[ids] if (ids := (old.id, new.id)) in known else next(made) for old, new in couples],
    )


def alignment_of(entries: Sequence[Entry], steps: Sequence[SectionLinks]) -> SectionAlignment:
    """Return the alignment of plans whose headings are linked already.

    Parameters
    ----------
    entries : sequence of Plan or PlanReference
    steps : sequence of SectionLinks
        Those between each plan and the next.
    """
    import pandas as pd

    links = tuple(link for step in steps for link in step.links)
    nothing = pd.DataFrame(columns=["old_id", "new_id", "score", *WEIGHTS])
    return SectionAlignment(
        frame=SECTIONS.frame(map(_row, links)),
        method=(
            "Titles by rapidfuzz without numbering and generic endings, joined with the "
            "texts at hand, the votes of measures and sections, and the place in the plan; "
            f"paired one to one from a score of {MINIMUM_SCORE:g}, what was left over joined."
        ),
        plans=plans_of(entries),
        links=links,
        candidates=CANDIDATES.typed(
            pd.concat(
                [step.candidates for step in steps] or [nothing],
                ignore_index=True,
            )
        ),
    )


def _aligned(couple: tuple[Entry, Entry]) -> SectionLinks:
    """Return the links of the headings of two plans, without those of measures."""
    old, new = map(opened, couple)
    return link_plans(old, new).sections


def _row(link: SectionLink) -> dict[str, Any]:
    """Return a link as a row of the table."""
    return {
        "old_id": link.old and link.old.id,
        "old_title": link.old and link.old.title,
        "new_id": link.new and link.new.id,
        "new_title": link.new and link.new.title,
        "relation": link.relation,
        "moved": link.moved,
        "score": link.score,
        "runner_up": link.runner_up and link.runner_up.id,
        "margin": link.margin,
        "to_review": link.margin is not None and link.margin < CLOSE,
    }


def _steps_of(alignment: "SectionAlignment") -> tuple[Record, ...]:
    """Count the relations of headings between each plan and the next."""
    frame = alignment.frame
    plan_of = {h.id: h.plan for link in alignment.links for h in (link.old, link.new) if h}
    old, new = frame["old_id"].map(plan_of), frame["new_id"].map(plan_of)
    rows: list[Record] = []
    for before, after in pairwise(entries_of(alignment.plans)):
        own = frame[
            (old == before.id) & (new.isna() | (new == after.id)) | (new == after.id) & old.isna()
        ]
        counts = own["relation"].value_counts()
        rows.append(
            {"old": before.id, "new": after.id, "moved": int(own["moved"].sum())}
            | {relation: int(counts.get(relation, 0)) for relation in _RELATIONS}
        )
    return tuple(rows)
