"""Reading pages of Wikisource and other wikis at a citable revision."""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import msgspec

from crossplan.acquisition.download import Downloader
from crossplan.errors import FetchError
from crossplan.readers.document import Document, read_bytes

Answer = TypeVar("Answer")

_WIKIMEDIA = re.compile(r"\.(?:wikisource|wikipedia|wikimedia|wikibooks)\.org$")
_MOBILE = re.compile(r"\.m(?=\.)")
_GIVE_OTHER = "Give the address of another copy."


class _Slot(msgspec.Struct):
    """The text of a revision."""

    content: str = ""


class _Revision(msgspec.Struct):
    """A revision of a page."""

    revid: int
    slots: dict[str, _Slot] = {}
    sha1: str = ""


class _WikiPage(msgspec.Struct):
    """A page with the requested revisions."""

    title: str = ""
    revisions: tuple[_Revision, ...] = ()


class _Query(msgspec.Struct):
    """The pages of an answer."""

    pages: tuple[_WikiPage, ...] = ()


class _QueryAnswer(msgspec.Struct):
    """The answer of ``action=query`` (formatversion=2)."""

    query: _Query = msgspec.field(default_factory=_Query)


class _Parsed(msgspec.Struct):
    """A page as HTML."""

    text: str = ""


class _ParseAnswer(msgspec.Struct):
    """The answer of ``action=parse`` (formatversion=2)."""

    parse: _Parsed = msgspec.field(default_factory=_Parsed)


class WikiAddress(NamedTuple):
    """The address of a page, and that of the API of its wiki."""

    api: str
    title: str
    revision: str = ""


class WikiReading(NamedTuple):
    """A revision of a page, read in one of two ways."""

    document: Document
    address: str
    revision: str


def wiki_address(address: str, api: str = "") -> WikiAddress | None:
    """Return the parts of the address of a wiki page, if it is one.

    Parameters
    ----------
    address : str
    api : str
        The address of the API, for wikis outside of Wikimedia.

    Examples
    --------
    >>> wiki_address("https://zh.m.wikisource.org/zh-hans/计划").api
    'https://zh.wikisource.org/w/api.php'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if not api:
        if not _WIKIMEDIA.search(parts.hostname or ""):
            return None
        api = f"https://{_MOBILE.sub('', parts.netloc, count=1)}/w/api.php"
    asked = parse_qs(parts.query)
    title = asked.get("title", [""])[0] or unquote(parts.path.lstrip("/").partition("/")[2])
    return WikiAddress(api, title.replace("_", " "), asked.get("oldid", [""])[0])


def read_wiki(downloader: Downloader, wiki: WikiAddress) -> Iterator[Callable[[], WikiReading]]:
    """Return the ways to read a page: its wikitext, then its HTML.

    Both are of the same revision. If a page includes its text from elsewhere, only the
    HTML contains it.
    """
    fixed: list[str] = []

    def source() -> WikiReading:
        revision, title = _newest(downloader, wiki)
        fixed.append(str(revision.revid))
        content = revision.slots["main"].content if "main" in revision.slots else ""
        _check_sha1(wiki, revision, content)
        document = read_bytes(content.encode(), f"{title}.wikitext", form="wikitext")
        return WikiReading(document, _cited(wiki, title, fixed[0]), fixed[0])

    def shown() -> WikiReading:
        asked = {"action": "parse", "oldid": fixed[0], "prop": "text", "variant": "zh-hans"}
        answer = _ask(downloader, wiki, asked, _ParseAnswer)
        document = read_bytes(answer.parse.text.encode(), f"{wiki.title}.html", form="html")
        return WikiReading(document, _cited(wiki, wiki.title, fixed[0]), fixed[0])

    yield source
    if fixed:
        yield shown


def _newest(downloader: Downloader, wiki: WikiAddress) -> tuple[_Revision, str]:
    """Return the newest revision of a page, or the one in its address."""
    which = {"revids": wiki.revision} if wiki.revision else {"titles": wiki.title}
    asked = {
        "action": "query",
        "prop": "revisions",
        "rvprop": "ids|timestamp|content|sha1",
        "rvslots": "main",
        "redirects": "1",
        **which,
    }
    pages = _ask(downloader, wiki, asked, _QueryAnswer).query.pages
    if not pages or not pages[0].revisions:
        raise FetchError(wiki.api, f"the wiki has no page {wiki.title}", _GIVE_OTHER)
    return pages[0].revisions[0], pages[0].title or wiki.title


def _check_sha1(wiki: WikiAddress, revision: _Revision, content: str) -> None:
    """Compare the text with the checksum of the wiki."""
    got = hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()
    if revision.sha1 and revision.sha1 != got:
        raise FetchError(
            wiki.api, f"revision {revision.revid} was changed on the way", "Fetch it again."
        )


def _ask(
    downloader: Downloader, wiki: WikiAddress, asked: dict[str, str], form: type[Answer]
) -> Answer:
    """Send a request to the API of a wiki."""
    query = urlencode({**asked, "format": "json", "formatversion": "2"})
    address = f"{wiki.api}?{query}"
    download = downloader.get(address)
    try:
        return msgspec.json.decode(download.data, type=form)
    except msgspec.MsgspecError as error:
        raise FetchError(address, "the wiki's answer is not understood", _GIVE_OTHER) from error


def _cited(wiki: WikiAddress, title: str, revision: str) -> str:
    """Return the address with which to cite a revision."""
    root = wiki.api.removesuffix("api.php")
    return f"{root}index.php?title={quote(title.replace(' ', '_'))}&oldid={revision}"
