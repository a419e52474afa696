"""Wikisource and other wikis: a page at a fixed revision, so that it can be cited."""

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
    """A page with the revisions that were asked for."""

    title: str = ""
    revisions: tuple[_Revision, ...] = ()


class _Query(msgspec.Struct):
    """The pages of an answer."""

    pages: tuple[_WikiPage, ...] = ()


class _QueryAnswer(msgspec.Struct):
    """What ``action=query`` answers (formatversion=2)."""

    query: _Query = msgspec.field(default_factory=_Query)


class _Parsed(msgspec.Struct):
    """A page as it is shown."""

    text: str = ""


class _ParseAnswer(msgspec.Struct):
    """What ``action=parse`` answers (formatversion=2)."""

    parse: _Parsed = msgspec.field(default_factory=_Parsed)


class WikiAddress(NamedTuple):
    """Where a page is, and where the programming interface of its wiki is."""

    api: str
    title: str
    revision: str = ""


class WikiReading(NamedTuple):
    """A revision of a page, read in one of two ways."""

    document: Document
    address: str
    revision: str


def wiki_address(address: str, api: str = "") -> WikiAddress | None:
    """Return whether an address is that of a wiki's page.

    Parameters
    ----------
    address : str
    api : str
        The programming interface, where the wiki is none of Wikimedia's.

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
    """Return the ways to read a page: its wikitext, then what the wiki shows of it.

    Both are of one revision. Where a page draws its text from elsewhere, its wikitext
    has none, and what is shown has it.
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
    """Return the newest revision of a page, or the one that its address names."""
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
    """Hold what was got against the checksum that the wiki has of it."""
    got = hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()
    if revision.sha1 and revision.sha1 != got:
        raise FetchError(
            wiki.api, f"revision {revision.revid} was changed on the way", "Fetch it again."
        )


def _ask(
    downloader: Downloader, wiki: WikiAddress, asked: dict[str, str], form: type[Answer]
) -> Answer:
    """Ask the programming interface of a wiki."""
    query = urlencode({**asked, "format": "json", "formatversion": "2"})
    address = f"{wiki.api}?{query}"
    download = downloader.get(address)
    try:
        return msgspec.json.decode(download.data, type=form)
    except msgspec.MsgspecError as error:
        raise FetchError(address, "the wiki's answer is not understood", _GIVE_OTHER) from error


def _cited(wiki: WikiAddress, title: str, revision: str) -> str:
    """Return the address by which a revision is cited."""
    root = wiki.api.removesuffix("api.php")
    return f"{root}index.php?title={quote(title.replace(' ', '_'))}&oldid={revision}"
