"""Figures: Chinese in every one, axes in and out, and matplotlib left alone."""

import io

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

import crossplan as cp
from crossplan.figures.measures_figure import draw_measures
from crossplan.figures.style import svg_bytes
from crossplan.labels import Language
from crossplan.model import Corpus


def draw_all(plans: Corpus, lang: Language) -> dict[str, Figure]:
    fifth = plans["2026-2030"]
    axes = {
        "lineage": cp.trace_sections(plans).plot(Figure().subplots(), lang=lang),
        "terms": cp.term_frequencies(fifth).plot(Figure().subplots(), lang=lang),
        "measures": draw_measures(fifth, Figure().subplots(), lang=lang),
    }
    figures = {name: ax.get_figure(root=True) for name, ax in axes.items()}
    return figures | {"history": cp.trace_targets(plans).plot(lang=lang)}  # type: ignore[return-value]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_glyph_is_there(plans: Corpus, lang: Language) -> None:
    # A glyph that the font does not have is a warning, and warnings are errors here.
    for figure in draw_all(plans, lang).values():
        figure.savefig(io.BytesIO(), format="png")


def test_the_font_is_ours_and_not_the_machines(plans: Corpus) -> None:
    from matplotlib.font_manager import findfont

    for figure in draw_all(plans, "zh").values():
        figure.draw_without_rendering()
        for text in figure.findobj(mpl.text.Text):
            if text.get_text().strip():
                assert "zhplot" in findfont(text.get_fontproperties()), text


def test_figures_are_the_same_bytes_every_time(plans: Corpus) -> None:
    once, again = draw_all(plans, "zh"), draw_all(plans, "zh")
    for name, figure in once.items():
        assert svg_bytes(figure, name) == svg_bytes(again[name], name)


def test_axes_go_in_and_come_out(plans: Corpus) -> None:
    ax = Figure().subplots()
    assert cp.trace_sections(plans).plot(ax) is ax
    assert cp.trace_sections(plans).plot().get_figure() is not ax.get_figure()


def test_matplotlib_is_left_as_it_was(plans: Corpus) -> None:
    before = dict(mpl.rcParams)
    draw_all(plans, "en")
    cp.trace_sections(plans).plot()
    assert dict(mpl.rcParams) == before


def test_the_history_shows_one_unit_in_each_picture(plans: Corpus) -> None:
    figure = cp.trace_targets(plans).plot()
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert "孕产妇死亡率（/10万）" in titles
    assert "二氧化硫排放总量（↓%）" in titles
    life = next(ax for ax in figure.axes if ax.get_title(loc="left") == "人均预期寿命（岁）")
    assert "↑1岁" in {text.get_text() for text in life.texts}
