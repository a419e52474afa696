"""Load the font of all figures, and fit margins to labels and labels to a width.

Constrained layout draws a figure twice to measure it. For a single pair of axes that fills
its figure, one measurement is enough.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from crossplan.errors import CrossplanError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
    from matplotlib.transforms import BboxBase


FAMILY = "crossplan Noto Sans SC"
_FILE = Path("fonts", "NotoSansSC-Regular.ttf")


@cache
def register_font() -> str:
    """Register the font with matplotlib and return its family name.

    The name is our own, so that another file of the same family on a machine cannot change
    a figure.
    """
    from matplotlib.font_manager import fontManager, get_font, ttfFontProperty

    entry = ttfFontProperty(get_font(str(font_file())))
    fontManager.ttflist.append(replace(entry, name=FAMILY))
    return FAMILY


def font_file() -> Path:
    """Return the path of Noto Sans SC (OFL) in the installed zhplot.

    The package is not imported, because that would change the settings of matplotlib.
    """
    package = find_spec("zhplot")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder) / _FILE).is_file():
            return path
    raise CrossplanError(
        "figures need a font with Chinese characters, and the package zhplot that brings "
        "it is not complete. Install it anew: pip install --force-reinstall zhplot"
    )


# The pieces within which a line is not broken.
_PIECE = re.compile(r"[!-~]+ *|.")

_PAD = 0.05  # inches
_POINTS = 72
_UNITS = 65536  # of the advances from FreeType, in one
_MEASURED_AT = 100.0  # points


def fit_margins(figure: "Figure") -> None:
    """Widen the margins of a figure with only one axes if labels would be cut off.

    Other figures, and those with a layout engine, are not changed.
    """
    if len(figure.axes) != 1 or figure.get_layout_engine() is not None:
        return
    (ax,) = figure.axes
    spec = ax.get_subplotspec()
    if spec is None or spec.get_gridspec().get_geometry() != (1, 1):
        return
    needed = ax.get_tightbbox()
    if needed is None or _inside(needed, figure.bbox):
        return
    axes = ax.get_window_extent()
    pad = _PAD * figure.dpi
    width, height = figure.bbox.width, figure.bbox.height
    left, right = axes.x0 - needed.x0 + pad, needed.x1 - axes.x1 + pad
    bottom, top = axes.y0 - needed.y0 + pad, needed.y1 - axes.y1 + pad
    if left + right < width and bottom + top < height:
        figure.subplots_adjust(left / width, bottom / height, 1 - right / width, 1 - top / height)


def _inside(box: "BboxBase", other: "BboxBase") -> bool:
    """Return whether a box is inside another."""
    return bool(
        box.x0 >= other.x0 and box.x1 <= other.x1 and box.y0 >= other.y0 and box.y1 <= other.y1
    )


def fitted(text: str, inches: float, size: float) -> str:
    """Cut a text to a width in inches, in the font of figures at a size in points.

    Examples
    --------
    >>> fitted("孕产妇死亡率", 1.0, 9), fitted("孕产妇死亡率", 0.5, 9)
    ('孕产妇死亡率', '孕产妇…')
    """
    if text_width(text, size) <= inches:
        return text
    left = inches - text_width("…", size)
    kept = 0
    for character in text:
        left -= text_width(character, size)
        if left < 0:
            break
        kept += 1
    return f"{text[:kept].rstrip()}…"


def wrapped(text: str, inches: float, size: float) -> str:
    r"""Break a text into lines of a width in inches, keeping words of Latin letters whole.

    Examples
    --------
    >>> wrapped("孕产妇死亡率", 0.5, 9)
    '孕产妇死\n亡率'
    """
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and text_width(lines[-1] + piece.rstrip(), size) > inches:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def text_width(text: str, size: float) -> float:
    """Return the width of a text in inches, in the font of figures at a size in points."""
    return sum(_advance(character) for character in text) * size / _POINTS


@cache
def _advance(character: str) -> float:
    """Return the width of a character as a share of the size of the font."""
    from matplotlib.ft2font import LoadFlags

    # By glyph index, which is that of an empty box if the font lacks the character.
    font = _measuring_font()
    glyph = font.load_glyph(font.get_char_index(ord(character)), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / _UNITS / _MEASURED_AT


@cache
def _measuring_font() -> "FT2Font":
    """Open the font at the size used for measurements."""
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_file()))
    font.set_size(_MEASURED_AT, _POINTS)
    return font
