"""Passages of a plan and their sentences."""

from dataclasses import dataclass

from crossplan.display import Cell, View, as_html, number_of, plain_column, quoted_column, visible
from crossplan.languages.scripts import SENTENCE_MARKS

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
