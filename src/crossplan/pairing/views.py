"""What a reviewer's decisions show of themselves."""

from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    View,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    small_column,
)

if TYPE_CHECKING:
    from crossplan.pairing.decisions import Decisions

ROWS_SHOWN = 20


def decisions_view(decisions: "Decisions") -> View:
    """Show the rulings in the order of the file."""
    rows = [
        {
            "old": old,
            "new": new,
            "ruling": "the same" if (ruling.linked and old and new)
            else "not the same" if (old and new)
            else "alone" if ruling.linked else "not alone",
            "row": ruling.row,
            "note": ruling.note,
            "initials": ruling.initials,
        }
        for (old, new), ruling in decisions.rulings.items()
    ]  # fmt: skip
    return View(
        name="Decisions",
        title="A reviewer's decisions",
        of=(Cell(decisions.name, "quoted"),) if decisions.name else (),
        counts=(number_of(len(rows), "ruling"),),
        columns=(
            number_column("row of the file", "row"),
            plain_column("ruling", "ruling"),
            small_column("old", "old"),
            small_column("new", "new"),
            quoted_column("note", "note"),
            quoted_column("by", "initials"),
        ),
        rows=tuple(rows[:ROWS_SHOWN]),
        total=len(rows),
        ways=(".rulings",),
    )
