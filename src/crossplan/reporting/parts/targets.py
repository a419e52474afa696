"""Build the chapter that compares the targets of the two plans."""

from functools import partial

from crossplan.display import records
from crossplan.model import Plan, Target
from crossplan.model.plan import title_of
from crossplan.reporting import figures
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Block,
    Chapter,
    Count,
    Counts,
    Picture,
    ReportCell,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Subheading,
    TextRun,
    cell,
    lead_to,
    number,
    quiet,
    quoted,
    source,
    words,
)
from crossplan.targets.change import Outcome
from crossplan.targets.descriptions import (
    AMBITION_WORDS,
    CHANGE_WORDS,
    REASON_WORDS,
    detail_words,
    evidence_words,
    outcome_words,
    target_words,
)
from crossplan.targets.dumbbell_figure import drawn_rows
from crossplan.targets.links import ComparedTargets as ComparedRow
from crossplan.targets.links import Identity, Step

_CHANGES = tuple(CHANGE_WORDS)
_KIND_WORDS = {
    "level": {"zh": "水平", "en": "level"},
    "change": {"zh": "增减", "en": "change"},
    "output": {"zh": "产出", "en": "output"},
}


def targets(content: Content) -> Chapter:
    """Compare the targets of the two plans."""
    t = content.t
    label = t("量化目标", "Targets")
    title = t("量化目标比较：", "Targets compared: ") + content.pair
    if content.targets_unread:
        return Chapter("targets", title, label, (ReportParagraph(words(content.targets_unread)),))
    blocks: list[Block] = [
        ReportParagraph(
            words(f"{title_of(content.old, content.lang)} → {title_of(content.new, content.lang)}")
        ),
        _counts(content),
    ]
    if drawn_rows(content.targets):
        blocks.append(_dumbbells(content))
    blocks += [_compared(content), ReportParagraph(words(_unknown_note(content)), note=True)]
    if not content.trace.disagreements.frame.empty:
        blocks += [
            Subheading(t("抽样与正文不合之处", "Where the sample and the text disagree")),
            _disagreements(content),
        ]
    if content.new.coverage == "full":
        blocks += [
            Subheading(
                t(
                    f"{content.new.id} 正文中的量化目标",
                    f"Targets read from the text of {content.new.id}",
                )
            ),
            _read_targets(content),
            ReportParagraph(words(_read_note(content)), note=True),
        ]
    return Chapter("targets", title, label, tuple(blocks))


def _rows_of(content: Content, change: str) -> list[ComparedRow]:
    """Return the rows of the comparison with one change."""
    return [row for row in content.targets.rows if row.outcome.change == change]


def _counts(content: Content) -> Counts:
    """Count the targets with each change."""
    return Counts(
        tuple(
            Count(len(_rows_of(content, change)), CHANGE_WORDS[change][content.lang])
            for change in _CHANGES
        )
    )


def _dumbbells(content: Content) -> Picture:
    """Return the picture of old figures against new ones."""
    return Picture(
        name="dumbbells",
        draw=partial(figures.dumbbells, content),
        caption=content.targets.caption(lang=content.lang),
        alt=content.t(
            "可比指标的新旧目标值；数字见下表。",
            "Old and new figures of the indicators that can be compared; they stand in the "
            "table below.",
        ),
    )


def _compared(content: Content) -> ReportTable:
    """List the rows with a known change, ordered by it."""
    t = content.t
    return ReportTable(
        name="targets",
        caption=t(f"量化目标比较，{content.pair}", f"Targets compared, {content.pair}"),
        columns=(
            ReportColumn(t("变化", "Change"), "choice"),
            ReportColumn(t("指标", "Indicator"), share=2),
            ReportColumn(content.old.id, share=1.6),
            ReportColumn(content.new.id, share=1.6),
            ReportColumn(t("差", "Difference"), "number", 1),
            ReportColumn(t("力度", "Ambition"), "choice", 0.9),
            ReportColumn(t("说明", "Remark"), share=2),
        ),
        rows=tuple(
            _compared_row(content, row)
            for change in _CHANGES
            if change != "unknown"
            for row in _rows_of(content, change)
        ),
        searchable=True,
    )


