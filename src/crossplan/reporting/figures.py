"""Draw the figures of a report on demand."""

from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, plans_title
from crossplan.figures.style import (
    BLUE,
    FAINT,
    QUIET,
    blank_figure,
    drawing,
    lead_to,
    name_rows,
    style,
    write_at_end,
)
from crossplan.labels import Language, in_language
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.measures_figure import ROW_HEIGHT, WIDTH
from crossplan.matching.sections_figure import figure_size
from crossplan.model import Plan, Section
from crossplan.model.plan import title_of
from crossplan.reporting.content import Content
from crossplan.targets.dumbbell_figure import drawn_rows, dumbbell_size
from crossplan.targets.history_figure import histories_size
from crossplan.words.comparison import TermComparison
from crossplan.words.comparison_figure import BARS_WIDTH as KEYNESS_WIDTH
from crossplan.words.comparison_figure import drawn_terms, keyness_height
from crossplan.words.terms import TermFrequencies

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


BAR_HEIGHT = 0.24
_TITLE_WIDTH = 4.4
_TOP_TERMS = 30
_TERMS_A_SIDE = 15


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
        "A measure is a paragraph with the mark of measures in this series",
    )
    return caption(lang, [content, how], [plan])


def lineage(content: Content) -> "Figure":
    """Draw the lineage of sections."""
    with style():
        figure = blank_figure(*figure_size(content.plans))
        content.lineage.plot(figure.subplots(), lang=content.lang)
    return figure


def history(content: Content) -> "Figure":
    """Draw the history of each shared indicator."""
    with style():
        figure = blank_figure(*histories_size(content.trace))
        content.trace.plot(figure.subplots(), lang=content.lang)
    return figure


def terms(content: Content, frequencies: TermFrequencies) -> "Figure":
    """Draw the most frequent terms of the new plan."""
    with style():
        figure = blank_figure(8, BAR_HEIGHT * _TOP_TERMS + 1)
        frequencies.plot(figure.subplots(), top=_TOP_TERMS, lang=content.lang)
    return figure


def measures(content: Content) -> "Figure":
    """Draw the measures per section of the new plan."""
    with style():
        figure = blank_figure(9, BAR_HEIGHT * len(content.new.headings) + 1)
        draw_measures(content.new, figure.subplots(), lang=content.lang)
    return figure


def statuses(content: Content, comparison: MeasureComparison) -> "Figure":
    """Draw the statuses of the measures of each section."""
    with style():
        figure = blank_figure(WIDTH, ROW_HEIGHT * len(content.new.headings) + 1.3)
        comparison.plot(figure.subplots(), lang=content.lang)
    return figure


def keyness(content: Content, comparison: TermComparison) -> "Figure":
    """Draw the terms with the highest keyness in either plan."""
    with style():
        rows = len(drawn_terms(comparison, _TERMS_A_SIDE))
        figure = blank_figure(KEYNESS_WIDTH, keyness_height(rows))
        comparison.plot(figure.subplots(), top=_TERMS_A_SIDE, lang=content.lang)
    return figure


def dumbbells(content: Content) -> "Figure":
    """Draw old targets against new ones."""
    with style():
        figure = blank_figure(*dumbbell_size(len(drawn_rows(content.targets))))
        content.targets.plot(figure.subplots(), lang=content.lang)
    return figure
