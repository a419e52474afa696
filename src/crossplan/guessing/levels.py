"""Finding the levels of a document: which numbered lines are chapters and sections."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from crossplan.guessing.numbering import (
    Family,
    Forms,
    NumberedLine,
    PlanMarks,
    families_of,
    is_heading,
)
from crossplan.languages.language import PlanLanguage
from crossplan.thresholds import Threshold

# Chapters contain the greater part of a text; with less it is a list.
FEWEST_TEXT: Threshold[float] = 0.3
FEWEST_IN_RUN: Threshold[int] = 2
MOST_HEADINGS: Threshold[int] = 1000
_FROM_ONE = frozenset({1})

# One chapter may be missing in a copy; if two in a row are, it is another list.
WIDEST_STEP: Threshold[int] = 2


@dataclass(slots=True)
class _Run:
    """Candidates of one level with consecutive numbers."""

    members: list[NumberedLine] = field(default_factory=list)

    @property
    def missing(self) -> tuple[int, ...]:
        """The missing numbers."""
        numbers = {member.number for member in self.members}
        return tuple(n for n in range(min(numbers), max(numbers)) if n not in numbers)


class HeadingLevel(NamedTuple):
    """The headings of a level, in runs, and all lines with its marks."""

    family: Family
    runs: tuple[_Run, ...]
    candidates: tuple[NumberedLine, ...]

    @property
    def members(self) -> tuple[NumberedLine, ...]:
        """The headings of all runs."""
        return tuple(member for run in self.runs for member in run.members)

    @property
    def forms(self) -> Forms:
        """The forms that were found, in the order of their family."""
        seen = {candidate.form for candidate in self.candidates}
        return tuple(form for form in self.family.forms if form in seen)


class Lengths:
    """The length of the text between two lines, without headings."""

    def __init__(self, lines: Sequence[str], language: PlanLanguage) -> None:
        text = (0 if is_heading(line, language) else len(line) for line in lines)
        self.sums = [0, *accumulate(text)]

    def between(self, first: int, after: int) -> int:
        """Count the characters of text from line `first` up to line `after`."""
        return self.sums[after] - self.sums[first]


@dataclass(frozen=True, slots=True)
class LevelFinder:
    """Finds the levels of a document."""

    lines: Sequence[str]
    lengths: Lengths
    given: PlanMarks
    language: PlanLanguage

    def chapters(self) -> HeadingLevel | None:
        """Find the chapters: the highest family above most of the text."""
        found: list[tuple[int, HeadingLevel]] = []
        total = self.lengths.between(0, len(self.lines))
        for family in _families(self.given.chapter, families_of(self.language), self.language):
            candidates = tuple(family.candidates(self.lines))
            run = _whole_run(candidates) if candidates and not _numbered(family) else None
            runs = [run] if run else _find_runs(candidates, _FROM_ONE)
            best = _longest(runs, self.lengths, len(self.lines))
            if best is None or not self.holds(family, best[0], self.given.chapter):
                continue
            level = HeadingLevel(family, (best[0],), candidates)
            if best[1] >= FEWEST_TEXT * total:
                return level
            found.append((best[1], level))
        return max(found, key=lambda pair: pair[0], default=(0, None))[1]

    def sections(self, chapters: HeadingLevel, end: int) -> HeadingLevel | None:
        """Find the sections, whose numbers restart in each chapter.

        Only marks that are certain headings, such as Chapter 1, may be numbered across
        chapters.
        """
        bounds = [*(member.line for member in chapters.members), end]
        for family in _families(self.given.section, _below(chapters.family), self.language):
            candidates = tuple(family.candidates(self.lines))
            runs = self.section_runs(family, candidates, bounds)
            members = sum(len(run.members) for run in runs)
            few = family.strict and 2 * len(runs) < len(chapters.members)
            if runs and members <= MOST_HEADINGS and not (few and self.given.section is None):
                return HeadingLevel(family, tuple(runs), candidates)
        return None

    def section_runs(
        self, family: Family, candidates: Sequence[NumberedLine], bounds: Sequence[int]
    ) -> list[_Run]:
        """Find the run of sections of each chapter that has one."""
        places = [candidate.line for candidate in candidates]
        runs: list[_Run] = []
        for chapter, after in pairwise(bounds):
            within = candidates[bisect_left(places, chapter + 1) : bisect_left(places, after)]
            last = runs[-1].members[-1].number if runs and family.sure else 0
            found = _find_runs(within, _FROM_ONE | {last + 1})
            if within and not _numbered(family):
                found = [_whole_run(within)]
            best = _longest(found, self.lengths, after)
            if best and self.holds(family, best[0], self.given.section):
                runs.append(best[0])
        return runs

    def holds(self, family: Family, run: _Run, given: Forms | None) -> bool:
        """Return whether the length of a run is plausible for headings."""
        sure = family.sure or given is not None
        return (1 if sure else FEWEST_IN_RUN) <= len(run.members) <= MOST_HEADINGS


def _families(
    given: Forms | None, guessed: Sequence[Family], language: PlanLanguage
) -> Sequence[Family]:
    """Return the families to look for: the usual ones, or those given by the user.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> usual = families_of(CHINESE)
    >>> [family.forms for family in _families(("{n}、",), usual, CHINESE)]
    [('{n}、',), ('{n}、',)]
    >>> [family.forms for family in _families(("{n})",), usual, CHINESE)]
    [('{n})',)]
    """
    if given is None:
        return guessed
    usual = [_narrowed(family, given) for family in guessed if set(family.forms) & set(given)]
    if {form for family in usual for form in family.forms} == set(given):
        return usual
    return [Family(given, language)]


def _narrowed(family: Family, given: Forms) -> Family:
    """Return a family with only the given forms, which need not be guessed strictly."""
    forms = tuple(form for form in family.forms if form in given)
    return replace(family, forms=forms, strict=False)


def _below(family: Family) -> Sequence[Family]:
    """Return the families of lower levels than a family."""
    families = families_of(family.language)
    for rank, usual in enumerate(families):
        if usual.numerals == family.numerals and set(family.forms) <= set(usual.forms):
            return families[rank + 1 :]
    return families


def _numbered(family: Family) -> bool:
    """Return whether the marks of a family contain numerals."""
    return all("{n}" in form for form in family.forms)


def _whole_run(candidates: Sequence[NumberedLine]) -> _Run:
    """Return all candidates as one run, for marks without a numeral."""
    return _Run(list(candidates))


def _find_runs(candidates: Iterable[NumberedLine], starts: frozenset[int]) -> list[_Run]:
    """Group candidates into runs; the run begun last is continued first.

    Parameters
    ----------
    candidates : iterable of NumberedLine
        In the order of the text.
    starts : frozenset of int
        Numbers with which a run may begin.

    Examples
    --------
    >>> lines = [NumberedLine(at, n, "", "", "") for at, n in enumerate([1, 2, 3, 1, 2, 3, 4])]
    >>> [[member.line for member in run.members] for run in _find_runs(lines, frozenset({1}))]
    [[0, 1, 2], [3, 4, 5, 6]]
    """
    runs: list[_Run] = []
    latest: dict[int, list[_Run]] = {}
    for candidate in candidates:
        run = _next_run(candidate.number, latest, starts)
        if run is None:
            continue
        if not run.members:
            runs.append(run)
        run.members.append(candidate)
        latest.setdefault(candidate.number, []).append(run)
    return runs


def _next_run(number: int, latest: dict[int, list[_Run]], starts: frozenset[int]) -> _Run | None:
    """Return the run that a number continues or begins, or None."""
    if latest.get(number - 1):
        return latest[number - 1].pop()
    if number in starts:
        return _Run()
    if latest.get(number - WIDEST_STEP):
        return latest[number - WIDEST_STEP].pop()
    return None


def _longest(runs: Sequence[_Run], lengths: Lengths, end: int) -> tuple[_Run, int] | None:
    """Return the run with the most text below it, and the length of that text.

    A table of contents repeats the headings without text, and the list of an annex has
    less text than the body.
    """
    spans = []
    firsts = sorted(run.members[0].line for run in runs)
    for place, run in enumerate(runs):
        later = bisect_right(firsts, run.members[-1].line)
        after = firsts[later] if later < len(firsts) else end
        spans.append((lengths.between(run.members[0].line, after), -place))
    if not spans:
        return None
    length, place = max(spans)
    return runs[-place], length
