"""Build the chapter with an overview of the plans."""

from crossplan.model import Plan
from crossplan.model.plan import published, title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Chapter,
    ReportCell,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    cell,
    day,
    number,
    quiet,
    strong,
    words,
)


def glance(content: Content) -> Chapter:
    """List the plans with their dates, coverage and counts."""
    t = content.t
    table = ReportTable(
        name="plans",
        caption=t("各期计划：资料与篇幅", "The plans: what is at hand, and how long they are"),
        columns=(
            ReportColumn(t("计划", "Plan"), "id", 1.4),
            ReportColumn(t("题名", "Title"), share=2.4),
            ReportColumn(t("发布", "Published"), "date", 1.5),
            ReportColumn(t("资料", "Coverage"), share=1.3),
            ReportColumn(t("章", "Chapters"), "number", 1.2),
            ReportColumn(t("节", "Sections"), "number", 1.2),
            ReportColumn(t("导言目标", "Goals"), "number", 1.2),
            ReportColumn(t("举措", "Measures"), "number", 1.3),
            ReportColumn(t("正文字数", "Characters"), "number", 1.5),
            ReportColumn(t("量化目标", "Targets"), "number", 1.3),
        ),
        rows=tuple(_row(content, plan) for plan in content.plans),
    )
    note = t(
        "“未知”指正文未收录，不等于零。字数为整理后正文（含目录与标题）的字符数。"
        "无正文的计划，量化目标取自公开网页，是抽样而非全部。",
        "“Unknown” means that the text is not at hand; it does not mean none. Characters are "
        "those of the reading text, table of contents and headings included. The targets of "
        "plans without text were taken from published pages: a sample, not the whole.",
    )
    title = t("各期计划一览", "The plans at a glance")
    return Chapter(
        "glance", title, t("一览", "At a glance"), (table, ReportParagraph(words(note), note=True))
    )


def _row(content: Content, plan: Plan) -> ReportRow:
    """Return the row of a plan."""
    t, full = content.t, plan.coverage == "full"
    unknown = cell(quiet(t("未知", "unknown")))
    targets = cell(quiet(t("不可读取", "not read")))
    if not content.targets_unread:
        found = int((content.trace.frame["plan"] == plan.id).sum())
        targets = number(found, "{:,}", "" if full else quiet(t(" 抽样", " sample")))
    counted: tuple[ReportCell, ...] = (unknown, unknown, unknown)
    if full:
        counted = tuple(
            number(value) for value in (len(plan.goals), len(plan.measures), len(plan.text))
        )
    return ReportRow(
        (
            cell(strong(plan.id)),
            cell(title_of(plan, content.lang)),
            day(plan.published, published(plan, content.lang)),
            cell(_coverage(content, plan)),
            number(len(plan.chapters)),
            number(len(plan.sections)),
            *counted,
            targets,
        )
    )


def _coverage(content: Content, plan: Plan) -> str:
    """Describe how much of a plan is at hand."""
    t = content.t
    if plan.coverage == "outline":
        return t("仅纲目", "outline only")
    if plan.gaps:
        return t(
            f"正文有缺：少 {len(plan.gaps)} 个标题",
            f"text with gaps: {len(plan.gaps)} headings not found",
        )
    return t("全文", "full text")
