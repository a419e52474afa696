"""Write, read and check the decisions of a reviewer."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from crossplan.corpora.wordlists import table_rows
from crossplan.display import (
    Cell,
    View,
    as_html,
    as_line,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    small_column,
)
from crossplan.errors import ChoiceError, DecisionError, OutputError
from crossplan.files import without_clock, write_result
from crossplan.tables import Column

if TYPE_CHECKING:
    import pandas as pd

    _Rows = list[list[str | float | bool]]

_Verdict = Literal["accept", "reject", "link"]

_VERDICTS: dict[str, _Verdict] = {
    "accept": "accept",
    "接受": "accept",
    "reject": "reject",
    "拒绝": "reject",
    "link": "link",
    "改连": "link",
}
# The required columns of a file.
_NEEDED = ("old_id", "new_id", "decision", "link_to")
_SHEET = "decisions"
_IDS = re.compile(r"[;,；，、\s]+")
# The number of possible pairs of plans that a message lists.
_CHOICES_SHOWN = 10
# A spreadsheet would read a text that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_ROWS_SHOWN = 20

TO_REVIEW = Column(
    "bool",
    "是否宜复核：规则把握不足，应由读者判断。",
    "Whether the rule is not sure, so that a reader should look.",
    required=True,
)
NOTE = Column("string", "复核者的说明。", "What the reviewer noted.")
INITIALS = Column(
    "string", "裁定此行的复核者姓名缩写。", "Initials of the reviewer who decided the row."
)


class _Decision(NamedTuple):
    """The decision of a reviewer in a row of the file.

    Attributes
    ----------
    row : int
        Number of the row in the file, the header being row 1.
    old, new : str or None
        The pair, or the new or dropped item, of the row.
    verdict : {"accept", "reject", "link"}
    others : tuple of str
        The ids to link to.
    note, initials : str
    """

    row: int
    old: str | None
    new: str | None
    verdict: _Verdict
    others: tuple[str, ...]
    note: str
    initials: str


class Ruling(NamedTuple):
    """Whether two ids are one commitment, with the reviewer and the row of the file."""

    linked: bool
    row: int
    note: str
    initials: str


@dataclass(frozen=True, slots=True, repr=False)
class Decisions:
    """The decisions of a file, free of contradictions.

    Attributes
    ----------
    name : str
        Name of the file.
    rulings : mapping of (str or None, str or None) to Ruling
        By pair of ids. A pair with None on one side means that the other has no
        predecessor (or successor): ``linked`` is then True for the absence.
    """

    name: str
    rulings: Mapping[tuple[str | None, str | None], Ruling] = field(default_factory=dict)

    def _view(self) -> View:
        """Return the view of the rulings, in the order of the file."""
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
            for (old, new), ruling in self.rulings.items()
        ]  # fmt: skip
        return View(
            name="Decisions",
            title="A reviewer's decisions",
            of=(Cell(self.name, "quoted"),) if self.name else (),
            counts=(number_of(len(rows), "ruling"),),
            columns=(
                number_column("row of the file", "row"),
                plain_column("ruling", "ruling"),
                small_column("old", "old"),
                small_column("new", "new"),
                quoted_column("note", "note"),
                quoted_column("by", "initials"),
            ),
            rows=tuple(rows[:_ROWS_SHOWN]),
            total=len(rows),
            ways=(".rulings",),
        )

    def __repr__(self) -> str:
        return as_line(self._view())

    def _repr_html_(self) -> str:
        return as_html(self._view())


def decided_pairs(decisions: object, plans: Sequence[str]) -> dict[tuple[str, str], str | Path]:
    """Check a mapping of pairs of plan ids to files of decisions.

    Parameters
    ----------
    decisions : mapping of (str, str) to str or Path, or None
    plans : sequence of str
        The ids that exist, oldest first.

    Raises
    ------
    ChoiceError
        If a key is not two of them, the older one first, or a value is no path.
    """
    number = {plan: place for place, plan in enumerate(plans)}
    given = {} if decisions is None else decisions
    some = list(islice(combinations(plans, 2), _CHOICES_SHOWN))
    if not isinstance(given, Mapping):
        raise ChoiceError("decisions", given, [{pair: "decisions.csv"} for pair in some[-1:]])
    files: dict[tuple[str, str], str | Path] = {}
    for key, path in given.items():
        match key:
            case (str(old), str(new)) if number.get(old, len(plans)) < number.get(new, -1):
                files[old, new] = path
            case _:
                raise ChoiceError("a key of decisions", key, some)
        if not isinstance(path, str | Path):
            raise ChoiceError(f"decisions[{key!r}]", path, ["the path of a file"])
    return files


def read_decisions(path: str | Path, old: Collection[str], new: Collection[str]) -> Decisions:
    """Read a file of decisions and check it against the ids of two plans.

    Parameters
    ----------
    path : str or Path
        CSV (comma, semicolon or tab; UTF-8, UTF-16 or GB18030) or XLSX, with the columns
        old_id, new_id, decision, link_to; note and initials if there are any. Rows
        without a decision are ignored.
    old, new : collection of str
        The ids that exist.

    Returns
    -------
    Decisions

    Raises
    ------
    UnreadableTextError
        If the file cannot be opened or is not a table.
    DecisionError
        If a column is missing, an id or a decision is unknown, or rows contradict each
        other; the message names the rows.
    """
    path = Path(path)
    return _rule(path.name, _parse_rows(path, table_rows(path)), old, new)


def ruling_on(decisions: Decisions, old: str | None, new: str | None) -> Ruling | None:
    """Return the ruling that determined a pair, or left one of the two without partner.

    An item has no partner by a ruling on itself, or by one that rejects a pair of it.
    """
    rulings = decisions.rulings
    if (ruling := rulings.get((old, new))) or (old and new):
        return ruling
    refused = (
        ruling
        for (a, b), ruling in rulings.items()
        if not ruling.linked and ((a == old and b) if new is None else (b == new and a))
    )
    return next(refused, None)


def _parse_rows(path: Path, rows: list[list[str]]) -> Iterator[_Decision]:
    """Yield the rows with a decision."""
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if missing := [name for name in _NEEDED if name not in header]:
        raise DecisionError(
            path.name, (1,), f"there is no column {', '.join(missing)}",
            "Start from the file that to_review() writes.",
        )  # fmt: skip
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        word = cells.get("decision", "").lower()
        if not word:
            if cells.get("link_to"):
                raise DecisionError(
                    path.name, (number,), "link_to is filled in and decision is not",
                    "Write link in the column decision.",
                )  # fmt: skip
            continue
        if word not in _VERDICTS:
            raise DecisionError(
                path.name, (number,), f"{word!r} is not a decision",
                f"Write one of: {', '.join(_VERDICTS)}.",
            )  # fmt: skip
        yield _Decision(
            row=number,
            old=cells.get("old_id") or None,
            new=cells.get("new_id") or None,
            verdict=_VERDICTS[word],
            others=tuple(filter(None, _IDS.split(cells.get("link_to", "")))),
            note=cells.get("note", ""),
            initials=cells.get("initials", ""),
        )


def _rule(
    name: str, decisions: Iterable[_Decision], old: Collection[str], new: Collection[str]
) -> Decisions:
    """Return the rulings of decisions; raise an error for contradictions."""
    rulings: dict[tuple[str | None, str | None], Ruling] = {}
    for decision in decisions:
        _check_ids(name, decision, old, new)
        for pair, linked in _meaning(name, decision, new):
            ruling = Ruling(linked, decision.row, decision.note, decision.initials)
            before = rulings.setdefault(pair, ruling)
            if before.linked != linked:
                raise _contradiction(name, before.row, decision.row, pair)
    for (one, other), ruling in rulings.items():
        if ruling.linked and one is not None and other is not None:
            for absence in ((one, None), (None, other)):
                if absence in rulings and rulings[absence].linked:
                    raise _contradiction(name, rulings[absence].row, ruling.row, absence)
    return Decisions(name, rulings)


def _check_ids(name: str, decision: _Decision, old: Collection[str], new: Collection[str]) -> None:
    """Raise an error for ids that none of the plans has."""
    unknown = [
        passage_id
        for passage_id, known in (
            (decision.old, old),
            (decision.new, new),
            *((other, {*old, *new}) for other in decision.others),
        )
        if passage_id is not None and passage_id not in known
    ]
    if decision.old is None and decision.new is None:
        raise DecisionError(
            name, (decision.row,), "old_id and new_id are both empty", "Fill in one of them."
        )
    if unknown:
        raise DecisionError(
            name, (decision.row,), f"the plans have no {', '.join(unknown)}",
            "old_id belongs to the older plan, new_id to the newer one.",
        )  # fmt: skip


def _meaning(
    name: str, decision: _Decision, new: Collection[str]
) -> Iterator[tuple[tuple[str | None, str | None], bool]]:
    """Yield the meaning of a decision for each of its pairs."""
    own = decision.old, decision.new
    if decision.verdict == "link":
        if not decision.others:
            raise DecisionError(
                name, (decision.row,), "link without the id to link to", "Fill in link_to."
            )
        for other in decision.others:
            pair = (decision.old, other) if other in new else (other, decision.new)
            if None in pair:
                raise DecisionError(
                    name, (decision.row,), f"{other} stands in the plan it is linked from",
                    "Link an id of the older plan to one of the newer.",
                )  # fmt: skip
            yield pair, True
        yield own, False
    elif decision.verdict == "reject" and None in own:
        raise DecisionError(
            name, (decision.row,), "to reject that something is new or dropped says not what it is",
            "Write link, and in link_to the id it goes with.",
        )  # fmt: skip
    else:
        yield own, decision.verdict == "accept"


def _contradiction(
    name: str, first: int, second: int, pair: tuple[str | None, str | None]
) -> DecisionError:
    """Return the error for two contradictory rows."""
    about = " -> ".join(passage_id or "nothing" for passage_id in pair)
    return DecisionError(
        name, tuple(sorted({first, second})), f"they contradict each other on {about}",
        "Keep one of them.",
    )  # fmt: skip


def write_decisions(path: str | Path, table: "pd.DataFrame") -> Path:
    """Write a table for a reviewer as CSV or XLSX, completely or not at all.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv`` or ``.xlsx``.
    table : pandas.DataFrame
        With a column *decision*, and the others that :func:`read_decisions` reads.

    Returns
    -------
    Path

    Raises
    ------
    OutputError
        If the ending is another, or the file cannot be written.
    """
    path = Path(path)
    writers = {".csv": _as_csv, ".xlsx": _as_workbook}
    if path.suffix.lower() not in writers:
        raise OutputError(path, "decisions are written as .csv or .xlsx")
    if path.exists() and any(_parse_rows(path, table_rows(path))):
        raise OutputError(path, "the file holds decisions that would be lost")
    rows = [list(table), *table.astype(object).where(table.notna(), "").to_numpy().tolist()]
    return write_result(path, writers[path.suffix.lower()](rows), "the file")


def _as_csv(rows: "_Rows") -> bytes:
    """Return rows as CSV that a spreadsheet opens in the right encoding."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(
        [
            f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
            for cell in row
        ]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def _as_workbook(rows: "_Rows") -> bytes:
    """Return rows as a workbook with a frozen header, filters and choices."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    header = [str(name) for name in rows[0]]
    for column, name in enumerate(header, start=1):
        width = 48 if name.endswith("_text") else 18
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    letter = get_column_letter(header.index("decision") + 1)
    choices = DataValidation(type="list", formula1='"accept,reject,link"', allow_blank=True)
    sheet.add_data_validation(choices)
    choices.add(f"{letter}2:{letter}{max(len(rows), 2)}")
    data = io.BytesIO()
    book.save(data)
    return without_clock(data)
