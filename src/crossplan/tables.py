"""Tables of results: their columns, of which type each is, and what it means."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

# The name under which all columns are declared that are named after plans.
PLANS = "*"
# Tables of plans that `model` cannot build itself, because packages above it read them from
# the text. `crossplan/__init__.py`, which stands above all packages, enters them here.
PLAN_TABLES: "dict[str, Callable[[Sequence[Any]], pd.DataFrame]]" = {}


class Title(NamedTuple):
    """A title in both languages."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, what it means, and what may stand in it.

    Attributes
    ----------
    dtype : str
        As pandas names it. Text is ``string``; a figure ``float64``; a count ``int64``, or
        ``Int64`` where it may be missing; yes or no ``bool``, or ``boolean`` likewise.
    zh, en : str
        What it means: a sentence in Chinese, and one in English.
    choices : tuple of str
        All that may stand there; empty where anything may.
    least, most : float or None
        Its smallest and its largest figure.
    required : bool
        Whether every row has a value.
    optional : bool
        Whether the table has the column only where it was asked for.
    """

    dtype: str
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    required: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """A table of a result: what a row is, and its columns in their order.

    Attributes
    ----------
    zh, en : str
        What a row is: a sentence in Chinese, and one in English.
    columns : mapping of str to Column
        By name; ``*`` stands for all that are named after plans.
    key : tuple of str
        The columns that identify a row, if any do.
    name : str
        Of a table beside the first one of a result: the attribute that has it, and the
        ending of its files.
    title : Title
        Of a table beside the first one: added to the title of the result.
    when : callable or None
        Whether a result has the table; None where each has it.
    written : bool
        Whether a run of a declared analysis writes the table.
    """

    zh: str
    en: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    name: str = ""
    title: Title = field(default_factory=Title)
    when: Callable[[Any], bool] | None = None
    written: bool = True

    def column(self, name: str) -> Column:
        """Return the declaration of a column, also of one that is named after a plan."""
        return self.columns.get(name) or self.columns[PLANS]

    def names(self, plans: Iterable[str] = (), *, optional: Iterable[str] = ()) -> list[str]:
        """Return the names of the columns of one table, in their order.

        Parameters
        ----------
        plans : iterable of str
            The names that stand in place of ``*``.
        optional : iterable of str
            The optional columns that the table has.

        Examples
        --------
        >>> of_text = Column("string", "名称。", "Its name.")
        >>> table = Table(zh="一行。", en="A row.", columns={"term": of_text, "*": of_text})
        >>> table.names(["2021-2025"])
        ['term', '2021-2025']
        """
        asked = frozenset(optional)
        return [
            each
            for name, column in self.columns.items()
            if not column.optional or name in asked
            for each in (plans if name == PLANS else (name,))
        ]

    def frame(
        self,
        rows: Iterable[Mapping[str, Any]],
        plans: Iterable[str] = (),
        *,
        optional: Iterable[str] = (),
    ) -> "pd.DataFrame":
        """Return rows as a table with exactly its columns and types, also when there are none.

        Parameters
        ----------
        rows : iterable of mapping
            The values by the names of the columns; others are left out.
        plans, optional : iterable of str
            As in :meth:`names`.

        Examples
        --------
        >>> count = Column("Int64", "次数。", "How often.")
        >>> Table(zh="一行。", en="A row.", columns={"count": count}).frame([]).dtypes.to_dict()
        {'count': Int64Dtype()}
        """
        import pandas as pd

        names = self.names(plans, optional=optional)
        return self.typed(pd.DataFrame(list(rows), columns=names))

    def typed(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Return a table that was made column by column, with the declared types."""
        return frame.astype({name: self.column(name).dtype for name in frame.columns})

    def glossary(self) -> Iterator[dict[str, str]]:
        """Return the explanation of each column as a row."""
        for name, column in self.columns.items():
            yield {
                "table": self.name,
                "column": name,
                "dtype": column.dtype,
                "meaning_en": column.en,
                "meaning_zh": column.zh,
                "choices": ", ".join(column.choices),
            }
