"""Draw the comparison of terms, as a scatter of rates or as bars of keyness."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

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
    QUIET,
    SIZE,
    SMALL,
    WINE,
    drawing,
    mark,
    set_font,
)
from crossplan.labels import Language, in_language
from crossplan.words.counting import PER
from crossplan.words.keyness import HALF, TERM_CHANGE_WORDS, TermChange
from crossplan.words.options import words_by

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.transforms import Bbox

    from crossplan.model import Plan
    from crossplan.words.options import WordReader

_WIDTH, _HEIGHT = 7.6, 7.4
COLOURS: dict[TermChange, str] = {
    "new": GREEN,
    "rising": BLUE,
    "stable": PALE,
    "falling": ORANGE,
    "dropped": WINE,
}
# Names are darker than points.
_NAME_COLOURS = COLOURS | {"new": GREEN_INK, "stable": INK}
MARKERS: dict[TermChange, str] = {
    "new": "^",
    "rising": "P",
    "stable": "o",
    "falling": "X",
    "dropped": "v",
}

_NAME_SIZE = 8.5
# The offsets in points at which a name is tried, the best first.
_PLACES = (
    (5, 0, "left", "center"),
    (-5, 0, "right", "center"),
    (0, 5, "center", "bottom"),
    (0, -5, "center", "top"),
    (5, 6, "left", "bottom"),
    (-5, 6, "right", "bottom"),
    (5, -6, "left", "top"),
    (-5, -6, "right", "top"),
    (16, 12, "left", "bottom"),
    (-16, -12, "right", "top"),
)

_ROW_HEIGHT = 0.24
BARS_WIDTH = 8.0
_FEWEST_ROWS = 3
_MARGIN = 1.35


class _Comparison(Protocol):
    """The attributes of a :class:`TermComparison` that figures use."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def old_plan(self) -> "Plan": ...

    @property
    def new_plan(self) -> "Plan": ...

    @property
    def old_total(self) -> int: ...

    @property
    def new_total(self) -> int: ...

    @property
    def reader(self) -> "WordReader": ...


