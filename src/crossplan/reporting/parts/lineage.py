"""How chapters and sections went on, through all plans."""

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import get_args

from crossplan.matching.section_links import Relation, SectionLink
from crossplan.matching.words import RELATION_WORDS
from crossplan.reporting import figures
from crossplan.reporting.content import Content, records
from crossplan.reporting.document import Cell, Chapter, Column, Picture, Row, Table
from crossplan.reporting.runs import cell, link, number, quiet, quoted, strong

RELATIONS: tuple[Relation, ...] = get_args(Relation)


def lineage(content: Content) -> Chapter:
    """Draw the lineage of sections, count the relations, and list what changed."""
    t = content.t
    picture = Picture(
        name="lineage",
        draw=partial(figures.lineage, content),
        caption=content.lineage.caption(lang=content.lang),
        alt=t(
            "各期计划的章节，以线相连者为前后相承；逐对数目见下表。",
            "Chapters and sections of the plans, joined where one went on in the next; the "
            "counts of each pair stand in the table below.",
        ),
    )
    title = t("章节沿革", "Section lineage")
    return Chapter("lineage", title, title, (picture, relations(content), changed(content)))


def relations(content: Content) -> Table:
    """Count how many headings have each relation, and moved, from plan to plan."""
    t = content.t
    links = content.lineage.links
    counts = Counter((plan_after(content, link), link.relation) for link in links)
    moved = Counter(plan_after(content, link) for link in links if link.moved)
    return Table(
        name="relations",
        caption=t("逐期章节关系的数目", "Relations of headings, from plan to plan"),
        columns=(
            Column(t("前后两期", "From – to"), share=2),
            *(Column(RELATION_WORDS[name][content.lang], "number") for name in RELATIONS),
            Column(t("其中移章或升降级", "of these, moved"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    cell(strong(f"{old.id} → {new.id}")),
                    *(number(counts[new.id, name]) for name in RELATIONS),
                    number(moved[new.id]),
                )
            )
            for old, new in pairwise(content.plans)
        ),
    )


def plan_after(content: Content, link: SectionLink) -> str:
    """Tell the newer of the two plans that a link stands between."""
    if link.new is not None:
        return link.new.plan
    ids = list(content.corpus)
    return ids[ids.index(link.old.plan) + 1] if link.old is not None else ""


def changed(content: Content) -> Table:
    """List the headings that did not simply stay."""
    t = content.t
    rows = [
        row for row in records(content.lineage.frame) if row["relation"] != "kept" or row["moved"]
    ]
    return Table(
        name="sections",
        caption=t("有变化的章节", "Headings that changed"),
        columns=(
            Column(t("前后两期", "From – to"), "choice", 1.6),
            Column(t("关系", "Relation"), "choice", 1.3),
            Column(t("移位", "Moved"), "choice", 0.8),
            Column(t("前期", "Old"), share=3),
            Column(t("后期", "New"), share=3),
            Column(t("得分", "Score"), "number", 0.8),
            Column(t("复核", "Review"), "choice", 1),
        ),
        rows=tuple(
            Row(
                (
                    cell(pair_of(content, row["old_id"], row["new_id"])),
                    cell(RELATION_WORDS[row["relation"]][content.lang]),
                    cell(t("移位", "moved") if row["moved"] else ""),
                    heading(row["old_id"], row["old_title"]),
                    heading(row["new_id"], row["new_title"]),
                    number(row["score"], "{:.0f}"),
                    cell(quiet(t("宜复核", "to be reviewed")) if row["to_review"] else ""),
                )
            )
            for row in rows
        ),
        searchable=True,
        folded=True,
    )


def heading(heading_id: str | None, title: str | None) -> Cell:
    """Give a heading with its id."""
    return cell(link(heading_id), " " if heading_id else "", quoted(title))


def pair_of(content: Content, old_id: str | None, new_id: str | None) -> str:
    """Name the two consecutive plans that a row stands between."""
    ids = list(content.corpus)
    plan = (new_id or old_id or "").partition("/")[0]
    place = ids.index(plan) - (new_id is not None)
    return f"{ids[place]} → {ids[place + 1]}"
