"""Which pairs of measures come into question among very many."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from crossplan.matching.all_pairs_evidence import Evidence, Pairs
from crossplan.matching.all_pairs_links import Links, linked, together
from crossplan.matching.join import OfOtherPlans, join, keys
from crossplan.matching.pool import Pool
from crossplan.parallel import With, in_parallel

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Plans that have about so many pairs of texts to be looked at are one piece of work.
PAIRS = 200_000
# So many of the most alike measures of the same plan a measure that was linked is set
# against; with more, nothing more was found.
RIVALS = 2


class Work(NamedTuple):
    """A piece of work: some plans with all that come after them.

    Attributes
    ----------
    first : int
        The number of the first measure of these plans.
    near : sparse array of shape (measures of these plans, texts)
        The texts that come into question for each.
    """

    first: int
    near: "csr_array"


def links_of(evidence: Evidence, pool: Pool, nearest: int, n_jobs: int | None) -> Links:
    """Link the measures of every two plans, looking at those that a search finds alike.

    Parameters
    ----------
    evidence : Evidence
    pool : Pool
    nearest : int
        So many of the most alike texts are looked at for each text, besides itself.
    n_jobs : int or None
    """
    work = pieces(evidence, near_texts(evidence, pool, nearest, n_jobs))
    linking = With(link, evidence)
    return together(in_parallel(linking, work, n_jobs=n_jobs, label="comparing measures"))


def links_between(
    evidence: Evidence, plans: Iterable[tuple[int, int]], n_jobs: int | None
) -> Links:
    """Link the measures of pairs of plans in the same way, looking at all pairs of measures."""
    linking = With(link_all, evidence)
    return together(in_parallel(linking, plans, n_jobs=n_jobs, label="comparing all measures"))


def near_texts(evidence: Evidence, pool: Pool, nearest: int, n_jobs: int | None) -> "csr_array":
    """Give the texts that come into question for each text, itself included."""
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
    """Cut the work into pieces; where, depends on nothing but the texts."""
    import numpy as np

    looked_at = np.concatenate([[0], np.cumsum(np.diff(near.indptr)[evidence.text])])
    number = looked_at[evidence.starts[:-1]] // PAIRS
    cuts = evidence.starts[[0, *(np.flatnonzero(np.diff(number)) + 1), -1]]
    for first, last in pairwise(cuts.tolist()):
        yield Work(first, near[evidence.text[first:last]])


def link(evidence: Evidence, work: Work) -> Links:
    """Link the measures of some plans with those of all later ones.

    What was found is then set against the measures of the same two plans that are most
    like it: the search may have passed over them, and a pair has to stand out from them.
    """
    import numpy as np

    found = candidates(evidence, work)
    parts = evidence.parts(found)
    rivals = most_alike(evidence, linked(evidence, found, parts))
    rivals = not_among(rivals, found, len(evidence.text))
    added = evidence.parts(rivals)
    return linked(
        evidence,
        Pairs(np.append(found.old, rivals.old), np.append(found.new, rivals.new)),
        {name: np.append(part, added[name]) for name, part in parts.items()},
    )


def link_all(evidence: Evidence, plans: tuple[int, int]) -> Links:
    """Link the measures of two plans, looking at all pairs."""
    import numpy as np

    old, new = (np.arange(*evidence.starts[plan : plan + 2]) for plan in plans)
    pairs = Pairs(np.repeat(old, len(new)), np.tile(new, len(old)))
    return linked(evidence, pairs, evidence.parts(pairs))


def candidates(evidence: Evidence, work: Work) -> Pairs:
    """Give the pairs of measures whose texts come into question, the older plan's first."""
    import numpy as np

    text, plan = evidence.text, evidence.plan
    by_text, times = np.argsort(text, kind="stable"), np.bincount(text)
    said = work.near.indices
    old = np.repeat(np.arange(work.near.shape[0]) + work.first, np.diff(work.near.indptr))
    # Every measure that has the text, one after the other.
    having = times[said]
    nth = np.arange(having.sum()) - np.repeat(np.cumsum(having) - having, having)
    new = by_text[np.repeat((np.cumsum(times) - times)[said], having) + nth]
    old = np.repeat(old, having)
    later = plan[old] < plan[new]
    old, new = old[later], new[later]
    # Of two measures that both went on unchanged, neither went on as the other.
    same = text[old] == text[new]
    unchanged = ~same
    for own, other in ((old, new), (new, old)):
        there = own * len(evidence.starts) + plan[other]
        unchanged &= np.isin(there, there[same])
    return Pairs(old[~unchanged], new[~unchanged])


def most_alike(evidence: Evidence, links: Links) -> Pairs:
    """Pair each measure that is linked, to one in other words, with those most like it there."""
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
        few = min(RIVALS, len(there))
        best = there[np.argpartition(-likeness, few - 1, axis=1)[:, :few]]
        found.append(np.stack([np.repeat(own, few), best.ravel()]))
    pairs = np.concatenate(found, axis=1)
    # Measures are numbered from the oldest plan on.
    return Pairs(pairs.min(axis=0), pairs.max(axis=0))


def not_among(pairs: Pairs, known: Pairs, measures: int) -> Pairs:
    """Give those pairs that are not known, each once."""
    import numpy as np

    asked, looked_at = (some.old * measures + some.new for some in (pairs, known))
    return Pairs(*np.divmod(np.setdiff1d(asked, looked_at), measures))
