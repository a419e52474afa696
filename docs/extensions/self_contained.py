"""The site shows without a network: what a page loads stands beside it."""

from pathlib import Path

from outside import loaded_from_outside
from sphinx.application import Sphinx
from sphinx.errors import SphinxError


class LoadedFromOutsideError(SphinxError):
    """A page would load something from another site."""

    category = "The site does not stand by itself"


def check(app: Sphinx, error: Exception | None) -> None:
    """Refuse a site that would ask others for anything.

    Raises
    ------
    LoadedFromOutsideError
    """
    if error is not None:
        return
    for path in sorted(Path(app.outdir).rglob("*")):
        if path.suffix in {".css", ".html"}:
            for found in loaded_from_outside(path.read_text(encoding="utf-8")):
                message = f"{path.relative_to(app.outdir)}: {found}"
                raise LoadedFromOutsideError(message)


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at the site when it is there."""
    app.connect("build-finished", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
