"""Links between the items of two plans: pairs, new items and dropped items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from crossplan.pairing.assignment import Candidates, Pair, rivals

if TYPE_CHECKING:
    import pandas as pd

Relation = Literal["kept", "renamed", "merged", "split", "new", "dropped"]
Status = Literal["kept", "revised", "merged", "split", "new", "dropped"]

RELATION_WORDS: dict[Relation, dict[str, str]] = {
    "kept": {"zh": "题名未变", "en": "same title"},
    "renamed": {"zh": "更名", "en": "renamed"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "new": {"zh": "无前身", "en": "no predecessor"},
    "dropped": {"zh": "无后继", "en": "no successor"},
}
STATUS_WORDS: dict[Status, dict[str, str]] = {
    "new": {"zh": "新增", "en": "new"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
    "revised": {"zh": "修改", "en": "revised"},
    "merged": {"zh": "合并", "en": "merged"},
    "split": {"zh": "拆分", "en": "split"},
    "kept": {"zh": "未改", "en": "kept"},
}
STATUSES = ("kept", "revised", "merged", "split", "new", "dropped", "revived")


class _Identified(Protocol):
    """A heading or a measure."""

    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)
Kind = TypeVar("Kind", bound=str)


@dataclass(frozen=True, slots=True)
class Link(Generic[Item, Kind]):
    """A link of two items, or of one item without partner.

    Attributes
    ----------
    old, new : item or None
        None on one side for a new or dropped item.
    relation : str
        ``new``, ``dropped``, or the relation of the two.
    moved : bool or None
        Whether it has another place in the new plan; None without a partner.
    score : float or None
        0 to 100.
    runner_up : item or None
        The best other candidate of either; for a new or dropped item, its best candidate.
    margin : float or None
        The score less that of the runner-up, or less the minimum if that is higher;
        for a new or dropped item, the minimum less the score of the runner-up.
    """

    old: Item | None
    new: Item | None
    relation: Kind | Literal["new", "dropped"]
    moved: bool | None
    score: float | None
    runner_up: Item | None
    margin: float | None


@dataclass(frozen=True, slots=True)
class Links(Generic[Item, Kind]):
    """The links between two plans, with all candidate pairs.

    Attributes
    ----------
    links : tuple of Link
        In the order of the new plan, then dropped items.
    candidates : pandas.DataFrame
        old_id, new_id, score and its parts.
    """

    links: tuple[Link[Item, Kind], ...]
    candidates: "pd.DataFrame"

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The ids of the items that are the same."""
        return frozenset((link.old.id, link.new.id) for link in self.links if link.old and link.new)


def link_items(  # noqa: PLR0913 - the items, what is known of them, and how links are described
    old: Sequence[Item],
    new: Sequence[Item],
    pairs: Sequence[Pair],
    candidates: Candidates,
    minimum: float,
    *,
    relation: Callable[[Pair], Kind],
    moved: Callable[[Pair], bool],
) -> Links[Item, Kind]:
    """Link every item of two lists at least once, given the pairs that are the same.

    Parameters
    ----------
    old, new : sequence
    pairs : sequence of Pair
    candidates : Candidates
        All candidate pairs.
    minimum : float
        The minimum score of a pair.
    relation, moved : callable
        Describe the link of a pair.

    Returns
    -------
    Links
    """
    import pandas as pd

    by_old, by_new = rivals(candidates, [pair[:2] for pair in pairs])

    def linked(pair: Pair) -> Link[Item, Kind]:
        near = [r for r in (by_old.get(pair.old), by_new.get(pair.new)) if r]
        rival = max(near, key=lambda rival: rival.score, default=None)
        bar = max(rival.score if rival else 0.0, minimum)
        return Link(
            old[pair.old],
            new[pair.new],
            relation(pair),
            moved(pair),
            pair.score,
            rival and (new[rival.new] if rival.old == pair.old else old[rival.old]),
            pair.score - bar,
        )

    def arrived(place: int) -> Link[Item, Kind]:
        rival = by_new.get(place)
        runner_up, margin = (old[rival.old], minimum - rival.score) if rival else (None, None)
        return Link(None, new[place], "new", None, None, runner_up, margin)

    def gone(place: int) -> Link[Item, Kind]:
        rival = by_old.get(place)
        runner_up, margin = (new[rival.new], minimum - rival.score) if rival else (None, None)
        return Link(old[place], None, "dropped", None, None, runner_up, margin)

    paired_old, paired_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    in_order = [(pair.new, linked(pair)) for pair in sorted(pairs)]
    in_order += [(place, arrived(place)) for place in range(len(new)) if place not in paired_new]
    in_order.sort(key=itemgetter(0))
    return Links(
        (
            *(link for _, link in in_order),
            *(gone(place) for place in range(len(old)) if place not in paired_old),
        ),
        pd.DataFrame(
            {
                "old_id": [old[place].id for place in candidates.old],
                "new_id": [new[place].id for place in candidates.new],
                "score": candidates.score,
                **candidates.parts,
            }
        ),
    )
