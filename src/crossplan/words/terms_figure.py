"""The most frequent terms as bars."""

from typing import TYPE_CHECKING

from crossplan.figures.style import BLUE, drawing
from crossplan.labels import Language, in_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.terms import TermFrequencies

BAR_HEIGHT = 0.24


def draw_terms(
    terms: "TermFrequencies", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the terms; see :meth:`TermFrequencies.plot`."""
    from crossplan.words.terms import PER

    table = terms.frame
    words = table.drop_duplicates("unit")["words"].sum()
    counts = table.groupby("term")["count"].sum().reset_index()
    counts = counts.sort_values(["count", "term"], ascending=[False, True]).head(top)
    rates = PER * counts["count"] / max(int(words), 1)
    with drawing(ax, 7, BAR_HEIGHT * len(counts) + 1) as axes:
        places = range(len(counts))
        axes.barh(places, rates, color=BLUE, height=0.7)
        axes.set_yticks(places, counts["term"].to_list())
        axes.tick_params(axis="y", length=0)
        for place, rate, count in zip(places, rates, counts["count"], strict=True):
            axes.text(rate, place, f" {count}", va="center", fontsize=8)
        axes.set_ylim(len(counts) - 0.4, -0.6)
        axes.set_xlabel(
            in_language(
                lang, "每万词出现次数（条末为次数）", "per 10,000 words (counts at the ends)"
            )
        )
    return axes
