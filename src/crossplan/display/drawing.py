"""Drawing a view: as HTML for a notebook, and as a line for a terminal.

The HTML carries no script, no style sheet and no colour of its own for text, so that it is
at home in light and in dark, and a viewer that strips the styles still has a sound
table. All text is escaped. What comes from a plan stands in an element with ``dir="auto"``,
which keeps letters that run from right to left from reordering their neighbours; unlike
``<bdi>``, which does the same, the attribute is let through by the sanitizers of GitHub and
nbviewer.
"""

from functools import cache
from typing import TYPE_CHECKING

from crossplan.characters import visible
from crossplan.display.cells import shortened
from crossplan.display.view import View, number_of
from crossplan.languages.scripts import has_han

if TYPE_CHECKING:
    from jinja2 import Template

# So many characters of a title fit a line of a terminal.
_LONGEST_LINE = 120


def as_html(view: View) -> str:
    """Draw a view as HTML; the same bytes every time."""
    return _template().render(
        view=view,
        rows=[[column.cells(row) for column in view.columns] for row in view.rows],
        shown=_shown(view),
    )


def as_line(view: View) -> str:
    """Draw a view as a line: its class, what it is of, and its counts."""
    of = "".join(cell.text for cell in view.of)
    counts = ", ".join(view.counts) or number_of(view.total, "row")
    parts = [view.name, shortened(visible(of), _LONGEST_LINE), visible(counts)]
    return f"<{': '.join(filter(None, parts))}>"


def _shown(view: View) -> str:
    """Say how many rows are shown, and which."""
    if len(view.rows) == view.total:
        return "" if view.rows else "There are no rows."
    rows = f"{len(view.rows):,} of {number_of(view.total, 'row')}"
    return f"Shown: {rows}{f', {view.note}' if view.note else ''}."


def _language(text: str) -> str:
    """Return the language of what a plan says, where its characters tell it."""
    return "zh-Hans" if has_han(text) else ""


@cache
def _template() -> "Template":
    """Read the template once."""
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
