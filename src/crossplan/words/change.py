"""What became of a term from one plan to the next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TermChange = Literal["new", "dropped", "rising", "falling", "stable"]

TERM_CHANGE_WORDS: dict[TermChange, dict[str, str]] = {
    "new": {"zh": "新增", "en": "new"},
    "rising": {"zh": "增多", "en": "rising"},
    "stable": {"zh": "平稳", "en": "stable"},
    "falling": {"zh": "减少", "en": "falling"},
    "dropped": {"zh": "不再出现", "en": "dropped"},
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a term is said to rise or fall.

    Attributes
    ----------
    alpha : float
        The p of its G2 is below this. It is not corrected for the number of terms: the
        plans are whole, and this only says how much a difference must stand out.
    minimum_log_ratio : float
        Its log ratio is at least this, up or down.
    """

    alpha: float
    minimum_log_ratio: float

    def changes(
        self,
        old: "NDArray[np.int64]",
        new: "NDArray[np.int64]",
        ratio: "NDArray[np.float64]",
        p: "NDArray[np.float64]",
    ) -> "NDArray[np.object_]":
        """Say what became of each term, from its counts, its log ratio and its p."""
        moved = (p < self.alpha) & (np.abs(ratio) >= self.minimum_log_ratio)
        return np.select(
            [(old == 0) & (new > 0), (new == 0) & (old > 0), moved & (ratio > 0), moved],
            ["new", "dropped", "rising", "falling"],
            default="stable",
        ).astype(object)
