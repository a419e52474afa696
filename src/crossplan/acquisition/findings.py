"""Checking the text of a plan: gaps and notes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from crossplan.acquisition.cut import CUT_PARAGRAPHS
from crossplan.acquisition.headings import RESTORED_BREAKS, Known
from crossplan.corpora.store import RepairRecord
from crossplan.languages.chinese.pages import EXPECTED
from crossplan.model import Plan, Section, Target

_Severity = Literal["gap", "note"]
# The allowed deviation from the length stated by sources, which is rounded.
_SHORTEST_SHARE, _LONGEST_SHARE = 0.7, 1.4
# More odd characters than this are not typing errors.
_MOST_SLIPS = 20
_FEWEST_KNOWN_FIGURES = 0.5
# If there are more of these, they are measures without their marks.
_MOST_JOINS = 6
# If more breaks had to be restored, those before unmarked paragraphs are lost.
_MOST_LOST_BREAKS = 20
_EXAMPLES = 5
_OUT_OF_ORDER, _NOT_FOUND = "heading out of order", "heading not found"
MISSED = {_OUT_OF_ORDER, _NOT_FOUND}
_SHOWN = 12


class Finding(NamedTuple):
    """A gap or a note on a text.

    Attributes
    ----------
    severity : {"gap", "note"}
        A gap is a part of the text that is missing or damaged.
    kind : str
    place : str
        Id of a heading or passage, or an offset in the reading text; may be empty.
    number : int
        The number of occurrences.
    detail : str
    """

    severity: _Severity
    kind: str
    place: str
    number: int
    detail: str


def find_all(plan: Plan, known: Known, repairs: Sequence[RepairRecord]) -> tuple[Finding, ...]:
    """Check a plan with a text and return all findings.

    Parameters
    ----------
    plan : Plan
    known : Known
    repairs : sequence of RepairRecord
        The repairs of the text before it was stored.
    """
    return (
        *_heading_findings(plan, known),
        *_empty_headings(plan, known),
        *_length_findings(plan, known.characters),
        *_character_findings(plan.text),
        *_figure_findings(plan),
        *_join_findings(plan),
        *_repair_findings(repairs),
    )


def _heading_findings(plan: Plan, known: Known) -> Iterator[Finding]:
    """Find headings that are missing, out of order, or printed otherwise."""
    lines = [known.classify(line) for line in plan.text.splitlines()]
    headings = known.headings(plan.text.splitlines())
    places = {h.title: h for h in known.outline}
    elsewhere = Counter(
        line.words
        for number, line in enumerate(lines)
        if number not in headings.contents and number not in headings.body.values()
    )
    for position, heading in enumerate(known.outline):
        if position in headings.body:
            printed = lines[headings.body[position]].words
            if heading.level != "introduction" and printed != heading.title:
                yield Finding(
                    "note",
                    "heading printed otherwise",
                    heading.id,
                    1,
                    f"{printed} ({heading.title})",
                )
        elif position == 0 and not known.introduction_printed:
            continue
        elif elsewhere[heading.title]:
            yield Finding("gap", _OUT_OF_ORDER, heading.id, 1, heading.title)
        else:
            yield Finding("gap", _NOT_FOUND, heading.id, 1, heading.title)
    for title, times in elsewhere.items():
        if title in places and known.outline.index(places[title]) in headings.body:
            yield Finding("gap", "heading repeated", places[title].id, times, title)


def _empty_headings(plan: Plan, known: Known) -> Iterator[Finding]:
    """Find headings with nothing below them, and sections without a marked measure."""
    for section in (plan.introduction, *plan.headings):
        if section.sections or section.start is None:
            continue
        if not section.passages:
            yield Finding("gap", "nothing below the heading", section.id, 1, section.title)
        elif known.measures_marked and section.level != "introduction" and not section.measures:
            yield Finding(
                "note",
                "no marked measures",
                section.id,
                len(section.paragraphs),
                f"{section.title}: its paragraphs have no mark",
            )
    if known.measures_marked and not plan.measures:
        yield Finding("gap", "no measures", plan.id, 1, "no paragraph of a chapter has a mark")


def _length_findings(plan: Plan, approximate: int | None) -> Iterator[Finding]:
    """Compare the length of the text with its known length."""
    if approximate is None:
        return
    share = len(plan.text) / approximate
    if not _SHORTEST_SHARE <= share <= _LONGEST_SHARE:
        yield Finding(
            "gap",
            "length",
            "",
            len(plan.text),
            f"{len(plan.text):,} characters; sources say about {approximate:,}",
        )


def _character_findings(text: str) -> Iterator[Finding]:
    """Find characters that do not belong in the text of a plan."""
    odd = {c for c in set(text) if not EXPECTED.match(c)}
    yield from _counted("unexpected characters", text, odd - {"\ufffd"}, _MOST_SLIPS)
    yield from _counted("unreadable characters", text, odd & {"\ufffd"}, 0)
    yield from _counted("traditional characters", text, _traditional(text), _MOST_SLIPS)


def _traditional(text: str) -> set[str]:
    """Return the characters of a text that are not simplified."""
    from opencc import OpenCC

    characters = sorted(set(text))
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    if len(simplified) != len(characters):
        return set()
    return {old for old, new in zip(characters, simplified, strict=True) if old != new}


def _counted(kind: str, text: str, odd: Iterable[str], most: int) -> Iterator[Finding]:
    """Return a finding of odd characters: a note for a few, a gap for many."""
    wanted = set(odd)
    places = [(n, c) for n, c in enumerate(text) if c in wanted]
    if places:
        shown = ", ".join(f"{c!r} (U+{ord(c):04X}) at {n}" for n, c in places[:_EXAMPLES])
        severity: _Severity = "gap" if len(places) > most else "note"
        yield Finding(severity, kind, str(places[0][0]), len(places), shown)


def _figure_findings(plan: Plan) -> Iterator[Finding]:
    """Look for the figures that published pages quote from the plan."""
    quoted = [t for t in plan.curated_targets if t.evidence == "plan_text"]
    if not quoted:
        return
    by_id: dict[str, Section] = {h.id: h for h in plan.headings}
    missing = [t for t in quoted if not _occurs_in(t, by_id.get(t.section), plan.text)]
    found = len(quoted) - len(missing)
    yield Finding(
        "gap" if found < _FEWEST_KNOWN_FIGURES * len(quoted) else "note",
        "known figures found",
        "",
        found,
        f"{found} of {len(quoted)} figures that published pages quote from it stand in their "
        "sections"
        + (f"; not: {', '.join(t.indicator for t in missing[:_EXAMPLES])}" if missing else ""),
    )


def _occurs_in(target: Target, section: Section | None, text: str) -> bool:
    """Return whether the digits of a figure are in the section it was quoted from."""
    if section is None or section.start is None or section.end is None:
        return False
    digits = f"{target.value:.10g}"
    pattern = rf"(?<![\d.]){re.escape(digits)}(?![\d]|\.\d)"
    return bool(re.search(pattern, text[section.start : section.end].replace(",", "")))


def _join_findings(plan: Plan) -> Iterator[Finding]:
    """Find the paragraphs that were joined after the end of a sentence."""
    joins = [j for j in plan.require_reading("text").joins if j.after_sentence]
    if joins:
        severity: _Severity = "gap" if len(joins) > _MOST_JOINS else "note"
        pieces = [plan.text[j.position : j.position + _SHOWN] for j in joins[:_EXAMPLES]]
        shown = "; ".join(f"{piece.splitlines()[0]}…" for piece in pieces)
        yield Finding(
            severity, "joined after a full stop", str(joins[0].position), len(joins), shown
        )


def _repair_findings(repairs: Sequence[RepairRecord]) -> Iterator[Finding]:
    """Return the repairs as findings; lost line breaks cannot be restored everywhere."""
    for repair in repairs:
        yield Finding(
            "note", f"put right: {repair.kind}", "", repair.count, "; ".join(repair.examples)
        )
        if repair.kind == CUT_PARAGRAPHS:
            yield Finding(
                "gap", "cut off near the end", "", repair.count, "; ".join(repair.examples)
            )
        if repair.kind == RESTORED_BREAKS and repair.count > _MOST_LOST_BREAKS:
            yield Finding(
                "gap",
                "line breaks lost",
                "",
                repair.count,
                "paragraphs without a mark run into one another",
            )
