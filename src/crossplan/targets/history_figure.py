"""The history of the indicators that several plans share, a small picture each."""

from itertools import pairwise
from typing import TYPE_CHECKING

from crossplan.figures.style import BLUE, INK, ORANGE, QUIET, blank_figure, style
from crossplan.labels import Language, in_language
from crossplan.targets.words import comparator_sign, number_words, target_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from crossplan.targets.trace import TargetTable

COLUMNS = 4
PANEL_WIDTH, PANEL_HEIGHT = 3.4, 2.3
FEWEST_LEVELS = 2


def comparable_histories(targets: "TargetTable") -> dict[str, "pd.DataFrame"]:
    """Give the levels of each shared indicator that stand in one unit.

    Changes and outputs are left out: a rise is no level, and what is built in two
    years is not what is built in five.
    """
    shared = targets.shared
    histories = {}
    for indicator in shared["indicator"].unique():
        rows = shared[(shared["indicator"] == indicator) & (shared["kind"] == "level")]
        rows = rows.drop_duplicates("plan")
        if len(rows) >= FEWEST_LEVELS and rows["unit"].nunique() == 1:
            histories[str(indicator)] = rows
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


def draw_history(
    indicator: str, history: "pd.DataFrame", targets: "TargetTable", ax: "Axes"
) -> None:
    """Draw one indicator over the plans."""
    plans = targets.plans
    positions = {plan.id: number for number, plan in enumerate(plans)}
    x = [positions[plan] for plan in history["plan"]]
    y = history["value"].to_list()
    for (x0, y0), (x1, y1) in pairwise(zip(x, y, strict=True)):
        # Dashed where the figures of the plans in between are not known.
        ax.plot([x0, x1], [y0, y1], color=BLUE, linewidth=1.2, ls="-" if x1 - x0 == 1 else ":")
    ax.plot(x, y, color=BLUE, marker="o", linestyle="none")
    for place, value, comparator in zip(x, y, history["comparator"], strict=True):
        ax.annotate(
            f"{comparator_sign(comparator)}{number_words(value)}",
            (place, value),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=BLUE,
        )
    reached = history.dropna(subset=["outcome"])
    ax.plot(
        [positions[plan] for plan in reached["plan"]],
        reached["outcome"].astype(float).to_list(),
        color=ORANGE,
        marker="D",
        markersize=5,
        markerfacecolor="none",
        linestyle="none",
    )
    for plan in targets.plans:
        if plan.id not in set(history["plan"]) and plan.coverage == "outline":
            ax.annotate(
                other_figure(indicator, plan.id, targets) or "?",
                (positions[plan.id], 0.04),
                xycoords=("data", "axes fraction"),
                ha="center",
                color=QUIET,
            )
    unit = history["unit"].iloc[0]
    ax.set_title(f"{indicator}（{unit}）" if unit else indicator, color=INK)
    ax.set_xticks(list(positions.values()), [str(plan.end_year) for plan in plans])
    ax.set_xlim(-0.5, len(plans) - 0.5)
    ax.margins(y=0.3)
    ax.locator_params(axis="y", nbins=4)


def other_figure(indicator: str, plan_id: str, targets: "TargetTable") -> str:
    """Give in words what a plan says of an indicator when it is not a level."""
    table = targets.frame
    rows = table[(table["indicator"] == indicator) & (table["plan"] == plan_id)]
    return "".join(
        target_words(row.comparator, row.value, row.unit, row.direction or None)
        for row in rows.fillna({"direction": ""}).itertuples()
    )


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
