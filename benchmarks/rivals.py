"""What crossplan is measured against: other tools, and the standard library.

The tools run in an environment of their own, for scattertext wants a SciPy and PolyFuzz a
matplotlib of years ago, and Conc one version of polars; see `rival_process.py`.
"""

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher  # noqa: TID251 -- what we are measured against
from pathlib import Path
from typing import Any

from benchmarks.rows import Figure, Row
from benchmarks.rows import seconds as in_seconds

STANDARD = "difflib.SequenceMatcher"
# How PolyFuzz matches as it comes, where it leaves out all that is not ASCII; with single
# characters and pairs of them, Chinese kept; and by the ratio of rapidfuzz.
POLYFUZZ = ("TF-IDF", "TF-IDF, Chinese kept", "RapidFuzz")

Texts = Sequence[str]
Link = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking a rival.

    Attributes
    ----------
    way : str
        Its name; where it gave no answer, also why not.
    seconds : float or None
        The least of several times.
    first : float or None
        The first time, with what had to be loaded for it.
    links : list of (int, int, float)
        Of a matcher: places in the old and in the new list, and the score.
    """

    way: str
    seconds: float | None = None
    first: float | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def time(self) -> Figure | None:
        """The least of several times."""
        return None if self.seconds is None else in_seconds(self.seconds)

    @property
    def first_time(self) -> Figure | None:
        """The time of the first run."""
        return None if self.first is None else in_seconds(self.first)


def beside(answers: Sequence[Answer], row: Row) -> Iterator[Row]:
    """Set each answer beside a time of ours; the limits are asked of the first only."""
    for answer in answers:
        yield replace(row, way=answer.way, theirs=answer.time)
        row = replace(row, at_most=None, at_least=None)


class Rivals:
    """Those that do a part of the same work.

    Parameters
    ----------
    python : Path, optional
        Of the environment in which the tools are installed.
    left_out : bool
        Whether nobody is asked.
    """

    def __init__(self, python: Path | None = None, *, left_out: bool = False) -> None:
        self.python = python
        self.left_out = left_out

    def matched(self, couples: Sequence[tuple[Texts, Texts]], repeats: int) -> list[list[Answer]]:
        """Let every matcher find for each old text the best new one, for each couple of lists."""
        questions = {
            f"PolyFuzz {model}": [
                {"task": "polyfuzz", "repeats": repeats, "model": model, "old": old, "new": new}
                for old, new in couples
            ]
            for model in POLYFUZZ
        }
        return [
            [self.sequence_matcher(old, new) for old, new in couples],
            *(self.ask(way, asked) for way, asked in questions.items()),
        ]

    def ask(self, way: str, questions: Sequence[dict[str, Any]]) -> list[Answer]:
        """Put questions to a tool, one after the other in one process."""
        if self.left_out or self.python is None:
            reason = "left out" if self.left_out else "not installed"
            return [Answer(f"{way}: {reason}") for _ in questions]
        done = subprocess.run(
            [self.python, "-W", "ignore", Path(__file__).with_name("rival_process.py")],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            check=True,
        )
        return [
            Answer(f"{way}: {given['failure']}") if "failure" in given else Answer(way, **given)
            for given in json.loads(done.stdout)
        ]

    def sequence_matcher(self, old: Texts, new: Texts) -> Answer:
        """Find for each old text the best new one by the standard library's matcher, once."""
        if self.left_out:
            return Answer(f"{STANDARD}: left out")
        start = time.perf_counter()
        matcher = SequenceMatcher(autojunk=False)
        best = [(-1, -1.0)] * len(old)
        for b, text in enumerate(new):
            # It keeps what it knows of the second text, so that this one is learnt once.
            matcher.set_seq2(text)
            for a, other in enumerate(old):
                matcher.set_seq1(other)
                if (score := matcher.ratio()) > best[a][1]:
                    best[a] = b, score
        spent = time.perf_counter() - start
        return Answer(STANDARD, spent, spent, [(a, *found) for a, found in enumerate(best)])
