"""The figures of a report as pictures inside the page."""

from base64 import b64encode
from typing import TYPE_CHECKING

from crossplan.figures.measures_figure import BAR_HEIGHT, draw_measures
from crossplan.figures.style import blank_figure, style, svg_bytes
from crossplan.labels import Language
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.sections_figure import figure_size
from crossplan.matching.statuses_figure import ROW_HEIGHT, WIDTH
from crossplan.reporting.content import Content
from crossplan.targets.dumbbell_figure import drawn_rows, dumbbell_size
from crossplan.words.comparison import TermComparison
from crossplan.words.keyness_figure import WIDTH as KEYNESS_WIDTH
from crossplan.words.keyness_figure import drawn_terms, keyness_height

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP_TERMS = 30
TERMS_A_SIDE = 15


def pictures(content: Content) -> dict[str, str]:
    """Draw the figures of a report and give each as a ``data:`` address.

    A picture in an address of its own cannot clash with the others on the page, and
    no script in it would run.
    """
    figures = {"lineage": lineage(content), "history": content.targets.plot(lang=content.lang)}
    if drawn := drawn_rows(content.compared):
        figures["dumbbells"] = dumbbells(content, len(drawn))
    if content.terms is not None:
        figures["terms"] = terms(content)
        figures["measures"] = measures(content)
    if content.measures is not None:
        figures["statuses"] = statuses(content, content.measures)
    if content.term_comparison is not None:
        figures["keyness"] = keyness(content.term_comparison, content.lang)
    return {name: data_address(figure, name) for name, figure in figures.items()}


def lineage(content: Content) -> "Figure":
    """Draw the lineage of sections."""
    with style():
        figure = blank_figure(*figure_size(content.plans))
        content.sections.plot(figure.subplots(), lang=content.lang)
    return figure


def terms(content: Content) -> "Figure":
    """Draw the most frequent terms of the new plan."""
    with style():
        figure = blank_figure(8, BAR_HEIGHT * TOP_TERMS + 1)
        if content.terms is not None:
            content.terms.plot(figure.subplots(), top=TOP_TERMS, lang=content.lang)
    return figure


def measures(content: Content) -> "Figure":
    """Draw the measures per section of the new plan."""
    with style():
        figure = blank_figure(9, BAR_HEIGHT * len(content.new.headings) + 1)
        draw_measures(content.new, figure.subplots(), lang=content.lang)
    return figure


def statuses(content: Content, comparison: MeasureComparison) -> "Figure":
    """Draw what became of the measures of each section."""
    with style():
        figure = blank_figure(WIDTH, ROW_HEIGHT * len(content.new.headings) + 1.3)
        comparison.plot(figure.subplots(), lang=content.lang)
    return figure


def keyness(comparison: TermComparison, lang: Language) -> "Figure":
    """Draw what either plan speaks of more than the other."""
    with style():
        rows = len(drawn_terms(comparison, TERMS_A_SIDE))
        figure = blank_figure(KEYNESS_WIDTH, keyness_height(rows))
        comparison.plot(figure.subplots(), top=TERMS_A_SIDE, lang=lang)
    return figure


def dumbbells(content: Content, rows: int) -> "Figure":
    """Draw old targets against new ones."""
    with style():
        figure = blank_figure(*dumbbell_size(rows))
        content.compared.plot(figure.subplots(), lang=content.lang)
    return figure


def data_address(figure: "Figure", name: str) -> str:
    """Give a figure as an address that holds it."""
    return "data:image/svg+xml;base64," + b64encode(svg_bytes(figure, name)).decode("ascii")
