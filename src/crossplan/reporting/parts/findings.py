"""Build the first chapter: the main findings on one screen."""

from collections import Counter
from collections.abc import Iterable

from crossplan.display import records
from crossplan.matching.links import RELATION_WORDS, STATUS_WORDS, Relation, Status
from crossplan.matching.measures import MeasureComparison
from crossplan.model import Heading
from crossplan.model.plan import title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Chapter,
    Count,
    Panel,
    Panels,
    ReportParagraph,
    Runs,
    TextRun,
    lead_to,
    quiet,
    quoted,
    strong,
    words,
)
from crossplan.reporting.parts.measures import no_measures, status_counts, unmarked
from crossplan.reporting.parts.targets import place
from crossplan.targets.change import Change
from crossplan.targets.descriptions import (
    AMBITION_WORDS,
    CHANGE_WORDS,
    indicator_name,
    target_words,
)
from crossplan.targets.links import ComparedTargets
from crossplan.words.comparison import TermComparison
from crossplan.words.keyness import TERM_CHANGE_WORDS, TermChange
from crossplan.words.terms import TermFrequencies
from crossplan.words.text_units import all_passages

# The number of examples in a line.
_EXAMPLES = 4
_TERM_EXAMPLES = 8
_RELATIONS: tuple[Relation, ...] = ("kept", "renamed", "merged", "split", "new", "dropped")
_CHANGES: tuple[Change, ...] = (
    "raised",
    "lowered",
    "held",
    "new",
    "dropped",
    "replaced",
    "not comparable",
)
_TERM_CHANGES: tuple[TermChange, ...] = ("new", "rising", "falling", "dropped")


def findings(content: Content) -> Chapter:
    """Summarise the results for sections, measures, targets and terms."""
    t, lang = content.t, content.lang
    title = t("主要发现：", "Findings: ") + content.pair
    between = f"{title_of(content.old, lang)} → {title_of(content.new, lang)}"
    panels = (_sections(content), _measures(content), _targets(content), _terms(content))
    return Chapter(
        "findings",
        title,
        t("主要发现", "Findings"),
        (ReportParagraph(words(between)), Panels(panels)),
    )


def _examples(content: Content, label: str, items: Iterable[Runs], total: int) -> Runs:
    """Return the first items in a line, and the number of the others."""
    runs: list[TextRun] = [strong(label + content.t("：", ": "))]
    shown = list(items)
    for place_in_line, item in enumerate(shown):
        runs += [TextRun(content.t("；", "; ")) if place_in_line else TextRun(""), *item]
    if total > len(shown):
        runs.append(
            quiet(content.t(f"，另 {total - len(shown)} 项", f", and {total - len(shown)} more"))
        )
    return words(*runs)


def _sections(content: Content) -> Panel:
    """Summarise which headings are new, dropped, merged and moved."""
    t, lang = content.t, content.lang
    links = content.sections.links
    doubtful = int(content.sections.frame["to_review"].sum())
    lines = []
    for relation in ("new", "dropped", "merged"):
        found = {
            heading.id: heading
            for row in links
            if row.relation == relation and (heading := row.new or row.old)
        }
        if found:
            shown = [_heading_runs(content, h) for h in list(found.values())[:_EXAMPLES]]
            lines.append(_examples(content, RELATION_WORDS[relation][lang], shown, len(found)))
    moved = {row.new.id: row.new for row in links if row.moved and row.new}
    if moved:
        shown = [_heading_runs(content, h) for h in list(moved.values())[:_EXAMPLES]]
        lines.append(_examples(content, t("移章或升降级", "moved"), shown, len(moved)))
    if not lines:
        lines.append(
            words(quiet(t("没有增删、合并或移位。", "None is new, dropped, merged or moved.")))
        )
    return Panel(
        t("章节", "Sections"),
        "#lineage",
        (
            *(_counted(content, name) for name in _RELATIONS),
            *_to_review(content, doubtful),
        ),
        tuple(lines),
    )


def _counted(content: Content, relation: Relation) -> Count:
    """Count the headings with a relation in the newer plan, or in the older if only it has them.

    The label of merged and split headings includes the number of old headings.
    """
    links = [link for link in content.sections.links if link.relation == relation]
    ends = {(link.new or link.old) for link in links}
    label = RELATION_WORDS[relation][content.lang]
    return Count(len(ends), label + _out_of(content, relation, len({link.old for link in links})))


