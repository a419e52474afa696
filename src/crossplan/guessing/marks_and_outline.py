"""Guessing the marks and the outline of any document from its lines."""

from collections.abc import Sequence
from itertools import islice

from crossplan.guessing.front_matter import (
    HeadingJoiner,
    MendedHeading,
    could_be_title,
    find_day,
    find_period,
    find_title,
)
from crossplan.guessing.guess import Guess, GuessedHeading, GuessFindings
from crossplan.guessing.levels import HeadingLevel, Lengths, LevelFinder
from crossplan.guessing.numbering import Forms, MeasureMarks, PlanMarks, count_marks, plain_line
from crossplan.languages.registry import find_language
from crossplan.languages.scripts import guess_language
from crossplan.thresholds import Threshold

LONGEST_LAST_LINE: Threshold[int] = 60
# The number of lines before the text to read; above them there are only menus.
FRONT_LINES: Threshold[int] = 60
FIRST_LINES: Threshold[int] = 5


def guess(
    lines: Sequence[str],
    marks: PlanMarks | None = None,
    *,
    name: str = "",
    given_by: str = "as given",
    language: str | None = None,
) -> Guess:
    """Guess the marks, the outline and the front matter of a document.

    Numbered lines are headings only if their numbers are consecutive. Of several runs,
    such as a table of contents, the body and the list of an annex, the one with the most
    text is used. Marks open measures if a third of the paragraphs have them.

    Parameters
    ----------
    lines : sequence of str
        Blank ones may be among them.
    marks : PlanMarks, optional
        The marks that are known.
    name : str
        Name of the file, which may contain the years.
    given_by : str
        The evidence for `marks`.
    language : str, optional
        The code of its language, such as ``en``; guessed if not given.

    Returns
    -------
    Guess
        A document without headings has one chapter with its title.

    Examples
    --------
    >>> found = guess(["节水计划（2026年）", "一、要求", "要节水。", "二、任务", "少用水。"])
    >>> [chapter.title for chapter in found.chapters], found.period.start
    (['要求', '任务'], 2026)
    >>> found.remarks[3]
    'chapters: marked {n}、 (2 lines: 一、 … 二、)'
    """
    return _Guesser(lines, marks or PlanMarks(), name, given_by, language).guess()


