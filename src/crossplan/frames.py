"""Plans as pandas tables. The column names are part of the public interface."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def typed_frame(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> "pd.DataFrame":
    """Build a table with exactly these columns and types, also when it has no rows."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)
