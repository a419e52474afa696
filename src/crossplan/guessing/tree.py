"""From a reading text and a guess to the tree of a plan."""

from bisect import bisect_left
from collections.abc import Sequence

from crossplan.corpora.marks import Line, Marks
from crossplan.corpora.outline import Headings, find_contents
from crossplan.corpora.parse import Builder, Parsed
from crossplan.corpora.traced import TracedText
from crossplan.guessing.guess import Guess
from crossplan.guessing.preparing import line_starts
from crossplan.model import Node, Section

_HEADING_KINDS = frozenset({"introduction", "chapter", "section"})


def _guessed_outline(plan_id: str, guess: Guess) -> tuple[Section, tuple[Section, ...]]:
    """Return the introduction and the chapters that were guessed, without text."""
    introduction = Section(f"{plan_id}/0", plan_id, "introduction", 0, None, guess.introduction)
    chapters = tuple(
        Section(
            f"{plan_id}/{number}",
            plan_id,
            "chapter",
            number,
            None,
            chapter.title,
            sections=tuple(
                Section(f"{plan_id}/{number}.{order}", plan_id, "section", number, order, s.title)
                for order, s in enumerate(chapter.sections, start=1)
            ),
        )
        for number, chapter in enumerate(guess.chapters, start=1)
    )
    return introduction, chapters


def grow(plan_id: str, reading: TracedText, original: str, guess: Guess, marks: Marks) -> Parsed:
    """Put a reading text into the outline that was guessed from its original.

    The headings are not looked for: the guess knows the lines of the original in which
    they stand, and the reading text knows where each of its characters comes from.

    Parameters
    ----------
    plan_id : str
    reading : TracedText
        Cleaned; traced back to `original`.
    original : str
        The text that was guessed from.
    guess : Guess
    marks : Marks
    """
    introduction, chapters = _guessed_outline(plan_id, guess)
    outline = [introduction, *(h for c in chapters for h in (c, *c.sections))]
    lines = [marks.classify(line) for line in reading.text.splitlines()]
    wanted = [guess.introduction_line, *(heading.line for heading in guess.headings())]
    body = _places(reading, original, wanted)
    first = min(body.values(), default=len(lines))
    contents = _listing(lines[:first]) if guess.headed else frozenset[int]()
    builder = Builder(reading.text, lines, Headings(body, contents, ()), outline, marks.language)
    if guess.headed or body:
        builder.build()
    else:
        _fill(builder, chapters[0])
    missing = [outline[place] for place in range(1, len(outline)) if place not in body]
    return Parsed(
        builder.section(introduction),
        tuple(builder.section(chapter) for chapter in chapters),
        tuple(builder.nodes),
        tuple(f"heading not found: {h.id} {h.title}" for h in missing if guess.headed),
    )


def _places(reading: TracedText, original: str, wanted: Sequence[int | None]) -> dict[int, int]:
    """Tell in which line of the reading text each wanted line of the original begins."""
    origins = reading.origins
    starts = {start: number for number, start in enumerate(line_starts(reading.text)[:-1])}
    begins = line_starts(original)
    found = {}
    for place, line in enumerate(wanted):
        if line is not None:
            number = starts.get(bisect_left(origins, begins[line]))
            if number is not None:
                found[place] = number
    return found


def _listing(lines: Sequence[Line]) -> frozenset[int]:
    """Find the table of contents among the lines before the text."""
    candidates = {n: n for n, line in enumerate(lines) if line.kind in _HEADING_KINDS}
    return find_contents(lines, candidates)


def _fill(builder: Builder, chapter: Section) -> None:
    """Put every line into the one chapter of a text that has neither headings nor title."""
    start = 0
    builder.starts[chapter.id] = start
    for line, raw in zip(builder.lines, builder.text.splitlines(keepends=True), strict=True):
        kind, owner = builder.add_passage(chapter, line, raw, start)
        builder.nodes.append(Node(kind, owner, raw, start, start + len(raw)))
        start += len(raw)
