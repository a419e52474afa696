"""Numbers that run on: what tells the headings of a level from other numbered lines."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from crossplan.guessing.numbering import Candidate, is_heading

# A chapter may be lost in a copy; two in a row are another list.
WIDEST_STEP = 2


@dataclass(slots=True)
class Run:
    """Candidates of one level whose numbers run on."""

    members: list[Candidate] = field(default_factory=list)

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers that were passed over."""
        numbers = {member.number for member in self.members}
        return tuple(n for n in range(min(numbers), max(numbers)) if n not in numbers)


class Lengths:
    """How much text stands between two lines; headings are none."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.sums = [0, *accumulate(0 if is_heading(line) else len(line) for line in lines)]

    def between(self, first: int, after: int) -> int:
        """Count the characters of text from line `first` up to line `after`."""
        return self.sums[after] - self.sums[first]


def find_runs(candidates: Iterable[Candidate], starts: frozenset[int]) -> list[Run]:
    """Put candidates into runs; what was begun last is gone on with first.

    Parameters
    ----------
    candidates : iterable of Candidate
        In the order of the text.
    starts : frozenset of int
        Numbers with which a run may begin.

    Examples
    --------
    >>> lines = [Candidate(at, n, "", "", "") for at, n in enumerate([1, 2, 3, 1, 2, 3, 4])]
    >>> [[member.line for member in run.members] for run in find_runs(lines, frozenset({1}))]
    [[0, 1, 2], [3, 4, 5, 6]]
    """
    runs: list[Run] = []
    latest: dict[int, list[Run]] = {}
    for candidate in candidates:
        run = next_run(candidate.number, latest, starts)
        if run is None:
            continue
        if not run.members:
            runs.append(run)
        run.members.append(candidate)
        latest.setdefault(candidate.number, []).append(run)
    return runs


def next_run(number: int, latest: dict[int, list[Run]], starts: frozenset[int]) -> Run | None:
    """Tell which run a number goes on with, or begin one, or give none."""
    if latest.get(number - 1):
        return latest[number - 1].pop()
    if number in starts:
        return Run()
    if latest.get(number - WIDEST_STEP):
        return latest[number - WIDEST_STEP].pop()
    return None


def longest(runs: Sequence[Run], lengths: Lengths, end: int) -> tuple[Run, int] | None:
    """Choose the run under which most of the text stands, and say how much.

    A table of contents repeats the headings without the text, and an annex has a list of
    its own that is shorter than what it is annexed to.
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
