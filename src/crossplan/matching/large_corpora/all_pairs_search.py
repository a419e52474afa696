"""Search candidate pairs among the measures of many plans, and link them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.features import CODE, character_runs, code_points, free_numbers
from crossplan.matching.large_corpora.join import (
    OfOtherPlans,
    Pool,
    Rows,
    join,
    keys,
    plan_of_each,
    rows_of,
    searchable,
)
from crossplan.matching.measure_links import (
    MINIMUM_SCORE,
    REACH,
    neighbours,
    scored,
    standing,
    subjects,
)
from crossplan.pairing.assignment import Candidates, Pair, assign
from crossplan.parallel import With, in_parallel

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# Plans with about this number of candidate pairs are one task.
_PAIRS = 200_000
# A linked measure is compared with this number of most similar measures of the same plan; more
# did not improve the results.
_RIVALS = 2

# Of equal pairs, those at the same relative position of their plans are preferred. The bonus
# exceeds that of the assignment, which ignores plans, and is far below any evidence.
_TIE = 1e-3


class Work(NamedTuple):
    """A task: some plans, to be compared with all later ones.

    Attributes
    ----------
    first : int
        The number of the first measure of these plans.
    near : sparse array of shape (measures of these plans, texts)
        The candidate texts for each measure.
    """

    first: int
    near: "csr_array"


class LinkArrays(NamedTuple):
    """Pairs of measures that are one commitment, by their numbers, with their scores."""

    old: "Places"
    new: "Places"
    score: "Floats"


class _Pairs(NamedTuple):
    """Pairs of measures by their numbers, that of the older plan first."""

    old: "Places"
    new: "Places"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The texts of a corpus as arrays, which many processes can share.

    Attributes
    ----------
    text, starts : arrays of int
        Those of the pool.
    characters, subjects : Rows
    search : sparse array of shape (texts, features)
        The characters and pairs that few measures have.
    letters : array of int
        The characters of all texts one after the other, renamed as by :func:`relabel`.
    bounds : array of int, shape (texts + 1,)
        The offset of the letters of each text, and the end of the last.
    """

    text: "Places"
    starts: "Places"
    characters: Rows
    subjects: Rows
    search: "csr_array"
    letters: "NDArray[np.uint32]"
    bounds: "Places"

    @classmethod
    def of(cls, pool: Pool, n_jobs: int | None) -> "Evidence":
        """Gather the evidence."""
        import numpy as np

        characters = rows_of(pool, character_runs, n_jobs)
        return cls(
            pool.text,
            pool.starts,
            characters,
            rows_of(pool, subjects, n_jobs),
            searchable(characters, len(pool.text)),
            _renamed("".join(pool.texts)),
            np.cumsum([0, *map(len, pool.texts)]),
        )

    @property
    def plan(self) -> "Places":
        """The number of the plan of each measure."""
        return plan_of_each(self.starts)

    def parts(self, pairs: _Pairs) -> dict[str, "Floats"]:
        """Score the overlap of the texts of pairs.

        Returns
        -------
        dict of str to array
            The parts of the score that depend on the texts, and ``likeness``, from which it is
            computed how far a pair stands out.
        """
        import numpy as np
        from rapidfuzz import fuzz, process

        # Many pairs of measures may have the same two texts.
        texts = len(self.bounds)
        numbers = self.text[pairs.old] * texts + self.text[pairs.new]
        distinct, place = np.unique(numbers, return_inverse=True)
        one, other = np.divmod(distinct, texts)
        overlap = self.characters.overlap(one, other)
        about = self.subjects.overlap(one, other).cosine
        spelled = {text: self.spelled(text) for text in np.union1d(one, other).tolist()}
        sides = [[spelled[text] for text in side.tolist()] for side in (one, other)]
        parts = {
            "characters": overlap.cosine,
            "contained": overlap.contained,
            "rarity": overlap.rarity,
            "wording": process.cpdist(*sides, scorer=fuzz.ratio, dtype=np.float64) / 100,
            "likeness": (overlap.cosine + about) * overlap.rarity,
        }
        return {name: part[place] for name, part in parts.items()}

    def spelled(self, text: int) -> str:
        """Return a text in renamed characters."""
        letters = self.letters[self.bounds[text] : self.bounds[text + 1]]
        return letters.tobytes().decode(CODE)


