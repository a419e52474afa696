"""Build the chapter on the lineage of sections through all plans."""

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import get_args

from crossplan.matching.links import RELATION_WORDS, Relation
from crossplan.matching.section_links import MINIMUM_SCORE, SectionLink
from crossplan.model import Heading
from crossplan.model.plan import title_of
from crossplan.reporting import figures
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Chapter,
    Picture,
    ReportCell,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    cell,
    lead_to,
    number,
    quiet,
    quoted,
    strong,
    words,
)

_RELATIONS: tuple[Relation, ...] = get_args(Relation)


def lineage(content: Content) -> Chapter:
    """Draw the lineage of sections, count the relations, and list what changed."""
    t = content.t
    picture = Picture(
        name="lineage",
        draw=partial(figures.lineage, content),
        caption=content.lineage.caption(lang=content.lang),
        alt=t(
            "各期计划的章节，以线相连者为前后相承；逐对数目见下表。",
            "Chapters and sections of the plans, joined where a heading continues in the next "
            "plan; the table below has the counts of each pair.",
        ),
    )
    title = t("章节沿革", "Section lineage")
    note = ReportParagraph(words(_score_note(content)), note=True)
    return Chapter("lineage", title, title, (picture, _relations(content), _changed(content), note))


def _relations(content: Content) -> ReportTable:
    """Count the headings with each relation, and the moved ones, from plan to plan."""
    t = content.t
    links = content.lineage.links
    counts = Counter((_plan_after(content, link), link.relation) for link in links)
    moved = Counter(_plan_after(content, link) for link in links if link.moved)
    return ReportTable(
        name="relations",
        caption=t("逐期章节关系的数目", "Relations of headings, from plan to plan"),
        columns=(
            ReportColumn(t("前后两期", "From – to"), share=2),
            *(ReportColumn(RELATION_WORDS[name][content.lang], "number") for name in _RELATIONS),
            ReportColumn(t("其中移位", "of these, moved"), "number"),
        ),
        rows=tuple(
            ReportRow(
                (
                    cell(strong(f"{old.id} → {new.id}")),
                    *(number(counts[new.id, name]) for name in _RELATIONS),
                    number(moved[new.id]),
                )
            )
            for old, new in pairwise(content.plans)
        ),
    )


def _plan_after(content: Content, link: SectionLink) -> str:
    """Return the id of the newer of the two plans of a link."""
    if link.new is not None:
        return link.new.plan
    ids = list(content.corpus)
    return ids[ids.index(link.old.plan) + 1] if link.old is not None else ""


def _changed(content: Content) -> ReportTable:
    """List the headings that changed or moved."""
    t = content.t
    doubtful = content.lineage.frame["to_review"].tolist()
    rows = [
        (link, doubt)
        for link, doubt in zip(content.lineage.links, doubtful, strict=True)
        if link.relation != "kept" or link.moved
    ]
    return ReportTable(
        name="sections",
        caption=t("有变化的章节", "Headings that changed"),
        columns=(
            ReportColumn(t("前后两期", "From – to"), "choice", 1.6),
            ReportColumn(t("关系", "Relation"), "choice", 1.3),
            ReportColumn(t("移位", "Moved"), "choice", 0.8),
            ReportColumn(t("前期", "Old"), share=3),
            ReportColumn(t("后期", "New"), share=3),
            ReportColumn(t("得分", "Score"), "number", 0.8),
            ReportColumn(t("复核", "Review"), "choice", 1),
        ),
        rows=tuple(
            ReportRow(
                (
                    cell(_pair_of(content, link)),
                    cell(RELATION_WORDS[link.relation][content.lang]),
                    cell(t("移位", "moved") if link.moved else ""),
                    _heading(content, link.old),
                    _heading(content, link.new),
                    number(link.score, "{:.0f}"),
                    cell(quiet(t("宜复核", "to be reviewed")) if doubt else ""),
                )
            )
            for link, doubt in rows
        ),
        searchable=True,
        folded=True,
    )


def _heading(content: Content, section: Heading | None) -> ReportCell:
    """Return a heading with its id."""
    if section is None:
        return ReportCell(())
    title = title_of(section, content.lang)
    shown = title if title == section.title_en else quoted(title)
    return cell(lead_to(section.id), " ", shown)


def _pair_of(content: Content, link: SectionLink) -> str:
    """Return the ids of the two consecutive plans of a link."""
    after = _plan_after(content, link)
    ids = list(content.corpus)
    return f"{ids[ids.index(after) - 1]} → {after}"


def _score_note(content: Content) -> str:
    """Explain the scores."""
    return content.t(
        f"得分（0 至 100，{MINIMUM_SCORE:g} 起为相承）是相承的把握，不是题名的相似程度："
        "更名者得分可以很高。",
        f"A score (0 to 100; from {MINIMUM_SCORE:g} on two headings are linked) shows how certain "
        "the link is, not how similar the titles are: a renamed heading can have a high score.",
    )
