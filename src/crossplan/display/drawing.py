"""Draw a view as HTML for a notebook, and as a line for a terminal.

The HTML has no script, no style sheet and no text colour. It therefore works in light and
dark themes, and stays readable in a viewer that removes styles. All text is escaped.
Quotations of a plan are in an element with ``dir="auto"``, so that right-to-left letters do
not reorder their neighbours. The sanitizers of GitHub and nbviewer keep this attribute, but
remove ``<bdi>``, which has the same effect.
"""

from functools import cache
from typing import TYPE_CHECKING

from crossplan.characters import visible
from crossplan.display.cells import shortened
from crossplan.display.view import View, number_of
from crossplan.languages.scripts import has_han

if TYPE_CHECKING:
    from jinja2 import Template

# The longest title in a line of a terminal, in characters.
_LONGEST_LINE = 120


def as_html(view: View) -> str:
    """Draw a view as HTML, with the same bytes every time."""
    return _template().render(
        view=view,
        rows=[[column.cells(row) for column in view.columns] for row in view.rows],
        shown=_shown(view),
    )


def as_line(view: View) -> str:
    """Draw a view as a line: its class, its subject, and its counts."""
    of = "".join(cell.text for cell in view.of)
    counts = ", ".join(view.counts) or number_of(view.total, "row")
    parts = [view.name, shortened(visible(of), _LONGEST_LINE), visible(counts)]
    return f"<{': '.join(filter(None, parts))}>"


def _shown(view: View) -> str:
    """Return a sentence on how many rows are shown, and which."""
    if len(view.rows) == view.total:
        return "" if view.rows else "There are no rows."
    rows = f"{len(view.rows):,} of {number_of(view.total, 'row')}"
    return f"Shown: {rows}{f', {view.note}' if view.note else ''}."


def _language(text: str) -> str:
    """Return the language of a quotation, if it is known from its characters."""
    return "zh-Hans" if has_han(text) else ""


@cache
def _template() -> "Template":
    """Load the template once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crossplan.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["language"] = _language
    return environment.get_template("view.html")
