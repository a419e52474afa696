"""Draw the number of measures in each section of a plan."""

from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, plans_title
from crossplan.figures.marks import lead_to
from crossplan.figures.style import BLUE, FAINT, QUIET, drawing, name_rows, write_at_end
from crossplan.labels import Language, in_language
from crossplan.model import Plan, Section
from crossplan.model.plan import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR_HEIGHT = 0.24
_TITLE_WIDTH = 4.4


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
    counts = [len(heading.measures) for heading in headings]
    chapters = [heading.level == "chapter" for heading in headings]
    with drawing(ax, 8, BAR_HEIGHT * len(headings) + 1) as axes:
        bars = axes.barh(
            range(len(headings)),
            counts,
            color=[FAINT if chapter else BLUE for chapter in chapters],
            height=0.7,
        )
        labels = name_rows(axes, [f"{_number(h)} {title_of(h, lang)}" for h in headings])
        for place, (heading, bar, label) in enumerate(zip(headings, bars, labels, strict=True)):
            lead_to(bar, heading.id)
            lead_to(label, heading.id)
            write_at_end(axes, place, counts[place], str(counts[place]), colour=QUIET)
        axes.set_title(plans_title([plan], lang, _TITLE_WIDTH), linespacing=1.5)
        axes.set_xlabel(
            in_language(lang, "举措数（浅色：全章合计）", "measures (pale: the whole chapter)")
        )
    return axes


def _number(heading: Section) -> str:
    """Return the number of a heading, such as 1 for a chapter and 1.5 for a section."""
    return f"{heading.chapter}.{heading.number}" if heading.number else f"{heading.chapter}"


def measures_caption(plan: Plan, lang: Language = "zh") -> str:
    """Return a caption for :func:`draw_measures`, with the source of the text.

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.
    """
    plan.require_reading("measures")
    content = in_language(
        lang,
        f"{title_of(plan, lang)}：各章节的举措数，浅色为全章合计",
        f"The measures of {title_of(plan, lang)}, by chapter (pale) and section",
    )
    how = in_language(
        lang,
        "举措是章节中带有本系列举措标记的段落",
        "A measure is a paragraph that bears the mark of measures in this series",
    )
    return caption(lang, [content, how], [plan])
