"""Which indicator a target speaks of: registered, or recognised by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

from crossplan.languages.units import read_unit
from crossplan.model import Indicator, Polarity, Target
from crossplan.thresholds import Threshold

# Below it two names are two indicators; found on the names at hand, see docs/targets.md.
MINIMUM_SCORE: Threshold[float] = 85.0
CERTAIN: Threshold[float] = 100.0


class Identity(NamedTuple):
    """The indicator that a target speaks of.

    Attributes
    ----------
    name, name_en : str
        The standard name; of an indicator that is not registered, its own, and nothing.
    polarity : {"more", "less", "neither"} or None
        None where nobody has said which is better.
    registered : bool
    score : float
        100 for a registered name or an unregistered one; else the rapidfuzz ratio with the
        registered name it was taken for.
    """

    name: str
    name_en: str
    polarity: Polarity | None
    registered: bool
    score: float


class _Registering(Protocol):
    """A plan, or what is known of one."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What its series registers."""
        ...


@dataclass(frozen=True, slots=True)
class Registry:
    """The indicators of a series by each of their names."""

    by_name: dict[str, Indicator]

    @classmethod
    def of(cls, plans: Iterable[_Registering]) -> "Registry":
        """Gather what the series of the plans register; the first one to name it wins."""
        by_name: dict[str, Indicator] = {}
        for plan in plans:
            for indicator in plan.indicators:
                for name in indicator.names:
                    by_name.setdefault(name, indicator)
        return cls(by_name)

    def identify(self, target: Target) -> Identity:
        """Say which indicator a target speaks of.

        A name that stands in the registry is taken at its word. Any other is compared with
        the registered names of the same unit family by rapidfuzz, and is its own where none
        is like it. What is made (an output) is named by what is made, so likeness of names
        says little of it, and it is only taken at its word.
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
        """Return the standard names of the indicators that took the place of one."""
        found = {known.name: None for known in self.by_name.values() if name in known.replaces}
        return tuple(found)


def _identity(indicator: Indicator, score: float) -> Identity:
    """Return the identity that a registered indicator lends."""
    return Identity(
        indicator.name, indicator.name_en, indicator.polarity, registered=True, score=score
    )
