"""Build the chapter on what could not be compared, why, and how to add missing texts."""

from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Block,
    Bullets,
    Chapter,
    ReportParagraph,
    Runs,
    code,
    quoted,
    strong,
    words,
)
from crossplan.reporting.parts.measures import no_measures, unmarked
from crossplan.targets.descriptions import CHANGE_WORDS, REASON_WORDS


def limits(content: Content) -> Chapter:
    """List what is unknown, what is missing, and what is doubtful."""
    t = content.t
    without = unmarked(content)
    items = [
        *_missing_texts(content),
        *([words(no_measures(content, without))] if without else []),
        *_gaps(content),
        *_languages(content),
        *_targets(content),
        *_doubts(content),
    ]
    nothing = words(t("无。", "Nothing."))
    blocks: list[Block] = [Bullets(tuple(items) or (nothing,))]
    if content.corpus.outline_only:
        blocks.append(ReportParagraph(_how_to_add(content)))
    title = t("未能比较之处及原因", "What could not be compared, and why")
    short = t("未能比较之处", "What could not be compared")
    return Chapter("limits", title, short, tuple(blocks))


def _languages(content: Content) -> list[Runs]:
    """List what is not possible in the language of the plans."""
    return [words(reason) for reason in (content.targets_unread, content.terms_unread) if reason]


def _missing_texts(content: Content) -> list[Runs]:
    """List the plans without text."""
    t = content.t
    return [
        words(
            strong(plan.id),
            t(
                "：正文未收录，故举措与用词未知；章节与抽样的量化目标可比。抽样中没有的指标记为"
                "“未知”，不作“删去”论。",
                ": its text is not at hand, so its measures and terms are unknown; its sections "
                "and a sample of its targets can be compared. An indicator absent from the sample "
                "is unknown, not dropped.",
            ),
        )
        for plan in content.corpus.outline_only
    ]


def _gaps(content: Content) -> list[Runs]:
    """List the headings that are missing from the texts."""
    t = content.t
    return [
        words(
            strong(plan.id),
            t("：正文缺以下标题：", ": its text lacks the heading "),
            quoted(gap),
        )
        for plan in content.texts
        for gap in plan.gaps
    ]


def _targets(content: Content) -> list[Runs]:
    """Count the targets that could not be compared, by reason."""
    t, lang = content.t, content.lang
    if content.targets_unread:
        return []
    counts: dict[tuple[str, str], int] = {}
    for row in content.targets.rows:
        if row.outcome.change in ("not comparable", "unknown", "replaced"):
            reason = t(REASON_WORDS.get(row.outcome.reason, ""), row.outcome.reason)
            key = (CHANGE_WORDS[row.outcome.change][lang], reason)
            counts[key] = counts.get(key, 0) + 1
    colon = t("：", ": ")
    return [
        words(
            strong(content.pair),
            colon,
            t(f"{number} 项量化目标{change}", f"targets {change}, {number}"),
            f"{colon}{reason}" if reason else "",
        )
        for (change, reason), number in counts.items()
    ]


def _doubts(content: Content) -> list[Runs]:
    """List what is uncertain about the outlines."""
    t = content.t
    return [
        words(strong(plan.id), t("纲目：", ", outline: "), t(zh, en))
        for plan in content.plans
        for zh, en in plan.outline_doubts
    ]


def _how_to_add(content: Content) -> Runs:
    """Explain how to add a missing text."""
    t, plan = content.t, content.corpus.outline_only[-1]
    return words(
        t("补充正文：联网运行 ", "To add a text, run "),
        code("crossplan fetch"),
        t("，或将所得文件以 ", " with a network, or add a file that you have with "),
        code(f"crossplan add {plan.id} FILE"),
        t(
            " 加入，再作报告。公开网页地址见“来源”。",
            ", and make the report again. Addresses of published copies are listed under Sources.",
        ),
    )
