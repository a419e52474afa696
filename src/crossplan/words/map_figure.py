"""Where a plan speaks of what: the rate of each term in each unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.layout import fitted
from crossplan.figures.marks import lead_to, mark
from crossplan.figures.style import SMALL, drawing, without_frame, write_in_cell
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by
from crossplan.words.terms import rates
from crossplan.words.units import Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.terms import TermFrequencies

CELL = 0.25
NAME_WIDTH = 2.4
BESIDE, BELOW = 1.2, NAME_WIDTH + 0.6
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
    size = CELL * max(len(units), 16) + BESIDE, CELL * max(len(chosen), 4) + BELOW
    with drawing(ax, *size) as axes:
        if table.size:
            axes.imshow(shades, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
        for row, column in zip(*np.nonzero(table), strict=True):
            number, dark = str(table[row, column]), shades[row, column] > DARK
            write_in_cell(axes, row, column, number, dark=dark)
        axes.set_yticks(range(len(chosen)), chosen)
        axes.set_xticks(
            range(len(units)),
            [fitted(title, NAME_WIDTH, SMALL) for title in labels(units)],
            rotation=90,
            fontsize=SMALL,
        )
        for unit, label in zip(units, axes.get_xticklabels(), strict=True):
            if unit.id != unit.plan:
                lead_to(label, unit.id)
        for term, label in zip(chosen, axes.get_yticklabels(), strict=True):
            mark(label, "term", term)
        without_frame(axes)
        said = in_language(
            lang,
            "格中为次数，颜色为每万词次数（深浅逐行而定）",
            "counts; shaded by rate, each row by itself",
        )
        axes.set_title(f"{plans_title(terms.plans, lang)}\n{said}", linespacing=1.5)
    return axes


def labels(units: Sequence[Unit]) -> list[str]:
    """Give number and title of each unit, and its plan where there are several."""
    several = len({unit.plan for unit in units}) > 1
    numbers = [unit.id.partition("/")[2] for unit in units]
    return [
        f"{unit.id if several or not number else number} {unit.title}"
        for unit, number in zip(units, numbers, strict=True)
    ]


def map_caption(terms: "TermFrequencies", lang: Language) -> str:
    """Say what the cells show; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    said = in_language(
        lang,
        f"{names}：各处用词。格中为次数，颜色为每万词次数，深浅逐行而定",
        f"What {names} says where: counts in the cells, shaded by the rate per 10,000 words, each "
        "row on its own scale",
    )
    return caption(lang, [said, words_by(terms.reader, lang)], terms.plans)
