"""Finding the sentences of one measure again in another."""

from collections.abc import Sequence
from itertools import chain

from crossplan.matching.titles import first_places
from crossplan.model import Measure

# Two sentences with this much of their characters in common, in order, are the same
# sentence with a word or a figure changed.
SAME_SENTENCE = 80.0


def found_again(measure: Measure, others: Sequence[Measure]) -> list[float]:
    """Tell which share of a measure is found, sentence by sentence, in each of others.

    Returns
    -------
    list of float
        The share of the measure's characters that stand in sentences which the other
        has too, by rapidfuzz's ratio; 0 to 1.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    own = [sentence.text for sentence in measure.sentences]
    lengths = np.array([len(sentence) for sentence in own])
    # Something stands in every group, if only nothing.
    theirs = [[*(sentence.text for sentence in other.sentences), ""] for other in others]
    likeness = process.cdist(own, [*chain(*theirs)], scorer=fuzz.ratio, dtype=np.float64)
    best = np.maximum.reduceat(likeness, first_places([*map(len, theirs)]), axis=1)
    shares: list[float] = (lengths @ (best >= SAME_SENTENCE) / max(lengths.sum(), 1)).tolist()
    return shares
