"""Collating two texts of one plan, and recording the readings that are chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from crossplan.acquisition.add import described_plan
from crossplan.acquisition.apparatus import (
    Kind,
    around,
    kind_of,
    overlap,
    unique_quote,
    variants,
    write_entries,
)
from crossplan.acquisition.intake import Origin, draft_bytes, examine
from crossplan.acquisition.tables import VARIANTS
from crossplan.arguments import several
from crossplan.corpora.catalog import Series, read_corrections
from crossplan.corpora.encoding import read_text
from crossplan.corpora.load import DEFAULT_SERIES, outlined_plan, shipped_plan, with_stored
from crossplan.corpora.records import CorrectionRecord, Remark
from crossplan.corpora.store import SHIPPED, find_witness, read_stored, witness_folders
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    number_column,
    number_of,
    plain_column,
    quote,
    records,
    small_column,
    tally,
)
from crossplan.errors import ArgumentError, ChoiceError, SeriesError
from crossplan.model import Certainty, Plan, plan_names
from crossplan.readers.document import read_file
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

_CONTEXT = 12
_LONGEST_QUOTE = 80
_METHOD = (
    "Equal lines are set against each other, then the characters of the lines between them, by "
    "the fewest edits (Levenshtein, rapidfuzz). Title page and table of contents are left out, "
    "and corrections are not applied."
)

_KINDS = ("figure", "wording", "omission", "addition", "punctuation", "line break")


class _Variant(NamedTuple):
    """A place where two texts differ; the columns of the table."""

    variant: int
    passage_id: str
    kind: Kind
    a_text: str
    b_text: str
    before: str
    after: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int


class _Text(NamedTuple):
    """A text to collate, with the decoded contents of its file."""

    name: str
    plan: Plan
    decoded: str
    apparatus: Path | None


@dataclass(frozen=True, repr=False, eq=False)
class Collation(Result):
    """The variants between two texts of a plan; made by :func:`collate`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per variant: variant, passage_id (in a), kind (figure, wording, omission,
        addition, punctuation, line break), a_text, b_text, before, after, a_start, a_end,
        b_start, b_end (spans in the reading texts, without corrections).
    a, b : Text
        The two texts.
    variants : tuple of Variant
        The rows of the table.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="collation", title=Title("文本校勘", "Texts collated"), tables=(VARIANTS,)
    )

    a: _Text
    b: _Text
    variants: tuple[_Variant, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The variants as lines of text."""
        return (
            f"{len(self.variants)} variants: a = {self.a.name}, b = {self.b.name}",
            *(
                f"{v.variant}  {v.passage_id}  {v.kind}  {v.before}[{v.a_text}|{v.b_text}]{v.after}"
                for v in self.variants
            ),
        )

    def record(
        self,
        chosen: int | Iterable[int],
        *,
        reason: str,
        reason_en: str,
        certainty: Certainty = "certain",
        to: str | Path | None = None,
    ) -> Path:
        """Record readings of b as corrections in the apparatus of a.

        Parameters
        ----------
        chosen : int or iterable of int
            Numbers of the variants, as in the column variant.
        reason, reason_en : str
            The reason for the choice, in Chinese and in English.
        certainty : {"certain", "doubtful"}
            Doubtful readings are listed and never applied.
        to : str or Path, optional
            The ``corrections.toml`` to write; by default that of a if it is stored in the
            data folder. New entries are appended to an existing file.

        Returns
        -------
        Path
            The file that was written.

        Raises
        ------
        ChoiceError
            If there is no variant of that number.
        ArgumentError
            If the text is not stored, or there is no file to write to.
        SeriesError
            If a variant is within a correction that is recorded already.
        OutputError
            If the file cannot be written.
        """
        numbers = several(chosen)
        rows = {variant.variant: variant for variant in self.variants}
        for number in numbers:
            if number not in rows:
                raise ChoiceError("chosen", number, [f"a number from 1 to {len(rows)}"])
        path = Path(to) if to is not None else self.a.apparatus
        if not self.sha256:
            raise ArgumentError(
                f"{self.a.name} is a file that is not stored, and an apparatus belongs to a text",
                "Add the file first (add_plan), and collate it by the name it gets.",
            )
        if path is None:
            raise ArgumentError(
                f"{self.a.name} is not in the data folder",
                "Name the file to write: record(..., to='corrections.toml').",
            )
        taken = [
            (c.start, c.start + len(c.witness))
            for c in read_corrections(path, self.a.decoded, self.sha256, apply=False)
        ]
        entries = [
            self.entry(rows[number], path, taken, certainty, Remark(zh=reason, en=reason_en))
            for number in numbers
        ]
        return write_entries(path, self.sha256, entries)

    @property
    def sha256(self) -> str:
        """The checksum of a, which its apparatus contains."""
        return self.a.plan.require_reading("text").witness.sha256

    def entry(
        self,
        variant: _Variant,
        path: Path,
        taken: list[tuple[int, int]],
        certainty: Certainty,
        reason: Remark,
    ) -> CorrectionRecord:
        """Return the entry of the apparatus that corrects a to the reading of b."""
        start, end = self.place(variant)
        quote = unique_quote(self.a.decoded, start, end, _LONGEST_QUOTE)
        if quote is None or overlap(taken, start, end):
            raise SeriesError(
                path,
                f"variant {variant.variant}",
                "it lies inside of a recorded correction, or cannot be quoted so that it is "
                "found once",
                "Edit the file by hand.",
            )
        left, right = quote
        text = self.a.decoded
        return CorrectionRecord(
            witness=text[left:right],
            corrected=text[left:start] + variant.b_text + text[end:right],
            certainty=certainty,
            reason=reason,
        )

    def place(self, variant: _Variant) -> tuple[int, int]:
        """Return the span of a variant in the decoded file of a."""
        plan = self.a.plan
        if variant.a_start < variant.a_end:
            return plan.witness_span(variant.a_start, variant.a_end)
        origins = plan.require_reading("text").origins
        place = origins[variant.a_start] if variant.a_start < len(origins) else len(self.a.decoded)
        return place, place

    def _view(self) -> View:
        """Show the variants in their context."""
        return View(
            name=type(self).__name__,
            title="Two texts collated",
            of=(
                *plan_names([self.a.plan]),
                Cell(": a = "),
                *quote(self.a.name),
                Cell(", b = "),
                *quote(self.b.name),
            ),
            counts=(
                number_of(len(self.variants), "variant"),
                *tally(self.frame, "kind", _KINDS),
            ),
            columns=(
                number_column("no.", "variant"),
                plain_column("kind", "kind"),
                ViewColumn("a struck out, b put in", _reading_shown),
                small_column("stands in", "passage_id"),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", ".lines", ".record([1], reason=..., reason_en=...)"),
            method=self.method,
        )


def collate(
    plan: str | Plan,
    a: str | Path,
    b: str | Path,
    *,
    series: str | Path = DEFAULT_SERIES,
    home: str | Path | None = None,
) -> Collation:
    """Collate two texts of one plan and list the variants between them.

    Parameters
    ----------
    plan : str or Plan
        The plan, or its id.
    a, b : str or Path
        The two texts: each the name of a stored text (from the column witness of
        :func:`verify_plans`), ``shipped``, or a file in any format that can be added.
    series : str or Path
        Name of a shipped series, or path of the folder of a series.
    home : str or Path, optional
        The data folder; by default ``CROSSPLAN_HOME``, or the usual place of the system.

    Returns
    -------
    Collation
        ``.table`` has variant, passage_id (in a), kind (figure, wording, omission,
        addition, punctuation, line break), a_text, b_text, before, after, a_start,
        a_end, b_start, b_end: spans in the reading texts, without corrections.
        ``.record(...)`` writes chosen readings of b to ``corrections.toml``.

    Raises
    ------
    UnknownPlanError, UnknownWitnessError, UnreadableTextError, NotThePlanError

    Examples
    --------
    >>> import crossplan as cp
    >>> len(cp.witnesses.collate("2026-2030", "shipped", "shipped").table)
    0
    """
    plan_id = plan.id if isinstance(plan, Plan) else plan
    described = described_plan(series, plan_id)
    first, second = (_text_of(described, plan_id, name, home) for name in (a, b))
    rows = tuple(_rows_of(first.plan, second.plan))
    return Collation(VARIANTS.frame(one._asdict() for one in rows), _METHOD, first, second, rows)


def _rows_of(a: Plan, b: Plan) -> list[_Variant]:
    """Return the variants between the bodies of two plans."""
    a_from, b_from = _body_start(a), _body_start(b)
    passages = [(node.start, node.end, node.owner) for node in a.nodes if node.end > a_from]
    rows = []
    for number, span in enumerate(variants(a.text[a_from:], b.text[b_from:]), start=1):
        start, end = span.a_start + a_from, span.a_end + a_from
        there = span.b_start + b_from, span.b_end + b_from
        old, new = a.text[start:end], b.text[slice(*there)]
        owner = next((owner for left, right, owner in passages if left <= start < right), "")
        rows.append(
            _Variant(
                number,
                owner or (passages[-1][2] if passages else ""),
                kind_of(old, new),
                old,
                new,
                *around(a.text, start, end, _CONTEXT),
                start,
                end,
                *there,
            )
        )
    return rows


def _body_start(plan: Plan) -> int:
    """Return the offset of the first heading of the body."""
    starts = [h.start for h in (plan.introduction, *plan.headings) if h.start is not None]
    return min(starts, default=0)


def _reading_shown(row: Record) -> Cells:
    """Show a variant with the text before and after it."""
    changed = [
        *([Cell(row["a_text"], "deleted")] if row["a_text"] else []),
        *([Cell(row["b_text"], "inserted")] if row["b_text"] else []),
    ]
    return (Cell(row["before"], "quoted"), *changed, Cell(row["after"], "quoted"))


def _text_of(series: Series, plan_id: str, name: str | Path, home: str | Path | None) -> _Text:
    """Return the text of that name, or read the file of that name."""
    if name == SHIPPED and series.plans[plan_id].witness is not None:
        plan = shipped_plan(series, plan_id, corrections=False)
        path = series.folder / plan_id / plan.require_reading("text").witness.name
        return _Text(SHIPPED, plan, read_text(path)[1], None)
    folders = witness_folders(series.record.id, plan_id, home)
    if isinstance(name, Path) or (
        name not in {folder.name for folder in folders} and Path(name).exists()
    ):
        return _text_of_file(series, plan_id, Path(name))
    stored = read_stored(find_witness(folders, str(name), plan_id))
    outlined = outlined_plan(series, plan_id)
    plan = with_stored(outlined, series, stored, corrections=False)
    return _Text(stored.name, plan, read_text(stored.text_path)[1], stored.corrections_path)


def _text_of_file(series: Series, plan_id: str, path: Path) -> _Text:
    """Read a file as the text of a plan without storing it."""
    document = read_file(path)
    candidate = examine(series, plan_id, document, Origin("added", document.name))
    return _Text(document.name, candidate.plan, draft_bytes(candidate.draft).decode(), None)
