"""Repairing, verifying and storing a document as the text of a plan."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from crossplan._version import __version__
from crossplan.acquisition.apparatus import apparatus_toml, carried_over, read_entries
from crossplan.acquisition.cut import cut_out
from crossplan.acquisition.findings import find_all
from crossplan.acquisition.headings import HeadingMender, Known
from crossplan.acquisition.page_layout import join_pages, unwrap
from crossplan.acquisition.repairs import Draft, keep_chinese, mend_characters, to_simplified
from crossplan.acquisition.verification import Checked, check_stored, known
from crossplan.corpora.catalog import Series
from crossplan.corpora.load import filled_plan
from crossplan.corpora.parse import FEWEST_HEADINGS
from crossplan.corpora.records import CorrectionRecord, MarkForms
from crossplan.corpora.store import (
    CORRECTIONS,
    ORIGINALS,
    SOURCE,
    TEXT,
    OriginalRecord,
    SourceRecord,
    move_in,
    plan_folder,
    put_in_use,
    safe_name,
    set_aside,
    stage,
    witness_folders,
    write_files,
)
from crossplan.errors import LanguageError, NotThePlanError, UnreadableTextError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.registry import describe, find_language
from crossplan.model import Plan, Witness
from crossplan.readers.document import Document

_DIGITS_OF_CHECKSUM = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a document.

    Attributes
    ----------
    way : {"fetched", "added"}
    name : str
        The name of the host or of the file.
    address, revision : str
        The address and revision to cite; empty for a file.
    page_addresses : tuple of str
        The address of each of its pages.
    """

    way: Literal["fetched", "added"]
    name: str
    address: str = ""
    revision: str = ""
    page_addresses: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class StorableText:
    """A text that can be stored.

    Attributes
    ----------
    document : Document
    origin : Origin
    draft : Draft
        The text of the plan.
    plan : Plan
        The plan, without corrections.
    checked : Checked
        The result of verifying it.
    """

    document: Document
    origin: Origin
    draft: Draft
    plan: Plan
    checked: Checked


def examine(series: Series, plan_id: str, document: Document, origin: Origin) -> StorableText:
    """Find the text of a plan in a document, and verify it. Nothing is stored.

    Raises
    ------
    NotThePlanError
        If it has fewer than half of the headings of the plan, or more of another plan.
    """
    plans = {other: known(series, other) for other in series.plans}
    wanted = plans[plan_id]
    mended = mend(document, wanted, series.record.marks)
    _require_the_plan(plans, plan_id, mended, document.name)
    draft = cut_out(mended, wanted)
    _require_the_plan(plans, plan_id, draft, document.name)
    text = draft_bytes(draft).decode()
    witness = Witness(document.name, "", "utf-8", len(text))
    plan = filled_plan(wanted.plan, wanted.marks, text, witness)
    checked = Checked(
        plan_id, "", in_use=False, plan=plan, findings=find_all(plan, wanted, draft.repairs)
    )
    return StorableText(document, origin, draft, plan, checked)


def store(series: Series, candidate: StorableText, *, home: str | Path | None = None) -> Checked:
    """Store a text and make it the one that is read.

    Raises
    ------
    OutputError
        If it cannot be stored.
    """
    plan_id, document = candidate.checked.plan_id, candidate.document
    source = _source_record(series, plan_id, candidate)
    text = draft_bytes(candidate.draft)
    name = f"{safe_name(candidate.origin.name)}-{source.text_sha256[:_DIGITS_OF_CHECKSUM]}"
    target = plan_folder(series.record.id, plan_id, home) / name
    files = {
        TEXT: text,
        SOURCE: msgspec.json.format(msgspec.json.encode(source), indent=2),
        **{
            f"{ORIGINALS}/{record.file}": original.data
            for record, original in zip(source.originals, document.originals, strict=True)
        },
    }
    if entries := carried_over(_apparatus_known(series, plan_id, home), text.decode()):
        files[CORRECTIONS] = apparatus_toml(entries, source.text_sha256).encode()
    with stage(home) as staged:
        write_files(staged, files)
        checked = check_stored(series, plan_id, staged, in_use=True)
        if checked.plan is None:
            raise UnreadableTextError(
                Path(document.name), checked.refusal.removesuffix("."), "Nothing was stored."
            )
        if target.is_dir() and check_stored(series, plan_id, target, in_use=True).plan is None:
            set_aside(target)
        move_in(staged, target)
    put_in_use(series.record.id, plan_id, name, home)
    return check_stored(series, plan_id, target, in_use=True)


