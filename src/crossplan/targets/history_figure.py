"""The history of an indicator: targets as steps over the plans, outcomes as points."""

from itertools import pairwise
from typing import TYPE_CHECKING

from crossplan.errors import UnknownIndicatorError
from crossplan.figures.style import (
    BLUE,
    FAINT,
    ORANGE,
    QUIET,
    blank_figure,
    drawing,
    style,
)
from crossplan.labels import Language, in_language, shortened
from crossplan.model import Plan, Target
from crossplan.targets.change import in_unit, is_change
from crossplan.targets.scope import comparable_scope
from crossplan.targets.units import read_unit
from crossplan.targets.words import figure_words, indicator_name, target_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from crossplan.targets.trace import Step, TargetTrace

COLUMNS = 4
PANEL_WIDTH, PANEL_HEIGHT = 3.4, 2.3
WIDTH, HEIGHT = 7.5, 4.2
FEWEST = 2
# As much of a name as fits over a small picture.
NAME_LENGTH = 32
# Sources are cut here, so that the caption of a picture stays under it; the table has them
# whole.
LONGEST_SOURCE = 90


def comparable_histories(trace: "TargetTrace") -> dict[str, list[Target]]:
    """Give the targets of each shared indicator that can stand on one axis.

    They are of one kind, one unit family and one scope, at most one of each plan; where an
    indicator has several such sorts, the one that most plans have.
    """
    histories = {}
    for name, targets in trace.histories.items():
        sorts: dict[object, dict[str, Target]] = {}
        for target in targets:
            if target.kind == "output":
                continue
            sort = (
                is_change(target),
                read_unit(target.unit).family,
                comparable_scope(target.indicator),
            )
            sorts.setdefault(sort, {}).setdefault(target.plan, target)
        best = max(sorts.values(), key=len, default={})
        if len(best) >= FEWEST:
            histories[name] = [best[plan.id] for plan in trace.plans if plan.id in best]
    return histories


