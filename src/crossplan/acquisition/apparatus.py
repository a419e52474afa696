"""Reading and writing the critical apparatus of a witness."""

import re
from collections.abc import Iterable
from pathlib import Path

import tomli_w

from crossplan.acquisition.headings import squeezed
from crossplan.corpora.records import (
    CorrectionRecord,
    CorrectionsRecord,
    parse_toml,
    read_toml,
)
from crossplan.errors import SeriesError
from crossplan.files import write_result

_HEAD = """\
# The critical apparatus of text.txt. `witness` is quoted from text.txt to the character
# and must occur there once. `certain` corrections are applied unless the plan is loaded
# with corrections=False; `doubtful` ones are listed and never applied.

"""


def entries_of(paths: Iterable[Path]) -> list[CorrectionRecord]:
    """Read the entries of several apparatus; of equal readings the first is kept."""
    entries: dict[str, CorrectionRecord] = {}
    for path in paths:
        if path.is_file():
            for entry in read_toml(path, CorrectionsRecord).corrections:
                entries.setdefault(squeezed(entry.witness), entry)
    return list(entries.values())


def carried_over(entries: Iterable[CorrectionRecord], text: str) -> list[CorrectionRecord]:
    """Return the entries whose reading occurs exactly once in another text.

    A misprint of the published text is in every copy; a slip of one copy is not. Blanks
    between characters are ignored.

    Parameters
    ----------
    entries : iterable of CorrectionRecord
    text : str
        The text of the other witness.

    Returns
    -------
    list of CorrectionRecord
        The entries, with the exact readings of the other witness.
    """
    carried = []
    for entry in entries:
        pattern = r"\s*".join(map(re.escape, squeezed(entry.witness)))
        places = list(re.finditer(pattern, text))
        if len(places) != 1:
            continue
        found = places[0].group()
        corrected = entry.corrected
        if found != entry.witness:
            corrected = re.sub(r"\n+", "\n", re.sub(r"[^\S\n]+", "", corrected))
        carried.append(
            CorrectionRecord(
                witness=found,
                corrected=corrected,
                certainty=entry.certainty,
                reason=entry.reason,
            )
        )
    return carried


def apparatus_toml(entries: Iterable[CorrectionRecord], sha256: str) -> str:
    """Write an apparatus as TOML."""
    return f'{_HEAD}witness_sha256 = "{sha256}"\n' + "".join(
        f"\n{_entry_toml(entry)}" for entry in entries
    )


def _entry_toml(entry: CorrectionRecord) -> str:
    """Write an entry of an apparatus as TOML."""
    fields = {
        "witness": entry.witness,
        "corrected": entry.corrected,
        "certainty": entry.certainty,
    }
    reason = tomli_w.dumps({"zh": entry.reason.zh, "en": entry.reason.en}).splitlines()
    lines = "".join(f"reason.{line}\n" for line in reason)
    return f"[[corrections]]\n{tomli_w.dumps(fields)}{lines}"


def write_entries(path: Path, sha256: str, entries: list[CorrectionRecord]) -> Path:
    """Append entries to an apparatus and keep its comments."""
    if path.is_file():
        recorded = read_toml(path, CorrectionsRecord)
        if recorded.witness_sha256 != sha256:
            raise SeriesError(
                path, "key witness_sha256", "it is the apparatus of another text", "Name another."
            )
        before = path.read_bytes().decode("utf-8-sig").rstrip("\n") + "\n"
    else:
        before = f'{_HEAD}witness_sha256 = "{sha256}"\n'
    text = before + "".join(f"\n{_entry_toml(entry)}" for entry in entries)
    parse_toml(text, CorrectionsRecord, path)
    return write_result(path, text.encode(), "the apparatus")
