"""Chapters and sections of a plan, and the lines of its reading text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from crossplan.display import (
    Cell,
    View,
    as_html,
    number_of,
    plain_column,
    quoted_column,
    said,
    small_column,
    visible,
)
from crossplan.errors import MissingTextError
from crossplan.model.passage import PASSAGE_WIDTH, Goal, Measure, Paragraph, Passage

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
        of = (*said(self.title), Cell(" "), Cell(self.id, "small"))
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
