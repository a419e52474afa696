"""From a file to a plan, as far as its marks, outline and years are told or can be guessed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from crossplan.corpora.clean import clean
from crossplan.corpora.load import parsed_once
from crossplan.corpora.marks import Marks
from crossplan.errors import UnreadableTextError
from crossplan.guessing.guess import Guess, GuessFinding
from crossplan.guessing.marks_and_outline import guess as guess_outline
from crossplan.guessing.paragraphs import paragraphs_as_measures
from crossplan.guessing.plan_marks import PlanMarks
from crossplan.guessing.preparing import FileText, prepared, read_file_text
from crossplan.guessing.tree import grow
from crossplan.languages.registry import find_language
from crossplan.model import GUESSED, Plan, Reading
from crossplan.readers.document import limited_bytes

Measures = Literal["marked", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a user told of a document; the parameters of :func:`read_plan`."""

    plan_id: str
    title: str | None = None
    period: tuple[int, int] | None = None
    published: date | None = None
    publisher: str = ""
    marks: PlanMarks | None = None
    measures: Measures = "marked"
    language: str | None = None


def read_as_told(path: Path, told: Told) -> Plan:
    """Read a file as a plan, or give it as it was read and kept before.

    A folder of pages is read each time.
    """
    if not path.is_file():
        return _read_anew(path, told)
    try:
        sha256 = hashlib.sha256(limited_bytes(path)).hexdigest()
    except OSError:  # Reading it says what the matter is.
        return _read_anew(path, told)
    return parsed_once(sha256, (path.name, repr(told)), lambda: _read_anew(path, told))


def _read_anew(path: Path, told: Told) -> Plan:
    """Read a file as a plan."""
    original = read_file_text(path)
    guess = guess_outline(original.lines, told.marks, name=path.stem, language=told.language)
    plan = plan_of(original, guess, path, told.plan_id)
    if told.period is None:
        require_years(plan, path)
    start, end = told.period or (plan.start_year, plan.end_year)
    plan = replace(
        plan,
        title=plan.title if told.title is None else told.title,
        start_year=start,
        end_year=end,
        published=told.published or plan.published,
        publisher=told.publisher,
        outline_confidence=tuple(
            (what, how)
            for what, how in plan.outline_confidence
            if what not in {"title", "period", "published"} or getattr(told, what) is None
        ),
    )
    return paragraphs_as_measures(plan) if told.measures == "paragraphs" else plan


def plan_of(original: FileText, guess: Guess, path: Path, plan_id: str) -> Plan:
    """Make a plan of a text as it was guessed; its years are 0 if they were not found."""
    forms = _marks_of(guess)
    cleaned, joins = clean(prepared(original.text, guess), forms)
    if not cleaned.text:
        raise UnreadableTextError(path, "there is no text in it", "Check what was saved.")
    parsed = grow(plan_id, cleaned, original.text, guess, forms)
    return Plan(
        id=plan_id,
        title=guess.title or path.stem,
        title_en=None,
        language=guess.language,
        start_year=guess.period.start if guess.period else 0,
        end_year=guess.period.end if guess.period else 0,
        published=guess.published.day if guess.published else None,
        publisher="",
        publisher_en="",
        introduction=parsed.introduction,
        chapters=parsed.chapters,
        reading=Reading(cleaned.text, cleaned.origins, original.witness, (), joins),
        nodes=parsed.nodes,
        gaps=parsed.findings,
        outline_confidence=_confidence(guess.findings),
    )


def _marks_of(guess: Guess) -> Marks:
    """Return the marks that were guessed as patterns."""
    return Marks.from_forms(
        contents=guess.contents,
        introduction=(guess.introduction,),
        chapter=guess.marks.chapter or (),
        section=guess.marks.section or (),
        measure=guess.marks.measure or (),
        language=find_language(guess.language),
    )


def _confidence(findings: tuple[GuessFinding, ...]) -> tuple[tuple[str, str], ...]:
    """Return findings as a plan tells how sure its outline is, part by part."""
    parts: dict[str, list[str]] = {}
    for finding in findings:
        parts.setdefault(finding.what, []).append(f"{finding.guess} ({finding.evidence})")
    return tuple((what, f"{GUESSED}{'; '.join(said)}") for what, said in parts.items())


def require_years(plan: Plan, path: Path) -> None:
    """Raise an error for a plan whose years were not found."""
    if not plan.start_year:
        raise UnreadableTextError(
            path,
            "its years are neither in its title nor in its first lines",
            "Put them in the name of the file, as in plan-2026-2030.txt, or tell read_plan, "
            "as in period=(2026, 2030).",
        )
