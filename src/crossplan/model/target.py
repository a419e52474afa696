"""A figure that a plan commits to."""

from dataclasses import dataclass
from typing import Literal

from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    as_html,
    as_line,
    exact,
    plain_column,
    said,
)
from crossplan.languages.target_grammar import Comparator, Direction, TargetKind
from crossplan.model.passage import PASSAGE_WIDTH

_COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}

Polarity = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """A figure that a plan commits to.

    Attributes
    ----------
    id : str
        ``2026-2030/1.5/2/t1``: the first target of a measure. Rows of a curated
        sample, which know no measure, carry the section: ``2009-2010/1.4/t3``.
    plan, section : str
        Ids of the plan and of the section (or chapter); of any other text, ``text`` and
        the heading above the figure.
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
    base : str
        The words that say what a change is counted from: ``比2020年``, ``从77%``.
    base_year : int or None
        The year a change is counted from, where it is known.
    recurrence : str
        The words that say that the figure holds each year, or each month: ``每年``.
    measure : str or None
        Id of the measure, goal or paragraph it was read from; of any other text, the
        number of the line: ``text/48``.
    printed : str
        The figure as the text prints it; empty for curated rows.
    start, end : int or None
        Span of the figure in the reading text: ``plan.text[start:end] == printed``.
    evidence : str
        ``text`` when read from the plan's text, else how the curated row is known:
        plan_text, official_report or press_report.
    confidence : str
        high or medium for curated rows; empty for rows read from the text.
    source, second_source : str
    outcome : float or None
        The value reached, where a source states it.
    outcome_source, note : str
        The note of a figure read from a text tells the corrections of the critical
        apparatus that touch it.
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
        """Show a target, one fact a row; what is not known has none."""
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
            columns=(plain_column("", "fact"), Column("", lambda row: row["cells"])),
            rows=rows,
            total=len(rows),
        )

    def __repr__(self) -> str:
        return as_line(self._view())

    def _repr_html_(self) -> str:
        return as_html(self._view())


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target measures, under all names that the plans give it.

    Attributes
    ----------
    name, name_en : str
        The standard name.
    polarity : {"more", "less", "neither"}
        Whether more of it is better, or less.
    unit_family : str
        The family of its units, such as ``number`` (per cent and pure numbers).
    other_names : tuple of str
    replaces : tuple of str
        Standard names of the indicators that it took the place of. They are close and
        not the same, and never compared.
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
