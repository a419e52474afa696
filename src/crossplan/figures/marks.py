"""Mark artists in a figure that an HTML page can turn into links.

An artist's group id becomes the id of its group in an SVG file: ``to:2026-2030/1.5`` leads
to a passage, ``link:OLD|NEW`` to a link between two, ``show:SECTION:STATUS`` to some rows
of a table, ``term:TERM`` to a term. As ids must be unique, ``#2`` and so on is appended to
the second and later ones; the page removes it.
"""

from collections import Counter
from typing import TYPE_CHECKING, Literal

from crossplan.characters import visible

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

_Purpose = Literal["to", "link", "show", "term"]
PURPOSES: tuple[_Purpose, ...] = ("to", "link", "show", "term")


def lead_to(artist: "Artist", passage_id: str) -> None:
    """Mark an artist as a link to the passage, heading or target with an id."""
    mark(artist, "to", passage_id)


def mark(artist: "Artist", purpose: _Purpose, *names: str) -> None:
    """Mark an artist as a link; see the docstring of this module for the forms."""
    separator = "|" if purpose == "link" else ":"
    # As the page writes them next to the figure; an id holds no line ends.
    artist.set_gid(f"{purpose}:{visible(separator.join(names))}")


def number_repeated(figure: "Figure") -> None:
    """Append a number to each repeated mark of a figure."""
    seen: Counter[str] = Counter()
    starts = tuple(f"{purpose}:" for purpose in PURPOSES)
    for artist in figure.findobj():
        gid = artist.get_gid() or ""
        if gid.startswith(starts):
            name = gid.partition("#")[0]
            seen[name] += 1
            artist.set_gid(name if seen[name] == 1 else f"{name}#{seen[name]}")
