"""Draw the lineage of sections: plans as columns, bands where a heading continues."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, named
from crossplan.figures.layout import fitted
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN_INK,
    INK,
    ORANGE,
    PALE,
    QUIET,
    SMALL,
    WINE,
    YELLOW,
    drawing,
    lead_to,
    mark,
)
from crossplan.labels import Language, in_language
from crossplan.matching.links import RELATION_WORDS, Relation
from crossplan.matching.section_links import SectionLink
from crossplan.model import Plan, Section
from crossplan.model.plan import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch

_COLUMN_WIDTH = 3.3
_ROW_HEIGHT = 0.27
_BAND = 0.7  # of a row
_TEXT_SHARE = 0.72  # of a column; the rest is for the lines
# Of a column, for the title of a plan that has another at its right.
_ROOM_BESIDE = 0.96
_INDENT = 0.035
_HEADING_SIZE = 8.5
_PLAN_SIZE = 12
_BANDS: tuple[Relation, ...] = ("kept", "renamed", "merged", "split")
_KEY_WIDTH = {"zh": 0.52, "en": 0.62}


def figure_size(plans: Sequence[Plan]) -> tuple[float, float]:
    """Return the width and height in inches that keep every title readable."""
    rows = max((len(plan.headings) for plan in plans), default=1)
    return _COLUMN_WIDTH * max(len(plans), 1), _ROW_HEIGHT * (rows + 5)


def draw_lineage(
    plans: Sequence[Plan],
    links: Sequence[SectionLink],
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the lineage; see :meth:`SectionAlignment.plot`."""
    with drawing(ax, *figure_size(plans)) as axes:
        places: dict[str, tuple[int, int]] = {}
        for column, plan in enumerate(plans):
            room = _ROOM_BESIDE if plan is not plans[-1] else _TEXT_SHARE + 0.08
            title = fitted(title_of(plan, lang), _COLUMN_WIDTH * room, SMALL)
            axes.text(column, -2.0, plan.id, fontsize=_PLAN_SIZE, va="center")
            axes.text(column, -1.1, title, fontsize=SMALL, color=QUIET, va="center")
            for row, heading in enumerate(plan.headings):
                places[heading.id] = (column, row)
        marks = _draw_bands(links, places, axes)
        for plan in plans:
            for heading in plan.headings:
                _draw_heading(heading, places[heading.id], marks, axes, lang)
        width = max(len(plans) - 1 + _TEXT_SHARE + 0.1, 1)
        below = max((row for _, row in places.values()), default=0) + 1.8
        axes.set_ylim(_draw_key(axes, below, width, lang) + 0.7, -2.7)
        axes.set_xlim(-0.03, width)
        axes.set_axis_off()
    return axes


def _draw_bands(
    links: Sequence[SectionLink], places: dict[str, tuple[int, int]], ax: "Axes"
) -> dict[str, set[str]]:
    """Draw the bands, and return which headings are new and which are dropped.

    The bands that leave a heading, or arrive at one, share its height.
    """
    marks: dict[str, set[str]] = {"new": set(), "dropped": set()}
    pairs = []
    for link in links:
        if link.old is not None and link.new is not None:
            pairs.append((link.old.id, link.new.id, link))
        elif link.new is not None:
            marks["new"].add(link.new.id)
        elif link.old is not None:
            marks["dropped"].add(link.old.id)
    leaving = _shares([(old, places[new]) for old, new, _ in pairs])
    arriving = _shares([(new, places[old]) for old, new, _ in pairs])
    for (old, new, link), start, end in zip(pairs, leaving, arriving, strict=True):
        (x0, y0), (x1, y1) = places[old], places[new]
        color, alpha = band_of(link.relation, moved=bool(link.moved))
        patch = _band(
            (x0 + _TEXT_SHARE, y0 + start[0], y0 + start[1]),
            (x1 - 0.02, y1 + end[0], y1 + end[1]),
            color,
            alpha,
        )
        mark(patch, "link", old, new)
        ax.add_patch(patch)
    return marks