def _compared_row(content: Content, row: ComparedRow) -> ReportRow:
    """Return a row of the comparison."""
    t, outcome, pairing = content.t, row.outcome, row.pairing
    matched = ""
    if pairing.matched_by == "likeness":
        matched = t(" 凭名称相近辨认，宜复核", " matched by likeness of names, to be reviewed")
    elif pairing.matched_by == "reviewer":
        matched = t(" 复核者判定 ", " decided by a reviewer ") + pairing.initials
    known = outcome.difference is not None
    return ReportRow(
        (
            cell(CHANGE_WORDS[outcome.change][content.lang]),
            indicator(content, row.identity),
            figure(content, pairing.old),
            figure(content, pairing.new),
            difference(outcome),
            cell(AMBITION_WORDS[outcome.ambition][content.lang] if known else ""),
            cell(
                reason(content, outcome),
                " " if outcome.detail else "",
                quoted(detail_words(outcome, content.lang)),
                quiet(matched),
                quiet(_evidence(content, row)),
            ),
        )
    )


def _evidence(content: Content, row: ComparedRow) -> str:
    """Describe the evidence for the curated figures of a row, and its certainty."""
    t = content.t
    evidence = [
        f"{target.plan}{t('：', ': ')}{words_of}"
        for target in (row.pairing.old, row.pairing.new)
        if target and (words_of := evidence_words(target, content.lang))
    ]
    return f" {t('；', '; ').join(evidence)}" if evidence else ""


def _unknown_note(content: Content) -> str:
    """Describe the targets that are not in the table."""
    return content.t(
        "未知：一期计划有此指标，而另一期正文未收录，不能断言增删；这些指标不在此表，"
        "见“来源”所列抽样与正文目标。",
        "Unknown: one plan has the indicator and the text of the other is not at hand, so it is "
        "unknown whether the target is new or dropped. These targets are not listed here, but in "
        "the sample under Sources and among the targets read.",
    )


def _disagreements(content: Content) -> ReportTable:
    """List the disagreements between curated rows and texts of all plans."""
    t = content.t
    return ReportTable(
        name="disagreements",
        caption=t("抽样与正文不合之处", "Where the sample and the text disagree"),
        columns=(
            ReportColumn(t("指标", "Indicator"), share=2),
            ReportColumn(t("项目", "Field")),
            ReportColumn(t("正文", "Text"), share=2),
            ReportColumn(t("抽样", "Sample"), share=2),
            ReportColumn(t("来源", "Source"), share=2),
        ),
        rows=tuple(
            ReportRow(
                (
                    cell(quoted(row["indicator"])),
                    cell(row["field"]),
                    cell(row["read"] or "", " ", lead_to(row["measure_id"])),
                    cell(row["curated"] or "", " ", lead_to(row["curated_id"])),
                    cell(source(row["source"] or "")),
                )
            )
            for row in records(content.trace.disagreements.frame)
        ),
    )


def _read_note(content: Content) -> str:
    """Explain the table of targets read from the text."""
    return content.t(
        "年份只在句中写明时列出，余者以计划期末为限；位置为整理后正文的字符区间；一个数字兼及数项"
        "指标的（“分别”“均”），每项一行。",
        "A year is listed if the sentence names one; otherwise the last year of the plan is "
        "meant. Spans count characters of the reading text. A figure for several indicators (分别, "
        "均) has a row for each.",
    )


def _read_targets(content: Content) -> ReportTable:
    """List the targets that were read from the text of the newer plan."""
    t = content.t
    return ReportTable(
        name="targets-read",
        caption=t(
            f"{content.new.id} 正文中的量化目标", f"Targets read from the text of {content.new.id}"
        ),
        columns=(
            ReportColumn(t("出处", "Passage"), "id"),
            ReportColumn(t("指标", "Indicator"), share=2.5),
            ReportColumn(t("目标", "Target"), share=1.5),
            ReportColumn(t("类型", "Kind"), "choice", 0.8),
            ReportColumn(t("年份", "Year"), "number", 0.7),
            ReportColumn(t("位置", "Span"), "id"),
            ReportColumn(t("附注", "Note"), share=2),
        ),
        rows=tuple(
            _read_row(content, step)
            for step in content.trace.steps
            if step.target.plan == content.new.id and step.target.measure
        ),
        searchable=True,
        folded=True,
    )


def _read_row(content: Content, step: Step) -> ReportRow:
    """Return the row of a target that was read from a text."""
    target = step.target
    english = step.identity.name_en if content.lang == "en" else ""
    recurrence = f"{target.recurrence} " if target.recurrence else ""
    return ReportRow(
        (
            cell(lead_to(target.measure)),
            cell(quoted(target.indicator), quiet(f" {english}" if english else "", "en")),
            cell(recurrence + target_words(target)),
            cell(_KIND_WORDS[target.kind][content.lang]),
            number(target.year, "{:d}"),
            cell(f"{target.start}–{target.end}"),
            cell(quoted(target.note)),
        ),
        id=target.id,
    )


def indicator(content: Content, identity: Identity) -> ReportCell:
    """Return the standard name of an indicator, and the English one in an English report."""
    english = identity.name_en if content.lang == "en" else ""
    return ReportCell(
        words(quoted(identity.name), quiet(f" {english}" if english else "", "en")), identity.name
    )


