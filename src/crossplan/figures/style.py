"""Colours, sizes and how a figure becomes a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from crossplan.figures.fonts import register_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# From the palette of Okabe and Ito (2008), which colour-blind readers can tell apart.
INK = "#222222"
QUIET = "#8a8a8a"
FAINT = "#e9e9e9"
BLUE = "#0072b2"
ORANGE = "#d55e00"
GREEN = "#007a5a"
SKY = "#56b4e9"
PINK = "#cc79a7"
YELLOW = "#e69f00"


@contextmanager
def style() -> Iterator[None]:
    """Draw in our style inside the block, and leave matplotlib as it was."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {
        "font.family": [register_font()],
        "font.size": 9.0,
        "text.color": INK,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 10.5,
        "axes.unicode_minus": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "white",
        "svg.fonttype": "path",
    }
    with mpl.rc_context(settings):
        yield


@contextmanager
def drawing(ax: "Axes | None", width: float, height: float) -> "Iterator[Axes]":
    """Draw inside the block, in our style, on the axes of the caller or on new ones.

    Parameters
    ----------
    ax : Axes or None
        None for axes on a new figure, which a notebook shows.
    width, height : float
        Size of a new figure, in inches.
    """
    if ax is None:
        # Made outside of our style: with its first figure pyplot starts the notebook's
        # backend, and what that sets must not be undone when the style ends.
        figure = shown_figure(width, height)
        with style():
            ax = figure.subplots()
    with style():
        yield ax
        set_font(ax)


def shown_figure(width: float, height: float) -> "Figure":
    """Give a figure that a notebook shows by itself."""
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height), layout="constrained")


def set_font(ax: "Axes") -> None:
    """Write everything on axes in our font, also when they are the caller's own.

    Titles, labels and ticks of axes that were made outside of :func:`style` would stay
    in the font of that moment, which may have no Chinese.
    """
    from matplotlib.text import Text

    family = register_font()
    ax.tick_params(labelfontfamily=family)
    for text in ax.findobj(Text):
        if isinstance(text, Text):
            text.set_fontfamily(family)


def blank_figure(width: float, height: float) -> "Figure":
    """Give a figure that no notebook shows by itself, for a report."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def svg_bytes(figure: "Figure", name: str) -> bytes:
    """Write a figure as SVG, the same bytes every time.

    Parameters
    ----------
    figure : Figure
    name : str
        Seeds the identifiers in the file, which matplotlib would draw at random.
    """
    import matplotlib as mpl

    buffer = BytesIO()
    with style(), mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
