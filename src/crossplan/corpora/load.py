"""Loading one plan of a series from files on this machine."""

import hashlib
import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz.distance import Levenshtein

from crossplan.cache_files import cache_folder, keep, kept, key_of
from crossplan.corpora.catalog import (
    Series,
    addresses,
    curated_targets,
    outline,
    read_corrections,
    read_series,
    read_witness,
)
from crossplan.corpora.clean import Edit, TracedText, clean
from crossplan.corpora.encoding import read_text
from crossplan.corpora.marks import Marks
from crossplan.corpora.parse import parse
from crossplan.corpora.store import (
    CORRECTIONS,
    StoredWitness,
    find_series,
    read_stored,
    witness_in_use,
)
from crossplan.errors import DamagedWitnessError, MissingFolderError
from crossplan.model import Correction, Lexicon, Plan, Reading, Witness
from crossplan.recipes import call

DEFAULT_SERIES = "national-human-rights-action-plans"

_KIND = "plans"

# Classes of plans and plain types, which run no other code when they are unpickled.
_MODEL = "crossplan.model."
_PLAIN = frozenset({("datetime", "date"), ("builtins", "range")})


def load_plan(
    plan_id: str,
    series: str | Path = DEFAULT_SERIES,
    *,
    folder: str | Path | None = None,
    home: str | Path | None = None,
    corrections: bool = True,
) -> Plan:
    """Load one plan of a series; see :func:`load_plans` for the other parameters.

    Raises
    ------
    UnknownPlanError
        If the series has no plan of that id.

    Examples
    --------
    >>> import crossplan as cp
    >>> cp.load_plan("2026-2030")
    <Plan 2026-2030 国家人权行动计划（2026—2030年）: 8 chapters, 32 sections, coverage full>
    """
    described = read_series(find_series(series))
    described.wanted(plan_id)
    texts = texts_in(folder, described)
    plan = build_plan(described, plan_id, texts.get(plan_id), home, corrections=corrections)
    named = named_arguments(series, folder, home, corrections=corrections)
    return plan.remembering(call("cp.load_plan", plan_id, **named))


@cache
def shipped_ids() -> frozenset[str]:
    """Return the ids of the plans of the default series."""
    return frozenset(read_series(find_series(DEFAULT_SERIES)).plans)


def named_arguments(
    series: str | Path,
    folder: str | Path | None,
    home: str | Path | None,
    *,
    corrections: bool,
) -> dict[str, str | bool | None]:
    """Return the arguments that differ from their defaults, the others as None."""
    return {
        "series": None if series == DEFAULT_SERIES else str(series),
        "folder": None if folder is None else str(folder),
        "home": None if home is None else str(home),
        "corrections": None if corrections else False,
    }


def texts_in(folder: str | Path | None, series: Series) -> dict[str, Path]:
    """Return the texts of plans in a folder, by plan id; empty without a folder."""
    if folder is None:
        return {}
    folder = Path(folder)
    if not folder.is_dir():
        raise MissingFolderError(folder, "there is no such folder", series.plans)
    texts = {
        plan_id: path for plan_id in series.plans if (path := folder / f"{plan_id}.txt").is_file()
    }
    if not texts:
        raise MissingFolderError(folder, "no file there is named after a plan", series.plans)
    return texts


def build_plan(
    series: Series,
    plan_id: str,
    text: Path | None,
    home: str | Path | None = None,
    *,
    corrections: bool,
) -> Plan:
    """Build a plan from its record and, where there is one, its text."""
    if text is not None:
        apparatus = series.folder / plan_id / CORRECTIONS
        outlined = outlined_plan(series, plan_id)
        return _with_text(outlined, series, text, apparatus, corrections=corrections)
    shipped = series.plans[plan_id].witness is not None
    stored = witness_in_use(series.record.id, plan_id, home, shipped=shipped)
    if stored is not None:
        outlined = outlined_plan(series, plan_id)
        return with_stored(outlined, series, read_stored(stored), corrections=corrections)
    return shipped_plan(series, plan_id, corrections=corrections)


def outlined_plan(series: Series, plan_id: str) -> Plan:
    """Build a plan from its record alone."""
    record = series.plans[plan_id]
    introduction, chapters = outline(record)
    return Plan(
        id=plan_id,
        title=record.title.own,
        title_en=record.title.en,
        start_year=record.period.start,
        end_year=record.period.end,
        published=record.published,
        publisher=record.publisher.own,
        publisher_en=record.publisher.en or "",
        language=series.record.language,
        introduction=introduction,
        chapters=chapters,
        curated_targets=curated_targets(series, plan_id),
        addresses=addresses(record),
        outline_confidence=tuple(record.outline_confidence.items()),
        outline_doubts=tuple((doubt.zh, doubt.en) for doubt in record.outline_doubts),
        generic_endings=series.record.titles.generic_endings,
        indicators=series.indicators,
        lexicon=series.lexicon,
    )


def shipped_plan(series: Series, plan_id: str, *, corrections: bool) -> Plan:
    """Build a plan from its record and the text that is shipped, if any."""
    outlined = outlined_plan(series, plan_id)
    shipped = read_witness(series, plan_id)
    if shipped is None:
        return outlined
    path, described = shipped
    apparatus = series.folder / plan_id / CORRECTIONS
    filled = _with_text(outlined, series, path, apparatus, corrections=corrections)
    return with_source(filled, described.source, described.address, described.note)


