"""What all results share: a table, what it means, and ways to show it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from crossplan.display import View, as_html, as_line, plain_column, records
from crossplan.tables import Column, Table, Title

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 20
_GLOSSARY = Table(
    zh="结果的每一列一行。",
    en="One row for each column of each table of a result.",
    columns={
        "table": Column(
            "string", "表的名称；首表为空。", "Name of the table; empty for the first."
        ),
        "column": Column("string", "列名。", "Name of the column.", required=True),
        "dtype": Column("string", "pandas 类型。", "Its type in pandas.", required=True),
        "meaning_en": Column("string", "英文释义。", "What it means, in English.", required=True),
        "meaning_zh": Column("string", "中文释义。", "What it means, in Chinese.", required=True),
        "choices": Column("string", "可能的取值。", "All that may stand in it, if that is known."),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """A figure that can be drawn of a result.

    Attributes
    ----------
    name : str
        Of a figure beside the first one of a result: the ending of its files.
    plot : str
        The method that draws it.
    caption : str
        The name by which the method ``caption`` knows it; empty for the first figure.
    rows : callable
        Counts what is drawn of a result; the rows of its table, if not declared.
    least : int
        The fewest rows of which the figure shows anything.
    selects : bool
        Whether it shows only the most telling of its rows, so that they are never too many.
    options : tuple of str
        The arguments of the method that a declared analysis may set.
    when : callable or None
        Whether the figure is drawn of a result; None where it is of each.
    """

    name: str = ""
    plot: str = "plot"
    caption: str = ""
    rows: Callable[[Any], int] = lambda result: len(result.frame)
    least: int = 1
    selects: bool = False
    options: tuple[str, ...] = ()
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultKind:
    """What results of one class are: their title, their tables and their figures.

    Attributes
    ----------
    name : str
        Its own among all kinds.
    title : Title
    tables : tuple of Table
        The table of the result first, then those beside it.
    figures : tuple of FigureKind
        The one that says most first.
    """

    name: str
    title: Title
    tables: tuple[Table, ...]
    figures: tuple[FigureKind, ...] = ()


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """A small immutable object that holds a table and knows how to show itself.

    A class derived from it declares what its results are in `kind`, once. The display, the
    glossary and declared analyses take it from there.

    Attributes
    ----------
    frame : pandas.DataFrame
        The table itself; `table` hands out copies of it.
    method : str
        One sentence on how the table was made.
    """

    kind: ClassVar[ResultKind]
    frame: "pd.DataFrame"
    method: str

    @property
    def subject(self) -> Title:
        """What the result is about, without the plans, in Chinese and in English."""
        return self.kind.title

    @property
    def declared_tables(self) -> tuple[Table, ...]:
        """The declarations of the tables that this result has."""
        return tuple(one for one in self.kind.tables if one.when is None or one.when(self))

    @property
    def declared_figures(self) -> tuple[FigureKind, ...]:
        """The declarations of the figures that can be drawn of this result."""
        return tuple(one for one in self.kind.figures if one.when is None or one.when(self))

    @property
    def columns_explained(self) -> "pd.DataFrame":
        """What every column of every table means.

        One row per column: table (the name as in :meth:`to_frames`), column, dtype,
        meaning_en, meaning_zh, choices (all that may stand there, if that is known).
        ``*`` stands for the columns that are named after plans.

        Examples
        --------
        >>> import crossplan as cp
        >>> trace = cp.trace_sections(cp.load_plans())
        >>> glossary = trace.columns_explained.set_index("column")
        >>> glossary.loc["relation", "choices"]
        'kept, renamed, merged, split, new, dropped'
        """
        return _GLOSSARY.frame(row for one in self.declared_tables for row in one.glossary())

    def to_frames(self) -> "dict[str, pd.DataFrame]":
        """Return every table of the result by its name.

        The name of the first, which `table` has as well, is empty. Tables whose rows have
        labels have them as their first column.

        Examples
        --------
        >>> import crossplan as cp
        >>> list(cp.trace_targets(cp.load_plans()).to_frames())
        ['', 'shared', 'grid']
        """
        return {one.name: self._frame_of(one) for one in self.declared_tables}

    def _frame_of(self, table: Table) -> "pd.DataFrame":
        if not table.name:
            return self.table
        found = getattr(self, table.name)
        frame: pd.DataFrame = found.table if isinstance(found, Result) else found.copy()
        return frame if frame.index.name is None else frame.reset_index()

    def caption_of(self, figure: FigureKind) -> Callable[..., str]:
        """Return what writes the caption of a figure in a language, as ``lang="zh"``."""
        caption: Callable[..., str] = getattr(self, "caption")  # noqa: B009 - not every result
        return partial(caption, figure.caption) if figure.caption else caption

    @property
    def table(self) -> "pd.DataFrame":
        """A copy of the table, free to be changed."""
        return self.frame.copy()

    def to_frame(self) -> "pd.DataFrame":
        """Return the table; the same as `table`."""
        return self.table

    def _view(self) -> View:
        """Say what is shown of the result: its heading, its counts, and which rows."""
        return View(
            name=type(self).__name__,
            title=self.kind.title.en,
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
