"""Declarations of tables: their columns with types and meanings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

# The name that declares all columns that are named after plans.
PLANS = "*"
# Tables of plans that `model` cannot build, because packages above it read them from the
# text. `crossplan/__init__.py`, which is above all packages, adds them here.
PLAN_TABLES: "dict[str, Callable[[Sequence[Any]], pd.DataFrame]]" = {}


class Title(NamedTuple):
    """A title in Chinese and in English."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The declaration of a column: its type, meaning and values.

    Attributes
    ----------
    dtype : str
        The pandas dtype: ``string`` for text, ``float64`` for figures, ``int64`` for counts
        and ``bool`` for true or false; ``Int64`` and ``boolean`` if values may be missing.
    zh, en : str
        Its meaning, as a sentence in Chinese and one in English.
    choices : tuple of str
        All possible values; empty if there is no such list.
    least, most : float or None
        Its minimum and maximum; None if there is no limit.
    required : bool
        Whether every row has a value.
    optional : bool
        Whether the table has the column only if it is requested.
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
    """The declaration of a table: the meaning of a row, and the columns in order.

    Attributes
    ----------
    zh, en : str
        The meaning of a row, as a sentence in Chinese and one in English.
    columns : mapping of str to Column
        The columns by name; ``*`` represents all columns that are named after plans.
    key : tuple of str
        The columns that identify a row; may be empty.
    name : str
        The attribute of the result, and the suffix of the files; empty for the first table
        of a result.
    title : Title
        Added to the title of the result; empty for its first table.
    when : callable or None
        Whether a result has the table; None if every result has it.
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
        """Return the declaration of a column, which may be named after a plan."""
        return self.columns.get(name) or self.columns[PLANS]

    def names(self, plans: Iterable[str] = (), *, optional: Iterable[str] = ()) -> list[str]:
        """Return the names of the columns, in order.

        Parameters
        ----------
        plans : iterable of str
            The names that replace ``*``.
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
        """Return rows as a table with the declared columns and types, even without rows.

        Parameters
        ----------
        rows : iterable of mapping
            Values by column name; other names are ignored.
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
        """Return a table with the declared types."""
        return frame.astype({name: self.column(name).dtype for name in frame.columns})

    def glossary(self) -> Iterator[dict[str, str]]:
        """Return a row that describes each column."""
        for name, column in self.columns.items():
            yield {
                "table": self.name,
                "column": name,
                "dtype": column.dtype,
                "meaning_en": column.en,
                "meaning_zh": column.zh,
                "choices": ", ".join(column.choices),
            }
