"""What targets measure, as the series registers it."""

from dataclasses import dataclass
from typing import Literal

Polarity = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target measures, under all names that the plans give it.

    Attributes
    ----------
    name, name_en : str
        The standard name.
    polarity : {"more", "less", "neither"}
        Whether more of it is better, or less.
    unit_family : str
        The family of its units, such as ``number`` (per cent and pure numbers).
    other_names : tuple of str
    replaces : tuple of str
        Standard names of the indicators that it took the place of. They are close and
        not the same, and never compared.
    """

    name: str
    name_en: str
    polarity: Polarity
    unit_family: str
    other_names: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The standard name and the others."""
        return (self.name, *self.other_names)
