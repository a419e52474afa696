"""How much of each old section went into each new one, as a heat map."""

from typing import TYPE_CHECKING

from crossplan.figures.style import drawing
from crossplan.labels import Language, in_language, title_of
from crossplan.model import Plan, Section

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.matching.measures import MeasureComparison

CELL = 0.27
MARGIN = 4.2


def draw_heatmap(
    comparison: "MeasureComparison", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the heat map; see :meth:`MeasureComparison.heatmap`.

    A cell holds the mean, over the measures of both headings, of the highest score of
    each with a measure of the other heading: 1 where all went over unchanged.
    """
    rows, columns = with_measures(comparison.old_plan), with_measures(comparison.new_plan)
    values = means(comparison, rows, columns)
    size = CELL * max(len(columns), 1) + MARGIN, CELL * max(len(rows), 1) + MARGIN
    with drawing(ax, *size) as axes:
        image = axes.imshow(values, cmap="Blues", vmin=0, vmax=1, aspect="equal")
        axes.set_yticks(range(len(rows)), [title_of(h, lang) for h in rows], fontsize=8)
        axes.set_xticks(
            range(len(columns)), [title_of(h, lang) for h in columns], rotation=90, fontsize=8
        )
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_ylabel(title_of(comparison.old_plan, lang))
        axes.set_xlabel(title_of(comparison.new_plan, lang))
        axes.figure.colorbar(
            image,
            ax=axes,
            shrink=0.5,
            label=in_language(lang, "举措相似度（0 至 1）", "likeness of measures (0 to 1)"),
        )
    return axes


def with_measures(plan: Plan) -> list[Section]:
    """Give the headings that measures stand under directly."""
    return [heading for heading in plan.headings if heading.own_measures]


def means(
    comparison: "MeasureComparison", rows: list[Section], columns: list[Section]
) -> "NDArray[np.float64]":
    """Give the mean of the best scores between the measures of each two headings."""
    import numpy as np

    table = comparison.candidates
    old_home = table["old_id"].str.rpartition("/")[0]
    new_home = table["new_id"].str.rpartition("/")[0]
    score = table["score"] / 100
    best_old = (
        score.groupby([old_home, new_home, table["old_id"]]).max().groupby(level=[0, 1]).sum()
    )
    best_new = (
        score.groupby([old_home, new_home, table["new_id"]]).max().groupby(level=[0, 1]).sum()
    )
    values = np.zeros((len(rows), len(columns)))
    for i, old in enumerate(rows):
        for j, new in enumerate(columns):
            total = best_old.get((old.id, new.id), 0.0) + best_new.get((old.id, new.id), 0.0)
            values[i, j] = total / (len(old.own_measures) + len(new.own_measures))
    return values
