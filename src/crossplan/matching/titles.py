"""Similarity of titles, without the words that nearly all of them share."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from crossplan.languages.chinese.documents import JOINING
from crossplan.matching.features import Weighted, character_runs
from crossplan.model import Entry, Plan
from crossplan.thresholds import Threshold
from crossplan.words.segment import expect, segmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


LENGTHS: Threshold[tuple[int, int, int]] = (2, 3, 4)
# The constants of BM25 (Robertson and Zaragoza 2009, Foundations and Trends in
# Information Retrieval 3(4), 333-389): the saturation of repeated words, and its dependence on
# the length of the text. One or two mentions of a title are enough.
SATURATION: Threshold[float] = 0.8
LENGTH_SHARE: Threshold[float] = 0.6
# The weight of a component whose words are in every text: almost zero.
COMMON: Threshold[float] = 1.0


def core(title: str, generic_endings: Sequence[str]) -> str:
    """Return a title without its generic ending, unless nothing would be left.

    Examples
    --------
    >>> core("工作权利", ["权利", "权"]), core("工作权", ["权利", "权"])
    ('工作', '工作')
    """
    fitting = [ending for ending in generic_endings if title.endswith(ending) and title != ending]
    return title.removesuffix(max(fitting, key=len, default=""))


@lru_cache(maxsize=4096)
def components(title: str) -> tuple[str, ...]:
    """Split a title into the components that it joins.

    Examples
    --------
    >>> components("知情权和参与权"), components("促进社会和谐")
    (('知情权', '参与权'), ('促进社会和谐',))
    """
    parts = [""]
    for word in segmenter().words(title):
        if word in JOINING:
            parts.append("")
        else:
            parts[-1] += word
    return tuple(part for part in parts if part) or (title,)


def expect_words_of(entries: Iterable[Entry]) -> None:
    """Prepare the segmentation of the plans that are already read.

    It affects only the time of later computations.
    """
    expect(_texts_cut(tuple(entry for entry in entries if isinstance(entry, Plan))))


def _texts_cut(plans: Sequence[Plan]) -> Iterator[str]:
    """Yield the titles of plans, and their texts if two can be compared."""
    for plan in plans:
        yield from (heading.title for heading in plan.headings)
    full = [plan for plan in plans if plan.coverage == "full"]
    if len(full) > 1:
        yield from (plan.text for plan in full)


def title_likeness(
    old: Sequence[str], new: Sequence[str], generic_endings: Sequence[str]
) -> "NDArray[np.float64]":
    """Score the similarity of titles, 0 to 1, without the words that nearly all share.

    The higher of two values: the mean of rapidfuzz's ratio and of the cosine of
    characters and their pairs, weighted by how few titles have them; and the harmonic
    mean of the coverage of the components of each title by the other.

    Returns
    -------
    array of shape (len(old), len(new))
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    olds = [core(title, generic_endings) for title in old]
    news = [core(title, generic_endings) for title in new]
    ratio = process.cdist(olds, news, scorer=fuzz.ratio, dtype=np.float64) / 100
    cosine = Weighted(olds, news, character_runs).cosines
    there = coverage(old, new, generic_endings)
    back = coverage(new, old, generic_endings).T
    both = np.divide(2 * there * back, there + back, out=np.zeros_like(there), where=there > 0)
    likeness: NDArray[np.float64] = np.maximum((ratio + cosine) / 2, both)
    return likeness


def coverage(
    old: Sequence[str], new: Sequence[str], generic_endings: Sequence[str]
) -> "NDArray[np.float64]":
    """Score how much of each old title the components of each new one cover, 0 to 1.

    Returns
    -------
    array of shape (len(old), len(new))
        The mean over the components of the best ratio to a component of the new title.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    def parts(titles: Sequence[str]) -> tuple[list[str], list[int]]:
        by_title = [components(title) for title in titles]
        counts = [len(found) for found in by_title]
        return [core(part, generic_endings) for part in chain(*by_title)], counts

    if not (old and new):
        return np.zeros((len(old), len(new)))
    (olds, old_counts), (news, new_counts) = parts(old), parts(new)
    ratio = process.cdist(olds, news, scorer=fuzz.ratio, dtype=np.float64) / 100
    best = np.maximum.reduceat(ratio, first_places(new_counts), axis=1)
    total = np.add.reduceat(best, first_places(old_counts), axis=0)
    mean: NDArray[np.float64] = total / np.array(old_counts)[:, None]
    return mean


def first_places(counts: Sequence[int]) -> list[int]:
    """Return the place of the first item of each of several consecutive groups."""
    return [0, *accumulate(counts)][:-1]


def lookup(titles: Sequence[str], texts: Sequence[str]) -> "NDArray[np.float64]":
    """Score how much each text mentions what each title names, 0 to 1.

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
            for run in _runs(component):
                counts = np.array([text.count(run) for text in texts])
                having = int(np.count_nonzero(counts))
                if having or len(run) == LENGTHS[0]:
                    weight = max(math.log((len(texts) + 1) / (max(having, 1) + 0.5)), 0.0)
                    total += weight
                    scores[row] += weight * counts / (counts + saturation)
        scores[row] /= total
    return scores


def _runs(component: str) -> list[str]:
    """Return the runs of characters of a component, each once."""
    found = (
        component[start : start + length]
        for length in LENGTHS
        for start in range(len(component) - length + 1)
    )
    return list(dict.fromkeys(found)) or [component]
