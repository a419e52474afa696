"""Build the chapter with the decisions of reviewers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossplan.display import records
from crossplan.matching.measures import comparison_of
from crossplan.pairing.decisions import Decisions, Ruling
from crossplan.reporting.content import Content, DecisionFile
from crossplan.reporting.document import (
    Block,
    Chapter,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Subheading,
    cell,
    code,
    lead_to,
    number,
    quiet,
    words,
)
from crossplan.targets.comparison import compare_targets

if TYPE_CHECKING:
    import pandas as pd

_Pair = tuple[str | None, str | None]


def decisions(content: Content) -> Chapter:
    """List the decisions that the report applies, next to the results without them."""
    t = content.t
    blocks: list[Block] = []
    if content.measures is not None and (file := content.measure_decisions):
        alone = comparison_of(content.old, content.new, content.links).frame
        title = t("举措", "Measures")
        read = content.measures.decisions
        blocks += _listed(content, title, name="decisions", file=file, read=read, alone=alone)
    if file := content.target_decisions:
        alone = compare_targets(content.old, content.new).frame
        title = t("量化目标", "Targets")
        read = content.targets.decisions
        name = "decisions-targets"
        blocks += _listed(content, title, name=name, file=file, read=read, alone=alone)
    if not blocks:
        text = t(
            "没有复核者判定；以上皆为规则所得，“宜复核”者未经人工确认。",
            "There are no decisions of a reviewer: all results above were computed, and nobody has "
            "looked at what is marked to be reviewed.",
        )
        blocks.append(ReportParagraph(words(text)))
    title = t("复核者判定", "Reviewer decisions")
    return Chapter("decisions", title, title, tuple(blocks))


def _listed(  # noqa: PLR0913 - what a table of decisions is made of
    content: Content,
    title: str,
    *,
    name: str,
    file: DecisionFile,
    read: Decisions,
    alone: "pd.DataFrame",
) -> list[Block]:
    """List the decisions of a file."""
    t = content.t
    found = {(row["old_id"], row["new_id"]) for row in records(alone)}
    overruled = sum(ruling.linked != (pair in found) for pair, ruling in read.rulings.items())
    about = words(
        code(file.name),
        t(
            f"，{len(read.rulings)} 项判定，其中 {overruled} 项与规则不同。SHA-256 ",
            f", decisions: {len(read.rulings)}, of these against the rule: {overruled}. SHA-256 ",
        ),
        code(file.sha256),
    )
    table = ReportTable(
        name=name,
        caption=t(f"复核者判定：{title}", f"Decisions of reviewers: {title}"),
        columns=(
            ReportColumn(content.old.id, "id", 1.3),
            ReportColumn(content.new.id, "id", 1.3),
            ReportColumn(t("复核者", "Reviewer says"), "choice", 1.2),
            ReportColumn(t("规则", "Rule says"), "choice", 1.2),
            ReportColumn(t("附注", "Note"), share=3),
            ReportColumn(t("署名", "Initials"), "choice"),
            ReportColumn(t("行", "Row"), "number", 0.6),
        ),
        rows=tuple(_rows(content, read.rulings.items(), found)),
        searchable=True,
    )
    return [Subheading(title), ReportParagraph(about), table]


def _rows(
    content: Content, rulings: Iterable[tuple[_Pair, Ruling]], found: set[_Pair]
) -> Iterable[ReportRow]:
    """Yield a row for each decision."""
    t = content.t
    for pair, ruling in rulings:
        old, new = pair
        nothing = quiet(t("无", "none"))
        yield ReportRow(
            (
                cell(lead_to(old) if old else nothing),
                cell(lead_to(new) if new else nothing),
                cell(_verdict(content, pair, linked=ruling.linked)),
                cell(_verdict(content, pair, linked=pair in found)),
                cell(ruling.note),
                cell(ruling.initials),
                number(ruling.row, "{:d}"),
            )
        )


def _verdict(content: Content, pair: _Pair, *, linked: bool) -> str:
    """Describe whether two sides are paired, or one side has no partner."""
    t = content.t
    if None in pair:
        return t("无对应", "stands alone") if linked else t("有对应", "does not stand alone")
    return t("相承", "the same") if linked else t("不相承", "not the same")
