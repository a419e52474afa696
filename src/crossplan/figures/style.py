"""Define the colours, sizes and style of all figures, and draw in that style."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from crossplan.characters import drawable, visible
from crossplan.errors import ArgumentError
from crossplan.figures.layout import fit_margins, register_font

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage
    from matplotlib.text import Text


_Purpose = Literal["to", "link", "show", "term"]
PURPOSES: tuple[_Purpose, ...] = ("to", "link", "show", "term")


def lead_to(artist: "Artist", passage_id: str) -> None:
    """Mark an artist as a link to the passage, heading or target with an id."""
    mark(artist, "to", passage_id)


def mark(artist: "Artist", purpose: _Purpose, *names: str) -> None:
    """Mark an artist as something that an HTML page can turn into a link.

    The mark is the artist's group id, which becomes the id of its group in an SVG file:
    ``to:2026-2030/1.5`` leads to a passage, ``link:OLD|NEW`` to a link between two,
    ``show:SECTION:STATUS`` to some rows of a table, ``term:TERM`` to a term.
    """
    separator = "|" if purpose == "link" else ":"
    # As the page writes them next to the figure; an id holds no line ends.
    artist.set_gid(f"{purpose}:{visible(separator.join(names))}")


def _number_repeated(figure: "Figure") -> None:
    """Append ``#2`` and so on to each repeated mark of a figure, because ids must be unique.

    The page removes it.
    """
    seen: Counter[str] = Counter()
    starts = tuple(f"{purpose}:" for purpose in PURPOSES)
    for artist in figure.findobj():
        gid = artist.get_gid() or ""
        if gid.startswith(starts):
            name = gid.partition("#")[0]
            seen[name] += 1
            artist.set_gid(name if seen[name] == 1 else f"{name}#{seen[name]}")


# Colours of areas and lines, based on the palettes of Okabe and Ito (2008) and of Tol. A
# test checks that colour-blind readers can distinguish any two of them.
INK = "#222222"
QUIET = "#767676"
PALE = "#c6c6c6"
FAINT = "#e9e9e9"
BLUE = "#1f5fa8"
ORANGE = "#d55e00"
GREEN = "#00a37a"
WINE = "#882255"
YELLOW = "#eebb33"
# The green of text, dark enough to be read.
GREEN_INK = "#007a5a"

TITLE_SIZE = 10.5
SIZE = 9.0
SMALL = 8.0
TINY = 7.0

_NOTHING: Mapping[int, str] = MappingProxyType({})

Glyphs = Literal["paths", "text"]
_SVG_FONT_TYPES: dict[Glyphs, str] = {"paths": "path", "text": "none"}

# Space above the first row and below the last.
_ABOVE, _BELOW = 0.6, 0.6
# Space between a bar and the text at its end, in points. A blank is not enough, because an
# HTML page loses blanks at the ends of texts.
_GAP = 3


@contextmanager
def style() -> Iterator[None]:
    """Draw in the style of this package inside the block, and then restore matplotlib."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {
        "font.family": [register_font()],
        "font.size": SIZE,
        "text.color": INK,
        # A vector file has no grid of pixels to fit letters to.
        "text.hinting": "no_hinting",
        # A title with two dollar signs is not a formula.
        "text.parse_math": False,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.labelsize": SIZE,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": TITLE_SIZE,
        "axes.unicode_minus": False,
        "hatch.linewidth": 0.8,
        "legend.fontsize": SMALL,
        "legend.frameon": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "white",
        "svg.fonttype": "path",
    }
    with mpl.rc_context(settings):
        yield


@contextmanager
def drawing(ax: "Axes | None", width: float, height: float) -> "Iterator[Axes]":
    """Draw in the style of this package inside the block, on existing axes or on new ones.

    Parameters
    ----------
    ax : Axes or None
        None for axes on a new figure, which a notebook shows.
    width, height : float
        Size of a new figure, in inches.
    """
    if ax is None:
        # Made outside the style: with its first figure pyplot starts the notebook's
        # backend, whose settings must not be undone when the style ends.
        figure = _shown_figure(width, height)
        with style():
            ax = figure.subplots()
    before = {id(text): text.get_text() for text in _texts_of(ax)}
    with style():
        yield ax
        set_font(ax, before)


def _shown_figure(width: float, height: float) -> "Figure":
    """Return a figure that a notebook shows automatically."""
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(width, height), layout="constrained")


