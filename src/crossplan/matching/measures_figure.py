"""Draw the status of the measures of each section: stacked bars, and a heat map."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossplan.figures.captions import caption, compared, plans_title
from crossplan.figures.layout import fitted
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    ORANGE,
    PALE,
    SIZE,
    SMALL,
    WINE,
    YELLOW,
    add_scale,
    drawing,
    lead_to,
    mark,
    name_rows,
    without_frame,
    write_at_end,
)
from crossplan.labels import Language, in_language
from crossplan.matching.links import STATUS_WORDS
from crossplan.model import Plan, Section
from crossplan.model.plan import title_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from crossplan.matching.links import Status

ROW_HEIGHT = 0.26
WIDTH = 9.5
# Longer titles are cut, to leave space for the bars.
_NAME_WIDTH = 3.6
COLORS: "dict[Status, str]" = {
    "kept": PALE,
    "revised": BLUE,
    "merged": WINE,
    "split": YELLOW,
    "new": GREEN,
    "dropped": ORANGE,
}

_CELL = 0.25
# The space for names, titles and the key.
_TITLE_WIDTH = 2.6
_BESIDE, _BELOW = _TITLE_WIDTH + 1.2, _TITLE_WIDTH + 0.9


def draw_statuses(  # noqa: PLR0913 - the plans, what links them, and how they are drawn
    old: Plan,
    new: Plan,
    table: "pd.DataFrame",
    headings: Iterable[tuple[str, str]],
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the statuses; see :meth:`MeasureComparison.plot`.

    Measures of the new plan are on the right, each once; dropped measures of the old plan are
    on the left, beside the heading that continues theirs, or in a row of their own below.

    Parameters
    ----------
    old, new : Plan
    table : pandas.DataFrame
        old_id, new_id and status of every measure.
    headings : iterable of (str, str)
        Ids of the headings that are the same.
    ax : matplotlib.axes.Axes, optional
    lang : {"zh", "en"}
    """
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    arrived, dropped = _counts(table, headings)
    homeless = [h for h in old.headings if dropped[h.id] and h.id.startswith(old.id)]
    rows = [h for h in new.headings if h.own_measures or dropped[h.id]] + homeless
    with drawing(ax, WIDTH, ROW_HEIGHT * len(rows) + 1.3) as axes:
        lefts = [0] * len(rows)
        for status in COLORS:
            numbers = [arrived[heading.id, status] for heading in rows]
            _draw_part(axes, [(h.id, n) for h, n in zip(rows, numbers, strict=True)], lefts, status)
            lefts = [left + number for left, number in zip(lefts, numbers, strict=True)]
        gone = [dropped[heading.id] for heading in rows]
        _draw_part(axes, [(h.id, -n) for h, n in zip(rows, gone, strict=True)], None, "dropped")
        for place, (left, number) in enumerate(zip(lefts, gone, strict=True)):
            if number:
                write_at_end(axes, place, -number, str(number), to_the_left=True)
            if left:
                write_at_end(axes, place, left, str(left))
        gone_label = in_language(lang, "（前期）", " (old plan)")
        names = [
            fitted(title_of(h, lang), _NAME_WIDTH, SIZE) + (gone_label if h.plan == old.id else "")
            for h in rows
        ]
        for heading, label in zip(rows, name_rows(axes, names), strict=True):
            lead_to(label, heading.id)
        axes.axvline(0, color=FAINT, linewidth=1, zorder=0)
        # Keep the labels at the ends of bars inside.
        axes.margins(x=0.1)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        axes.legend(
            handles=[Patch(color=color) for color in COLORS.values()],
            labels=[STATUS_WORDS[status][lang] for status in COLORS],
            ncols=len(COLORS),
            loc="lower left",
            bbox_to_anchor=(0, 1),
            borderpad=0,
        )
        axes.set_title(plans_title([old, new], lang), pad=24, linespacing=1.5)
        axes.set_xlabel(
            in_language(
                lang,
                f"举措数：右为 {new.id}，左为 {old.id} 中不再出现者",
                f"measures: right, those of {new.id}; left, those of {old.id} that were dropped",
            )
        )
    return axes


def _draw_part(
    axes: "Axes", numbers: list[tuple[str, int]], lefts: list[int] | None, status: "Status"
) -> None:
    """Draw the part of every bar that has one status, from the ids of the rows."""
    there = [place for place, (_, number) in enumerate(numbers) if number]
    bars = axes.barh(
        there,
        [numbers[place][1] for place in there],
        left=[lefts[place] for place in there] if lefts else 0,
        color=COLORS[status],
        height=0.7,
    )
    for place, bar in zip(there, bars, strict=True):
        mark(bar, "show", numbers[place][0], status)


def statuses_caption(old: Plan, new: Plan, decided_in: str, lang: Language) -> str:
    """Return the caption of the bars; see :meth:`MeasureComparison.caption`."""
    sentence = in_language(
        lang,
        f"{compared(old, new, lang)}：各章节的举措。右为新计划的举措，按其来历分色；左为旧计划中"
        "不再出现的举措，列在其章节所归之处",
        f"{compared(old, new, lang)}: measures by section. On the right those of the new plan, by "
        "status; on the left those of the old one that were dropped",
    )
    return caption(lang, [sentence, _matched(decided_in, lang)], [old, new])


