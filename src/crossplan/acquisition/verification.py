"""Verifying the texts of plans: whether they are complete, and what is missing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from crossplan.acquisition.findings import MISSED, Finding, find_all
from crossplan.acquisition.headings import Known
from crossplan.acquisition.tables import FINDINGS, HEADINGS_FOUND, VERIFIED
from crossplan.corpora.catalog import Series, read_series
from crossplan.corpora.load import DEFAULT_SERIES, outlined_plan, shipped_plan, with_stored
from crossplan.corpora.store import (
    ORIGINALS,
    SHIPPED,
    StoredWitness,
    find_series,
    read_stored,
    witness_folders,
    witness_in_use,
)
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    chips,
    number,
    plain_column,
    quote,
    quoted_column,
    records,
    small,
    tally,
)
from crossplan.errors import CrossplanError, DamagedWitnessError, UnknownWitnessError
from crossplan.model import Plan
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    import pandas as pd

_Verdict = Literal["complete", "usable with gaps", "refused", "no text"]
_METHOD = (
    "Headings are those of the outline, found in order; a text is complete when it has all of "
    "them, something below each, and no damage beyond single characters."
)

_VERDICTS = ("complete", "usable with gaps", "refused", "no text")
# This number of characters of a checksum distinguishes two files.
_CHECKSUM = 12


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was verified."""

    plan_id: str
    witness: str
    in_use: bool
    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    refusal: str = ""

    @property
    def verdict(self) -> _Verdict:
        """The verdict that follows from the findings."""
        if self.refusal:
            return "refused"
        if self.plan is None:
            return "no text"
        return "usable with gaps" if self.of("gap") else "complete"

    def of(self, severity: str) -> tuple[Finding, ...]:
        """Return the findings of a severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def reason(self) -> str:
        """Why it is not accepted, or what is missing from it."""
        if self.refusal:
            return self.refusal
        return "; ".join(f"{f.kind}: {f.place} {f.detail}".strip() for f in self.of("gap"))

    def row(self) -> dict[str, object]:
        """Return its row in the table."""
        plan = self.plan
        witness = plan.require_reading("text").witness if plan else None
        headings = (plan.introduction, *plan.headings) if plan else ()
        found = sum(heading.start is not None for heading in headings)
        # An introduction with a made-up title has no heading to find.
        missed = {f.place for f in self.findings if f.kind in MISSED}
        values = (
            self.plan_id,
            self.witness,
            self.in_use,
            self.verdict,
            self.reason,
            found,
            found + len(missed),
            len(plan.measures) if plan else 0,
            len(plan.text) if plan else 0,
            len(self.of("gap")),
            len(self.of("note")),
            witness.source if witness else "",
            witness.address if witness else "",
            witness.sha256 if witness else "",
        )
        return dict(zip(VERIFIED.columns, values, strict=True))


@dataclass(frozen=True, repr=False, eq=False)
class Verification(Result):
    """The verdicts on texts, one row per text; made by :func:`verify_plans`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per text: plan, witness, in_use, verdict (complete, usable with gaps,
        refused, no text), reason, headings_found, headings, measures, characters, gaps,
        notes, source, address, sha256.
    checked : tuple of Checked
        The texts, with their findings.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="verification",
        title=Title("文本核验", "Texts verified"),
        tables=(VERIFIED, FINDINGS, HEADINGS_FOUND),
    )

    checked: tuple[Checked, ...] = ()

    @property
    def findings(self) -> "pd.DataFrame":
        """Every finding: plan, witness, severity, finding, place, count, detail."""
        return FINDINGS.frame(
            {
                "plan": c.plan_id,
                "witness": c.witness,
                "severity": f.severity,
                "finding": f.kind,
                "place": f.place,
                "count": f.number,
                "detail": f.detail,
            }
            for c in self.checked
            for f in c.findings
        )

    @property
    def sections(self) -> "pd.DataFrame":
        """Each heading: plan, witness, id, title, level, found, measures, characters."""
        return HEADINGS_FOUND.frame(
            {
                "plan": c.plan_id,
                "witness": c.witness,
                "id": h.id,
                "title": h.title,
                "level": h.level,
                "found": h.start is not None,
                "measures": len(h.measures),
                "characters": 0 if h.start is None or h.end is None else h.end - h.start,
            }
            for c in self.checked
            if c.plan
            for h in (c.plan.introduction, *c.plan.headings)
        )

    @property
    def complete(self) -> bool:
        """Whether every text in use is complete."""
        return all(c.verdict == "complete" for c in self.checked if c.in_use)

    def _view(self) -> View:
        """Show each text with its verdict."""
        return View(
            name=type(self).__name__,
            title="Texts verified",
            of=(Cell("、".join(self.frame["plan"].unique()), "quoted"),),
            counts=tally(self.frame, "verdict", _VERDICTS),
            columns=(
                plain_column("plan", "plan"),
                ViewColumn("verdict", lambda row: chips(row["verdict"])),
                ViewColumn("text", _text_shown),
                ViewColumn("headings found", headings_found, "right"),
                ViewColumn("measures", lambda row: number(row["measures"] or None), "right"),
                ViewColumn("characters", lambda row: number(row["characters"] or None), "right"),
                quoted_column("why", "reason"),
                quoted_column("source", "source"),
                ViewColumn("sha256", lambda row: small(row["sha256"][:_CHECKSUM])),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", ".findings", ".sections", ".complete"),
            method=self.method,
        )


def verify_plans(
    plans: str | Iterable[str] | None = None,
    *,
    series: str | Path = DEFAULT_SERIES,
    home: str | Path | None = None,
) -> Verification:
    """Verify the texts of plans, both stored and shipped.

    Parameters
    ----------
    plans : str or iterable of str, optional
        Ids of plans; by default all.
    series : str or Path
        Name of a shipped series, or path of the folder of a series.
    home : str or Path, optional
        The data folder; by default ``CROSSPLAN_HOME``, or the usual place of the system.

    Returns
    -------
    Verification
        ``.table`` has plan, witness, in_use, verdict (complete, usable with gaps,
        refused, no text), reason, headings_found, headings, measures, characters, gaps,
        notes, source, address, sha256. ``.findings`` and ``.sections`` have the details.

    Raises
    ------
    UnknownPlanError, UnknownSeriesError, SeriesError

    Examples
    --------
    >>> import crossplan as cp
    >>> checked = cp.verify_plans("2026-2030")
    >>> checked.table[["verdict", "headings_found", "measures"]].to_dict("records")
    [{'verdict': 'complete', 'headings_found': 41, 'measures': 203}]
    """
    described = read_series(find_series(series))
    wanted = described.wanted(plans)
    return verification(
        [checked for plan_id in wanted for checked in check_plan(described, plan_id, home)]
    )


def verification(checked: Sequence[Checked]) -> Verification:
    """Return verified texts as a result."""
    return Verification(VERIFIED.frame(c.row() for c in checked), _METHOD, tuple(checked))


def check_plan(series: Series, plan_id: str, home: str | Path | None) -> Iterator[Checked]:
    """Verify every text of a plan."""
    shipped = series.plans[plan_id].witness is not None
    stored = witness_folders(series.record.id, plan_id, home)
    try:
        used = witness_in_use(series.record.id, plan_id, home, shipped=shipped)
    except UnknownWitnessError as error:
        yield Checked(plan_id, "", in_use=True, plan=None, refusal=str(error))
        used = Path()
    if shipped:
        plan = shipped_plan(series, plan_id, corrections=True)
        findings = find_all(plan, known(series, plan_id), ())
        yield Checked(plan_id, SHIPPED, in_use=used is None, plan=plan, findings=findings)
    for folder in stored:
        yield check_stored(series, plan_id, folder, in_use=folder == used)
    if not shipped and not stored:
        yield Checked(plan_id, "", in_use=False, plan=None)


def check_stored(series: Series, plan_id: str, folder: Path, *, in_use: bool) -> Checked:
    """Verify a stored text: its checksums and its contents."""
    try:
        witness = read_stored(folder)
        _check_originals(witness)
        wanted = known(series, plan_id)
        plan = with_stored(wanted.plan, series, witness, corrections=True)
    except CrossplanError as error:
        return Checked(plan_id, folder.name, in_use=in_use, plan=None, refusal=str(error))
    findings = find_all(plan, wanted, witness.source.repairs)
    return Checked(plan_id, witness.name, in_use=in_use, plan=plan, findings=findings)


def _check_originals(witness: StoredWitness) -> None:
    """Compare the original files with their checksums.

    Raises
    ------
    DamagedWitnessError
    """
    for original in witness.source.originals:
        try:
            data = (witness.folder / ORIGINALS / original.file).read_bytes()
        except OSError as error:
            raise DamagedWitnessError(
                witness.folder, f"{original.file} cannot be read ({error.strerror})"
            ) from error
        if hashlib.sha256(data).hexdigest() != original.sha256:
            raise DamagedWitnessError(
                witness.folder, f"the checksum of {original.file} has changed"
            )


def known(series: Series, plan_id: str) -> Known:
    """Return what is known of a plan from the series alone."""
    return Known(
        outlined_plan(series, plan_id),
        series.marks(plan_id),
        introduction_printed=series.plans[plan_id].introduction_printed,
        measures_marked=bool(series.record.marks.measure),
        characters=series.plans[plan_id].approximate_characters,
    )


def _text_shown(row: Record) -> Cells:
    """Show the name of a text and whether it is in use."""
    named = small(row["witness"])
    return (*named, Cell(" in use")) if row["in_use"] else named


def headings_found(row: Record) -> Cells:
    """Show the number of headings found and the number expected."""
    found, wanted = row["headings_found"], row["headings"]
    return (Cell(f"{found} of {wanted}"),) if wanted else quote(None)
