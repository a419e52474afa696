"""Load the font of all figures: Noto Sans SC, from the file that zhplot ships (OFL).

The package is not imported, because that would change the settings of matplotlib; only its
font file is used. It is registered under a separate name, so that another file of the same
family on a machine cannot change a figure.
"""

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from crossplan.errors import CrossplanError

FAMILY = "crossplan Noto Sans SC"
_FILE = Path("fonts", "NotoSansSC-Regular.ttf")


@cache
def register_font() -> str:
    """Register the font with matplotlib and return its family name."""
    from matplotlib.font_manager import fontManager, get_font, ttfFontProperty

    entry = ttfFontProperty(get_font(str(font_file())))
    fontManager.ttflist.append(replace(entry, name=FAMILY))
    return FAMILY


def font_file() -> Path:
    """Return the path of the font file in the installed zhplot."""
    package = find_spec("zhplot")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder) / _FILE).is_file():
            return path
    raise CrossplanError(
        "figures need a font with Chinese characters, and the package zhplot that brings "
        "it is not complete. Install it anew: pip install --force-reinstall zhplot"
    )
