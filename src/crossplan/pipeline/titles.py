"""What the files of a step are called, in Chinese and in English."""

from collections.abc import Sequence
from typing import NamedTuple

from crossplan.pipeline import declaration as declared
from crossplan.pipeline.plan_names import plans_of


class Title(NamedTuple):
    """A title in both languages."""

    zh: str
    en: str


# Of more plans, the first and the last.
PLANS_NAMED = 8
SUBJECTS = {
    declared.SectionComparison: Title("章节对照", "Chapters and sections compared"),
    declared.MeasureComparison: Title("举措对照", "Measures compared"),
    declared.TargetComparison: Title("量化目标对照", "Targets compared"),
    declared.TermComparison: Title("用词对照", "Terms compared"),
    declared.SectionTrace: Title("章节沿革", "Chapters and sections traced"),
    declared.MeasureTrace: Title("举措沿革", "Measures traced"),
    declared.TargetTrace: Title("量化目标沿革", "Targets traced"),
    declared.TermTrace: Title("用词沿革", "Terms traced"),
    declared.Frequencies: Title("词频", "Term frequencies"),
    declared.ReportStep: Title("比较报告", "Comparison report"),
}
FURTHER = {
    "lineages": Title("每条沿革一行", "one row for each lineage"),
    "shared": Title("见于两期以上计划的指标", "indicators of two plans or more"),
    "grid": Title("每期计划一列", "a column for each plan"),
    "appearances": Title("始见与末见", "first and last appearance"),
    "overlaps": Title("同属两组之处", "places that count for two groups"),
    "disagreements": Title("采集与正文不一致之处", "where gathered rows and texts disagree"),
}
UNITS = {
    "plan": Title("按计划", "by plan"),
    "chapter": Title("按章", "by chapter"),
    "section": Title("按节", "by section"),
    "measure": Title("按举措", "by measure"),
}


def title_of_step(step: declared.AnyStep, ids: Sequence[str]) -> Title:
    """Say what a step is about, and which plans.

    Parameters
    ----------
    step : Step
    ids : sequence of str
        Of the plans of the analysis.
    """
    zh, en = SUBJECTS[type(step)]
    if isinstance(step, declared.Frequencies):
        by = UNITS[step.by]
        zh, en = f"{zh}（{by.zh}）", f"{en} {by.en}"
    plans = plans_of(step, ids)
    if isinstance(step, declared.OfTwoPlans):
        return Title(f"{zh}：{' → '.join(plans)}", f"{en}: {' → '.join(plans)}")
    if len(plans) > PLANS_NAMED:
        span = f"{plans[0]} – {plans[-1]}"
        return Title(f"{zh}：{span}（{len(plans)} 期）", f"{en}: {span} ({len(plans):,} plans)")
    return Title(f"{zh}：{'、'.join(plans)}", f"{en}: {', '.join(plans)}")


def title_of_table(step: Title, further: str) -> Title:
    """Say what a table holds: that of the step itself, or one that goes with it.

    Examples
    --------
    >>> title_of_table(Title("用词沿革：甲、乙", "Terms traced: a, b"), "grid").en
    'Terms traced: a, b (a column for each plan)'
    """
    if not further:
        return step
    zh, en = FURTHER[further]
    return Title(f"{step.zh}（{zh}）", f"{step.en} ({en})")
