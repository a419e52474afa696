"""What fetching, verifying and collating texts show of themselves."""

from typing import TYPE_CHECKING

from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    chips,
    number,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
    said,
    small,
    small_column,
    tally,
)
from crossplan.model import plan_names

if TYPE_CHECKING:
    from crossplan.acquisition.collation import Collation
    from crossplan.acquisition.fetch import FetchResult
    from crossplan.acquisition.verification import Verification

VERDICTS = ("complete", "usable with gaps", "refused", "no text")
OUTCOMES = ("fetched", "at hand", "not got")
KINDS = ("figure", "wording", "omission", "addition", "punctuation", "line break")
ROWS_SHOWN = 20
# So much of a checksum tells two files apart.
CHECKSUM = 12


def verification_view(result: "Verification") -> View:
    """Show each text with its verdict."""
    return View(
        name=type(result).__name__,
        title="Texts verified",
        of=(Cell("、".join(result.frame["plan"].unique()), "quoted"),),
        counts=tally(result.frame, "verdict", VERDICTS),
        columns=(
            plain_column("plan", "plan"),
            Column("verdict", lambda row: chips(row["verdict"])),
            Column("text", witness),
            Column("headings found", headings, "right"),
            Column("measures", lambda row: number(row["measures"] or None), "right"),
            Column("characters", lambda row: number(row["characters"] or None), "right"),
            quoted_column("why", "reason"),
            quoted_column("source", "source"),
            Column("sha256", lambda row: small(row["sha256"][:CHECKSUM])),
        ),
        rows=records(result.frame, ROWS_SHOWN),
        total=len(result.frame),
        ways=(".table", ".findings", ".sections", ".complete"),
        method=result.method,
    )


def fetch_view(result: "FetchResult") -> View:
    """Show of each plan whether it was got, and from where."""
    return View(
        name=type(result).__name__,
        title="Texts fetched",
        of=(Cell("、".join(result.frame["plan"]), "quoted"),),
        counts=tally(result.frame, "outcome", OUTCOMES),
        columns=(
            plain_column("plan", "plan"),
            Column("outcome", lambda row: chips(row["outcome"], row["verdict"])),
            Column("headings found", headings, "right"),
            plain_column("measures", "measures", "right"),
            plain_column("characters", "characters", "right"),
            quoted_column("problem", "problem"),
            quoted_column("address", "address"),
            small_column("kept as", "witness"),
        ),
        rows=records(result.frame, ROWS_SHOWN),
        total=len(result.frame),
        ways=(".table", ".attempts", ".missing"),
        method=result.method,
    )


def collation_view(collation: "Collation") -> View:
    """Show the variants with what stands around them."""
    return View(
        name=type(collation).__name__,
        title="Two texts collated",
        of=(
            *plan_names([collation.a.plan]),
            Cell(": a = "),
            *said(collation.a.name),
            Cell(", b = "),
            *said(collation.b.name),
        ),
        counts=(
            number_of(len(collation.variants), "variant"),
            *tally(collation.frame, "kind", KINDS),
        ),
        columns=(
            number_column("no.", "variant"),
            plain_column("kind", "kind"),
            Column("a struck out, b put in", reading),
            small_column("stands in", "passage_id"),
        ),
        rows=records(collation.frame, ROWS_SHOWN),
        total=len(collation.frame),
        ways=(".table", ".lines", ".record([1], reason=..., reason_en=...)"),
        method=collation.method,
    )


def witness(row: Record) -> Cells:
    """Name a text, and say whether it is the one that is read."""
    named = small(row["witness"])
    return (*named, Cell(" in use")) if row["in_use"] else named


def headings(row: Record) -> Cells:
    """Show how many headings were found, of how many."""
    found, wanted = row["headings_found"], row["headings"]
    return (Cell(f"{found} of {wanted}"),) if wanted else said(None)


def reading(row: Record) -> Cells:
    """Show a variant between what stands before and behind it."""
    changed = [
        *([Cell(row["a_text"], "deleted")] if row["a_text"] else []),
        *([Cell(row["b_text"], "inserted")] if row["b_text"] else []),
    ]
    return (Cell(row["before"], "quoted"), *changed, Cell(row["after"], "quoted"))
