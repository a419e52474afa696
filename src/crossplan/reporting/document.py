"""Define the parts of a report, independent of the format it is written in.

A report is a title and chapters; a chapter is a title and blocks; blocks hold runs of
text. Text is plain text here; each writer escapes it for its format.
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
class TextRun:
    """A piece of text in one style.

    Attributes
    ----------
    text : str
    style : {"plain", "strong", "quiet", "code", "inserted", "deleted"}
    lang : {"zh", "en"} or None
        None for the language of the report.
    to : str
        Target of a link: ``#`` and the id of a place in the report, or a web address.
    """

    text: str
    style: Style = "plain"
    lang: Language | None = None
    to: str = ""


Runs = tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph; a note is set in smaller type."""

    runs: Runs
    note: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one item per line."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Code, line by line."""

    code: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number with a label for what it counts."""

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
        Link to the chapter with the details.
    counts : tuple of Count
    lines : tuple of Runs
    """

    title: str
    to: str
    counts: tuple[Count, ...]
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """Findings side by side."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a table.

    Attributes
    ----------
    label : str
    kind : {"text", "choice", "id", "number", "date"}
        A choice has few distinct values, which can be filtered by.
    share : float
        Weight of the column in the width of the table.
    """

    label: str
    kind: _Kind = "text"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportCell:
    """The content of a cell, and the value that it is sorted by and stored as.

    Attributes
    ----------
    runs : tuple of TextRun
    value : str, int, float, date or None
        None if the text itself is the value, or if there is no value.
    """

    runs: Runs
    value: Value = None

    @property
    def text(self) -> str:
        """The cell as plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of a table, with an id if links lead to it."""

    cells: tuple[ReportCell, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table.

    Attributes
    ----------
    name : str
        Short name, used for a sheet and for an anchor.
    caption : str
    columns : tuple of ReportColumn
    rows : tuple of ReportRow
    shown : int or None
        Number of rows that a page or document shows; None for all. A workbook has all.
    searchable : bool
        Whether the table is long enough for search and filters.
    folded : bool
        Whether a page shows the table folded.
    """

    name: str
    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    shown: int | None = None
    searchable: bool = False
    folded: bool = False

    @property
    def shown_rows(self) -> tuple[ReportRow, ...]:
        """The rows that a page or document shows."""
        return self.rows[: self.shown]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, drawn on demand.

    Attributes
    ----------
    name : str
    draw : callable
        Returns the figure, in the style of the report.
    caption : str
        The content of the figure, its plans and its sources.
    alt : str
        The text alternative of the figure, and the table that has its numbers.
    """

    name: str
    draw: "Callable[[], Figure]"
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class ReadingPassage:
    """A heading or paragraph of a plan in the reading view.

    Attributes
    ----------
    id : str
    runs : tuple of TextRun
        The text, with deletions or insertions.
    level : int
        0 for a paragraph, else the level of a heading, 1 for chapters.
    status : str
        The status of the passage in the comparison; empty if it was not compared.
    label : str
        The status in the language of the report.
    partners : tuple of str
        Ids of the passages that it is linked to in the other plan.
    moved : bool
        Whether the partners are in another place there.
    """

    id: str
    runs: Runs
    level: int = 0
    status: str = ""
    label: str = ""
    partners: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ReadingText:
    """The text of a plan, or its outline if there is no text.

    Attributes
    ----------
    title : str
    passages : tuple of ReadingPassage
    """

    title: str
    passages: tuple[ReadingPassage, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One text, or two side by side."""

    texts: tuple[ReadingText, ...]


Block = (
    ReportParagraph
    | Subheading
    | Bullets
    | Listing
    | Counts
    | Panels
    | ReportTable
    | Picture
    | ReadingView
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a report.

    Attributes
    ----------
    id : str
        The anchor of the chapter.
    title : str
    short : str
        The title in the table of contents.
    blocks : tuple of Block
    """

    id: str
    title: str
    short: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report, independent of the format it is written in.

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
        """Return the ids that links can lead to: those of chapters, rows and passages.

        A link to any other id is written as plain text.
        """
        ids = {chapter.id for chapter in self.chapters}
        for block in self.blocks():
            if isinstance(block, ReportTable):
                ids |= {row.id for row in block.shown_rows if row.id}
            elif isinstance(block, ReadingView):
                ids |= {passage.id for text in block.texts for passage in text.passages}
        return frozenset(ids)


def words(*parts: str | TextRun) -> Runs:
    """Return plain text and runs as runs, without empty ones."""
    runs = (part if isinstance(part, TextRun) else TextRun(part) for part in parts)
    return tuple(run for run in runs if run.text)


def strong(text: str | int) -> TextRun:
    """Return emphasised text."""
    return TextRun(str(text), "strong")


def quiet(text: str, lang: Language | None = None) -> TextRun:
    """Return muted text."""
    return TextRun(text, "quiet", lang)


def code(text: str) -> TextRun:
    """Return text as code."""
    return TextRun(text, "code")


def quoted(text: str | None) -> TextRun:
    """Return a quotation of a plan, in the language of the plan."""
    return TextRun(text or "", lang="zh")


def lead_to(passage_id: str | None) -> TextRun:
    """Return the id of a passage or target as a link to its place in the report."""
    return TextRun(passage_id or "", to=f"#{passage_id}" if passage_id else "")


def source(address: str) -> TextRun:
    """Return a source, as a link if it is an address."""
    return TextRun(address, to=address if address.startswith(("http://", "https://")) else "")


def cell(*parts: str | TextRun) -> ReportCell:
    """Return a cell of text."""
    return ReportCell(words(*parts))


def number(
    value: float | None, form: str = "{:,}", *after: str | TextRun, none: str = ""
) -> ReportCell:
    """Return a cell with a number, which is stored unchanged and shown in a format."""
    if value is None:
        return ReportCell(words(none, *after))
    return ReportCell(words(form.format(value), *after), value)


def day(value: date | None, shown: str) -> ReportCell:
    """Return a cell with a date, or with the text for an unknown one."""
    return ReportCell(words(shown), value)


def old_side(line: Redline) -> Runs:
    """Return the old text of a redline, with the deletions."""
    return _side(line, "deleted")


def new_side(line: Redline) -> Runs:
    """Return the new text of a redline, with the insertions."""
    return _side(line, "inserted")


def _side(line: Redline, own: Style) -> Runs:
    """Return one of the two texts of a redline, with its own changes."""
    return tuple(
        TextRun(run.text, "plain" if run.kind == "same" else own, "zh")
        for run in line.runs
        if run.kind in {"same", own}
    )
