"""Which measures of any two plans are linked, given the pairs that come into question."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.all_pairs_evidence import Evidence, Pairs
from crossplan.matching.measure_evidence import standing
from crossplan.matching.measure_links import MINIMUM_SCORE, scored
from crossplan.matching.neighbours import REACH, neighbours
from crossplan.pairing.assignment import Candidates, Pair, assign

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# Of equals, those that stand at the same height of their plans win: by more than the
# assignment itself prefers some, which does not know the plans, and far less than any
# evidence weighs.
TIE = 1e-3


class Links(NamedTuple):
    """Pairs of measures that are one commitment, by their numbers, with their scores."""

    old: "Places"
    new: "Places"
    score: "Floats"


def linked(evidence: Evidence, pairs: Pairs, parts: "Mapping[str, Floats]") -> Links:
    """Score pairs of measures, and link them one to one within every two plans.

    That the pairs of many plans may be worked on at once, the measures of each two plans
    have places of their own in two long lists, with gaps that no neighbour reaches over.

    Parameters
    ----------
    evidence : Evidence
    pairs : Pairs
        Each once.
    parts : mapping of str to array
        What :meth:`Evidence.parts` gives for them.
    """
    import numpy as np

    plan, sizes = evidence.plan, np.diff(evidence.starts)
    couples, couple = np.unique(plan[pairs.old] * len(sizes) + plan[pairs.new], return_inverse=True)
    room = int(sizes.max(initial=0)) + REACH
    place = np.arange(len(plan)) - evidence.starts[plan]
    height = place / np.maximum(sizes[plan] - 1, 1)
    beside = 1 - (height[pairs.old] - height[pairs.new]) ** 2
    old, new = couple * room + place[pairs.old], couple * room + place[pairs.new]
    weighed = {name: part for name, part in parts.items() if name != "likeness"}
    weighed["standing"] = standing(old, new, parts["likeness"])
    size = len(couples) * room
    asked = scored(Candidates((size, size), old, new, np.zeros(len(old)), weighed))
    first = chosen(asked, beside)
    went = [Pair(a, b, 0.0) for a, b in zip(old[first].tolist(), new[first].tolist(), strict=True)]
    asked = scored(replace(asked, parts=weighed | {"neighbours": neighbours(asked, went)}))
    made = chosen(asked, beside)
    made = made[np.lexsort((old[made], couple[made]))]
    return Links(pairs.old[made], pairs.new[made], asked.score[made])


def chosen(candidates: Candidates, beside: "Floats") -> "Places":
    """Tell which candidates are paired, by number; of equals, those that are most `beside`."""
    import numpy as np

    eligible = np.flatnonzero(candidates.score >= MINIMUM_SCORE)
    contested = np.zeros(len(eligible), dtype=bool)
    for own in (candidates.old[eligible], candidates.new[eligible]):
        _, number, times = np.unique(own, return_inverse=True, return_counts=True)
        contested |= times[number] > 1
    # Time grows with the square of what is to be assigned, and most pairs have no rival.
    left = eligible[contested]
    olds, old = np.unique(candidates.old[left], return_inverse=True)
    news, new = np.unique(candidates.new[left], return_inverse=True)
    score = candidates.score[left] + TIE * beside[left]
    made = assign(Candidates((len(olds), len(news)), old, new, score, {}), MINIMUM_SCORE)
    won = np.isin(old * len(news) + new, [pair.old * len(news) + pair.new for pair in made])
    return np.concatenate([eligible[~contested], left[won]])


def together(parts: Iterable[Links]) -> Links:
    """Put links one behind the other."""
    import numpy as np

    none = Links(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    return Links(*map(np.concatenate, zip(none, *parts, strict=True)))
