"""References to plans, which are read only when needed, for large corpora."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from crossplan.display import visible
from crossplan.errors import MissingTextError
from crossplan.model.lexicon import Lexicon
from crossplan.model.plan import Coverage, Plan

# The number of plans kept in memory; a plan has about 2 MB.
OPEN = 16


@dataclass(frozen=True, slots=True, repr=False)
class PlanReference:
    """The description of a plan that is not read yet.

    Attributes
    ----------
    id, title : str
    start_year, end_year : int
    coverage : {"full", "outline"}
    language : str
        The code of the language of the plan.
    lexicon : Lexicon
        The words that the series of the plan keeps whole.
    source : callable
        The function that reads the plan. It can be compared and pickled.
    """

    id: str
    title: str
    start_year: int
    end_year: int
    coverage: Coverage
    language: str
    lexicon: Lexicon
    source: Callable[[], Plan]

    @classmethod
    def of(cls, plan: Plan, source: Callable[[], Plan]) -> "PlanReference":
        """Return the reference to a plan that `source` reads."""
        return cls(
            id=plan.id,
            title=plan.title,
            start_year=plan.start_year,
            end_year=plan.end_year,
            coverage=plan.coverage,
            language=plan.language,
            lexicon=plan.lexicon,
            source=source,
        )

    def __repr__(self) -> str:
        return f"<PlanReference {visible(self.id)} {visible(self.title)}>"


Entry = Plan | PlanReference


@lru_cache(maxsize=OPEN)
def read_once(reference: PlanReference) -> Plan:
    """Read a plan, or return it from memory if it was read recently."""
    return reference.source()


def opened(entry: Entry) -> Plan:
    """Return the plan of an entry, and read it if necessary."""
    return entry if isinstance(entry, Plan) else read_once(entry)


class _LazyPlans(Sequence[Plan]):
    """A sequence of plans, each read when it is accessed.

    Parameters
    ----------
    entries : sequence of Plan or PlanReference
    """

    __slots__ = ("entries",)

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)

    @overload
    def __getitem__(self, place: int) -> Plan: ...

    @overload
    def __getitem__(self, place: slice) -> "Sequence[Plan]": ...

    def __getitem__(self, place: int | slice) -> "Plan | Sequence[Plan]":
        if isinstance(place, slice):
            return plans_of(self.entries[place])
        return opened(self.entries[place])

    def __iter__(self) -> Iterator[Plan]:
        return map(opened, self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"<{len(self)} plans, read when they are asked for>"


def plans_of(entries: Sequence[Entry]) -> Sequence[Plan]:
    """Return entries as a sequence of plans, which are read when they are accessed."""
    plans = tuple(entry for entry in entries if isinstance(entry, Plan))
    return plans if len(plans) == len(entries) else _LazyPlans(entries)


def require_texts(entries: Iterable[Entry], asked: str) -> None:
    """Raise an error for plans without text, before any is read.

    Raises
    ------
    MissingTextError
        For the first of them; `asked` names what is missing.
    """
    for entry in entries:
        if entry.coverage != "full":
            raise MissingTextError(entry.id, asked)


def entries_of(plans: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries of plans, without reading plans."""
    return plans.entries if isinstance(plans, _LazyPlans) else tuple(plans)
