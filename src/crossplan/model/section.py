"""Chapters, sections and passages of a plan, and the declarations of their tables."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from crossplan.display import (
    Cell,
    View,
    as_html,
    number_of,
    plain_column,
    quote,
    quoted_column,
    small_column,
    visible,
)
from crossplan.errors import MissingTextError
from crossplan.languages.scripts import SENTENCE_MARKS
from crossplan.tables import Column, Table

_ID = Column("string", "编号。", "Its id.", required=True)
_PLAN = Column("string", "计划的编号。", "Id of the plan.", required=True)
_CHAPTER = Column(
    "int64", "章的序号；引言为 0。", "Number of the chapter; 0 for the introduction.", least=0.0
)
_SECTION = Column(
    "Int64", "节的序号；直属于章者为空。", "Number of the section; empty right below a chapter."
)

HEADINGS = Table(
    zh="每章、每节一行。",
    en="One row for each chapter and each section.",
    columns={
        "id": _ID,
        "plan": _PLAN,
        "chapter": _CHAPTER,
        "section": _SECTION,
        "title": Column("string", "题名。", "Its title.", required=True),
        "title_en": Column("string", "英文题名。", "Its title in English, where one was seen."),
        "level": Column("string", "章或节。", "Whether it is a chapter or a section."),
        "measures": Column(
            "Int64",
            "其下举措数；正文不在手则为空。",
            "Measures below it; empty where no text is at hand.",
            least=0.0,
        ),
        "characters": Column(
            "Int64",
            "其下字数；正文不在手则为空。",
            "Characters below it; empty where no text is at hand.",
            least=0.0,
        ),
    },
    key=("id",),
)

PASSAGES = Table(
    zh="每项举措（或目标）一行。",
    en="One row for each measure, or each goal.",
    columns={
        "id": _ID,
        "plan": _PLAN,
        "chapter": _CHAPTER,
        "section": _SECTION,
        "section_title": Column("string", "所属标题的题名。", "Title of the heading above it."),
        "order": Column("int64", "在该标题下的序号。", "Its number below that heading.", least=1.0),
        "lead": Column("string", "起首语。", "Its first words, which name it."),
        "text": Column("string", "正文。", "Its text.", required=True),
        "characters": Column("Int64", "字数。", "Characters of the text.", least=0.0),
        "start": Column(
            "Int64",
            "在正文中的起点，自 0 起按字符计。",
            "Where it begins in the reading text, counted in characters from 0.",
            least=0.0,
        ),
        "end": Column(
            "Int64",
            "在正文中的终点：其后第一个字符。",
            "Where it ends: the first character behind it.",
            least=0.0,
        ),
    },
    key=("id",),
)


PASSAGE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, with its closing mark."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """A paragraph of a plan, without its initial mark.

    Attributes
    ----------
    id : str
        Stable identifier, such as ``2026-2030/1.5/3``.
    order : int
        Position among the passages of its kind in its section, from 1.
    text : str
        The text of the passage: ``plan.text[start:end] == text``.
    start, end : int
        Span in the reading text, in characters.
    sentences : tuple of Sentence
        The sentences of the text; joined, they are equal to it.
    """

    id: str
    order: int
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def lead(self) -> str:
        """The first sentence, without its closing mark."""
        return self.sentences[0].text.rstrip().rstrip(SENTENCE_MARKS) if self.sentences else ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {visible(self.id)}: {visible(self.lead)}>"

    def _view(self) -> View:
        """Return the view of a passage, one row per sentence."""
        rows = [{"text": s.text, "span": f"{s.start}–{s.end}"} for s in self.sentences]
        return View(
            name=type(self).__name__,
            title=type(self).__name__,
            of=(Cell(self.id, "small"),),
            counts=(number_of(len(rows), "sentence"), number_of(len(self.text), "character")),
            columns=(
                quoted_column("sentence", "text", len(self.text)),
                plain_column("span", "span", "right"),
            ),
            rows=tuple(rows),
            total=len(rows),
            ways=(".text", ".lead", ".sentences"),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


@dataclass(frozen=True, slots=True, repr=False)
class Measure(Passage):
    """A measure of a plan: a marked paragraph of a chapter or section."""


@dataclass(frozen=True, slots=True, repr=False)
class Goal(Passage):
    """A goal of a plan: a marked paragraph of the introduction."""


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph(Passage):
    """A paragraph without a mark, as in the introduction or the closing chapter."""


Level = Literal["introduction", "chapter", "section"]
NodeKind = Literal["front", "contents", "heading", "goal", "measure", "paragraph"]

_PASSAGES_SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """The heading of the introduction, a chapter, or a section, without its content.

    Attributes
    ----------
    id : str
        ``2026-2030/0`` (the introduction), ``2026-2030/1`` (a chapter) or
        ``2026-2030/1.5`` (a section).
    plan : str
        Id of the plan.
    level : {"introduction", "chapter", "section"}
    chapter : int
        Number of the chapter; 0 for the introduction.
    number : int or None
        Number of the section in its chapter; None for chapters.
    title, title_en : str, str or None
        The title without its number. `title_en` is the title in the official English
        edition; None if no such edition is known.
    """

    id: str
    plan: str
    level: Level
    chapter: int
    number: int | None
    title: str
    title_en: str | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {visible(self.id)}: {visible(self.title)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Section(Heading):
    """The introduction, a chapter, or a section of a plan.

    Attributes
    ----------
    id, plan, level, chapter, number, title, title_en
        As in :class:`Heading`.
    sections : tuple of Section
        The sections of a chapter.
    start, end : int or None
        Span in the reading text, heading included; None without text.
    passages : tuple of Passage or None
        The passages directly in it, not in its sections; None without text.
    """

    sections: tuple["Section", ...] = ()
    start: int | None = None
    end: int | None = None
    passages: tuple[Passage, ...] | None = None

    @property
    def heading(self) -> Heading:
        """The heading, without its content."""
        return Heading(**{part.name: getattr(self, part.name) for part in fields(Heading)})

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the section, or of the chapter and its sections."""
        return tuple(p for p in self.all_passages("measures") if isinstance(p, Measure))

    @property
    def own_measures(self) -> tuple[Measure, ...]:
        """The measures directly in it, not in its sections."""
        return tuple(p for p in self.passages or () if isinstance(p, Measure))

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals, which are only in the introduction."""
        return tuple(p for p in self.all_passages("goals") if isinstance(p, Goal))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs without a mark."""
        return tuple(p for p in self.all_passages("paragraphs") if isinstance(p, Paragraph))

    def all_passages(self, asked: str = "passages") -> Iterator[Passage]:
        """Return all passages of the section and of the sections in it, in order.

        Raises
        ------
        MissingTextError
            If the text of the plan is not available; `asked` names what is missing.
        """
        if self.passages is None:
            raise MissingTextError(self.plan, asked)
        yield from self.passages
        for section in self.sections:
            yield from section.all_passages(asked)

    def _view(self) -> View:
        """Return the view of the sections of a chapter, or of the passages of a section."""
        level = self.level.capitalize()
        of = (*quote(self.title), Cell(" "), Cell(self.id, "small"))
        if self.passages is None:
            missing = "outline only: text not at hand"
            rows = [{"id": s.id, "kind": s.level, "text": s.title} for s in self.sections]
            counts: tuple[str, ...] = (*_counted(len(self.sections), "section"), missing)
        else:
            rows = [{"id": p.id, "kind": _kind_of(p), "text": p.text} for p in self.passages]
            rows += [{"id": s.id, "kind": s.level, "text": s.title} for s in self.sections]
            counts = (
                *_counted(len(self.sections), "section"),
                *_counted(len(self.measures), "measure"),
                *_counted(len(self.goals), "goal"),
                *_counted(len(self.paragraphs), "paragraph"),
            )
        return View(
            name="Section",
            title=level,
            of=of,
            counts=counts,
            columns=(
                plain_column("what", "kind"),
                quoted_column("text", "text", PASSAGE_WIDTH),
                small_column("id", "id"),
            ),
            rows=tuple(rows[:_PASSAGES_SHOWN]),
            total=len(rows),
            ways=_ways_into(self),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the reading text, with its line break. Joined, the nodes are the text."""

    kind: NodeKind
    owner: str
    text: str
    start: int
    end: int


def _kind_of(passage: Passage) -> str:
    """Return the name of the kind of a passage."""
    return type(passage).__name__.lower()


def _ways_into(section: Section) -> tuple[str, ...]:
    """Return the attributes of a section that are not empty."""
    if section.passages is None:
        return (".sections",) if section.sections else ()
    names = ("sections", "measures", "goals", "paragraphs")
    return tuple(f".{name}" for name in names if getattr(section, name))


def _counted(number: int, noun: str) -> tuple[str, ...]:
    """Return the number with its noun, if it is not 0."""
    return (number_of(number, noun),) if number else ()