def _matched(decided_in: str, lang: Language) -> str:
    """Describe how the measures were matched, and in which file a reviewer decided, if any."""
    how = in_language(
        lang,
        "按文字、内容、罕用词与所处位置评分配对",
        "Matched by characters, content, rare words and place",
    )
    return how + (
        in_language(
            lang, f"，并依 {decided_in} 中的裁定", f", and by the decisions of {decided_in}"
        )
        if decided_in
        else ""
    )


def _counts(
    table: "pd.DataFrame", headings: Iterable[tuple[str, str]]
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count measures of the new plan by heading and status, and dropped ones by heading."""
    went_to: dict[str, str] = {}
    for old, new in sorted(headings):
        went_to.setdefault(old, new)
    alive = table[table["new_id"].notna()].drop_duplicates("new_id")
    arrived = Counter(
        (new_id.rpartition("/")[0], status)
        for new_id, status in zip(alive["new_id"], alive["status"], strict=True)
    )
    gone = table.loc[table["status"] == "dropped", "old_id"]
    homes = [old_id.rpartition("/")[0] for old_id in gone]
    return arrived, Counter(went_to.get(home, home) for home in homes)


def draw_heatmap(
    old: Plan,
    new: Plan,
    candidates: "pd.DataFrame",
    ax: "Axes | None" = None,
    *,
    lang: Language = "zh",
) -> "Axes":
    """Draw the heat map; see :meth:`MeasureComparison.heatmap`.

    A cell shows the mean, over the measures of both headings, of the highest score of each with
    a measure of the other heading: 1 if all measures continue unchanged.

    Parameters
    ----------
    old, new : Plan
    candidates : pandas.DataFrame
        old_id, new_id and score of the candidate pairs.
    ax : matplotlib.axes.Axes, optional
    lang : {"zh", "en"}
    """
    rows, columns = _with_measures(old), _with_measures(new)
    values = _means(candidates, rows, columns)
    size = _CELL * max(len(columns), 8) + _BESIDE, _CELL * max(len(rows), 8) + _BELOW
    with drawing(ax, *size) as axes:
        image = axes.imshow(values, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        axes.set_yticks(range(len(rows)), _names(rows, lang), fontsize=SMALL)
        axes.set_xticks(range(len(columns)), _names(columns, lang), rotation=90, fontsize=SMALL)
        for heading, label in zip(rows, axes.get_yticklabels(), strict=True):
            lead_to(label, heading.id)
        for heading, label in zip(columns, axes.get_xticklabels(), strict=True):
            lead_to(label, heading.id)
        without_frame(axes)
        above, below = (title_of(plan, lang) for plan in (old, new))
        axes.set_title(
            in_language(lang, f"行：{above}\n列：{below}", f"rows: {above}\ncolumns: {below}"),
            linespacing=1.5,
        )
        measured = in_language(lang, "举措相似度（0 至 1）", "likeness of measures (0 to 1)")
        add_scale(axes, image, label=measured)
    return axes


def _names(headings: list[Section], lang: Language) -> list[str]:
    """Return the titles of headings, as far as there is space."""
    return [fitted(title_of(heading, lang), _TITLE_WIDTH, SMALL) for heading in headings]


def heatmap_caption(old: Plan, new: Plan, decided_in: str, lang: Language) -> str:
    """Return the caption of the cells; see :meth:`MeasureComparison.caption`."""
    sentence = in_language(
        lang,
        f"{compared(old, new, lang)}：旧计划各章节（行）的举措在多大程度上进入新计划各章节（列），"
        "0 为全无，1 为全部原样进入",
        f"{compared(old, new, lang)}: how much the measures of each old heading (rows) went into "
        "each new one (columns), from 0 to 1, where all went over unchanged",
    )
    return caption(lang, [sentence, _matched(decided_in, lang)], [old, new])


def _with_measures(plan: Plan) -> list[Section]:
    """Return the headings directly above measures."""
    return [heading for heading in plan.headings if heading.own_measures]


def _means(
    candidates: "pd.DataFrame", rows: list[Section], columns: list[Section]
) -> "NDArray[np.float64]":
    """Return the mean of the best scores between the measures of each two headings."""
    import numpy as np

    old_home, new_home = (
        # Without pairs, pandas does not know that ids are text.
        candidates[name].astype("string").str.replace(r"/[^/]*$", "", regex=True)
        for name in ("old_id", "new_id")
    )
    score = candidates["score"] / 100
    best_old = (
        score.groupby([old_home, new_home, candidates["old_id"]]).max().groupby(level=[0, 1]).sum()
    )
    best_new = (
        score.groupby([old_home, new_home, candidates["new_id"]]).max().groupby(level=[0, 1]).sum()
    )
    # A picture has at least one cell.
    values = np.zeros((max(len(rows), 1), max(len(columns), 1)))
    for i, old in enumerate(rows):
        for j, new in enumerate(columns):
            total = best_old.get((old.id, new.id), 0.0) + best_new.get((old.id, new.id), 0.0)
            values[i, j] = total / (len(old.own_measures) + len(new.own_measures))
    return values
