"""What became of the measures of each section, as stacked bars."""

from collections import Counter
from typing import TYPE_CHECKING

from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    ORANGE,
    PINK,
    QUIET,
    YELLOW,
    drawing,
)
from crossplan.labels import Language, in_language, title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.matching.measures import MeasureComparison

ROW_HEIGHT = 0.26
WIDTH = 9.5
COLORS = {
    "kept": QUIET,
    "revised": BLUE,
    "merged": PINK,
    "split": YELLOW,
    "new": GREEN,
    "dropped": ORANGE,
}
LABELS = {
    "kept": ("未变", "kept"),
    "revised": ("修订", "revised"),
    "merged": ("合并", "merged"),
    "split": ("拆分", "split"),
    "new": ("新增", "new"),
    "dropped": ("删去", "dropped"),
}


def draw_statuses(
    comparison: "MeasureComparison", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the statuses; see :meth:`MeasureComparison.plot`.

    To the right the measures of the new plan, each once; to the left those of the old
    one that were dropped, beside the heading that theirs went into, or in a row of their
    own below.
    """
    old, new = comparison.old_plan, comparison.new_plan
    arrived, dropped = counts(comparison)
    homeless = [h for h in old.headings if dropped[h.id] and h.id.startswith(old.id)]
    rows = [h for h in new.headings if h.own_measures or dropped[h.id]] + homeless
    with drawing(ax, WIDTH, ROW_HEIGHT * len(rows) + 1.3) as axes:
        for place, heading in enumerate(rows):
            left = 0
            for status, color in COLORS.items():
                count = arrived[heading.id, status]
                axes.barh(place, count, left=left, color=color, height=0.7)
                left += count
            gone = dropped[heading.id]
            axes.barh(place, -gone, color=COLORS["dropped"], height=0.7)
            if gone:
                axes.text(-gone, place, f"{gone} ", ha="right", va="center", fontsize=8)
            if left:
                axes.text(left, place, f" {left}", va="center", fontsize=8)
        gone_label = in_language(lang, "（前期）", " (old plan)")
        axes.set_yticks(
            range(len(rows)),
            [title_of(h, lang) + (gone_label if h.plan == old.id else "") for h in rows],
        )
        axes.tick_params(axis="y", length=0)
        axes.axvline(0, color=FAINT, linewidth=1, zorder=0)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        for status, color in COLORS.items():
            axes.barh(0, 0, color=color, label=in_language(lang, *LABELS[status]))
        axes.legend(
            ncols=len(COLORS), frameon=False, loc="lower left", bbox_to_anchor=(0, 1), fontsize=8
        )
        axes.set_title(f"{title_of(old, lang)} → {title_of(new, lang)}", fontsize=9, pad=24)
        axes.set_xlabel(
            in_language(
                lang,
                f"举措数：右为 {new.id}，左为 {old.id} 中删去者",
                f"measures: right, those of {new.id}; left, those of {old.id} that were dropped",
            )
        )
    return axes


def counts(comparison: "MeasureComparison") -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count measures of the new plan by heading and status, and dropped ones by heading."""
    table = comparison.frame
    went_to: dict[str, str] = {}
    for old, new in sorted(comparison.headings):
        went_to.setdefault(old, new)
    alive = table[table["new_id"].notna()].drop_duplicates("new_id")
    arrived = Counter(
        (new_id.rpartition("/")[0], status)
        for new_id, status in zip(alive["new_id"], alive["status"], strict=True)
    )
    homes = [old_id.rpartition("/")[0] for old_id in comparison.dropped["old_id"]]
    return arrived, Counter(went_to.get(home, home) for home in homes)
