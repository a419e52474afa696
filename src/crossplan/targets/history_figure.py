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
from crossplan.labels import Language, in_language
from crossplan.model import Plan, Target
from crossplan.targets.change import is_change
from crossplan.targets.scope import comparable_scope
from crossplan.targets.units import read_unit
from crossplan.targets.words import figure_words, shortened, target_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from crossplan.targets.trace import TargetTrace

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
    rows = max(1, -(-len(histories) // COLUMNS))
    with style():
        figure = blank_figure(PANEL_WIDTH * COLUMNS, PANEL_HEIGHT * rows + 0.4)
        axes = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
        for ax, (name, history) in zip(axes, histories.items(), strict=False):
            draw_steps(name, history, trace, ax, lang)
            title = shortened(title_of(name, trace, lang), NAME_LENGTH)
            ax.set_title(with_unit(title, history[0]))
        for ax in axes[len(histories) :]:
            ax.set_axis_off()
        figure.legend(**key(lang), loc="outside upper left", ncols=3)
    return figure


def draw_indicator(
    trace: "TargetTrace", indicator: str, ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the history of one indicator; see :meth:`TargetTrace.plot_history`."""
    names = {step.identity.name for step in trace.steps}
    if indicator not in names:
        from rapidfuzz import process

        like = [name for name, *_ in process.extract(indicator, sorted(names), limit=3)]
        raise UnknownIndicatorError(indicator, like)
    targets = [step.target for step in trace.steps if step.identity.name == indicator]
    history = comparable_histories(trace).get(indicator, targets[-1:])
    with drawing(ax, WIDTH, HEIGHT) as ax:  # noqa: PLR1704 - the caller's, or a new one
        draw_steps(indicator, history, trace, ax, lang)
        ax.set_title(with_unit(title_of(indicator, trace, lang), history[0]))
        ax.legend(**key(lang), loc="lower left", bbox_to_anchor=(0, 1.08), ncols=3)
        ax.set_xlabel(sources(history, lang), loc="left", color=QUIET, fontsize=7, linespacing=1.5)
        return ax


def draw_steps(
    name: str, history: list[Target], trace: "TargetTrace", ax: "Axes", lang: Language
) -> None:
    """Draw an indicator over the years of the plans."""
    plans = {plan.id: plan for plan in trace.plans}
    factor = read_unit(history[-1].unit).factor

    def height(value: float, target: Target) -> float:
        return float(value * read_unit(target.unit).factor / factor)

    for old, new in pairwise(history):
        # Dotted where the figures of the plans in between are not known.
        known = list(plans).index(new.plan) - list(plans).index(old.plan) == 1
        ax.plot(
            [plans[old.plan].end_year, plans[new.plan].start_year],
            [height(old.value, old), height(new.value, new)],
            color=BLUE,
            linewidth=0.8,
            linestyle="-" if known else ":",
        )
    for target in history:
        plan = plans[target.plan]
        y = height(target.value, target)
        ax.plot([plan.start_year, plan.end_year], [y, y], color=BLUE, linewidth=2.6)
        middle = (plan.start_year + plan.end_year) / 2
        ax.annotate(
            figure_words(target),
            (middle, y),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=BLUE,
        )
        if target.outcome is not None:
            ax.plot(
                plan.end_year,
                height(target.outcome, target),
                color=ORANGE,
                marker="D",
                markersize=5,
                markerfacecolor="none",
            )
    for plan in trace.plans:
        if words := words_below(name, plan, history, trace, lang):
            ax.axvspan(plan.start_year - 0.5, plan.end_year + 0.5, color=FAINT, zorder=0)
            middle = (plan.start_year + plan.end_year) / 2
            ax.annotate(
                words,
                (middle, 0.04),
                xycoords=("data", "axes fraction"),
                ha="center",
                color=QUIET,
            )
    ax.set_xticks([plan.end_year for plan in trace.plans])
    ax.set_xlim(trace.plans[0].start_year - 1.2, trace.plans[-1].end_year + 0.7)
    ax.margins(y=0.3)
    ax.locator_params(axis="y", nbins=4)


def title_of(name: str, trace: "TargetTrace", lang: Language) -> str:
    """Give the name of an indicator in a language."""
    english = next(s.identity.name_en for s in trace.steps if s.identity.name == name)
    return english if lang == "en" and english else name


def with_unit(name: str, target: Target) -> str:
    """Give the title of a picture, with the unit and, of a change, its direction."""
    arrow = {"up": "↑", "down": "↓"}.get(target.direction or "", "")
    unit = f"{arrow}{target.unit}"
    return f"{name}（{unit}）" if unit else name


def words_below(
    name: str, plan: Plan, history: list[Target], trace: "TargetTrace", lang: Language
) -> str:
    """Say at the foot what a plan has in place of a step: another sort, unknown, or nothing."""
    if any(target.plan == plan.id for target in history):
        return ""
    others = [target for target in trace.histories.get(name, []) if target.plan == plan.id]
    if others:
        return " ".join(target_words(target) for target in others)
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
        lines.append(f"{target.plan}: {cut(target.source)}{where}")
        if target.outcome_source:
            reached = in_language(lang, "实际值", "value reached")
            lines.append(f"{target.plan}, {reached}: {cut(target.outcome_source)}")
    return "\n".join([in_language(lang, "来源", "Sources"), *lines])


def cut(source: str) -> str:
    """Shorten an address for a caption."""
    return source if len(source) <= LONGEST_SOURCE else f"{source[: LONGEST_SOURCE - 1]}…"
