"""Texts as features that count by how few texts have them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# Among fewer texts than these it does not show what is rare.
ENOUGH = 40
RUN = re.compile(r"\w+")


def character_runs(text: str) -> list[str]:
    """Give the characters of a text and their pairs, none across punctuation."""
    runs = RUN.findall(text)
    pairs = [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
    return [*"".join(runs), *pairs]


class Weighted:
    """Two lists of texts as rows of weighted features.

    The weight is tf-idf, learnt from both lists (Salton and Buckley 1988, Information
    Processing and Management 24(5), 513-523; logarithmic counts, rows of length one).

    Attributes
    ----------
    old, new : sparse arrays of shape (texts, features)
    old_weight, new_weight : arrays of shape (texts,)
        The lengths of the rows before they were made one.
    rareness : array of shape (features,)
        0 for what every text has, about 1 for what only one of many has.
    """

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        analyzer: Callable[[str], Iterable[str]],
    ) -> None:
        import numpy as np
        from scipy.sparse.linalg import norm
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.preprocessing import normalize

        vectorizer = TfidfVectorizer(analyzer=tuple, sublinear_tf=True, norm=None)
        # Without any feature there would be nothing to learn weights from.
        rows = vectorizer.fit_transform([*map(analyzer, old), *map(analyzer, new), [""]])
        weight = np.maximum(norm(rows, axis=1), 1.0)  # the length of a text of one feature
        rows = normalize(rows)
        both = slice(0, len(old)), slice(len(old), len(old) + len(new))
        self.old, self.new = (rows[part] for part in both)
        self.old_weight, self.new_weight = (weight[part] for part in both)
        self.rareness = (vectorizer.idf_ - 1) / np.log(max(len(old) + len(new), ENOUGH) / 2)

    def cosine(self, old: "Places", new: "Places") -> "Floats":
        """Give the cosines of pairs of rows."""
        return self.overlap(old, new).cosine

    def overlap(self, old: "Places", new: "Places") -> "Overlap":
        """Tell what pairs of rows have in common."""
        import numpy as np

        product = self.old[old].multiply(self.new[new]).tocsr()
        cosine: Floats = np.asarray(product.sum(axis=1), dtype=np.float64).ravel()
        ratio = self.old_weight[old] / self.new_weight[new]
        rareness = np.asarray(product.astype(bool) @ self.rareness, dtype=np.float64)
        return Overlap(
            cosine,
            contained=np.minimum(cosine * np.maximum(ratio, 1 / ratio), 1.0),
            rarity=rareness / np.maximum(np.diff(product.indptr), 1),
        )

    def cosines(self) -> "Floats":
        """Give the cosines of all pairs of rows; shape (old, new)."""
        result: Floats = (self.old @ self.new.T).toarray()
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """What pairs of texts have in common; arrays of shape (pairs,), 0 to 1.

    Attributes
    ----------
    cosine : array of float
        1 for texts with the same features.
    contained : array of float
        How much of the lighter text the other has.
    rarity : array of float
        How rare, on average, the features are that both have.
    """

    cosine: "Floats"
    contained: "Floats"
    rarity: "Floats"
