"""What speaks for measures of any two plans of a corpus being the same commitment."""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.join import searchable
from crossplan.matching.measure_evidence import subjects
from crossplan.matching.pool import Pool, plan_of_each
from crossplan.matching.relabel import CODE, code_points, free_numbers
from crossplan.matching.rows import Rows, rows_of
from crossplan.matching.weighted import character_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of measures by their numbers, that of the older plan first."""

    old: "Places"
    new: "Places"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The texts of a corpus as arrays, which many processes can share.

    Attributes
    ----------
    text, starts : arrays of int
        Those of the pool.
    characters, subjects : Rows
    search : sparse array of shape (texts, features)
        The characters and pairs that few measures have.
    letters : array of int
        The characters of all texts one after the other, renamed as by :func:`relabel`.
    bounds : array of int, shape (texts + 1,)
        Where the letters of each text begin, and behind the last.
    """

    text: "Places"
    starts: "Places"
    characters: Rows
    subjects: Rows
    search: "csr_array"
    letters: "NDArray[np.uint32]"
    bounds: "Places"

    @classmethod
    def of(cls, pool: Pool, n_jobs: int | None) -> "Evidence":
        """Gather the evidence."""
        import numpy as np

        characters = rows_of(pool, character_runs, n_jobs)
        return cls(
            pool.text,
            pool.starts,
            characters,
            rows_of(pool, subjects, n_jobs),
            searchable(characters, len(pool.text)),
            renamed("".join(pool.texts)),
            np.cumsum([0, *map(len, pool.texts)]),
        )

    @property
    def plan(self) -> "Places":
        """The number of the plan that each measure stands in."""
        return plan_of_each(self.starts)

    def parts(self, pairs: Pairs) -> dict[str, "Floats"]:
        """Score what the texts of pairs have in common.

        Returns
        -------
        dict of str to array
            The parts of the score that two texts give, and under ``likeness`` what tells
            how far a pair stands out.
        """
        import numpy as np
        from rapidfuzz import fuzz, process

        # Many pairs of measures may have the same two texts.
        texts = len(self.bounds)
        numbers = self.text[pairs.old] * texts + self.text[pairs.new]
        distinct, place = np.unique(numbers, return_inverse=True)
        one, other = np.divmod(distinct, texts)
        overlap = self.characters.overlap(one, other)
        about = self.subjects.overlap(one, other).cosine
        spelled = {text: self.spelled(text) for text in np.union1d(one, other).tolist()}
        sides = [[spelled[text] for text in side.tolist()] for side in (one, other)]
        parts = {
            "characters": overlap.cosine,
            "contained": overlap.contained,
            "rarity": overlap.rarity,
            "wording": process.cpdist(*sides, scorer=fuzz.ratio, dtype=np.float64) / 100,
            "likeness": (overlap.cosine + about) * overlap.rarity,
        }
        return {name: part[place] for name, part in parts.items()}

    def spelled(self, text: int) -> str:
        """Give a text in the renamed letters."""
        letters = self.letters[self.bounds[text] : self.bounds[text + 1]]
        return letters.tobytes().decode(CODE)


def renamed(texts: str) -> "NDArray[np.uint32]":
    """Give the characters numbers that rapidfuzz is fast with, the commonest the lowest."""
    import numpy as np

    points = code_points(texts)
    counts = np.bincount(points)
    used = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    table = np.zeros(len(counts), dtype="<u4")
    table[used] = [*islice(free_numbers(), len(used))]
    letters: NDArray[np.uint32] = table[points]
    return letters
