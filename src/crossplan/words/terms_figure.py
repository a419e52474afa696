"""The most frequent terms as bars."""

from typing import TYPE_CHECKING

import numpy as np

from crossplan.figures.style import BLUE, drawing
from crossplan.labels import Language, in_language
from crossplan.words.terms import rates

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.terms import TermFrequencies

BAR_HEIGHT = 0.24


def draw_terms(
    terms: "TermFrequencies", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the terms; see :meth:`TermFrequencies.plot`."""
    totals = terms.totals
    chosen = terms.chosen(None, top)
    counts = np.array([totals[term] for term in chosen], dtype=np.int64)
    per_words = rates(counts, terms.counts.words.sum())
    with drawing(ax, 7, BAR_HEIGHT * len(chosen) + 1) as axes:
        places = range(len(chosen))
        axes.barh(places, per_words, color=BLUE, height=0.7)
        axes.set_yticks(places, chosen)
        axes.tick_params(axis="y", length=0)
        for place, rate, count in zip(places, per_words, counts, strict=True):
            axes.text(rate, place, f" {count}", va="center", fontsize=8)
        axes.set_ylim(max(len(chosen), 1) - 0.4, -0.6)
        axes.set_xlabel(
            in_language(
                lang, "每万词出现次数（条末为次数）", "per 10,000 words (counts at the ends)"
            )
        )
    return axes
