"""The result of a reader: the lines and the links of a page."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["text", "html", "wikitext", "docx", "pdf"]


class PageLink(NamedTuple):
    """A link of a page: its address, its words, and its relation."""

    address: str
    words: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines of text in reading order, without blank ones."""

    lines: tuple[str, ...]
    links: tuple[PageLink, ...] = ()


class UnreadableContent(Exception):  # noqa: N818 - the reader's finding, not yet the user's error
    """Raised by readers with the problem and the remedy, without the name of the file."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy


def filled(lines: "list[str]") -> tuple[str, ...]:
    """Return the lines that are not blank."""
    return tuple(line for line in lines if line.strip())
