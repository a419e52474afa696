"""Parsing a reading text into a tree of chapters, sections and passages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossplan.corpora.marks import Line, Marks
from crossplan.corpora.outline import Headings, find_headings
from crossplan.errors import NotThePlanError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.language import PlanLanguage
from crossplan.model import Goal, Measure, Node, NodeKind, Paragraph, Passage, Section, Sentence
from crossplan.thresholds import Threshold

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
