"""What all results share: a table, and ways to show it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.display import View, as_html, as_line, plain_column, records

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 20


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """A small immutable object that holds a table and knows how to show itself.

    Attributes
    ----------
    frame : pandas.DataFrame
        The table itself; `table` hands out copies of it.
    method : str
        One sentence on how the table was made.
    """

    frame: "pd.DataFrame"
    method: str

    @property
    def table(self) -> "pd.DataFrame":
        """A copy of the table, free to be changed."""
        return self.frame.copy()

    def to_frame(self) -> "pd.DataFrame":
        """Give the table; the same as `table`."""
        return self.table

    def _view(self) -> View:
        """Say what is shown of the result: its heading, its counts, and which rows."""
        return View(
            name=type(self).__name__,
            title=type(self).__name__,
            columns=tuple(plain_column(str(name), str(name)) for name in self.frame),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table",),
            method=self.method,
        )

    def _where(self, column: str, value: str) -> "pd.DataFrame":
        return self.frame[self.frame[column] == value].reset_index(drop=True)

    def _for_review(self, doubt: str) -> "pd.DataFrame":
        rows = self.frame[self.frame["to_review"]]
        return rows.sort_values(doubt, kind="stable").reset_index(drop=True)

    def __repr__(self) -> str:
        return as_line(self._view())

    def _repr_html_(self) -> str:
        return as_html(self._view())


def moved_and_doubtful(frame: "pd.DataFrame") -> tuple[str, ...]:
    """Count what moved, and what a reviewer should look at."""
    moved, doubtful = (int(frame[name].sum()) for name in ("moved", "to_review"))
    return (
        *((f"{moved:,} moved",) if moved else ()),
        *((f"{doubtful:,} to review",) if doubtful else ()),
    )
