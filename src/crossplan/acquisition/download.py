"""Reading addresses, with pauses, limits and repeated attempts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from crossplan._version import __version__
from crossplan.arguments import number, whole_number
from crossplan.errors import FetchError
from crossplan.languages.chinese.pages import BRACKETS, NEXT_PAGE
from crossplan.progress import is_watched
from crossplan.readers.document import Document, joined, read_bytes
from crossplan.readers.page import PageLink

if TYPE_CHECKING:
    from requests import Response
    from tqdm import tqdm

_CHUNK = 1 << 16
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 60.0
_TRY_LATER = "Try again later, or give another address."
_TRY_OTHER = "Give another address."

_PAGE_OF_NAME = re.compile(r"(?:[_-]\d{1,3})?(\.\w{1,6})?$")

_NUMBER_OF_NAME = re.compile(r"[_-](\d{1,3})(?:\.\w{1,6})?$")
_PAGE_KEYS = {"page", "p", "pn", "pageno", "pagenum", "pageindex", "currentpage"}


@dataclass(frozen=True, slots=True)
class Download:
    """The response of an address.

    Attributes
    ----------
    address : str
        The final address, after redirects.
    data : bytes
    content_type : str
        The content type sent by the server.
    """

    address: str
    data: bytes
    content_type: str = ""


class _Transient(Exception):  # noqa: N818 - never leaves this module
    """A failure that may not occur at the next attempt."""

    def __init__(self, error: FetchError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """The pauses, attempts and limits with which addresses are read.

    Attributes
    ----------
    pause : float
        Seconds between two requests to one host.
    attempts : int
        The number of attempts if a server is busy or a connection breaks.
    back_off : float
        Seconds before the second attempt, doubled before each further attempt unless the
        server sets a time.
    connect_seconds, read_seconds : float
        Seconds to wait for a connection, and for its next bytes.
    page_seconds : float
        Maximum seconds for a page.
    largest_page : int
        Maximum bytes of a page, unpacked.
    most_pages : int
        Maximum number of pages of a split text.
    user_agent : str
        The user agent sent to servers.

    Raises
    ------
    ChoiceError
        If a number is out of its range.

    Examples
    --------
    >>> FetchOptions(pause=2, attempts=1).attempts
    1
    """

    pause: float = 1.0
    attempts: int = 4
    back_off: float = 1.0
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    page_seconds: float = 90.0
    largest_page: int = 32 << 20
    most_pages: int = 100
    user_agent: str = f"crossplan/{__version__} (research; reads a few pages for one user)"

    def __post_init__(self) -> None:
        for name in ("pause", "back_off"):
            number(name, getattr(self, name), 0, 3600)
        for name in ("connect_seconds", "read_seconds", "page_seconds"):
            number(name, getattr(self, name), 0.01, 3600)
        for name in ("attempts", "largest_page", "most_pages"):
            whole_number(name, getattr(self, name))


class Downloader:
    """Reads addresses one after the other.

    Parameters
    ----------
    options : FetchOptions
    progress : bool or None
        Whether to show a progress bar on stderr; None for terminals and notebooks only.
    """

    def __init__(self, options: FetchOptions, *, progress: bool | None = None) -> None:
        self.options = options
        self.disable = not (is_watched() if progress is None else progress)
        self.last: dict[str, float] = {}

    def get(self, address: str) -> Download:
        """Read an address.

        Raises
        ------
        FetchError
            If it is not a web address, cannot be reached, answers with an error, or exceeds
            the limits of size or time.
        """
        host = require_web(address)
        back_off, attempts = self.options.back_off, 0
        while True:
            attempts += 1
            try:
                return self.once(address, host)
            except _Transient as failure:
                # A host that cannot be reached is tried twice at most.
                most = self.options.attempts if failure.error.reached else 2
                if attempts >= min(most, self.options.attempts):
                    raise failure.error from failure
                sleep(min(_LONGEST_WAIT, max(failure.wait, back_off)))
                back_off *= 2

    def once(self, address: str, host: str) -> Download:
        """Try an address once, within the time limit.

        A server that sends single bytes slowly never exceeds the time limit of a socket.
        The page is therefore read in a separate thread, which is abandoned when it is late.
        """
        from tqdm import tqdm

        if host in self.last and (due := self.last[host] + self.options.pause - monotonic()) > 0:
            sleep(due)
        bar = tqdm(
            desc=host, unit="B", unit_scale=True, leave=False, disable=self.disable, delay=0.5
        )
        answers: SimpleQueue[Download | Exception] = SimpleQueue()
        left = Event()
        with bar:
            work = address, self.options, bar, left
            Thread(target=lambda: answers.put(_outcome(*work)), daemon=True).start()
            try:
                answer = answers.get(timeout=self.options.page_seconds)
            except Empty:
                seconds = f"{self.options.page_seconds:g}"
                problem = f"the page was not there after {seconds} seconds"
                answer = FetchError(address, problem, _TRY_LATER)
            finally:
                left.set()
                self.last[host] = monotonic()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _outcome(
    address: str, options: FetchOptions, bar: "tqdm[NoReturn]", left: Event
) -> Download | Exception:
    """Return the response of an address, or the error."""
    try:
        return _read(address, options, bar, left)
    except FetchError as error:
        return error
    except Exception as error:  # noqa: BLE001 - handed on to the thread that waits
        return _translated(error, address)


def _read(address: str, options: FetchOptions, bar: "tqdm[NoReturn]", left: Event) -> Download:
    """Return the response of an address, unpacked.

    Parameters
    ----------
    address : str
    options : FetchOptions
    bar : tqdm
        The progress bar.
    left : Event
        Set when the page is no longer needed.

    Raises
    ------
    FetchError
        If it is too large, or no longer needed.
    requests.RequestException
    """
    import requests

    data = bytearray()
    with (
        requests.Session() as session,
        session.get(
            address,
            stream=True,
            headers={"User-Agent": options.user_agent},
            timeout=(options.connect_seconds, options.read_seconds),
        ) as answer,
    ):
        answer.raise_for_status()
        length = answer.headers.get("Content-Length", "")
        bar.total = int(length) if length.isdecimal() else None
        for piece in answer.iter_content(_CHUNK):
            if left.is_set():
                raise FetchError(address, "nobody waits for it any more", _TRY_LATER)
            if len(data) + len(piece) > options.largest_page:
                problem = f"the page has more than {options.largest_page:,} bytes"
                raise FetchError(address, problem, _TRY_OTHER)
            data += piece
            bar.update(len(piece))
    return Download(answer.url, bytes(data), answer.headers.get("Content-Type", ""))


def _translated(error: Exception, address: str) -> FetchError | _Transient:
    """Return the error for a failure: permanent or transient."""
    import requests

    if isinstance(error, requests.HTTPError):
        return _translated_status(error.response, address)
    known = requests.exceptions
    # Subclasses come before their base classes.
    by_chance = {
        known.ConnectTimeout: ("there is no connection in time", False),
        known.ReadTimeout: ("the server stopped sending", True),
        known.ContentDecodingError: ("what it sent cannot be unpacked", True),
        known.ChunkedEncodingError: ("the connection was cut", True),
    }
    for_good = {
        known.TooManyRedirects: "it is redirected without end",
        known.InvalidSchema: "it leads to what is no web address",
        known.InvalidURL: "it leads to what is no web address",
        known.SSLError: "its certificate is not valid",
    }
    for kind, problem in for_good.items():
        if isinstance(error, kind):
            return FetchError(address, problem, _TRY_OTHER)
    for kind, (problem, reached) in by_chance.items():
        if isinstance(error, kind):
            return _Transient(FetchError(address, problem, _TRY_LATER, reached=reached))
    if isinstance(error, requests.ConnectionError):
        # requests has one error for all of these; the text of urllib3 distinguishes them.
        problems = {
            "Read timed out": "the server stopped sending",
            "RemoteDisconnected": "the connection was cut",
            "Connection aborted": "the connection was cut",
        }
        unreached = "there is no connection"
        problem = next((problems[words] for words in problems if words in str(error)), unreached)
        reached = problem != unreached
        return _Transient(FetchError(address, problem, _TRY_LATER, reached=reached))
    return FetchError(address, f"it cannot be read ({error})", _TRY_OTHER)


def _translated_status(response: "Response", address: str) -> FetchError | _Transient:
    """Return the error for an error status; transient for a busy server."""
    status = response.status_code
    failure = FetchError(address, f"the server answered {status}", _TRY_OTHER)
    if status not in _BUSY:
        return failure
    asked = response.headers.get("Retry-After", "")
    # It may be a date instead.
    return _Transient(failure, float(asked) if asked.isdecimal() else 0.0)


def require_web(address: str) -> str:
    """Return the host of a web address.

    Raises
    ------
    FetchError

    Examples
    --------
    >>> require_web("https://example.org/plan.htm")
    'example.org'
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(
            address, "this is no web address", "Give one that begins with http:// or https://."
        )
    return host


