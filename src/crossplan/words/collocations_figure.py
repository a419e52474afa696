"""Draw collocates as bars, cooccurrence as a graph, and a concordance as a dispersion plot."""

from typing import TYPE_CHECKING, Protocol

import numpy as np

from crossplan.arguments import whole_number
from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.style import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    QUIET,
    SIZE,
    SMALL,
    drawing,
    mark,
    name_rows,
    write_at_end,
)
from crossplan.labels import Language, in_language
from crossplan.model import Plan
from crossplan.words.options import words_by
from crossplan.words.text_units import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.words.options import WordReader

_BAR_HEIGHT = 0.24
_LOW = 0.5

_EDGE = 8.0  # inches
_LARGEST = 900.0
# The number of pairs that are drawn, per term: more would hide the terms.
_PAIRS_PER_TERM = 2

_ROW_HEIGHT = 0.42
_WIDTH = 9.0
_COLOURS = (BLUE, ORANGE)


class _Collocations(Protocol):
    """The attributes of :class:`Collocations` that figures use."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def term(self) -> str: ...

    @property
    def term_count(self) -> int: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def reader(self) -> "WordReader": ...


def draw_collocations(
    found: _Collocations, ax: "Axes | None" = None, *, top: int, lang: Language = "zh"
) -> "Axes":
    """Draw the collocates; see :meth:`Collocations.plot`."""
    table = found.frame.head(whole_number("top", top))
    with drawing(ax, 7, _BAR_HEIGHT * max(len(table), 3) + 1.4) as axes:
        axes.barh(range(len(table)), table["log_dice"], color=BLUE, height=0.7)
        collocates = table["collocate"].to_list()
        for term, label in zip(collocates, name_rows(axes, collocates), strict=True):
            mark(label, "term", term)
        for place, row in enumerate(table.to_dict("records")):
            write_at_end(axes, place, row["log_dice"], str(row["count"]))
        if len(table):
            axes.set_xlim(left=max(table["log_dice"].min() - _LOW, 0))
        subtitle = in_language(
            lang,
            f"与“{found.term}”（{found.term_count}）同现的词",
            f"words that keep company with {found.term} ({found.term_count})",
        )
        axes.set_title(f"{plans_title(found.plans, lang)}\n{subtitle}", linespacing=1.5)
        axes.set_xlabel(
            in_language(
                lang,
                "logDice（形影不离为 14；条末为同现次数；横轴不从零起）",
                "logDice (14: never apart; counts at the ends; the axis does not begin at zero)",
            )
        )
    return axes


def collocations_caption(found: _Collocations, lang: Language) -> str:
    """Return the caption of the bars; see :meth:`Collocations.caption`."""
    names = named(found.plans, lang)
    content = in_language(
        lang,
        f"{names}：与“{found.term}”同现的词，按 logDice 排列，条末为同现次数",
        f"The words that keep company with {found.term} in {names}, by logDice, with the counts at "
        "the ends",
    )
    return caption(lang, [content, words_by(found.reader, lang)], found.plans)


class _Graph(Protocol):
    """The attributes of a :class:`Cooccurrence` that figures use."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def terms(self) -> dict[str, int]: ...

    @property
    def within(self) -> str: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def reader(self) -> "WordReader": ...