def links_of(evidence: Evidence, pool: Pool, nearest: int, n_jobs: int | None) -> LinkArrays:
    """Link the measures of each pair of plans, among those that a search finds similar.

    Parameters
    ----------
    evidence : Evidence
    pool : Pool
    nearest : int
        The number of most similar texts to compare for each text, besides itself.
    n_jobs : int or None
    """
    work = pieces(evidence, near_texts(evidence, pool, nearest, n_jobs))
    linking = With(link, evidence)
    return _together(in_parallel(linking, work, n_jobs=n_jobs, label="comparing measures"))


def links_between(
    evidence: Evidence, plans: Iterable[tuple[int, int]], n_jobs: int | None
) -> LinkArrays:
    """Link the measures of pairs of plans in the same way, among all pairs of measures."""
    linking = With(_link_all, evidence)
    return _together(in_parallel(linking, plans, n_jobs=n_jobs, label="comparing all measures"))


def near_texts(evidence: Evidence, pool: Pool, nearest: int, n_jobs: int | None) -> "csr_array":
    """Return the candidate texts for each text, including itself."""
    import numpy as np
    from scipy.sparse import csr_array, eye_array

    texts = len(pool.texts)
    owned = OfOtherPlans(pool.owner)
    query, row = join(keys(evidence.search), evidence.search, nearest, owned, n_jobs)
    bounds = np.searchsorted(query, np.arange(texts + 1)).astype(np.int32)
    found = csr_array((np.ones(len(row), dtype=np.int8), row, bounds), shape=(texts, texts))
    # A pair may be found from either of its sides.
    near: csr_array = found + found.T.tocsr() + eye_array(texts, dtype=np.int8, format="csr")
    return near


def pieces(evidence: Evidence, near: "csr_array") -> Iterator[Work]:
    """Yield the tasks, which depend only on the texts."""
    import numpy as np

    looked_at = np.concatenate([[0], np.cumsum(np.diff(near.indptr)[evidence.text])])
    number = looked_at[evidence.starts[:-1]] // _PAIRS
    cuts = evidence.starts[[0, *(np.flatnonzero(np.diff(number)) + 1), -1]]
    for first, last in pairwise(cuts.tolist()):
        yield Work(first, near[evidence.text[first:last]])


def link(evidence: Evidence, work: Work) -> LinkArrays:
    """Link the measures of some plans with those of all later ones.

    The links are then compared with the most similar measures of the same two plans, because
    the search may have missed them, and a pair must stand out from them.
    """
    import numpy as np

    found = _candidates(evidence, work)
    parts = evidence.parts(found)
    rivals = _most_alike(evidence, _linked(evidence, found, parts))
    rivals = _not_among(rivals, found, len(evidence.text))
    added = evidence.parts(rivals)
    return _linked(
        evidence,
        _Pairs(np.append(found.old, rivals.old), np.append(found.new, rivals.new)),
        {name: np.append(part, added[name]) for name, part in parts.items()},
    )


def _link_all(evidence: Evidence, plans: tuple[int, int]) -> LinkArrays:
    """Link the measures of two plans, among all pairs."""
    import numpy as np

    old, new = (np.arange(*evidence.starts[plan : plan + 2]) for plan in plans)
    pairs = _Pairs(np.repeat(old, len(new)), np.tile(new, len(old)))
    return _linked(evidence, pairs, evidence.parts(pairs))


def _candidates(evidence: Evidence, work: Work) -> _Pairs:
    """Return the pairs of measures with candidate texts, the older plan's first."""
    import numpy as np

    text, plan = evidence.text, evidence.plan
    by_text, times = np.argsort(text, kind="stable"), np.bincount(text)
    texts = work.near.indices
    old = np.repeat(np.arange(work.near.shape[0]) + work.first, np.diff(work.near.indptr))
    # Every measure that has the text, one after the other.
    having = times[texts]
    nth = np.arange(having.sum()) - np.repeat(np.cumsum(having) - having, having)
    new = by_text[np.repeat((np.cumsum(times) - times)[texts], having) + nth]
    old = np.repeat(old, having)
    later = plan[old] < plan[new]
    old, new = old[later], new[later]
    # Two measures that both continue unchanged are not a pair.
    same = text[old] == text[new]
    unchanged = ~same
    for own, other in ((old, new), (new, old)):
        there = own * len(evidence.starts) + plan[other]
        unchanged &= np.isin(there, there[same])
    return _Pairs(old[~unchanged], new[~unchanged])


