"""Every place of a word along the text."""

from typing import TYPE_CHECKING, Protocol

from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.style import BLUE, FAINT, ORANGE, QUIET, SMALL, drawing, name_rows
from crossplan.labels import Language, in_language
from crossplan.model import Plan
from crossplan.words.units import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_ROW_HEIGHT = 0.42
_WIDTH = 9.0
_COLOURS = (BLUE, ORANGE)


class _Places(Protocol):
    """The places that a figure shows; a :class:`Concordance` has them."""

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
    """Draw the places; see :meth:`Concordance.plot`.

    A row for each plan and pattern, each plan from its beginning to its end; lines part
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
    """Return where the introduction and the chapters begin, as shares of the text."""
    return [(part.start or 0) / max(len(plan.text), 1) for part in parts(plan)]


def dispersion_caption(concordance: _Places, lang: Language) -> str:
    """Say what the strokes show; see :meth:`Concordance.caption`."""
    names = named(concordance.plans, lang)
    said = in_language(
        lang,
        f"{'、'.join(concordance.patterns)} 在{names}正文中的每一处，一处一线，从头至尾",
        f"Every place of {', '.join(concordance.patterns)} in {names}, a stroke each, from "
        "beginning to end",
    )
    how = in_language(lang, f"分词：{concordance.segmenter}", f"Words by {concordance.segmenter}")
    return caption(lang, [said, how], concordance.plans)
