"""The tables of results, and the bytes of a table as CSV and as Parquet."""

from io import BytesIO
from typing import TYPE_CHECKING

from crossplan.matching.lineage import MeasureLineage
from crossplan.result import Result
from crossplan.targets.comparison import TargetComparison
from crossplan.targets.trace import TargetTrace
from crossplan.words.comparison import TermComparison
from crossplan.words.terms import TermFrequencies
from crossplan.words.trace import TermTrace

if TYPE_CHECKING:
    import pandas as pd


def tables_of(step: str, result: Result) -> "dict[str, pd.DataFrame]":
    """Give the tables of a result by their names: its own, and those that go with it.

    Parameters
    ----------
    step : str
        The name of the step, and of the first table.
    result : Result
    """
    further: dict[str, pd.DataFrame] = {}
    match result:
        case MeasureLineage():
            further = {"lineages": result.lineages}
        case TargetTrace():
            further = {"shared": result.shared, "grid": result.grid.reset_index()}
        case TermTrace():
            further = {"grid": result.grid.reset_index(), "appearances": result.appearances}
    if isinstance(result, TargetComparison | TargetTrace) and len(result.disagreements.frame):
        further["disagreements"] = result.disagreements.frame
    if isinstance(result, TermComparison | TermFrequencies | TermTrace) and result.groups:
        further["overlaps"] = result.overlaps
    return {step: result.frame, **{f"{step}-{name}": table for name, table in further.items()}}


def csv_bytes(table: "pd.DataFrame") -> bytes:
    r"""Give a table as CSV: UTF-8, figures to the last digit, what is missing as nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_bytes(pd.DataFrame({"moved": [True, None], "score": [0.1, 1 / 3]}))
    b'moved,score\ntrue,0.1\n,0.3333333333333333\n'
    """
    from pandas.api.types import infer_dtype

    told = table.copy()
    for name, column in told.items():
        if infer_dtype(column, skipna=True) == "boolean":
            told[name] = column.map({True: "true", False: "false"}, na_action="ignore")
    return told.to_csv(index=False, lineterminator="\n").encode("utf-8")


def parquet_bytes(table: "pd.DataFrame") -> bytes:
    """Give a table as Parquet, without its index; what pandas needs to read it again is kept."""
    import pyarrow as pa
    from pyarrow import parquet

    made = pa.Table.from_pandas(table, preserve_index=False)
    # Which of its types for texts pandas prefers depends on its version.
    plain = [
        field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
        for field in made.schema
    ]
    buffer = BytesIO()
    parquet.write_table(made.cast(pa.schema(plain, made.schema.metadata)), buffer)
    return buffer.getvalue()


TABLE_WRITERS = {"csv": csv_bytes, "parquet": parquet_bytes}
# Of the forms that need an extra of the same name: the package that writes them.
TABLE_PACKAGES = {"parquet": "pyarrow"}
