"""The report as one Markdown file, which also reads well as it is."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from crossplan.labels import in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Count,
    Counts,
    Document,
    Heading,
    Listing,
    Panel,
    Panels,
    Paragraph,
    Passage,
    Picture,
    Reading,
    Row,
    Run,
    Runs,
    Table,
)
from crossplan.reporting.writers.characters import fit
from crossplan.reporting.writers.links import place_of, places
from crossplan.reporting.writers.markdown_text import anchor, line, words

TICKS = re.compile(r"`+")
# Chapters of a report are of the second rank, titles of plans of the third.
RANK_OF_TITLES = 3


def markdown_text(document: Document) -> str:
    """Write a report as Markdown, in the way of GitHub.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str
        Tables hold the rows that are shown; of figures there are the captions.
    """
    return "\n\n".join(filter(None, MarkdownWriter(document).parts())) + "\n"


class MarkdownWriter:
    """Writes the parts of a report, which are held apart by blank lines."""

    def __init__(self, document: Document) -> None:
        self.document, self.lang = document, document.lang
        self.places = places(document)
        self.titles = {chapter.id: chapter.title for chapter in document.chapters}
        self.marked: set[str] = set()

    def parts(self) -> Iterator[str]:
        """Write title, contents and chapters."""
        yield self.heading(1, (Run(self.document.title),))
        yield self.line((Run(self.document.subtitle),))
        yield self.bullets(
            (Run(chapter.short, to=f"#{chapter.id}"),) for chapter in self.document.chapters
        )
        for chapter in self.document.chapters:
            yield self.heading(2, (Run(chapter.title),), chapter.id)
            for block in chapter.blocks:
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:  # noqa: C901
        """Write a block."""
        match block:
            case Paragraph():
                yield self.line(block.runs)
            case Heading():
                yield self.heading(3, (Run(block.text),))
            case Bullets():
                yield self.bullets(block.items)
            case Listing():
                yield fenced(block.code)
            case Counts():
                yield self.counts(block.items)
            case Panels():
                for panel in block.panels:
                    yield from self.panel(panel)
            case Table():
                yield from self.table(block)
            case Picture():
                yield self.picture(block)
            case Reading():
                yield from self.reading(block)
            case _:
                assert_never(block)

    def line(self, runs: Runs) -> str:
        """Write a paragraph."""
        return line(runs, self.places)

    def mark(self, place: str) -> str:
        """Write the anchor of a place, once."""
        if place in self.marked:
            return ""
        self.marked.add(place)
        return anchor(place, self.places)

    def heading(self, rank: int, runs: Runs, place: str = "") -> str:
        """Write a heading, with the anchor of its place."""
        return f"{'#' * rank} {self.mark(place)}{words(runs, self.places)}"

    def bullets(self, items: Iterable[Runs]) -> str:
        """Write a list."""
        return "\n".join(f"- {self.line(item)}" for item in items)

    def counts(self, items: Iterable[Count]) -> str:
        """Write numbers in a line, each before what it counts."""
        return " · ".join(
            words((Run(str(item.number), "strong", to=item.to), Run(f" {item.label}")), self.places)
            for item in items
        )

    def panel(self, panel: Panel) -> Iterator[str]:
        """Write a finding, and lead to the chapter that has it all."""
        yield self.heading(3, (Run(panel.title),))
        yield self.counts(panel.counts)
        yield self.bullets(panel.lines)
        if title := self.titles.get(place_of(panel.to)):
            yield self.line((Run("→ "), Run(title, to=panel.to)))

    def table(self, table: Table) -> Iterator[str]:
        """Write a table below its caption, and say so where it does not show all rows."""
        yield self.line((Run(table.caption, "strong"),))
        labels = [words((Run(column.label),), self.places) for column in table.columns]
        sides = ["---:" if column.kind == "number" else "---" for column in table.columns]
        yield "\n".join(
            f"| {' | '.join(cells)} |"
            for cells in (labels, sides, *(self.row(row) for row in table.shown_rows))
        )
        shown, whole = len(table.shown_rows), len(table.rows)
        if shown < whole:
            note = in_language(
                self.lang,
                f"共 {whole} 行，此处列出前 {shown} 行；工作簿（.xlsx）中有全部各行。",
                f"The first {shown} of {whole} rows; the workbook (.xlsx) has all of them.",
            )
            yield self.line((Run(note),))

    def row(self, row: Row) -> list[str]:
        """Write a row, with the anchor of its place in the first cell."""
        cells = [words(cell.runs, self.places) for cell in row.cells]
        return [self.mark(row.id) + cells[0], *cells[1:]] if cells else []

    def picture(self, picture: Picture) -> str:
        """Name a figure, which stands in the other forms of the report."""
        label = in_language(
            self.lang, "图（见网页或 Word 文件）：", "Figure (in the page and the Word document): "
        )
        space = in_language(self.lang, "", " ")
        return self.line((Run(f"{label}{picture.caption}{space}{picture.alt}"),))

    def reading(self, reading: Reading) -> Iterator[str]:
        """Write texts one after the other."""
        for text in reading.texts:
            yield self.heading(RANK_OF_TITLES, (Run(text.title),))
            for passage in text.passages:
                yield from self.passage(passage)

    def passage(self, passage: Passage) -> Iterator[str]:
        """Write a passage, and behind it its id, its fate, and what it is linked to."""
        said = [Run(passage.id, "code")]
        if passage.label:
            said.append(Run(f" · {passage.label}"))
        for number, partner in enumerate(passage.partners):
            said += [Run(", " if number else " ↔ "), Run(partner, to=f"#{partner}")]
        if passage.level:
            yield self.heading(RANK_OF_TITLES + passage.level, passage.runs, passage.id)
            yield self.line(tuple(said))
        else:
            yield self.mark(passage.id) + self.line((*passage.runs, Run(" "), *said))


def fenced(code: str) -> str:
    """Write code between fences that are longer than any in it."""
    longest = max((len(ticks) for ticks in TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{fit(code)}\n{fence}"