def _shares(ends: list[tuple[str, tuple[int, int]]]) -> list[tuple[float, float]]:
    """Divide the height of each heading among its bands, in the order of their other ends."""
    by_heading: dict[str, list[int]] = {}
    for place, (heading, _) in enumerate(ends):
        by_heading.setdefault(heading, []).append(place)
    result = [(0.0, 0.0)] * len(ends)
    for places in by_heading.values():
        height = _BAND / len(places)
        for rank, place in enumerate(sorted(places, key=lambda place: ends[place][1])):
            top = -_BAND / 2 + rank * height
            result[place] = (top, top + height)
    return result


def _band(
    start: tuple[float, float, float], end: tuple[float, float, float], color: str, alpha: float
) -> "PathPatch":
    """Draw a band between two upright edges, each with its x, top and bottom."""
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
    """Return the colour and opacity of the band of a relation."""
    if moved:
        return ORANGE, 0.85
    return {
        "kept": (PALE, 0.8),
        "renamed": (BLUE, 0.7),
        "merged": (WINE, 0.75),
        "split": (YELLOW, 0.9),
    }[relation]


def _draw_heading(
    heading: Section,
    place: tuple[int, int],
    marks: dict[str, set[str]],
    ax: "Axes",
    lang: Language,
) -> None:
    """Write a title, with a plus before a new one and a cross after a dropped one."""
    column, row = place
    chapter = heading.level == "chapter"
    if chapter:
        ax.barh(row, _TEXT_SHARE - 0.005, left=column - 0.01, height=0.86, color=FAINT, zorder=0)
    number = f"{heading.chapter}" if chapter else f"{heading.chapter}.{heading.number}"
    new = heading.id in marks["new"]
    indent = 0 if chapter else _INDENT
    words = f"{'＋' if new else ''}{number} {title_of(heading, lang)}"
    title = ax.text(
        column + indent,
        row,
        fitted(words, _COLUMN_WIDTH * (_TEXT_SHARE - indent - 0.02), _HEADING_SIZE),
        fontsize=_HEADING_SIZE,
        color=GREEN_INK if new else INK,
        va="center",
    )
    lead_to(title, heading.id)
    if heading.id in marks["dropped"]:
        ax.text(column + _TEXT_SHARE, row, "×", fontsize=10, color=ORANGE, va="center", ha="left")


def _draw_key(ax: "Axes", row: float, width: float, lang: Language) -> float:
    """Draw the key of bands and signs below the columns, and return the row in which it ends."""
    bands = [
        *((name, False, RELATION_WORDS[name][lang]) for name in _BANDS),
        ("kept", True, in_language(lang, "移位（改章或改级）", "moved (other chapter or level)")),
    ]
    signs = [
        ("＋", RELATION_WORDS["new"][lang], GREEN_INK),
        ("×", RELATION_WORDS["dropped"][lang], ORANGE),
    ]
    in_row = max(int(width / _KEY_WIDTH[lang]), 1)
    places = [
        (place % in_row * _KEY_WIDTH[lang], row + place // in_row)
        for place in range(len(bands) + len(signs))
    ]
    for (relation, moved, label), (x, y) in zip(bands, places, strict=False):
        color, alpha = band_of(relation, moved=moved)
        ax.barh(y, 0.12, left=x, height=_BAND, color=color, alpha=alpha)
        ax.text(x + 0.15, y, label, va="center", fontsize=SMALL)
    for (sign, label, color), (x, y) in zip(signs, places[len(bands) :], strict=True):
        ax.text(x, y, sign, color=color, va="center", fontsize=10)
        ax.text(x + 0.06, y, label, va="center", fontsize=SMALL)
    return places[-1][1]


def lineage_caption(plans: Sequence[Plan], lang: Language) -> str:
    """Return the caption; see :meth:`SectionAlignment.caption`."""
    names = named(plans, lang)
    sentence = in_language(
        lang,
        f"{names}：章节的承续。色带连接前后对应的章节，＋为无前身，×为无后继",
        f"The chapters and sections of {names}, joined by bands where a heading continues; a plus "
        "marks a heading without a predecessor, a cross one without a successor",
    )
    how = in_language(
        lang,
        "先比题名，再看可得的正文、举措与所处位置，一一配对，余者再并合",
        "Paired one to one by titles, the texts at hand, measures and place; then merges and "
        "splits are joined",
    )
    return caption(lang, [sentence, how], plans, outlines=True)
