"""Save figures as SVG, PDF and PNG files."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan.characters import drawable
from crossplan.errors import OutputError
from crossplan.figures.layout import fit_margins
from crossplan.figures.style import figure_of, style, svg_bytes
from crossplan.files import write_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DOTS_PER_INCH = 200


def save_figure(
    figure: "Axes | Figure | Sequence[Axes]", path: str | Path, *, caption: str = ""
) -> Path:
    """Write a figure as SVG, PDF or PNG, completely or not at all.

    The file has the same bytes every time: it has no date, and does not depend on the fonts of
    the machine. Chinese is written in the font of this package, including on other axes.

    Parameters
    ----------
    figure : Axes, Figure, or several Axes of one figure
        As returned by `plot`.
    path : str or Path
        Ends in ``.svg``, ``.pdf`` or ``.png`` (200 dots per inch).
    caption : str
        Stored in the file as its description, as in
        ``save_figure(result.plot(), "sections.svg", caption=result.caption())``.

    Returns
    -------
    Path

    Raises
    ------
    ArgumentError
        If `figure` is something else.
            OutputError
                If the path has another ending, or the file cannot be written there.

    Examples
    --------
    >>> import tempfile
    >>> import crossplan as cp
    >>> sections = cp.trace_sections(cp.load_plans())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "sections.png")
    ...     cp.save_figure(sections.plot(), path, caption=sections.caption()) == path
    True
    """
    path = Path(path)
    if path.suffix.lower() not in _WRITERS:
        raise OutputError(path, f"a figure is written as one of {', '.join(_WRITERS)}")
    return write_result(path, figure_bytes(figure, path.suffix.lower(), caption), "the figure")


def figure_bytes(figure: "Axes | Figure | Sequence[Axes]", suffix: str, caption: str) -> bytes:
    """Return a figure in the format of a suffix in `_WRITERS`.

    Raises
    ------
    ArgumentError
        If `figure` is something else.
    """
    # Characters that XML forbids are dropped for all formats.
    return _WRITERS[suffix](figure_of(figure), drawable(caption))


def _as_svg(figure: "Figure", caption: str) -> bytes:
    """Return a figure as SVG, with its letters as shapes."""
    return svg_bytes(figure, "crossplan", caption=caption)


def _as_pdf(figure: "Figure", caption: str) -> bytes:
    """Return a figure as PDF, with the glyphs that it needs."""
    nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    return _written(figure, "pdf", nothing | {"Subject": caption or None})


def as_png(figure: "Figure", caption: str) -> bytes:
    """Return a figure as PNG."""
    description = {"Description": caption} if caption else {}
    return _written(figure, "png", {"Software": None} | description, dpi=_DOTS_PER_INCH)


def _written(figure: "Figure", form: str, metadata: dict[str, Any], **options: Any) -> bytes:
    """Write a figure in the style of this package."""
    buffer = BytesIO()
    with style():
        fit_margins(figure)
        figure.savefig(buffer, format=form, metadata=metadata, **options)
    return buffer.getvalue()


_WRITERS = {".svg": _as_svg, ".pdf": _as_pdf, ".png": as_png}