def draw_rates(
    comparison: _Comparison, ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the scatter; see :meth:`TermComparison.plot_rates`.

    Both axes are logarithmic; a term that is missing from a plan is drawn at 0. Half of the
    named terms have the highest G2, the other half are the most frequent ones; a name is left
    out if there is no space.
    """
    table = comparison.frame
    with drawing(ax, _WIDTH, _HEIGHT) as axes:
        old, new = _drawn_at(comparison)
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
        _set_ticks(axes.xaxis, _lowest_rate(comparison.old_total), low, high)
        _set_ticks(axes.yaxis, _lowest_rate(comparison.new_total), low, high)
        rates = in_language(lang, "每万词次数", "per 10,000 words")
        comma = in_language(lang, "，", ", ")
        axes.set_xlabel(f"{comparison.old_plan.id}{comma}{rates}")
        axes.set_ylabel(f"{comparison.new_plan.id}{comma}{rates}")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(COLOURS), borderpad=0)
        plans = comparison.old_plan, comparison.new_plan
        axes.set_title(plans_title(plans, lang), pad=24, linespacing=1.5)
        chosen = _named(table, top)
        _place_labels(
            axes,
            [
                (old[place], new[place], str(table["term"].iloc[place]), _colour_of(table, place))
                for place in chosen
            ],
        )
    return axes


def _drawn_at(comparison: _Comparison) -> tuple["np.ndarray", "np.ndarray"]:
    """Return the rates, with that of half an occurrence for missing terms."""
    sides = (("old", comparison.old_total), ("new", comparison.new_total))
    old, new = (
        np.where(
            comparison.frame[f"{side}_count"] > 0,
            comparison.frame[f"{side}_rate"],
            _lowest_rate(total),
        )
        for side, total in sides
    )
    return old, new


def _lowest_rate(total: int) -> float:
    """Return the rate at which terms are drawn that are missing from a plan of this length."""
    return HALF * PER / max(total, 1)


def _set_ticks(axis: "Axis", lowest: float, low: float, high: float) -> None:
    """Write rates at an axis, and 0 at the place of missing terms."""
    from matplotlib.ticker import LogLocator, NullLocator

    rates = LogLocator(subs=(1, 2, 5)).tick_values(low, high)
    # There is no rate between this one and that of a single occurrence, which is twice as high.
    shown = [rate for rate in rates if 1.5 * lowest < rate < high]
    axis.set_ticks([lowest, *shown], ["0", *(f"{rate:g}" for rate in shown)])
    axis.set_minor_locator(NullLocator())


def _named(table: "pd.DataFrame", top: int) -> list[int]:
    """Choose the rows that are named, the most important first."""
    frequent = (table["old_count"] + table["new_count"]).sort_values(ascending=False, kind="stable")
    half = whole_number("top", top) // 2
    return list(dict.fromkeys([*range(min(top - half, len(table))), *frequent.index[:half]]))


def _colour_of(table: "pd.DataFrame", place: int) -> str:
    """Return the colour of a name."""
    change: TermChange = table["change"].iloc[place]
    return _NAME_COLOURS[change]


def rates_caption(comparison: _Comparison, lang: Language) -> str:
    """Return the caption of the scatter; see :meth:`TermComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    content = in_language(
        lang,
        f"{compared(old, new, lang)}：各词每万词次数，横为旧计划，纵为新计划，双对数尺；一期所无者"
        "在 0 处，颜色与形状示增减",
        f"{compared(old, new, lang)}: each term by its rate per 10,000 words in the old plan "
        "(across) and in the new (up), on logarithmic scales; what a plan does not have stands at "
        "its 0, and colour and sign tell what rose or fell",
    )
    return caption(lang, [content, words_by(comparison.reader, lang)], [old, new])


def _place_labels(axes: "Axes", labels: Iterable[tuple[float, float, str, str]]) -> None:
    """Write names beside points; a name is left out if there is no space.

    Parameters
    ----------
    axes : Axes
        With its limits set.
    labels : iterable of (x, y, name, colour)
        The most important first.
    """
    figure = axes.get_figure(root=True)
    if figure is None:
        return
    # Text must be measured in the font in which it is drawn.
    set_font(axes)
    figure.draw_without_rendering()
    taken: list[Bbox] = []
    for x, y, name, colour in labels:
        for dx, dy, horizontal, vertical in _PLACES:
            text = axes.annotate(
                name,
                (x, y),
                xytext=(dx, dy),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                fontsize=_NAME_SIZE,
                color=colour,
            )
            box = text.get_window_extent().expanded(1.02, 1.1)
            inside = axes.bbox.containsx(box.x0) and axes.bbox.containsx(box.x1)
            inside = inside and axes.bbox.containsy(box.y0) and axes.bbox.containsy(box.y1)
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def draw_keyness(
    comparison: _Comparison, ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the terms; see :meth:`TermComparison.plot`.

    Terms of the new plan are on the right, those of the old plan on the left, chosen by G2. The
    length of a bar is the log ratio; it is hatched if the other plan does not have the term. If
    the 0.5 for a count of zero reverses the sign of the log ratio, no bar is drawn.
    """
    table = drawn_terms(comparison, top)
    with drawing(ax, BARS_WIDTH, keyness_height(len(table))) as axes:
        ratios = table["log_ratio"].to_numpy(dtype=float)
        colours = [BLUE if ratio > 0 else ORANGE for ratio in ratios]
        bars = axes.barh(range(len(table)), ratios, color=colours, height=0.72)
        for bar, row in zip(bars, table.to_dict("records"), strict=True):
            if row["change"] in {"new", "dropped"}:
                bar.set(hatch="////", facecolor="white", edgecolor=bar.get_facecolor())
        for place, row in enumerate(table.to_dict("records")):
            _label(axes, place, row)
        axes.axvline(0, color=INK, linewidth=0.8)
        reach = _MARGIN * max(np.abs(ratios).max(initial=1.0), 1.0)
        axes.set_xlim(-reach, reach)
        axes.set_ylim(max(len(table), 1) - 0.4, -0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(_explained(comparison, lang), linespacing=1.6)
        old, new = comparison.old_plan, comparison.new_plan
        axes.set_title(plans_title([old, new], lang), linespacing=1.5)
    return axes


def drawn_terms(comparison: _Comparison, top: int) -> "pd.DataFrame":
    """Return the `top` terms of each direction by G2, those of the new plan first."""
    import pandas as pd

    table = comparison.frame
    whole_number("top", top)
    more = table[(table["g2"] > 0) & (table["log_ratio"] > 0)].head(top)
    less = table[(table["g2"] < 0) & (table["log_ratio"] < 0)].head(top)
    return pd.concat(
        [side.sort_values("log_ratio", ascending=False, kind="stable") for side in (more, less)]
    )


def keyness_height(rows: int) -> float:
    """Return the height in inches of a figure with a number of rows."""
    return _ROW_HEIGHT * max(rows, _FEWEST_ROWS) + 1.7


def _label(axes: "Axes", place: int, row: dict[Any, Any]) -> None:
    """Write a term beside its bar, and its counts at the end."""
    ratio = row["log_ratio"]
    side = 1 if ratio > 0 else -1
    term = axes.annotate(
        row["term"],
        (0, place),
        xytext=(-5 * side, 0),
        textcoords="offset points",
        ha="right" if side > 0 else "left",
        va="center",
        fontsize=SIZE,
    )
    mark(term, "term", row["term"])
    axes.annotate(
        f"{row['old_count']} → {row['new_count']}",
        (ratio, place),
        xytext=(5 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=SMALL,
        color=QUIET,
    )


def _explained(comparison: _Comparison, lang: Language) -> str:
    """Return the label of the axis."""
    old, new = comparison.old_plan.id, comparison.new_plan.id
    old_total, new_total = f"{comparison.old_total:,}", f"{comparison.new_total:,}"
    return in_language(
        lang,
        f"对数比（以 2 为底；1 即频率加倍）。按 G² 选取；斜纹：只见于一期。\n"
        f"条末为次数，{old}（{old_total} 词）→ {new}（{new_total} 词）",
        f"log ratio (1: twice the rate). Chosen by G2; hatched: in one plan only.\n"
        f"At the ends counts, {old} ({old_total} words) → {new} ({new_total} words)",
    )


def keyness_caption(comparison: _Comparison, lang: Language) -> str:
    """Return the caption of the bars; see :meth:`TermComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    content = in_language(
        lang,
        f"{compared(old, new, lang)}：按 G² 选取的词，右为新计划更多用者，左为旧计划更多用者，条长"
        "为对数比（以 2 为底），斜纹为只见于一期者",
        f"{compared(old, new, lang)}: terms chosen by G2: on the right those more frequent in the "
        "new plan, on the left those more frequent in the old one. The length of a bar is the log "
        "ratio; it is hatched if one plan does not have the term",
    )
    return caption(lang, [content, words_by(comparison.reader, lang)], [old, new])
