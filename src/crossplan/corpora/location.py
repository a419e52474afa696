"""Where the series are: in the installed package, in a checkout, or in a folder."""

from pathlib import Path

from crossplan.errors import UnknownSeriesError

PACKAGE = Path(__file__).resolve().parent.parent
INSTALLED = PACKAGE / "series"
CHECKOUT = PACKAGE.parent.parent / "corpora"


def shipped_folder() -> Path:
    """Give the folder of the shipped series, of an installed copy or a checkout."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def shipped_series() -> tuple[str, ...]:
    """Name the series that come with the library."""
    return tuple(sorted(path.parent.name for path in shipped_folder().glob("*/series.toml")))


def find_series(series: str | Path) -> Path:
    """Find the folder of a series by its name or path.

    Raises
    ------
    UnknownSeriesError
        If there is none.
    """
    named = shipped_folder() / series
    if isinstance(series, str) and series in shipped_series():
        return named
    folder = Path(series)
    if folder.is_dir():
        return folder
    raise UnknownSeriesError(str(series), shipped_series())