def draw_histories(trace: "TargetTrace", *, lang: Language = "zh") -> "Figure":
    """Draw the histories; see :meth:`TargetTrace.plot`."""
    histories = comparable_histories(trace)
    steps = trace.steps_by_name
    rows = max(1, -(-len(histories) // COLUMNS))
    with style():
        figure = blank_figure(PANEL_WIDTH * COLUMNS, PANEL_HEIGHT * rows + 0.4)
        axes = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
        for ax, (name, history) in zip(axes, histories.items(), strict=False):
            draw_history(history, steps[name], trace.plans, ax, lang)
            title = shortened(indicator_name(steps[name][0].identity, lang), NAME_LENGTH)
            ax.set_title(with_unit(title, history[0]))
        for ax in axes[len(histories) :]:
            ax.set_axis_off()
        figure.legend(**key(lang), loc="outside upper left", ncols=3)
    return figure


def draw_indicator(
    trace: "TargetTrace", indicator: str, ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the history of one indicator; see :meth:`TargetTrace.plot_history`."""
    by_name = trace.steps_by_name
    if indicator not in by_name:
        from rapidfuzz import process

        like = [name for name, *_ in process.extract(indicator, sorted(by_name), limit=3)]
        raise UnknownIndicatorError(indicator, like)
    steps = by_name[indicator]
    history = comparable_histories(trace).get(indicator, [steps[-1].target])
    with drawing(ax, WIDTH, HEIGHT) as ax:  # noqa: PLR1704 - the caller's, or a new one
        draw_history(history, steps, trace.plans, ax, lang)
        ax.set_title(with_unit(indicator_name(steps[0].identity, lang), history[0]))
        ax.legend(**key(lang), loc="lower left", bbox_to_anchor=(0, 1.08), ncols=3)
        ax.set_xlabel(sources(history, lang), loc="left", color=QUIET, fontsize=7, linespacing=1.5)
        return ax


def draw_history(
    history: list[Target],
    steps: "list[Step]",
    plans: tuple[Plan, ...],
    ax: "Axes",
    lang: Language,
) -> None:
    """Draw an indicator over the years of the plans."""
    draw_steps(history, plans, ax)
    for plan in plans:
        if words := words_below(plan, history, steps, lang):
            ax.axvspan(plan.start_year - 0.5, plan.end_year + 0.5, color=FAINT, zorder=0)
            ax.annotate(
                words,
                (middle(plan), 0.04),
                xycoords=("data", "axes fraction"),
                ha="center",
                color=QUIET,
            )
    ax.set_xticks([plan.end_year for plan in plans])
    ax.set_xlim(plans[0].start_year - 1.2, plans[-1].end_year + 0.7)
    ax.margins(y=0.3)
    ax.locator_params(axis="y", nbins=4)


def draw_steps(history: list[Target], plans: tuple[Plan, ...], ax: "Axes") -> None:
    """Draw targets as steps and values reached as points, in the unit of the last target."""
    place = {plan.id: number for number, plan in enumerate(plans)}
    factor = read_unit(history[-1].unit).factor
    for old, new in pairwise(history):
        before, after = place[old.plan], place[new.plan]
        ax.plot(
            [plans[before].end_year, plans[after].start_year],
            [float(in_unit(target.value, target.unit, factor)) for target in (old, new)],
            color=BLUE,
            linewidth=0.8,
            # Dotted where the figures of the plans in between are not known.
            linestyle="-" if after - before == 1 else ":",
        )
    for target in history:
        plan = plans[place[target.plan]]
        height = float(in_unit(target.value, target.unit, factor))
        ax.plot([plan.start_year, plan.end_year], [height, height], color=BLUE, linewidth=2.6)
        ax.annotate(
            figure_words(target),
            (middle(plan), height),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=BLUE,
        )
        if target.outcome is not None:
            ax.plot(
                plan.end_year,
                float(in_unit(target.outcome, target.unit, factor)),
                color=ORANGE,
                marker="D",
                markersize=5,
                markerfacecolor="none",
            )


def middle(plan: Plan) -> float:
    """Give the middle of the period of a plan."""
    return (plan.start_year + plan.end_year) / 2


def with_unit(name: str, target: Target) -> str:
    """Give the title of a picture, with the unit and, of a change, its direction."""
    arrow = {"up": "↑", "down": "↓"}.get(target.direction or "", "")
    unit = f"{arrow}{target.unit}"
    return f"{name}（{unit}）" if unit else name


def words_below(plan: Plan, history: list[Target], steps: "list[Step]", lang: Language) -> str:
    """Say at the foot what a plan has in place of a step: another sort, unknown, or nothing."""
    if any(target.plan == plan.id for target in history):
        return ""
    others = [target_words(step.target) for step in steps if step.target.plan == plan.id]
    if others:
        return " ".join(others)
    return "?" if plan.coverage == "outline" else in_language(lang, "无", "none")


def key(lang: Language) -> dict[str, object]:
    """Explain the signs."""
    from matplotlib.lines import Line2D

    return {
        "handles": [
            Line2D([], [], color=BLUE, linewidth=2.6),
            Line2D([], [], color=ORANGE, marker="D", markerfacecolor="none", linestyle="none"),
            Line2D([], [], color=QUIET, marker="$?$", linestyle="none"),
        ],
        "labels": [
            in_language(lang, "目标值（计划期内）", "target of the plan"),
            in_language(lang, "实际值（有来源者）", "value reached (where sourced)"),
            in_language(lang, "未知（无正文）", "unknown (no text)"),
        ],
        "frameon": False,
    }


def sources(history: list[Target], lang: Language) -> str:
    """Give the sources of what is drawn, one plan a line."""
    lines = []
    for target in history:
        where = f" ({target.measure})" if target.measure else ""
        lines.append(f"{target.plan}: {shortened(target.source, LONGEST_SOURCE)}{where}")
        if target.outcome_source:
            reached = in_language(lang, "实际值", "value reached")
            lines.append(
                f"{target.plan}, {reached}: {shortened(target.outcome_source, LONGEST_SOURCE)}"
            )
    return "\n".join([in_language(lang, "来源", "Sources"), *lines])