def _out_of(content: Content, relation: str, before: int) -> str:
    """Return the number of items before a merger or split, as a note to a label."""
    if relation not in {"merged", "split"} or not before:
        return ""
    return content.t(f"（由 {before} 项）", f" (from {before})")


def _to_review(content: Content, number: int) -> list[Count]:
    """Return the count of items to review, if there are any."""
    return [Count(number, content.t("宜复核", "to be reviewed"))] if number else []


def _heading_runs(content: Content, heading: Heading) -> Runs:
    """Return the title of a heading as a link to it."""
    title = title_of(heading, content.lang)
    return words(
        TextRun(title, lang=None if title == heading.title_en else "zh", to=f"#{heading.id}")
    )


def _measures(content: Content) -> Panel:
    """Summarise how many measures are new, dropped and revised, and where most of them are."""
    t = content.t
    title = t("举措", "Measures")
    if without := unmarked(content):
        return Panel(title, "#limits", (), (words(quiet(no_measures(content, without))),))
    if content.measures is None:
        held = [
            words(
                f"{plan.id}{t('：', ': ')}",
                strong(len(plan.measures)),
                t(" 项举措", " measures"),
            )
            for plan in (content.old, content.new)
            if plan.coverage == "full"
        ]
        return Panel(title, "#measures", (), (*held, _unknown(content)))
    found = content.measures
    lines = (
        _most(content, found, "new", "new_id"),
        _most(content, found, "dropped", "old_id"),
        _moved(content, found),
    )
    return Panel(
        title,
        "#measures",
        (
            *(_status_count(content, found, name) for name in STATUS_WORDS),
            *_to_review(content, len(found.for_review)),
        ),
        tuple(line for line in lines if line),
    )


def _status_count(content: Content, comparison: MeasureComparison, status: Status) -> Count:
    """Count the measures with a status; merged and split ones also before the change."""
    rows = comparison.frame[comparison.frame["status"] == status]
    label = STATUS_WORDS[status][content.lang]
    return Count(
        status_counts(comparison)[status],
        label + _out_of(content, status, rows["old_id"].nunique()),
    )


def _most(content: Content, comparison: MeasureComparison, status: Status, side: str) -> Runs:
    """Return the sections with the most measures of a status, empty if there are none."""
    ids = comparison.frame.loc[comparison.frame["status"] == status, side].dropna()
    if ids.empty:
        return ()
    homes = Counter(passage.rpartition("/")[0] for passage in ids).most_common(_EXAMPLES)
    plan = content.new if side == "new_id" else content.old
    titled = {heading.id: heading for heading in plan.headings}
    items = [
        words(*_heading_runs(content, titled[home]), quiet(f" {number}")) for home, number in homes
    ]
    label = STATUS_WORDS[status][content.lang] + content.t("，最多见于", ", most")
    return _examples(content, label, items, len(items))


def _moved(content: Content, comparison: MeasureComparison) -> Runs:
    """Return measures that moved to another heading, empty if there are none."""
    ids = comparison.moved["new_id"].dropna().drop_duplicates()
    if ids.empty:
        return ()
    items = [words(lead_to(passage)) for passage in ids.head(_EXAMPLES)]
    return _examples(
        content, content.t(f"移位 {len(ids)} 项", f"{len(ids)} moved"), items, len(ids)
    )


def _unknown(content: Content) -> Runs:
    """State that a result is unknown, and which texts are missing."""
    missing = [p.id for p in (content.old, content.new) if p.coverage == "outline"]
    return words(
        quiet(
            content.t(
                f"未知：{'、'.join(missing)} 的正文未收录。",
                f"Unknown: the text of {' and '.join(missing)} is not at hand.",
            )
        ),
        " ",
        TextRun(content.t("如何补充", "How to add it"), to="#limits"),
    )


