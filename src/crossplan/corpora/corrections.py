"""Putting the critical apparatus to work on the witness."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from crossplan.corpora.traced import Edit, TracedText
from crossplan.model import Correction


def correct(text: str, corrections: Sequence[Correction]) -> TracedText:
    """Apply those corrections that are marked as applied.

    Parameters
    ----------
    text : str
        The decoded witness.
    corrections : sequence of Correction
        Their `start` says where the reading of the witness stands.

    Returns
    -------
    TracedText
        Only the characters that differ are replaced, so that every other one keeps
        its exact place in the witness.
    """
    edits = [
        Edit(
            correction.start + step.src_start,
            correction.start + step.src_end,
            correction.corrected[step.dest_start : step.dest_end],
        )
        for correction in corrections
        if correction.applied
        for step in Levenshtein.opcodes(correction.witness, correction.corrected)
        if step.tag != "equal"
    ]
    return TracedText.begin(text).edited(edits)
