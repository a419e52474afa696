"""The schema of the files of a series, and reading files by it.

The classes are the schema. A key that is missing, unknown or of the wrong type raises an
error with the file, the place in it, and the remedy.
"""

import csv
import re
import tomllib
from datetime import date
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from crossplan.errors import SeriesError
from crossplan.languages.registry import LANGUAGE_CODE
from crossplan.model import Certainty, Comparator, Direction, Polarity, TargetKind

_REMEDY = "Correct it as docs/series-format.md describes"


class _Record(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The base of all records, which forbids unknown keys."""


class _Bilingual(_Record):
    """A title or name in Chinese, in English, or in both."""

    zh: str | None = None
    en: str | None = None

    @property
    def own(self) -> str:
        """The title or name in the language of the plan."""
        return self.en or "" if self.zh is None else self.zh

    def __post_init__(self) -> None:
        if self.zh is None and self.en is None:
            raise ValueError("Object missing required field `zh`")


class Remark(_Record):
    """A remark in both languages."""

    zh: str
    en: str


class MarkForms(_Record):
    """``[marks]`` of a series."""

    chapter: tuple[str, ...]
    section: tuple[str, ...]
    measure: tuple[str, ...]
    contents: tuple[str, ...] = ()


class _Titles(_Record):
    """``[titles]`` of a series."""

    generic_endings: tuple[str, ...] = ()


class SeriesRecord(_Record):
    """``series.toml``."""

    id: str
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE_CODE)]
    plans: tuple[str, ...]
    title: _Bilingual
    marks: MarkForms
    titles: _Titles = msgspec.field(default_factory=_Titles)


class _Period(_Record):
    """First and last year of a plan."""

    start: int
    end: int


class _SectionRecord(_Bilingual):
    """A section of an outline."""


class _ChapterRecord(_Bilingual):
    """A chapter of an outline, with its sections."""

    sections: tuple[_SectionRecord, ...] = ()


class WitnessRecord(_Record):
    """The text that is shipped with a plan."""

    file: str
    sha256: str
    source: str
    address: str = ""
    note: str = ""


class TextRecord(_Record):
    """Where a copy of a text is published."""

    language: str
    address: str
    opened: bool = False
    api: str = ""
    note: str = ""


class _AssessmentRecord(_Record):
    """The official assessment of a plan."""

    zh: str
    published: date
    note: str = ""
    texts: tuple[TextRecord, ...] = ()


class PlanRecord(_Record):
    """``plan.toml``."""

    id: str
    introduction: str
    period: _Period
    title: _Bilingual
    publisher: _Bilingual
    chapters: tuple[_ChapterRecord, ...]
    published: date | None = None
    date_on_document: str = ""
    introduction_printed: bool = True
    approximate_characters: int | None = None
    witness: WitnessRecord | None = None
    outline_confidence: dict[str, str] = {}
    outline_doubts: tuple[Remark, ...] = ()
    texts: tuple[TextRecord, ...] = ()
    assessment: _AssessmentRecord | None = None


class CorrectionRecord(_Record):
    """An entry of the critical apparatus."""

    witness: str
    corrected: str
    certainty: Certainty
    reason: Remark


class CorrectionsRecord(_Record):
    """``corrections.toml``."""

    witness_sha256: str
    corrections: tuple[CorrectionRecord, ...] = ()


class _IndicatorRecord(_Record):
    """An entry of the registry of indicators."""

    name: _Bilingual
    polarity: Polarity
    unit_family: str
    other_names: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


class IndicatorsRecord(_Record):
    """``indicators.toml``."""

    indicators: tuple[_IndicatorRecord, ...] = ()


class TargetRecord(_Record):
    """A row of ``targets.csv``; an empty cell is a missing value."""

    section_number: str
    section: str
    indicator: str
    kind: TargetKind
    comparator: Comparator
    value: float
    unit: str
    evidence: Literal["plan_text", "official_report", "press_report"]
    confidence: Literal["high", "medium"]
    source: str
    direction: Direction | None = None
    year: int | None = None
    base_year: int | None = None
    second_source: str = ""
    outcome_value: float | None = None
    outcome_source: str = ""
    note: str = ""


RecordType = TypeVar("RecordType", bound=_Record)


def read_toml(path: Path, record: type[RecordType]) -> RecordType:
    """Read a TOML file as a record.

    Raises
    ------
    SeriesError
        If the file is missing, is not TOML, or does not fit the record.
    """
    return parse_toml(_read_utf8(path), record, path)


def parse_toml(text: str, record: type[RecordType], path: Path) -> RecordType:
    """Read TOML as a record; `path` names it in errors.

    Raises
    ------
    SeriesError
        If it is not TOML, or does not fit the record.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        raise SeriesError(path, place.rstrip(")"), problem, f"{_REMEDY}.") from error
    return _convert(content, record, path, "")


def read_targets(path: Path) -> list[tuple[int, TargetRecord]]:
    """Read the rows of a target table with their line numbers.

    Raises
    ------
    SeriesError
        If a column is missing or unknown, or a row does not fit.
    """
    expected = {field.name for field in msgspec.structs.fields(TargetRecord)}
    reader = csv.DictReader(StringIO(_read_utf8(path), newline=""), strict=True)
    try:
        wrong = expected.symmetric_difference(reader.fieldnames or ())
        if wrong:
            names = ", ".join(sorted(map(str, wrong)))
            problem = f"columns missing or unknown: {names}"
            raise SeriesError(path, "line 1", problem, f"{_REMEDY}.")
        return [
            (reader.line_num, _target_record(row, path, f"line {reader.line_num}"))
            for row in reader
        ]
    except csv.Error as error:
        place = f"line {max(reader.line_num, 1)}"
        raise SeriesError(path, place, str(error), f"{_REMEDY}.") from error


def _target_record(row: dict[str, str], path: Path, place: str) -> TargetRecord:
    """Check a row of a target table; an empty cell is a missing value."""
    if None in row or None in row.values():
        raise SeriesError(path, place, "the row has too many or too few cells", f"{_REMEDY}.")
    filled = {name: cell for name, cell in row.items() if cell} | {"unit": row["unit"]}
    record = _convert(filled, TargetRecord, path, place)
    for name in ("value", "outcome_value"):
        if not isfinite(getattr(record, name) or 0):
            raise SeriesError(
                path, f"{place}, key {name}", "the figure is not a number", f"{_REMEDY}."
            )
    return record


def _read_utf8(path: Path) -> str:
    """Read a file of a series, which is UTF-8, with or without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SeriesError(
            path, "", "the file is missing", "Add it, or remove what names it."
        ) from error
    except OSError as error:
        raise SeriesError(
            path, "", f"the file cannot be opened ({error.strerror})", "Check its rights."
        ) from error
    except UnicodeDecodeError as error:
        raise SeriesError(
            path, f"byte {error.start}", "the file is not UTF-8", "Save it as UTF-8."
        ) from error


def _convert(content: Any, record: type[RecordType], path: Path, place: str) -> RecordType:
    """Convert content to a record; `place` is where the content begins."""
    try:
        return msgspec.convert(content, record, strict=not place)
    except msgspec.ValidationError as error:
        problem, _, key = str(error).partition(" - at ")
        key = re.sub(r"^\$\.?", "", key.strip("`"))
        where = ", ".join(part for part in (place, f"key {key}" if key else "") if part)
        raise SeriesError(path, where, problem, f"{_REMEDY}.") from error
