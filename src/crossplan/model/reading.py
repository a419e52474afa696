"""The published file, its corrections, and the reading text made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crossplan.display import visible

Certainty = Literal["certain", "doubtful"]


@dataclass(frozen=True, slots=True)
class Witness:
    """A published file from which a text was read.

    Attributes
    ----------
    name : str
        File name.
    sha256 : str
        Checksum of its bytes.
    encoding : str
        Encoding of the file.
    characters : int
        Length of the decoded file.
    source, address, note : str
        Origin of the file; empty for a text supplied by a user.
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
        The reading of the published file, and the corrected reading.
    certainty : {"certain", "doubtful"}
        Doubtful entries are listed but never applied.
    reason, reason_en : str
        The reason, in Chinese and in English.
    applied : bool
        Whether the reading text contains the corrected reading.
    start : int
        Offset of the reading in the decoded witness.
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
        True if the previous line ended a sentence, so that only the missing mark shows
        that the paragraph continues. Such joins should be reviewed.
    """

    position: int
    after_sentence: bool


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """The reading text of a plan, with the origin of each character.

    Attributes
    ----------
    text : str
        The text, with one paragraph per line.
    origins : sequence of int
        The offset in the decoded witness of each character of `text`; a range if nothing
        was changed.
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
