"""The whole report, chapter by chapter."""

from dataclasses import replace

from crossplan._version import __version__
from crossplan.model.plan import title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import Chapter, Document, Table
from crossplan.reporting.parts.corrections import corrections
from crossplan.reporting.parts.decisions import decisions
from crossplan.reporting.parts.findings import findings
from crossplan.reporting.parts.glance import glance
from crossplan.reporting.parts.history import history
from crossplan.reporting.parts.limits import limits
from crossplan.reporting.parts.lineage import lineage
from crossplan.reporting.parts.measures import measures
from crossplan.reporting.parts.method import method
from crossplan.reporting.parts.sources import sources
from crossplan.reporting.parts.targets import targets
from crossplan.reporting.parts.terms import terms
from crossplan.reporting.parts.texts import texts

PARTS = (
    findings,
    glance,
    lineage,
    measures,
    targets,
    history,
    terms,
    limits,
    corrections,
    decisions,
    texts,
    sources,
    method,
)


def whole(content: Content) -> Document:
    """Put the chapters together, findings first."""
    name = content.corpus.title
    if content.lang == "en":
        name = content.corpus.title_en or name
    titles = [title_of(plan, content.lang) for plan in (content.old, content.new)]
    name = name or " → ".join(titles)
    report = content.t("比较报告", "Comparison report")
    return Document(
        title=f"{name} · {report}",
        subtitle=f"{content.plans[0].id} – {content.plans[-1].id} · crossplan {__version__}",
        lang=content.lang,
        chapters=tuple(
            without_empty_tables(chapter)
            for part in PARTS
            if (chapter := part(content)) is not None
        ),
    )


def without_empty_tables(chapter: Chapter) -> Chapter:
    """Leave out the tables of a chapter that have no rows; what there is none of is counted."""
    blocks = (b for b in chapter.blocks if not isinstance(b, Table) or b.rows)
    return replace(chapter, blocks=tuple(blocks))
