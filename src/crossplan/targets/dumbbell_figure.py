"""Dumbbell figure of old and new targets, as shares of the old ones, by ambition."""

from typing import TYPE_CHECKING, Protocol

from crossplan.figures.captions import caption, compared, plans_title
from crossplan.figures.style import (
    GREEN_INK,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    drawing,
    lead_to,
    name_rows,
)
from crossplan.labels import Language, in_language, shorten_label
from crossplan.targets.change import Ambition
from crossplan.targets.descriptions import AMBITION_WORDS, indicator_name, target_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.model import Plan
    from crossplan.targets.links import ComparedTargets

_ROW_HEIGHT = 0.27
_WIDTH = 9.0
_FEWEST_ROWS = 3
_TITLE_ROOM = 5.0
_ORDER: tuple[Ambition, ...] = ("stronger", "same", "unknown", "weaker")
COLOURS: dict[Ambition, str] = {
    "stronger": GREEN_INK,
    "same": QUIET,
    "unknown": INK,
    "weaker": ORANGE,
}
MARKERS: dict[Ambition, str] = {"stronger": "^", "same": "o", "unknown": "D", "weaker": "v"}
# A figure that more than doubles would leave little space for the others; it is drawn at
# this place, and its label shows the true value.
_FARTHEST = 1.0
_REACHES = (0.1, 0.2, 0.4, 0.6, 0.8, _FARTHEST)
_COMPARED = {"raised", "lowered", "held"}
_NAME_LENGTH = 52


class _Targets(Protocol):
    """The targets of a figure, such as a :class:`TargetComparison`."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def old_plan(self) -> "Plan": ...

    @property
    def new_plan(self) -> "Plan": ...

    @property
    def rows(self) -> "tuple[ComparedTargets, ...]": ...


def draw_dumbbells(
    comparison: _Targets, ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw each indicator whose figures can be compared.

    Parameters
    ----------
    comparison : _Targets
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure.
    lang : {"zh", "en"}

    Returns
    -------
    matplotlib.axes.Axes
    """
    rows = drawn_rows(comparison)
    with drawing(ax, *dumbbell_size(len(rows))) as axes:
        axes.axvline(0, color=QUIET, linewidth=0.8, zorder=0)
        _draw_marks(rows, axes)
        for place, row in enumerate(rows):
            _write_figures(place, row, axes)
        name_rows(
            axes, [shorten_label(indicator_name(row.identity, lang), _NAME_LENGTH) for row in rows]
        )
        reach = max((min(abs(_shift(row)), _FARTHEST) for row in rows), default=_FARTHEST)
        reach = next(width for width in _REACHES if width >= reach)
        axes.set_xlim(-1.4 * reach, 1.4 * reach)
        ticks = [part * reach for part in (-1.0, -0.5, 0.0, 0.5, 1.0)]
        axes.set_xticks(ticks, [f"{100 * tick:+.4g}%" if tick else "0" for tick in ticks])
        plans = comparison.old_plan, comparison.new_plan
        axes.set_title(plans_title(plans, lang, _TITLE_ROOM), pad=24, linespacing=1.5)
        axes.set_xlabel(_left_out(comparison, lang), linespacing=1.6)
        _draw_key(axes, lang)
    return axes


def drawn_rows(comparison: _Targets) -> list["ComparedTargets"]:
    """Return the rows whose figures can be compared, by ambition."""
    return sorted(
        (row for row in comparison.rows if row.outcome.change in _COMPARED),
        key=lambda row: (_ORDER.index(row.outcome.ambition), -abs(_shift(row)), row.identity.name),
    )


def dumbbell_size(rows: int) -> tuple[float, float]:
    """Return the width and height, in inches, of a figure with a number of rows."""
    return _WIDTH, _ROW_HEIGHT * max(rows, _FEWEST_ROWS) + 1.5


