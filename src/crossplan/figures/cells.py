"""Maps of shaded cells: the figures in them, and what stands around."""

from typing import TYPE_CHECKING, Any

from crossplan.figures.style import INK, TINY, set_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage


def write_in_cell(axes: "Axes", row: int, column: int, text: str, *, dark: bool) -> None:
    """Write a figure into a cell, in white where the cell is dark."""
    axes.text(
        column,
        row,
        text,
        ha="center",
        va="center",
        fontsize=TINY,
        color="white" if dark else INK,
    )


def without_frame(axes: "Axes") -> None:
    """Leave only the cells: no ticks, no frame."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def add_scale(axes: "Axes", image: "AxesImage", **options: Any) -> None:
    """Put the scale of the shades beside a map; options are those of matplotlib's colour bar."""
    bar = axes.figure.colorbar(image, ax=axes, shrink=0.5, aspect=30, **options)
    bar.outline.set_visible(False)
    set_font(bar.ax)
