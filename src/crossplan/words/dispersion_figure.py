"""Every place of a word along the text."""

from typing import TYPE_CHECKING

from crossplan.figures.style import BLUE, FAINT, ORANGE, QUIET, drawing
from crossplan.labels import Language, in_language
from crossplan.words.units import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.words.concordance import Concordance

ROW_HEIGHT = 0.42
WIDTH = 9.0
COLOURS = (BLUE, ORANGE)


def draw_dispersion(
    concordance: "Concordance", ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the places; see :meth:`Concordance.plot`.

    A row for each plan and pattern, each plan from its beginning to its end; lines part
    the chapters.
    """
    table = concordance.frame
    rows = [(plan, name) for plan in concordance.plans for name in concordance.patterns]
    with drawing(ax, WIDTH, ROW_HEIGHT * max(len(rows), 2) + 1.1) as axes:
        names = []
        for place, (plan, name) in enumerate(rows):
            own = table[(table["plan"] == plan.id) & (table["pattern"] == name)]
            length = max(len(plan.text), 1)
            for part in parts(plan):
                axes.vlines(
                    (part.start or 0) / length, place - 0.45, place + 0.45, color=FAINT, zorder=0
                )
            colour = COLOURS[concordance.patterns.index(name) % len(COLOURS)]
            axes.vlines(
                own["start"] / length, place - 0.32, place + 0.32, color=colour, linewidth=1
            )
            axes.text(1.01, place, str(len(own)), va="center", color=QUIET, fontsize=8)
            names.append(name if len(concordance.plans) == 1 else f"{plan.id} {name}")
        axes.set_yticks(range(len(rows)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        if len(concordance.plans) == 1:
            plan = concordance.plans[0]
            starts = [(part.start or 0) / max(len(plan.text), 1) for part in parts(plan)]
            labels = [str(part.chapter) for part in parts(plan)]
            axes.set_xticks(starts, labels)
        else:
            axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
        axes.set_xlabel(
            in_language(
                lang,
                "在正文中的位置（竖线与数字：章；右端：次数）",
                "place in the text (lines and numbers: chapters; at the right: occurrences)",
            )
        )
    return axes
