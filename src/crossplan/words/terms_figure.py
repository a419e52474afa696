"""Draw term frequencies as bars, map or cloud, and their trends as lines."""

import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from crossplan.errors import MissingExtraError
from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.layout import fitted, font_file
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    GREEN_INK,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    WINE,
    YELLOW,
    drawing,
    lead_to,
    mark,
    name_rows,
    without_frame,
    write_at_end,
    write_in_cell,
)
from crossplan.labels import Language, in_language
from crossplan.words.counting import rates
from crossplan.words.options import words_by
from crossplan.words.text_units import TextUnit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.model import Plan
    from crossplan.words.counting import Counts
    from crossplan.words.options import WordReader

_BAR_HEIGHT = 0.24

_CELL = 0.25
_NAME_WIDTH = 2.4
_BESIDE, _BELOW = 1.2, _NAME_WIDTH + 0.6
# Counts on cells darker than this are white.
_DARK = 0.75

_CLOUD_WIDTH, _CLOUD_HEIGHT = 8.0, 4.6
_PIXELS = 200
_SEED = 1
# Colours only separate the words, and have no meaning.
_COLOURS = (BLUE, INK, GREEN_INK, ORANGE)

_WIDTH, _HEIGHT = 8.0, 4.8
_LINE_COLOURS = (BLUE, ORANGE, GREEN, WINE, YELLOW, INK)
# One more than colours, so that a combination of marker and colour is repeated only after many
# terms.
_MARKERS = "osD^vPX"
# The smallest distance between names, as a share of the height.
_NAME_GAP = 0.06
# The distance of names from the plan, as shares of the width.
_SIGN_ASIDE, _NAME_ASIDE = 0.035, 0.055


class _Terms(Protocol):
    """The attributes of :class:`TermFrequencies` that figures use."""

    @property
    def counts(self) -> "Counts": ...

    @property
    def totals(self) -> dict[str, int]: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def reader(self) -> "WordReader": ...

    def chosen(self, terms: "Sequence[str] | None", top: int) -> list[str]: ...


