"""Targets of a plan, and the indicators that they measure."""

from dataclasses import dataclass
from typing import Literal

from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    as_html,
    as_line,
    exact,
    plain_column,
    said,
)
from crossplan.languages.language import Comparator, Direction, TargetKind
from crossplan.model.section import PASSAGE_WIDTH

_COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}

Polarity = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """A target: a figure to which a plan commits.

    Attributes
    ----------
    id : str
        ``2026-2030/1.5/2/t1`` is the first target of a measure. Rows of a curated sample,
        which have no measure, have the id of the section: ``2009-2010/1.4/t3``.
    plan, section : str
        Ids of the plan and of the section (or chapter); for any other text, ``text`` and
        the heading above the figure.
    indicator : str
        The indicator in the words of the plan.
    comparator : {"=", ">=", "<=", ">", "<", "~", "range"}
    value, value_upper : float, float or None
        The figure, in `unit`; the upper end of a range.
    unit : str
        The unit as printed; empty for a pure number.
    kind : {"level", "change", "output"}
        A level to reach, a change from a base, or an output to produce.
    direction : {"up", "down", "hold"} or None
        The direction of a change.
    year : int or None
        The year that the plan names; None if the end of the plan is implied.
    base : str
        The words that name the base of a change: ``比2020年``, ``从77%``.
    base_year : int or None
        The year of the base of a change, if it is known.
    recurrence : str
        The words that state that the figure is yearly or monthly: ``每年``.
    measure : str or None
        Id of the measure, goal or paragraph of the target; for any other text, the number
        of the line: ``text/48``.
    printed : str
        The figure as the text prints it; empty for curated rows.
    start, end : int or None
        Span of the figure in the reading text: ``plan.text[start:end] == printed``.
    evidence : str
        ``text`` for targets read from the text of the plan, else the kind of source of the
        curated row: plan_text, official_report or press_report.
    confidence : str
        high or medium for curated rows; empty for rows read from the text.
    source, second_source : str
    outcome : float or None
        The value reached, if a source states it.
    outcome_source, note : str
        The note of a figure read from a text lists the corrections of the critical
        apparatus that affect it.
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
    base: str = ""
    base_year: int | None = None
    recurrence: str = ""
    measure: str | None = None
    printed: str = ""
    start: int | None = None
    end: int | None = None
    evidence: str = "text"
    confidence: str = ""
    source: str = ""
    second_source: str = ""
    outcome: float | None = None
    outcome_source: str = ""
    note: str = ""

    def _view(self) -> View:
        """Return the view of a target, one row per known fact."""
        figure = (Cell(_COMPARATORS.get(self.comparator, "")), *exact(self.value))
        if self.value_upper is not None:
            figure = (*figure, Cell("–"), *exact(self.value_upper))
        if self.unit:
            figure = (*figure, *said(self.unit))
        facts: list[tuple[str, Cells]] = [
            ("figure", figure),
            ("kind", (Cell(" ".join(filter(None, [self.kind, self.direction]))),)),
        ]
        known = {
            "by": self.year,
            "counted from": self.base or self.base_year,
            "each": self.recurrence,
            "printed": self.printed,
            "reached": None if self.outcome is None else exact(self.outcome)[0].text,
            "evidence": self.evidence,
            "confidence": self.confidence,
            "source": self.source,
            "note": self.note,
        }
        facts += [(name, said(value, PASSAGE_WIDTH)) for name, value in known.items() if value]
        rows: tuple[Record, ...] = tuple({"fact": name, "cells": cells} for name, cells in facts)
        return View(
            name="Target",
            title="Target",
            of=(*said(self.indicator), Cell(" "), *figure, Cell(" "), Cell(self.id, "small")),
            counts=(self.kind,),
            columns=(plain_column("", "fact"), ViewColumn("", lambda row: row["cells"])),
            rows=rows,
            total=len(rows),
        )

    def __repr__(self) -> str:
        return as_line(self._view())

    def _repr_html_(self) -> str:
        return as_html(self._view())


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target measures, with all its names in the plans.

    Attributes
    ----------
    name, name_en : str
        The standard name.
    polarity : {"more", "less", "neither"}
        Whether a higher or a lower value is better.
    unit_family : str
        The family of its units, such as ``number`` (per cent and pure numbers).
    other_names : tuple of str
    replaces : tuple of str
        Standard names of the indicators that it replaced. They are similar but not the
        same, and never compared.
    """

    name: str
    name_en: str
    polarity: Polarity
    unit_family: str
    other_names: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The standard name and the others."""
        return (self.name, *self.other_names)
