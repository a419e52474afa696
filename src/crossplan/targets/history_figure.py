"""Figures of the history of indicators: targets as steps, outcomes as points."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crossplan.errors import UnknownIndicatorError
from crossplan.figures.captions import caption, named, plans_title
from crossplan.figures.layout import fitted, text_width
from crossplan.figures.style import (
    BLUE,
    FAINT,
    ORANGE,
    QUIET,
    SIZE,
    SMALL,
    TINY,
    TITLE_SIZE,
    drawing,
    lead_to,
)
from crossplan.labels import Language, in_language, shorten_label
from crossplan.languages.chinese.indicators import comparable_scope
from crossplan.languages.units import read_unit
from crossplan.model import Plan, Target
from crossplan.targets.change import in_unit, is_change
from crossplan.targets.descriptions import figure_words, indicator_name, number_words, target_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crossplan.targets.links import Step

COLUMNS = 4
# In inches: the size of a panel, and the margins around the steps in it.
PANEL_WIDTH, _PANEL_HEIGHT = 3.1, 1.75
_MARGIN, _FOOT, _HEAD = 0.12, 0.32, 0.72
# In inches: the heights of the title and of the legend below it.
_TITLE_HEIGHT, _KEY_HEIGHT = 0.5, 0.35
_WIDTH, _HEIGHT = 7.5, 4.8
_FEWEST = 2
# Longer sources are shortened to fit below the figure; the table has them in full.
_LONGEST_SOURCE = 90


class _Histories(Protocol):
    """The histories of a figure, such as a :class:`TargetTrace`."""

    @property
    def plans(self) -> "Sequence[Plan]": ...

    @property
    def histories(self) -> "dict[str, list[Target]]": ...

    @property
    def steps_by_name(self) -> "dict[str, list[Step]]": ...


class _Panel(NamedTuple):
    """The panel of a history, which converts years and figures to positions on the axes.

    Attributes
    ----------
    left, right, first, last : float
        Positions and years of the left and right sides.
    bottom, top, lowest, highest : float
        Positions and figures of the lower and upper ends.
    foot, head : float
        Lower and upper ends of the grey area of plans without a figure; text below the
        steps begins at the lower one.
    """

    left: float
    right: float
    first: float
    last: float
    bottom: float
    top: float
    lowest: float
    highest: float
    foot: float
    head: float

    def x(self, year: float) -> float:
        """Return the position of a year."""
        share = (year - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def y(self, figure: float) -> float:
        """Return the position of a figure; the middle where all figures are equal."""
        if self.highest == self.lowest:
            return (self.bottom + self.top) / 2
        share = (figure - self.lowest) / (self.highest - self.lowest)
        return self.bottom + share * (self.top - self.bottom)


class _Strokes:
    """The lines and markers of all panels, drawn together to save time."""

    def __init__(self) -> None:
        self.steps: list[list[tuple[float, float]]] = []
        self.joins: list[list[tuple[float, float]]] = []
        self.gaps: list[list[tuple[float, float]]] = []
        self.outcomes: list[tuple[float, float]] = []
        self.grey: list[list[tuple[float, float]]] = []
        self.ground: list[list[tuple[float, float]]] = []

    def draw(self, ax: "Axes") -> None:
        """Draw the lines and markers collected."""
        from matplotlib.collections import LineCollection, PolyCollection

        ax.add_collection(PolyCollection(self.grey, facecolors=FAINT, linewidths=0, zorder=0))
        for lines, colour, width, pattern in (
            (self.ground, QUIET, 0.5, "-"),
            (self.joins, BLUE, 0.8, "-"),
            # Dotted where the figures of the plans in between are not known.
            (self.gaps, BLUE, 0.8, ":"),
            (self.steps, BLUE, 2.6, "-"),
        ):
            ax.add_collection(
                LineCollection(lines, colors=colour, linewidths=width, linestyles=pattern)
            )
        if self.outcomes:
            x, y = zip(*self.outcomes, strict=True)
            ax.scatter(x, y, s=24, marker="D", facecolor="none", edgecolor=ORANGE, zorder=3)


def comparable_histories(trace: _Histories) -> dict[str, list[Target]]:
    """Return the targets of each shared indicator that can be drawn on one axis.

    They have the same kind, unit family and scope, with at most one target per plan; where
    an indicator has several such groups, the one found in most plans is used.
    """
    histories = {}
    for name, targets in trace.histories.items():
        sorts: dict[object, dict[str, Target]] = {}
        for target in targets:
            if target.kind == "output":
                continue
            sort = (
                is_change(target),
                read_unit(target.unit).family,
                comparable_scope(target.indicator),
            )
            sorts.setdefault(sort, {}).setdefault(target.plan, target)
        best = max(sorts.values(), key=len, default={})
        if len(best) >= _FEWEST:
            histories[name] = [best[plan.id] for plan in trace.plans if plan.id in best]
    return histories


def histories_size(trace: _Histories) -> tuple[float, float]:
    """Return the width and height, in inches, of the figure of the histories."""
    rows = max(1, -(-len(comparable_histories(trace)) // COLUMNS))
    return PANEL_WIDTH * COLUMNS, _PANEL_HEIGHT * rows + _TITLE_HEIGHT + _KEY_HEIGHT


def draw_histories(trace: _Histories, ax: "Axes | None" = None, *, lang: Language = "zh") -> "Axes":
    """Draw the histories; see :meth:`TargetTrace.plot`.

    All panels are on one axes, whose unit is the inch.
    """
    histories = comparable_histories(trace)
    steps = trace.steps_by_name
    width, height = histories_size(trace)
    with drawing(ax, width, height) as axes:
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        strokes = _Strokes()
        for place, (name, history) in enumerate(histories.items()):
            row, column = divmod(place, COLUMNS)
            left, top = (
                column * PANEL_WIDTH,
                height - _TITLE_HEIGHT - _KEY_HEIGHT - row * _PANEL_HEIGHT,
            )
            panel = _small_panel(history, trace.plans, left, top - _PANEL_HEIGHT)
            _draw_history(history, steps[name], trace.plans, panel, strokes, axes, lang)
            _write_years(trace.plans, panel, strokes, axes)
            title = indicator_name(steps[name][0].identity, lang)
            unit = _unit_words(history[0], lang)
            space = PANEL_WIDTH - 2 * _MARGIN - text_width(unit, SIZE)
            axes.text(left + _MARGIN, top - 0.2, fitted(title, space, SIZE) + unit, va="center")
        strokes.draw(axes)
        axes.text(
            _MARGIN,
            height - 0.05,
            plans_title(trace.plans, lang),
            fontsize=TITLE_SIZE,
            linespacing=1.5,
            va="top",
        )
        below = 1 - _TITLE_HEIGHT / height
        axes.legend(**_key(lang), loc="upper left", bbox_to_anchor=(0, below), ncols=4)
    return axes


def draw_indicator(
    trace: _Histories, indicator: str, ax: "Axes | None" = None, *, lang: Language = "zh"
) -> "Axes":
    """Draw the history of one indicator; see :meth:`TargetTrace.plot_history`."""
    history, steps = _history_of(trace, indicator)
    with drawing(ax, _WIDTH, _HEIGHT) as axes:
        panel = _whole_panel(history, trace.plans)
        axes.set_xlim(panel.first, panel.last)
        axes.set_ylim(panel.foot, panel.head)
        axes.set_xticks([plan.end_year for plan in trace.plans])
        axes.locator_params(axis="y", nbins=5)
        strokes = _Strokes()
        _draw_history(history, steps, trace.plans, panel, strokes, axes, lang)
        strokes.draw(axes)
        name = indicator_name(steps[0].identity, lang)
        axes.set_title(
            f"{name}{_unit_words(history[0], lang)}\n{plans_title(trace.plans, lang)}",
            pad=26,
            linespacing=1.5,
        )
        axes.legend(**_key(lang), loc="lower left", bbox_to_anchor=(0, 1), ncols=4, borderpad=0)
        axes.set_xlabel(
            _sources(history, lang), loc="left", color=QUIET, fontsize=TINY, linespacing=1.5
        )
    return axes


def _history_of(trace: _Histories, indicator: str) -> tuple[list[Target], "list[Step]"]:
    """Return the targets drawn for an indicator, and all its steps.

    Raises
    ------
    UnknownIndicatorError
        If no plan has a target of that indicator.
    """
    by_name = trace.steps_by_name
    if indicator not in by_name:
        from rapidfuzz import process

        like = [name for name, *_ in process.extract(indicator, sorted(by_name), limit=3)]
        raise UnknownIndicatorError(indicator, like)
    steps = by_name[indicator]
    return comparable_histories(trace).get(indicator, [steps[-1].target]), steps


def _small_panel(
    history: list[Target], plans: Sequence[Plan], left: float, bottom: float
) -> _Panel:
    """Return a small panel at a position, in inches."""
    return _Panel(
        left + _MARGIN,
        left + PANEL_WIDTH - 2 * _MARGIN,
        plans[0].start_year - 0.5,
        plans[-1].end_year + 0.5,
        bottom + _FOOT + 0.3,
        bottom + _PANEL_HEIGHT - _HEAD + 0.05,
        *_extremes(history),
        bottom + _FOOT,
        bottom + _PANEL_HEIGHT - _HEAD + 0.3,
    )


def _whole_panel(history: list[Target], plans: Sequence[Plan]) -> _Panel:
    """Return the panel in which years and figures are the positions themselves."""
    low, high = _extremes(history)
    # Equal figures need space above and below as well.
    spread = (high - low) or abs(high) or 1.0
    first, last = plans[0].start_year - 1.2, plans[-1].end_year + 0.7
    low, high = low - 0.3 * spread, high + 0.3 * spread
    return _Panel(first, last, first, last, low, high, low, high, low, high)


def _extremes(history: list[Target]) -> tuple[float, float]:
    """Return the lowest and highest figure or value reached, in the unit of the last."""
    figures = [figure for target in history for figure in _figures_of(target, history[-1])]
    return min(figures), max(figures)


def _figures_of(target: Target, last: Target) -> list[float]:
    """Return the figure, and the value reached where it is known, in the unit of the last."""
    factor = read_unit(last.unit).factor
    known = [figure for figure in (target.value, target.outcome) if figure is not None]
    return [float(in_unit(figure, target.unit, factor)) for figure in known]


def _draw_history(  # noqa: PLR0913, PLR0917 - what is drawn, of which plans, and where
    history: list[Target],
    steps: "list[Step]",
    plans: Sequence[Plan],
    panel: _Panel,
    strokes: _Strokes,
    ax: "Axes",
    lang: Language,
) -> None:
    """Draw targets as steps and values reached as points, in the unit of the last target."""
    place = {plan.id: number for number, plan in enumerate(plans)}
    heights = [panel.y(_figures_of(target, history[-1])[0]) for target in history]
    for (old, low), (new, high) in pairwise(zip(history, heights, strict=True)):
        before, after = place[old.plan], place[new.plan]
        line = [(panel.x(plans[before].end_year), low), (panel.x(plans[after].start_year), high)]
        (strokes.joins if after - before == 1 else strokes.gaps).append(line)
    for target, height in zip(history, heights, strict=True):
        plan = plans[place[target.plan]]
        strokes.steps.append([(panel.x(year), height) for year in (plan.start_year, plan.end_year)])
        unit = _unit_beside(target, history[0])
        _write_figure(target, unit, (panel.x(_middle(plan)), height), ax)
        for figure in _figures_of(target, history[-1])[1:]:
            reached = panel.x(plan.end_year), panel.y(figure)
            strokes.outcomes.append(reached)
            _write_outcome(target, unit, reached, height, ax)
    for plan in plans:
        words, silent = _words_below(plan, history, steps, lang)
        if silent:
            sides = [panel.x(year) for year in (plan.start_year - 0.5, plan.end_year + 0.5)]
            ends = panel.foot, panel.head
            strokes.grey.append([(sides[side], ends[end]) for side, end in _CORNERS])
        if words:
            ax.annotate(
                words,
                (panel.x(_middle(plan)), panel.foot),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=QUIET,
            )


# Corners of a rectangle in order around it: index of the side, index of the end.
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


def _unit_beside(target: Target, first: Target) -> str:
    """Return the unit of a target where it differs from the first one, shown in the title."""
    same = read_unit(target.unit).factor == read_unit(first.unit).factor
    return "" if same else target.unit


def _write_figure(target: Target, unit: str, place: tuple[float, float], ax: "Axes") -> None:
    """Write a figure above its step, or below it where a higher value was reached."""
    below = target.outcome is not None and target.outcome >= target.value
    figure = ax.annotate(
        f"{figure_words(target)}{unit}",
        place,
        xytext=(0, -4 if below else 4),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        fontsize=SMALL,
        color=BLUE,
    )
    lead_to(figure, target.measure or target.id)


def _write_outcome(
    target: Target, unit: str, place: tuple[float, float], step: float, ax: "Axes"
) -> None:
    """Write the value reached at its marker, on the side away from the step."""
    above = place[1] >= step
    ax.annotate(
        f"{number_words(target.outcome or 0.0)}{unit}",
        place,
        xytext=(0, 5 if above else -5),
        textcoords="offset points",
        ha="center",
        va="bottom" if above else "top",
        fontsize=TINY,
        color=ORANGE,
    )


def _write_years(plans: Sequence[Plan], panel: _Panel, strokes: _Strokes, ax: "Axes") -> None:
    """Write the last years of the plans below a panel."""
    strokes.ground.append([(panel.left, panel.foot), (panel.right, panel.foot)])
    for plan in plans:
        x = panel.x(plan.end_year)
        ax.text(
            x,
            panel.foot - 0.04,
            str(plan.end_year),
            ha="center",
            va="top",
            fontsize=TINY,
            color=QUIET,
        )


def _middle(plan: Plan) -> float:
    """Return the middle of the period of a plan."""
    return (plan.start_year + plan.end_year) / 2


def _unit_words(target: Target, lang: Language) -> str:
    """Return the unit in brackets, with the direction of a change."""
    arrow = {"up": "↑", "down": "↓"}.get(target.direction or "", "")
    unit = f"{arrow}{target.unit}"
    return in_language(lang, f"（{unit}）", f" ({unit})") if unit else ""


def _words_below(
    plan: Plan, history: list[Target], steps: "list[Step]", lang: Language
) -> tuple[str, bool]:
    """Return the words for a plan without a step, and whether it has no figure at all.

    The words are its figures of another kind, *none* where the text has no figure, or a
    question mark where the plan has no text.
    """
    if any(target.plan == plan.id for target in history):
        return "", False
    others = [target_words(step.target) for step in steps if step.target.plan == plan.id]
    if others:
        return " ".join(others), False
    return "?" if plan.coverage == "outline" else in_language(lang, "无", "none"), True


def _key(lang: Language) -> dict[str, object]:
    """Return the handles and labels of the legend."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return {
        "handles": [
            Line2D([], [], color=BLUE, linewidth=2.6),
            Line2D([], [], color=BLUE, linewidth=0.8, linestyle=":"),
            Line2D([], [], color=ORANGE, marker="D", markerfacecolor="none", linestyle="none"),
            Patch(color=FAINT),
        ],
        "labels": [
            in_language(lang, "目标值（计划期内）", "target of the plan"),
            in_language(lang, "其间未知或不可比", "unknown or not comparable"),
            in_language(lang, "实际值（有来源者）", "value reached"),
            in_language(
                lang,
                "？：未知（无正文）；无：正文未见",
                "?: no text; none: not in it",
            ),
        ],
    }