def _most_alike(evidence: Evidence, links: LinkArrays) -> _Pairs:
    """Return, for measures with revised links, the most similar measures of the other plan."""
    import numpy as np

    plan, measures = evidence.plan, len(evidence.text)
    revised = evidence.text[links.old] != evidence.text[links.new]
    old, new = links.old[revised], links.new[revised]
    sides = (old, new), (new, old)
    looking = np.unique(np.concatenate([plan[there] * measures + own for own, there in sides]))
    where, looking = np.divmod(looking, measures)
    others, first = np.unique(where, return_index=True)
    found = [np.zeros((2, 0), dtype=np.int64)]
    for other, part in zip(others, pairwise([*first, len(looking)]), strict=True):
        own, there = looking[slice(*part)], np.arange(*evidence.starts[other : other + 2])
        rows, columns = (evidence.search[evidence.text[side]] for side in (own, there))
        likeness = (rows @ columns.T.tocsr()).toarray()
        few = min(_RIVALS, len(there))
        best = there[np.argpartition(-likeness, few - 1, axis=1)[:, :few]]
        found.append(np.stack([np.repeat(own, few), best.ravel()]))
    pairs = np.concatenate(found, axis=1)
    # Measures are numbered from the oldest plan on.
    return _Pairs(pairs.min(axis=0), pairs.max(axis=0))


def _not_among(pairs: _Pairs, known: _Pairs, measures: int) -> _Pairs:
    """Return the distinct pairs that are not known yet."""
    import numpy as np

    asked, looked_at = (some.old * measures + some.new for some in (pairs, known))
    return _Pairs(*np.divmod(np.setdiff1d(asked, looked_at), measures))


def _linked(evidence: Evidence, pairs: _Pairs, parts: "Mapping[str, Floats]") -> LinkArrays:
    """Score pairs of measures, and link them one to one within each pair of plans.

    To process many pairs of plans at once, the measures of each pair have their own range in
    two long lists, with gaps so wide that no measure has a neighbour in another range.

    Parameters
    ----------
    evidence : Evidence
    pairs : Pairs
        Each once.
    parts : mapping of str to array
        The result of :meth:`Evidence.parts` for them.
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
    first = _chosen(asked, beside)
    went = [Pair(a, b, 0.0) for a, b in zip(old[first].tolist(), new[first].tolist(), strict=True)]
    asked = scored(replace(asked, parts=weighed | {"neighbours": neighbours(asked, went)}))
    made = _chosen(asked, beside)
    made = made[np.lexsort((old[made], couple[made]))]
    return LinkArrays(pairs.old[made], pairs.new[made], asked.score[made])


def _chosen(candidates: Candidates, beside: "Floats") -> "Places":
    """Return the numbers of the paired candidates; of equal ones, those most `beside`."""
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
    score = candidates.score[left] + _TIE * beside[left]
    made = assign(Candidates((len(olds), len(news)), old, new, score, {}), MINIMUM_SCORE)
    won = np.isin(old * len(news) + new, [pair.old * len(news) + pair.new for pair in made])
    return np.concatenate([eligible[~contested], left[won]])


def _together(parts: Iterable[LinkArrays]) -> LinkArrays:
    """Concatenate links."""
    import numpy as np

    none = LinkArrays(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    return LinkArrays(*map(np.concatenate, zip(none, *parts, strict=True)))


def _renamed(texts: str) -> "NDArray[np.uint32]":
    """Return characters as numbers, the most frequent lowest, for which rapidfuzz is fast."""
    import numpy as np

    points = code_points(texts)
    counts = np.bincount(points)
    used = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    table = np.zeros(len(counts), dtype="<u4")
    table[used] = [*islice(free_numbers(), len(used))]
    letters: NDArray[np.uint32] = table[points]
    return letters
