"""Units of text whose words are counted together: plans, chapters, sections, measures."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from crossplan.errors import ChoiceError
from crossplan.model import Measure, Passage, Plan, Section

By = Literal["plan", "chapter", "section", "measure"]
Passages = tuple[Passage, ...]


class TextUnit(NamedTuple):
    """A unit of text whose words are counted together, without the text.

    Attributes
    ----------
    id, plan, title : str
        A measure has the title of its section.
    """

    id: str
    plan: str
    title: str


def units_of(plans: Iterable[Plan], by: By) -> Iterator[tuple[TextUnit, Passages]]:
    """Split plans into units, and yield each with its passages, in the order of the text.

    The introduction counts as a chapter. Passages of a chapter outside its sections are a unit
    with the id of the chapter.

    Raises
    ------
    ChoiceError
        If there is no such unit.
    MissingTextError
        If the text of a plan is not at hand.
    """
    if by not in get_args(By):
        raise ChoiceError("by", by, get_args(By))
    for plan in plans:
        plan.require_reading("terms")
        if by == "plan":
            yield TextUnit(plan.id, plan.id, plan.title), tuple(all_passages(plan))
        elif by == "chapter":
            for part in parts(plan):
                yield TextUnit(part.id, plan.id, part.title), tuple(part.all_passages("terms"))
        elif by == "section":
            yield from _sections(plan)
        else:
            for heading in plan.headings:
                for measure in heading.own_measures:
                    yield TextUnit(measure.id, plan.id, heading.title), (measure,)


def parts(plan: Plan) -> tuple[Section, ...]:
    """Return the introduction and the chapters."""
    return (plan.introduction, *plan.chapters)


def passages_of(plans: Iterable[Plan]) -> Iterator[Passage]:
    """Return all passages of plans, in order."""
    for plan in plans:
        yield from all_passages(plan)


def all_passages(plan: Plan) -> Iterator[Passage]:
    """Return all passages of a plan, in order."""
    for part in parts(plan):
        yield from part.all_passages("terms")


def _sections(plan: Plan) -> Iterator[tuple[TextUnit, Passages]]:
    """Split a plan into sections; a heading without passages of its own is not a unit."""
    for heading in (plan.introduction, *plan.headings):
        if heading.passages:
            yield TextUnit(heading.id, plan.id, heading.title), heading.passages


def measure_id(passage: Passage) -> str | None:
    """Return the id of a measure; None for a goal or a paragraph."""
    return passage.id if isinstance(passage, Measure) else None
