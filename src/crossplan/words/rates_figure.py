"""The rate of each term in the old plan against that in the new."""

from typing import TYPE_CHECKING

import numpy as np

from crossplan.arguments import whole_number
from crossplan.figures.captions import caption, compared, plans_title
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    GREEN_INK,
    INK,
    ORANGE,
    PALE,
    WINE,
    drawing,
)
from crossplan.labels import Language, in_language
from crossplan.words.change import TERM_CHANGE_WORDS, TermChange
from crossplan.words.keyness import HALF
from crossplan.words.method import words_by
from crossplan.words.placement import place_labels
from crossplan.words.terms import PER

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from crossplan.words.comparison import TermComparison

WIDTH, HEIGHT = 7.6, 7.4
COLOURS: dict[TermChange, str] = {
    "new": GREEN,
    "rising": BLUE,
    "stable": PALE,
    "falling": ORANGE,
    "dropped": WINE,
}
# Names are written darker than points are drawn.
NAME_COLOURS = COLOURS | {"new": GREEN_INK, "stable": INK}
MARKERS: dict[TermChange, str] = {
    "new": "^",
    "rising": "P",
    "stable": "o",
    "falling": "X",
    "dropped": "v",
}


def draw_rates(
    comparison: "TermComparison", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the scatter; see :meth:`TermComparison.plot_rates`.

    Both axes are logarithmic; a term that a plan does not have stands at its 0. Terms
    with the highest G2 and the most frequent ones are named, half and half, as far as
    there is room.
    """
    table = comparison.frame
    with drawing(ax, WIDTH, HEIGHT) as axes:
        old, new = drawn_at(comparison)
        for change, colour in COLOURS.items():
            own = (table["change"] == change).to_numpy()
            axes.scatter(
                old[own],
                new[own],
                s=10 if change == "stable" else 24,
                marker=MARKERS[change],
                color=colour,
                alpha=0.8,
                linewidths=0,
                label=f"{TERM_CHANGE_WORDS[change][lang]} {own.sum()}",
                zorder=1 if change == "stable" else 2,
            )
        low = min(old.min(initial=1.0), new.min(initial=1.0)) * 0.8
        high = max(old.max(initial=1.0), new.max(initial=1.0)) * 1.6
        axes.plot([low, high], [low, high], color=FAINT, linewidth=1, zorder=0)
        axes.set(xscale="log", yscale="log", xlim=(low, high), ylim=(low, high), aspect="equal")
        set_ticks(axes.xaxis, nought(comparison.old_total), low, high)
        set_ticks(axes.yaxis, nought(comparison.new_total), low, high)
        said = in_language(lang, "每万词次数", "per 10,000 words")
        comma = in_language(lang, "，", ", ")
        axes.set_xlabel(f"{comparison.old_plan.id}{comma}{said}")
        axes.set_ylabel(f"{comparison.new_plan.id}{comma}{said}")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(COLOURS), borderpad=0)
        plans = comparison.old_plan, comparison.new_plan
        axes.set_title(plans_title(plans, lang), pad=24, linespacing=1.5)
        chosen = named(table, top)
        place_labels(
            axes,
            [
                (old[place], new[place], str(table["term"].iloc[place]), colour_of(table, place))
                for place in chosen
            ],
        )
    return axes


def drawn_at(comparison: "TermComparison") -> tuple["np.ndarray", "np.ndarray"]:
    """Give the rates, with what is not there near half an occurrence."""
    sides = (("old", comparison.old_total), ("new", comparison.new_total))
    old, new = (
        np.where(
            comparison.frame[f"{side}_count"] > 0,
            comparison.frame[f"{side}_rate"],
            nought(total),
        )
        for side, total in sides
    )
    return old, new


def nought(total: int) -> float:
    """Give the rate at which a term is drawn that a plan of so many words does not have."""
    return HALF * PER / max(total, 1)


def set_ticks(axis: "Axis", lowest: float, low: float, high: float) -> None:
    """Write rates at an axis, and 0 where the terms stand that a plan does not have."""
    from matplotlib.ticker import LogLocator, NullLocator

    rates = LogLocator(subs=(1, 2, 5)).tick_values(low, high)
    # No rate lies between that and the one of a single occurrence, twice as high.
    shown = [rate for rate in rates if 1.5 * lowest < rate < high]
    axis.set_ticks([lowest, *shown], ["0", *(f"{rate:g}" for rate in shown)])
    axis.set_minor_locator(NullLocator())


def named(table: "pd.DataFrame", top: int) -> list[int]:
    """Choose the rows that get a name, the most telling first."""
    frequent = (table["old_count"] + table["new_count"]).sort_values(ascending=False, kind="stable")
    half = whole_number("top", top) // 2
    return list(dict.fromkeys([*range(min(top - half, len(table))), *frequent.index[:half]]))


def colour_of(table: "pd.DataFrame", place: int) -> str:
    """Give the colour of a name."""
    change: TermChange = table["change"].iloc[place]
    return NAME_COLOURS[change]


def rates_caption(comparison: "TermComparison", lang: Language) -> str:
    """Say what the points show; see :meth:`TermComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    said = in_language(
        lang,
        f"{compared(old, new, lang)}：各词每万词次数，横为旧计划，纵为新计划，双对数尺；一期所无者"
        "在 0 处，颜色与形状示增减",
        f"{compared(old, new, lang)}: each term by its rate per 10,000 words in the old plan "
        "(across) and in the new (up), on logarithmic scales; what a plan does not have stands at "
        "its 0, and colour and sign tell what rose or fell",
    )
    return caption(lang, [said, words_by(comparison.reader, lang)], [old, new])
