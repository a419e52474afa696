"""Writing the files of a series: TOML that people will edit, and the texts."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from crossplan.guessing.guess import Guess
from crossplan.guessing.plan_marks import PlanMarks
from crossplan.guessing.preparing import FileText, prepared
from crossplan.model import GUESSED, Plan, Section

TEXT = "text.txt"
GREETING = "Written by new_series. What was guessed may be wrong: see it through, and edit it."


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan that a series is made of: as it was read, as guessed, and as it was got."""

    path: Path
    original: FileText
    guess: Guess
    plan: Plan


def write_series(
    folder: Path, name: str, title: str, marks: PlanMarks, new: Sequence[NewPlan]
) -> None:
    """Write all files of a series into an empty folder."""
    contents = dict.fromkeys(word for one in new for word in one.guess.contents)
    content = {
        "id": name,
        "language": "zh",
        "plans": [one.plan.id for one in new],
        "title": {"zh": title},
        "marks": {
            "contents": list(contents),
            "chapter": list(marks.chapter or ()),
            "section": list(marks.section or ()),
            "measure": list(marks.measure or ()),
        },
    }
    guessed = [
        f"{GUESSED}the marks, from all files together",
        f"{GUESSED}the order, from the years",
    ]
    write_toml(folder / "series.toml", content, [GREETING, *guessed])
    for one in new:
        own = folder / one.plan.id
        own.mkdir()
        text = text_of(one)
        (own / TEXT).write_bytes(text)
        remarks = [f"{GUESSED}{remark}" for remark in one.guess.remarks]
        write_toml(own / "plan.toml", record_of(one, text), [GREETING, *remarks])


def text_of(new: NewPlan) -> bytes:
    """Give the text of a plan as it is kept."""
    text = prepared(new.original.text, new.guess).text
    return (text if text.endswith("\n") else f"{text}\n").encode("utf-8")


def record_of(new: NewPlan, text: bytes) -> dict[str, Any]:
    """Give what stands in ``plan.toml``."""
    plan, day = new.plan, new.guess.published
    dated = {"published": day.day, "date_on_document": day.printed} if day else {}
    return {
        "id": plan.id,
        **dated,
        "introduction": plan.introduction.title,
        "introduction_printed": new.guess.introduction_line is not None,
        "period": {"start": plan.start_year, "end": plan.end_year},
        "title": {"zh": plan.title},
        "publisher": {"zh": plan.publisher},
        "witness": {
            "file": TEXT,
            "sha256": hashlib.sha256(text).hexdigest(),
            "source": new.original.witness.source,
            "note": note_of(new),
        },
        "outline_confidence": dict(plan.outline_confidence),
        "chapters": [chapter_of(chapter) for chapter in plan.chapters],
    }


def note_of(new: NewPlan) -> str:
    """Say what was done to the file to make the text of it."""
    guess, witness = new.guess, new.original.witness
    said = [f"sha256 of the file: {witness.sha256}", witness.note]
    if guess.breaks:
        said.append(f"{len(guess.breaks)} headings set on lines of their own")
    if guess.broken:
        said.append(f"{len(guess.broken)} broken headings joined")
    if guess.end < len(new.original.lines):
        said.append("annexes and page furniture after the end left out")
    return "; ".join(part for part in said if part)


def chapter_of(chapter: Section) -> dict[str, Any]:
    """Give a chapter with its sections, as ``plan.toml`` has it."""
    sections = [{"zh": section.title} for section in chapter.sections]
    return {"zh": chapter.title} | ({"sections": sections} if sections else {})


def write_toml(path: Path, content: dict[str, Any], comments: Iterable[str]) -> None:
    """Write a TOML file with comments at its top."""
    head = "".join(f"# {one_line(comment)}\n" for comment in comments)
    path.write_text(f"{head}\n{tomli_w.dumps(content)}", encoding="utf-8", newline="\n")


def one_line(comment: str) -> str:
    """Give words that may stand in a comment, whatever they quote."""
    return "".join(character if character.isprintable() else " " for character in comment)
