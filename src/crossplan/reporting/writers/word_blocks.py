"""Write the blocks of a report as paragraphs, tables and pictures of a Word document."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, count, pairwise, zip_longest
from math import sqrt
from typing import assert_never

from docx.shared import Inches

from crossplan.characters import fit
from crossplan.figures.saving import as_png
from crossplan.figures.style import figure_of
from crossplan.labels import in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Count,
    Counts,
    Listing,
    Panel,
    Panels,
    Picture,
    ReadingPassage,
    ReadingView,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Subheading,
    TextRun,
)
from crossplan.reporting.writers.hyperlinks import place_of, remarks_on, rows_left_out
from crossplan.reporting.writers.widths import ems_of, longest_word, needed_widths, shared_out
from crossplan.reporting.writers.word_styles import (
    EMU_PER_TWIP,
    PARAGRAPHS,
    TABLE,
    Element,
    Typesetter,
    field_code,
    make,
    paragraph,
)

# The largest share of the height of a page for a picture, without its caption.
_TALLEST = 0.8

# Chapters of a report are headings of level 1, titles of plans of level 2.
_RANK_OF_TITLES, _LOWEST_RANK = 2, 4

# A row with a cell of this many characters may continue on the next page.
_LONG_CELL = 600
# In twentieths of a point: the size of the letters, and the margins of a cell.
_EM, _SIDES = 20 * PARAGRAPHS["Table text"].size, 144


class BlockSetter:
    """Writer for blocks, which numbers tables and figures.

    Attributes
    ----------
    setter : Typesetter
    titles : mapping of str to str
        Titles of the chapters by their ids.
    tables, figures : iterator of int
        The numbers of the tables and figures to come.
    width, height : int
        Size of the text of a page, in the units of python-docx.
    """

    def __init__(self, setter: Typesetter, titles: Mapping[str, str]) -> None:
        self.setter = setter
        self.titles = titles
        self.tables, self.figures = count(1), count(1)
        self.width = self.height = 0

    def set_size(self, width: int, height: int) -> None:
        """Set the width and height of the text of the pages that follow."""
        self.width, self.height = width, height

    def elements(self, block: Block) -> Iterator[Element]:  # noqa: C901
        """Write a block."""
        match block:
            case ReportParagraph():
                yield self.paragraph("Note" if block.note else "Normal", block.runs)
            case Subheading():
                yield self.paragraph("Heading 2", (TextRun(block.text),))
            case Bullets():
                yield from self.bullets(block.items)
            case Listing():
                for line in block.code.splitlines():
                    yield self.paragraph("Listing", (TextRun(line, lang="en"),))
            case Counts():
                yield self.counts(block.items)
            case Panels():
                for panel in block.panels:
                    yield from self.panel(panel)
            case ReportTable():
                yield from self.table(block)
            case Picture():
                yield from self.picture(block)
            case ReadingView():
                yield from _reading_elements(block, self.setter)
            case _:
                assert_never(block)

    def paragraph(self, style: str, runs: Runs, *properties: Element) -> Element:
        """Write a paragraph."""
        return paragraph(style, self.setter.runs(runs), *properties)

    def bullets(self, items: tuple[Runs, ...]) -> Iterator[Element]:
        """Write a list."""
        for item in items:
            yield self.paragraph("List Bullet", item)

    def counts(self, items: tuple[Count, ...]) -> Element:
        """Write counts in a line, each number before its label."""
        runs: list[TextRun] = []
        for item in items:
            runs += [
                TextRun("　" if runs else ""),
                TextRun(str(item.number), "strong"),
                TextRun(f" {item.label}", "quiet"),
            ]
        return self.paragraph("Counts", tuple(runs))

    def panel(self, panel: Panel) -> Iterator[Element]:
        """Write a finding, with a link to its chapter."""
        yield self.paragraph("Heading 2", (TextRun(panel.title),))
        if panel.counts:
            yield self.counts(panel.counts)
        yield from self.bullets(panel.lines)
        if title := self.titles.get(place_of(panel.to)):
            yield self.paragraph("Note", (TextRun("→ ", lang="en"), TextRun(title, to=panel.to)))

    def table(self, table: ReportTable) -> Iterator[Element]:
        """Write a table below its caption, with a note if it does not show all rows."""
        label = in_language(self.setter.lang, "表", "Table")
        yield self.caption(label, next(self.tables), table.caption, kept=True)
        yield _table_element(table, self.width // EMU_PER_TWIP, self.setter)
        # Word needs a paragraph between two tables, even an empty one.
        yield self.paragraph("Note", (TextRun(rows_left_out(table, self.setter.lang)),))

    def picture(self, picture: Picture) -> Iterator[Element]:
        """Write a picture above its caption, as wide as the text allows."""
        figure = figure_of(picture.draw())
        drawn = io.BytesIO(as_png(figure, caption=""))
        wide, high = (Inches(side) for side in figure.get_size_inches())
        scale = min(1, self.width / wide, _TALLEST * self.height / high)
        drawing = self.setter.part.new_pic_inline(drawn, int(wide * scale), int(high * scale))
        drawing.docPr.set("name", fit(picture.name))
        drawing.docPr.set("descr", fit(picture.alt))
        yield paragraph("Picture", [make("r", make("drawing", drawing))])
        label = in_language(self.setter.lang, "图", "Figure")
        yield self.caption(label, next(self.figures), picture.caption)

    def caption(self, label: str, number: int, words: str, *, kept: bool = False) -> Element:
        """Write a caption with a number field, which Word can update and refer to."""
        children = [
            *self.setter.runs((TextRun(f"{label} "),)),
            field_code(f"SEQ {label} \\* ARABIC", str(number)),
            *self.setter.runs((TextRun(f"　{words}"),)),
        ]
        return paragraph("Caption", children, *((make("keepNext"),) if kept else ()))


def _reading_elements(reading: ReadingView, setter: Typesetter) -> Iterator[Element]:
    """Write texts with their headings, and the id of each passage after it in small type."""
    for text in reading.texts:
        yield paragraph(f"Heading {_RANK_OF_TITLES}", setter.runs((TextRun(text.title),)))
        for passage, following in zip_longest(text.passages, text.passages[1:]):
            yield from _passage_elements(passage, following, setter)


def _passage_elements(
    passage: ReadingPassage, following: ReadingPassage | None, setter: Typesetter
) -> Iterator[Element]:
    """Write a passage; the id of a heading is in a separate line, outside the outline.

    The line stays on one page with a paragraph that follows, but not with a heading that
    follows, because a whole outline would then have to fit on one page.
    """
    runs = setter.marked_place(passage.id, setter.runs(passage.runs))
    words = (TextRun(passage.id, lang="en"), *remarks_on(passage, setter.lang))
    remark = setter.runs(words, default="Passage id")
    if passage.level:
        rank = min(_RANK_OF_TITLES + passage.level, _LOWEST_RANK)
        yield paragraph(f"Heading {rank}", runs)
        kept = following is not None and not following.level
        yield paragraph("Heading id", remark, make("keepNext", val=str(int(kept))))
    else:
        yield paragraph("Normal", [*runs, *setter.runs((TextRun("  "),)), *remark])


@dataclass(frozen=True, slots=True)
class _TableSetter:
    """Writer for a table.

    Attributes
    ----------
    columns : tuple of ReportColumn
    widths : list of int
        Widths of the columns, in twentieths of a point.
    setter : Typesetter
    """

    columns: tuple[ReportColumn, ...]
    widths: list[int]
    setter: Typesetter

    def table(self, rows: tuple[ReportRow, ...]) -> Element:
        """Write rows below a header that is repeated on every page."""
        properties = make(
            "tblPr",
            make("tblStyle", val=TABLE),
            make("tblW", w=str(sum(self.widths)), type="dxa"),
            make("tblLayout", type="fixed"),
            make("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", noHBand="1"),
        )
        grid = make("tblGrid", *(make("gridCol", w=str(width)) for width in self.widths))
        return make("tbl", properties, grid, self.header(), *map(self.row, rows))

    def header(self) -> Element:
        """Write the labels of the columns."""
        labels = [self.setter.runs((TextRun(column.label),)) for column in self.columns]
        return self.line(labels, "Table header", make("cantSplit"), make("tblHeader"))

    def row(self, row: ReportRow) -> Element:
        """Write a row, with the bookmark of its place around its first cell."""
        cells = [self.setter.runs(cell.runs) for cell in row.cells]
        cells[:1] = [self.setter.marked_place(row.id, first) for first in cells[:1]]
        whole = max((len(cell.text) for cell in row.cells), default=0) < _LONG_CELL
        return self.line(cells, "Table text", *([make("cantSplit")] if whole else []))

    def line(self, cells: list[list[Element]], style: str, *settings: Element) -> Element:
        """Write cells in a row, with numbers aligned to the right."""
        line = make("tr", make("trPr", *settings))
        for runs, column, width in zip(cells, self.columns, self.widths, strict=True):
            aligned = [make("jc", val="right")] if column.kind == "number" else []
            line.append(
                make(
                    "tc",
                    make("tcPr", make("tcW", w=str(width), type="dxa")),
                    paragraph(style, runs, *aligned),
                )
            )
        return line


def _table_element(table: ReportTable, width: int, setter: Typesetter) -> Element:
    """Write the rows of a table that are shown, as wide as the text.

    Parameters
    ----------
    table : ReportTable
    width : int
        Width of the text, in twentieths of a point.
    setter : Typesetter
    """
    widths = column_widths(table, width)
    return _TableSetter(table.columns, widths, setter).table(table.shown_rows)


def column_widths(table: ReportTable, width: int) -> list[int]:
    """Divide the width between columns: unbroken words, and more for long texts."""
    least = least_widths(table)
    most = [
        max(pair) for pair in zip(least, (_whole(*own) for own in _contents(table)), strict=True)
    ]
    weights = [sqrt(max(places, 1)) for places in needed_widths(table)]
    shares = shared_out(width, weights, least, most)
    edges = [round(edge) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def least_widths(table: ReportTable) -> list[float]:
    """Compute the least widths of columns at which no id, date or word is broken."""
    widths = []
    for number, (column, (label, texts)) in enumerate(
        zip(table.columns, _contents(table), strict=True)
    ):
        if column.kind in {"id", "date"}:
            widths.append(_whole(label, texts))
        else:
            ids = map(ems_of, _linked_ids(table, number))
            words = longest_word(texts), longest_word([label], bold=True)
            widths.append(_EM * max(*words, *ids) + _SIDES)
    return widths


def _linked_ids(table: ReportTable, number: int) -> Iterator[str]:
    """Yield the ids among the words of a column, which may exceed the limit for words."""
    for row in table.shown_rows:
        for run in row.cells[number].runs:
            if place_of(run.to) and run.text.isascii() and " " not in run.text:
                yield run.text


def _whole(label: str, texts: list[str]) -> float:
    """Compute the width at which no text of a column is broken."""
    return _EM * max(ems_of(label, bold=True), *map(ems_of, texts), 1) + _SIDES


def _contents(table: ReportTable) -> list[tuple[str, list[str]]]:
    """Return the label and the texts of each column."""
    return [
        (column.label, [row.cells[number].text for row in table.shown_rows])
        for number, column in enumerate(table.columns)
    ]
