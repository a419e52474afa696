"""The rate of terms from plan to plan."""

from typing import TYPE_CHECKING

from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PINK,
    QUIET,
    SKY,
    YELLOW,
    drawing,
)
from crossplan.labels import Language, in_language

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.words.trace import TermTrace

WIDTH, HEIGHT = 8.0, 4.4
COLOURS = (BLUE, ORANGE, GREEN, PINK, YELLOW, SKY, INK)
MARKERS = "osD^vPX"
# Names keep this share of the height from one another.
APART = 0.06


def draw_trends(trace: "TermTrace", ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the trends; see :meth:`TermTrace.plot`.

    A plan without text is a grey band, over which no line goes.
    """
    grid = trace.grid
    plans = trace.plans
    with drawing(ax, WIDTH, HEIGHT) as axes:
        for place, plan in enumerate(plans):
            if plan.coverage != "full":
                axes.axvspan(place - 0.5, place + 0.5, color=FAINT, linewidth=0, zorder=0)
        top = max(float(grid.max().max()) if grid.notna().any().any() else 1.0, 1e-9)
        for number, term in enumerate(trace.terms):
            rates = grid.loc[term].to_numpy(dtype=float, na_value=float("nan"))
            axes.plot(
                range(len(plans)),
                rates,
                color=COLOURS[number % len(COLOURS)],
                marker=MARKERS[number // len(COLOURS) % len(MARKERS)],
                linewidth=1.6,
                markersize=5,
            )
        for term, place, height, colour in names(trace, grid, top):
            axes.annotate(
                term,
                (place, rate_at(grid, term, place)),
                xytext=(place + 0.12, height),
                textcoords="data",
                va="center",
                color=colour,
                fontsize=8.5,
            )
        axes.set_xticks(range(len(plans)), [plan.id for plan in plans])
        axes.set_xlim(-0.5, len(plans) - 0.1)
        axes.set_ylim(-0.03 * top, top * 1.1)
        axes.set_ylabel(in_language(lang, "每万词出现次数", "per 10,000 words"))
        if any(plan.coverage != "full" for plan in plans):
            axes.set_xlabel(
                in_language(lang, "灰：正文未收录，未知", "grey: no text at hand, unknown"),
                color=QUIET,
            )
    return axes


def names(
    trace: "TermTrace", grid: "pd.DataFrame", top: float
) -> list[tuple[str, int, float, str]]:
    """Give each term with the plan at which its name stands, and how high.

    Names stand beside the last figure that is known, moved up where they would touch.
    """
    known = {
        term: [place for place, there in enumerate(grid.loc[term].notna()) if there]
        for term in trace.terms
    }
    ends = [
        (rate_at(grid, term, places[-1]), number, term, places[-1])
        for number, (term, places) in enumerate(known.items())
        if places
    ]
    placed: list[tuple[str, int, float, str]] = []
    lowest = -top
    for rate, number, term, place in sorted(ends):
        lowest = max(rate, lowest + APART * top)
        placed.append((term, place, lowest, COLOURS[number % len(COLOURS)]))
    return placed


def rate_at(grid: "pd.DataFrame", term: str, place: int) -> float:
    """Give the rate of a term in a plan that has a text."""
    return float(grid.loc[term].to_numpy(dtype=float)[place])
