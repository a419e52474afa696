"""The base class of results: a table with its description and display."""

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
        Suffix of its files; empty for the first figure of a result.
    plot : str
        The method that draws it.
    caption : str
        Its name in the method ``caption``; empty for the first figure.
    rows : callable
        Counts the items drawn of a result; by default the rows of its table.
    least : int
        The least number of rows that the figure needs.
    selects : bool
        Whether it shows only the most important rows, so that there are never too many.
    options : tuple of str
        The arguments of the method that a declared analysis may set.
    when : callable or None
        Whether the figure is drawn of a result; None if it is drawn of every result.
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
    """The title, tables and figures of a class of results.

    Attributes
    ----------
    name : str
        A unique name.
    title : Title
    tables : tuple of Table
        The main table first.
    figures : tuple of FigureKind
        The most important figure first.
    """

    name: str
    title: Title
    tables: tuple[Table, ...]
    figures: tuple[FigureKind, ...] = ()


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """An immutable result with a table and a display.

    Each derived class declares its title, tables and figures in `kind`. The display, the
    glossary and declared analyses use this declaration.

    Attributes
    ----------
    frame : pandas.DataFrame
        The table itself; `table` returns a copy of it.
    method : str
        One sentence on how the table was made.
    """

    kind: ClassVar[ResultKind]
    frame: "pd.DataFrame"
    method: str

    @property
    def subject(self) -> Title:
        """The title of the result, without the plans, in Chinese and in English."""
        return self.kind.title

    @property
    def declared_tables(self) -> tuple[Table, ...]:
        """The declarations of the tables of this result."""
        return tuple(one for one in self.kind.tables if one.when is None or one.when(self))

    @property
    def declared_figures(self) -> tuple[FigureKind, ...]:
        """The declarations of the figures of this result."""
        return tuple(one for one in self.kind.figures if one.when is None or one.when(self))

    @property
    def columns_explained(self) -> "pd.DataFrame":
        """The meaning of every column of every table.

        One row per column: table (the name as in :meth:`to_frames`), column, dtype,
        meaning_en, meaning_zh, choices (the possible values, if they are known).
        ``*`` represents the columns that are named after plans.

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
        """Return all tables of the result by name.

        The name of the first table, which is that of `table`, is empty. Row labels become
        the first column.

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
        """Return the function that writes the caption of a figure, with the argument `lang`."""
        caption: Callable[..., str] = getattr(self, "caption")  # noqa: B009 - not every result
        return partial(caption, figure.caption) if figure.caption else caption

    @property
    def table(self) -> "pd.DataFrame":
        """A copy of the table, which can be changed."""
        return self.frame.copy()

    def to_frame(self) -> "pd.DataFrame":
        """Return the table; the same as `table`."""
        return self.table

    def _view(self) -> View:
        """Return the view of the result: its heading, counts and first rows."""
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
    """Return the numbers of moved items and of items to review, as labels."""
    moved, doubtful = (int(frame[name].sum()) for name in ("moved", "to_review"))
    return (
        *((f"{moved:,} moved",) if moved else ()),
        *((f"{doubtful:,} to review",) if doubtful else ()),
    )
