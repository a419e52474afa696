"""How much of each old section went into each new one, as a heat map."""

from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, compared
from crossplan.figures.layout import fitted
from crossplan.figures.marks import lead_to
from crossplan.figures.style import SMALL, add_scale, drawing, without_frame
from crossplan.labels import Language, in_language
from crossplan.matching.statuses_figure import matched
from crossplan.model import Plan, Section
from crossplan.model.plan import title_of

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.matching.measures import MeasureComparison

CELL = 0.25
# What names, titles and the key take.
NAME_WIDTH = 2.6
BESIDE, BELOW = NAME_WIDTH + 1.2, NAME_WIDTH + 0.9


def draw_heatmap(
    comparison: "MeasureComparison", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the heat map; see :meth:`MeasureComparison.heatmap`.

    A cell holds the mean, over the measures of both headings, of the highest score of
    each with a measure of the other heading: 1 where all went over unchanged.
    """
    rows, columns = with_measures(comparison.old_plan), with_measures(comparison.new_plan)
    values = means(comparison, rows, columns)
    size = CELL * max(len(columns), 8) + BESIDE, CELL * max(len(rows), 8) + BELOW
    with drawing(ax, *size) as axes:
        image = axes.imshow(values, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        axes.set_yticks(range(len(rows)), names(rows, lang), fontsize=SMALL)
        axes.set_xticks(range(len(columns)), names(columns, lang), rotation=90, fontsize=SMALL)
        for heading, label in zip(rows, axes.get_yticklabels(), strict=True):
            lead_to(label, heading.id)
        for heading, label in zip(columns, axes.get_xticklabels(), strict=True):
            lead_to(label, heading.id)
        without_frame(axes)
        old, new = (title_of(plan, lang) for plan in (comparison.old_plan, comparison.new_plan))
        axes.set_title(
            in_language(lang, f"行：{old}\n列：{new}", f"rows: {old}\ncolumns: {new}"),
            linespacing=1.5,
        )
        measured = in_language(lang, "举措相似度（0 至 1）", "likeness of measures (0 to 1)")
        add_scale(axes, image, label=measured)
    return axes


def names(headings: list[Section], lang: Language) -> list[str]:
    """Give the titles of headings, as far as there is room."""
    return [fitted(title_of(heading, lang), NAME_WIDTH, SMALL) for heading in headings]


def heatmap_caption(comparison: "MeasureComparison", lang: Language) -> str:
    """Say what the cells show; see :meth:`MeasureComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    said = in_language(
        lang,
        f"{compared(old, new, lang)}：旧计划各章节（行）的举措在多大程度上进入新计划各章节（列），"
        "0 为全无，1 为全部原样进入",
        f"{compared(old, new, lang)}: how much the measures of each old heading (rows) went into "
        "each new one (columns), from 0 to 1, where all went over unchanged",
    )
    return caption(lang, [said, matched(comparison, lang)], [old, new])


def with_measures(plan: Plan) -> list[Section]:
    """Give the headings that measures stand under directly."""
    return [heading for heading in plan.headings if heading.own_measures]


def means(
    comparison: "MeasureComparison", rows: list[Section], columns: list[Section]
) -> "NDArray[np.float64]":
    """Give the mean of the best scores between the measures of each two headings."""
    import numpy as np

    table = comparison.candidates
    old_home, new_home = (
        # Without any pair there is nothing that would tell that ids are texts.
        table[name].astype("string").str.replace(r"/[^/]*$", "", regex=True)
        for name in ("old_id", "new_id")
    )
    score = table["score"] / 100
    best_old = (
        score.groupby([old_home, new_home, table["old_id"]]).max().groupby(level=[0, 1]).sum()
    )
    best_new = (
        score.groupby([old_home, new_home, table["new_id"]]).max().groupby(level=[0, 1]).sum()
    )
    # A picture has at least one cell.
    values = np.zeros((max(len(rows), 1), max(len(columns), 1)))
    for i, old in enumerate(rows):
        for j, new in enumerate(columns):
            total = best_old.get((old.id, new.id), 0.0) + best_new.get((old.id, new.id), 0.0)
            values[i, j] = total / (len(old.own_measures) + len(new.own_measures))
    return values
