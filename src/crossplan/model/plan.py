"""One plan: its description, its outline and, where it is at hand, its text."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from crossplan.display import as_html, visible
from crossplan.errors import MissingTextError, NotAPlanError, UnknownPassageError
from crossplan.frames import Table, frame
from crossplan.model.indicator import Indicator
from crossplan.model.lexicon import Lexicon
from crossplan.model.passage import Goal, Measure, Passage
from crossplan.model.reading import Reading
from crossplan.model.section import Node, Section
from crossplan.model.target import Target

if TYPE_CHECKING:
    import pandas as pd

Coverage = Literal["full", "outline"]
# How the confidence in what was guessed begins.
GUESSED = "guessed: "


@dataclass(frozen=True, slots=True)
class Address:
    """Where a copy of a plan is published; `opened` tells whether we saw it."""

    language: str
    address: str
    opened: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: its description, its outline and, where it is at hand, its text.

    Attributes
    ----------
    id : str
        The period, such as ``2026-2030``.
    title, title_en : str, str or None
    start_year, end_year : int
        The period.
    published : datetime.date or None
        None where the day is not known, and for a constructed plan.
    publisher, publisher_en : str
    introduction : Section
        Its title, paragraphs and goals.
    chapters : tuple of Section
    reading : Reading or None
        The text with its provenance; None when coverage is ``outline``.
    nodes : tuple of Node
        The text line by line; empty without text.
    gaps : tuple of str
        Headings of the outline that the text does not have.
    curated_targets : tuple of Target
        Targets taken from published pages: a sample, never the whole.
    addresses : tuple of Address
    outline_confidence : tuple of (str, str)
        How sure the outline is, part by part.
    outline_doubts : tuple of (str, str)
        What is not certain about the outline, in Chinese and in English.
    generic_endings : tuple of str
        What the titles of the series share and what tells no two of them apart.
    indicators : tuple of Indicator
        What the targets of the series measure, as the series registers it.
    lexicon : Lexicon
        The words that the series keeps whole when its texts are cut into words.
    constructed : bool
        Whether it was made from another plan by known edits, and never published.
    made_by : str
        The Python expression that gives the plan again; empty where none does, as with
        a plan that was changed by ``dataclasses.replace``.
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
        """``full`` with the text, ``outline`` with titles and curated targets only."""
        return "full" if self.reading is not None else "outline"

    @property
    def outline_is_guessed(self) -> bool:
        """Whether parts of the outline were guessed, so that this may be another document."""
        return any(how.startswith(GUESSED) for _, how in self.outline_confidence)

    @property
    def text(self) -> str:
        """The reading text, one paragraph a line."""
        return self.require_reading("text").text

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of all chapters, in order. Chapters are in `chapters`."""
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
        """Give the reading, or say that `asked` cannot be had without it.

        Raises
        ------
        MissingTextError
            If only the outline of the plan is at hand.
        """
        if self.reading is None:
            raise MissingTextError(self.id, asked)
        return self.reading

    def passage(self, passage_id: str) -> Section | Passage:
        """Give the section, measure, goal or paragraph of that id.

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
        """Translate a span of the reading text into one of the published file.

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
        """Give the same plan, which knows the Python expression that makes it."""
        plan = replace(self)
        object.__setattr__(plan, "made_by", expression)
        return plan

    def to_frame(self, table: Table = "sections") -> "pd.DataFrame":
        """Give the plan as a table.

        Parameters
        ----------
        table : {"sections", "measures", "goals"}

        Returns
        -------
        pandas.DataFrame
            sections: id, plan, chapter, section, title, title_en, level, measures,
            characters (the last two missing without text).
            measures and goals: id, plan, chapter, section, section_title, order,
            lead, text, characters, start, end.

        Raises
        ------
        MissingTextError
            For measures or goals of a plan without text.

        Examples
        --------
        >>> import crossplan as cp
        >>> len(cp.load_plan("2026-2030").to_frame("measures"))
        203
        """
        return frame([self], table)

    def __repr__(self) -> str:
        return (
            f"<Plan {visible(self.id)} {visible(self.title)}: {len(self.chapters)} chapters, "
            f"{len(self.sections)} sections, coverage {self.coverage}>"
        )

    def _repr_html_(self) -> str:
        from crossplan.model.views import plan_view

        return as_html(plan_view(self))


def require_plans(*values: object) -> None:
    """Refuse what is no plan, such as its id.

    Raises
    ------
    NotAPlanError
    """
    for value in values:
        if not isinstance(value, Plan):
            raise NotAPlanError(value)
