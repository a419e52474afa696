"""The variants between two texts of a plan, and its critical apparatus, which records readings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

import tomli_w
from rapidfuzz.distance import Levenshtein

from crossplan.acquisition.headings import squeezed
from crossplan.corpora.records import (
    CorrectionRecord,
    CorrectionsRecord,
    parse_toml,
    read_toml,
)
from crossplan.errors import SeriesError
from crossplan.files import write_result
from crossplan.languages.chinese.pages import FIGURE, WORD

Kind = Literal["figure", "wording", "omission", "addition", "punctuation", "line break"]
# Two changes at most this far apart are one variant.
_LONGEST_ISLAND = 1
_SHORTEST_MARGIN = 6
# Characters against characters that are compared one by one; more of them are one variant.
_LARGEST_COMPARISON = 400_000_000


class Variant(NamedTuple):
    """A span in each of two texts where they differ or may differ."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def variants(a: str, b: str) -> Iterator[Variant]:
    r"""Find where two texts differ.

    Equal lines are aligned first, then the characters of the lines between them, in both
    cases with the fewest edits.

    Parameters
    ----------
    a, b : str

    Yields
    ------
    Variant
        In their order; between them the texts are equal.

    Examples
    --------
    >>> [tuple(span) for span in variants("降低至3%。\n完善制度。", "降低至3‰。\n完善制度。")]
    [(4, 5, 4, 5)]
    """
    lines = a.splitlines(keepends=True), b.splitlines(keepends=True)
    starts = [[0, *accumulate(map(len, side))] for side in lines]
    for step in Levenshtein.opcodes(*lines):
        if step.tag != "equal":
            block = Variant(
                starts[0][step.src_start],
                starts[0][step.src_end],
                starts[1][step.dest_start],
                starts[1][step.dest_end],
            )
            yield from _inside(a, b, block)


def _inside(a: str, b: str, block: Variant) -> Iterator[Variant]:
    """Find where two blocks of lines differ."""
    old, new = a[block.a_start : block.a_end], b[block.b_start : block.b_end]
    if len(old) * len(new) > _LARGEST_COMPARISON:
        yield block
        return
    pending: Variant | None = None
    for step in Levenshtein.opcodes(old, new):
        if step.tag == "equal":
            continue
        span = Variant(
            block.a_start + step.src_start,
            block.a_start + step.src_end,
            block.b_start + step.dest_start,
            block.b_start + step.dest_end,
        )
        if pending is None:
            pending = span
        elif _is_island(a[pending.a_end : span.a_start]):
            pending = Variant(pending.a_start, span.a_end, pending.b_start, span.b_end)
        else:
            yield pending
            pending = span
    if pending is not None:
        yield pending


def _is_island(between: str) -> bool:
    """Return whether the text between two changes is too short to separate them."""
    return len(between) <= _LONGEST_ISLAND and (not between or bool(WORD.match(between)))


def kind_of(old: str, new: str) -> Kind:
    """Return the kind of variant of two readings.

    Examples
    --------
    >>> kind_of("%", "‰"), kind_of("，", "、"), kind_of("", "切实")
    ('figure', 'punctuation', 'addition')
    """
    if not (old + new).strip():
        return "line break"
    if FIGURE.search(old + new):
        return "figure"
    if not WORD.search(old + new):
        return "punctuation"
    if not old.strip():
        return "addition"
    return "wording" if new.strip() else "omission"


def around(text: str, start: int, end: int, width: int) -> tuple[str, str]:
    """Return the text before and after a span, on its line."""
    before = text[max(0, start - width) : start].rpartition("\n")[2]
    after = text[end : end + width].partition("\n")[0]
    return before, after


def unique_quote(text: str, start: int, end: int, longest: int) -> tuple[int, int] | None:
    """Return a span around a place that occurs in a text exactly once.

    It includes a few characters on both sides on the same line, and more characters or
    lines only if that is necessary.
    """
    whole = 0, len(text)
    line_end = text.find("\n", end)
    line = text.rfind("\n", 0, start) + 1, len(text) if line_end < 0 else line_end
    for first, last in (line, whole):
        for width in range(_SHORTEST_MARGIN, longest):
            left, right = max(first, start - width), min(last, end + width)
            quote = text[left:right]
            # str.count would miss a quotation that overlaps with itself.
            if quote and text.find(quote) == left and text.find(quote, left + 1) < 0:
                return left, right
    return None


def overlap(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a span overlaps with one of several spans."""
    return any(start < right and left < max(end, start + 1) for left, right in spans)


_HEAD = """\
# The critical apparatus of text.txt. `witness` is quoted from text.txt to the character
# and must occur there once. `certain` corrections are applied unless the plan is loaded
# with corrections=False; `doubtful` ones are listed and never applied.

"""


def read_entries(paths: Iterable[Path]) -> list[CorrectionRecord]:
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
