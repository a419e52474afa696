"""The guess of a document, and the findings that describe it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.guessing.front_matter import DatedLine, MendedHeading, Period
from crossplan.guessing.levels import HeadingLevel
from crossplan.guessing.numbering import MeasureMarks, PlanMarks
from crossplan.languages.scripts import LanguageGuess

_EXAMPLES = 3
_LONGEST_QUOTE = 30


class GuessFinding(NamedTuple):
    """One guess and its evidence.

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
    """A guessed heading with its line and its sections.

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
    """The guess of a document: its marks, its outline and its front matter.

    Attributes
    ----------
    language : str
        The code of the language.
    title : str
        Empty if there is none.
    period : Period or None
    published : DatedLine or None
    introduction : str
        Title of the introduction; a made-up one if the text has none.
    introduction_line : int or None
    contents : tuple of str
        Words that head the table of contents.
    chapters : tuple of GuessedHeading
    marks : PlanMarks
        The forms of all levels.
    counted : MeasureMarks
        The number of paragraphs with each mark.
    end : int
        The line after the last line of the plan; annexes and page furniture follow.
    breaks : tuple of (line, column)
        The places where text follows a title in the same line.
    broken : tuple of (line, line)
        Headings that continue in another line.
    findings : tuple of GuessFinding
    """

    language: str
    title: str
    period: Period | None
    published: DatedLine | None
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
        """Whether the document has headings."""
        return bool(self.marks.chapter)

    def headings(self) -> Iterator[GuessedHeading]:
        """Yield chapters and sections in order."""
        for chapter in self.chapters:
            yield chapter
            yield from chapter.sections


@dataclass(frozen=True, slots=True)
class GuessFindings:
    """Makes the findings of a guess."""

    lines: Sequence[str]
    given: PlanMarks
    given_by: str
    chapters: HeadingLevel | None
    sections: HeadingLevel | None
    counted: MeasureMarks
    marks: PlanMarks
    mended: Sequence[MendedHeading]
    neutral_introduction: str
    guessed_language: LanguageGuess | None

    def language(self) -> Iterator[GuessFinding]:
        """Yield the language, unless the user named it."""
        if self.guessed_language:
            yield GuessFinding(
                "language", self.guessed_language.code, self.guessed_language.evidence
            )

    def front(
        self, title: str, period: Period | None, published: DatedLine | None
    ) -> Iterator[GuessFinding]:
        """Yield the title, the period and the date."""
        if title:
            yield GuessFinding("title", title, "in the first lines")
        else:
            yield GuessFinding("title", "none", "no short line stands before the text")
        if period:
            years = (
                f"{period.start}-{period.end}" if period.end > period.start else f"{period.start}"
            )
            yield GuessFinding("period", years, f"from {_quoted(period.evidence)}")
        if published:
            day = published.day.isoformat()
            yield GuessFinding("published", day, f"from {_quoted(published.evidence)}")

    def opening(
        self, introduction: str | None, contents: str | None, first: int
    ) -> Iterator[GuessFinding]:
        """Yield the findings between the title and the first chapter."""
        if contents:
            yield GuessFinding("contents", f"headed {contents}", "it repeats the headings")
        if introduction:
            yield GuessFinding(
                "introduction", introduction, "a line of its own before the chapters"
            )
        elif self.chapters:
            yield GuessFinding(
                "introduction",
                f"none; {self.neutral_introduction} is made up",
                f"no heading stands before line {first + 1}; what stands there is front matter",
            )

    def body(self) -> Iterator[GuessFinding]:
        """Yield how headings and measures are marked."""
        if self.chapters is None:
            yield GuessFinding(
                "chapters", "one, which carries the title", "no numbers of headings run on in order"
            )
        for what, level in (("chapters", self.chapters), ("sections", self.sections)):
            if level:
                yield self.level(what, level)
                yield from _missing(what, level)
        if self.chapters and not self.sections:
            yield GuessFinding("sections", "none", "below the chapters no numbers run on in order")
        yield self.measures()
        yield from self.run_on()
        yield from self.broken()
        yield from self.not_headings()

    def level(self, what: str, level: HeadingLevel) -> GuessFinding:
        """Return how the headings of a level are marked."""
        given = self.given.chapter if what == "chapters" else self.given.section
        members = level.members
        number = "1 line" if len(members) == 1 else f"{len(members)} lines"
        first, last = members[0].mark, members[-1].mark
        seen = f"{number}: {first} … {last}" if len(members) > 1 else f"{number}: {first}"
        forms = " or ".join(level.forms if given is None else given)
        return GuessFinding(
            what, f"marked {forms}", seen if given is None else f"{self.given_by}; {seen}"
        )

    def measures(self) -> GuessFinding:
        """Return how measures are marked."""
        total = self.counted.marked.total()
        seen = f"{total} of {self.counted.paragraphs} paragraphs"
        if self.given.measure is not None:
            forms = " or ".join(self.given.measure)
            evidence = f"{self.given_by}; {seen}" if forms else self.given_by
            return GuessFinding("measures", f"marked {forms}" if forms else "none", evidence)
        if self.marks.measure:
            return GuessFinding("measures", f"marked {' or '.join(self.marks.measure)}", seen)
        read = "none marked; paragraphs are read as they stand"
        if self.counted.enough() and self.chapters:
            marks = " or ".join(self.counted.forms())
            return GuessFinding("measures", read, f"{marks} opens headings as well")
        if total:
            return GuessFinding("measures", read, f"only {seen} carry a mark")
        return GuessFinding("measures", read, "no paragraph carries a mark")

    def run_on(self) -> Iterator[GuessFinding]:
        """Yield the headings that are followed by text in their line."""
        lines = [m.candidate.line + 1 for m in self.mended if m.candidate.runs_on]
        if lines:
            yield GuessFinding(
                "headings that run on",
                f"{len(lines)}; the title ends with the first full stop",
                f"text follows in line {_listed(lines)}",
            )

    def broken(self) -> Iterator[GuessFinding]:
        """Yield the headings that are broken over two lines."""
        joined = [m.candidate.line + 1 for m in self.mended if m.continues_in is not None]
        if joined:
            yield GuessFinding(
                "broken headings",
                f"{len(joined)} joined to the next line",
                f"line {_listed(joined)}",
            )
        doubtful = [m.candidate.line + 1 for m in self.mended if m.doubtful]
        if doubtful:
            yield GuessFinding(
                "broken headings",
                f"perhaps {len(doubtful)}, left as they are",
                f"words without a full stop follow line {_listed(doubtful)}",
            )

    def not_headings(self) -> Iterator[GuessFinding]:
        """Yield the lines that look like headings but whose numbers do not fit."""
        if self.chapters is None:
            return
        first = self.chapters.members[0].line
        taken = {m.candidate.line for m in self.mended}
        levels = [level for level in (self.chapters, self.sections) if level]
        lines = sorted(
            candidate.line + 1
            for level in levels
            for candidate in level.candidates
            if candidate.line > first and candidate.line not in taken
        )
        if lines:
            yield GuessFinding(
                "not headings",
                f"{len(lines)} lines with the same marks",
                f"the numbers do not run on, or too little text follows: line {_listed(lines)}",
            )

    def ending(self, end: int) -> Iterator[GuessFinding]:
        """Yield what was left out after the end."""
        if end < len(self.lines):
            left = sum(bool(line) for line in self.lines[end:])
            yield GuessFinding(
                "end",
                f"{left} line{'s' * (left > 1)} left out",
                f"from line {end + 1}: {_quoted(self.lines[end])}",
            )


def _missing(what: str, level: HeadingLevel) -> Iterator[GuessFinding]:
    """Yield the missing numbers of a level."""
    numbers = [str(number) for run in level.runs for number in run.missing]
    if numbers:
        yield GuessFinding(
            what, f"number {', '.join(numbers)} not found", "the next number follows"
        )


def _listed(lines: Sequence[int]) -> str:
    """Return the first few line numbers as words."""
    more = len(lines) - _EXAMPLES
    return ", ".join(map(str, lines[:_EXAMPLES])) + (f" and {more} more" if more > 0 else "")


def _quoted(words: str) -> str:
    """Return the beginning of words as a quotation."""
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"
