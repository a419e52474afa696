"""A text that is collated: a stored one, the shipped one, or a file."""

from pathlib import Path
from typing import NamedTuple

from crossplan.acquisition.intake import Origin, draft_bytes, examine
from crossplan.corpora.catalog import Series
from crossplan.corpora.encoding import read_text
from crossplan.corpora.load import outlined_plan, shipped_plan, with_stored
from crossplan.corpora.store import SHIPPED, find_witness, read_stored, witness_folders
from crossplan.model import Plan
from crossplan.readers.document import read_file


class Text(NamedTuple):
    """A text that is collated, with the characters of its file."""

    name: str
    plan: Plan
    decoded: str
    apparatus: Path | None


def text_of(series: Series, plan_id: str, name: str | Path, home: str | Path | None) -> Text:
    """Find a text by its name, or read the file of that name."""
    if name == SHIPPED and series.plans[plan_id].witness is not None:
        plan = shipped_plan(series, plan_id, corrections=False)
        path = series.folder / plan_id / plan.require_reading("text").witness.name
        return Text(SHIPPED, plan, read_text(path)[1], None)
    folders = witness_folders(series.record.id, plan_id, home)
    if isinstance(name, Path) or (
        name not in {folder.name for folder in folders} and Path(name).exists()
    ):
        return text_of_file(series, plan_id, Path(name))
    stored = read_stored(find_witness(folders, str(name), plan_id))
    outlined = outlined_plan(series, plan_id)
    plan = with_stored(outlined, series, stored, corrections=False)
    return Text(stored.name, plan, read_text(stored.text_path)[1], stored.corrections_path)


def text_of_file(series: Series, plan_id: str, path: Path) -> Text:
    """Read a file as the text of a plan, without storing it."""
    document = read_file(path)
    candidate = examine(series, plan_id, document, Origin("added", document.name))
    return Text(document.name, candidate.plan, draft_bytes(candidate.draft).decode(), None)