def set_font(ax: "Axes", before: Mapping[int, str] = _NOTHING) -> None:
    """Set the font of all texts on axes, including axes of the caller.

    Titles, labels and ticks of axes that were made outside of :func:`style` would otherwise
    keep a font that may lack Chinese, and treat text between two dollar signs as a formula.
    Only texts that are in `before` unchanged may still be formulas.
    """
    family = register_font()
    ax.tick_params(labelfontfamily=family)
    for text in _texts_of(ax):
        text.set_fontfamily(family)
        if (words := text.get_text()) != before.get(id(text)):
            text.set_parse_math(False)
            if (drawn := drawable(words)) != words:
                text.set_text(drawn)


def _texts_of(ax: "Axes") -> "list[Text]":
    """Return all texts on axes."""
    from matplotlib.text import Text

    return [text for text in ax.findobj(Text) if isinstance(text, Text)]


def blank_figure(width: float, height: float) -> "Figure":
    """Return a figure that no notebook shows automatically, for :func:`svg_bytes`.

    It has no margins at first; they are fitted to the labels when it is written.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    figure.subplots_adjust(left=0, bottom=0, right=1, top=1)
    return figure


def figure_of(value: Any) -> "Figure":
    """Return the figure of the result of a plot.

    Raises
    ------
    ArgumentError
    """
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(value, Figure):
        return value
    several = value if isinstance(value, list | tuple | np.ndarray) else [value]
    axes = np.ravel(np.asarray(several, dtype=object)).tolist()
    roots = [ax.get_figure(root=True) if isinstance(ax, Axes) else None for ax in axes]
    if not roots or roots[0] is None or any(root is not roots[0] for root in roots):
        raise ArgumentError(
            f"figure={type(value).__name__} is not possible",
            "Give what a plot gave: Axes of one figure, or the figure, as in "
            "save_figure(trace_sections(plans).plot(), 'sections.svg')",
        )
    return roots[0]


def svg_bytes(
    figure: "Figure | Axes", name: str, glyphs: Glyphs = "paths", *, caption: str = ""
) -> bytes:
    """Write a figure as SVG, with the same bytes every time.

    Parameters
    ----------
    figure : Figure or Axes
    name : str
        Seed of the identifiers in the file, which matplotlib would draw at random. Two
        pictures on one page need two names.
    glyphs : {"paths", "text"}
        Letters as shapes, which look the same everywhere, or as text in the family
        ``crossplan Noto Sans SC``, which the page has to embed.
    caption : str
        Stored as the description of the picture.
    """
    import matplotlib as mpl

    drawn = figure_of(figure)
    metadata = {"Date": None, "Creator": None, "Description": drawable(caption) or None}
    buffer = BytesIO()
    settings: dict[Any, Any] = {"svg.hashsalt": name, "svg.fonttype": _SVG_FONT_TYPES[glyphs]}
    with style(), mpl.rc_context(settings):
        fit_margins(drawn)
        _number_repeated(drawn)
        drawn.savefig(buffer, format="svg", metadata=metadata)
    return buffer.getvalue()


def write_in_cell(axes: "Axes", row: int, column: int, text: str, *, dark: bool) -> None:
    """Write a text into a cell, in white if the cell is dark."""
    axes.text(
        column,
        row,
        text,
        ha="center",
        va="center",
        fontsize=TINY,
        color="white" if dark else INK,
    )


def without_frame(axes: "Axes") -> None:
    """Remove the ticks and the frame of axes."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def add_scale(axes: "Axes", image: "AxesImage", **options: Any) -> None:
    """Add a colour bar next to a heat map; options are those of matplotlib's colour bar."""
    bar = axes.figure.colorbar(image, ax=axes, shrink=0.5, aspect=30, **options)
    bar.outline.set_visible(False)
    set_font(bar.ax)


def name_rows(axes: "Axes", names: Sequence[str], *, size: float = SIZE) -> "list[Text]":
    """Label the rows of a figure, from 0 downwards, and return the texts."""
    axes.set_yticks(range(len(names)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(names), 1) - 1 + _BELOW, -_ABOVE)
    return axes.get_yticklabels()


def write_at_end(  # noqa: PLR0913 - what is written, where, and how
    axes: "Axes",
    place: int,
    end: float,
    words: str,
    *,
    colour: str = INK,
    to_the_left: bool = False,
) -> None:
    """Write a text at the end of the bar of a row."""
    axes.annotate(
        words,
        (end, place),
        xytext=(-_GAP if to_the_left else _GAP, 0),
        textcoords="offset points",
        ha="right" if to_the_left else "left",
        va="center",
        fontsize=SMALL,
        color=colour,
    )
