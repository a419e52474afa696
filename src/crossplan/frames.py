"""Plans as pandas tables. The column names are part of the public interface."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from crossplan.errors import ChoiceError

if TYPE_CHECKING:
    import pandas as pd

    from crossplan.model import Passage, Plan, Section

Table = Literal["sections", "measures", "goals"]

SECTION_COLUMNS = {
    "id": "string",
    "plan": "string",
    "chapter": "int64",
    "section": "Int64",
    "title": "string",
    "title_en": "string",
    "level": "string",
    "measures": "Int64",
    "characters": "Int64",
}
PASSAGE_COLUMNS = {
    "id": "string",
    "plan": "string",
    "chapter": "int64",
    "section": "Int64",
    "section_title": "string",
    "order": "int64",
    "lead": "string",
    "text": "string",
    "characters": "int64",
    "start": "int64",
    "end": "int64",
}


def typed_frame(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> "pd.DataFrame":
    """Build a table with exactly these columns and types, also when it has no rows."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)


def frame(plans: Sequence["Plan"], table: Table) -> "pd.DataFrame":
    """Give the sections, measures or goals of plans as one table."""
    if table == "sections":
        return typed_frame(section_rows(plans), SECTION_COLUMNS)
    if table == "measures":
        return typed_frame(measure_rows(plans), PASSAGE_COLUMNS)
    if table == "goals":
        return typed_frame(goal_rows(plans), PASSAGE_COLUMNS)
    raise ChoiceError("table", table, get_args(Table))


def section_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Give the rows of chapters and sections."""
    for plan in plans:
        for heading in plan.headings:
            full = heading.start is not None and heading.end is not None
            yield {
                "id": heading.id,
                "plan": plan.id,
                "chapter": heading.chapter,
                "section": heading.number,
                "title": heading.title,
                "title_en": heading.title_en,
                "level": heading.level,
                "measures": len(heading.measures) if full else None,
                "characters": sum(len(p.text) for p in heading.all_passages()) if full else None,
            }


def measure_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Give the rows of measures."""
    for plan in plans:
        plan.require_reading("measures")
        for heading in plan.headings:
            yield from (passage_row(plan, heading, m) for m in heading.own_measures)


def goal_rows(plans: Iterable["Plan"]) -> Iterable[dict[str, Any]]:
    """Give the rows of goals."""
    for plan in plans:
        yield from (passage_row(plan, plan.introduction, goal) for goal in plan.goals)


def passage_row(plan: "Plan", section: "Section", passage: "Passage") -> dict[str, Any]:
    """Give a passage as a row."""
    return {
        "id": passage.id,
        "plan": plan.id,
        "chapter": section.chapter,
        "section": section.number,
        "section_title": section.title,
        "order": passage.order,
        "lead": passage.lead,
        "text": passage.text,
        "characters": len(passage.text),
        "start": passage.start,
        "end": passage.end,
    }
