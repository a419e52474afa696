"""A figure that a plan commits to."""

from dataclasses import dataclass
from typing import Literal

Comparator = Literal["=", ">=", "<=", ">", "<", "~", "range"]
TargetKind = Literal["level", "change", "output"]
Direction = Literal["up", "down", "hold"]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a plan commits to.

    Attributes
    ----------
    id : str
        ``2026-2030/1.5/2/t1``: the first target of a measure. Rows of a curated
        sample, which know no measure, carry the section: ``2009-2010/1.4/t3``.
    plan, section : str
        Ids of the plan and of the section (or chapter).
    indicator : str
        What is measured, as the plan words it.
    comparator : {"=", ">=", "<=", ">", "<", "~", "range"}
    value, value_upper : float, float or None
        The figure, in `unit`; the upper end of a range.
    unit : str
        As printed; empty for a pure number.
    kind : {"level", "change", "output"}
        A state to reach, a difference from a base, or something to be made.
    direction : {"up", "down", "hold"} or None
        Of a change.
    year : int or None
        The year the plan names; None where the end of the plan is implied.
    measure : str or None
        Id of the measure it was read from.
    start, end : int or None
        Span of the figure in the reading text.
    evidence : str
        ``text`` when read from the plan's text, else how the curated row is known:
        plan_text, official_report or press_report.
    confidence : str
        high or medium for curated rows; empty for rows read from the text.
    source, second_source : str
    outcome : float or None
        The value reached, where a source tells it.
    outcome_source, note : str
    """

    id: str
    plan: str
    section: str
    indicator: str
    comparator: Comparator
    value: float
    unit: str
    kind: TargetKind
    value_upper: float | None = None
    direction: Direction | None = None
    year: int | None = None
    measure: str | None = None
    start: int | None = None
    end: int | None = None
    evidence: str = "text"
    confidence: str = ""
    source: str = ""
    second_source: str = ""
    outcome: float | None = None
    outcome_source: str = ""
    note: str = ""
