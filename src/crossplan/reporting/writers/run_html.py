"""Write runs of text as HTML, with everything escaped."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from crossplan.characters import fit
from crossplan.labels import Language
from crossplan.reporting.document import Cell, Run, Style, Value
from crossplan.reporting.writers.links import place_of, web_address

if TYPE_CHECKING:
    from markupsafe import Markup

LANGUAGES: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
# The kinds of columns whose text stays on one line.
_CLASSES: dict[str, str] = {"number": "n", "id": "i", "date": "i"}
_TAGS: dict[Style, str] = {
    "plain": "span",
    "strong": "b",
    "quiet": "small",
    "code": "code",
    "inserted": "ins",
    "deleted": "del",
}


def runs_html(runs: Iterable[Run], *, lang: Language, places: Collection[str]) -> "Markup":
    """Write runs as HTML.

    Parameters
    ----------
    runs : iterable of Run
    lang : {"zh", "en"}
        Language of the text around them.
    places : collection of str
        The ids that links can lead to.
    """
    from markupsafe import Markup

    return Markup("").join(_run_html(run, lang, places) for run in runs)


def _run_html(run: Run, lang: Language, places: Collection[str]) -> "Markup":
    """Write one run as HTML."""
    from markupsafe import Markup, escape

    shown = escape(fit(run.text))
    attributes = Markup("")
    if run.lang not in (None, lang):
        attributes = Markup(' lang="{}"').format(LANGUAGES[run.lang or lang])
    if attributes or run.style != "plain":
        shown = Markup("<{0}{1}>{2}</{0}>").format(_TAGS[run.style], attributes, shown)
    if to := reachable(run.to, places=places):
        shown = Markup('<a href="{}">{}</a>').format(to, shown)
    return shown


def reachable(to: str, *, places: Collection[str]) -> str:
    """Return an address that leads to a place of the page or to the web, or an empty string."""
    if place := place_of(to):
        return anchor(place) if place in places else ""
    return web_address(to)


def anchor(place: str) -> str:
    """Return the address of a place in the page, percent-encoded.

    Examples
    --------
    >>> anchor("2026-2030/1.5/3"), anchor("a%b c")
    ('#2026-2030/1.5/3', '#a%25b%20c')
    """
    return f"#{quote(place, safe='/', errors='replace')}"


def cell_html(cell: Cell, kind: str, *, lang: Language, places: Collection[str]) -> "Markup":
    """Write a cell of a table, with its sort value."""
    from markupsafe import Markup

    shown = runs_html(cell.runs, lang=lang, places=places)
    classes = Markup(' class="{}"').format(_CLASSES[kind]) if kind in _CLASSES else Markup("")
    order = Markup("")
    if kind in {"number", "date"}:
        order = Markup(' data-order="{}"').format(_order_of(cell.value))
    return Markup("<td{}{}>{}</td>").format(classes, order, shown)


def _order_of(value: Value) -> str:
    """Return the sort value of a cell; an empty cell comes before all others."""
    return "" if value is None else str(value)
