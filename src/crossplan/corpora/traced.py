"""A text that remembers where each of its characters comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]``; edits of one text do not overlap."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text with the offset of each of its characters in the text it began as.

    Examples
    --------
    >>> text = TracedText.begin("到 80 岁").edited([Edit(1, 2), Edit(4, 5)])
    >>> text.text, text.origins
    ('到80岁', (0, 2, 3, 5))
    """

    text: str
    origins: tuple[int, ...]

    @classmethod
    def begin(cls, text: str) -> "TracedText":
        """Start with a text in which every character stands at its own place."""
        return cls(text, tuple(range(len(text))))

    def edited(self, edits: Iterable[Edit]) -> "TracedText":
        """Carry out edits; what is put in takes the place of what it replaces."""
        pieces: list[str] = []
        origins: list[int] = []
        position = 0
        for start, end, replacement in sorted(edits):
            pieces += (self.text[position:start], replacement)
            origins += self.origins[position:start]
            origins += self._origins_of(start, end, len(replacement))
            position = end
        pieces.append(self.text[position:])
        origins += self.origins[position:]
        return TracedText("".join(pieces), tuple(origins))

    def _origins_of(self, start: int, end: int, length: int) -> list[int]:
        if not self.origins:
            return [0] * length
        last = max(start, end - 1)
        places = (min(start + offset, last) for offset in range(length))
        return [self.origins[min(place, len(self.origins) - 1)] for place in places]
