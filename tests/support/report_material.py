"""Reports for the tests of what writes them: real ones, and one in which all text is hostile."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import crossplan as cp
from crossplan.characters import fit
from crossplan.corpora.corpus import Corpus
from crossplan.figures.style import blank_figure
from crossplan.labels import Language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Count,
    Counts,
    Listing,
    Panel,
    Panels,
    Picture,
    ReadingPassage,
    ReadingText,
    ReadingView,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Style,
    Subheading,
    TextRun,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE_END = re.compile(r"\r\n?")
STYLES: tuple[Style, ...] = ("plain", "strong", "quiet", "code", "inserted", "deleted")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(1)",
    "#REF!",
    "<script>alert(1)</script>",
    "</w:t></w:r>&amp;]]>",
    "[x](javascript:1)",
    "![x](https://example.org/x.png)",
    "# not a heading",
    "1. no list",
    "- no list",
    "---",
    "===",
    "| a | b |",
    "\\|",
    "`code` ``` ~~~",
    "*a* _b_ **c** ~~d~~ $e$",
    "    no code",
    "two\nlines\tand a tab",
    "&lt; &#65; _x0041_",
    "a\u202eb\u2066c",
    "\x00\x0b\ud800\uffff",
    "𠮷野家",
)


@cache
def of_a_pair(lang: Language = "zh") -> ReportDocument:
    """Make the report of the fifth plan and a constructed predecessor."""
    made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
    pair = Corpus([made.plan, made.successor], title="构造的前身与原计划")
    return cp.report(pair, lang=lang).document


def drawn() -> "Figure":
    """Draw a figure with a line on it."""
    figure = blank_figure(4, 2)
    figure.subplots().plot([0, 1], [0, 1])
    return figure


def document_of(texts: tuple[str, ...], lang: Language = "zh") -> ReportDocument:
    """Put every text into every place that a report has for text."""
    runs = tuple(TextRun(text, style) for text in texts for style in STYLES)
    linked = (
        TextRun(texts[0], to="#measures"),
        *(TextRun(text, to="#2026-2030/1.1/1") for text in texts),
        *(TextRun(text, to=text) for text in texts),
        *(TextRun(text, to=f"#{text}") for text in texts),
        *(TextRun(text, to=f"https://example.org/{text}") for text in texts),
    )
    counts = tuple(Count(7, text) for text in texts)
    columns = tuple(ReportColumn(text) for text in texts)
    tables = [
        ReportTable(
            name=text,
            caption=text,
            columns=columns,
            rows=tuple(
                ReportRow(
                    tuple(ReportCell((TextRun(text, style),)) for text in texts),
                    id=f"{number} {style} {text}",
                )
                for style in STYLES
            ),
            shown=4,
        )
        for number, text in enumerate(texts)
    ]
    passages = tuple(
        ReadingPassage(
            f"{level} {text}",
            (TextRun(text), TextRun(text, "inserted")),
            level,
            text,
            text,
            (text,),
        )
        for text in texts
        for level in (0, 1, 2)
    )
    blocks: tuple[Block, ...] = (
        ReportParagraph(runs),
        *(
            ReportParagraph((TextRun(text, style),), note=True)
            for text in texts
            for style in STYLES
        ),
        *(Subheading(text) for text in texts),
        Bullets(tuple((TextRun(text),) for text in texts)),
        *(Listing(text) for text in texts),
        Counts(counts),
        Panels(tuple(Panel(text, f"#{text}", counts, (linked,)) for text in texts)),
        ReportParagraph(linked),
        *tables,
        Picture(texts[0], drawn, "".join(texts), "".join(texts)),
        ReadingView(tuple(ReadingText(text, passages) for text in texts[:2])),
    )
    return ReportDocument(
        title="".join(texts),
        subtitle="".join(texts),
        lang=lang,
        chapters=(
            Chapter("measures", texts[0], texts[0], blocks),
            *(Chapter(text, text, text, ()) for text in texts),
        ),
    )


def lines_of(document: ReportDocument) -> Iterator[Runs]:
    """Give all that a report says, line by line, beside the rows that are not shown."""
    yield (TextRun(document.title),)
    yield (TextRun(document.subtitle),)
    for chapter in document.chapters:
        yield (TextRun(chapter.title),)
        for block in chapter.blocks:
            yield from lines_of_block(block)


def lines_of_block(block: Block) -> Iterator[Runs]:  # noqa: C901
    match block:
        case ReportParagraph():
            yield block.runs
        case Subheading():
            yield (TextRun(block.text),)
        case Bullets():
            yield from block.items
        case Listing():
            yield from ((TextRun(line),) for line in block.code.split("\n"))
        case Counts():
            yield from counted(block.items)
        case Panels():
            for panel in block.panels:
                yield from ((TextRun(panel.title),), *counted(panel.counts), *panel.lines)
        case ReportTable():
            yield (TextRun(block.caption),)
            yield from ((TextRun(column.label),) for column in block.columns)
            yield from (cell.runs for row in block.shown_rows for cell in row.cells)
        case Picture():
            yield (TextRun(block.caption),)
        case ReadingView():
            for text in block.texts:
                yield (TextRun(text.title),)
                for own in text.passages:
                    yield from (own.runs, (TextRun(own.id),), (TextRun(own.label),))


def shown(text: str) -> str:
    """Give text as every form of a report shows it, with one kind of line end."""
    return LINE_END.sub("\n", fit(text))


def counted(counts: tuple[Count, ...]) -> Iterator[Runs]:
    """Give the number and the label of each count."""
    for count in counts:
        yield (TextRun(str(count.number)),)
        yield (TextRun(count.label),)