class _Guesser:
    """Guesses step by step; each step uses those before."""

    def __init__(
        self,
        lines: Sequence[str],
        given: PlanMarks,
        name: str,
        given_by: str,
        language: str | None,
    ) -> None:
        guessed = guess_language("\n".join(lines)) if language is None else None
        self.guessed_language = guessed
        self.code = guessed.code if guessed else language or ""
        self.language = find_language(self.code)
        self.form = self.language.document
        self.raw = lines
        self.given = given
        self.name = name
        self.given_by = given_by
        self.lines = [plain_line(line, self.language) for line in lines]
        finder = LevelFinder(self.lines, Lengths(self.lines, self.language), given, self.language)
        self.chapters = finder.chapters()
        self.end = self.find_end(self.chapters)
        self.sections = finder.sections(self.chapters, self.end) if self.chapters else None

    def guess(self) -> Guess:
        """Return the guess."""
        mended = self.mended()
        headings = {m.candidate.line for m in mended}
        headings |= {m.continues_in for m in mended if m.continues_in is not None}
        first = self.chapters.members[0].line if self.chapters else 0
        counted = count_marks(self.lines, first, self.end, headings, self.language)
        front = self.front(first)
        title = find_title(front, self.language) if self.chapters else self.first_words()
        period = find_period(title, self.name, front, self.language)
        introduction = self.introduction(first)
        contents = next((line for line in self.lines[:first] if line in self.form.contents), None)
        marks = PlanMarks(
            chapter=self.forms(self.given.chapter, self.chapters),
            section=self.forms(self.given.section, self.sections),
            measure=self.measure_forms(counted),
        )
        published = find_day(front, self.language)
        findings = GuessFindings(
            self.lines,
            self.given,
            self.given_by,
            self.chapters,
            self.sections,
            counted,
            marks,
            mended,
            self.form.neutral_introduction,
            self.guessed_language,
        )
        return Guess(
            language=self.code,
            title=title,
            period=period,
            published=published,
            introduction=self.form.neutral_introduction
            if introduction is None
            else self.lines[introduction],
            introduction_line=introduction,
            contents=(contents,) if contents else (),
            chapters=self.outline(mended, title),
            marks=marks,
            counted=counted,
            end=self.end,
            breaks=self.breaks(mended),
            broken=tuple(
                (m.candidate.line, m.continues_in) for m in mended if m.continues_in is not None
            ),
            findings=(
                *findings.front(title, period, published),
                *findings.opening(
                    None if introduction is None else self.lines[introduction], contents, first
                ),
                *findings.body(),
                *findings.ending(self.end),
                *findings.language(),
            ),
        )

    def find_end(self, chapters: HeadingLevel | None) -> int:
        """Find the line after the last heading at which the plan ends."""
        if chapters is None:
            return len(self.lines)
        last = chapters.members[-1].line
        longest = LONGEST_LAST_LINE * self.language.width
        for place in range(last + 1, len(self.lines)):
            line = self.lines[place]
            if len(line) <= longest and self.form.after_the_end.fullmatch(line):
                return place
        return len(self.lines)

    def mended(self) -> list[MendedHeading]:
        """Return the headings in order, with broken ones joined."""
        levels = [level for level in (self.chapters, self.sections) if level]
        places = {member.line for level in levels for member in level.members}
        found = []
        for level in levels:
            mender = HeadingJoiner(self.lines, level.candidates, places, self.language)
            found += [mender.mend(member) for member in level.members]
        return sorted(found, key=lambda heading: heading.candidate.line)

    def outline(self, mended: Sequence[MendedHeading], title: str) -> tuple[GuessedHeading, ...]:
        """Return the chapters with their sections."""
        if self.chapters is None:
            line = self.lines.index(title) if title in self.lines else None
            return (GuessedHeading(line, title or self.name or self.form.neutral_introduction, ""),)
        chapters = {member.line for member in self.chapters.members}
        outline: list[GuessedHeading] = []
        for heading in mended:
            found = heading.candidate
            guessed = GuessedHeading(found.line, heading.title, found.mark)
            if found.line in chapters:
                outline.append(guessed)
            else:
                chapter = outline[-1]
                outline[-1] = chapter._replace(sections=(*chapter.sections, guessed))
        return tuple(outline)

    def breaks(self, mended: Sequence[MendedHeading]) -> tuple[tuple[int, int], ...]:
        """Return the places where text follows a title in the same line."""
        lines = [m.candidate.line for m in mended if m.candidate.runs_on]
        return tuple((line, self.raw[line].index(self.language.full_stop) + 1) for line in lines)

    def front(self, first: int) -> list[str]:
        """Return the lines before the contents, the introduction and the first chapter."""
        if self.chapters is None:
            return [line for line in self.lines[:FRONT_LINES] if line]
        first = min(first, self.chapters.candidates[0].line)
        front = [line for line in self.lines[:first] if line]
        for place, line in enumerate(front):
            if line in self.form.contents or line in self.form.introductions:
                front = front[:place]
                break
        return front[-FRONT_LINES:]

    def first_words(self) -> str:
        """Return the first words of a document without headings as its title."""
        filled = (line for line in self.lines if line)
        return next(
            (line for line in islice(filled, FIRST_LINES) if could_be_title(line, self.language)),
            "",
        )

    def introduction(self, first: int) -> int | None:
        """Find the heading of the introduction, which is followed by text."""
        chapters = self.chapters.candidates if self.chapters else ()
        numbered = {candidate.line for candidate in chapters}
        for place in reversed(range(first)):
            if self.lines[place] in self.form.introductions:
                after = next((n for n in range(place + 1, first + 1) if self.lines[n]), first)
                return place if after == first or after not in numbered else None
        return None

    def forms(self, given: Forms | None, level: HeadingLevel | None) -> Forms:
        """Return the forms of a level, as given or as found."""
        if level is None:
            return ()
        return level.forms if given is None else given

    def measure_forms(self, counted: MeasureMarks) -> Forms:
        """Return the marks of measures, without those that also open headings."""
        if self.given.measure is not None:
            return self.given.measure
        if self.chapters is None or not counted.enough():
            return ()
        levels = [level for level in (self.chapters, self.sections) if level]
        taken = {form for level in levels for form in level.forms}
        return tuple(form for form in counted.forms() if form not in taken)