def with_stored(plan: Plan, series: Series, stored: StoredWitness, *, corrections: bool) -> Plan:
    """Read the text of a plan from the data folder.

    Raises
    ------
    DamagedWitnessError
        If the text has changed since it was stored.
    """
    filled = _with_text(
        plan, series, stored.text_path, stored.corrections_path, corrections=corrections
    )
    witness = filled.require_reading("text").witness
    if witness.sha256 != stored.source.text_sha256:
        raise DamagedWitnessError(stored.folder, "the checksum of its text.txt has changed")
    return with_source(filled, _source_words(stored), stored.source.address, _repair_words(stored))


def _source_words(stored: StoredWitness) -> str:
    """Return the source of a stored text in one line.

    The date is left out: results contain the line, and they must not depend on the day of
    the download.
    """
    source = stored.source
    revision = f", revision {source.revision}" if source.revision else ""
    return f"{stored.name}: {source.way} from {source.name}{revision}"


def _repair_words(stored: StoredWitness) -> str:
    """Return the repairs of a stored text in one line."""
    return "; ".join(f"{repair.kind}: {repair.count}" for repair in stored.source.repairs)


def with_source(plan: Plan, source: str, address: str, note: str) -> Plan:
    """Return a plan whose witness names its source."""
    reading = plan.require_reading("text")
    witness = replace(reading.witness, source=source, address=address, note=note)
    return replace(plan, reading=replace(reading, witness=witness))


def _with_text(
    plan: Plan, series: Series, path: Path, apparatus: Path, *, corrections: bool
) -> Plan:
    """Read the text of a plan from a file."""
    data, text, encoding = read_text(path)
    sha256 = hashlib.sha256(data).hexdigest()
    entries = read_corrections(apparatus, text, sha256, apply=corrections)
    witness = Witness(path.name, sha256, encoding, len(text))
    marks = series.marks(plan.id)
    return _parsed_into(
        plan,
        sha256,
        (path.name, marks.description, msgspec.json.encode(entries)),
        lambda: filled_plan(plan, marks, text, witness, entries),
    )


def filled_plan(
    plan: Plan, marks: Marks, text: str, witness: Witness, corrections: Sequence[Correction] = ()
) -> Plan:
    """Return a plan with its text: witness, corrections, reading text and tree.

    Raises
    ------
    NotThePlanError
    """
    cleaned, joins = clean(correct(text, corrections), marks)
    parsed = parse(cleaned.text, plan.introduction, plan.chapters, marks, witness.name)
    return replace(
        plan,
        introduction=parsed.introduction,
        chapters=parsed.chapters,
        nodes=parsed.nodes,
        gaps=parsed.findings,
        reading=Reading(cleaned.text, cleaned.origins, witness, tuple(corrections), joins),
    )


def parsed_once(sha256: str, parts: tuple[bytes | str, ...], parse: Callable[[], Plan]) -> Plan:
    """Return the plan of a text from the cache, or parse the text and cache the plan.

    Parameters
    ----------
    sha256 : str
        Checksum of the file that the text is read from.
    parts : tuple of bytes or str
        Everything else that the plan depends on.
    parse : callable
        Returns the plan.
    """
    key = key_of(sha256, *parts)
    data = kept(_KIND, key)
    plan = unpacked(data) if data is not None else None
    if plan is None:
        plan = parse()
        # The file may have been changed after its checksum was made.
        same = plan.reading is not None and plan.reading.witness.sha256 == sha256
        if same and cache_folder() is not None:
            keep(_KIND, key, packed(plan))
    return plan


def _parsed_into(
    plan: Plan, sha256: str, parts: tuple[bytes | str, ...], parse: Callable[[], Plan]
) -> Plan:
    """Return a plan with its text, from the cache if possible; see :func:`parsed_once`.

    The lexicon and the indicators, which all plans of a series share, are not cached.
    """
    import msgspec

    alone = replace(plan, lexicon=Lexicon(), indicators=())
    found = parsed_once(
        sha256,
        (msgspec.json.encode(alone), *parts),
        lambda: replace(parse(), lexicon=Lexicon(), indicators=()),
    )
    return replace(found, lexicon=plan.lexicon, indicators=plan.indicators)


def correct(text: str, corrections: Sequence[Correction]) -> TracedText:
    """Apply the corrections that are marked as applied.

    Parameters
    ----------
    text : str
        The decoded witness.
    corrections : sequence of Correction
        Their `start` is the offset of the reading in the witness.

    Returns
    -------
    TracedText
        The corrected text. Only the characters that differ are replaced; all others keep
        their exact place in the witness.
    """
    edits = [
        Edit(
            correction.start + step.src_start,
            correction.start + step.src_end,
            correction.corrected[step.dest_start : step.dest_end],
        )
        for correction in corrections
        if correction.applied
        for step in Levenshtein.opcodes(correction.witness, correction.corrected)
        if step.tag != "equal"
    ]
    return TracedText.begin(text).edited(edits)


def packed(plan: Plan) -> bytes:
    """Return a plan as bytes."""
    return pickle.dumps(plan, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Plan | None:
    """Return the plan of bytes; None if they contain something else.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> unpacked(packed(plan)) == plan
    True
    >>> import os
    >>> unpacked(pickle.dumps(os.getcwd))
    """
    try:
        plan = _PlanUnpickler(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 - damaged data can raise any error
        return None
    return plan if isinstance(plan, Plan) else None


class _PlanUnpickler(pickle.Unpickler):
    """An unpickler that accepts only the classes of a plan."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the model or a plain type; raise an error for all others."""
        if module.startswith(_MODEL) or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a plan")
