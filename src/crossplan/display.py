"""How plans and results show themselves in a notebook.

The HTML carries no script and no style sheet, so that it survives every viewer, and
all text is escaped.
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from crossplan.model import Corpus, Plan

ROWS_SHOWN = 20


def table_html(table: "pd.DataFrame", caption: str) -> str:
    """Show the first rows of a table under a caption that tells how many there are."""
    shown = table.head(ROWS_SHOWN)
    return (
        f'<div lang="zh-Hans"><p>{escape(caption)} {how_many(table, "row")}</p>'
        f"{shown.to_html(index=False, na_rep='', border=0)}</div>"
    )


def how_many(table: "pd.DataFrame", noun: str) -> str:
    """Tell how many rows a table has, and how many of them are shown.

    Examples
    --------
    >>> import pandas as pd
    >>> how_many(pd.DataFrame({"a": range(30)}), "row")
    '30 rows. The first 20 are shown.'
    """
    note = f" The first {ROWS_SHOWN} are shown." if len(table) > ROWS_SHOWN else ""
    return f"{len(table)} {noun}{'' if len(table) == 1 else 's'}.{note}"


def rows_html(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Show rows of plain values as an HTML table."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def corpus_html(corpus: "Corpus") -> str:
    """Show the plans of a corpus, one a row."""
    from crossplan.labels import published

    header = ["plan", "title", "coverage", "chapters", "sections", "measures", "published"]
    rows = [
        [
            plan.id,
            plan.title,
            plan.coverage,
            len(plan.chapters),
            len(plan.sections),
            len(plan.measures) if plan.coverage == "full" else "text not at hand",
            published(plan, "en"),
        ]
        for plan in corpus.values()
    ]
    title = escape(" ".join(part for part in (corpus.title, corpus.title_en) if part))
    return f'<div lang="zh-Hans"><p><b>{title}</b></p>{rows_html(header, rows)}</div>'


def plan_html(plan: "Plan") -> str:
    """Show the outline of a plan with the number of measures in each chapter."""
    from crossplan.labels import published

    full = plan.coverage == "full"
    rows = [
        [
            chapter.chapter,
            chapter.title,
            "、".join(section.title for section in chapter.sections),
            len(chapter.measures) if full else "text not at hand",
        ]
        for chapter in plan.chapters
    ]
    origin = ", ".join(filter(None, [plan.publisher, published(plan, "en")]))
    facts = (
        f"{origin}. Coverage: {plan.coverage}. "
        f"{len(plan.chapters)} chapters, {len(plan.sections)} sections"
    )
    facts += f", {len(plan.goals)} goals, {len(plan.measures)} measures." if full else "."
    return (
        f'<div lang="zh-Hans"><p><b>{escape(plan.title)}</b><br>{escape(facts)}</p>'
        f"{rows_html(['', 'chapter', 'sections', 'measures'], rows)}</div>"
    )
