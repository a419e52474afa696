"""Build the chapter on the sources, with addresses and checksums."""

from crossplan.model import Address, Plan, Target
from crossplan.model.plan import published, title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Block,
    Bullets,
    Chapter,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Subheading,
    TextRun,
    cell,
    code,
    number,
    quiet,
    quoted,
    source,
    strong,
    words,
)
from crossplan.targets.descriptions import evidence_words, outcome_words, target_words


def sources(content: Content) -> Chapter:
    """List the sources of every plan, and of every curated target."""
    t = content.t
    blocks: list[Block] = []
    for plan in content.plans:
        blocks += _of_plan(content, plan)
    if table := _curated(content):
        blocks.append(table)
    title = t("来源与校验", "Sources and checksums")
    return Chapter("sources", title, t("来源", "Sources"), tuple(blocks))


def _of_plan(content: Content, plan: Plan) -> list[Block]:
    """Describe the witness of a plan, and list where else it is published."""
    t = content.t
    publisher = plan.publisher
    if content.lang == "en":
        publisher = plan.publisher_en or publisher
    publication = t("，", ", ").join(filter(None, [publisher, published(plan, content.lang)]))
    blocks: list[Block] = [
        Subheading(title_of(plan, content.lang)),
        ReportParagraph(words(strong(plan.id), t(f"：{publication}。", f": {publication}."))),
    ]
    if plan.reading is not None:
        blocks.append(ReportParagraph(_witness(content, plan)))
    if plan.addresses:
        blocks.append(Bullets(tuple(_address(content, a) for a in plan.addresses)))
    if plan.outline_confidence:
        sure = "; ".join(
            f"{part.replace('_', ' ')}: {how}" for part, how in plan.outline_confidence
        )
        label = t("纲目可信度：", "Confidence of the outline: ")
        blocks.append(ReportParagraph(words(label, TextRun(sure, lang="en")), note=True))
    return blocks


def _witness(content: Content, plan: Plan) -> Runs:
    """Describe the file that a text was read from."""
    t, read = content.t, plan.require_reading("text").witness
    return words(
        t("所据文本：", "Witness: "),
        read.source or _supplied(content, plan),
        " (",
        code(read.name),
        t(
            f"，{read.encoding}，{read.characters} 字符）",
            f", {read.encoding}, {read.characters} characters)",
        ),
        TextRun(" "),
        source(read.address),
        quiet(f" ({read.note.rstrip('.')})" if read.note else "", "en"),
        t("。SHA-256：", ". SHA-256 "),
        code(read.sha256),
    )


def _supplied(content: Content, plan: Plan) -> str:
    """Describe the origin of a text without a source."""
    if plan.constructed:
        return content.t("按已知改动构造，从未发布", "constructed by known edits, never published")
    return content.t("用户提供", "supplied by the user")


def _address(content: Content, published_at: Address) -> Runs:
    """Return the address of a published copy, and whether it was checked."""
    opened = "" if published_at.opened else content.t("（未打开核对）", " (not opened)")
    note = f" {published_at.note}" if published_at.note else ""
    return words(
        f"{published_at.language}: ", source(published_at.address), opened, quiet(note, "en")
    )


def _curated(content: Content) -> ReportTable | None:
    """List the curated targets of all plans; None if there are none."""
    t = content.t
    if content.targets_unread:
        return None
    rows = tuple(
        _curated_row(content, target) for target in content.trace.targets if not target.measure
    )
    if not rows:
        return None
    return ReportTable(
        name="curated-targets",
        caption=t("采自公开网页的量化目标", "Targets taken from published pages"),
        columns=(
            ReportColumn("ID", "id", 1.4),
            ReportColumn(t("计划", "Plan"), "choice"),
            ReportColumn(t("指标", "Indicator"), share=2),
            ReportColumn(t("目标", "Target"), share=1.2),
            ReportColumn(t("年份", "Year"), "number", 0.6),
            ReportColumn(t("实际值", "Reached"), share=1.4),
            ReportColumn(t("依据", "Evidence"), "choice", 1.2),
            ReportColumn(t("来源", "Source"), share=2),
            ReportColumn(t("附注", "Note"), share=2),
        ),
        rows=rows,
        searchable=True,
        folded=True,
    )


def _curated_row(content: Content, target: Target) -> ReportRow:
    """Return a curated target with its sources."""
    return ReportRow(
        (
            cell(target.id),
            cell(target.plan),
            cell(quoted(target.indicator)),
            cell(target_words(target)),
            number(target.year, "{:d}"),
            cell(
                outcome_words(target),
                " " if target.outcome_source else "",
                source(target.outcome_source),
            ),
            cell(evidence_words(target, content.lang)),
            cell(
                source(target.source),
                "; " if target.second_source else "",
                source(target.second_source),
            ),
            cell(TextRun(target.note, lang="en")),
        ),
        id=target.id,
    )
