"""Finding the sentences of one measure again in another."""

from collections.abc import Sequence

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
    lengths = np.array([len(sentence) for sentence in own], dtype=np.float64)
    shares = []
    for other in others:
        theirs = [sentence.text for sentence in other.sentences]
        likeness = process.cdist(own, theirs, scorer=fuzz.ratio, dtype=np.float64)
        found = likeness.max(axis=1, initial=0.0) >= SAME_SENTENCE
        shares.append(float(lengths[found].sum() / max(lengths.sum(), 1.0)))
    return shares
