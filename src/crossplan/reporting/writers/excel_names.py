"""Names of sheets that every spreadsheet takes."""

import re

from crossplan.characters import fit

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST = 31
# Excel keeps this name for itself.
RESERVED = "history"


class Names:
    """Gives names, each only once; case does not tell them apart.

    Examples
    --------
    >>> names = Names()
    >>> names.free("a/b"), names.free("A-B"), names.free("history")
    ('a-b', 'A-B (2)', 'history (2)')
    """

    def __init__(self) -> None:
        self.taken = {RESERVED}

    def free(self, wanted: str) -> str:
        """Give a name like the one that is wanted."""
        base = FORBIDDEN.sub("-", fit(wanted)).strip("'") or "-"
        number, name = 1, base[:LONGEST]
        while name.lower() in self.taken:
            number += 1
            end = f" ({number})"
            name = base[: LONGEST - len(end)] + end
        self.taken.add(name.lower())
        return name