def read_address(downloader: Downloader, address: str) -> tuple[Document, tuple[str, ...]]:
    """Read a text at an address, with all the pages it is split over.

    Returns
    -------
    tuple of (Document, tuple of str)
        The document, and the address of each of its pages.

    Raises
    ------
    FetchError
        If a page cannot be fetched.
    UnreadableTextError
        If a page cannot be read.
    """
    documents: list[Document] = []
    addresses: list[str] = []
    coming: str | None = address
    while coming is not None:
        if len(documents) == downloader.options.most_pages:
            raise FetchError(
                address,
                f"it goes on for more than {len(documents)} pages",
                "Raise most_pages of the options if that is right.",
            )
        download = downloader.get(coming)
        documents.append(_read_download(download))
        addresses.append(download.address)
        seen = {_bare(seen) for seen in (*addresses, address)}
        coming = next_page(documents[-1].links, download.address, seen, len(documents))
    return joined(documents[0].name, documents), tuple(addresses)


def _read_download(download: Download) -> Document:
    """Read a response as a document."""
    name = urlsplit(download.address).path.rpartition("/")[2] or "page.html"
    return read_bytes(download.data, name, content_type=download.content_type)


def next_page(links: Iterable[PageLink], address: str, seen: set[str], number: int) -> str | None:
    """Find the address of the next page of a text.

    Parameters
    ----------
    links : iterable of PageLink
        The links of the page.
    address : str
        The address of the page.
    seen : set of str
        The addresses that were read.
    number : int
        The number of the page.

    Returns
    -------
    str or None
        The address of a link labelled as the next page, else of one labelled with the next
        number; in both cases an address of the same text.

    Examples
    --------
    >>> links = [PageLink("p_2.htm", "2"), PageLink("p_3.htm", "3")]
    >>> next_page(links, "http://example.org/p.htm", {"http://example.org/p.htm"}, 1)
    'http://example.org/p_2.htm'
    """
    known = list(links)
    labelled = [link for link in known if NEXT_PAGE.match(link.words)]
    marked = [link for link in known if "next" in link.relation.split()]
    numbered = [link for link in known if link.words.strip(BRACKETS) == str(number + 1)]
    for link in (*labelled, *marked, *numbered):
        try:
            target = urljoin(address, link.address)
            next_one = _page_number(target) in {number, number + 1}
            if (
                _is_same_text(target, address)
                and _bare(target) not in seen
                and (next_one or link in labelled)
            ):
                return target
        except ValueError:
            continue
    return None


def _is_same_text(target: str, address: str) -> bool:
    """Return whether two addresses differ only in the number of a page."""
    there, here = urlsplit(target), urlsplit(address)
    if there.scheme not in {"http", "https"} or there.netloc != here.netloc:
        return False
    same_path = _PAGE_OF_NAME.sub("", there.path) == _PAGE_OF_NAME.sub("", here.path)
    return same_path and _other_queries(there.query) == _other_queries(here.query)


def _other_queries(query: str) -> list[tuple[str, str]]:
    """Return the query of an address without the number of a page."""
    return sorted((k, v) for k, v in parse_qsl(query) if k.lower() not in _PAGE_KEYS)


def _page_number(address: str) -> int | None:
    """Return the number of a page that an address has, in its name or its query."""
    parts = urlsplit(address)
    asked = [v for k, v in parse_qsl(parts.query) if k.lower() in _PAGE_KEYS]
    found = _NUMBER_OF_NAME.search(parts.path)
    number = asked[-1] if asked else found[1] if found else ""
    return int(number) if number.isdecimal() else None


def _bare(address: str) -> str:
    """Return an address without its fragment."""
    return urldefrag(address).url
