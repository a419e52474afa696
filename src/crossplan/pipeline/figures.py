"""The figures of results, and the bytes of a figure in a form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from crossplan.figures.saving import figure_bytes
from crossplan.figures.style import figure_of
from crossplan.labels import Language
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.sections import SectionAlignment
from crossplan.result import Result
from crossplan.targets.comparison import TargetComparison
from crossplan.targets.dumbbell_figure import drawn_rows
from crossplan.targets.history_figure import comparable_histories
from crossplan.targets.trace import TargetTrace
from crossplan.words.comparison import TermComparison
from crossplan.words.terms import TermFrequencies
from crossplan.words.trace import TermTrace

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A map with a column for each of more units could not be read.
WIDEST_MAP = 80
# A page holds some hundred; a figure of more is for a screen, and no screen holds these.
MOST_MARKS = 5000
# A line goes from one plan with a text to another.
FEWEST_KNOWN = 2


class Drawing(NamedTuple):
    """A figure that can be drawn of a result.

    Attributes
    ----------
    name : str
        Of its file, without ending.
    plot : callable
        Draws it in a language.
    caption : callable
        Gives its caption in a language.
    marks : int
        So many things are drawn: with none there is nothing to see, with too many nothing
        can be told apart.
    """

    name: str
    plot: "Callable[..., Axes]"
    caption: Callable[..., str]
    marks: int

    @property
    def fits(self) -> bool:
        """Whether there is something to see, and not too much."""
        return 0 < self.marks <= MOST_MARKS

    def bytes_in(self, form: str, lang: Language) -> bytes:
        """Draw it, and give it in a form, with its caption as the description."""
        import matplotlib.pyplot as plt

        with untouched_drawing():
            figure = figure_of(self.plot(lang=lang))
            try:
                return figure_bytes(figure, f".{form}", self.caption(lang=lang))
            finally:
                plt.close(figure)


def drawings_of(step: str, result: Result, top: int) -> Iterator[Drawing]:
    """Give the figures of a result, the one that says most first.

    Parameters
    ----------
    step : str
        The name of the step, and of the first figure.
    result : Result
    top : int
        So many terms are drawn of frequencies.
    """
    match result:
        case SectionAlignment():
            yield Drawing(step, result.plot, result.caption, len(result.frame))
        case MeasureComparison():
            pairs = int((result.frame["old_id"].notna() & result.frame["new_id"].notna()).sum())
            heat = partial(result.caption, "heatmap")
            yield Drawing(step, result.plot, result.caption, len(result.frame))
            yield Drawing(f"{step}-heatmap", result.heatmap, heat, pairs)
        case TargetComparison():
            yield Drawing(step, result.plot, result.caption, len(drawn_rows(result)))
        case TargetTrace():
            yield Drawing(step, result.plot, result.caption, len(comparable_histories(result)))
        case TermComparison():
            rates = partial(result.caption, "rates")
            marks = min(len(result.frame), MOST_MARKS)
            yield Drawing(step, result.plot, result.caption, marks)
            yield Drawing(f"{step}-rates", result.plot_rates, rates, marks)
        case TermTrace():
            known = sum(plan.coverage == "full" for plan in result.plans)
            marks = len(result.frame) if known >= FEWEST_KNOWN else 0
            yield Drawing(step, result.plot, result.caption, marks)
        case TermFrequencies():
            yield drawing_of_terms(step, result, top)


def drawing_of_terms(step: str, result: TermFrequencies, top: int) -> Drawing:
    """Give the figure of frequencies: where the terms stand, or how frequent they are."""
    marks = min(len(result.frame), top)
    if 1 < len(result.counts.units) <= WIDEST_MAP:
        plot, caption = partial(result.plot_map, top=top), partial(result.caption, "map")
        return Drawing(step, plot, caption, marks)
    return Drawing(step, partial(result.plot, top=top), result.caption, marks)


@contextmanager
def untouched_drawing() -> Iterator[None]:
    """Draw in the block as matplotlib does where nobody has set anything, and show nothing."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with plt.ioff(), mpl.rc_context():
        mpl.rcdefaults()
        yield
