"""Identify the indicators of targets, and pair the targets of two plans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from rapidfuzz import fuzz, process

from crossplan.languages.chinese.indicators import comparable_scope
from crossplan.languages.units import read_unit
from crossplan.model import Indicator, Polarity, Target
from crossplan.pairing.assignment import Candidates, assign
from crossplan.pairing.decisions import Decisions
from crossplan.targets.change import Outcome
from crossplan.thresholds import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from crossplan.pairing.assignment import Floats


# Names below this score are different indicators; see docs/targets.md.
MINIMUM_SCORE: Threshold[float] = 85.0
CERTAIN: Threshold[float] = 100.0


class Identity(NamedTuple):
    """The indicator of a target.

    Attributes
    ----------
    name, name_en : str
        The standard names in Chinese and English; for an indicator that is not registered,
        its own name and an empty string.
    polarity : {"more", "less", "neither"} or None
        Whether more or less is better; None where it is not known.
    registered : bool
    score : float
        100 for an exact registered name and for an indicator that is not registered;
        otherwise the rapidfuzz ratio with the registered name.
    """

    name: str
    name_en: str
    polarity: Polarity | None
    registered: bool
    score: float


class _Registering(Protocol):
    """A plan, or a reference to one."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that its series registers."""
        ...


@dataclass(frozen=True, slots=True)
class Registry:
    """The registered indicators of a series by each of their names."""

    by_name: dict[str, Indicator]

    @classmethod
    def of(cls, plans: Iterable[_Registering]) -> "Registry":
        """Return the indicators that the series of the plans register, the first of each name."""
        by_name: dict[str, Indicator] = {}
        for plan in plans:
            for indicator in plan.indicators:
                for name in indicator.names:
                    by_name.setdefault(name, indicator)
        return cls(by_name)

    def identify(self, target: Target) -> Identity:
        """Return the indicator of a target.

        A name that is in the registry identifies its indicator. Any other name is compared
        by rapidfuzz with the registered names of the same unit family; if none is similar
        enough, it is an indicator of its own. Outputs are named after the things produced,
        so likeness of names is poor evidence; they are identified by exact names only.
        """
        if indicator := self.by_name.get(target.indicator):
            return _identity(indicator, CERTAIN)
        family = read_unit(target.unit).family
        if target.kind != "output":
            names = [name for name, known in self.by_name.items() if known.unit_family == family]
            like = process.extractOne(
                target.indicator, names, scorer=fuzz.ratio, score_cutoff=MINIMUM_SCORE
            )
            if like is not None:
                return _identity(self.by_name[like[0]], like[1])
        polarity: Polarity | None = "more" if target.kind == "output" else None
        return Identity(target.indicator, "", polarity, registered=False, score=CERTAIN)

    def replaced_by(self, name: str) -> tuple[str, ...]:
        """Return the standard names of the indicators that replaced an indicator."""
        found = {known.name: None for known in self.by_name.values() if name in known.replaces}
        return tuple(found)


def _identity(indicator: Indicator, score: float) -> Identity:
    """Return the identity of a registered indicator."""
    return Identity(
        indicator.name, indicator.name_en, indicator.polarity, registered=True, score=score
    )


MatchedBy = Literal["registry", "name", "likeness", "reviewer"]

# Among several targets of one indicator, those that agree in more features are paired: a
# level with a level, a share with a share. Agreement weighs less than likeness of names.
AGREEMENT: Threshold[dict[str, float]] = {"kind": 4.0, "family": 3.0, "scope": 3.0}
_SHARE = 1 - sum(AGREEMENT.values()) / 100
RULED: Threshold[float] = 1000.0


class Pairing(NamedTuple):
    """Two targets of one indicator, or one target without a partner.

    Attributes
    ----------
    old, new : Target or None
    matched_by : {"registry", "name", "likeness", "reviewer"} or None
    score : float or None
        100, or the likeness of the names.
    note, initials : str
        Note and initials of the reviewer.
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
        Pairings in the order of the new plan, then targets that only the old plan has.
    """
    old_identities = [registry.identify(target) for target in old]
    new_identities = [registry.identify(target) for target in new]
    likeness = likenesses(old, new, old_identities, new_identities)
    scores = _scored(old, new, likeness, decisions)
    pairs = {p.new: p.old for p in assign(Candidates.dense(scores, {}), MINIMUM_SCORE * _SHARE)}
    result = []
    for column, other in enumerate(new):
        row = pairs.get(column)
        if row is None:
            result.append(_ruled(Pairing(None, other), decisions))
            continue
        one_name = old_identities[row].name == new_identities[column].name
        value = float(likeness[row, column])
        matched_by: MatchedBy = "likeness"
        if one_name and value == CERTAIN:
            matched_by = "registry" if old_identities[row].registered else "name"
        pairing = Pairing(old[row], other, matched_by, value or None)
        result.append(_ruled(pairing, decisions))
    paired = set(pairs.values())
    alone = (one for row, one in enumerate(old) if row not in paired)
    return [*result, *(_ruled(Pairing(one, None), decisions) for one in alone)]


