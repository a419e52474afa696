"""Finding the headings of a known outline in a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from crossplan.corpora.marks import Line
from crossplan.model import Section

# Published copies vary a word of a title now and then; two different titles of one
# plan and level are nowhere near as alike.
SAME_TITLE = 80.0
# The longest run of headings with nothing between them that a body can have: an empty
# introduction, a chapter and its first section. A longer run is a table of contents.
LONGEST_RUN_IN_BODY = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings of an outline stand among the lines of a text.

    Attributes
    ----------
    body : dict of int to int
        Line number of each heading found, by its position in the outline.
    contents : frozenset of int
        Lines of the table of contents.
    findings : tuple of str
        What is missing, or disagrees.
    """

    body: dict[int, int]
    contents: frozenset[int]
    findings: tuple[str, ...]


def find_headings(lines: Sequence[Line], outline: Sequence[Section]) -> Headings:
    """Find the headings in order, apart from the table of contents that repeats them.

    Parameters
    ----------
    lines : sequence of Line
    outline : sequence of Section
        The introduction, then chapters and sections in order.
    """
    candidates: dict[int, int] = {}
    before = -1
    for number, line in enumerate(lines):
        position = position_in_outline(line, outline, before)
        if position is not None:
            candidates[number] = before = position
    contents = find_contents(lines, candidates)
    in_body = [(n, p) for n, p in candidates.items() if n not in contents]
    body = longest_ordered(in_body)
    return Headings(body, contents, tuple(describe(lines, outline, body, contents)))


def position_in_outline(line: Line, outline: Sequence[Section], before: int = -1) -> int | None:
    """Tell which heading of the outline a line is, if any.

    Of headings with the same title, the first after `before` is meant.
    """
    if line.kind not in {"introduction", "chapter", "section"}:
        return None
    scores = [
        (fuzz.ratio(heading.title, line.words), position > before, -position)
        for position, heading in enumerate(outline)
        if heading.level == line.kind
    ]
    if line.kind == "introduction":
        return 0
    score, _, position = max(scores, default=(0.0, False, 0))
    return -position if score >= SAME_TITLE else None


def find_contents(lines: Sequence[Line], candidates: dict[int, int]) -> frozenset[int]:
    """Find the table of contents: its word, and runs of headings without any text."""
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


def longest_ordered(candidates: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Choose the most headings that stand in the order of the outline.

    Parameters
    ----------
    candidates : sequence of (line number, position in the outline)

    Returns
    -------
    dict of position to line number
    """
    chains: list[tuple[int, ...]] = []
    for index, (_, position) in enumerate(candidates):
        before = (chains[earlier] for earlier in range(index) if candidates[earlier][1] < position)
        chains.append((*max(before, key=len, default=()), index))
    best = max(chains, key=len, default=())
    return {candidates[index][1]: candidates[index][0] for index in best}


def describe(
    lines: Sequence[Line],
    outline: Sequence[Section],
    body: dict[int, int],
    contents: frozenset[int],
) -> list[str]:
    """Say which headings are missing, and where contents, body and outline differ."""
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
