"""Putting names beside points so that none covers another."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossplan.figures.style import set_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

SIZE = 8.5
# Where a name is tried, in points from its point, the best place first.
PLACES = (
    (5, 0, "left", "center"),
    (-5, 0, "right", "center"),
    (0, 5, "center", "bottom"),
    (0, -5, "center", "top"),
    (5, 6, "left", "bottom"),
    (-5, 6, "right", "bottom"),
    (5, -6, "left", "top"),
    (-5, -6, "right", "top"),
    (16, 12, "left", "bottom"),
    (-16, -12, "right", "top"),
)


def place_labels(axes: "Axes", labels: Iterable[tuple[float, float, str, str]]) -> None:
    """Write names beside points; one for which there is no room is left out.

    Parameters
    ----------
    axes : Axes
        With its limits set.
    labels : iterable of (x, y, name, colour)
        The most important first.
    """
    figure = axes.get_figure(root=True)
    if figure is None:
        return
    # What is measured must stand in the font in which it will be drawn.
    set_font(axes)
    figure.draw_without_rendering()
    taken: list[Bbox] = []
    for x, y, name, colour in labels:
        for dx, dy, horizontal, vertical in PLACES:
            text = axes.annotate(
                name,
                (x, y),
                xytext=(dx, dy),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                fontsize=SIZE,
                color=colour,
            )
            box = text.get_window_extent().expanded(1.02, 1.1)
            inside = axes.bbox.containsx(box.x0) and axes.bbox.containsx(box.x1)
            inside = inside and axes.bbox.containsy(box.y0) and axes.bbox.containsy(box.y1)
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()
