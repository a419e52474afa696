"""Make a plan with other measures under the headings of an existing one."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crossplan.corpora.parse import sentences
from crossplan.model import Goal, Measure, Node, NodeKind, Passage, Plan, Reading, Section, Witness

_MARK = "——"


def assemble(
    plan: Plan, measures: Mapping[str, Sequence[str]], *, plan_id: str, title: str, title_en: str
) -> Plan:
    """Return a plan with other measures, and with the text that contains them.

    Parameters
    ----------
    plan : Plan
        With text; its headings, goals and paragraphs are taken over.
    measures : mapping of str to sequence of str
        Texts of measures, in order, by the id of their section.
    plan_id, title, title_en : str
        Id and titles of the new plan; its period is the preceding one.

    Returns
    -------
    Plan
    """
    writer = _Writer(plan_id, measures)
    introduction = writer.section(plan.introduction)
    chapters = tuple(writer.section(chapter) for chapter in plan.chapters)
    text = "".join(node.text for node in writer.nodes)
    years = plan.end_year - plan.start_year + 1
    return replace(
        plan,
        id=plan_id,
        title=title,
        title_en=title_en,
        start_year=plan.start_year - years,
        end_year=plan.start_year - 1,
        published=None,
        constructed=True,
        publisher="",
        publisher_en="",
        introduction=introduction,
        chapters=chapters,
        nodes=tuple(writer.nodes),
        reading=Reading(text, range(len(text)), witness(title_en, text), (), ()),
        gaps=(),
        curated_targets=(),
        addresses=(),
        outline_confidence=(),
        outline_doubts=(),
    )


def witness(name: str, text: str) -> Witness:
    """Return the witness of a text without a file."""
    data = text.encode("utf-8")
    return Witness(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
        characters=len(text),
        note="Constructed; not a published text.",
    )


class _Writer:
    """A writer of sections that counts the offsets."""

    def __init__(self, plan_id: str, measures: Mapping[str, Sequence[str]]) -> None:
        self.plan_id = plan_id
        self.measures = measures
        self.nodes: list[Node] = []
        self.position = 0

    def section(self, section: Section) -> Section:
        """Write a heading, its passages and its sections."""
        start = self.position
        section_id = self.renamed(section.id)
        self.line("heading", section_id, section.title)
        passages = [
            self.passage(passage)
            for passage in section.passages or ()
            if not isinstance(passage, Measure)
        ]
        passages += [
            self.measure(f"{section_id}/{order}", order, text)
            for order, text in enumerate(self.measures.get(section.id, ()), start=1)
        ]
        children = tuple(self.section(child) for child in section.sections)
        return replace(
            section,
            id=section_id,
            plan=self.plan_id,
            sections=children,
            start=start,
            end=self.position,
            passages=tuple(passages),
        )

    def renamed(self, passage_id: str) -> str:
        """Replace the id of the old plan by that of the new one."""
        return f"{self.plan_id}/{passage_id.partition('/')[2]}"

    def measure(self, measure_id: str, order: int, text: str) -> Measure:
        """Write a measure with its mark."""
        end = self.line("measure", measure_id, _MARK + text)
        start = end - len(text)
        return Measure(measure_id, order, text, start, end, sentences(text, start))

    def passage(self, passage: Passage) -> Passage:
        """Write a goal or a paragraph."""
        passage_id, text = self.renamed(passage.id), passage.text
        kind: NodeKind = "goal" if isinstance(passage, Goal) else "paragraph"
        end = self.line(kind, passage_id, (_MARK if kind == "goal" else "") + text)
        start = end - len(text)
        return replace(
            passage, id=passage_id, start=start, end=end, sentences=sentences(text, start)
        )

    def line(self, kind: NodeKind, owner: str, text: str) -> int:
        """Write a line and return the end of its text."""
        start = self.position
        self.position += len(text) + 1
        self.nodes.append(Node(kind, owner, f"{text}\n", start, self.position))
        return self.position - 1
