"""Columns of their own for links that stand among words.

A workbook knows links of whole cells only, and not every program keeps colours or breaks
lines in a cell that is one. What others lead to is also better filtered and joined alone.
"""

from dataclasses import replace

from crossplan.labels import Language, in_language
from crossplan.reporting.document import Cell, Column, Run, Table


def with_link_columns(table: Table, lang: Language) -> Table:
    """Put the first link of each cell into a column before, where there are words beside it.

    Examples
    --------
    >>> from crossplan.reporting.document import Row
    >>> cell = Cell((Run("1.5/3", to="#1.5/3"), Run(" "), Run("words")))
    >>> table = with_link_columns(Table("t", "", (Column("2026"),), (Row((cell,)),)), "en")
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
        for column in ((column_of_links(own, lang), own) if mixes else (own,))
    )
    rows = tuple(
        replace(
            row,
            cells=tuple(
                cell
                for own, mixes in zip(row.cells, mixed, strict=True)
                for cell in (apart(own) if mixes else (own,))
            ),
        )
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)


def column_of_links(column: Column, lang: Language) -> Column:
    """Name the column of the links of another."""
    return Column(column.label + in_language(lang, "：链接", ": link"), "id")


def is_mixed(cell: Cell) -> bool:
    """Tell whether a link has words beside it."""
    linked = any(run.to and run.text for run in cell.runs)
    return linked and any(not run.to and has_words(run.text) for run in cell.runs)


def has_words(text: str) -> bool:
    """Tell whether there is a letter or figure."""
    return any(character.isalnum() for character in text)


def apart(cell: Cell) -> tuple[Cell, Cell]:
    """Take the first link out of a cell; from within words it is copied."""
    runs = [run for run in cell.runs if run.text]
    links = [run for run in runs if run.to]
    if not links:
        return Cell(()), cell
    link = links[0]
    if runs[0] is link:
        runs = without_blank(runs[1:], 0)
    elif runs[-1] is link:
        runs = without_blank(runs[:-1], -1)
    return Cell((link,)), Cell(tuple(runs), cell.value)


def without_blank(runs: list[Run], end: int) -> list[Run]:
    """Drop the blank that stood between a link and the words."""
    return [run for run in runs if run is not runs[end] or run.text.strip()]
