"""What either plan speaks of more than the other, as bars to both sides."""

from typing import TYPE_CHECKING, Any

import numpy as np

from crossplan.arguments import whole_number
from crossplan.figures.captions import caption, compared, plans_title
from crossplan.figures.marks import mark
from crossplan.figures.style import BLUE, INK, ORANGE, QUIET, SIZE, SMALL, drawing
from crossplan.labels import Language, in_language
from crossplan.words.method import words_by

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from crossplan.words.comparison import TermComparison

ROW_HEIGHT = 0.24
WIDTH = 8.0
FEWEST_ROWS = 3
MARGIN = 1.35


def draw_keyness(
    comparison: "TermComparison", ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the terms; see :meth:`TermComparison.plot`.

    To the right the terms that the new plan has more of, to the left those of the old
    one, each chosen by G2; a bar is as long as the log ratio, and hatched where the
    other plan does not have the term at all. Where the 0.5 for nought turns the log
    ratio the other way, nothing can be drawn.
    """
    table = drawn_terms(comparison, top)
    with drawing(ax, WIDTH, keyness_height(len(table))) as axes:
        ratios = table["log_ratio"].to_numpy(dtype=float)
        colours = [BLUE if ratio > 0 else ORANGE for ratio in ratios]
        bars = axes.barh(range(len(table)), ratios, color=colours, height=0.72)
        for bar, row in zip(bars, table.to_dict("records"), strict=True):
            if row["change"] in {"new", "dropped"}:
                bar.set(hatch="////", facecolor="white", edgecolor=bar.get_facecolor())
        for place, row in enumerate(table.to_dict("records")):
            label(axes, place, row)
        axes.axvline(0, color=INK, linewidth=0.8)
        reach = MARGIN * max(np.abs(ratios).max(initial=1.0), 1.0)
        axes.set_xlim(-reach, reach)
        axes.set_ylim(max(len(table), 1) - 0.4, -0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(explained(comparison, lang), linespacing=1.6)
        old, new = comparison.old_plan, comparison.new_plan
        axes.set_title(plans_title([old, new], lang), linespacing=1.5)
    return axes


def drawn_terms(comparison: "TermComparison", top: int) -> "pd.DataFrame":
    """Give the `top` terms of either direction by G2, the new plan's first."""
    import pandas as pd

    table = comparison.frame
    whole_number("top", top)
    more = table[(table["g2"] > 0) & (table["log_ratio"] > 0)].head(top)
    less = table[(table["g2"] < 0) & (table["log_ratio"] < 0)].head(top)
    return pd.concat(
        [side.sort_values("log_ratio", ascending=False, kind="stable") for side in (more, less)]
    )


def keyness_height(rows: int) -> float:
    """Give the height, in inches, that so many rows want."""
    return ROW_HEIGHT * max(rows, FEWEST_ROWS) + 1.7


def label(axes: "Axes", place: int, row: dict[Any, Any]) -> None:
    """Write the term on the side of its bar, and its counts at the end."""
    ratio = row["log_ratio"]
    side = 1 if ratio > 0 else -1
    term = axes.annotate(
        row["term"],
        (0, place),
        xytext=(-5 * side, 0),
        textcoords="offset points",
        ha="right" if side > 0 else "left",
        va="center",
        fontsize=SIZE,
    )
    mark(term, "term", row["term"])
    axes.annotate(
        f"{row['old_count']} → {row['new_count']}",
        (ratio, place),
        xytext=(5 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=SMALL,
        color=QUIET,
    )


def explained(comparison: "TermComparison", lang: Language) -> str:
    """Say what the axis is."""
    old, new = comparison.old_plan.id, comparison.new_plan.id
    old_total, new_total = f"{comparison.old_total:,}", f"{comparison.new_total:,}"
    return in_language(
        lang,
        f"对数比（以 2 为底；1 即频率加倍）。按 G² 选取；斜纹：只见于一期。\n"
        f"条末为次数，{old}（{old_total} 词）→ {new}（{new_total} 词）",
        f"log ratio (1: twice the rate). Chosen by G2; hatched: in one plan only.\n"
        f"At the ends counts, {old} ({old_total} words) → {new} ({new_total} words)",
    )


def keyness_caption(comparison: "TermComparison", lang: Language) -> str:
    """Say what the bars show; see :meth:`TermComparison.caption`."""
    old, new = comparison.old_plan, comparison.new_plan
    said = in_language(
        lang,
        f"{compared(old, new, lang)}：按 G² 选取的词，右为新计划更多用者，左为旧计划更多用者，条长"
        "为对数比（以 2 为底），斜纹为只见于一期者",
        f"{compared(old, new, lang)}: terms chosen by G2, to the right those that the new plan has "
        "more of, to the left those of the old one; a bar is as long as the log ratio, and hatched "
        "where one plan does not have the term",
    )
    return caption(lang, [said, words_by(comparison.reader, lang)], [old, new])
