"""Finding the headings of a known outline in a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from crossplan.corpora.marks import Line
from crossplan.model import Section
from crossplan.thresholds import Threshold

# Published copies sometimes vary a word of a title; two different titles of one plan and
# level are much less similar.
SAME_TITLE: Threshold[float] = 80.0
# The longest run of headings without text in a body: an empty introduction, a chapter and
# its first section. A longer run is a table of contents.
LONGEST_RUN_IN_BODY: Threshold[int] = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The lines of a text in which the headings of an outline are found.

    Attributes
    ----------
    body : dict of int to int
        Line number of each heading found, by its position in the outline.
    contents : frozenset of int
        Lines of the table of contents.
    findings : tuple of str
        Headings that are missing, or that differ from the outline.
    """

    body: dict[int, int]
    contents: frozenset[int]
    findings: tuple[str, ...]


def find_headings(lines: Sequence[Line], outline: Sequence[Section]) -> Headings:
    """Find the headings in order, excluding those of the table of contents.

    Parameters
    ----------
    lines : sequence of Line
    outline : sequence of Section
        The introduction, then chapters and sections in order.
    """
    candidates: dict[int, int] = {}
    known: dict[Line, tuple[int, ...]] = {}
    before = -1
    for number, line in enumerate(lines):
        if line not in known:
            known[line] = _alike(line, outline)
        if places := known[line]:
            candidates[number] = before = next((p for p in places if p > before), places[0])
    contents = find_contents(lines, candidates)
    in_body = [(n, p) for n, p in candidates.items() if n not in contents]
    body = _longest_ordered(in_body)
    return Headings(body, contents, tuple(_describe(lines, outline, body, contents)))


def position_in_outline(line: Line, outline: Sequence[Section]) -> int | None:
    """Return the position of a line in the outline, if any; the first of equal titles."""
    return next(iter(_alike(line, outline)), None)


def _alike(line: Line, outline: Sequence[Section]) -> tuple[int, ...]:
    """Return the positions in the outline that a line may have: several for equal titles."""
    if line.kind == "introduction":
        return (0,)
    if line.kind not in {"chapter", "section"}:
        return ()
    scores = {
        position: fuzz.ratio(heading.title, line.words)
        for position, heading in enumerate(outline)
        if heading.level == line.kind
    }
    best = max(scores.values(), default=0.0)
    if best < SAME_TITLE:
        return ()
    return tuple(position for position, score in scores.items() if score == best)


def find_contents(lines: Sequence[Line], candidates: dict[int, int]) -> frozenset[int]:
    """Find the lines of the table of contents: its title, and runs of headings without text."""
    found = {number for number, line in enumerate(lines) if line.kind == "contents"}
    run: list[int] = []
    for number in range(len(lines) + 1):
        rising = number in candidates and (not run or candidates[number] > candidates[run[-1]])
        if rising:
            run.append(number)
            continue
        if len(run) > LONGEST_RUN_IN_BODY:
            found |= set(run)
        run = [number] if number in candidates else []
    return frozenset(found)


def _longest_ordered(candidates: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the largest set of headings in the order of the outline.

    Parameters
    ----------
    candidates : sequence of (line number, position in the outline)

    Returns
    -------
    dict of position to line number
    """
    lengths: list[int] = []
    befores: list[int | None] = []
    # For each position, the candidate at which the longest chain ends; the first of several.
    ends: dict[int, int] = {}
    for index, (_, position) in enumerate(candidates):
        earlier = [end for place, end in ends.items() if place < position]
        before = min(earlier, key=lambda end: (-lengths[end], end), default=None)
        befores.append(before)
        lengths.append(1 if before is None else lengths[before] + 1)
        if position not in ends or lengths[index] > lengths[ends[position]]:
            ends[position] = index
    last = min(ends.values(), key=lambda end: (-lengths[end], end), default=None)
    chosen: dict[int, int] = {}
    while last is not None:
        chosen[candidates[last][1]] = candidates[last][0]
        last = befores[last]
    return dict(sorted(chosen.items()))


def _describe(
    lines: Sequence[Line],
    outline: Sequence[Section],
    body: dict[int, int],
    contents: frozenset[int],
) -> list[str]:
    """Describe missing headings and differences between contents, body and outline."""
    findings = []
    listed = {lines[number].words for number in contents}
    for position, heading in enumerate(outline):
        if position not in body:
            findings.append(f"heading not found: {heading.id} {heading.title}")
            continue
        printed = lines[body[position]].words
        if heading.level != "introduction" and printed != heading.title:
            findings.append(f"heading {heading.id} is printed as {printed}")
        if contents and printed not in listed:
            findings.append(f"not in the table of contents: {heading.id} {printed}")
    return findings
