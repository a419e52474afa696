"""Build the chapter with the critical apparatus: corrections of the published texts."""

from crossplan.model import Correction, Plan, Reading
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Bullets,
    Chapter,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    TextRun,
    cell,
    quoted,
    strong,
    words,
)

_CONTEXT = 8


def corrections(content: Content) -> Chapter | None:
    """List the corrections of all texts; None if no text is at hand."""
    t = content.t
    if not content.texts:
        return None
    rows = tuple(
        _row(content, plan, correction)
        for plan in content.texts
        if plan.reading
        for correction in plan.reading.corrections
    )
    table = ReportTable(
        name="corrections",
        caption=t("校勘记", "Corrections of the critical apparatus"),
        columns=(
            ReportColumn(t("计划", "Plan"), "choice"),
            ReportColumn(t("原文", "As published"), share=2),
            ReportColumn(t("校改", "Corrected"), share=2),
            ReportColumn(t("采用", "Applied"), "choice"),
            ReportColumn(t("理由", "Reason"), share=4),
        ),
        rows=rows,
    )
    none = ReportParagraph(words(t("各本均无校勘记。", "There is no apparatus for these files.")))
    joined = Bullets(
        tuple(_joins(content, plan, plan.reading) for plan in content.texts if plan.reading)
    )
    title = t("校勘记", "Corrections")
    return Chapter("corrections", title, title, (table if rows else none, joined))


def _row(content: Content, plan: Plan, correction: Correction) -> ReportRow:
    """Return the row of an entry of the apparatus."""
    t = content.t
    applied = t("是", "yes") if correction.applied else t("否", "no")
    if correction.certainty == "doubtful":
        applied = t("存疑，未改", "doubtful, left as it is")
    return ReportRow(
        (
            cell(plan.id),
            cell(quoted(correction.witness)),
            cell(quoted(correction.corrected)),
            cell(applied),
            cell(t(correction.reason, correction.reason_en)),
        )
    )


def _joins(content: Content, plan: Plan, reading: Reading) -> Runs:
    """Count the broken paragraphs that were joined, and list the doubtful places."""
    t = content.t
    doubtful = [join.position for join in reading.joins if join.after_sentence]
    runs: list[str | TextRun] = [
        strong(plan.id),
        t("：断行合并 ", ": broken paragraphs joined: "),
        str(len(reading.joins)),
        t(
            " 处。其中前句已完、只凭缺少标记而合并的：",
            ". Of these, joined after a full stop, only because the line has no mark of its own: ",
        ),
    ]
    if not doubtful:
        return words(*runs, t("无。", "none."))
    places = [
        f"“{reading.text[max(0, at - _CONTEXT) : at]}｜{reading.text[at : at + _CONTEXT]}”"
        for at in doubtful
    ]
    return words(*runs, quoted("；".join(places)), t("。", "."))