def figure(content: Content, target: Target | None) -> ReportCell:
    """Return a target with the value reached and its passage."""
    if target is None:
        return ReportCell(())
    return ReportCell((*_figure_runs(content, target), TextRun(" "), place(target)))


def _figure_runs(content: Content, target: Target) -> Runs:
    """Return a target with the value reached."""
    reached = ""
    if target.outcome is not None:
        reached = f" {content.t('实际', 'reached')} {outcome_words(target)}"
    return words(target_words(target), quiet(reached))


def place(target: Target) -> TextRun:
    """Return a link to the passage of a target, or to its row among the sources."""
    return lead_to(target.measure or target.id)


def _outcome_runs(content: Content, outcome: Outcome) -> Runs:
    """Return the change of a target, with the reason or the ambition."""
    t, lang = content.t, content.lang
    text = CHANGE_WORDS[outcome.change][lang]
    if outcome.reason:
        text += t("：", ": ") + reason(content, outcome)
    elif outcome.ambition in ("stronger", "weaker"):
        text += t("，", ", ") + AMBITION_WORDS[outcome.ambition][lang]
    return words(quiet(text))


def reason(content: Content, outcome: Outcome) -> str:
    """Return the reason why figures are not compared, or why nothing is known."""
    return content.t(REASON_WORDS.get(outcome.reason, ""), outcome.reason)


def difference(outcome: Outcome) -> ReportCell:
    """Return the difference of new and old, and its share of the old."""
    if outcome.difference is None:
        return ReportCell(())
    shown = f"{outcome.difference:+.6g}" if outcome.difference else "0"
    share = f" {100 * outcome.relative:+.0f}%" if outcome.relative else ""
    return ReportCell(words(shown, quiet(share)), outcome.difference)


def history(content: Content) -> Chapter | None:
    """Trace shared indicators through the plans; None if there are only the two compared."""
    if content.plans == (content.old, content.new) or content.targets_unread:
        return None
    t = content.t
    title = t("多期共有指标", "Indicators that several plans share")
    picture = Picture(
        name="history",
        draw=partial(figures.history, content),
        caption=content.trace.caption(lang=content.lang),
        alt=t(
            "多期共有指标的目标值与实际值；数字见下表。",
            "Targets and values reached of the indicators that several plans share; the table "
            "below has the figures.",
        ),
    )
    table = ReportTable(
        name="shared-indicators",
        caption=t("多期共有指标：目标值与实际值", "Shared indicators: targets and values reached"),
        columns=(
            ReportColumn(t("指标", "Indicator"), share=1.6),
            *(ReportColumn(plan.id, share=1.2) for plan in content.plans),
        ),
        rows=tuple(
            ReportRow((indicator(content, steps[0].identity), *_cells(content, steps)))
            for steps in content.trace.step_histories.values()
        ),
    )
    note = t(
        "指标依系列的指标表辨认，表中没有的凭名称相近辨认。每一数字与此前最近一期已知的"
        "目标相比；调高、调低就数字而言，更进一步、有所放松则看指标以多为好还是以少为好。"
        "↑↓ 为增减幅度。",
        "Indicators are identified by the registry of the series, others by the similarity of "
        "their names. Each figure is compared with the last earlier plan that is known to have "
        "one: raised and lowered refer to the figure, stronger and weaker to whether more or less "
        "of it is better. ↑↓ mark changes.",
    )
    shown = (picture, table) if table.rows else ()
    return Chapter(
        "history",
        title,
        t("共有指标", "Shared indicators"),
        (*shown, ReportParagraph(words(note), note=True)),
    )


def _cells(content: Content, steps: list[Step]) -> list[ReportCell]:
    """Return a cell for each plan with its figures for an indicator."""
    return [
        _plan_cell(content, plan, [step for step in steps if step.target.plan == plan.id])
        for plan in content.plans
    ]


def _plan_cell(content: Content, plan: Plan, steps: list[Step]) -> ReportCell:
    """Return the figures of a plan for an indicator, or why there are none."""
    t = content.t
    if not steps:
        full = plan.coverage == "full"
        return ReportCell(
            words(quiet(t("正文未见", "not in the text") if full else t("未知", "unknown")))
        )
    runs: list[TextRun] = []
    for step in steps:
        if runs:
            runs.append(TextRun("; "))
        runs += _figure_runs(content, step.target)
        if step.previous:
            runs += (TextRun(" "), *_outcome_runs(content, step.outcome))
        runs += (TextRun(" "), place(step.target))
    return ReportCell(tuple(runs))
