"""Figures: Chinese in every one, axes in and out, and matplotlib left alone."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import crossplan as cp
from crossplan.figures.measures_figure import draw_measures
from crossplan.figures.style import svg_bytes
from crossplan.labels import Language
from crossplan.model import Corpus


def draw_words(plans: Corpus, lang: Language) -> dict[str, Axes]:
    fifth = plans["2026-2030"]
    made = cp.construct_predecessor(fifth, seed=1)
    comparison = cp.compare_terms(made.plan, made.successor)
    sections = cp.term_frequencies(fifth, by="section")
    found = cp.concordance(fifth, ["人权", "数字*"])
    return {
        "terms": cp.term_frequencies(fifth).plot(Figure().subplots(), lang=lang),
        "keyness": comparison.plot(Figure().subplots(), lang=lang),
        "rates": comparison.plot_rates(Figure().subplots(), lang=lang),
        "map": sections.plot_map(None, Figure().subplots(), lang=lang),
        "cloud": sections.plot_cloud(Figure().subplots(), top=30, lang=lang),
        "trends": cp.trace_terms(plans, ["人权", "法治"]).plot(Figure().subplots(), lang=lang),
        "dispersion": found.plot(Figure().subplots(), lang=lang),
        "collocations": cp.collocations(fifth, "人权").plot(Figure().subplots(), lang=lang),
        "graph": cp.cooccurrence(fifth, top=15).plot(Figure().subplots(), lang=lang),
    }


def draw_all(plans: Corpus, lang: Language) -> dict[str, Figure]:
    fifth = plans["2026-2030"]
    axes = {
        "lineage": cp.trace_sections(plans).plot(Figure().subplots(), lang=lang),
        "measures": draw_measures(fifth, Figure().subplots(), lang=lang),
        **draw_words(plans, lang),
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


def texts_of(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_bars_of_keyness_stand_on_the_side_of_their_plan(plans: Corpus) -> None:
    made = cp.construct_predecessor(plans["2026-2030"], seed=1)
    comparison = cp.compare_terms(made.plan, made.successor)
    ax = comparison.plot(top=5)
    widths = [bar.get_width() for bar in ax.patches]  # type: ignore[attr-defined]
    assert len(widths) == 10
    table = comparison.table
    expected = [*table[table["g2"] > 0].head(5)["term"], *table[table["g2"] < 0].head(5)["term"]]
    assert sorted(texts_of(ax)[::2]) == sorted(expected)
    assert sum(width > 0 for width in widths) == 5


def test_names_in_the_scatter_do_not_cover_each_other(plans: Corpus) -> None:
    made = cp.construct_predecessor(plans["2026-2030"], seed=1)
    ax = cp.compare_terms(made.plan, made.successor).plot_rates(top=40)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) >= 20
    for place, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:place])


def test_no_line_goes_over_a_plan_without_text(plans: Corpus) -> None:
    ax = cp.trace_terms(plans, ["人权"]).plot()
    rates = np.asarray(ax.lines[0].get_ydata(), dtype=float)
    assert np.isnan(rates).tolist() == [True] * 4 + [False]
    assert len(ax.patches) == 4


def test_the_map_has_a_cell_for_each_term_and_section(plans: Corpus) -> None:
    result = cp.term_frequencies(plans["2026-2030"], by="section")
    ax = result.plot_map(["残疾人", "法治"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["残疾人", "法治"]
    counts = result.wide().loc[["残疾人", "法治"]].to_numpy()
    assert [int(text) for text in texts_of(ax)] == counts[counts > 0].tolist()
