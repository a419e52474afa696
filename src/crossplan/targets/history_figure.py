"""The history of the indicators that several plans share, a small picture each."""

from itertools import pairwise
from typing import TYPE_CHECKING

from crossplan.figures.style import BLUE, INK, ORANGE, QUIET, blank_figure, style
from crossplan.labels import Language, in_language
from crossplan.model import Plan, Target
from crossplan.targets.words import comparator_sign, number_words, target_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from crossplan.targets.trace import TargetTable

COLUMNS = 4
PANEL_WIDTH, PANEL_HEIGHT = 3.4, 2.3
FEWEST_LEVELS = 2


def comparable_histories(targets: "TargetTable") -> dict[str, list[Target]]:
    """Give the levels of each shared indicator that stand in one unit, one of each plan.

    Changes and outputs are left out: a rise is no level, and what is built in two
    years is not what is built in five.
    """
    histories = {}
    for indicator, rows in targets.histories.items():
        levels = {row.plan: row for row in reversed(rows) if row.kind == "level"}
        history = [levels[plan.id] for plan in targets.plans if plan.id in levels]
        if len(history) >= FEWEST_LEVELS and len({row.unit for row in history}) == 1:
            histories[indicator] = history
    return histories


def draw_histories(targets: "TargetTable", *, lang: Language = "zh") -> "Figure":
    """Draw the histories; see :meth:`TargetTable.plot`."""
    histories = comparable_histories(targets)
    rows = max(1, -(-len(histories) // COLUMNS))
    with style():
        figure = blank_figure(PANEL_WIDTH * COLUMNS, PANEL_HEIGHT * rows + 0.4)
        axes = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
        for ax, (indicator, history) in zip(axes, histories.items(), strict=False):
            draw_history(indicator, history, targets, ax)
        for ax in axes[len(histories) :]:
            ax.set_axis_off()
        draw_key(figure, lang)
    return figure


def draw_history(indicator: str, history: list[Target], targets: "TargetTable", ax: "Axes") -> None:
    """Draw one indicator over the plans."""
    place = {plan.id: number for number, plan in enumerate(targets.plans)}
    for old, new in pairwise(history):
        # Dotted where the figures of the plans in between are not known.
        known = place[new.plan] - place[old.plan] == 1
        ax.plot(
            [place[old.plan], place[new.plan]],
            [old.value, new.value],
            color=BLUE,
            linewidth=1.2,
            linestyle="-" if known else ":",
        )
    for target in history:
        at = (place[target.plan], target.value)
        ax.plot(*at, color=BLUE, marker="o")
        words = f"{comparator_sign(target.comparator)}{number_words(target.value)}"
        ax.annotate(words, at, xytext=(0, 7), textcoords="offset points", ha="center", color=BLUE)
        if target.outcome is not None:
            ax.plot(
                at[0],
                target.outcome,
                color=ORANGE,
                marker="D",
                markersize=5,
                markerfacecolor="none",
            )
    for plan in targets.plans:
        words = words_below(indicator, plan, history, targets)
        below = (place[plan.id], 0.04)
        ax.annotate(words, below, xycoords=("data", "axes fraction"), ha="center", color=QUIET)
    unit = history[0].unit
    ax.set_title(f"{indicator}（{unit}）" if unit else indicator, color=INK)
    ax.set_xticks(list(place.values()), [str(plan.end_year) for plan in targets.plans])
    ax.set_xlim(-0.5, len(place) - 0.5)
    ax.margins(y=0.3)
    ax.locator_params(axis="y", nbins=4)


def words_below(indicator: str, plan: Plan, history: list[Target], targets: "TargetTable") -> str:
    """Say at the foot what a plan has in place of a level, or that it is unknown."""
    if any(target.plan == plan.id for target in history):
        return ""
    others = [t for t in targets.histories[indicator] if t.plan == plan.id]
    if others:
        return " ".join(target_words(target) for target in others)
    return "?" if plan.coverage == "outline" else ""


def draw_key(figure: "Figure", lang: Language) -> None:
    """Explain the signs above the panels."""
    from matplotlib.lines import Line2D

    figure.legend(
        handles=[
            Line2D([], [], color=BLUE, marker="o", linewidth=1.2),
            Line2D([], [], color=ORANGE, marker="D", markerfacecolor="none", linestyle="none"),
            Line2D([], [], color=QUIET, marker="$?$", linestyle="none"),
        ],
        labels=[
            in_language(lang, "目标值", "target"),
            in_language(lang, "实际值（有来源者）", "value reached, where a source tells it"),
            in_language(lang, "未知（无正文）", "unknown (no text at hand)"),
        ],
        loc="outside upper left",
        ncols=3,
        frameon=False,
    )
