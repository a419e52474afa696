"""A draft of a text between the original and the stored text, with its repairs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from crossplan.corpora.store import RepairRecord

_EXAMPLES = 3
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines, and a record of every repair that made them."""

    lines: tuple[str, ...]
    repairs: tuple[RepairRecord, ...] = field(default=())

    def repaired(self, kind: str, lines: Iterable[str], found: Iterable[str]) -> "Draft":
        """Return the draft with other lines; `found` are the pieces that were repaired."""
        pieces = [" ".join(piece.split()) for piece in found]
        if not pieces:
            return replace(self, lines=tuple(lines))
        examples = tuple(
            piece if len(piece) <= _LONGEST_EXAMPLE else f"{piece[: _LONGEST_EXAMPLE - 1]}…"
            for piece in dict.fromkeys(pieces)
        )[:_EXAMPLES]
        record = RepairRecord(kind=kind, count=len(pieces), examples=examples)
        return Draft(tuple(lines), (*self.repairs, record))

    def each_line(self, kind: str, repair: Callable[[str], tuple[str, list[str]]]) -> "Draft":
        """Repair each line separately, and leave out lines that become empty."""
        lines: list[str] = []
        found: list[str] = []
        for line in self.lines:
            mended, pieces = repair(line)
            found += pieces
            if mended.strip() or not pieces:
                lines.append(mended)
        return self.repaired(kind, lines, found)
