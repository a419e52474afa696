"""A plan: its description, its outline and, if available, its text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from crossplan.display import (
    View,
    ViewColumn,
    as_html,
    number_column,
    number_of,
    plain_column,
    quote,
    quoted_column,
    visible,
)
from crossplan.display.cells import chips, joined_cells
from crossplan.display.view import Cell, Cells
from crossplan.errors import ChoiceError, MissingTextError, UnknownPassageError
from crossplan.labels import Language, in_language
from crossplan.model.lexicon import Lexicon
from crossplan.model.reading import Reading
from crossplan.model.section import (
    HEADINGS,
    PASSAGES,
    Goal,
    Heading,
    Measure,
    Node,
    Passage,
    Section,
)
from crossplan.model.target import Indicator, Target
from crossplan.tables import PLAN_TABLES

if TYPE_CHECKING:
    import pandas as pd

Coverage = Literal["full", "outline"]
# Prefix of the confidence of guessed parts of an outline.
GUESSED = "guessed: "
# The most plans named in a heading; of more, only the first and the last are named.
_PLANS_NAMED = 3

TableName = Literal["sections", "measures", "goals", "targets"]


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a published copy of a plan; `opened` is True if we have read it."""

    language: str
    address: str
    opened: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its description, its outline and, if available, its text.

    Attributes
    ----------
    id : str
        The period, such as ``2026-2030``.
    title, title_en : str, str or None
    start_year, end_year : int
        The period.
    language : str
        The ISO 639 code of the language of the plan, such as ``zh`` or ``en``; ``und`` if it
        is not determined.
    published : datetime.date or None
        None if the day is not known, and for a constructed plan.
    publisher, publisher_en : str
    introduction : Section
        The introduction, with its title, paragraphs and goals.
    chapters : tuple of Section
    reading : Reading or None
        The text with its provenance; None if coverage is ``outline``.
    nodes : tuple of Node
        The text line by line; empty without text.
    gaps : tuple of str
        Headings of the outline that the text does not have.
    curated_targets : tuple of Target
        Targets taken from published pages: a sample, not all targets.
    addresses : tuple of Address
    outline_confidence : tuple of (str, str)
        The confidence in each part of the outline.
    outline_doubts : tuple of (str, str)
        Uncertain points of the outline, in Chinese and in English.
    generic_endings : tuple of str
        Endings that many titles of the series share, and that do not distinguish them.
    indicators : tuple of Indicator
        The registered indicators of the series.
    lexicon : Lexicon
        The words that the series keeps whole when its texts are segmented.
    constructed : bool
        Whether the plan was made from another one by known edits, and never published.
    made_by : str
        The Python expression that reproduces the plan; empty if there is none, as for a
        plan changed by ``dataclasses.replace``.
    """

    id: str
    title: str
    title_en: str | None
    start_year: int
    end_year: int
    published: date | None
    publisher: str
    publisher_en: str
    introduction: Section
    chapters: tuple[Section, ...]
    language: str = "zh"
    reading: Reading | None = None
    nodes: tuple[Node, ...] = ()
    gaps: tuple[str, ...] = ()
    curated_targets: tuple[Target, ...] = ()
    addresses: tuple[Address, ...] = ()
    outline_confidence: tuple[tuple[str, str], ...] = ()
    outline_doubts: tuple[tuple[str, str], ...] = ()
    generic_endings: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    constructed: bool = False
    made_by: str = field(default="", compare=False, init=False)

    @property
    def coverage(self) -> Coverage:
        """``full`` for a plan with text, ``outline`` for titles and curated targets only."""
        return "full" if self.reading is not None else "outline"

    @property
    def outline_is_guessed(self) -> bool:
        """Whether parts of the outline were guessed; the text may be another document."""
        return any(how.startswith(GUESSED) for _, how in self.outline_confidence)

    @property
    def text(self) -> str:
        """The reading text, with one paragraph per line."""
        return self.require_reading("text").text

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of all chapters, in order; the chapters are in `chapters`."""
        return tuple(s for chapter in self.chapters for s in chapter.sections)

    @property
    def headings(self) -> tuple[Section, ...]:
        """Chapters and sections together, in the order of the plan."""
        return tuple(h for chapter in self.chapters for h in (chapter, *chapter.sections))

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals of the introduction."""
        return self.introduction.goals

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of all chapters, in order."""
        self.require_reading("measures")
        return tuple(m for chapter in self.chapters for m in chapter.measures)

    def require_reading(self, asked: str) -> Reading:
        """Return the reading; raise an error that names `asked` if there is none.

        Raises
        ------
        MissingTextError
            If only the outline of the plan is available.
        """
        if self.reading is None:
            raise MissingTextError(self.id, asked)
        return self.reading

    def passage(self, passage_id: str) -> Section | Passage:
        """Return the section, measure, goal or paragraph of that id.

        Raises
        ------
        UnknownPassageError
            If there is none.

        Examples
        --------
        >>> import crossplan as cp
        >>> cp.load_plan("2026-2030").passage("2026-2030/1.5/2").sentences[0].text[:12]
        '努力使人均预期寿命提高到'
        """
        for section in (self.introduction, *self.headings):
            if section.id == passage_id:
                return section
            for passage in section.passages or ():
                if passage.id == passage_id:
                    return passage
        raise UnknownPassageError(passage_id, self.id)

    def witness_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the published file for a span of the reading text.

        Parameters
        ----------
        start, end : int
            A span of ``plan.text``, not empty.

        Returns
        -------
        tuple of (int, int)
            Offsets in characters in the decoded witness.
        """
        origins = self.require_reading("text").origins
        return origins[start], origins[end - 1] + 1

    def remembering(self, expression: str) -> "Plan":
        """Return a copy of the plan with the Python expression that makes it."""
        plan = replace(self)
        object.__setattr__(plan, "made_by", expression)
        return plan

    def to_frame(self, table: TableName = "sections") -> "pd.DataFrame":
        """Return the plan as a table.

        Parameters
        ----------
        table : {"sections", "measures", "goals", "targets"}

        Returns
        -------
        pandas.DataFrame
            sections: id, plan, chapter, section, title, title_en, level, measures,
            characters (the last two are missing without text).
            measures and goals: id, plan, chapter, section, section_title, order,
            lead, text, characters, start, end.
            targets: the columns of :func:`extract_targets`; the targets read from the text
            and those of the curated sample. Without text, only the latter.

        Raises
        ------
        MissingTextError
            For measures or goals of a plan without text.

        Examples
        --------
        >>> import crossplan as cp
        >>> len(cp.load_plan("2026-2030").to_frame("measures"))
        203
        >>> cp.load_plan("2009-2010").to_frame("targets").indicator[0]
        '城镇新增就业'
        """
        return frame_of([self], table)

    def __repr__(self) -> str:
        return (
            f"<Plan {visible(self.id)} {visible(self.title)}: {len(self.chapters)} chapters, "
            f"{len(self.sections)} sections, coverage {self.coverage}>"
        )

    def _view(self) -> View:
        """Return the view of the outline, with the number of measures of each chapter."""
        full = self.coverage == "full"
        rows = [
            {
                "chapter": chapter.chapter,
                "title": chapter.title,
                "sections": [section.title for section in chapter.sections],
                "measures": len(chapter.measures) if full else None,
            }
            for chapter in self.chapters
        ]
        counts = [
            number_of(len(self.chapters), "chapter"),
            number_of(len(self.sections), "section"),
        ]
        if full:
            counts += [number_of(len(self.goals), "goal"), number_of(len(self.measures), "measure")]
        else:
            counts.append("outline only: text not at hand")
        counts.append(published(self, "en"))
        publisher = (Cell(" · "), *quote(self.publisher)) if self.publisher else ()
        return View(
            name="Plan",
            title="Plan",
            of=(*plan_names([self]), *publisher),
            counts=tuple(counts),
            columns=(
                plain_column("", "chapter", "right"),
                quoted_column("chapter", "title"),
                ViewColumn(
                    "sections",
                    lambda row: joined_cells([quote(t)[0] for t in row["sections"]], "、"),
                ),
                number_column("measures", "measures"),
            ),
            rows=tuple(rows),
            total=len(rows),
            ways=(".measures", ".text", '.to_frame("measures")')
            if full
            else ('.to_frame("sections")',),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


def plan_names(plans: Iterable["Plan"], between: str = " → ") -> Cells:
    """Return the titles and ids of plans, with a mark for constructed ones."""
    named = list(plans)
    left_out = len(named) > _PLANS_NAMED
    cells: list[Cell] = []
    for number_of_plan, plan in enumerate([named[0], named[-1]] if left_out else named):
        if number_of_plan:
            cells.append(Cell(f"{between}…{between}" if left_out else between))
        cells += [Cell(plan.title, "quoted"), Cell(" "), Cell(plan.id, "small")]
        if plan.constructed:
            cells += [Cell(" "), *chips("constructed")]
    return tuple(cells)


def title_of(item: Plan | Heading, lang: Language) -> str:
    """Return a title in a language; the Chinese one if there is no English one."""
    return item.title_en if lang == "en" and item.title_en else item.title


def published(plan: Plan, lang: Language) -> str:
    """Return the date of publication, or a label if it is unknown or there is none."""
    if plan.constructed:
        return in_language(lang, "未曾发布", "never published")
    unknown = in_language(lang, "日期不详", "date not known")
    return plan.published.isoformat() if plan.published else unknown


def frame_of(plans: Sequence["Plan"], table: TableName) -> "pd.DataFrame":
    """Return the sections, measures, goals or targets of plans as one table."""
    if table == "sections":
        return HEADINGS.frame(_section_rows(plans))
    if table == "measures":
        return PASSAGES.frame(_measure_rows(plans))
    if table == "goals":
        return PASSAGES.frame(_goal_rows(plans))
    if table in PLAN_TABLES:
        return PLAN_TABLES[table](plans)
    raise ChoiceError("table", table, get_args(TableName))


def _section_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Return the rows of chapters and sections."""
    for plan in plans:
        for heading in plan.headings:
            full = heading.start is not None and heading.end is not None
            yield {
                "id": heading.id,
                "plan": plan.id,
                "chapter": heading.chapter,
                "section": heading.number,
                "title": heading.title,
                "title_en": heading.title_en,
                "level": heading.level,
                "measures": len(heading.measures) if full else None,
                "characters": sum(len(p.text) for p in heading.all_passages()) if full else None,
            }


def _measure_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Return the rows of measures."""
    for plan in plans:
        plan.require_reading("measures")
        for heading in plan.headings:
            yield from (_passage_row(plan, heading, m) for m in heading.own_measures)


def _goal_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Return the rows of goals."""
    for plan in plans:
        yield from (_passage_row(plan, plan.introduction, goal) for goal in plan.goals)


def _passage_row(plan: "Plan", section: "Section", passage: "Passage") -> dict[str, Any]:
    """Return a passage as a row."""
    return {
        "id": passage.id,
        "plan": plan.id,
        "chapter": section.chapter,
        "section": section.number,
        "section_title": section.title,
        "order": passage.order,
        "lead": passage.lead,
        "text": passage.text,
        "characters": len(passage.text),
        "start": passage.start,
        "end": passage.end,
    }
