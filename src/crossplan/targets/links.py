"""Pairing the targets of two plans, indicator by indicator."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from crossplan.model import Target
from crossplan.pairing.assignment import Candidates, assign
from crossplan.pairing.decisions import Decisions
from crossplan.targets.indicators import CERTAIN, MINIMUM_SCORE, Identity, Registry
from crossplan.targets.scope import comparable_scope
from crossplan.targets.units import read_unit

if TYPE_CHECKING:
    from crossplan.pairing.assignment import Floats

MatchedBy = Literal["registry", "name", "likeness", "reviewer"]

# Of several targets of one indicator those are paired that agree in more: a level with a
# level, a share with a share, the city with the city. It is less than likeness weighs.
AGREEMENT = {"kind": 4.0, "family": 3.0, "scope": 3.0}
SHARE = 1 - sum(AGREEMENT.values()) / 100
RULED = 1000.0


class Pairing(NamedTuple):
    """Two targets of one indicator, or one that has no partner.

    Attributes
    ----------
    old, new : Target or None
    matched_by : {"registry", "name", "likeness", "reviewer"} or None
    score : float or None
        100, or how like the names are.
    note, initials : str
        Of the reviewer.
    """

    old: Target | None
    new: Target | None
    matched_by: MatchedBy | None = None
    score: float | None = None
    note: str = ""
    initials: str = ""


def pair_targets(
    old: Sequence[Target], new: Sequence[Target], registry: Registry, decisions: Decisions
) -> list[Pairing]:
    """Pair the targets of two plans one to one.

    Returns
    -------
    list of Pairing
        First in the order of the new plan, then what only the old one has.
    """
    import numpy as np

    identities = [
        [registry.identify(target) for target in targets] for targets in (old, new)
    ]
    likeness = likenesses(old, new, *identities)
    score = np.where(likeness > 0, likeness * SHARE, 0.0)
    for row, one in enumerate(old):
        for column, other in enumerate(new):
            if score[row, column]:
                score[row, column] += agreement(one, other)
    minimum = MINIMUM_SCORE * SHARE
    for row, one in enumerate(old):
        for column, other in enumerate(new):
            ruling = decisions.rulings.get((one.id, other.id))
            alone = [
                decisions.rulings.get(pair) for pair in ((one.id, None), (None, other.id))
            ]
            if ruling is not None and ruling.linked:
                score[row, column] = RULED
            elif ruling is not None or any(said and said.linked for said in alone):
                score[row, column] = 0.0
    pairs = {
        pair.new: pair.old for pair in assign(Candidates.dense(score, {}), minimum)
    }
    result = []
    for column, other in enumerate(new):
        if column not in pairs:
            result.append(lonely(None, other, decisions))
            continue
        row = pairs[column]
        ruling = decisions.rulings.get((old[row].id, other.id))
        same = identities[0][row].name == identities[1][column].name
        matched_by: MatchedBy = "registry" if identities[0][row].registered else "name"
        if float(likeness[row, column]) < CERTAIN or not same:
            matched_by = "likeness"
        value = float(likeness[row, column]) or None
        if ruling is not None:
            result.append(
                Pairing(old[row], other, "reviewer", value, ruling.note, ruling.initials)
            )
        else:
            result.append(Pairing(old[row], other, matched_by, value))
    paired = set(pairs.values())
    return result + [
        lonely(one, None, decisions) for row, one in enumerate(old) if row not in paired
    ]


def lonely(old: Target | None, new: Target | None, decisions: Decisions) -> Pairing:
    """Give a target without a partner, and who said so."""
    ruling = decisions.rulings.get((old and old.id, new and new.id))
    if ruling is None:
        return Pairing(old, new)
    return Pairing(old, new, "reviewer", None, ruling.note, ruling.initials)


def likenesses(
    old: Sequence[Target],
    new: Sequence[Target],
    old_identities: Sequence[Identity],
    new_identities: Sequence[Identity],
) -> "Floats":
    """Say how likely two targets speak of one indicator, 0 to 100."""
    import numpy as np
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    names = [[target.indicator for target in targets] for targets in (old, new)]
    if not old or not new:
        return np.zeros((len(old), len(new)))
    ratios = cdist(*names, scorer=fuzz.ratio, score_cutoff=MINIMUM_SCORE, dtype=np.float64)
    for row, one in enumerate(old_identities):
        for column, other in enumerate(new_identities):
            if one.name == other.name:
                ratios[row, column] = min(one.score, other.score)
            elif one.registered or other.registered:
                ratios[row, column] = 0.0
            elif not alike(old[row], new[column]):
                ratios[row, column] = 0.0
    return ratios


def alike(old: Target, new: Target) -> bool:
    """Tell whether two unregistered targets are of one sort, so that likeness counts."""
    families = read_unit(old.unit).family, read_unit(new.unit).family
    return old.kind == new.kind and families[0] == families[1]


def agreement(old: Target, new: Target) -> float:
    """Say in how much two targets of one indicator agree."""
    agree = {
        "kind": old.kind == new.kind,
        "family": read_unit(old.unit).family == read_unit(new.unit).family,
        "scope": comparable_scope(old.indicator) == comparable_scope(new.indicator),
    }
    return sum(weight for name, weight in AGREEMENT.items() if agree[name])


def partners(pairings: Sequence[Pairing]) -> Iterator[tuple[Target, Target]]:
    """Give the pairs among the pairings."""
    for pairing in pairings:
        if pairing.old is not None and pairing.new is not None:
            yield pairing.old, pairing.new
