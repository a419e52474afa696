"""The columns of every table, on the page of the class whose results have it."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from crossplan.result import Result
from crossplan.tables import Table

# Behind numpydoc, which writes the lines anew.
LAST = 900
MARKS = str.maketrans({mark: f"\\{mark}" for mark in "*_`|<"})


def add_columns(
    _app: Sphinx, what: str, _name: str, value: Any, _options: Any, lines: list[str]
) -> None:
    """Add the declared tables to the docstring of a class of results."""
    if what == "class" and issubclass(value, Result) and hasattr(value, "kind"):
        for table in value.kind.tables:
            lines += described(table)


def described(table: Table) -> Iterator[str]:
    """Write a table of the columns of a table, as reStructuredText."""
    name = f"``{table.name}``" if table.name else "``table``"
    yield from ("", f".. rubric:: Columns of {name}", "", table.en, "")
    yield from (".. list-table::", "   :header-rows: 1", "")
    yield from row("column", "type", "meaning")
    for column, declared in table.columns.items():
        choices = f" One of: {', '.join(declared.choices)}." if declared.choices else ""
        shown = "named after plans" if column == "*" else f"``{column}``"
        yield from row(shown, declared.dtype, f"{plain(declared.en)}{plain(choices)}")
    yield ""


def row(*cells: str) -> Iterator[str]:
    """Write a row of a list-table."""
    for number, cell in enumerate(cells):
        yield f"   {'* ' if number == 0 else '  '}- {cell}"


def plain(text: str) -> str:
    """Write text that has no marks of reStructuredText."""
    return text.translate(MARKS)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the pages of classes."""
    app.connect("autodoc-process-docstring", add_columns, priority=LAST)
    return {"parallel_read_safe": True}
