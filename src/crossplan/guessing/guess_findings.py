"""Saying in plain words what was guessed of a document, and from what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossplan.guessing.broken import MendedHeading
from crossplan.guessing.front_matter import NEUTRAL_INTRODUCTION, Day, Period
from crossplan.guessing.guess import GuessFinding
from crossplan.guessing.levels import Level
from crossplan.guessing.measure_marks import MeasureMarks
from crossplan.guessing.plan_marks import PlanMarks

EXAMPLES = 3
LONGEST_QUOTE = 30


@dataclass(frozen=True, slots=True)
class GuessFindings:
    """Makes the findings of a guess."""

    lines: Sequence[str]
    told: PlanMarks
    told_by: str
    chapters: Level | None
    sections: Level | None
    counted: MeasureMarks
    marks: PlanMarks
    mended: Sequence[MendedHeading]

    def front(
        self, title: str, period: Period | None, published: Day | None
    ) -> Iterator[GuessFinding]:
        """Say what was found before the text."""
        if title:
            yield GuessFinding("title", title, "in the first lines")
        else:
            yield GuessFinding("title", "none", "no short line stands before the text")
        if period:
            years = (
                f"{period.start}-{period.end}" if period.end > period.start else f"{period.start}"
            )
            yield GuessFinding("period", years, f"from {quoted(period.evidence)}")
        if published:
            day = published.day.isoformat()
            yield GuessFinding("published", day, f"from {quoted(published.evidence)}")

    def opening(
        self, introduction: str | None, contents: str | None, first: int
    ) -> Iterator[GuessFinding]:
        """Say what was found between the title and the first chapter."""
        if contents:
            yield GuessFinding("contents", f"headed {contents}", "it repeats the headings")
        if introduction:
            yield GuessFinding(
                "introduction", introduction, "a line of its own before the chapters"
            )
        elif self.chapters:
            yield GuessFinding(
                "introduction",
                f"none; {NEUTRAL_INTRODUCTION} is made up",
                f"no heading stands before line {first + 1}; what stands there is front matter",
            )

    def body(self) -> Iterator[GuessFinding]:
        """Say how headings and measures are marked."""
        if self.chapters is None:
            yield GuessFinding(
                "chapters", "one, which carries the title", "no numbers of headings run on in order"
            )
        for what, level in (("chapters", self.chapters), ("sections", self.sections)):
            if level:
                yield self.level(what, level)
                yield from missing(what, level)
        if self.chapters and not self.sections:
            yield GuessFinding("sections", "none", "below the chapters no numbers run on in order")
        yield self.measures()
        yield from self.run_on()
        yield from self.broken()
        yield from self.not_headings()

    def level(self, what: str, level: Level) -> GuessFinding:
        """Say how the headings of a level are marked."""
        told = self.told.chapter if what == "chapters" else self.told.section
        members = level.members
        number = "1 line" if len(members) == 1 else f"{len(members)} lines"
        first, last = members[0].mark, members[-1].mark
        seen = f"{number}: {first} … {last}" if len(members) > 1 else f"{number}: {first}"
        forms = " or ".join(level.forms if told is None else told)
        return GuessFinding(
            what, f"marked {forms}", seen if told is None else f"{self.told_by}; {seen}"
        )

    def measures(self) -> GuessFinding:
        """Say how measures are marked."""
        total = self.counted.marked.total()
        seen = f"{total} of {self.counted.paragraphs} paragraphs"
        if self.told.measure is not None:
            forms = " or ".join(self.told.measure)
            evidence = f"{self.told_by}; {seen}" if forms else self.told_by
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
        """Say which headings are followed by text in their line."""
        lines = [m.candidate.line + 1 for m in self.mended if m.candidate.runs_on]
        if lines:
            yield GuessFinding(
                "headings that run on",
                f"{len(lines)}; the title ends with the first full stop",
                f"text follows in line {listed(lines)}",
            )

    def broken(self) -> Iterator[GuessFinding]:
        """Say which headings are broken over two lines."""
        joined = [m.candidate.line + 1 for m in self.mended if m.goes_on_in is not None]
        if joined:
            yield GuessFinding(
                "broken headings",
                f"{len(joined)} joined to the next line",
                f"line {listed(joined)}",
            )
        doubtful = [m.candidate.line + 1 for m in self.mended if m.doubtful]
        if doubtful:
            yield GuessFinding(
                "broken headings",
                f"perhaps {len(doubtful)}, left as they are",
                f"words without a full stop follow line {listed(doubtful)}",
            )

    def not_headings(self) -> Iterator[GuessFinding]:
        """Say which lines look like headings but are none, because of their numbers."""
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
                f"the numbers do not run on, or too little text follows: line {listed(lines)}",
            )

    def ending(self, end: int) -> Iterator[GuessFinding]:
        """Say what was left out after the end."""
        if end < len(self.lines):
            left = sum(bool(line) for line in self.lines[end:])
            yield GuessFinding(
                "end",
                f"{left} line{'s' * (left > 1)} left out",
                f"from line {end + 1}: {quoted(self.lines[end])}",
            )


def missing(what: str, level: Level) -> Iterator[GuessFinding]:
    """Say which numbers of a level were passed over."""
    numbers = [str(number) for run in level.runs for number in run.missing]
    if numbers:
        yield GuessFinding(
            what, f"number {', '.join(numbers)} not found", "the next number follows"
        )


def listed(lines: Sequence[int]) -> str:
    """Give the first few of many line numbers."""
    more = len(lines) - EXAMPLES
    return ", ".join(map(str, lines[:EXAMPLES])) + (f" and {more} more" if more > 0 else "")


def quoted(words: str) -> str:
    """Give the beginning of words."""
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
