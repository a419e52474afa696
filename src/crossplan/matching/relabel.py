"""Giving characters numbers that rapidfuzz is fast with; the scores stay the same.

rapidfuzz looks up characters below 256 in a table and all others, Chinese ones among
them, in a hash map. The Indel similarity of two strings asks only which of their
characters are equal, so any one-to-one change of characters leaves it as it is, and
the commonest ones can be moved into the table.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, count

# rapidfuzz's table has 256 places; two of them are for what never matches.
TABLE = 254
ONLY_OLD, ONLY_NEW = chr(254), chr(255)
SURROGATES = range(0xD800, 0xE000)


def relabel(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give two lists of strings with characters renamed.

    Characters that only one of the lists has can never match, so they share one name.
    The scores between the lists are therefore exact; those *within* one list are not.

    Parameters
    ----------
    old, new : sequence of str

    Returns
    -------
    tuple of (list of str, list of str)

    Examples
    --------
    >>> old, new = relabel(["工作权利"], ["工作权"])
    >>> [ord(character) for character in old[0]], [ord(character) for character in new[0]]
    ([1, 0, 2, 254], [1, 0, 2])
    """
    counts_old, counts_new = Counter(chain.from_iterable(old)), Counter(chain.from_iterable(new))
    shared = sorted(
        counts_old.keys() & counts_new.keys(),
        key=lambda character: (-counts_old[character] - counts_new[character], character),
    )
    names = map(chr, (n for n in count() if n not in {254, 255} and n not in SURROGATES))
    table = dict(zip(map(ord, shared), names, strict=False))
    only_old = dict.fromkeys(map(ord, counts_old.keys() - counts_new.keys()), ONLY_OLD)
    only_new = dict.fromkeys(map(ord, counts_new.keys() - counts_old.keys()), ONLY_NEW)
    old_table, new_table = table | only_old, table | only_new
    return [s.translate(old_table) for s in old], [s.translate(new_table) for s in new]
