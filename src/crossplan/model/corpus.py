"""A series of plans, oldest first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    Column,
    View,
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
from crossplan.errors import ArgumentError, CrossplanError, NotACorpusError, UnknownPlanError
from crossplan.model.plan import Coverage, Plan, Table, frame_of, published, require_plans
from crossplan.model.reference import Entry, entries_of, opened, plans_of

if TYPE_CHECKING:
    import pandas as pd

PAIR = 2
# Of more plans, a line names the first and the last.
IDS_SHOWN = 50

PLANS_SHOWN = 50


class Corpus(Mapping[str, Plan]):
    """Plans of one series by their id, oldest first whatever order they are given in.

    Parameters
    ----------
    plans : iterable of Plan or PlanReference
        A reference is a plan that is read when it is asked for, and let go again after
        some others were: a corpus of thousands takes no more memory than one of a few.
    title, title_en : str
        Name of the series.
    made_by : str
        The Python expression that gives the corpus again; empty where the plans do.

    Examples
    --------
    >>> import crossplan as cp
    >>> plans = cp.load_plans()
    >>> list(plans)
    ['2009-2010', '2012-2015', '2016-2020', '2021-2025', '2026-2030']
    >>> plans["2026-2030"].coverage
    'full'
    """

    def __init__(
        self,
        plans: Iterable[Entry],
        *,
        title: str = "",
        title_en: str = "",
        made_by: str = "",
    ) -> None:
        ordered = sorted(
            entries_of(plans), key=lambda plan: (plan.start_year, plan.end_year, plan.id)
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
            raise UnknownPlanError(plan_id, self._entries) from None
        return opened(entry)

    def __contains__(self, plan_id: object) -> bool:
        return plan_id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the corpus holds: plans, and references to those that are not read yet."""
        return tuple(self._entries.values())

    @property
    def plans(self) -> Sequence[Plan]:
        """The plans, oldest first; those that are not read yet are read one by one."""
        return plans_of(self.entries)

    @property
    def full(self) -> Sequence[Plan]:
        """The plans whose text is at hand."""
        return self._with_coverage("full")

    @property
    def outline_only(self) -> Sequence[Plan]:
        """The plans of which only titles and curated targets are at hand."""
        return self._with_coverage("outline")

    def pair(self, old: Plan | None = None, new: Plan | None = None) -> tuple[Plan, Plan]:
        """Give two plans to compare, the older first: those named, else the last two.

        Parameters
        ----------
        old, new : Plan, optional
            Plans of the corpus. The last one, and the one before the newer, when not given.

        Raises
        ------
        NotAPlanError
            If something else is given.
        UnknownPlanError
            If the corpus has no plan of that id.
        ArgumentError
            If there are no two plans, if the one that is given is not the one of the
            corpus, or if the older one is not the older.

        Examples
        --------
        >>> import crossplan as cp
        >>> plans = cp.load_plans()
        >>> [plan.id for plan in plans.pair()]
        ['2021-2025', '2026-2030']
        """
        ids = list(self)
        if len(ids) < PAIR:
            raise ArgumentError(
                f"two plans are to be compared, and this corpus has {len(ids)}",
                "Load at least two.",
            )
        for plan in (old, new):
            if plan is None:
                continue
            require_plans(plan)
            if self[plan.id] != plan:
                raise ArgumentError(
                    f"the plan {plan.id} that was given is not the {plan.id} of the corpus",
                    "Give the one of the corpus, or make a corpus of the plans you mean.",
                )
        newer = ids.index(new.id) if new else len(ids) - 1
        older = ids.index(old.id) if old else newer - 1
        if not 0 <= older < newer:
            found = f"{ids[older]} is none" if old else "the corpus has none"
            raise ArgumentError(
                f"{ids[newer]} is to be compared with an older plan, and {found}",
                f"Its plans are, oldest first: {', '.join(ids)}.",
            )
        return self[ids[older]], self[ids[newer]]

    def to_frame(self, table: Table = "sections") -> "pd.DataFrame":
        """Give all plans as one table, with the columns of :meth:`Plan.to_frame`.

        Raises
        ------
        MissingTextError
            For measures or goals when a plan has no text; `full` has those that do.

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
        if len(ids) > IDS_SHOWN:
            ids = [*ids[:2], "…", f"{ids[-1]} ({len(ids):,} plans)"]
        name = " ".join(filter(None, ["Corpus", self.title_en or self.title]))
        return f"<{visible(name)}: {visible(', '.join(ids))}>"

    def _view(self) -> View:
        """Show the plans of a corpus, one a row."""
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
            for plan in self.plans[:PLANS_SHOWN]
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
                Column("coverage", lambda row: chips(*row["states"])),
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


def require_corpus(value: object) -> None:
    """Refuse what is no corpus, such as the name of a folder.

    Raises
    ------
    NotACorpusError
    """
    if not isinstance(value, Corpus):
        raise NotACorpusError(value)
