"""What was guessed of a document, and from what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.guessing.front_matter import Day, Period
from crossplan.guessing.measure_marks import MeasureMarks
from crossplan.guessing.plan_marks import PlanMarks


class GuessFinding(NamedTuple):
    """One thing that was guessed.

    Attributes
    ----------
    what : str
        ``title``, ``period``, ``chapters``, ``measures`` …
    guess : str
    evidence : str
    """

    what: str
    guess: str
    evidence: str

    @property
    def remark(self) -> str:
        """The finding in one line.

        Examples
        --------
        >>> GuessFinding("chapters", "marked {n}、", "3 lines: 一、 … 三、").remark
        'chapters: marked {n}、 (3 lines: 一、 … 三、)'
        """
        return " ".join(f"{self.what}: {self.guess} ({self.evidence})".split())


class GuessedHeading(NamedTuple):
    """A heading, the line it begins in, and the sections below it.

    Attributes
    ----------
    line : int or None
        None for the one chapter of a document that has neither headings nor a title.
    title : str
    mark : str
    sections : tuple of GuessedHeading
    """

    line: int | None
    title: str
    mark: str
    sections: tuple["GuessedHeading", ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What was guessed of a document: its marks, its outline, its front matter.

    Attributes
    ----------
    title : str
        Empty if there is none.
    period : Period or None
    published : Day or None
    introduction : str
        Title of the introduction; a made-up one if the text has none.
    introduction_line : int or None
    contents : tuple of str
        Words that head the table of contents.
    chapters : tuple of GuessedHeading
    marks : PlanMarks
        The forms of all levels.
    counted : MeasureMarks
        How many paragraphs carry which mark.
    end : int
        The line after the last of the plan; annexes and page furniture follow.
    breaks : tuple of (line, column)
        Where text follows a title in its line.
    broken : tuple of (line, line)
        Headings that go on in another line.
    findings : tuple of GuessFinding
    """

    title: str
    period: Period | None
    published: Day | None
    introduction: str
    introduction_line: int | None
    contents: tuple[str, ...]
    chapters: tuple[GuessedHeading, ...]
    marks: PlanMarks
    counted: MeasureMarks
    end: int
    breaks: tuple[tuple[int, int], ...]
    broken: tuple[tuple[int, int], ...]
    findings: tuple[GuessFinding, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """The findings, each in one line."""
        return tuple(finding.remark for finding in self.findings)

    @property
    def headed(self) -> bool:
        """Whether the document has headings of its own."""
        return bool(self.marks.chapter)

    def headings(self) -> Iterator[GuessedHeading]:
        """Give chapters and sections in their order."""
        for chapter in self.chapters:
            yield chapter
            yield from chapter.sections
