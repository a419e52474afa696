"""How much room text takes in a table: a Chinese letter as much as two others."""

from crossplan.reporting.document import Table

# Labels longer than that are broken.
LONGEST_LABEL = 12


def width_of(text: str) -> int:
    """Count the places that a line of text takes.

    Examples
    --------
    >>> width_of("2026 年")
    7
    """
    return sum(1 if character.isascii() else 2 for character in text)


def needed_widths(table: Table) -> list[float]:
    """Give the places that each column takes on average, or its label."""
    rows = table.shown_rows
    return [
        max(
            sum(width_of(row.cells[number].text) for row in rows) / max(len(rows), 1),
            min(width_of(column.label), LONGEST_LABEL),
        )
        for number, column in enumerate(table.columns)
    ]