def draw_terms(
    terms: _Terms, ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the terms; see :meth:`TermFrequencies.plot`."""
    totals = terms.totals
    chosen = terms.chosen(None, top)
    counts = np.array([totals[term] for term in chosen], dtype=np.int64)
    per_words = rates(counts, terms.counts.words.sum())
    with drawing(ax, 7, _BAR_HEIGHT * len(chosen) + 1) as axes:
        axes.barh(range(len(chosen)), per_words, color=BLUE, height=0.7)
        for term, label in zip(chosen, name_rows(axes, chosen), strict=True):
            mark(label, "term", term)
        for place, (rate, count) in enumerate(zip(per_words, counts, strict=True)):
            write_at_end(axes, place, rate, str(count))
        axes.set_title(plans_title(terms.plans, lang), linespacing=1.5)
        axes.set_xlabel(
            in_language(
                lang, "每万词出现次数（条末为次数）", "per 10,000 words (counts at the ends)"
            )
        )
    return axes


def terms_caption(terms: _Terms, lang: Language) -> str:
    """Return the caption of the bars; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    content = in_language(
        lang,
        f"{names}：最常用的词，每万词出现次数，条末为次数",
        f"The most frequent terms of {names}, per 10,000 words, with their counts at the ends",
    )
    return caption(lang, [content, words_by(terms.reader, lang)], terms.plans)


def draw_map(
    terms: _Terms,
    chosen: list[str],
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the map; see :meth:`TermFrequencies.plot_map`.

    Each row is shaded on its own scale, from zero to the highest rate of the term; the cells
    show the counts.
    """
    counts = terms.counts
    place = {term: at for at, term in enumerate(counts.terms)}
    table = counts.matrix[:, [place[term] for term in chosen]].toarray().T
    shades = rates(table, counts.words)
    shades = shades / np.maximum(shades.max(axis=1, keepdims=True, initial=0), 1e-12)
    units = counts.units
    size = _CELL * max(len(units), 16) + _BESIDE, _CELL * max(len(chosen), 4) + _BELOW
    with drawing(ax, *size) as axes:
        if table.size:
            axes.imshow(shades, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
        for row, column in zip(*np.nonzero(table), strict=True):
            number, dark = str(table[row, column]), shades[row, column] > _DARK
            write_in_cell(axes, row, column, number, dark=dark)
        axes.set_yticks(range(len(chosen)), chosen)
        axes.set_xticks(
            range(len(units)),
            [fitted(title, _NAME_WIDTH, SMALL) for title in _labels(units)],
            rotation=90,
            fontsize=SMALL,
        )
        for unit, label in zip(units, axes.get_xticklabels(), strict=True):
            if unit.id != unit.plan:
                lead_to(label, unit.id)
        for term, label in zip(chosen, axes.get_yticklabels(), strict=True):
            mark(label, "term", term)
        without_frame(axes)
        subtitle = in_language(
            lang,
            "格中为次数，颜色为每万词次数（深浅逐行而定）",
            "counts; shaded by rate, each row by itself",
        )
        axes.set_title(f"{plans_title(terms.plans, lang)}\n{subtitle}", linespacing=1.5)
    return axes


def _labels(units: Sequence[TextUnit]) -> list[str]:
    """Return number and title of each unit, with its plan if there are several."""
    several = len({unit.plan for unit in units}) > 1
    numbers = [unit.id.partition("/")[2] for unit in units]
    return [
        f"{unit.id if several or not number else number} {unit.title}"
        for unit, number in zip(units, numbers, strict=True)
    ]


def map_caption(terms: _Terms, lang: Language) -> str:
    """Return the caption of the map; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    content = in_language(
        lang,
        f"{names}：各处用词。格中为次数，颜色为每万词次数，深浅逐行而定",
        f"What {names} says where: counts in the cells, shaded by the rate per 10,000 words, each "
        "row on its own scale",
    )
    return caption(lang, [content, words_by(terms.reader, lang)], terms.plans)


def draw_cloud(
    terms: _Terms, ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the cloud; see :meth:`TermFrequencies.plot_cloud`."""
    if find_spec("wordcloud") is None:
        raise MissingExtraError("wordcloud", "cloud", "a cloud of terms")
    totals = terms.totals
    chosen = {term: totals[term] for term in terms.chosen(None, top)}
    with drawing(ax, _CLOUD_WIDTH, _CLOUD_HEIGHT) as axes:
        axes.set_axis_off()
        subtitle = in_language(
            lang, "最常用的词（字号：次数）", "most frequent terms (size: count)"
        )
        axes.set_title(f"{plans_title(terms.plans, lang)}\n{subtitle}", linespacing=1.5)
        if chosen:
            axes.imshow(_cloud_picture(chosen), interpolation="bilinear")
    return axes


def _cloud_picture(frequencies: dict[str, int]) -> Any:
    """Lay out the words, in the same way every time."""
    with warnings.catch_warnings():
        # wordcloud leaves a file open when it is imported.
        warnings.simplefilter("ignore", ResourceWarning)
        from wordcloud import WordCloud

    colours = {term: _COLOURS[at % len(_COLOURS)] for at, term in enumerate(frequencies)}
    return WordCloud(
        font_path=str(font_file()),
        width=int(_CLOUD_WIDTH * _PIXELS),
        height=int(_CLOUD_HEIGHT * _PIXELS),
        background_color="white",
        prefer_horizontal=1,
        random_state=_SEED,
        color_func=lambda word, **_: colours[word],
    ).generate_from_frequencies(frequencies)


def cloud_caption(terms: _Terms, lang: Language) -> str:
    """Return the caption of the cloud; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    content = in_language(
        lang,
        f"{names}：最常用的词，字号随次数而增，位置与颜色无含义",
        f"The most frequent terms of {names}, the larger the more frequent; place and colour mean "
        "nothing",
    )
    return caption(lang, [content, words_by(terms.reader, lang)], terms.plans)


class _Trends(Protocol):
    """The attributes of a :class:`TermTrace` that figures use."""

    @property
    def grid(self) -> "pd.DataFrame": ...

    @property
    def terms(self) -> tuple[str, ...]: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def reader(self) -> "WordReader": ...


def draw_trends(trace: _Trends, ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the trends; see :meth:`TermTrace.plot`.

    A plan without text is a grey band, which no line crosses.
    """
    grid = trace.grid
    plans = trace.plans
    with drawing(ax, _WIDTH, _HEIGHT) as axes:
        for place, plan in enumerate(plans):
            if plan.coverage != "full":
                axes.axvspan(place - 0.5, place + 0.5, color=FAINT, linewidth=0, zorder=0)
        top = max(float(grid.max().max()) if grid.notna().any().any() else 1.0, 1e-9)
        for number, term in enumerate(trace.terms):
            rates = grid.loc[term].to_numpy(dtype=float, na_value=float("nan"))
            axes.plot(range(len(plans)), rates, linewidth=1.6, **sign(number))
        for number, place, height in _names(trace, grid, top):
            term = trace.terms[number]
            if height > _rate_at(grid, term, place):
                # A name that was moved is preceded by its marker.
                axes.plot(place + _SIGN_ASIDE * len(plans), height, clip_on=False, **sign(number))
            name = axes.text(place + _NAME_ASIDE * len(plans), height, term, va="center")
            mark(name, "term", term)
        axes.set_xticks(range(len(plans)), [plan.id for plan in plans])
        axes.set_xlim(-0.5, len(plans) - 0.1)
        axes.set_ylim(-0.03 * top, top * 1.1)
        axes.set_ylabel(in_language(lang, "每万词出现次数", "per 10,000 words"))
        axes.set_title(plans_title(trace.plans, lang), linespacing=1.5)
        if any(plan.coverage != "full" for plan in plans):
            axes.set_xlabel(
                in_language(lang, "灰：正文未收录，未知", "grey: no text at hand, unknown"),
                color=QUIET,
            )
    return axes


def sign(number: int) -> dict[str, Any]:
    """Return the colour and the marker of a term by its number."""
    return {
        "color": _LINE_COLOURS[number % len(_LINE_COLOURS)],
        "marker": _MARKERS[number % len(_MARKERS)],
        "markersize": 5,
    }


def _names(trace: _Trends, grid: "pd.DataFrame", top: float) -> list[tuple[int, int, float]]:
    """Return the number of each term, and the plan and the height at which its name is written.

    Names are written beside the last known rate, and moved up if they would overlap.
    """
    known = {
        term: [place for place, there in enumerate(grid.loc[term].notna()) if there]
        for term in trace.terms
    }
    ends = [
        (_rate_at(grid, term, places[-1]), number, places[-1])
        for number, (term, places) in enumerate(known.items())
        if places
    ]
    placed: list[tuple[int, int, float]] = []
    lowest = -top
    for rate, number, place in sorted(ends):
        lowest = max(rate, lowest + _NAME_GAP * top)
        placed.append((number, place, lowest))
    return placed


def _rate_at(grid: "pd.DataFrame", term: str, place: int) -> float:
    """Return the rate of a term in a plan that has a text."""
    return float(grid.loc[term].to_numpy(dtype=float)[place])


def trends_caption(trace: _Trends, lang: Language) -> str:
    """Return the caption of the lines; see :meth:`TermTrace.caption`."""
    names = named(trace.plans, lang)
    content = in_language(
        lang,
        f"{'、'.join(trace.terms)} 在{names}中每万词的次数，灰处为没有正文的计划",
        f"{', '.join(trace.terms)} per 10,000 words of {names}; plans without text are grey",
    )
    return caption(lang, [content, words_by(trace.reader, lang)], trace.plans)
