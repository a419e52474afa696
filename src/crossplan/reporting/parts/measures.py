"""Build the chapter that compares the measures of the two plans (对照表)."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from crossplan.display import records
from crossplan.matching.links import STATUS_WORDS
from crossplan.matching.measures import MeasureComparison
from crossplan.matching.wording import redline
from crossplan.model.plan import title_of
from crossplan.reporting import figures
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Block,
    Chapter,
    Count,
    Counts,
    Picture,
    ReportCell,
    ReportColumn,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Subheading,
    cell,
    lead_to,
    new_side,
    number,
    old_side,
    quiet,
    quoted,
    words,
)
from crossplan.reporting.figures import measures_caption

_STATUSES = tuple(STATUS_WORDS)


def measures(content: Content) -> Chapter:
    """Compare the measures of the two plans, and count those of the newer one."""
    t = content.t
    blocks: list[Block] = []
    if without := unmarked(content):
        blocks.append(ReportParagraph(words(no_measures(content, without))))
    elif content.measures is not None:
        blocks += _compared(content, content.measures)
    else:
        blocks.append(
            ReportParagraph(
                words(
                    content.pair,
                    t(
                        "：需两期正文俱备方可比较举措，见“未能比较之处”。",
                        ": measures can be compared only when both texts are at hand, see What "
                        "could not be compared.",
                    ),
                )
            )
        )
    if content.new.coverage == "full":
        title = t(f"{content.new.id} 各章节的举措", f"Measures per section of {content.new.id}")
        blocks += [Subheading(title), _per_section(content)]
    title = t("举措比较：", "Measures compared: ") + content.pair
    return Chapter("measures", title, t("举措", "Measures"), tuple(blocks))


def no_measures(content: Content, plans: list[str]) -> str:
    """State that a text has no measures, and how to mark them."""
    named = content.t("、", ", ").join(plans)
    return content.t(
        f"{named} 的正文中没有带举措标记的段落，故举措无从比较。若每段即为一项举措，可用 "
        'cp.any_plan.paragraphs_as_measures(plan) 或 cp.read_plan(path, measures="paragraphs")。',
        f"No paragraph in the text of {named} bears a mark of measures, so that none can be "
        "compared. If every paragraph is a measure, use "
        "cp.any_plan.paragraphs_as_measures(plan), or "
        'cp.read_plan(path, measures="paragraphs").',
    )


def unmarked(content: Content) -> list[str]:
    """Return the plans whose text is at hand but has no recognised measures."""
    plans = dict.fromkeys((content.old.id, content.new.id))
    return [
        i for i in plans if content.corpus[i].coverage == "full" and not content.corpus[i].measures
    ]


def _compared(content: Content, comparison: MeasureComparison) -> list[Block]:
    """Count, draw and list the statuses of the measures."""
    t, lang = content.t, content.lang
    counted = status_counts(comparison)
    return [
        ReportParagraph(words(f"{title_of(content.old, lang)} → {title_of(content.new, lang)}")),
        Counts(tuple(Count(counted[name], STATUS_WORDS[name][lang]) for name in _STATUSES)),
        ReportParagraph(
            words(
                t(
                    "以后期举措计，另加前期不再出现者；合并与拆分的举措在表中每对一行。",
                    "Counted by the measures of the newer plan, and those that the older one "
                    "alone has; one that was merged or split has a row for each pair.",
                )
            ),
            note=True,
        ),
        Picture(
            name="statuses",
            draw=partial(figures.statuses, content, comparison),
            caption=comparison.caption(lang=lang),
            alt=t(
                "各节举措的去向；逐条见下表。",
                "The status of the measures of each section; the table below lists them.",
            ),
        ),
        _side_by_side(content, comparison),
    ]


def status_counts(comparison: MeasureComparison) -> Counter[str]:
    """Count measures by status: those of the newer plan, and those dropped from the older one."""
    frame = comparison.frame
    newer = frame[frame["new_id"].notna()].drop_duplicates("new_id")
    return Counter(newer["status"]) + Counter(frame.loc[frame["new_id"].isna(), "status"])


def _side_by_side(content: Content, comparison: MeasureComparison) -> ReportTable:
    """Return the table of old and new wordings side by side, with deletions and insertions."""
    t = content.t
    order = {status: place for place, status in enumerate(_STATUSES)}
    return ReportTable(
        name="measures",
        caption=t(f"举措对照表，{content.pair}", f"Measures side by side, {content.pair}"),
        columns=(
            ReportColumn(t("变化", "Status"), "choice"),
            ReportColumn(t("移位", "Moved"), "choice", 0.8),
            ReportColumn(t("章节", "Section"), "choice", 1.3),
            ReportColumn(t("得分", "Score"), "number", 0.8),
            ReportColumn(content.old.id, share=4),
            ReportColumn(content.new.id, share=4),
            ReportColumn(t("判定者", "Decided by"), "choice", 1.1),
        ),
        rows=tuple(
            _row_of(content, row)
            for row in sorted(records(comparison.frame), key=lambda row: order[row["status"]])
        ),
        searchable=True,
    )


def _row_of(content: Content, row: Mapping[str, Any]) -> ReportRow:
    """Return a row of the comparison."""
    t = content.t
    old, new = _wordings(row)
    decided = cell(t("规则", "rule"))
    if row["decided_by"] == "reviewer":
        decided = cell(t("复核者", "reviewer"), quiet(f" {row['initials'] or ''}".rstrip()))
    elif row["to_review"]:
        decided = cell(quiet(t("规则，宜复核", "rule, to be reviewed")))
    return ReportRow(
        (
            cell(STATUS_WORDS[row["status"]][content.lang]),
            cell(t("移位", "moved") if row["moved"] else ""),
            cell(quoted(row["new_section"] or row["old_section"])),
            number(row["score"], "{:.0f}"),
            old,
            new,
            decided,
        )
    )


def _wordings(row: Mapping[str, Any]) -> tuple[ReportCell, ReportCell]:
    """Return the old and the new wording, each after its id, with the changes."""
    old, new = words(quoted(row["old_text"])), words(quoted(row["new_text"]))
    if old and new and row["status"] != "kept":
        line = redline(row["old_text"], row["new_text"])
        old, new = old_side(line), new_side(line)
    return (
        ReportCell((*words(lead_to(row["old_id"]), " "), *old)) if old else ReportCell(()),
        ReportCell((*words(lead_to(row["new_id"]), " "), *new)) if new else ReportCell(()),
    )


def _per_section(content: Content) -> Picture:
    """Draw the measures per section of the newer plan."""
    return Picture(
        name="measures",
        draw=partial(figures.measures, content),
        caption=measures_caption(content.new, content.lang),
        alt=content.t(
            "各章节的举措数，数字标在条末。",
            "Measures in each chapter and section, the counts at the ends of the bars.",
        ),
    )
