"""The words that keep company with a word, as bars."""

from typing import TYPE_CHECKING

from crossplan.arguments import whole_number
from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.marks import mark
from crossplan.figures.style import BLUE, drawing, name_rows, write_at_end
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.collocations import Collocations

BAR_HEIGHT = 0.24
LOW = 0.5


def draw_collocations(
    found: "Collocations", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the collocates; see :meth:`Collocations.plot`."""
    table = found.frame.head(whole_number("top", top))
    with drawing(ax, 7, BAR_HEIGHT * max(len(table), 3) + 1.4) as axes:
        axes.barh(range(len(table)), table["log_dice"], color=BLUE, height=0.7)
        collocates = table["collocate"].to_list()
        for term, label in zip(collocates, name_rows(axes, collocates), strict=True):
            mark(label, "term", term)
        for place, row in enumerate(table.to_dict("records")):
            write_at_end(axes, place, row["log_dice"], str(row["count"]))
        if len(table):
            axes.set_xlim(left=max(table["log_dice"].min() - LOW, 0))
        said = in_language(
            lang,
            f"与“{found.term}”（{found.term_count}）同现的词",
            f"words that keep company with {found.term} ({found.term_count})",
        )
        axes.set_title(f"{plans_title(found.plans, lang)}\n{said}", linespacing=1.5)
        axes.set_xlabel(
            in_language(
                lang,
                "logDice（形影不离为 14；条末为同现次数；横轴不从零起）",
                "logDice (14: never apart; counts at the ends; the axis does not begin at zero)",
            )
        )
    return axes


def collocations_caption(found: "Collocations", lang: Language) -> str:
    """Say what the bars show; see :meth:`Collocations.caption`."""
    names = named(found.plans, lang)
    said = in_language(
        lang,
        f"{names}：与“{found.term}”同现的词，按 logDice 排列，条末为同现次数",
        f"The words that keep company with {found.term} in {names}, by logDice, with the counts at "
        "the ends",
    )
    return caption(lang, [said, words_by(found.reader, lang)], found.plans)
