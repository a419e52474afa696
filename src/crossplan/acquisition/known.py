"""What is known of a plan before its text is: its names and its headings."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crossplan.corpora.marks import Line, Marks
from crossplan.corpora.parse import Headings, find_headings, position_in_outline
from crossplan.languages.chinese.documents import FULL_STOP
from crossplan.languages.chinese.pages import DASHES, FULL_TEXT, TITLE_DATE, YEAR
from crossplan.model import Plan, Section

_LONGEST_LEDE = 150
_SHORTEST_PUBLISHER = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plan before its text is: its names and its headings.

    Attributes
    ----------
    plan : Plan
        Without its text.
    marks : Marks
    introduction_printed : bool
        Whether the introduction has a heading in the text.
    measures_marked : bool
        Whether measures have a mark in this series.
    characters : int or None
        Its length according to sources.
    """

    plan: Plan
    marks: Marks
    introduction_printed: bool = True
    measures_marked: bool = True
    characters: int | None = None

    @property
    def outline(self) -> list[Section]:
        """The introduction, then chapters and sections in order."""
        return [self.plan.introduction, *self.plan.headings]

    def classify(self, line: str) -> Line:
        """Return a line with its kind."""
        return self.marks.classify(self.marks.without_bullet(line.strip()))

    def headings(self, lines: Sequence[str]) -> Headings:
        """Find the headings of the plan among lines."""
        return find_headings([self.classify(line) for line in lines], self.outline)

    def position(self, line: str) -> int | None:
        """Return which heading of the outline a line is, if any."""
        return position_in_outline(self.classify(line), self.outline)

    def is_heading(self, line: str) -> bool:
        """Return whether a line is a heading of the plan."""
        return self.position(line) is not None

    def is_title(self, line: str) -> bool:
        """Return whether a line is the plan's title, or the first part of it."""
        title = plain(self.plan.title)
        return plain(line) in {title, title.partition("(")[0]}

    def is_front(self, line: str) -> bool:
        """Return whether a line is on the title page: title, period, publisher or date."""
        words = plain(line)
        if self.is_title(line):
            return True
        period = plain(self.plan.title).partition("(")[2]
        return (
            bool(TITLE_DATE.match(words))
            or words.strip("()") in {period.strip("()"), period.strip("()").removesuffix(YEAR)}
            or (len(words) >= _SHORTEST_PUBLISHER and words in plain(self.plan.publisher))
        )

    def is_lede(self, line: str) -> bool:
        """Return whether a line only announces the text."""
        words = plain(line)
        return bool(FULL_TEXT.search(words)) or (
            plain(self.plan.title).partition("(")[0] in words
            and words.endswith(FULL_STOP)
            and len(words) <= _LONGEST_LEDE
        )


def plain(line: str) -> str:
    """Return a line without blanks, with one form of dash and bracket."""
    return "".join(unicodedata.normalize("NFKC", line).split()).translate(DASHES)
