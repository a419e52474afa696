"""The rate of each term in the old plan against that in the new."""

from typing import TYPE_CHECKING

import numpy as np

from crossplan.arguments import whole_number
from crossplan.figures.style import BLUE, FAINT, GREEN, INK, ORANGE, PINK, QUIET, drawing
from crossplan.labels import Language, in_language, title_of
from crossplan.words.change import TERM_CHANGE_WORDS, TermChange
from crossplan.words.keyness import HALF
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
    "stable": QUIET,
    "falling": ORANGE,
    "dropped": PINK,
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
                s=9 if change == "stable" else 15,
                color=colour,
                alpha=0.45 if change == "stable" else 0.8,
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
        axes.set_xlabel(f"{title_of(comparison.old_plan, lang)}\n{said}", linespacing=1.5)
        axes.set_ylabel(f"{title_of(comparison.new_plan, lang)}\n{said}", linespacing=1.5)
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=len(COLOURS), frameon=False, fontsize=8
        )
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
    return INK if change == "stable" else COLOURS[change]
