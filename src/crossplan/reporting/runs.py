"""Short ways to write the runs and cells of a report."""

from datetime import date

from crossplan.labels import Language
from crossplan.matching.wording import Redline
from crossplan.reporting.document import Cell, Run, Runs, Style


def words(*parts: str | Run) -> Runs:
    """Return plain text and runs as runs, without what is empty."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in runs if run.text)


def strong(text: str | int) -> Run:
    """Return text that stands out."""
    return Run(str(text), "strong")


def quiet(text: str, lang: Language | None = None) -> Run:
    """Return text that steps back."""
    return Run(text, "quiet", lang)


def code(text: str) -> Run:
    """Return text as one would type it."""
    return Run(text, "code")


def quoted(text: str | None) -> Run:
    """Return what a plan says, in its own language."""
    return Run(text or "", lang="zh")


def lead_to(passage_id: str | None) -> Run:
    """Return the id of a passage or target as a link to where it stands in the report."""
    return Run(passage_id or "", to=f"#{passage_id}" if passage_id else "")


def source(address: str) -> Run:
    """Return a source, as a link where it is an address."""
    return Run(address, to=address if address.startswith(("http://", "https://")) else "")


def cell(*parts: str | Run) -> Cell:
    """Return a cell of text."""
    return Cell(words(*parts))


def number(value: float | None, form: str = "{:,}", *after: str | Run, none: str = "") -> Cell:
    """Return a cell with a number, which is stored as it is and shown in a form."""
    if value is None:
        return Cell(words(none, *after))
    return Cell(words(form.format(value), *after), value)


def day(value: date | None, shown: str) -> Cell:
    """Return a cell with a date, or with the words that stand for an unknown one."""
    return Cell(words(shown), value)


def old_side(line: Redline) -> Runs:
    """Return the old text of a redline, with what was struck out."""
    return _side(line, "deleted")


def new_side(line: Redline) -> Runs:
    """Return the new text of a redline, with what was put in."""
    return _side(line, "inserted")


def _side(line: Redline, own: Style) -> Runs:
    """Return one of the two texts of a redline, with what only it has."""
    return tuple(
        Run(run.text, "plain" if run.kind == "same" else own, "zh")
        for run in line.runs
        if run.kind in {"same", own}
    )