def draw_graph(together: _Graph, ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the graph; see :meth:`Cooccurrence.plot`.

    Terms that occur together are near each other; the area of a term shows its count, the width
    of a line that of the pair. Terms without a line are left out.
    """
    from matplotlib.collections import LineCollection

    drawn = strongest(together)
    with drawing(ax, _EDGE, _EDGE) as axes:
        axes.set_axis_off()
        subtitle = _explained(together, len(drawn), lang)
        axes.set_title(f"{plans_title(together.plans, lang)}\n{subtitle}", linespacing=1.5)
        if drawn.empty:
            return axes
        joined = {*drawn["term"], *drawn["other_term"]}
        terms = [term for term in together.terms if term in joined]
        ends = [[terms.index(term) for term in drawn[end]] for end in ("term", "other_term")]
        places = layout(*ends)
        shares = (drawn["count"] / drawn["count"].max()).to_numpy()
        lines = LineCollection(
            list(np.stack([places[end] for end in ends], axis=1)),
            colors=QUIET,
            alpha=0.25 + 0.5 * shares,
            linewidths=0.4 + 2.6 * shares,
            zorder=0,
        )
        axes.add_collection(lines)
        counts = np.array([together.terms[term] for term in terms])
        sizes = _LARGEST * counts / counts.max()
        axes.scatter(
            places[:, 0], places[:, 1], s=sizes, color=FAINT, edgecolors=BLUE, linewidths=0.8
        )
        for term, (x, y) in zip(terms, places, strict=True):
            name = axes.text(x, y, term, ha="center", va="center", color=INK, fontsize=SIZE)
            mark(name, "term", term)
        axes.margins(0.08)
    return axes


def layout(ones: list[int], others: list[int]) -> "NDArray[np.float64]":
    """Return positions of terms whose distances are proportional to the lines between them.

    Kamada and Kawai (1989), "An Algorithm for Drawing General Undirected Graphs": the squared
    relative errors of the distances are summed over all pairs, and the sum is minimized,
    starting from a circle. Unconnected terms should be a little farther from each other than
    any others.

    Parameters
    ----------
    ones, others : list of int
        The numbers of the terms at the two ends of each line, counted from 0 without gaps.

    Returns
    -------
    numpy.ndarray
        A row with two columns for each term.

    Examples
    --------
    Three in a row.

    >>> first, second, third = layout([0, 1], [1, 2])
    >>> round(float(np.hypot(*(second - first))), 2), round(float(np.hypot(*(third - first))), 2)
    (1.0, 2.0)
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    number = 1 + max(*ones, *others)
    lines = csr_array((np.ones(len(ones)), (ones, others)), shape=(number, number))
    wanted = shortest_path(lines, directed=False, unweighted=True)
    wanted[np.isinf(wanted)] = 1 + wanted[np.isfinite(wanted)].max()
    np.fill_diagonal(wanted, 1)

    def stress(flat: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        apart = flat.reshape(-1, 1, 2) - flat.reshape(1, -1, 2)
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, 1)
        wrong = distance / wanted - 1
        slope = (wrong / wanted / distance)[..., np.newaxis] * apart
        return float((wrong**2).sum()), 4 * slope.sum(axis=1).ravel()

    angles = np.linspace(0, 2 * np.pi, number, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    found = minimize(stress, circle.ravel(), jac=True, method="L-BFGS-B")
    places: NDArray[np.float64] = found.x.reshape(-1, 2)
    return places


def strongest(together: _Graph) -> "pd.DataFrame":
    """Return the pairs that are drawn: those with the highest logDice."""
    return together.frame.head(_PAIRS_PER_TERM * len(together.terms))


def _explained(together: _Graph, drawn: int, lang: Language) -> str:
    """Describe the graph, and what it leaves out."""
    stretch = {"sentence": "句", "measure": "举措", "section": "节"}[together.within]
    pairs = len(together.frame)
    return in_language(
        lang,
        f"同{stretch}出现的词（圆：次数；线：同现次数）：logDice 最高的 {drawn} 对，共 {pairs} 对",
        f"terms in one {together.within} (circles: counts; lines: counts of the pair): the "
        f"{drawn} pairs of highest logDice, of {pairs}",
    )


def graph_caption(together: _Graph, lang: Language) -> str:
    """Return the caption of the graph; see :meth:`Cooccurrence.caption`."""
    drawn = len(strongest(together))
    names = f"{named(together.plans, lang)}{in_language(lang, '：', ': ')}"
    content = names + _explained(together, drawn, lang)
    return caption(lang, [content, words_by(together.reader, lang)], together.plans)


class _Places(Protocol):
    """The attributes of a :class:`Concordance` that figures use."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def patterns(self) -> tuple[str, ...]: ...

    @property
    def segmenter(self) -> str: ...

    @property
    def plans(self) -> "Sequence[Plan]": ...


def draw_dispersion(
    concordance: _Places, ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the occurrences; see :meth:`Concordance.plot`.

    Each plan and pattern has a row, from the beginning of the plan to its end; lines separate
    the chapters.
    """
    table = concordance.frame
    rows = [(plan, name) for plan in concordance.plans for name in concordance.patterns]
    with drawing(ax, _WIDTH, _ROW_HEIGHT * max(len(rows), 2) + 1.5) as axes:
        names = []
        for place, (plan, name) in enumerate(rows):
            own = table[(table["plan"] == plan.id) & (table["pattern"] == name)]
            length = max(len(plan.text), 1)
            axes.vlines(
                _starts(plan), place - 0.45, place + 0.45, color=FAINT, linewidth=1, zorder=0
            )
            colour = _COLOURS[concordance.patterns.index(name) % len(_COLOURS)]
            axes.vlines(
                own["start"] / length, place - 0.32, place + 0.32, color=colour, linewidth=1
            )
            axes.text(1.01, place, str(len(own)), va="center", color=QUIET, fontsize=SMALL)
            names.append(name if len(concordance.plans) == 1 else f"{plan.id} {name}")
        name_rows(axes, names)
        axes.set_xlim(0, 1)
        if len(concordance.plans) == 1:
            (plan,) = concordance.plans
            axes.set_xticks(_starts(plan), [str(part.chapter) for part in parts(plan)])
            lines = in_language(lang, "竖线与数字：章", "lines and numbers: chapters")
        else:
            axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
            lines = in_language(lang, "竖线：章", "lines: chapters")
        axes.set_xlabel(
            in_language(
                lang,
                f"在正文中的位置（{lines}；右端：次数）",
                f"place in the text ({lines}; at the right: occurrences)",
            )
        )
        axes.set_title(plans_title(concordance.plans, lang), linespacing=1.5)
    return axes


def _starts(plan: Plan) -> list[float]:
    """Return the beginnings of introduction and chapters, as shares of the text."""
    return [(part.start or 0) / max(len(plan.text), 1) for part in parts(plan)]


def dispersion_caption(concordance: _Places, lang: Language) -> str:
    """Return the caption of the dispersion plot; see :meth:`Concordance.caption`."""
    names = named(concordance.plans, lang)
    content = in_language(
        lang,
        f"{'、'.join(concordance.patterns)} 在{names}正文中的每一处，一处一线，从头至尾",
        f"Every place of {', '.join(concordance.patterns)} in {names}, a stroke each, from "
        "beginning to end",
    )
    how = in_language(lang, f"分词：{concordance.segmenter}", f"Words by {concordance.segmenter}")
    return caption(lang, [content, how], concordance.plans)
