"""Finding the headings of an outline in a reading text, and parsing it into a tree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from crossplan.corpora.marks import Line, Marks
from crossplan.errors import NotThePlanError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.language import PlanLanguage
from crossplan.model import Goal, Measure, Node, NodeKind, Paragraph, Passage, Section, Sentence
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


# A text with a smaller share of the headings is another document.
FEWEST_HEADINGS: Threshold[float] = 0.5


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree that a reading text was parsed into."""

    introduction: Section
    chapters: tuple[Section, ...]
    nodes: tuple[Node, ...]
    findings: tuple[str, ...]


def parse(
    text: str,
    introduction: Section,
    chapters: tuple[Section, ...],
    marks: Marks,
    name: str,
) -> Parsed:
    """Parse the text of a plan into its outline.

    Parameters
    ----------
    text : str
        The reading text; every line ends in a line break.
    introduction, chapters : Section, tuple of Section
        The outline, without text.
    marks : Marks
    name : str
        Name of the text in errors.

    Returns
    -------
    Parsed

    Raises
    ------
    NotThePlanError
        If fewer than half of the headings are found in order.
    """
    outline = [introduction, *(h for c in chapters for h in (c, *c.sections))]
    lines = [marks.classify(line) for line in text.splitlines()]
    headings = find_headings(lines, outline)
    found = len(headings.body)
    if found < FEWEST_HEADINGS * len(outline):
        raise NotThePlanError(name, introduction.plan, found, len(outline))
    builder = Builder(text, lines, headings, outline, marks.language)
    builder.build()
    return Parsed(
        builder.section(introduction),
        tuple(builder.section(chapter) for chapter in chapters),
        tuple(builder.nodes),
        headings.findings,
    )


class Builder:
    """Collects nodes, passages and spans in one pass through the lines."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        headings: Headings,
        outline: Sequence[Section],
        language: PlanLanguage,
    ) -> None:
        self.text = text
        self.lines = lines
        self.headings = headings
        self.outline = outline
        self.language = language
        self.nodes: list[Node] = []
        self.passages: dict[str, list[Passage]] = {}
        self.orders: Counter[tuple[str, type[Passage]]] = Counter()
        self.starts: dict[str, int] = {}

    def build(self) -> None:
        """Add a node for every line, and passages for the lines below a heading."""
        heading_at = {line: place for place, line in self.headings.body.items()}
        current: Section | None = None
        start = 0
        for number, raw in enumerate(self.text.splitlines(keepends=True)):
            line = self.lines[number]
            kind: NodeKind
            if number in heading_at:
                current = self.outline[heading_at[number]]
                self.starts[current.id] = start
                kind, owner = "heading", current.id
            elif number in self.headings.contents:
                kind, owner = "contents", self.outline[0].plan
            elif current is None:
                kind, owner = "front", self.outline[0].plan
            else:
                kind, owner = self.add_passage(current, line, raw, start)
            self.nodes.append(Node(kind, owner, raw, start, start + len(raw)))
            start += len(raw)

    def add_passage(
        self, section: Section, line: Line, raw: str, start: int
    ) -> tuple[NodeKind, str]:
        """Add the passage of a line to its section; return its kind and id."""
        kind: NodeKind = "paragraph"
        make: type[Passage] = Paragraph
        prefix = "p"
        words = raw.rstrip("\n")
        if line.kind == "measure":
            words = line.words
            prefix = ""
            kind, make = ("goal", Goal) if section.level == "introduction" else ("measure", Measure)
        self.orders[section.id, make] += 1
        order = self.orders[section.id, make]
        start += len(raw.rstrip("\n")) - len(words)
        passage = make(
            id=f"{section.id}/{prefix}{order}",
            order=order,
            text=words,
            start=start,
            end=start + len(words),
            sentences=sentences(words, start, self.language),
        )
        self.passages.setdefault(section.id, []).append(passage)
        return kind, passage.id

    def section(self, section: Section) -> Section:
        """Return a section of the outline with its span and passages, and its sections."""
        filled = tuple(self.section(child) for child in section.sections)
        start = self.starts.get(section.id)
        return replace(
            section,
            sections=filled,
            start=start,
            end=None if start is None else self.end_of(section, start),
            passages=tuple(self.passages.get(section.id, ())),
        )

    def end_of(self, section: Section, start: int) -> int:
        """Return the offset of the next heading outside the section."""
        inside = {section.id, *(child.id for child in section.sections)}
        later = (s for key, s in self.starts.items() if key not in inside and s > start)
        return min(later, default=len(self.text))


def sentences(text: str, offset: int, language: PlanLanguage = CHINESE) -> tuple[Sentence, ...]:
    """Split a passage into sentences; joined, they are the passage.

    Examples
    --------
    >>> [s.text for s in sentences("完善制度。加强监督。", 0)]
    ['完善制度。', '加强监督。']
    """
    return tuple(
        Sentence(text[start:end], offset + start, offset + end)
        for start, end in language.sentence_spans(text)
    )
