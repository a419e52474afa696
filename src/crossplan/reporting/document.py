"""What a report is made of, before it is written as a page, a document or a workbook.

A report is a title and chapters; a chapter is a title and blocks; blocks hold runs of
text. Text is only ever text here: each writer escapes it in its own way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from crossplan.labels import Language
from crossplan.matching.wording import Redline

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Style = Literal["plain", "strong", "quiet", "code", "inserted", "deleted"]
_Kind = Literal["text", "choice", "id", "number", "date"]
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style.

    Attributes
    ----------
    text : str
    style : {"plain", "strong", "quiet", "code", "inserted", "deleted"}
    lang : {"zh", "en"} or None
        None for the language of the report.
    to : str
        Where it leads: ``#`` and the id of a place in the report, or a web address.
    """

    text: str
    style: Style = "plain"
    lang: Language | None = None
    to: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a note is set in smaller type."""

    runs: Runs
    note: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside of a chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one item a line."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Code, line by line."""

    code: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number that stands for itself, with what it counts."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers in a row."""

    items: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A finding: a title, its counts, and a few lines.

    Attributes
    ----------
    title : str
    to : str
        The chapter that has it all.
    counts : tuple of Count
    lines : tuple of Runs
    """

    title: str
    to: str
    counts: tuple[Count, ...]
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """Findings beside each other."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    label : str
    kind : {"text", "choice", "id", "number", "date"}
        A choice has few different values, which a reader can filter by.
    share : float
        Of the width of the table, as a weight.
    """

    label: str
    kind: _Kind = "text"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the value it is sorted by and stored as.

    Attributes
    ----------
    runs : tuple of Run
    value : str, int, float, date or None
        None where the text itself is the value, or where there is none.
    """

    runs: Runs
    value: Value = None

    @property
    def text(self) -> str:
        """The cell as plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with the id of the place it is, if others lead to it."""

    cells: tuple[Cell, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes
    ----------
    name : str
        Short, a name for a sheet and for an anchor.
    caption : str
    columns : tuple of Column
    rows : tuple of Row
    shown : int or None
        How many rows a page or document shows; None for all. A workbook has all.
    searchable : bool
        Whether it is long enough to be searched and filtered.
    folded : bool
        Whether a page shows it only when asked.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shown: int | None = None
    searchable: bool = False
    folded: bool = False

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The rows that a page or document shows."""
        return self.rows[: self.shown]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, drawn when it is wanted.

    Attributes
    ----------
    name : str
    draw : callable
        Draws the figure, in the style of the report.
    caption : str
        What is shown, of which plans, from which source.
    alt : str
        The same for those who do not see it, and where its figures stand as a table.
    """

    name: str
    draw: "Callable[[], Figure]"
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or paragraph of a plan in the reading view.

    Attributes
    ----------
    id : str
    runs : tuple of Run
        The text, with what was struck out, or put in.
    level : int
        0 for a paragraph, else the rank of a heading, 1 for chapters.
    status : str
        Its status; empty where that was not asked.
    label : str
        The status in the language of the report.
    partners : tuple of str
        Ids of what it is linked to in the other plan.
    moved : bool
        Whether those stand somewhere else there.
    """

    id: str
    runs: Runs
    level: int = 0
    status: str = ""
    label: str = ""
    partners: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a plan, or its outline where there is no more.

    Attributes
    ----------
    title : str
    passages : tuple of Passage
    """

    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts to be read: two of them side by side, or one alone."""

    texts: tuple[Text, ...]


Block = Paragraph | Heading | Bullets | Listing | Counts | Panels | Table | Picture | Reading


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a report.

    Attributes
    ----------
    id : str
        Its anchor.
    title : str
    short : str
        The title as the table of contents has it.
    blocks : tuple of Block
    """

    id: str
    title: str
    short: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready to be written.

    Attributes
    ----------
    title, subtitle : str
    lang : {"zh", "en"}
    chapters : tuple of Chapter
    """

    title: str
    subtitle: str
    lang: Language
    chapters: tuple[Chapter, ...]

    def blocks(self) -> Iterator[Block]:
        """Return the blocks of all chapters, in order."""
        for chapter in self.chapters:
            yield from chapter.blocks

    def places(self) -> frozenset[str]:
        """Return the ids that something can lead to: of chapters, rows and passages.

        A link to any other id leads nowhere, and is written as plain text.
        """
        ids = {chapter.id for chapter in self.chapters}
        for block in self.blocks():
            if isinstance(block, Table):
                ids |= {row.id for row in block.shown_rows if row.id}
            elif isinstance(block, Reading):
                ids |= {passage.id for text in block.texts for passage in text.passages}
        return frozenset(ids)


def words(*parts: str | Run) -> Runs:
    """Return plain text and runs as runs, without what is empty."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in runs if run.text)


def strong(text: str | int) -> Run:
    """Return text that stands out."""
    return Run(str(text), "strong")


def quiet(text: str, lang: Language | None = None) -> Run:
    """Return text that steps back."""
    return Run(text, "quiet", lang)


def code(text: str) -> Run:
    """Return text as one would type it."""
    return Run(text, "code")


def quoted(text: str | None) -> Run:
    """Return what a plan says, in its own language."""
    return Run(text or "", lang="zh")


def lead_to(passage_id: str | None) -> Run:
    """Return the id of a passage or target as a link to where it stands in the report."""
    return Run(passage_id or "", to=f"#{passage_id}" if passage_id else "")


def source(address: str) -> Run:
    """Return a source, as a link where it is an address."""
    return Run(address, to=address if address.startswith(("http://", "https://")) else "")


def cell(*parts: str | Run) -> Cell:
    """Return a cell of text."""
    return Cell(words(*parts))


def number(value: float | None, form: str = "{:,}", *after: str | Run, none: str = "") -> Cell:
    """Return a cell with a number, which is stored as it is and shown in a form."""
    if value is None:
        return Cell(words(none, *after))
    return Cell(words(form.format(value), *after), value)


def day(value: date | None, shown: str) -> Cell:
    """Return a cell with a date, or with the words that stand for an unknown one."""
    return Cell(words(shown), value)


def old_side(line: Redline) -> Runs:
    """Return the old text of a redline, with what was struck out."""
    return _side(line, "deleted")


def new_side(line: Redline) -> Runs:
    """Return the new text of a redline, with what was put in."""
    return _side(line, "inserted")


def _side(line: Redline, own: Style) -> Runs:
    """Return one of the two texts of a redline, with what only it has."""
    return tuple(
        Run(run.text, "plain" if run.kind == "same" else own, "zh")
        for run in line.runs
        if run.kind in {"same", own}
    )
