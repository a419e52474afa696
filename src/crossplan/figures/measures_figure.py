"""How many measures stand in each section of a plan."""

from typing import TYPE_CHECKING

from crossplan.figures.style import BLUE, FAINT, QUIET, drawing
from crossplan.labels import Language, in_language, title_of
from crossplan.model import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR_HEIGHT = 0.24


def draw_measures(plan: Plan, ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the measures of each section as bars, chapter by chapter.

    Parameters
    ----------
    plan : Plan
        With text.
    ax : Axes, optional
    lang : {"zh", "en"}

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.
    """
    plan.require_reading("measures")
    headings = plan.headings
    with drawing(ax, 8, BAR_HEIGHT * len(headings) + 1) as axes:
        for place, heading in enumerate(headings):
            chapter = heading.level == "chapter"
            count = len(heading.measures)
            axes.barh(place, count, color=FAINT if chapter else BLUE, height=0.7)
            axes.text(count, place, f" {count}", va="center", fontsize=8, color=QUIET)
        axes.set_yticks(
            range(len(headings)),
            [
                title_of(h, lang) if h.level == "chapter" else f"{title_of(h, lang)}　"
                for h in headings
            ],
        )
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(headings) - 0.4, -0.6)
        axes.set_xlabel(
            in_language(lang, "举措数（浅色：全章合计）", "measures (pale: the whole chapter)")
        )
    return axes