def _draw_marks(rows: list["ComparedTargets"], axes: "Axes") -> None:
    """Draw the old figures at zero, the new ones at their shift, and the lines between."""
    for ambition in _ORDER:
        places = [at for at, row in enumerate(rows) if row.outcome.ambition == ambition]
        ends = [_end_of(rows[at]) for at in places]
        colour = COLOURS[ambition]
        axes.hlines(places, [0.0] * len(ends), ends, color=colour, linewidth=1.6)
        axes.scatter(ends, places, s=34, color=colour, marker=MARKERS[ambition], zorder=3)
    moved = [at for at, row in enumerate(rows) if _end_of(row)]
    axes.scatter([0.0] * len(moved), moved, s=24, facecolor="white", edgecolor=QUIET, zorder=3)


def _write_figures(place: int, row: "ComparedTargets", axes: "Axes") -> None:
    """Write the figures; the old one is on the side away from the line."""
    end = _end_of(row)
    side = 1 if end >= 0 else -1
    for target, x, direction, colour in (
        (row.pairing.old, 0.0, -side, INK if end else QUIET),
        (row.pairing.new, end, side, COLOURS[row.outcome.ambition]),
    ):
        if target is not None:
            figure = axes.annotate(
                target_words(target),
                (x, place),
                xytext=(7 * direction, 0),
                textcoords="offset points",
                ha="left" if direction > 0 else "right",
                va="center",
                fontsize=SMALL,
                color=colour,
            )
            lead_to(figure, target.measure or target.id)


def _end_of(row: "ComparedTargets") -> float:
    """Return the position of the new figure."""
    return max(-_FARTHEST, min(_FARTHEST, _shift(row)))


def _shift(row: "ComparedTargets") -> float:
    """Return the difference as a share of the old figure; ±1 where the old one is zero."""
    if row.outcome.relative is not None:
        return row.outcome.relative
    return _FARTHEST if (row.outcome.difference or 0) > 0 else -_FARTHEST


def _left_out(comparison: _Targets, lang: Language) -> str:
    """Return the label of the axis, with the numbers of targets that are not drawn."""
    changes = comparison.frame["change"].value_counts()
    numbers = {
        name: int(changes.get(name, 0))
        for name in ("new", "dropped", "replaced", "not comparable", "unknown")
    }
    return in_language(
        lang,
        "与旧目标值之差（占旧值）\n未画出：新增 {new}，不再出现 {dropped}，指标更换 {replaced}，"
        "不可比 {not comparable}，未知 {unknown}。",
        "difference from the old figure, as a share of it\nnot drawn: {new} new, {dropped} "
        "dropped, {replaced} replaced, {not comparable} not comparable, {unknown} unknown.",
    ).format(**numbers)


def _draw_key(ax: "Axes", lang: Language) -> None:
    """Draw the legend of colours and markers."""
    from matplotlib.lines import Line2D

    ax.legend(
        handles=[
            Line2D([], [], color=COLOURS[name], marker=MARKERS[name], linewidth=1.6)
            for name in _ORDER
        ],
        labels=[AMBITION_WORDS[name][lang] for name in _ORDER],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(_ORDER),
        borderpad=0,
    )


def dumbbells_caption(comparison: _Targets, lang: Language) -> str:
    """Return the caption of the figure; see :meth:`TargetComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    content = in_language(
        lang,
        f"{compared(old, new, lang)}：两期都有且可比的目标。空心圆为旧目标值，另一端为新目标值，"
        "横距为两者之差占旧值的比例，颜色与形状示是否更进一步",
        f"{compared(old, new, lang)}: the targets that both have and that can be compared. An open "
        "circle is the old figure, the other end the new one; the distance is their difference as "
        "a share of the old; colour and sign show whether the target became stronger or weaker",
    )
    how = in_language(
        lang,
        "按指标名配对，类别、单位、范围与基期一致者才相比",
        "Paired by the names of indicators, and compared where kind, unit, scope and base agree",
    )
    return caption(lang, [content, how], [old, new])
