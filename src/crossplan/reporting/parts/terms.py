"""Build the chapter on terms: the two plans compared, and the newer one by chapter."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from crossplan.display import records
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
    TextRun,
    cell,
    number,
    quiet,
    quoted,
    strong,
    words,
)
from crossplan.words.comparison import TermComparison
from crossplan.words.keyness import TERM_CHANGE_WORDS, TermChange
from crossplan.words.terms import TermFrequencies

if TYPE_CHECKING:
    import pandas as pd

_TERMS_PER_CHAPTER = 12
_TERMS_PER_CHANGE = 40
# Terms without a change are counted but not listed.
_LISTED: tuple[TermChange, ...] = ("new", "rising", "falling", "dropped")


def terms(content: Content) -> Chapter | None:
    """Compare the terms of the two plans; None without the text of the newer one."""
    t = content.t
    if content.terms_unread:
        unread = ReportParagraph(words(content.terms_unread))
        return Chapter("terms", t("用词", "Terms"), t("用词", "Terms"), (unread,))
    if content.terms is None:
        return None
    blocks: list[Block] = []
    if content.term_comparison is not None:
        blocks += _compared(content, content.term_comparison)
    blocks += [
        Subheading(t(f"{content.new.id} 的用词", f"Terms of {content.new.id}")),
        *_of_new_plan(content, content.terms),
    ]
    return Chapter("terms", t("用词", "Terms"), t("用词", "Terms"), tuple(blocks))


def _compared(content: Content, comparison: TermComparison) -> list[Block]:
    """Count, draw and list the terms that changed."""
    t, lang = content.t, content.lang
    frame = comparison.frame
    found: list[tuple[TermChange, pd.DataFrame]] = [
        (change, frame[frame["change"] == change]) for change in TERM_CHANGE_WORDS
    ]
    return [
        ReportParagraph(
            words(
                f"{title_of(content.old, lang)} → {title_of(content.new, lang)}",
                t("。", ". "),
                f"{content.old.id}{t('：', ': ')}",
                strong(comparison.old_total),
                t("词；", " words; "),
                f"{content.new.id}{t('：', ': ')}",
                strong(comparison.new_total),
                t("词。", " words."),
            )
        ),
        Counts(tuple(Count(len(rows), TERM_CHANGE_WORDS[change][lang]) for change, rows in found)),
        Picture(
            name="keyness",
            draw=partial(figures.keyness, content, comparison),
            caption=comparison.caption(lang=lang),
            alt=t(
                "两期各自更多使用的词；逐条见下表。",
                "The terms that one plan uses more than the other; the tables below list them.",
            ),
        ),
        *(_term_table(content, change, rows) for change, rows in found if change in _LISTED),
        ReportParagraph(words(_note(content)), note=True),
    ]


def _term_table(content: Content, change: TermChange, rows: "pd.DataFrame") -> ReportTable:
    """List the terms with one change, the highest G2 first."""
    t, old, new = content.t, content.old.id, content.new.id
    label = TERM_CHANGE_WORDS[change][content.lang]
    return ReportTable(
        name=f"terms-{change}",
        caption=t(f"用词：{label}，{content.pair}", f"Terms: {label}, {content.pair}"),
        columns=(
            ReportColumn(t("词", "Term"), share=1.6),
            ReportColumn(old, "number"),
            ReportColumn(new, "number"),
            ReportColumn(t(f"每万词，{old}", f"per 10,000, {old}"), "number"),
            ReportColumn(t(f"每万词，{new}", f"per 10,000, {new}"), "number"),
            ReportColumn(t("对数比", "log ratio"), "number"),
            ReportColumn("G²", "number"),
            ReportColumn(t(f"节数，{old}", f"sections, {old}"), "number"),
            ReportColumn(t(f"节数，{new}", f"sections, {new}"), "number"),
            ReportColumn(f"DP, {old}", "number"),
            ReportColumn(f"DP, {new}", "number"),
            ReportColumn(t("换一种分词", "other segmentation"), "choice", 1.2),
        ),
        rows=tuple(_term_row(content, row) for row in records(rows)),
        shown=_TERMS_PER_CHANGE,
        searchable=True,
        folded=True,
    )


def _term_row(content: Content, row: Mapping[str, Any]) -> ReportRow:
    """Return the row of a term with its figures."""
    t = content.t
    survives = "–"
    if "survives" in row:
        survives = t("不变", "the same") if row["survives"] else t("不再成立", "does not survive")
    return ReportRow(
        (
            cell(TextRun(row["term"], "strong", "zh")),
            number(row["old_count"], "{:d}"),
            number(row["new_count"], "{:d}"),
            number(row["old_rate"], "{:.1f}"),
            number(row["new_rate"], "{:.1f}"),
            number(row["log_ratio"], "{:+.2f}", none="–"),
            number(row["g2"], "{:+.1f}"),
            number(row["old_sections"], "{:d}"),
            number(row["new_sections"], "{:d}"),
            number(row["old_dp"], "{:.2f}", none="–"),
            number(row["new_dp"], "{:.2f}", none="–"),
            cell(survives),
        )
    )


def _note(content: Content) -> str:
    """Explain the columns."""
    return content.t(
        "DP 自 0（均匀）至 1（集中）。“换一种分词”：以该词的字序（不分词），以及只凭词典切分，"
        "重新计数；其一结论不同即不成立。",
        "DP goes from 0 (even) to 1 (clumped). Other segmentation: terms are counted again by "
        "their characters, and with the dictionary alone; if one of the two leads to another "
        "result, the change does not survive.",
    )


def _of_new_plan(content: Content, frequencies: TermFrequencies) -> list[Block]:
    """Show the most frequent terms of the newer plan, in all and by chapter."""
    t = content.t
    picture = Picture(
        name="terms",
        draw=partial(figures.terms, content, frequencies),
        caption=frequencies.caption(lang=content.lang),
        alt=t(
            "最常用的三十个词；分章数字见下表。",
            "The thirty most frequent terms; the table below has those of each chapter.",
        ),
    )
    table = ReportTable(
        name="terms-by-chapter",
        caption=t(
            f"{content.new.id} 各章最常用的词（次数）",
            f"Most frequent terms of each chapter of {content.new.id} (count)",
        ),
        columns=(
            ReportColumn(t("章", "Chapter"), share=2),
            ReportColumn(t("词数", "Words"), "number", 0.7),
            ReportColumn(t("最常用的词", "Most frequent terms"), share=5),
        ),
        rows=tuple(_chapter_rows(content, frequencies)),
    )
    return [picture, table]


def _chapter_rows(content: Content, frequencies: TermFrequencies) -> list[ReportRow]:
    """Return the most frequent terms of each chapter of the newer plan."""
    table = frequencies.frame
    rows = []
    for chapter in (content.new.introduction, *content.new.chapters):
        own = table[table["unit"] == chapter.id].head(_TERMS_PER_CHAPTER)
        if own.empty:
            continue
        runs: list[TextRun] = []
        for term, count in zip(own["term"], own["count"], strict=True):
            runs += [quoted(f"{'　' if runs else ''}{term} "), quiet(str(count))]
        rows.append(
            ReportRow(
                (
                    cell(title_of(chapter, content.lang)),
                    number(int(own["words"].iloc[0]), "{:d}"),
                    ReportCell(tuple(runs)),
                )
            )
        )
    return rows
