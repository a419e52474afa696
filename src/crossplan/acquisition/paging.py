"""Texts that a site splits over several pages: found by the links from each to the next."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from crossplan.acquisition.download import Download, Downloader
from crossplan.errors import FetchError
from crossplan.languages.chinese.pages import BRACKETS, NEXT_PAGE
from crossplan.readers.document import Document, joined, read_bytes
from crossplan.readers.page import Link

_PAGE_OF_NAME = re.compile(r"(?:[_-]\d{1,3})?(\.\w{1,6})?$")

_NUMBER_OF_NAME = re.compile(r"[_-](\d{1,3})(?:\.\w{1,6})?$")
_PAGE_KEYS = {"page", "p", "pn", "pageno", "pagenum", "pageindex", "currentpage"}


def read_address(downloader: Downloader, address: str) -> tuple[Document, tuple[str, ...]]:
    """Read a text at an address, with all the pages it is split over.

    Returns
    -------
    tuple of (Document, tuple of str)
        The document, and the address of each of its pages.

    Raises
    ------
    FetchError
        If a page cannot be got; a text that lacks a page is no text.
    UnreadableTextError
        If what was got cannot be read.
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
    """Read what an address sent."""
    name = urlsplit(download.address).path.rpartition("/")[2] or "page.html"
    return read_bytes(download.data, name, content_type=download.content_type)


def next_page(links: Iterable[Link], address: str, seen: set[str], number: int) -> str | None:
    """Find the address of the next page of a text.

    Parameters
    ----------
    links : iterable of Link
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
        A link that says it leads to the next page, else one that is only the next
        number; in both cases to an address of the same text.

    Examples
    --------
    >>> links = [Link("p_2.htm", "2"), Link("p_3.htm", "3")]
    >>> next_page(links, "http://example.org/p.htm", {"http://example.org/p.htm"}, 1)
    'http://example.org/p_2.htm'
    """
    known = list(links)
    said = [link for link in known if NEXT_PAGE.match(link.words)]
    marked = [link for link in known if "next" in link.relation.split()]
    numbered = [link for link in known if link.words.strip(BRACKETS) == str(number + 1)]
    for link in (*said, *marked, *numbered):
        try:
            target = urljoin(address, link.address)
            next_one = _page_number(target) in {number, number + 1}
            if (
                _is_same_text(target, address)
                and _bare(target) not in seen
                and (next_one or link in said)
            ):
                return target
        except ValueError:
            continue
    return None


def _is_same_text(target: str, address: str) -> bool:
    """Return whether two addresses differ in nothing but the number of a page."""
    there, here = urlsplit(target), urlsplit(address)
    if there.scheme not in {"http", "https"} or there.netloc != here.netloc:
        return False
    same_path = _PAGE_OF_NAME.sub("", there.path) == _PAGE_OF_NAME.sub("", here.path)
    return same_path and _other_queries(there.query) == _other_queries(here.query)


def _other_queries(query: str) -> list[tuple[str, str]]:
    """Return what an address asks for besides the number of a page."""
    return sorted((k, v) for k, v in parse_qsl(query) if k.lower() not in _PAGE_KEYS)


def _page_number(address: str) -> int | None:
    """Return the number of a page that an address has, in its name or its query."""
    parts = urlsplit(address)
    asked = [v for k, v in parse_qsl(parts.query) if k.lower() in _PAGE_KEYS]
    found = _NUMBER_OF_NAME.search(parts.path)
    number = asked[-1] if asked else found[1] if found else ""
    return int(number) if number.isdecimal() else None


def _bare(address: str) -> str:
    """Return an address without the place in the page that it leads to."""
    return urldefrag(address).url
