"""Comparing titles by what tells them apart."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from crossplan.matching.weighted import Weighted, character_runs
from crossplan.words.segment import JiebaSegmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

JOINING = frozenset({"和", "与", "及", "以及", "、", "，"})


def core(title: str, generic_endings: Sequence[str]) -> str:
    """Take the generic ending off a title, unless nothing would be left.

    Examples
    --------
    >>> core("工作权利", ["权利", "权"]), core("工作权", ["权利", "权"])
    ('工作', '工作')
    """
    fitting = [ending for ending in generic_endings if title.endswith(ending) and title != ending]
    return title.removesuffix(max(fitting, key=len, default=""))


@lru_cache(maxsize=4096)
def components(title: str) -> tuple[str, ...]:
    """Take apart what a title joins.

    Examples
    --------
    >>> components("知情权和参与权"), components("促进社会和谐")
    (('知情权', '参与权'), ('促进社会和谐',))
    """
    parts = [""]
    for word in JiebaSegmenter().words(title):
        if word in JOINING:
            parts.append("")
        else:
            parts[-1] += word
    return tuple(part for part in parts if part) or (title,)


def title_likeness(
    old: Sequence[str], new: Sequence[str], generic_endings: Sequence[str]
) -> "NDArray[np.float64]":
    """Score how alike titles are, 0 to 1, without what nearly every title carries.

    The higher of two values: the mean of rapidfuzz's ratio and of the cosine of
    characters and their pairs, weighted by how few titles have them; and the harmonic
    mean of how far the components of each title stand in the other.

    Returns
    -------
    array of shape (len(old), len(new))
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    olds = [core(title, generic_endings) for title in old]
    news = [core(title, generic_endings) for title in new]
    ratio = process.cdist(olds, news, scorer=fuzz.ratio, dtype=np.float64) / 100
    cosine = Weighted(olds, news, character_runs).cosines()
    there = coverage(old, new, generic_endings)
    back = coverage(new, old, generic_endings).T
    both = np.divide(2 * there * back, there + back, out=np.zeros_like(there), where=there > 0)
    likeness: NDArray[np.float64] = np.maximum((ratio + cosine) / 2, both)
    return likeness


def coverage(
    old: Sequence[str], new: Sequence[str], generic_endings: Sequence[str]
) -> "NDArray[np.float64]":
    """Score how far the components of each old title stand in each new one, 0 to 1.

    Returns
    -------
    array of shape (len(old), len(new))
        The mean over the components of the best ratio to a component of the new title.
    """
    import numpy as np
    from rapidfuzz import fuzz

    def parts(title: str) -> list[str]:
        return [core(part, generic_endings) for part in components(title)]

    news = [parts(title) for title in new]
    return np.array(
        [
            [np.mean([max(fuzz.ratio(a, b) for b in others) for a in own]) / 100 for others in news]
            for own in map(parts, old)
        ]
    ).reshape(len(old), len(new))
