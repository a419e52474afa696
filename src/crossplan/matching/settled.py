"""What a reviewer has left open for the matching of measures to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossplan.model import Measure
from crossplan.pairing.assignment import Candidates
from crossplan.pairing.decisions import Decisions


@dataclass(frozen=True, slots=True)
class Settled:
    """What a reviewer decided, by positions in the two lists of measures."""

    pairs: tuple[tuple[int, int], ...]
    refused: frozenset[tuple[int, int]]
    alone_old: frozenset[int]
    alone_new: frozenset[int]

    @classmethod
    def of(cls, decisions: Decisions, old: Sequence[Measure], new: Sequence[Measure]) -> "Settled":
        """Find the measures that decisions speak of."""
        olds = {measure.id: place for place, measure in enumerate(old)}
        news = {measure.id: place for place, measure in enumerate(new)}
        pairs = {
            (olds[a], news[b]): ruling.linked
            for (a, b), ruling in decisions.rulings.items()
            if a is not None and b is not None
        }
        absent = [key for key, ruling in decisions.rulings.items() if ruling.linked]
        return cls(
            tuple(sorted(pair for pair, together in pairs.items() if together)),
            frozenset(pair for pair, together in pairs.items() if not together),
            frozenset(olds[a] for a, b in absent if a is not None and b is None),
            frozenset(news[b] for a, b in absent if a is None and b is not None),
        )

    def open(self, candidates: Candidates) -> Candidates:
        """Leave out the candidates about which nothing is left to decide."""
        import numpy as np

        old = self.alone_old | {a for a, _ in self.pairs}
        new = self.alone_new | {b for _, b in self.pairs}
        keep = np.array(
            [
                a not in old and b not in new and (a, b) not in self.refused
                for a, b in zip(candidates.old.tolist(), candidates.new.tolist(), strict=True)
            ],
            dtype=bool,
        )
        return Candidates(
            candidates.size,
            candidates.old[keep],
            candidates.new[keep],
            candidates.score[keep],
            {},
        )