def _scored(
    old: Sequence[Target], new: Sequence[Target], likeness: "Floats", decisions: Decisions
) -> "Floats":
    """Return the scores for pairing, from likeness, agreement and decisions of a reviewer."""
    import numpy as np

    scores = np.where(likeness > 0, likeness * _SHARE, 0.0)
    for row, column in np.argwhere(scores > 0):
        scores[row, column] += _agreement(old[row], new[column])
    rows = {target.id: place for place, target in enumerate(old)}
    columns = {target.id: place for place, target in enumerate(new)}
    for (one, other), ruling in decisions.rulings.items():
        # None on one side: the other target has no partner; its whole row or column is zero.
        where = (
            rows[one] if one is not None else slice(None),
            columns[other] if other is not None else slice(None),
        )
        if None not in {one, other}:
            scores[where] = RULED if ruling.linked else 0.0
        elif ruling.linked:
            scores[where] = 0.0
    return scores


def _ruled(pairing: Pairing, decisions: Decisions) -> Pairing:
    """Return a pairing with the decision of a reviewer, where there is one."""
    old, new = pairing.old, pairing.new
    ruling = decisions.rulings.get((old.id if old else None, new.id if new else None))
    if ruling is None:
        return pairing
    return pairing._replace(matched_by="reviewer", note=ruling.note, initials=ruling.initials)


def likenesses(
    old: Sequence[Target],
    new: Sequence[Target],
    old_identities: Sequence[Identity],
    new_identities: Sequence[Identity],
) -> "Floats":
    """Return how likely two targets have the same indicator, from 0 to 100."""
    import numpy as np

    if not old or not new:
        return np.zeros((len(old), len(new)))
    names = [[target.indicator for target in targets] for targets in (old, new)]
    identities = old_identities, new_identities
    one_name = _equal(*([one.name for one in side] for side in identities))
    certain = np.minimum.outer(*([one.score for one in side] for side in identities))
    # A registered indicator matches only its own names.
    free = np.logical_and.outer(*([not one.registered for one in side] for side in identities))
    alike = free & _equal(*([_sort_of(target) for target in targets] for targets in (old, new)))
    ratios = process.cdist(*names, scorer=fuzz.ratio, score_cutoff=MINIMUM_SCORE, dtype=np.float64)
    return np.where(one_name, certain, np.where(alike, ratios, 0.0))


def _equal(old: Sequence[str], new: Sequence[str]) -> "NDArray[np.bool_]":
    """Return whether the values are equal, for all pairs."""
    import numpy as np

    numbers = {value: number for number, value in enumerate((*old, *new))}
    return np.equal.outer(*([numbers[value] for value in side] for side in (old, new)))


def likeness_of_names(old: Target, new: Target) -> float:
    """Return the likeness of the names of two targets, from 0 to 100."""
    return float(fuzz.ratio(old.indicator, new.indicator))


def _sort_of(target: Target) -> str:
    """Return kind and unit family; only targets that share both are compared by name."""
    return f"{target.kind} {read_unit(target.unit).family}"


def _agreement(old: Target, new: Target) -> float:
    """Return the summed weights of the features in which two targets agree."""
    agree = {
        "kind": old.kind == new.kind,
        "family": read_unit(old.unit).family == read_unit(new.unit).family,
        "scope": comparable_scope(old.indicator) == comparable_scope(new.indicator),
    }
    return sum(weight for name, weight in AGREEMENT.items() if agree[name])


def partners(pairings: Sequence[Pairing]) -> Iterator[tuple[Target, Target]]:
    """Yield the pairings that have two targets."""
    for pairing in pairings:
        if pairing.old is not None and pairing.new is not None:
            yield pairing.old, pairing.new


@dataclass(frozen=True, slots=True)
class ComparedTargets:
    """A row of a comparison as objects."""

    pairing: Pairing
    identity: Identity
    outcome: Outcome


class Step(NamedTuple):
    """A target in the history of its indicator.

    Attributes
    ----------
    target : Target
    identity : Identity
    previous : Target or None
        The target of the same indicator in the last earlier plan known to have one.
    outcome : Outcome
    """

    target: Target
    identity: Identity
    previous: Target | None
    outcome: Outcome
