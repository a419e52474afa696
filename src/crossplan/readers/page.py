"""The lines of a page as a reader returns them, and the links on it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["text", "html", "wikitext", "docx", "pdf"]


class Link(NamedTuple):
    """A link as the page has it: its address, its words, and its relation."""

    address: str
    words: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines of text, in reading order, blank ones left out."""

    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()


class UnreadableContent(Exception):  # noqa: N818 - the reader's finding, not yet the user's error
    """What a reader cannot read: the problem and the remedy, without the file's name."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy


def filled(lines: "list[str]") -> tuple[str, ...]:
    """Leave out blank lines."""
    return tuple(line for line in lines if line.strip())
