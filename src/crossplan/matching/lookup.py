"""Looking the words of titles up in texts."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossplan.matching.titles import components

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LENGTHS = (2, 3, 4)
# The constants of BM25 (Robertson and Zaragoza 2009, Foundations and Trends in
# Information Retrieval 3(4), 333-389): how soon a repeated word counts no more, and how
# much of that depends on the length of the text. A title needs to be met once or twice.
SATURATION = 0.8
LENGTH_SHARE = 0.6
# What a component weighs whose words stand in every text: next to nothing.
COMMON = 1.0


def lookup(titles: Sequence[str], texts: Sequence[str]) -> "NDArray[np.float64]":
    """Score how much each text speaks of what each title names, 0 to 1.

    The runs of two to four characters of each component of a title are counted in the
    texts; a run counts by how few texts have it (inverse document frequency), and soon
    no more when it is repeated (the saturation of BM25). One that no text has counts
    as if one of them had it.

    Returns
    -------
    array of shape (len(titles), len(texts))
    """
    import numpy as np

    lengths = np.array([*map(len, texts)], dtype=np.float64)
    relative = lengths / (lengths.sum() / max(len(texts), 1) or 1.0)
    saturation = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)
    scores = np.zeros((len(titles), len(texts)))
    for row, title in enumerate(titles):
        total = 0.0
        for component in components(title):
            total += COMMON
            for run in runs(component):
                counts = np.array([text.count(run) for text in texts])
                having = int(np.count_nonzero(counts))
                if having or len(run) == LENGTHS[0]:
                    weight = max(math.log((len(texts) + 1) / (max(having, 1) + 0.5)), 0.0)
                    total += weight
                    scores[row] += weight * counts / (counts + saturation)
        scores[row] /= total
    return scores


def runs(component: str) -> list[str]:
    """Give the runs of characters that stand for a component, each once."""
    found = (
        component[start : start + length]
        for length in LENGTHS
        for start in range(len(component) - length + 1)
    )
    return list(dict.fromkeys(found)) or [component]