def _sources(history: list[Target], lang: Language) -> str:
    """Return the sources of the targets drawn, one per line."""
    lines = []
    for target in history:
        where = f" ({target.measure})" if target.measure else ""
        lines.append(f"{target.plan}: {shorten_label(target.source, _LONGEST_SOURCE)}{where}")
        if target.outcome_source:
            reached = in_language(lang, "实际值", "value reached")
            lines.append(
                f"{target.plan}, {reached}: {shorten_label(target.outcome_source, _LONGEST_SOURCE)}"
            )
    return "\n".join([in_language(lang, "来源", "Sources"), *lines])


def history_caption(trace: _Histories, indicator: str | None, lang: Language) -> str:
    """Return the caption of a figure; see :meth:`TargetTrace.caption`."""
    names = named(trace.plans, lang)
    signs = in_language(
        lang,
        "横线为计划期内的目标值，菱形为有来源可据的实际值，虚线跨越未知的计划",
        "Steps are targets over the period of each plan, diamonds are values reached, according "
        "to a source; dotted lines cross plans whose figure is not known",
    )
    if indicator is None:
        words = in_language(
            lang,
            f"{names}：两期以上都有的指标，各图纵轴自定，不从零起",
            f"{names}: the indicators that two plans or more have, each picture on a scale of its "
            "own that does not begin at zero",
        )
    else:
        _, steps = _history_of(trace, indicator)
        separator = in_language(lang, "：", ": ")
        words = f"{names}{separator}{indicator_name(steps[0].identity, lang)}"
    return caption(lang, [words, signs], trace.plans)
