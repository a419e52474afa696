"""Reading the paragraphs of a plan that marks no measures as its measures."""

from dataclasses import replace

from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.model import Measure, Node, Passage, Plan, Section
from crossplan.recipes import Name, call


def paragraphs_as_measures(plan: PlanLike) -> Plan:
    """Return a plan in which every paragraph below a chapter or section is a measure.

    Reports on the work of a government, and plans in prose, mark no measures: each
    paragraph tells what was done or will be. The introduction stays as it is.

    Parameters
    ----------
    plan : Plan or str
        A plan with text, or the id of a shipped one.

    Returns
    -------
    Plan
        The same text and spans; its measures are numbered anew.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If something else stands for a plan, or no shipped plan has that id.
    MissingTextError
        If the text of the plan is not at hand.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> len(plan.measures), len(paragraphs_as_measures(plan).measures)
    (203, 207)
    """
    plan = as_plan(plan)
    plan.require_reading("paragraphs")
    chapters = tuple(_measured(chapter) for chapter in plan.chapters)
    # A node begins with the mark, which its passage leaves out; they end together.
    owners = {
        passage.end: passage.id
        for chapter in chapters
        for section in (chapter, *chapter.sections)
        for passage in section.passages or ()
    }
    nodes = tuple(_owned(node, owners) for node in plan.nodes)
    made = replace(plan, chapters=chapters, nodes=nodes)
    if not plan.made_by:
        return made
    return made.remembering(call("cp.any_plan.paragraphs_as_measures", Name(plan.made_by)))


def _measured(section: Section) -> Section:
    """Return a chapter or section whose passages are all measures."""
    return replace(
        section,
        sections=tuple(_measured(child) for child in section.sections),
        passages=tuple(
            _measure(passage, section, order)
            for order, passage in enumerate(section.passages or (), start=1)
        ),
    )


def _measure(passage: Passage, section: Section, order: int) -> Measure:
    """Return a passage as the measure of that number."""
    return Measure(
        id=f"{section.id}/{order}",
        order=order,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        sentences=passage.sentences,
    )


def _owned(node: Node, owners: dict[int, str]) -> Node:
    """Return a node under the new name of its passage, if it is one of a measure."""
    owner = owners.get(node.start + len(node.text.rstrip("\n")))
    return node if owner is None else replace(node, kind="measure", owner=owner)