def _targets(content: Content) -> Panel:
    """Summarise which targets were raised, lowered, added and dropped."""
    t, lang = content.t, content.lang
    if content.targets_unread:
        return Panel(t("量化目标", "Targets"), "#limits", (), (words(content.targets_unread),))
    by_change: dict[str, list[ComparedTargets]] = {}
    for row in content.targets.rows:
        by_change.setdefault(row.outcome.change, []).append(row)
    counts = [Count(len(by_change.get(name, [])), CHANGE_WORDS[name][lang]) for name in _CHANGES]
    counts += _to_review(content, len(content.targets.for_review))
    lines = []
    for name in ("raised", "lowered", "new", "dropped"):
        rows = by_change.get(name, [])
        if rows:
            shown = [_target_runs(content, row) for row in rows[:_EXAMPLES]]
            lines.append(_examples(content, CHANGE_WORDS[name][lang], shown, len(rows)))
    medium = [
        target
        for row in content.targets.rows
        if row.outcome.change != "unknown"
        for target in (row.pairing.old, row.pairing.new)
        if target and target.confidence == "medium"
    ]
    if medium:
        lines.append(
            words(
                quiet(
                    t(
                        f"所比目标中有 {len(medium)} 项采自可信度中等的网页，见表中说明。",
                        f"Of the targets compared, {len(medium)} were taken from pages of medium "
                        "confidence; the table shows which.",
                    )
                )
            )
        )
    if not_known := by_change.get("unknown"):
        lines.append(
            words(
                quiet(
                    t(
                        f"另有 {len(not_known)} 项只见于一期，另一期正文未收录，增删未知。",
                        f"{len(not_known)} more are in one plan, and the text of the other is not "
                        "at hand: it is unknown whether they are new or dropped.",
                    )
                )
            )
        )
    return Panel(t("量化目标", "Targets"), "#targets", tuple(counts), tuple(lines))


def _target_runs(content: Content, row: ComparedTargets) -> Runs:
    """Return an indicator with its old and new figure, and the change of ambition."""
    old, new = row.pairing.old, row.pairing.new
    name = indicator_name(row.identity, content.lang)
    figures = " → ".join(target_words(target) for target in (old, new) if target)
    ambition = ""
    if row.outcome.ambition in ("stronger", "weaker"):
        ambition = f" {AMBITION_WORDS[row.outcome.ambition][content.lang]}"
    target = new or old
    return words(
        TextRun(
            f"{name} {figures}",
            lang="zh" if name == row.identity.name else None,
            to=place(target).to if target else "",
        ),
        quiet(ambition),
    )


def _terms(content: Content) -> Panel:
    """Summarise which terms are new, dropped, rising and falling, or which are most frequent."""
    title = content.t("用词", "Terms")
    if content.term_comparison is not None:
        return _changed_terms(content, title, content.term_comparison)
    if content.terms_unread:
        return Panel(title, "#limits", (), (words(content.terms_unread),))
    lines: tuple[Runs, ...] = (_unknown(content),)
    if content.terms is not None:
        lines = (_frequent_terms(content, content.terms), *lines)
    return Panel(title, "#terms" if content.terms else "#limits", (), lines)


def _changed_terms(content: Content, title: str, comparison: TermComparison) -> Panel:
    """Return the terms that changed most, preferably those that survive another segmentation."""
    frame = comparison.frame
    counts, lines = [], []
    for change in _TERM_CHANGES:
        rows = frame[frame["change"] == change]
        label = TERM_CHANGE_WORDS[change][content.lang]
        counts.append(Count(len(rows), label))
        solid = (rows[rows["survives"]] if "survives" in rows else rows).head(_TERM_EXAMPLES)
        items = [
            words(quoted(row["term"]), quiet(f" {row['old_count']}→{row['new_count']}"))
            for row in records(solid)
        ]
        if items:
            lines.append(_examples(content, label, items, len(items)))
    return Panel(title, "#terms", tuple(counts), tuple(lines))


def _frequent_terms(content: Content, frequencies: TermFrequencies) -> Runs:
    """Return the most frequent terms of the newer plan."""
    table = frequencies.frame.groupby("term", sort=False)["count"].sum()
    top = table.sort_values(ascending=False, kind="stable").head(_TERM_EXAMPLES)
    texts = [passage.text for passage in all_passages(content.new)]
    items = [
        words(quoted(str(term)), quiet(f" {count} ({sum(x.count(str(term)) for x in texts)})"))
        for term, count in top.items()
    ]
    label = content.t(
        f"{content.new.id} 最常用的词（括号中为字面出现次数，长词之中的也在内）",
        f"most frequent words in {content.new.id} (in brackets: places of the characters, longer "
        "words included)",
    )
    return _examples(content, label, items, len(items))
