"""Old figures against new ones, each as a share of the old, ordered by ambition."""

from typing import TYPE_CHECKING

from crossplan.figures.style import GREEN, INK, ORANGE, QUIET, drawing
from crossplan.labels import Language, in_language, shortened, title_of
from crossplan.targets.change import Ambition
from crossplan.targets.words import AMBITION_WORDS, indicator_name, target_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.targets.comparison import Row, TargetComparison

ROW_HEIGHT = 0.27
WIDTH = 9.0
FEWEST_ROWS = 3
ORDER: tuple[Ambition, ...] = ("stronger", "same", "unknown", "weaker")
COLOURS: dict[Ambition, str] = {
    "stronger": GREEN,
    "same": QUIET,
    "unknown": INK,
    "weaker": ORANGE,
}
MARKERS: dict[Ambition, str] = {"stronger": "^", "same": "o", "unknown": "D", "weaker": "v"}
# A figure that more than doubles would press all others together; it is drawn here, and
# its label says how much it is.
FARTHEST = 1.0
REACHES = (0.1, 0.2, 0.4, 0.6, 0.8, FARTHEST)
COMPARED = {"raised", "lowered", "held"}
NAME_LENGTH = 52


def draw_dumbbells(
    comparison: "TargetComparison", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw each indicator whose figures can be compared.

    Parameters
    ----------
    comparison : TargetComparison
    ax : matplotlib.axes.Axes, optional
    lang : {"zh", "en"}

    Returns
    -------
    matplotlib.axes.Axes
    """
    rows = drawn_rows(comparison)
    with drawing(ax, *dumbbell_size(len(rows))) as ax:  # noqa: PLR1704
        for place, row in enumerate(rows):
            draw_row(place, row, ax)
        ax.axvline(0, color=QUIET, linewidth=0.8, zorder=0)
        names = [shortened(indicator_name(row.identity, lang), NAME_LENGTH) for row in rows]
        ax.set_yticks(range(len(rows)), names)
        ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
        reach = max((min(abs(shift(row)), FARTHEST) for row in rows), default=FARTHEST)
        reach = next(width for width in REACHES if width >= reach)
        ax.set_xlim(-1.4 * reach, 1.4 * reach)
        ticks = [part * reach for part in (-1.0, -0.5, 0.0, 0.5, 1.0)]
        ax.set_xticks(ticks, [f"{100 * tick:+.4g}%" if tick else "0" for tick in ticks])
        ax.tick_params(axis="y", length=0)
        ax.set_title(title(comparison, lang), pad=24, linespacing=1.5)
        ax.set_xlabel(left_out(comparison, lang), color=QUIET, linespacing=1.6)
        draw_key(ax, lang)
        return ax


def drawn_rows(comparison: "TargetComparison") -> list["Row"]:
    """Give the rows whose figures can be compared, by ambition."""
    return sorted(
        (row for row in comparison.rows if row.outcome.change in COMPARED),
        key=lambda row: (ORDER.index(row.outcome.ambition), -abs(shift(row)), row.identity.name),
    )


def dumbbell_size(rows: int) -> tuple[float, float]:
    """Give the width and height, in inches, that so many rows want."""
    return WIDTH, ROW_HEIGHT * max(rows, FEWEST_ROWS) + 1.5


def draw_row(place: int, row: "Row", ax: "Axes") -> None:
    """Draw the old figure at nought, the new one where it went, and both in print."""
    old, new = row.pairing.old, row.pairing.new
    if old is None or new is None:
        return
    end = max(-FARTHEST, min(FARTHEST, shift(row)))
    colour = COLOURS[row.outcome.ambition]
    ax.plot([0, end], [place, place], color=colour, linewidth=1.6)
    ax.plot(0, place, color=QUIET, marker="o", markersize=5, markerfacecolor="white")
    marker = MARKERS[row.outcome.ambition]
    ax.plot(end, place, color=colour, marker=marker, markersize=6)
    # The old figure stands on the side that the line does not take.
    side = 1 if end >= 0 else -1
    for x, words, direction in ((0.0, target_words(old), -side), (end, target_words(new), side)):
        ax.annotate(
            words,
            (x, place),
            xytext=(7 * direction, 0),
            textcoords="offset points",
            ha="left" if direction > 0 else "right",
            va="center",
            fontsize=8,
            color=colour if x or not end else INK,
        )


def shift(row: "Row") -> float:
    """Give the difference as a share of the old figure; the unit where the old one is nought."""
    if row.outcome.relative is not None:
        return row.outcome.relative
    return FARTHEST if (row.outcome.difference or 0) > 0 else -FARTHEST


def title(comparison: "TargetComparison", lang: Language) -> str:
    """Name the two plans."""
    return " →\n".join(title_of(plan, lang) for plan in (comparison.old_plan, comparison.new_plan))


def left_out(comparison: "TargetComparison", lang: Language) -> str:
    """Say what the axis is, and what could not be drawn."""
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


def draw_key(ax: "Axes", lang: Language) -> None:
    """Explain colours and signs."""
    from matplotlib.lines import Line2D

    ax.legend(
        handles=[
            Line2D([], [], color=COLOURS[name], marker=MARKERS[name], linewidth=1.6)
            for name in ORDER
        ],
        labels=[AMBITION_WORDS[name][lang] for name in ORDER],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(ORDER),
        frameon=False,
    )
