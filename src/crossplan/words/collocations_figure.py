"""The words that keep company with a word, as bars."""

from typing import TYPE_CHECKING

from crossplan.arguments import whole_number
from crossplan.figures.style import BLUE, drawing
from crossplan.labels import Language, in_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.collocations import Collocations

BAR_HEIGHT = 0.24
LOW = 0.5


def draw_collocations(
    found: "Collocations", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the collocates; see :meth:`Collocations.plot`."""
    table = found.frame.head(whole_number("top", top))
    with drawing(ax, 7, BAR_HEIGHT * max(len(table), 3) + 1.1) as axes:
        places = range(len(table))
        axes.barh(places, table["log_dice"], color=BLUE, height=0.7)
        axes.set_yticks(places, table["collocate"].to_list())
        axes.tick_params(axis="y", length=0)
        for place, row in enumerate(table.to_dict("records")):
            axes.text(row["log_dice"], place, f" {row['count']}", va="center", fontsize=8)
        axes.set_ylim(max(len(table), 1) - 0.4, -0.6)
        if len(table):
            axes.set_xlim(left=max(table["log_dice"].min() - LOW, 0))
        axes.set_title(
            in_language(
                lang,
                f"与“{found.term}”（{found.term_count}）同现的词",
                f"words that keep company with {found.term} ({found.term_count})",
            )
        )
        axes.set_xlabel(
            in_language(
                lang,
                "logDice（形影不离为 14；条末为同现次数；横轴不从零起）",
                "logDice (14: never apart; counts at the ends; the axis does not begin at nought)",
            )
        )
    return axes
