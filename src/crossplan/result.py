"""What all results share: a table, and ways to show it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.display import table_html

if TYPE_CHECKING:
    import pandas as pd


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

    def _where(self, column: str, value: str) -> "pd.DataFrame":
        return self.frame[self.frame[column] == value].reset_index(drop=True)

    def _for_review(self, doubt: str) -> "pd.DataFrame":
        rows = self.frame[self.frame["to_review"]]
        return rows.sort_values(doubt, kind="stable").reset_index(drop=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.frame)} rows. {self.method}>"

    def _repr_html_(self) -> str:
        return table_html(self.frame, f"{type(self).__name__}. {self.method}")
