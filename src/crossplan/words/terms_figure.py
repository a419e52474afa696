"""The most frequent terms as bars."""

from typing import TYPE_CHECKING

import numpy as np

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.marks import mark
from crossplan.figures.style import BLUE, drawing, name_rows, write_at_end
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by
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


def terms_caption(terms: "TermFrequencies", lang: Language) -> str:
    """Say what the bars show; see :meth:`TermFrequencies.caption`."""
    names = named(terms.plans, lang)
    said = in_language(
        lang,
        f"{names}：最常用的词，每万词出现次数，条末为次数",
        f"The most frequent terms of {names}, per 10,000 words, with their counts at the ends",
    )
    return caption(lang, [said, words_by(terms.reader, lang)], terms.plans)