def draft_bytes(draft: Draft) -> bytes:
    """Return a draft as the file that is stored."""
    return "".join(f"{line}\n" for line in draft.lines).encode()


def _require_the_plan(plans: Mapping[str, Known], plan_id: str, draft: Draft, name: str) -> None:
    """Raise an error for a text of another plan, or of no plan."""
    shares = {other: _share_found(plan, draft.lines) for other, plan in plans.items()}
    found, expected = shares[plan_id]
    rather = max(shares, key=lambda other: shares[other][0] / shares[other][1])
    if shares[rather][0] / shares[rather][1] <= max(found / expected, FEWEST_HEADINGS):
        rather = ""
    if rather or found < FEWEST_HEADINGS * expected:
        raise NotThePlanError(name, plan_id, found, expected, rather=rather)


def _share_found(plan: Known, lines: Sequence[str]) -> tuple[int, int]:
    """Return the numbers of headings of a plan found in lines and expected."""
    return len(plan.headings(lines).body), len(plan.outline)


def _apparatus_known(
    series: Series, plan_id: str, home: str | Path | None
) -> list[CorrectionRecord]:
    """Return the known corrections of a plan: those of the user, then of the series."""
    own = [folder / CORRECTIONS for folder in witness_folders(series.record.id, plan_id, home)]
    return read_entries([*own, series.folder / plan_id / CORRECTIONS])


def _source_record(series: Series, plan_id: str, candidate: StorableText) -> SourceRecord:
    """Return the record of the source of a text and its repairs."""
    document, origin, draft = candidate.document, candidate.origin, candidate.draft
    addresses = origin.page_addresses or ("",) * len(document.originals)
    return SourceRecord(
        series=series.record.id,
        plan=plan_id,
        way=origin.way,
        name=origin.name,
        address=origin.address,
        revision=origin.revision,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        text_sha256=hashlib.sha256(draft_bytes(draft)).hexdigest(),
        originals=tuple(
            OriginalRecord(
                file=f"{number}-{safe_name(original.name)}",
                sha256=hashlib.sha256(original.data).hexdigest(),
                address=address,
            )
            for number, (original, address) in enumerate(
                zip(document.originals, addresses, strict=True), start=1
            )
        ),
        repairs=draft.repairs,
        crossplan=__version__,
    )


def require_chinese(series: Series) -> None:
    """Raise an error if the texts of a series cannot be cut out of pages and repaired.

    Raises
    ------
    LanguageError
    """
    if find_language(series.record.language) != CHINESE:
        raise LanguageError(
            f"the series {series.record.id} is written in {describe(series.record.language)}, and "
            "texts are cut out of pages and mended in Chinese only",
            "Save the text of each plan as plain text in a folder, named after the plan, and "
            "load it from there: load_plans(series, folder=...).",
        )


def mend(document: Document, known: Known, forms: MarkForms) -> Draft:
    """Repair known damage, and remove the edges of pages.

    Parameters
    ----------
    document : Document
    known : Known
        The outline of the plan, and the marks of its series.
    forms : MarkForms
        The marks as they are printed.

    Returns
    -------
    Draft
        The lines, and every repair with its number and examples.
    """
    draft = join_pages(document.pages, known)
    if any(original.form == "pdf" for original in document.originals):
        draft = unwrap(draft, known)
    draft = Draft(tuple(line.strip() for line in draft.lines if line.strip()), draft.repairs)
    draft = mend_characters(draft)
    draft = to_simplified(keep_chinese(draft))
    return HeadingMender(known, forms).mend(draft)
