"""Targets of a plan, the indicators that they measure, and the columns that describe them."""

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
    quote,
)
from crossplan.languages.language import Comparator, Direction, TargetKind
from crossplan.model.section import PASSAGE_WIDTH
from crossplan.tables import Column

KIND = Column(
    "string",
    "目标类型：水平、增减或产出。",
    (
        "A state to reach (level), a difference from a base (change), or something made or "
        "done (output)."
    ),
    choices=("level", "change", "output"),
    required=True,
)

DIRECTION = Column(
    "string",
    "增减的方向；非增减类目标为空。",
    "Direction of a change; empty for other kinds of target.",
    choices=("up", "down", "hold"),
)
TARGET_COLUMNS = {
    "id": Column("string", "目标的编号。", "Id of the target.", required=True),
    "plan": Column("string", "设定该目标的计划。", "Id of the plan that sets it.", required=True),
    "section": Column(
        "string",
        "所在节（或章）的编号。",
        "Id of the section or chapter that contains it.",
        required=True,
    ),
    "indicator": Column(
        "string", "指标，依计划原文。", "The indicator as the plan words it.", required=True
    ),
    "scope": Column(
        "string",
        "指标中限定人群或地域的词语。",
        "The words of the indicator that name a group of people or an area.",
    ),
    "comparator": Column(
        "string",
        "数值的限定：等于、不低于、不高于、大于、小于、约或区间。",
        (
            "How the figure is meant: exactly, at least, at most, more than, less than, about, "
            "or a range."
        ),
        choices=("=", ">=", "<=", ">", "<", "~", "range"),
        required=True,
    ),
    "value": Column(
        "float64",
        "数值，以 unit 计；区间取下端。",
        "The figure, in unit; of a range, the lower end.",
        required=True,
    ),
    "value_upper": Column("float64", "区间的上端。", "Upper end of a range."),
    "unit": Column(
        "string", "单位，依原文；无单位者为空。", "Unit as printed; empty for a pure number."
    ),
    "printed": Column(
        "string",
        "数值在正文中的写法；采自已发布网页的行为空。",
        (
            "The figure as the text prints it; empty for rows that were gathered from "
            "published pages."
        ),
    ),
    "normal_value": Column(
        "float64",
        "以 normal_unit 计的数值，便于同类单位相比。",
        "The figure in normal_unit, so that figures of one family can be compared.",
        required=True,
    ),
    "normal_unit": Column(
        "string", "单位所属类别的基本单位。", "Base unit of the family of the unit."
    ),
    "unit_family": Column(
        "string",
        "单位类别，如人数；不识之单位为 unknown。",
        "Family of the unit, such as persons; unknown where the unit is not known.",
        required=True,
    ),
    "kind": KIND,
    "direction": DIRECTION,
    "base": Column("string", "说明增减起算点的词语。", "Words that name the base of a change."),
    "base_year": Column(
        "Int64",
        "增减的基年（已知者）。",
        "Year that a change is counted from, where it is known.",
    ),
    "year": Column(
        "Int64",
        "计划写明的年份；以计划末年为期者为空。",
        "Year that the plan names; empty where the end of the plan is implied.",
    ),
    "deadline": Column(
        "Int64",
        "完成年份：写明的年份，否则为计划末年。",
        "That year, or else the last year of the plan.",
    ),
    "recurrence": Column(
        "string",
        "说明数值按年或按月适用的词语。",
        "Words by which the figure applies to each year, or to each month.",
    ),
    "measure_id": Column(
        "string",
        "所出自的举措、目标或段落的编号。",
        "Id of the measure, goal or paragraph that it was read from.",
    ),
    "start": Column(
        "Int64",
        "数值在正文中的起点，自 0 起按字符计。",
        "Where the figure begins in the reading text, counted in characters from 0.",
        least=0.0,
    ),
    "end": Column(
        "Int64",
        "数值在正文中的终点：其后第一个字符。",
        "Where it ends: the first character after it.",
        least=0.0,
    ),
    "source": Column(
        "string",
        "来源：已发布网页的地址，或所据文本。",
        ("Where the row comes from: address of a published page, or the witness that was read."),
    ),
    "evidence": Column(
        "string",
        "依据：读自正文，或采自引述计划原文的网页、官方报告、新闻报道。",
        (
            "Read from the text of the plan (text), or gathered from a page that quotes the "
            "plan, an official report or the press."
        ),
        choices=("text", "plan_text", "official_report", "press_report"),
        required=True,
    ),
    "confidence": Column(
        "string",
        "采集所得之行的可信程度；读自正文者为空。",
        "How sure the gathered row is; empty for rows that were read from the text.",
        choices=("high", "medium"),
    ),
    "second_source": Column(
        "string", "第二来源的地址。", "Address of a second page with the same figure."
    ),
    "outcome": Column(
        "float64", "实际值（有来源者）。", "Value reached, where a source reports it."
    ),
    "outcome_source": Column("string", "实际值的来源。", "Where the value reached was published."),
    "note": Column(
        "string",
        "涉及该数值的校改，或采集者的说明。",
        "Corrections that affect the figure, or a note by whoever gathered the row.",
    ),
}


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
            figure = (*figure, *quote(self.unit))
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
        facts += [(name, quote(value, PASSAGE_WIDTH)) for name, value in known.items() if value]
        rows: tuple[Record, ...] = tuple({"fact": name, "cells": cells} for name, cells in facts)
        return View(
            name="Target",
            title="Target",
            of=(*quote(self.indicator), Cell(" "), *figure, Cell(" "), Cell(self.id, "small")),
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
