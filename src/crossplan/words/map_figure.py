"""Where a plan speaks of what: the rate of each term in each unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from crossplan.figures.style import INK, drawing
from crossplan.labels import Language, in_language, shortened
from crossplan.words.terms import rates
from crossplan.words.units import Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.terms import TermFrequencies

CELL = 0.25
MARGIN = 3.6
LONGEST_TITLE = 40
# From here on figures are white.
DARK = 0.75


def draw_map(
    terms: "TermFrequencies",
    chosen: list[str],
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the map; see :meth:`TermFrequencies.plot_map`.

    Rows are shaded each on its own scale, from none to the highest rate of the term; the
    count stands in the cell.
    """
    counts = terms.counts
    place = {term: at for at, term in enumerate(counts.terms)}
    table = counts.matrix[:, [place[term] for term in chosen]].toarray().T
    shades = rates(table, counts.words)
    shades = shades / np.maximum(shades.max(axis=1, keepdims=True, initial=0), 1e-12)
    units = counts.units
    size = CELL * max(len(units), 8) + MARGIN, CELL * max(len(chosen), 4) + MARGIN * 0.7
    with drawing(ax, *size) as axes:
        if table.size:
            axes.imshow(shades, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
        for row, column in zip(*np.nonzero(table), strict=True):
            axes.text(
                column,
                row,
                str(table[row, column]),
                ha="center",
                va="center",
                fontsize=6.5,
                color="white" if shades[row, column] > DARK else INK,
            )
        axes.set_yticks(range(len(chosen)), chosen)
        axes.set_xticks(
            range(len(units)),
            [shortened(title, LONGEST_TITLE) for title in labels(units)],
            rotation=90,
            fontsize=7.5,
        )
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        names = "、".join(dict.fromkeys(unit.plan for unit in units))
        axes.set_title(
            in_language(
                lang,
                f"{names}：各处用词。格中为次数，颜色为每万词次数（每行自成一尺）",
                f"{names}: what is said where. Counts; shaded by rate, each row by itself",
            ),
            fontsize=9,
        )
    return axes


def labels(units: Sequence[Unit]) -> list[str]:
    """Give number and title of each unit, and its plan where there are several."""
    several = len({unit.plan for unit in units}) > 1
    numbers = [unit.id.partition("/")[2] for unit in units]
    return [
        f"{unit.id if several or not number else number} {unit.title}"
        for unit, number in zip(units, numbers, strict=True)
    ]
