"""The indicators that several plans share, from plan to plan."""

from functools import partial

from crossplan.model import Plan
from crossplan.reporting import figures
from crossplan.reporting.content import Content
from crossplan.reporting.document import Cell, Chapter, Column, Paragraph, Picture, Row, Run, Table
from crossplan.reporting.parts.target_words import figure_runs, indicator, outcome_runs, place
from crossplan.reporting.runs import quiet, words
from crossplan.targets.links import Step


def history(content: Content) -> Chapter | None:
    """Follow the shared indicators through the plans; two plans are compared already."""
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
            "Targets and values reached of the indicators that several plans share; the "
            "figures stand in the table below.",
        ),
    )
    table = Table(
        name="shared-indicators",
        caption=t("多期共有指标：目标值与实际值", "Shared indicators: targets and values reached"),
        columns=(
            Column(t("指标", "Indicator"), share=1.6),
            *(Column(plan.id, share=1.2) for plan in content.plans),
        ),
        rows=tuple(
            Row((indicator(content, steps[0].identity), *_cells(content, steps)))
            for steps in content.trace.step_histories.values()
        ),
    )
    note = t(
        "指标依系列的指标表辨认，表中没有的凭名称相近辨认。每一数字与此前最近一期已知的"
        "目标相比；调高、调低就数字而言，更进一步、有所放松则看指标以多为好还是以少为好。"
        "↑↓ 为增减幅度。",
        "Indicators are known by the registry of the series, and those it does not have by "
        "likeness of names. Each figure is compared with the last plan before that is known to "
        "have one: raised and lowered speak of the figure, stronger and weaker of whether more "
        "or less of it is better. ↑↓ mark changes.",
    )
    shown = (picture, table) if table.rows else ()
    return Chapter(
        "history",
        title,
        t("共有指标", "Shared indicators"),
        (*shown, Paragraph(words(note), note=True)),
    )


def _cells(content: Content, steps: list[Step]) -> list[Cell]:
    """Say what each plan has of an indicator."""
    return [
        _said(content, plan, [step for step in steps if step.target.plan == plan.id])
        for plan in content.plans
    ]


def _said(content: Content, plan: Plan, steps: list[Step]) -> Cell:
    """Say what a plan has of an indicator, or why that is not known."""
    t = content.t
    if not steps:
        full = plan.coverage == "full"
        return Cell(
            words(quiet(t("正文未见", "not in the text") if full else t("未知", "unknown")))
        )
    runs: list[Run] = []
    for step in steps:
        if runs:
            runs.append(Run("; "))
        runs += figure_runs(content, step.target)
        if step.previous:
            runs += (Run(" "), *outcome_runs(content, step.outcome))
        runs += (Run(" "), place(step.target))
    return Cell(tuple(runs))
