"""A report as sheets: each is a table with lines above it, also what was no table before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from crossplan.labels import Language, in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Count,
    Counts,
    Document,
    Heading,
    Listing,
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
from crossplan.reporting.writers.excel_names import Names
from crossplan.reporting.writers.remarks import moved_word, where_figures_are


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes
    ----------
    name : str
    lines : tuple of str
        What stands above the table.
    table : Table
    chapters : tuple of str
        Ids of the chapters for which it stands.
    """

    name: str
    lines: tuple[str, ...]
    table: Table
    chapters: tuple[str, ...] = ()


def sheets(document: Document) -> list[Sheet]:
    """Give the sheets of a report: findings, tables, texts, and what else it says."""
    names = Names()
    found = [findings(document, names.free("findings"))]
    for chapter in document.chapters:
        own: tuple[str, ...] = (chapter.id,)
        for block in chapter.blocks:
            if isinstance(block, Table):
                found.append(Sheet(names.free(block.name), (block.caption,), block, own))
                own = ()
    if any(isinstance(block, Reading) for block in document.blocks()):
        found.append(texts(document, names.free("texts")))
    return [*found, about(document, names.free("about"))]


def findings(document: Document, name: str) -> Sheet:
    """Give the findings: the counts and the lines of each."""
    having = [
        (chapter, block)
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Panels)
    ]
    rows = [
        Row((title, *cells))
        for _, block in having
        for panel in block.panels
        for title in [Cell((Run(panel.title, to=panel.to),))]
        for cells in (*map(count_cells, panel.counts), *map(line_cells, panel.lines))
    ]
    t = labels(document.lang)
    columns = columns_of_lines(t("发现", "Finding"), document.lang)
    table = Table(name, document.title, columns, tuple(rows))
    chapters = tuple(dict.fromkeys(chapter.id for chapter, _ in having))
    return Sheet(name, (document.title, document.subtitle), table, chapters)


def texts(document: Document, name: str) -> Sheet:
    """Give the texts, a passage a row."""
    t = labels(document.lang)
    columns = (
        Column(t("计划", "Plan"), "choice"),
        Column(t("编号", "Passage"), "id"),
        Column(t("类别", "Kind"), "choice"),
        Column(t("判定", "Status"), "choice"),
        Column(t("移位", "Moved"), "choice"),
        Column(t("对应", "Linked to"), "id"),
        Column(t("文字", "Text")),
    )
    having = {
        chapter.id: [block for block in chapter.blocks if isinstance(block, Reading)]
        for chapter in document.chapters
    }
    rows = tuple(
        Row(passage_cells(text.title, passage, document.lang), id=passage.id)
        for readings in having.values()
        for reading in readings
        for text in reading.texts
        for passage in text.passages
    )
    caption = t("各期计划的文字", "The texts of the plans")
    chapters = tuple(chapter for chapter, readings in having.items() if readings)
    return Sheet(name, (caption,), Table(name, caption, columns, rows), chapters)


def about(document: Document, name: str) -> Sheet:
    """Give what stands outside of tables: method, sources, versions, notes, captions."""
    t = labels(document.lang)
    columns = columns_of_lines(t("章", "Chapter"), document.lang)
    rows = tuple(
        Row((Cell((Run(chapter.title),)), *cells))
        for chapter in document.chapters
        for block in chapter.blocks
        for cells in block_cells(block, document.lang)
    )
    caption = t(
        "方法、来源、版本与各章说明", "Method, sources, versions, and notes of all chapters"
    )
    chapters = tuple(chapter.id for chapter in document.chapters)
    return Sheet(name, (caption,), Table(name, caption, columns, rows), chapters)


def columns_of_lines(first: str, lang: Language) -> tuple[Column, ...]:
    """Give the columns of what was no table: where a line stands, its number, its words."""
    t = labels(lang)
    return (
        Column(first, "choice"),
        Column(t("数目", "Number"), "number"),
        Column(t("内容", "What")),
    )


def labels(lang: Language) -> Callable[[str, str], str]:
    """Give what chooses between the Chinese and the English form of a label."""
    return partial(in_language, lang)


def block_cells(block: Block, lang: Language) -> Iterator[tuple[Cell, Cell]]:
    """Give what a block says beside tables, findings and texts: a number and words."""
    match block:
        case Paragraph():
            yield line_cells(block.runs)
        case Heading():
            yield line_cells((Run(block.text, "strong"),))
        case Bullets():
            yield from map(line_cells, block.items)
        case Listing():
            yield line_cells((Run(block.code, "code"),))
        case Counts():
            yield from map(count_cells, block.items)
        case Picture():
            label, alt = Run(where_figures_are(lang), "quiet"), Run(f"\n{block.alt}", "quiet")
            yield line_cells((label, Run(block.caption), alt))
        case _:
            return


def count_cells(count: Count) -> tuple[Cell, Cell]:
    """Give a count and what it counts."""
    return Cell((Run(str(count.number)),), count.number), Cell((Run(count.label),))


def line_cells(runs: Runs) -> tuple[Cell, Cell]:
    """Give a line, which has no number of its own."""
    return Cell(()), Cell(runs)


def passage_cells(title: str, passage: Passage, lang: Language) -> tuple[Cell, ...]:
    """Give a passage of a text."""
    kind = in_language(lang, "段落", "paragraph")
    if passage.level:
        kind = in_language(lang, f"标题 {passage.level}", f"heading {passage.level}")
    partners = (
        run for partner in passage.partners for run in (Run("; "), Run(partner, to=f"#{partner}"))
    )
    return (
        Cell((Run(title),)),
        Cell((Run(passage.id),)),
        Cell((Run(kind),)),
        Cell((Run(passage.label),)),
        Cell((Run(moved_word(passage, lang)),)),
        Cell(tuple(partners)[1:]),
        Cell(passage.runs),
    )
