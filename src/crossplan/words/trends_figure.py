"""The rate of terms from plan to plan."""

from typing import TYPE_CHECKING, Any, Protocol

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.marks import mark
from crossplan.figures.style import BLUE, FAINT, GREEN, INK, ORANGE, QUIET, WINE, YELLOW, drawing
from crossplan.labels import Language, in_language
from crossplan.words.options import words_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.model import Plan
    from crossplan.words.options import WordReader

_WIDTH, _HEIGHT = 8.0, 4.8
_COLOURS = (BLUE, ORANGE, GREEN, WINE, YELLOW, INK)
# One more than colours, so that sign and colour come together again only after many terms.
_MARKERS = "osD^vPX"
# Names keep this share of the height from one another.
_APART = 0.06
# So far from the plan, as shares of the width.
_SIGN_ASIDE, _NAME_ASIDE = 0.035, 0.055


class _Trends(Protocol):
    """The terms that a figure shows; a :class:`TermTrace` has them."""

    @property
    def grid(self) -> "pd.DataFrame": ...

    @property
    def terms(self) -> tuple[str, ...]: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def reader(self) -> "WordReader": ...


def draw_trends(trace: _Trends, ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the trends; see :meth:`TermTrace.plot`.

    A plan without text is a grey band, over which no line goes.
    """
    grid = trace.grid
    plans = trace.plans
    with drawing(ax, _WIDTH, _HEIGHT) as axes:
        for place, plan in enumerate(plans):
            if plan.coverage != "full":
                axes.axvspan(place - 0.5, place + 0.5, color=FAINT, linewidth=0, zorder=0)
        top = max(float(grid.max().max()) if grid.notna().any().any() else 1.0, 1e-9)
        for number, term in enumerate(trace.terms):
            rates = grid.loc[term].to_numpy(dtype=float, na_value=float("nan"))
            axes.plot(range(len(plans)), rates, linewidth=1.6, **sign(number))
        for number, place, height in _names(trace, grid, top):
            term = trace.terms[number]
            if height > _rate_at(grid, term, place):
                # Beside a name that had to make way, its sign comes again.
                axes.plot(place + _SIGN_ASIDE * len(plans), height, clip_on=False, **sign(number))
            name = axes.text(place + _NAME_ASIDE * len(plans), height, term, va="center")
            mark(name, "term", term)
        axes.set_xticks(range(len(plans)), [plan.id for plan in plans])
        axes.set_xlim(-0.5, len(plans) - 0.1)
        axes.set_ylim(-0.03 * top, top * 1.1)
        axes.set_ylabel(in_language(lang, "每万词出现次数", "per 10,000 words"))
        axes.set_title(plans_title(trace.plans, lang), linespacing=1.5)
        if any(plan.coverage != "full" for plan in plans):
            axes.set_xlabel(
                in_language(lang, "灰：正文未收录，未知", "grey: no text at hand, unknown"),
                color=QUIET,
            )
    return axes


def sign(number: int) -> dict[str, Any]:
    """Return the colour and the sign of a term by its number."""
    return {
        "color": _COLOURS[number % len(_COLOURS)],
        "marker": _MARKERS[number % len(_MARKERS)],
        "markersize": 5,
    }


def _names(trace: _Trends, grid: "pd.DataFrame", top: float) -> list[tuple[int, int, float]]:
    """Return the number of each term, the plan at which its name stands, and how high.

    Names stand beside the last figure that is known, moved up where they would touch.
    """
    known = {
        term: [place for place, there in enumerate(grid.loc[term].notna()) if there]
        for term in trace.terms
    }
    ends = [
        (_rate_at(grid, term, places[-1]), number, places[-1])
        for number, (term, places) in enumerate(known.items())
        if places
    ]
    placed: list[tuple[int, int, float]] = []
    lowest = -top
    for rate, number, place in sorted(ends):
        lowest = max(rate, lowest + _APART * top)
        placed.append((number, place, lowest))
    return placed


def _rate_at(grid: "pd.DataFrame", term: str, place: int) -> float:
    """Return the rate of a term in a plan that has a text."""
    return float(grid.loc[term].to_numpy(dtype=float)[place])


def trends_caption(trace: _Trends, lang: Language) -> str:
    """Say what the lines show; see :meth:`TermTrace.caption`."""
    names = named(trace.plans, lang)
    said = in_language(
        lang,
        f"{'、'.join(trace.terms)} 在{names}中每万词的次数，灰处为没有正文的计划",
        f"{', '.join(trace.terms)} per 10,000 words of {names}; plans without text are grey",
    )
    return caption(lang, [said, words_by(trace.reader, lang)], trace.plans)
