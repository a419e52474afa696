"""The codebook: what every column of every table of results means."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files

import msgspec

# Described once for all columns that are named after a plan.
PLAN = "*"


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a column means, and what may stand in it.

    Attributes
    ----------
    en, zh : str
    choices : tuple of str
        All that may stand there; empty where anything may.
    least, most : float or None
        Its smallest and its largest figure.
    required : bool
        Whether every row has a value.
    optional : bool
        Whether the table has the column only if it was asked for.
    """

    en: str
    zh: str
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    required: bool = False
    optional: bool = False


class TableKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a row of a table is, and what its columns mean.

    Attributes
    ----------
    en, zh : str
    columns : dict of str to Column
    shared : tuple of str
        The columns that mean the same in other tables.
    key : tuple of str
        The columns that tell its rows apart, if any do.
    """

    en: str
    zh: str
    columns: dict[str, Column]
    shared: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    def has(self, names: Collection[str]) -> bool:
        """Tell whether a table with these columns is of this kind."""
        always = {name for name, column in self.columns.items() if not column.optional}
        return always - {PLAN} <= set(names) and (
            PLAN in self.columns or set(names) <= self.columns.keys()
        )

    def column(self, name: str) -> Column:
        """Give what is said of a column."""
        return self.columns.get(name) or self.columns[PLAN]


class Codebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``codebook.toml``: what means the same in several tables, and the tables."""

    columns: dict[str, Column]
    tables: dict[str, TableKind]


@cache
def table_kinds() -> dict[str, TableKind]:
    """Read the codebook, with the shared columns in each table that has them."""
    text = files("crossplan.pipeline").joinpath("codebook.toml").read_bytes()
    book = msgspec.toml.decode(text, type=Codebook)
    return {
        name: msgspec.structs.replace(
            kind, columns={shared: book.columns[shared] for shared in kind.shared} | kind.columns
        )
        for name, kind in book.tables.items()
    }


@cache
def columns_beside_plans() -> frozenset[str]:
    """Name the columns of the tables that have others which are named after plans.

    Examples
    --------
    >>> "term" in columns_beside_plans(), "2021-2025" in columns_beside_plans()
    (True, False)
    """
    return frozenset(
        name
        for kind in table_kinds().values()
        if PLAN in kind.columns
        for name in kind.columns.keys() - {PLAN}
    )


def kind_of(names: Collection[str]) -> str:
    """Tell of which kind a table is, from the names of its columns.

    Raises
    ------
    LookupError
        If the codebook describes no such table.

    Examples
    --------
    >>> kind_of(["term", "plan", "state", "count", "rate", "sections", "words"])
    'term-trace'
    >>> kind_of(["term", "2021-2025", "2026-2030"])
    'term-grid'
    """
    fitting = [name for name, kind in table_kinds().items() if kind.has(names)]
    # With columns that are named after plans, a table could be anything.
    fitting.sort(key=lambda name: PLAN in table_kinds()[name].columns)
    if not fitting:
        msg = f"codebook.toml describes no table with the columns {', '.join(names)}"
        raise LookupError(msg)
    return fitting[0]
