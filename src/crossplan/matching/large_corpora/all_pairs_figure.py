"""Draw the shares of common measures of any two plans as a heat map."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.layout import fitted, text_width, wrapped
from crossplan.figures.style import (
    SMALL,
    TITLE_SIZE,
    add_scale,
    drawing,
    without_frame,
    write_in_cell,
)
from crossplan.labels import Language, in_language
from crossplan.model import Plan, entries_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# The side of a cell with a figure, and without.
_WIDE_CELL, _CELL = 0.42, 0.2
# Up to this many plans have figures in their cells, and are named in the title.
_FEW = 12
# The largest size; cells are smaller in larger maps, and not all plans are named.
_LARGEST = 16.0
_NAME_WIDTH = 2.0
# The least width of a map, which leaves space for its title.
_LEAST_SIDE = 2.6
# The heights of a title of one line, of each further line, and of the key.
_ABOVE, _LINE, _BESIDE = 0.4, 0.22, 1.3
# The width by which a title may extend over the key.
_OVER_KEY = 0.5
# The least distance of legible names, in inches.
_LETTERS = 0.14
# Figures on cells darker than this are white.
_DARK = 0.6
# The smallest upper end of the colour scale, if little is shared.
_LEAST_SCALE = 0.05


def draw_shared(
    plans: Sequence[Plan],
    grid: "pd.DataFrame",
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the map; see :meth:`SharedMeasures.plot`."""
    import numpy as np

    ids = [entry.id for entry in entries_of(plans)]
    values = grid.to_numpy()
    top = max(float(np.nanmax(values, initial=0.0)), _LEAST_SCALE)
    few = len(ids) <= _FEW
    cell = min(_WIDE_CELL if few else _CELL, _LARGEST / len(ids))
    beside = max(min(text_width(name, SMALL), _NAME_WIDTH) for name in ids)
    side = max(cell * len(ids), _LEAST_SIDE)
    sentence = in_language(
        lang,
        "共有举措占举措较少一方的百分比",
        "measures that two plans share, in % of those of the plan that has fewer",
    )
    room = side + _OVER_KEY
    heading = f"{_title(plans, lang, room)}\n{wrapped(sentence, room, TITLE_SIZE)}"
    above = _ABOVE + _LINE * heading.count("\n")
    with drawing(ax, side + beside + _BESIDE, side + beside + above) as axes:
        image = axes.imshow(values, cmap="Blues", vmin=0, vmax=top, aspect="equal")
        # If cells are smaller than letters, some names are left out.
        step = math.ceil(_LETTERS / cell)
        places = range(0, len(ids), step)
        names = [fitted(ids[place], _NAME_WIDTH, SMALL) for place in places]
        axes.set_yticks(places, names, fontsize=SMALL)
        axes.set_xticks(places, names, fontsize=SMALL, rotation=90)
        for row, column in zip(*np.nonzero(few & ~np.isnan(values)), strict=True):
            value = values[row, column]
            write_in_cell(axes, row, column, f"{100 * value:.0f}", dark=value > _DARK * top)
        without_frame(axes)
        axes.set_title(heading, linespacing=1.5)
        add_scale(axes, image, format=lambda share, _: f"{100 * share:.0f} %")
    return axes


def _title(plans: Sequence[Plan], lang: Language, room: float) -> str:
    """Return the names of the first and the last plan in this width, or the number of plans."""
    few = len(plans) <= _FEW
    return plans_title(plans, lang, room) if few else _number_of_plans(plans, lang)


def _number_of_plans(plans: Sequence[Plan], lang: Language) -> str:
    """Return the number of plans, and of the constructed ones among them, in words."""
    number = len(plans)
    if made := sum(plan.constructed for plan in plans):
        return in_language(
            lang,
            f"{number}份计划（其中{made}份为构造）",
            f"{number} plans, {made} of them constructed",
        )
    return in_language(lang, f"{number}份计划", f"{number} plans")


def shared_caption(
    plans: Sequence[Plan], *, shared: int, kept: int, nearest: int, lang: Language
) -> str:
    """Return the caption; see :meth:`SharedMeasures.caption`.

    Parameters
    ----------
    plans : sequence of Plan
    shared : int
        The number of pairs of measures that the plans share.
    kept : int
        The number of them that are the same to the character.
    nearest : int
        The number of texts that were compared for each text.
    lang : {"zh", "en"}
    """
    names = named(plans, lang) if len(plans) <= _FEW else _number_of_plans(plans, lang)
    sentence = in_language(
        lang,
        f"{names}：每两份计划共有的举措占举措较少一方的百分比；"
        f"共{shared}对，其中{kept}对文字完全相同；每条举措与另一计划中至多一条配对，"
        f"候选为其他计划中最相近的{nearest}段文字",
        f"{names}: measures that each two plans share, in % of those of the "
        f"plan that has fewer; {shared} pairs, {kept} of them the same to "
        "the character; a measure is paired with one of another plan at most, looked for among "
        f"the {nearest} most alike texts of the others",
    )
    return caption(lang, [sentence], plans)
