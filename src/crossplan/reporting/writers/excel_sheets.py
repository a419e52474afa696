"""Turn a report into the sheets of a workbook, each a table with lines above it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from crossplan.characters import fit
from crossplan.labels import Language, in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Count,
    Counts,
    Listing,
    Panels,
    Picture,
    ReadingPassage,
    ReadingView,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Subheading,
    TextRun,
)
from crossplan.reporting.writers.hyperlinks import moved_word, where_figures_are

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
# Excel reserves this name.
_RESERVED = "history"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes
    ----------
    name : str
    lines : tuple of str
        Lines above the table.
    table : ReportTable
    chapters : tuple of str
        Ids of the chapters that the sheet shows.
    """

    name: str
    lines: tuple[str, ...]
    table: ReportTable
    chapters: tuple[str, ...] = ()


def sheets(document: ReportDocument) -> list[Sheet]:
    """Return the sheets of a report: findings, tables, texts, and everything else."""
    names = _Names()
    found = [_findings(document, names.free("findings"))]
    for chapter in document.chapters:
        own: tuple[str, ...] = (chapter.id,)
        for block in chapter.blocks:
            if isinstance(block, ReportTable):
                found.append(Sheet(names.free(block.name), (block.caption,), block, own))
                own = ()
    if any(isinstance(block, ReadingView) for block in document.blocks()):
        found.append(_texts(document, names.free("texts")))
    return [*found, _about(document, names.free("about"))]


def _findings(document: ReportDocument, name: str) -> Sheet:
    """Return the sheet of the findings, with the counts and lines of each."""
    having = [
        (chapter, block)
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Panels)
    ]
    rows = [
        ReportRow((title, *cells))
        for _, block in having
        for panel in block.panels
        for title in [ReportCell((TextRun(panel.title, to=panel.to),))]
        for cells in (*map(_count_cells, panel.counts), *map(_line_cells, panel.lines))
    ]
    t = _labels(document.lang)
    columns = _columns_of_lines(t("发现", "Finding"), document.lang)
    table = ReportTable(name, document.title, columns, tuple(rows))
    chapters = tuple(dict.fromkeys(chapter.id for chapter, _ in having))
    return Sheet(name, (document.title, document.subtitle), table, chapters)


def _texts(document: ReportDocument, name: str) -> Sheet:
    """Return the sheet of the texts, one row for each passage."""
    t = _labels(document.lang)
    columns = (
        ReportColumn(t("计划", "Plan"), "choice"),
        ReportColumn(t("编号", "Passage"), "id"),
        ReportColumn(t("类别", "Kind"), "choice"),
        ReportColumn(t("判定", "Status"), "choice"),
        ReportColumn(t("移位", "Moved"), "choice"),
        ReportColumn(t("对应", "Linked to"), "id"),
        ReportColumn(t("文字", "Text")),
    )
    having = {
        chapter.id: [block for block in chapter.blocks if isinstance(block, ReadingView)]
        for chapter in document.chapters
    }
    rows = tuple(
        ReportRow(_passage_cells(text.title, passage, document.lang), id=passage.id)
        for readings in having.values()
        for reading in readings
        for text in reading.texts
        for passage in text.passages
    )
    caption = t("各期计划的文字", "The texts of the plans")
    chapters = tuple(chapter for chapter, readings in having.items() if readings)
    return Sheet(name, (caption,), ReportTable(name, caption, columns, rows), chapters)


def _about(document: ReportDocument, name: str) -> Sheet:
    """Return the sheet of what is not in tables: method, sources, versions, notes, captions."""
    t = _labels(document.lang)
    columns = _columns_of_lines(t("章", "Chapter"), document.lang)
    rows = tuple(
        ReportRow((ReportCell((TextRun(chapter.title),)), *cells))
        for chapter in document.chapters
        for block in chapter.blocks
        for cells in _block_cells(block, document.lang)
    )
    caption = t(
        "方法、来源、版本与各章说明", "Method, sources, versions, and notes of all chapters"
    )
    chapters = tuple(chapter.id for chapter in document.chapters)
    return Sheet(name, (caption,), ReportTable(name, caption, columns, rows), chapters)


def _columns_of_lines(first: str, lang: Language) -> tuple[ReportColumn, ...]:
    """Return the columns for lines that come from no table: place, number and text."""
    t = _labels(lang)
    return (
        ReportColumn(first, "choice"),
        ReportColumn(t("数目", "Number"), "number"),
        ReportColumn(t("内容", "What")),
    )


def _labels(lang: Language) -> Callable[[str, str], str]:
    """Return a function that chooses between the Chinese and the English form of a label."""
    return partial(in_language, lang)


