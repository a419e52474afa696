"""Identify the indicator of a target, by the registry or by likeness of names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

from crossplan.languages.units import read_unit
from crossplan.model import Indicator, Polarity, Target
from crossplan.thresholds import Threshold

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
