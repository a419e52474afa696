"""The published file, what was corrected in it, and the reading text made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crossplan.display import visible

Certainty = Literal["certain", "doubtful"]


@dataclass(frozen=True, slots=True)
class Witness:
    """The published file that a text was read from.

    Attributes
    ----------
    name : str
        File name.
    sha256 : str
        Checksum of its bytes.
    encoding : str
        Encoding it was read in.
    characters : int
        Length of the decoded file.
    source, address, note : str
        Where the file comes from; empty for a text that a user supplied.
    """

    name: str
    sha256: str
    encoding: str
    characters: int
    source: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the critical apparatus.

    Attributes
    ----------
    witness, corrected : str
        The reading of the published file, and the reading put in its place.
    certainty : {"certain", "doubtful"}
        Doubtful entries are listed and never applied.
    reason, reason_en : str
        Why, in Chinese and in English.
    applied : bool
        Whether the reading text has the corrected reading.
    start : int
        Where the reading of the file begins in the decoded witness.
    """

    witness: str
    corrected: str
    certainty: Certainty
    reason: str
    reason_en: str
    applied: bool
    start: int


@dataclass(frozen=True, slots=True)
class Join:
    """A place where lines of the witness were joined into one paragraph.

    Attributes
    ----------
    position : int
        Offset in the reading text of the first character after the join.
    after_sentence : bool
        True where the line before ended a sentence, so that only the missing mark
        shows that the paragraph continues. These deserve a reviewer's eye.
    """

    position: int
    after_sentence: bool


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """The reading text of a plan and where each of its characters comes from.

    Attributes
    ----------
    text : str
        One paragraph a line.
    origins : sequence of int
        For each character of `text`, its offset in the decoded witness; a range where
        nothing was changed.
    """

    text: str
    origins: Sequence[int]
    witness: Witness
    corrections: tuple[Correction, ...]
    joins: tuple[Join, ...]

    def __repr__(self) -> str:
        return (
            f"<Reading of {visible(self.witness.name)}: {len(self.text):,} characters, "
            f"{len(self.corrections)} corrections, {len(self.joins)} joins>"
        )
