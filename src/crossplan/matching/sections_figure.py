"""The lineage of sections as a picture: plans as columns, lines where a heading went on."""

from typing import TYPE_CHECKING

from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    QUIET,
    drawing,
)
from crossplan.labels import Language, in_language, title_of
from crossplan.model import Plan, Section

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.matching.sections import SectionAlignment

COLUMN_WIDTH = 3.3
ROW_HEIGHT = 0.27
TEXT_SHARE = 0.72  # of a column; the rest is for the lines
INDENT = 0.035
LONGEST = {"zh": 19, "en": 34}
KEY_WIDTH = {"zh": 0.62, "en": 0.86}


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
        marks = draw_lines(alignment, places, axes)
        for plan in plans:
            for heading in plan.headings:
                draw_heading(heading, places[heading.id], marks, axes, lang)
        draw_key(axes, max((row for _, row in places.values()), default=0) + 1.8, lang)
        axes.set_xlim(-0.03, max(len(plans) - 1 + TEXT_SHARE + 0.1, 1))
        axes.set_ylim(max((row for _, row in places.values()), default=0) + 2.5, -2)
        axes.set_axis_off()
    return axes


def draw_lines(
    alignment: "SectionAlignment", places: dict[str, tuple[int, int]], ax: "Axes"
) -> dict[str, set[str]]:
    """Draw the lines, and tell which headings are new and which are dropped."""
    marks: dict[str, set[str]] = {"new": set(), "dropped": set()}
    for link in alignment.links:
        if link.old is None and link.new is not None:
            marks["new"].add(link.new.id)
        elif link.new is None and link.old is not None:
            marks["dropped"].add(link.old.id)
        elif link.old is not None and link.new is not None:
            (x0, y0), (x1, y1) = places[link.old.id], places[link.new.id]
            color, width = line_of(link.relation, moved=bool(link.moved))
            ax.plot(
                [x0 + TEXT_SHARE, x0 + TEXT_SHARE + 0.04, x1 - 0.06, x1 - 0.02],
                [y0, y0, y1, y1],
                color=color,
                linewidth=width,
                solid_capstyle="round",
            )
    return marks


def line_of(relation: str, *, moved: bool) -> tuple[str, float]:
    """Give the colour and width of the line of a relation."""
    if moved:
        return ORANGE, 2.0
    return (QUIET, 0.9) if relation == "kept" else (BLUE, 1.3)


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


def draw_key(ax: "Axes", row: float, lang: Language) -> None:
    """Explain lines and signs below the columns."""
    lines = [
        (in_language(lang, "题名未变", "same title"), QUIET, 0.9),
        (in_language(lang, "更名", "renamed"), BLUE, 1.3),
        (in_language(lang, "移章或升降级", "moved to another chapter or level"), ORANGE, 2.0),
    ]
    x = 0.0
    for label, color, width in lines:
        ax.plot([x, x + 0.12], [row, row], color=color, linewidth=width)
        ax.text(x + 0.15, row, label, va="center")
        x += KEY_WIDTH[lang]
    signs = [
        ("＋", in_language(lang, "无前身（按题名）", "no predecessor by title"), GREEN),
        ("×", in_language(lang, "无后继（按题名）", "no successor by title"), ORANGE),
    ]
    for sign, label, color in signs:
        ax.text(x, row, sign, color=color, va="center", fontsize=10)
        ax.text(x + 0.05, row, label, va="center")
        x += KEY_WIDTH[lang]
