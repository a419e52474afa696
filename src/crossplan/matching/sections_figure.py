"""The lineage of sections as a picture: plans as columns, lines where a heading went on."""

from typing import TYPE_CHECKING

from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PINK,
    QUIET,
    YELLOW,
    drawing,
)
from crossplan.labels import Language, in_language, title_of
from crossplan.model import Plan, Section

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch

    from crossplan.matching.sections import SectionAlignment

COLUMN_WIDTH = 3.3
ROW_HEIGHT = 0.27
BAND = 0.7  # of a row
TEXT_SHARE = 0.72  # of a column; the rest is for the lines
INDENT = 0.035
LONGEST = {"zh": 19, "en": 34}
KEY_WIDTH = {"zh": 0.52, "en": 0.62}


def figure_size(plans: tuple[Plan, ...]) -> tuple[float, float]:
    """Give the width and height in inches that keep every title readable."""
    rows = max((len(plan.headings) for plan in plans), default=1)
    return COLUMN_WIDTH * max(len(plans), 1), ROW_HEIGHT * (rows + 4)


def draw_lineage(
    alignment: "SectionAlignment", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the lineage; see :meth:`SectionAlignment.plot`."""
    plans = alignment.plans
    with drawing(ax, *figure_size(plans)) as axes:
        places: dict[str, tuple[int, int]] = {}
        for column, plan in enumerate(plans):
            axes.text(column, -1.2, plan.id, fontsize=12, color=INK, va="center")
            for row, heading in enumerate(plan.headings):
                places[heading.id] = (column, row)
        marks = draw_bands(alignment, places, axes)
        for plan in plans:
            for heading in plan.headings:
                draw_heading(heading, places[heading.id], marks, axes, lang)
        width = max(len(plans) - 1 + TEXT_SHARE + 0.1, 1)
        below = max((row for _, row in places.values()), default=0) + 1.8
        axes.set_ylim(draw_key(axes, below, width, lang) + 0.7, -2)
        axes.set_xlim(-0.03, width)
        axes.set_axis_off()
    return axes


def draw_bands(
    alignment: "SectionAlignment", places: dict[str, tuple[int, int]], ax: "Axes"
) -> dict[str, set[str]]:
    """Draw the bands, and tell which headings are new and which are dropped.

    The bands that leave a heading, or arrive at one, share its height.
    """
    marks: dict[str, set[str]] = {"new": set(), "dropped": set()}
    pairs = []
    for link in alignment.links:
        if link.old is not None and link.new is not None:
            pairs.append((link.old.id, link.new.id, link))
        elif link.new is not None:
            marks["new"].add(link.new.id)
        elif link.old is not None:
            marks["dropped"].add(link.old.id)
    leaving = shares([(old, places[new]) for old, new, _ in pairs])
    arriving = shares([(new, places[old]) for old, new, _ in pairs])
    for (old, new, link), start, end in zip(pairs, leaving, arriving, strict=True):
        (x0, y0), (x1, y1) = places[old], places[new]
        color, alpha = band_of(link.relation, moved=bool(link.moved))
        ax.add_patch(
            band(
                (x0 + TEXT_SHARE, y0 + start[0], y0 + start[1]),
                (x1 - 0.02, y1 + end[0], y1 + end[1]),
                color,
                alpha,
            )
        )
    return marks


def shares(ends: list[tuple[str, tuple[int, int]]]) -> list[tuple[float, float]]:
    """Divide the height of each heading among its bands, in the order of their other ends."""
    by_heading: dict[str, list[int]] = {}
    for place, (heading, _) in enumerate(ends):
        by_heading.setdefault(heading, []).append(place)
    result = [(0.0, 0.0)] * len(ends)
    for places in by_heading.values():
        height = BAND / len(places)
        for rank, place in enumerate(sorted(places, key=lambda place: ends[place][1])):
            top = -BAND / 2 + rank * height
            result[place] = (top, top + height)
    return result


def band(
    start: tuple[float, float, float], end: tuple[float, float, float], color: str, alpha: float
) -> "PathPatch":
    """Draw a band between two upright edges, each given as x, top and bottom."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x0, top0, bottom0), (x1, top1, bottom1) = start, end
    middle = (x0 + x1) / 2
    vertices = [
        (x0, top0),
        (middle, top0),
        (middle, top1),
        (x1, top1),
        (x1, bottom1),
        (middle, bottom1),
        (middle, bottom0),
        (x0, bottom0),
        (x0, top0),
    ]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    return PathPatch(Path(vertices, codes), facecolor=color, alpha=alpha, linewidth=0)


def band_of(relation: str, *, moved: bool) -> tuple[str, float]:
    """Give the colour and opacity of the band of a relation."""
    if moved:
        return ORANGE, 0.85
    return {
        "kept": (QUIET, 0.45),
        "renamed": (BLUE, 0.65),
        "merged": (PINK, 0.85),
        "split": (YELLOW, 0.85),
    }[relation]


def draw_heading(
    heading: Section,
    place: tuple[int, int],
    marks: dict[str, set[str]],
    ax: "Axes",
    lang: Language,
) -> None:
    """Write a title; a new one has a plus before it, a dropped one a cross behind."""
    column, row = place
    chapter = heading.level == "chapter"
    if chapter:
        ax.barh(row, TEXT_SHARE - 0.005, left=column - 0.01, height=0.86, color=FAINT, zorder=0)
    title = title_of(heading, lang)
    longest = LONGEST[lang if title == heading.title_en else "zh"]
    shown = title if len(title) <= longest else title[: longest - 1] + "…"
    number = f"{heading.chapter}" if chapter else f"{heading.chapter}.{heading.number}"
    new = heading.id in marks["new"]
    x = column + (0 if chapter else INDENT)
    ax.text(
        x,
        row,
        f"{'＋' if new else ''}{number} {shown}",
        fontsize=8.5,
        color=GREEN if new else INK,
        va="center",
    )
    if heading.id in marks["dropped"]:
        ax.text(column + TEXT_SHARE, row, "×", fontsize=10, color=ORANGE, va="center", ha="left")


def draw_key(ax: "Axes", row: float, width: float, lang: Language) -> float:
    """Explain bands and signs below the columns, and tell in which row it ends."""
    bands = [
        ("kept", False, in_language(lang, "题名未变", "same title")),
        ("renamed", False, in_language(lang, "更名", "renamed")),
        ("merged", False, in_language(lang, "合并", "merged")),
        ("split", False, in_language(lang, "拆分", "split")),
        ("kept", True, in_language(lang, "移章或升降级", "other chapter or level")),
    ]
    signs = [
        ("＋", in_language(lang, "无前身", "no predecessor"), GREEN),
        ("×", in_language(lang, "无后继", "no successor"), ORANGE),
    ]
    in_row = max(int(width / KEY_WIDTH[lang]), 1)
    places = [
        (place % in_row * KEY_WIDTH[lang], row + place // in_row)
        for place in range(len(bands) + len(signs))
    ]
    for (relation, moved, label), (x, y) in zip(bands, places, strict=False):
        color, alpha = band_of(relation, moved=moved)
        ax.barh(y, 0.12, left=x, height=BAND, color=color, alpha=alpha)
        ax.text(x + 0.15, y, label, va="center")
    for (sign, label, color), (x, y) in zip(signs, places[len(bands) :], strict=True):
        ax.text(x, y, sign, color=color, va="center", fontsize=10)
        ax.text(x + 0.06, y, label, va="center")
    return places[-1][1]
