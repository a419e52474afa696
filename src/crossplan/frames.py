"""Plans as pandas tables. The column names are part of the public interface."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Tables of plans that `model` cannot build itself, because packages above it read them from
# the text. `crossplan/__init__.py`, which stands above all packages, enters them here.
PLAN_TABLES: dict[str, Callable[[Sequence[Any]], "pd.DataFrame"]] = {}


def typed_frame(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> "pd.DataFrame":
    """Build a table with exactly these columns and types, also when it has no rows."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)
