"""The corpus: the plans of one series, oldest first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.arguments import most_like
from crossplan.corpora.catalog import read_series
from crossplan.corpora.load import (
    DEFAULT_SERIES,
    build_plan,
    load_plan,
    named_arguments,
    texts_in,
)
from crossplan.corpora.store import find_series
from crossplan.display import (
    Cell,
    View,
    ViewColumn,
    as_html,
    chips,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    small_column,
    visible,
)
from crossplan.display.cells import joined_cells
from crossplan.errors import (
    ArgumentError,
    CrossplanError,
    NotACorpusError,
    NotAPlanError,
    UnknownPlanError,
)
from crossplan.model import (
    Coverage,
    Entry,
    Plan,
    PlanReference,
    entries_of,
    opened,
    plans_of,
    published,
)
from crossplan.model.plan import TableName, frame_of
from crossplan.recipes import call

if TYPE_CHECKING:
    import pandas as pd

_PAIR = 2
# With more plans than this, a line names only the first and the last.
_IDS_SHOWN = 50

_PLANS_SHOWN = 50

# A plan, or the id of a shipped plan.
PlanLike = Plan | str


class Corpus(Mapping[str, Plan]):
    """Plans of one series by their id, sorted from the oldest to the newest.

    Parameters
    ----------
    plans : iterable of Plan, str or PlanReference
        A string is the id of a shipped plan, which is loaded with :func:`load_plan`. A
        reference is a plan that is read on access and released after others were read, so
        that a large corpus takes little memory.
    title, title_en : str
        Name of the series.
    made_by : str
        The Python expression that makes the corpus; if empty, those of the plans are used.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If one of the values is not a plan, or no shipped plan has that id.
    CrossplanError
        If two plans have the same id.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> list(plans)
    ['2009-2010', '2012-2015', '2016-2020', '2021-2025', '2026-2030']
    >>> plans["2026-2030"].coverage
    'full'
    >>> list(cp.Corpus(["2026-2030", plans["2016-2020"]]))
    ['2016-2020', '2026-2030']
    """

    def __init__(
        self,
        plans: "Plans",
        *,
        title: str = "",
        title_en: str = "",
        made_by: str = "",
    ) -> None:
        ordered = sorted(
            _entries_in(plans), key=lambda plan: (plan.start_year, plan.end_year, plan.id)
        )
        self._entries = {plan.id: plan for plan in ordered}
        if len(self._entries) < len(ordered):
            counts = Counter(plan.id for plan in ordered)
            twice = sorted(plan_id for plan_id, count in counts.items() if count > 1)
            raise CrossplanError(
                f"two plans have the id {', '.join(twice)}. Ids tell plans apart: "
                "leave one of them out, or give it an id of its own."
            )
        self.title = title
        self.title_en = title_en
        self.made_by = made_by

    def __getitem__(self, plan_id: str) -> Plan:
        try:
            entry = self._entries[plan_id]
        except KeyError:
            like = most_like(plan_id, self._entries)
            raise UnknownPlanError(plan_id, self._entries, like) from None
        return opened(entry)

    def __contains__(self, plan_id: object) -> bool:
        return plan_id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The plans, and references to plans that are not read yet."""
        return tuple(self._entries.values())

    @property
    def plans(self) -> Sequence[Plan]:
        """The plans, oldest first; plans that are not read yet are read one by one."""
        return plans_of(self.entries)

    @property
    def full(self) -> Sequence[Plan]:
        """The plans that have a text."""
        return self._with_coverage("full")

    @property
    def outline_only(self) -> Sequence[Plan]:
        """The plans without a text, which have only titles and curated targets."""
        return self._with_coverage("outline")

    def pair(self, old: PlanLike | None = None, new: PlanLike | None = None) -> tuple[Plan, Plan]:
        """Return two plans to compare, the older first; by default the last two.

        Parameters
        ----------
        old, new : Plan or str, optional
            Plans of the corpus, or their ids. The default for `new` is the last plan, and
            for `old` the plan before `new`.

        Raises
        ------
        NotAPlanError
            If a value is neither a plan nor an id.
        UnknownPlanError
            If the corpus has no plan of that id.
        ArgumentError
            If the corpus has fewer than two plans, if a plan differs from the one in the
            corpus, or if `old` is not older than `new`.

        Examples
        --------
        >>> import crossplan as cp
        >>> plans = cp.load_plans()
        >>> [plan.id for plan in plans.pair()]
        ['2021-2025', '2026-2030']
        >>> [plan.id for plan in plans.pair(new="2021-2025")]
        ['2016-2020', '2021-2025']
        """
        ids = list(self)
        if len(ids) < _PAIR:
            raise ArgumentError(
                f"two plans are to be compared, and this corpus has {len(ids)}",
                "Load at least two.",
            )
        newer = len(ids) - 1 if new is None else ids.index(self._own(new).id)
        older = newer - 1 if old is None else ids.index(self._own(old).id)
        if not 0 <= older < newer:
            found = "the corpus has none" if old is None else f"{ids[older]} is none"
            raise ArgumentError(
                f"{ids[newer]} is to be compared with an older plan, and {found}",
                f"Its plans are, oldest first: {', '.join(ids)}.",
            )
        return self[ids[older]], self[ids[newer]]

    def _own(self, plan: PlanLike) -> Plan:
        """Return the plan of the corpus with the given id, or equal to the given plan."""
        if isinstance(plan, str):
            return self[plan]
        if self[as_plan(plan).id] != plan:
            raise ArgumentError(
                f"the plan {plan.id} that was given is not the {plan.id} of the corpus",
                "Give the one of the corpus, or make a corpus of the plans you mean.",
            )
        return plan

    def to_frame(self, table: TableName = "sections") -> "pd.DataFrame":
        """Return all plans as one table, with the columns of :meth:`Plan.to_frame`.

        Raises
        ------
        MissingTextError
            For measures or goals when a plan has no text; use `full` to keep the plans with a text.

        Examples
        --------
        >>> import crossplan as cp
        >>> sections = cp.load_plans().to_frame("sections")
        >>> sections.query("level == 'section'").groupby("plan").size().to_list()
        [22, 22, 18, 34, 32]
        """
        return frame_of(self.plans, table)

    def _with_coverage(self, coverage: Coverage) -> Sequence[Plan]:
        return plans_of([entry for entry in self.entries if entry.coverage == coverage])

    def __repr__(self) -> str:
        ids = list(self)
        if len(ids) > _IDS_SHOWN:
            ids = [*ids[:2], "…", f"{ids[-1]} ({len(ids):,} plans)"]
        name = " ".join(filter(None, ["Corpus", self.title_en or self.title]))
        return f"<{visible(name)}: {visible(', '.join(ids))}>"

    def _view(self) -> View:
        """Show the plans of a corpus, one per row."""
        rows = [
            {
                "id": plan.id,
                "title": plan.title,
                "states": ("full" if plan.coverage == "full" else "outline",)
                + (("constructed",) if plan.constructed else ()),
                "chapters": len(plan.chapters),
                "sections": len(plan.sections),
                "measures": len(plan.measures) if plan.coverage == "full" else None,
                "published": published(plan, "en"),
            }
            for plan in self.plans[:_PLANS_SHOWN]
        ]
        titles = [Cell(part, "quoted") for part in (self.title, self.title_en) if part]
        counts = [number_of(len(self), "plan"), f"{len(self.full)} with text"]
        if self.outline_only:
            counts.append(f"{len(self.outline_only)} by outline: text not at hand")
        return View(
            name="Corpus",
            title="Plans",
            of=joined_cells(titles, " · "),
            counts=tuple(counts),
            columns=(
                small_column("id", "id"),
                quoted_column("title", "title"),
                ViewColumn("coverage", lambda row: chips(*row["states"])),
                number_column("chapters", "chapters"),
                number_column("sections", "sections"),
                number_column("measures", "measures"),
                plain_column("published", "published"),
            ),
            rows=tuple(rows),
            total=len(self),
            ways=(*(f'["{plan_id}"]' for plan_id in list(self)[-1:]), '.to_frame("sections")'),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


# The argument of most functions: one plan, several plans or a corpus.
Plans = PlanLike | Corpus | Iterable[Plan | PlanReference | str]
# The argument of functions that compare several plans.
CorpusLike = Corpus | Iterable[PlanLike]


def load_plans(
    series: str | Path = DEFAULT_SERIES,
    *,
    folder: str | Path | None = None,
    home: str | Path | None = None,
    corrections: bool = True,
) -> Corpus:
    """Load all plans of a series, oldest first.

    The text of a plan is read from `folder` if it has a file there, else from the data
    folder if a text was fetched or added, else from the series itself.

    Parameters
    ----------
    series : str or Path
        Name of a shipped series, or path of the folder of a series.
    folder : str or Path, optional
        Folder with your own texts, each named after its plan (``2021-2025.txt``; UTF-8,
        UTF-16 or GB18030). A plan with a text in this folder becomes *full*; the text
        replaces a shipped one.
    home : str or Path, optional
        The data folder; by default ``CROSSPLAN_HOME``, or the usual place of the system.
    corrections : bool
        Whether to apply the certain corrections of the critical apparatus.

    Returns
    -------
    Corpus

    Raises
    ------
    UnknownSeriesError, SeriesError, WordListError
        If the series does not exist or is malformed.
    MissingFolderError
        If `folder` does not exist or has no text of the series.
    UnreadableTextError, NotThePlanError
        If a text is empty, is not text, or is another document.
    DamagedWitnessError, UnknownWitnessError
        If a text in the data folder has changed since it was stored, or the chosen one is missing.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> [(len(plan.chapters), len(plan.sections)) for plan in plans.values()]
    [(5, 22), (6, 22), (6, 18), (7, 34), (8, 32)]
    """
    described = read_series(find_series(series))
    texts = texts_in(folder, described)
    named = named_arguments(series, folder, home, corrections=corrections)
    plans = [
        build_plan(
            described, plan_id, texts.get(plan_id), home, corrections=corrections
        ).remembering(call("cp.load_plan", plan_id, **named))
        for plan_id in described.record.plans
    ]
    return Corpus(
        plans,
        title=described.record.title.own,
        title_en=described.record.title.en or "",
        made_by=call("cp.load_plans", **named),
    )


def as_plan(value: PlanLike) -> Plan:
    """Return a plan; an id is loaded from the shipped series.

    Raises
    ------
    NotAPlanError
        If the value is not a plan or an id.
    UnknownPlanError
        If no shipped plan has that id.
    """
    if isinstance(value, str):
        return load_plan(value)
    if not isinstance(value, Plan):
        raise NotAPlanError(value)
    return value


def as_plans(source: Plans) -> Sequence[Plan]:
    """Return the plans of one plan, of several, or of a corpus, oldest first.

    Plans of a corpus that are not read yet stay unread.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If a value is not a plan, or no shipped plan has that id.
    CrossplanError
        If there are no plans, or two have the same id.
    """
    plans = (source if isinstance(source, Corpus) else Corpus(source)).plans
    if not plans:
        raise CrossplanError(
            "there is no plan to read. Give a plan, a corpus, or those of a corpus that "
            "have a text: corpus.full."
        )
    return plans


def as_corpus(source: CorpusLike) -> Corpus:
    """Return a corpus; one is made of plans or ids of shipped plans if necessary.

    Raises
    ------
    NotACorpusError
        If the value contains no plans, such as the name of a folder.
    NotAPlanError, UnknownPlanError
        If something else is among the plans, or no shipped plan has that id.
    """
    if isinstance(source, Corpus):
        return source
    if isinstance(source, str | Plan) or not isinstance(source, Iterable):
        raise NotACorpusError(source)
    return Corpus(source)


def _entries_in(source: Plans) -> tuple[Entry, ...]:
    """Yield plans one by one, without reading those that are not read yet."""
    if isinstance(source, Corpus):
        return source.entries
    if isinstance(source, str | Plan) or not isinstance(source, Iterable):
        return (as_plan(source),)
    values: Iterable[Any] = source.values() if isinstance(source, Mapping) else source
    return tuple(
        value if isinstance(value, PlanReference) else as_plan(value)
        for value in entries_of(values)
    )
