"""What a new series shows of itself."""

from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    View,
    number_of,
    plain_column,
    quoted_column,
    records,
)

if TYPE_CHECKING:
    from crossplan.guessing.new_series import NewSeries

ROWS_SHOWN = 30
LONGEST = 80


def new_series_view(series: "NewSeries") -> View:
    """Show what was guessed of each file, and from what."""
    return View(
        name=type(series).__name__,
        title="New series",
        of=(Cell(series.folder.name, "quoted"),),
        counts=(
            number_of(series.frame["plan"].nunique(), "plan"),
            number_of(len(series.frame), "guess", "guesses"),
        ),
        columns=(
            quoted_column("plan", "plan"),
            plain_column("what", "what"),
            quoted_column("guess", "guess", LONGEST),
            quoted_column("from what", "evidence", LONGEST),
        ),
        rows=records(series.frame, ROWS_SHOWN),
        total=len(series.frame),
        ways=(".table", "cp.load_plans(series.folder)", ".marks"),
        method=series.method,
    )
