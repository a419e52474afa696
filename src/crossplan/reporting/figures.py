"""Draw the figures of a report on demand."""

from typing import TYPE_CHECKING

from crossplan.figures.measures_figure import BAR_HEIGHT, draw_measures
from crossplan.figures.style import blank_figure, style
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.measures_figure import ROW_HEIGHT, WIDTH
from crossplan.matching.sections_figure import figure_size
from crossplan.reporting.content import Content
from crossplan.targets.dumbbell_figure import drawn_rows, dumbbell_size
from crossplan.targets.history_figure import histories_size
from crossplan.words.comparison import TermComparison
from crossplan.words.comparison_figure import BARS_WIDTH as KEYNESS_WIDTH
from crossplan.words.comparison_figure import drawn_terms, keyness_height
from crossplan.words.terms import TermFrequencies

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TOP_TERMS = 30
_TERMS_A_SIDE = 15


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
