"""The measures of many plans in one place, each text once."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from crossplan.errors import ArgumentError
from crossplan.model import Entry, opened
from crossplan.parallel import in_parallel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The measures of plans, numbered from the first of the first plan to the last of the last.

    Attributes
    ----------
    ids : tuple of str
        The id of each measure.
    texts : tuple of str
        Each once, sorted, so that nothing depends on the order of the plans.
    text : array of int, shape (measures,)
        The number of the text that each measure has.
    starts : array of int, shape (plans + 1,)
        The number of the first measure of each plan, and behind the last.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    text: "Places"
    starts: "Places"

    @classmethod
    def of(cls, plans: Iterable[Sequence[tuple[str, str]]]) -> "Pool":
        """Put the measures of plans together, each given by its id and its text."""
        import numpy as np

        ids: list[str] = []
        said: list[str] = []
        starts = [0]
        for measures in plans:
            ids += [measure_id for measure_id, _ in measures]
            said += [text for _, text in measures]
            starts.append(len(ids))
        texts = sorted(set(said))
        number = {text: place for place, text in enumerate(texts)}
        text = np.array([number[words] for words in said], dtype=np.int64)
        return cls(tuple(ids), tuple(texts), text, np.array(starts, dtype=np.int64))

    def only(self, ids: AbstractSet[str]) -> "Pool":
        """Give the same plans with some of their measures."""
        return Pool.of(
            [
                (self.ids[number], self.texts[self.text[number]])
                for number in range(start, end)
                if self.ids[number] in ids
            ]
            for start, end in pairwise(self.starts.tolist())
        )

    @property
    def sizes(self) -> "Places":
        """How many measures each plan has."""
        import numpy as np

        return np.diff(self.starts)

    @property
    def plan(self) -> "Places":
        """The number of the plan that each measure stands in."""
        return plan_of_each(self.starts)

    @property
    def owner(self) -> "Places":
        """The number of the only plan that has a text; -1 where several have it."""
        import numpy as np

        first = np.full(len(self.texts), len(self.sizes))
        last = np.full(len(self.texts), -1)
        np.minimum.at(first, self.text, self.plan)
        np.maximum.at(last, self.text, self.plan)
        return np.where(first == last, first, -1)


def plan_of_each(starts: "Places") -> "Places":
    """Give the number of the plan of each measure, from where the plans start."""
    import numpy as np

    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def pool_of(entries: Iterable[Entry], n_jobs: int | None) -> Pool:
    """Read the measures of plans, of which a few at a time are in memory.

    Raises
    ------
    ArgumentError
        If there are none.
    """
    pool = Pool.of(in_parallel(measures_of, entries, n_jobs=n_jobs, label="reading measures"))
    if not pool.ids:
        raise ArgumentError(
            "none of the plans has a measure: their texts mark none, as with ——",
            'read_plan and read_plans take every paragraph for one with measures="paragraphs".',
        )
    return pool


def measures_of(entry: Entry) -> list[tuple[str, str]]:
    """Give the measures of a plan by id and text."""
    return [(measure.id, measure.text) for measure in opened(entry).measures]
