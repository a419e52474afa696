"""Names at the left of rows, and figures at the ends of their bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossplan.figures.style import INK, SIZE, SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

# Above the first row and below the last.
ABOVE, BELOW = 0.6, 0.6
# Between a bar and what is written at its end, in points. A blank would do in a picture, but
# not in a page, where blanks at the ends of texts are lost.
GAP = 3


def name_rows(axes: "Axes", names: Sequence[str], *, size: float = SIZE) -> "list[Text]":
    """Name the rows of a figure, from 0 downwards, and give the texts."""
    axes.set_yticks(range(len(names)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(names), 1) - 1 + BELOW, -ABOVE)
    return axes.get_yticklabels()


def write_at_end(  # noqa: PLR0913 - what is written, where, and how
    axes: "Axes",
    place: int,
    end: float,
    words: str,
    *,
    colour: str = INK,
    to_the_left: bool = False,
) -> None:
    """Write something at the end of the bar of a row."""
    axes.annotate(
        words,
        (end, place),
        xytext=(-GAP if to_the_left else GAP, 0),
        textcoords="offset points",
        ha="right" if to_the_left else "left",
        va="center",
        fontsize=SMALL,
        color=colour,
    )
