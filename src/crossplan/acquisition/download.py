"""Reading one address: politely, within limits, and again when it fails by chance."""

import io
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from crossplan.acquisition.options import FetchOptions
from crossplan.errors import FetchError
from crossplan.progress import is_watched

CHUNK = 1 << 16
BUSY = {408, 425, 429, 500, 502, 503, 504}
LONGEST_WAIT = 60.0
TRY_LATER = "Try again later, or give another address."
TRY_OTHER = "Give another address."


@dataclass(frozen=True, slots=True)
class Download:
    """What an address sent.

    Attributes
    ----------
    address : str
        Where it was in the end, after redirects.
    data : bytes
    content_type : str
        What the server said it is.
    """

    address: str
    data: bytes
    content_type: str = ""


class Transient(Exception):  # noqa: N818 - never leaves this module
    """A failure that may be gone at the next attempt."""

    def __init__(self, error: FetchError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


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
            If it is no web address, cannot be reached, answers with an error, or sends
            more, or more slowly, than the options allow.
        """
        import tenacity

        host = require_web(address)
        attempts = tenacity.Retrying(
            stop=self.is_last,
            wait=self.wait,
            retry=tenacity.retry_if_exception_type(Transient),
            reraise=True,
        )
        try:
            return attempts(self.once, address, host)
        except Transient as failure:
            raise failure.error from failure

    def is_last(self, state: Any) -> bool:
        """Tell whether to give up; a host that cannot be reached is tried twice at most."""
        failure = state.outcome.exception()
        unreached = isinstance(failure, Transient) and not failure.error.reached
        most = self.options.attempts
        return bool(state.attempt_number >= (min(most, 2) if unreached else most))

    def wait(self, state: Any) -> float:
        """Tell how long to wait: as long as the server asks, or longer each time."""
        failure = state.outcome.exception()
        asked = failure.wait if isinstance(failure, Transient) else None
        doubled = self.options.back_off * 2.0 ** (state.attempt_number - 1)
        return float(min(LONGEST_WAIT, doubled if asked is None else max(asked, doubled)))

    def once(self, address: str, host: str) -> Download:
        """Try an address once, and give up when its time is over.

        A server that sends a byte now and then keeps every time limit of a socket; so
        the page is read in a thread of its own, which is left behind when it is late.
        """
        due = self.last.get(host, 0.0) + self.options.pause - time.monotonic()
        time.sleep(max(0.0, due))
        transfer = Transfer(address, self.options, self.bar(host))
        try:
            return transfer.wait()
        finally:
            self.last[host] = time.monotonic()

    def bar(self, host: str) -> Any:
        """Make a progress bar for one page."""
        from tqdm import tqdm

        class Bar(tqdm):  # type: ignore[type-arg]
            def __bool__(self) -> bool:
                # tqdm's own asks for a total, which pooch sets only afterwards.
                return True

        return Bar(
            desc=host, unit="B", unit_scale=True, leave=False, disable=self.disable, delay=0.5
        )


@dataclass(slots=True)
class Transfer:
    """A page that is being read in a thread."""

    address: str
    options: FetchOptions
    bar: Any
    stopped: Event = field(default_factory=Event)
    answer: list[Download | Exception] = field(default_factory=list)

    def wait(self) -> Download:
        """Start reading, and give what came within the time.

        Raises
        ------
        Transient, FetchError
        """
        thread = Thread(target=self.run, daemon=True)
        thread.start()
        try:
            thread.join(self.options.page_seconds)
        finally:
            self.stopped.set()
            with suppress(Exception):
                self.bar.close()
        if not self.answer:
            seconds = f"{self.options.page_seconds:g}"
            raise FetchError(
                self.address, f"the page was not there after {seconds} seconds", TRY_LATER
            )
        answer = self.answer[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run(self) -> None:
        """Read the page, or note why it cannot be read."""
        try:
            self.answer.append(self.read())
        except Exception as error:  # noqa: BLE001 - handed on to the thread that waits
            self.answer.append(self.translated(error))

    def read(self) -> Download:
        """Read the page through pooch."""
        import pooch

        sink = Sink(self.address, self.options.largest_page, self.stopped)
        answers: list[Any] = []
        download = pooch.HTTPDownloader(
            progressbar=self.bar,
            chunk_size=CHUNK,
            headers={"User-Agent": self.options.user_agent},
            timeout=(self.options.connect_seconds, self.options.read_seconds),
            hooks={"response": lambda response, *_, **__: answers.append(response)},
        )
        try:
            download(self.address, sink, None)
        finally:
            for answer in answers:
                answer.close()
        last = answers[-1]
        return Download(str(last.url), sink.getvalue(), last.headers.get("Content-Type", ""))

    def translated(self, error: Exception) -> Exception:
        """Translate a failure: by chance, or for good."""
        import requests

        if isinstance(error, FetchError):
            return error
        if isinstance(error, requests.HTTPError):
            return self.translated_status(error.response)
        known = requests.exceptions
        # Narrower kinds stand before those that they descend from.
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
                return FetchError(self.address, problem, TRY_OTHER)
        for kind, (problem, reached) in by_chance.items():
            if isinstance(error, kind):
                return Transient(FetchError(self.address, problem, TRY_LATER, reached=reached))
        if isinstance(error, requests.ConnectionError):
            cut = "RemoteDisconnected" in str(error) or "Connection aborted" in str(error)
            problem = "the connection was cut" if cut else "there is no connection"
            return Transient(FetchError(self.address, problem, TRY_LATER, reached=cut))
        return FetchError(self.address, f"it cannot be read ({error})", TRY_OTHER)

    def translated_status(self, response: Any) -> Exception:
        """Translate an answer that is an error."""
        status = response.status_code
        failure = FetchError(self.address, f"the server answered {status}", TRY_OTHER)
        asked = response.headers.get("Retry-After", "")
        seconds = float(asked) if asked.isdigit() else None
        return Transient(failure, seconds) if status in BUSY else failure


class Sink(io.BytesIO):
    """Takes the bytes of a page up to a limit."""

    def __init__(self, address: str, largest: int, stopped: Event) -> None:
        super().__init__()
        self.address = address
        self.largest = largest
        self.stopped = stopped

    def write(self, data: Any) -> int:
        """Take some bytes.

        Raises
        ------
        FetchError
            If they are too many, or nobody waits for them any more.
        """
        if self.stopped.is_set():
            raise FetchError(self.address, "nobody waits for it any more", TRY_LATER)
        if self.tell() + len(data) > self.largest:
            raise FetchError(
                self.address, f"the page has more than {self.largest:,} bytes", TRY_OTHER
            )
        return super().write(data)


def require_web(address: str) -> str:
    """Give the host of a web address.

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
