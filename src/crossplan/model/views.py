"""What plans and their parts show of themselves."""

from collections.abc import Iterable

from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    chips,
    exact,
    number_column,
    number_of,
    plain_column,
    plan_names,
    quoted_column,
    said,
    small_column,
)
from crossplan.labels import published
from crossplan.model.corpus import Corpus
from crossplan.model.passage import Passage
from crossplan.model.plan import Plan
from crossplan.model.section import Section
from crossplan.model.target import Target

PLANS_SHOWN = 50
PASSAGES_SHOWN = 20
LONGEST = 120
COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}


def corpus_view(corpus: Corpus) -> View:
    """Show the plans of a corpus, one a row."""
    rows = [
        {
            "id": plan.id,
            "title": plan.title,
            "states": ("full" if plan.coverage == "full" else "outline",)
            + (("constructed",) if plan.constructed else ()),
            "chapters": len(plan.chapters),
            "sections": len(plan.sections),
            "measures": len(plan.measures) if plan.coverage == "full" else None,
            "published": published(plan, "en"),
        }
        for plan in corpus.plans[:PLANS_SHOWN]
    ]
    titles = [Cell(part, "quoted") for part in (corpus.title, corpus.title_en) if part]
    counts = [number_of(len(corpus), "plan"), f"{len(corpus.full)} with text"]
    if corpus.outline_only:
        counts.append(f"{len(corpus.outline_only)} by outline: text not at hand")
    return View(
        name="Corpus",
        title="Plans",
        of=joined(titles, " · "),
        counts=tuple(counts),
        columns=(
            small_column("id", "id"),
            quoted_column("title", "title"),
            Column("coverage", lambda row: chips(*row["states"])),
            number_column("chapters", "chapters"),
            number_column("sections", "sections"),
            number_column("measures", "measures"),
            plain_column("published", "published"),
        ),
        rows=tuple(rows),
        total=len(corpus),
        ways=(*(f'["{plan_id}"]' for plan_id in list(corpus)[-1:]), '.to_frame("sections")'),
    )


def plan_view(plan: Plan) -> View:
    """Show the outline of a plan with the number of measures in each chapter."""
    full = plan.coverage == "full"
    rows = [
        {
            "chapter": chapter.chapter,
            "title": chapter.title,
            "sections": [section.title for section in chapter.sections],
            "measures": len(chapter.measures) if full else None,
        }
        for chapter in plan.chapters
    ]
    counts = [number_of(len(plan.chapters), "chapter"), number_of(len(plan.sections), "section")]
    if full:
        counts += [number_of(len(plan.goals), "goal"), number_of(len(plan.measures), "measure")]
    else:
        counts.append("outline only: text not at hand")
    counts.append(published(plan, "en"))
    publisher = (Cell(" · "), *said(plan.publisher)) if plan.publisher else ()
    return View(
        name="Plan",
        title="Plan",
        of=(*plan_names([plan]), *publisher),
        counts=tuple(counts),
        columns=(
            plain_column("", "chapter", "right"),
            quoted_column("chapter", "title"),
            Column("sections", lambda row: joined([said(t)[0] for t in row["sections"]], "、")),
            number_column("measures", "measures"),
        ),
        rows=tuple(rows),
        total=len(rows),
        ways=(".measures", ".text", '.to_frame("measures")')
        if full
        else ('.to_frame("sections")',),
    )


def section_view(section: Section) -> View:
    """Show the sections of a chapter, or the passages of a section."""
    level = section.level.capitalize()
    of = (*said(section.title), Cell(" "), Cell(section.id, "small"))
    if section.passages is None:
        missing = "outline only: text not at hand"
        rows = [{"id": s.id, "kind": s.level, "text": s.title} for s in section.sections]
        counts: tuple[str, ...] = (*held(len(section.sections), "section"), missing)
    else:
        rows = [{"id": p.id, "kind": kind_of(p), "text": p.text} for p in section.passages]
        rows += [{"id": s.id, "kind": s.level, "text": s.title} for s in section.sections]
        counts = (
            *held(len(section.sections), "section"),
            *held(len(section.measures), "measure"),
            *held(len(section.goals), "goal"),
            *held(len(section.paragraphs), "paragraph"),
        )
    return View(
        name="Section",
        title=level,
        of=of,
        counts=counts,
        columns=(
            plain_column("what", "kind"),
            quoted_column("text", "text", LONGEST),
            small_column("id", "id"),
        ),
        rows=tuple(rows[:PASSAGES_SHOWN]),
        total=len(rows),
        ways=ways_into(section),
    )


def passage_view(passage: Passage) -> View:
    """Show a passage, sentence by sentence."""
    rows = [{"text": s.text, "span": f"{s.start}–{s.end}"} for s in passage.sentences]
    return View(
        name=type(passage).__name__,
        title=type(passage).__name__,
        of=(Cell(passage.id, "small"),),
        counts=(number_of(len(rows), "sentence"), number_of(len(passage.text), "character")),
        columns=(
            quoted_column("sentence", "text", len(passage.text)),
            plain_column("span", "span", "right"),
        ),
        rows=tuple(rows),
        total=len(rows),
        ways=(".text", ".lead", ".sentences"),
    )


def target_view(target: Target) -> View:
    """Show a target, one fact a row; what is not known has none."""
    figure = (Cell(COMPARATORS.get(target.comparator, "")), *exact(target.value))
    if target.value_upper is not None:
        figure = (*figure, Cell("–"), *exact(target.value_upper))
    if target.unit:
        figure = (*figure, *said(target.unit))
    facts: list[tuple[str, Cells]] = [
        ("figure", figure),
        ("kind", (Cell(" ".join(filter(None, [target.kind, target.direction]))),)),
    ]
    known = {
        "by": target.year,
        "counted from": target.base or target.base_year,
        "each": target.recurrence,
        "printed": target.printed,
        "reached": None if target.outcome is None else exact(target.outcome)[0].text,
        "evidence": target.evidence,
        "confidence": target.confidence,
        "source": target.source,
        "note": target.note,
    }
    facts += [(name, said(value, LONGEST)) for name, value in known.items() if value]
    rows: tuple[Record, ...] = tuple({"fact": name, "cells": cells} for name, cells in facts)
    return View(
        name="Target",
        title="Target",
        of=(*said(target.indicator), Cell(" "), *figure, Cell(" "), Cell(target.id, "small")),
        counts=(target.kind,),
        columns=(plain_column("", "fact"), Column("", lambda row: row["cells"])),
        rows=rows,
        total=len(rows),
    )


def kind_of(passage: Passage) -> str:
    """Name the kind of a passage."""
    return type(passage).__name__.lower()


def ways_into(section: Section) -> tuple[str, ...]:
    """Give the names of what a section holds."""
    if section.passages is None:
        return (".sections",) if section.sections else ()
    names = ("sections", "measures", "goals", "paragraphs")
    return tuple(f".{name}" for name in names if getattr(section, name))


def held(number: int, noun: str) -> tuple[str, ...]:
    """Count something, if there is any of it."""
    return (number_of(number, noun),) if number else ()


def joined(cells: Iterable[Cell], between: str) -> Cells:
    """Put something between cells."""
    result: list[Cell] = []
    for cell in cells:
        result += [Cell(between), cell] if result else [cell]
    return tuple(result) or said(None)
