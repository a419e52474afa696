"""Headings that a page or a copyist broke over two lines, or ran on into the text."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from crossplan.corpora.marks import is_title
from crossplan.guessing.front_matter import could_be_title
from crossplan.guessing.numbering import STOP, Candidate, without_page_number

GOES_ON = re.compile(r"[，、（(“《—]$")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


class MendedHeading(NamedTuple):
    """A heading with its whole title.

    Attributes
    ----------
    candidate : Candidate
    title : str
    goes_on_in : int or None
        The line that the title goes on in.
    doubtful : bool
        Whether the next line may belong to the title, which nothing confirms.
    """

    candidate: Candidate
    title: str
    goes_on_in: int | None = None
    doubtful: bool = False


class HeadingJoiner:
    """Puts broken headings together where that is certain."""

    def __init__(
        self, lines: Sequence[str], candidates: Sequence[Candidate], headings: AbstractSet[int]
    ) -> None:
        self.lines = lines
        self.headings = headings
        self.listed = {
            without_page_number(candidate.words)
            for candidate in candidates
            if candidate.line not in headings
        }

    def mend(self, candidate: Candidate) -> MendedHeading:
        """Join a heading to the next line where its words or the contents ask for it."""
        after = candidate.line + 1
        while after < len(self.lines) and not self.lines[after]:
            after += 1
        if candidate.closed or after >= len(self.lines) or after in self.headings:
            return MendedHeading(candidate, candidate.words)
        whole = candidate.words + self.lines[after].removesuffix(STOP)
        listed = whole in self.listed and candidate.words not in self.listed
        if is_title(whole) and (listed or goes_on(candidate.words)):
            return MendedHeading(candidate, whole, after)
        return MendedHeading(candidate, candidate.words, None, could_be_title(self.lines[after]))


def goes_on(words: str) -> bool:
    """Tell whether words stop where no title can stop.

    Examples
    --------
    >>> goes_on("完善制度，"), goes_on("实施“健康"), goes_on("完善制度")
    (True, True, False)
    """
    counts = Counter(words)
    return bool(GOES_ON.search(words)) or any(counts[a] > counts[b] for a, b in PAIRS)
