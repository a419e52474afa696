"""What speaks for two measures being the same commitment."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from crossplan.matching.assignment import Candidates
from crossplan.matching.relabel import relabel
from crossplan.model import Measure
from crossplan.words.segment import JiebaSegmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# So many of the most alike measures of the other plan are looked at more closely, from
# either side; a true pair outside them was not seen in any test.
SHORTLIST = 30
# Rows of the first, coarse comparison that are held in memory at a time.
BLOCK = 256

RUN = re.compile(r"\w+")
ANCHOR = re.compile(
    r"《[^《》]+》|“[^“”]+”|[\u4e00-\u9fff]{2,12}?(?:法典|法|条例|公约|规划纲要)(?=[、，。；]|$)|[0-9]+(?:\.[0-9]+)?"
)


def character_runs(text: str) -> list[str]:
    """Give the characters of a text and their pairs, none across punctuation."""
    runs = RUN.findall(text)
    pairs = [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
    return [*"".join(runs), *pairs]


@lru_cache(maxsize=32768)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text without punctuation."""
    return tuple(word for word in JiebaSegmenter().words(text) if RUN.match(word))


def anchors(text: str) -> list[str]:
    """Give the laws, names in quotation marks and figures of a text."""
    return ANCHOR.findall(text)


class Weighted:
    """Two lists of texts as rows of features that count by how few texts have them."""

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        analyzer: Callable[[str], Iterable[str]],
    ) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vectorizer = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, norm=None)
        self.vectorizer.fit([*old, *new, "一"])
        self.old = self.vectorizer.transform(old)
        self.new = self.vectorizer.transform(new)

    def cosine(self, old: "Places", new: "Places") -> "Floats":
        """Give the cosines of pairs of rows."""
        a, b = unit(self.old), unit(self.new)
        return paired(a, b, old, new)

    def overlap(self, old: "Places", new: "Places") -> "Floats":
        """Give the weight of the shared features over that of all, for pairs of rows."""
        import numpy as np

        a, b = self.weights(self.old), self.weights(self.new)
        shared = paired(a.sqrt(), b.sqrt(), old, new)
        sums = np.asarray(a.sum(axis=1)).ravel()[old] + np.asarray(b.sum(axis=1)).ravel()[new]
        return shared / np.maximum(sums - shared, 1e-12)

    def weights(self, matrix: "csr_array") -> "csr_array":
        """Give each feature that a text has its weight, however often it stands there."""
        present = matrix.copy()
        present.data = self.vectorizer.idf_[present.indices]
        return present


def unit(matrix: "csr_array") -> "csr_array":
    """Scale rows to the length of one."""
    from sklearn.preprocessing import normalize

    return normalize(matrix)


def paired(a: "csr_array", b: "csr_array", old: "Places", new: "Places") -> "Floats":
    """Give the products of pairs of rows."""
    import numpy as np

    return np.asarray(a[old].multiply(b[new]).sum(axis=1), dtype=np.float64).ravel()


def shortlist(
    a: "csr_array", b: "csr_array", wanted: Iterable[tuple[int, int]]
) -> tuple["Places", "Places"]:
    """Give the pairs of rows that are among the most alike for one of the two.

    Returns
    -------
    tuple of (array of int, array of int)
        Positions in the old and in the new list, sorted, each pair once.
    """
    import numpy as np

    there = most_alike(a, b)
    back = most_alike(b, a)
    extra = [row * b.shape[0] + column for row, column in wanted]
    places = np.unique(
        np.concatenate(
            [
                there[0] * b.shape[0] + there[1],
                back[1] * b.shape[0] + back[0],
                np.array(extra, dtype=np.int64),
            ]
        )
    )
    return places // max(b.shape[0], 1), places % max(b.shape[0], 1)


def most_alike(a: "csr_array", b: "csr_array") -> tuple["Places", "Places"]:
    """Give, for each row, the rows of the other matrix that are most like it."""
    import numpy as np

    rows, columns = [], []
    transposed = b.T.tocsr()
    for start in range(0, a.shape[0], BLOCK):
        likeness = (a[start : start + BLOCK] @ transposed).toarray()
        # Of equals the first are taken, whatever the order in which they are sorted.
        best = np.argsort(-likeness, axis=1, kind="stable")[:, :SHORTLIST]
        row, column = np.nonzero(np.take_along_axis(likeness, best, axis=1))
        rows.append(row + start)
        columns.append(best[row, column])
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *rows]), np.concatenate([empty, *columns])


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
    a, b = shortlist(unit(characters.old), unit(characters.new), wanted)
    olds, news = relabel(*texts)
    parts = {
        "characters": characters.cosine(a, b),
        "shared": characters.overlap(a, b),
        "words": Weighted(*texts, words).cosine(a, b),
        "lead": Weighted([m.lead for m in old], [m.lead for m in new], character_runs).cosine(a, b),
        "anchors": Weighted(*texts, anchors).overlap(a, b),
        "wording": process.cpdist(
            [olds[i] for i in a], [news[j] for j in b], scorer=fuzz.ratio, dtype=np.float64
        )
        / 100,
    }
    return Candidates((len(old), len(new)), a, b, np.zeros(len(a)), parts)
