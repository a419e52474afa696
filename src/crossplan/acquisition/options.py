"""How patiently and how politely addresses are read."""

from dataclasses import dataclass

from crossplan._version import __version__
from crossplan.arguments import number, whole_number


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How patiently and how politely addresses are read.

    Attributes
    ----------
    pause : float
        Seconds between two requests to one host.
    attempts : int
        How often an address is tried when a server is busy or a connection breaks.
    back_off : float
        Seconds before the second attempt; twice as many before each further one, unless
        the server names a time.
    connect_seconds, read_seconds : float
        How long to wait for a connection, and for its next bytes.
    page_seconds : float
        How long a page may take in all.
    largest_page : int
        How many bytes a page may have, unpacked.
    most_pages : int
        How many pages a split text may have.
    user_agent : str
        How servers are told who asks.

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
