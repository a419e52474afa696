"""How much is measured: all of it, or a smoke run."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.rivals import Rivals

# What readers hold for true is kept with the tests.
GOLD = Path(__file__).parent.parent / "tests" / "gold"


@dataclass(frozen=True, slots=True)
class Setting:
    """What every question is asked with.

    Attributes
    ----------
    rivals : Rivals
    sizes : tuple of int
        Documents of the corpora that are read, counted and matched.
    repeats : int
        Times that something quick is done; the least counts.
    large : int
        Measures of the large plans that are compared.
    measures : int
        Of each of these documents.
    jobs : int
        Processes that work on them.
    lines : (int, int)
        Of the documents whose outline is guessed.
    """

    rivals: Rivals
    sizes: tuple[int, ...]
    repeats: int = 7
    large: int = 2000
    measures: int = 200
    jobs: int = 2
    lines: tuple[int, int] = (10_000, 100_000)


def quick() -> Setting:
    """Give a setting that shows in seconds that all still runs; its times mean nothing."""
    return Setting(
        Rivals(left_out=True), (5, 10), repeats=1, large=20, measures=16, jobs=1, lines=(50, 500)
    )