def _block_cells(block: Block, lang: Language) -> Iterator[tuple[ReportCell, ReportCell]]:
    """Yield a number and a text for each line of a block other than a table, finding or text."""
    match block:
        case ReportParagraph():
            yield _line_cells(block.runs)
        case Subheading():
            yield _line_cells((TextRun(block.text, "strong"),))
        case Bullets():
            yield from map(_line_cells, block.items)
        case Listing():
            yield _line_cells((TextRun(block.code, "code"),))
        case Counts():
            yield from map(_count_cells, block.items)
        case Picture():
            label, alt = (
                TextRun(where_figures_are(lang), "quiet"),
                TextRun(f"\n{block.alt}", "quiet"),
            )
            yield _line_cells((label, TextRun(block.caption), alt))
        case _:
            return


def _count_cells(count: Count) -> tuple[ReportCell, ReportCell]:
    """Return the cells of a count: the number and its label."""
    return ReportCell((TextRun(str(count.number)),), count.number), ReportCell(
        (TextRun(count.label),)
    )


def _line_cells(runs: Runs) -> tuple[ReportCell, ReportCell]:
    """Return the cells of a line, which has no number."""
    return ReportCell(()), ReportCell(runs)


def _passage_cells(title: str, passage: ReadingPassage, lang: Language) -> tuple[ReportCell, ...]:
    """Return the cells of a passage of a text."""
    kind = in_language(lang, "段落", "paragraph")
    if passage.level:
        kind = in_language(lang, f"标题 {passage.level}", f"heading {passage.level}")
    partners = (
        run
        for partner in passage.partners
        for run in (TextRun("; "), TextRun(partner, to=f"#{partner}"))
    )
    return (
        ReportCell((TextRun(title),)),
        ReportCell((TextRun(passage.id),)),
        ReportCell((TextRun(kind),)),
        ReportCell((TextRun(passage.label),)),
        ReportCell((TextRun(moved_word(passage, lang)),)),
        ReportCell(tuple(partners)[1:]),
        ReportCell(passage.runs),
    )


class _Names:
    """Unique names for sheets, compared without regard to case.

    Examples
    --------
    >>> names = _Names()
    >>> names.free("a/b"), names.free("A-B"), names.free("history")
    ('a-b', 'A-B (2)', 'history (2)')
    """

    def __init__(self) -> None:
        self.taken = {_RESERVED}

    def free(self, wanted: str) -> str:
        """Return a free name that is close to the wanted one."""
        base = _FORBIDDEN.sub("-", fit(wanted)).strip("'") or "-"
        number, name = 1, base[:_LONGEST]
        while name.lower() in self.taken:
            number += 1
            end = f" ({number})"
            name = base[: _LONGEST - len(end)] + end
        self.taken.add(name.lower())
        return name


def with_link_columns(table: ReportTable, lang: Language) -> ReportTable:
    """Move the first link of cells that hold a link and words into a column before them.

    Examples
    --------
    >>> from crossplan.reporting.document import ReportRow
    >>> cell = ReportCell((TextRun("1.5/3", to="#1.5/3"), TextRun(" "), TextRun("words")))
    >>> table = ReportTable("t", "", (ReportColumn("2026"),), (ReportRow((cell,)),))
    >>> table = with_link_columns(table, "en")
    >>> [column.label for column in table.columns], [c.text for c in table.rows[0].cells]
    (['2026: link', '2026'], ['1.5/3', 'words'])
    """
    mixed = [
        any(is_mixed(row.cells[number]) for row in table.rows)
        for number in range(len(table.columns))
    ]
    columns = tuple(
        column
        for own, mixes in zip(table.columns, mixed, strict=True)
        for column in ((_column_of_links(own, lang), own) if mixes else (own,))
    )
    rows = tuple(
        replace(
            row,
            cells=tuple(
                cell
                for own, mixes in zip(row.cells, mixed, strict=True)
                for cell in (_split_cell(own) if mixes else (own,))
            ),
        )
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)


def _column_of_links(column: ReportColumn, lang: Language) -> ReportColumn:
    """Return the column for the links of another column."""
    return ReportColumn(column.label + in_language(lang, "：链接", ": link"), "id")


def is_mixed(cell: ReportCell) -> bool:
    """Return whether a cell holds words in addition to a link."""
    linked = any(run.to and run.text for run in cell.runs)
    return linked and any(not run.to and _has_words(run.text) for run in cell.runs)


def _has_words(text: str) -> bool:
    """Return whether a text has a letter or digit."""
    return any(character.isalnum() for character in text)


def _split_cell(cell: ReportCell) -> tuple[ReportCell, ReportCell]:
    """Take the first link out of a cell, or copy it if it is between words."""
    runs = [run for run in cell.runs if run.text]
    links = [run for run in runs if run.to]
    if not links:
        return ReportCell(()), cell
    link = links[0]
    if runs[0] is link:
        runs = _without_blank(runs[1:], 0)
    elif runs[-1] is link:
        runs = _without_blank(runs[:-1], -1)
    return ReportCell((link,)), ReportCell(tuple(runs), cell.value)


def _without_blank(runs: list[TextRun], end: int) -> list[TextRun]:
    """Drop the blank between a link and the words."""
    return [run for run in runs if run is not runs[end] or run.text.strip()]
