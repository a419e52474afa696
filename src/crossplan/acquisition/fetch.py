"""Fetching the texts of plans from the addresses listed in the series."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from crossplan.acquisition.download import Downloader, FetchOptions, read_address, require_web
from crossplan.acquisition.intake import Origin, StorableText, examine, require_chinese, store
from crossplan.acquisition.mediawiki import WikiReading, read_wiki, wiki_address
from crossplan.acquisition.tables import ATTEMPTS, FETCHED
from crossplan.acquisition.verification import headings_found
from crossplan.arguments import several
from crossplan.corpora.catalog import Series, read_series
from crossplan.corpora.load import DEFAULT_SERIES
from crossplan.corpora.records import TextRecord
from crossplan.corpora.store import find_series, witness_in_use
from crossplan.display import (
    Cell,
    View,
    ViewColumn,
    chips,
    plain_column,
    quoted_column,
    records,
    small_column,
    tally,
)
from crossplan.errors import (
    ArgumentError,
    FetchError,
    NotThePlanError,
    UnknownWitnessError,
    UnreadableTextError,
)
from crossplan.readers.document import Document
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    import pandas as pd

_Outcome = Literal["fetched", "at hand", "not got"]
_METHOD = (
    "Addresses are tried in the order of plan.toml until one has the complete text; of texts "
    "with gaps, the one with the fewest is used."
)
# If this number of hosts cannot be reached, and none can, there is no network.
_HOSTS_WITHOUT_CONNECTION = 3
_NO_NETWORK = "no host could be reached"

_OUTCOMES = ("fetched", "at hand", "not got")


# The values of a plan without a new text.
_NOTHING = dict.fromkeys(("verdict", "witness", "address", "revision", "problem"), "")


class _Attempt(NamedTuple):
    """An address that was tried."""

    plan: str
    address: str
    outcome: str
    problem: str


@dataclass(frozen=True, repr=False, eq=False)
class FetchResult(Result):
    """The outcome of fetching, one row per plan; made by :func:`fetch_plans`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per plan: plan, outcome (fetched, at hand, not got), verdict, witness,
        address, revision, characters, headings_found, headings, measures (these four
        missing where no text was fetched), problem.
    tried : tuple of Attempt
        Every address that was tried, with its outcome.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="fetched",
        title=Title("获取的文本", "Texts fetched"),
        tables=(FETCHED, ATTEMPTS),
    )

    tried: tuple[_Attempt, ...] = ()

    @property
    def attempts(self) -> "pd.DataFrame":
        """Every address that was tried: plan, address, outcome, problem."""
        return ATTEMPTS.frame(attempt._asdict() for attempt in self.tried)

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of the plans that could not be fetched."""
        return tuple(self._where("outcome", "not got")["plan"])

    @property
    def no_network(self) -> bool:
        """Whether fetching was stopped because no host could be reached."""
        return any(attempt.problem == _NO_NETWORK for attempt in self.tried)

    def _view(self) -> View:
        """Show for each plan whether it was fetched, and from which address."""
        return View(
            name=type(self).__name__,
            title="Texts fetched",
            of=(Cell("、".join(self.frame["plan"]), "quoted"),),
            counts=tally(self.frame, "outcome", _OUTCOMES),
            columns=(
                plain_column("plan", "plan"),
                ViewColumn("outcome", lambda row: chips(row["outcome"], row["verdict"])),
                ViewColumn("headings found", headings_found, "right"),
                plain_column("measures", "measures", "right"),
                plain_column("characters", "characters", "right"),
                quoted_column("problem", "problem"),
                quoted_column("address", "address"),
                small_column("kept as", "witness"),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", ".attempts", ".missing"),
            method=self.method,
        )


def fetch_plans(  # noqa: PLR0913 - what to fetch, from where, to where, and how
    plans: str | Iterable[str] | None = None,
    *,
    series: str | Path = DEFAULT_SERIES,
    home: str | Path | None = None,
    addresses: str | Iterable[str] | None = None,
    again: bool = False,
    options: FetchOptions | None = None,
    progress: bool | None = None,
) -> FetchResult:
    """Fetch the texts of plans and store them in the data folder.

    The addresses listed in the series are tried in order. The plan is cut out of a page
    with its outline, traditional characters are converted, known damage is repaired, and
    the text is verified before it is stored. Its ``source.json`` contains address,
    revision, time and checksums.

    Parameters
    ----------
    plans : str or iterable of str, optional
        Ids of plans; by default those without a text.
    series : str or Path
        Name of a shipped series, or path of the folder of a series.
    home : str or Path, optional
        The data folder; by default ``CROSSPLAN_HOME``, or the usual place of the system.
    addresses : str or iterable of str, optional
        Addresses to try instead of those of the series; for one plan only.
    again : bool
        Whether to fetch plans that have a text already.
    options : FetchOptions, optional
        Pauses, attempts, and limits of time and size.
    progress : bool, optional
        Whether to show progress on stderr; by default only on terminals and in notebooks.

    Returns
    -------
    FetchResult
        ``.table`` has plan, outcome (fetched, at hand, not got), verdict (complete,
        usable with gaps), witness, address, revision, characters, headings_found,
        headings, measures, problem; ``.attempts`` has every address that was tried. A plan
        that cannot be fetched raises no error; its row has the reason.

    Raises
    ------
    UnknownPlanError, UnknownSeriesError, SeriesError
    LanguageError
        If the series is not in Chinese.
    ArgumentError
        If addresses are given for several plans.
    OutputError
        If the data folder cannot be written.

    Examples
    --------
    >>> import crossplan as cp
    >>> cp.fetch_plans("2026-2030").table[["plan", "outcome"]].iloc[0].to_list()
    ['2026-2030', 'at hand']
    """
    described = read_series(find_series(series))
    wanted = described.wanted(plans)
    require_chinese(described)
    given = None if addresses is None else several(addresses)
    if given is not None and len(wanted) != 1:
        raise ArgumentError(
            f"addresses are given for {len(wanted)} plans", "Name the one plan that they are of."
        )
    fetcher = _Fetcher(described, Downloader(options or FetchOptions(), progress=progress), home)
    rows = [
        _at_hand(plan_id)
        if given is None and not again and fetcher.is_at_hand(plan_id)
        else fetcher.fetch(plan_id, given)
        for plan_id in wanted
    ]
    return FetchResult(FETCHED.frame(rows), _METHOD, tuple(fetcher.attempts))


@dataclass(slots=True)
class _Fetcher:
    """Fetches one plan after the other, and records the addresses tried."""

    series: Series
    downloader: Downloader
    home: str | Path | None
    attempts: list[_Attempt] = field(default_factory=list)
    reached: bool = False
    unreached: set[str] = field(default_factory=set)

    @property
    def no_network(self) -> bool:
        """Whether several hosts were tried and none could be reached."""
        return not self.reached and len(self.unreached) >= _HOSTS_WITHOUT_CONNECTION

    def is_at_hand(self, plan_id: str) -> bool:
        """Return whether a plan has a text, stored or shipped."""
        if self.series.plans[plan_id].witness is not None:
            return True
        try:
            used = witness_in_use(self.series.record.id, plan_id, self.home, shipped=False)
        except UnknownWitnessError:
            return False
        return used is not None

    def fetch(self, plan_id: str, given: Sequence[str] | None) -> dict[str, object]:
        """Try the addresses of a plan until one has its complete text."""
        got: list[StorableText] = []
        for record in self.records(plan_id, given):
            for address, host, read in self.ways(record):
                if host in self.unreached or (given is None and self.no_network):
                    self.attempts.append(_Attempt(plan_id, address, "not tried", self.why(host)))
                    continue
                candidate = self.attempt(plan_id, address, read)
                if candidate is None:
                    continue
                got.append(candidate)
                if candidate.checked.verdict == "complete":
                    return self.keep(candidate)
        if got:
            return self.keep(min(got, key=lambda one: len(one.checked.of("gap"))))
        return _failed(plan_id, [a for a in self.attempts if a.plan == plan_id])

    def why(self, host: str) -> str:
        """Return why an address is not tried."""
        return "its host could not be reached" if host in self.unreached else _NO_NETWORK

    def records(self, plan_id: str, given: Sequence[str] | None) -> list[TextRecord]:
        """Return the addresses to try: those given, else those of the series in its language."""
        language = self.series.record.language
        if given is not None:
            return [TextRecord(language=language, address=address) for address in given]
        # A wiki has the same page at several addresses, in several scripts.
        places: dict[object, TextRecord] = {}
        for record in self.series.plans[plan_id].texts:
            if record.language == language:
                place = wiki_address(record.address, record.api) or record.address
                places.setdefault(place, record)
        return list(places.values())

    def ways(
        self, record: TextRecord
    ) -> Iterator[tuple[str, str, Callable[[], tuple[Document, Origin]]]]:
        """Return the ways to read an address, and its host; a wiki page has two ways."""
        wiki = wiki_address(record.address, record.api)
        if wiki is None:
            host = _host_of(record.address)
            yield record.address, host, partial(self.page, record.address)
            return
        host = _host_of(wiki.api)
        for read in read_wiki(self.downloader, wiki):
            yield record.address, host, partial(self.revision, read, host)

    def page(self, address: str) -> tuple[Document, Origin]:
        """Read a page and the pages that follow it."""
        host = require_web(address)
        document, pages = read_address(self.downloader, address)
        return document, Origin("fetched", host, pages[0], page_addresses=pages)

    def revision(self, read: Callable[[], WikiReading], host: str) -> tuple[Document, Origin]:
        """Read a revision of a wiki page."""
        reading = read()
        origin = Origin("fetched", host, reading.address, reading.revision)
        return reading.document, origin

    def attempt(
        self, plan_id: str, address: str, read: Callable[[], tuple[Document, Origin]]
    ) -> StorableText | None:
        """Read an address and find the plan in it, or record why it fails."""
        try:
            document, origin = read()
            self.reached = True
            candidate = examine(self.series, plan_id, document, origin)
        except FetchError as error:
            self.note_connection(error)
            self.attempts.append(_Attempt(plan_id, address, "not got", error.problem))
            return None
        except (UnreadableTextError, NotThePlanError) as error:
            self.reached = True
            self.attempts.append(_Attempt(plan_id, address, "refused", str(error)))
            return None
        checked = candidate.checked
        self.attempts.append(_Attempt(plan_id, address, checked.verdict, checked.reason))
        return candidate

    def note_connection(self, error: FetchError) -> None:
        """Record which hosts could not be reached."""
        if error.reached:
            self.reached = True
        else:
            self.unreached.add(_host_of(error.address))

    def keep(self, candidate: StorableText) -> dict[str, object]:
        """Store a text and return its row."""
        row = store(self.series, candidate, home=self.home).row()
        return {
            **row,
            "outcome": "fetched",
            "revision": candidate.origin.revision,
            "problem": candidate.checked.reason,
        }


def _host_of(address: str) -> str:
    """Return the host of an address; empty if it is not a web address."""
    try:
        return require_web(address)
    except FetchError:
        return ""


def _at_hand(plan_id: str) -> dict[str, object]:
    """Return the row of a plan whose text need not be fetched."""
    return {**_NOTHING, "plan": plan_id, "outcome": "at hand"}


def _failed(plan_id: str, attempts: Sequence[_Attempt]) -> dict[str, object]:
    """Return the row of a plan that was not fetched, with the problem of each address."""
    problems = [f"{attempt.address}: {attempt.problem}" for attempt in attempts]
    if attempts and attempts[-1].problem == _NO_NETWORK:
        problems = [_NO_NETWORK]
    return {
        **_NOTHING,
        "plan": plan_id,
        "outcome": "not got",
        "problem": "; ".join(problems) or "the series knows no address of its text",
    }
