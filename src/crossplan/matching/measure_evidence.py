"""What speaks for two measures being the same commitment."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crossplan.matching.relabel import relabel
from crossplan.matching.weighted import RUN, Weighted, blocks, character_runs
from crossplan.model import Measure
from crossplan.pairing.assignment import Candidates
from crossplan.thresholds import Threshold
from crossplan.words.dictionary import names_something
from crossplan.words.segment import segmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# So many of the most alike measures of the other plan are looked at more closely, from
# either side; a true pair outside them was not seen in any test.
SHORTLIST: Threshold[int] = 30
# As alike as two measures of different commitments often are.
BACKGROUND: Threshold[float] = 0.1


def subjects(text: str) -> "NDArray[np.object_]":
    """Give the words of a text that name something: what it is about."""
    import numpy as np

    words = (word for word in segmenter().words(text) if RUN.match(word))
    return np.array([word for word in words if names_something(word)], dtype=object)


def shortlist(likeness: "Floats", wanted: Iterable[tuple[int, int]]) -> tuple["Places", "Places"]:
    """Give the pairs that are among the most alike for one of the two.

    Returns
    -------
    tuple of (array of int, array of int)
        Positions in the old and in the new list, sorted, each pair once.
    """
    import numpy as np

    chosen = np.zeros(likeness.shape, dtype=bool)
    for own, listed in ((likeness, chosen), (likeness.T, chosen.T)):
        for rows in blocks(len(own)):
            # Of equals the first are taken, whatever the order in which they are sorted.
            best = np.argsort(-own[rows], axis=1, kind="stable")[:, :SHORTLIST]
            np.put_along_axis(listed[rows], best, values=True, axis=1)
    chosen &= likeness > 0
    for pair in wanted:
        chosen[pair] = True
    old, new = np.nonzero(chosen)
    return old, new


def text_parts(
    old: Sequence[Measure], new: Sequence[Measure], wanted: Iterable[tuple[int, int]] = ()
) -> Candidates:
    """Shortlist the pairs of measures and score what their texts have in common.

    Parameters
    ----------
    old, new : sequence of Measure
    wanted : iterable of (int, int)
        Pairs of positions to score besides.

    Returns
    -------
    Candidates
        With the parts of the score that texts give, and scores of zero.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    texts = [m.text for m in old], [m.text for m in new]
    characters = Weighted(*texts, character_runs)
    a, b = shortlist(characters.cosines, wanted)
    olds, news = relabel(*texts)
    overlap = characters.overlap(a, b)
    parts = {
        "characters": overlap.cosine,
        "contained": overlap.contained,
        "rarity": overlap.rarity,
        "wording": process.cpdist(
            [olds[i] for i in a], [news[j] for j in b], scorer=fuzz.ratio, dtype=np.float64
        )
        / 100,
    }
    about = Weighted(*texts, subjects).cosines[a, b]
    parts["standing"] = standing(a, b, (parts["characters"] + about) * parts["rarity"])
    return Candidates((len(old), len(new)), a, b, np.zeros(len(a)), parts)


def standing(old: "Places", new: "Places", likeness: "Floats") -> "Floats":
    """Tell how far each pair stands out from the other pairs of its two measures.

    What a whole field of policy shares, its stock phrases first of all, makes many pairs
    alike; a commitment that went on is like one measure and no other.

    Returns
    -------
    array of shape (pairs,)
        The likeness over the sum of it and of the best other pair's; 0.5 for two pairs
        that are equally alike.
    """
    import numpy as np

    best_other = np.full(len(likeness), BACKGROUND)
    for own in (old, new):
        order = np.lexsort((-likeness, own))
        first = np.ones(len(own), dtype=bool)
        first[1:] = own[order][1:] != own[order][:-1]
        starts = np.flatnonzero(first)
        group = np.cumsum(first) - 1
        ranked = likeness[order]
        ends = np.append(starts[1:], len(own))
        second = np.where(ends - starts > 1, ranked[np.minimum(starts + 1, len(own) - 1)], 0.0)
        other = np.where(first, second[group], ranked[starts][group]) if len(own) else ranked
        best_other[order] = np.maximum(best_other[order], other)
    result: Floats = likeness / (likeness + best_other)
    return result
