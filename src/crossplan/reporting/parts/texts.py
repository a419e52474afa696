"""Build the reading view: the two compared plans side by side, then the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from crossplan.display import records
from crossplan.matching.links import RELATION_WORDS, STATUS_WORDS
from crossplan.matching.wording import redline
from crossplan.model import Goal, Measure, Plan, Section
from crossplan.model import Passage as PlanPassage
from crossplan.model.plan import title_of
from crossplan.reporting.content import Content
from crossplan.reporting.document import (
    Block,
    Chapter,
    ReadingPassage,
    ReadingText,
    ReadingView,
    ReportParagraph,
    Runs,
    Subheading,
    new_side,
    old_side,
    quoted,
    words,
)


@dataclass(frozen=True, slots=True)
class _Fate:
    """The status of a heading or measure, and its wording with the changes."""

    status: str
    label: str
    partners: tuple[str, ...]
    moved: bool = False
    runs: Runs = ()


def texts(content: Content) -> Chapter:
    """Return the texts of the plans, or their outlines if there is no text."""
    t = content.t
    fates = {**_heading_fates(content), **_measure_fates(content)}
    pair = ReadingView(tuple(_text(content, plan, fates) for plan in (content.old, content.new)))
    blocks: list[Block] = [ReportParagraph(words(_explained(content)), note=True), pair]
    others = [plan for plan in content.plans if plan.id not in {content.old.id, content.new.id}]
    if others:
        blocks.append(Subheading(t("其他各期", "The other plans")))
        blocks += [ReadingView((_text(content, plan, {}),)) for plan in others]
    title = t("对读：", "Side by side: ") + content.pair
    return Chapter("texts", title, t("对读", "Side by side"), tuple(blocks))


def _explained(content: Content) -> str:
    """Explain the reading view."""
    return content.t(
        "左为前期，右为后期；删去的文字在左，增加的在右。没有正文的只列纲目。",
        "The older plan and the newer one: deletions are marked in the older, insertions in the "
        "newer. Of a plan without text, only the outline is shown.",
    )


def _heading_fates(content: Content) -> dict[str, _Fate]:
    """Return the status of every heading of the two plans."""
    found: dict[str, _Fate] = {}
    for link in content.sections.links:
        old, new = (end.id if end else None for end in (link.old, link.new))
        label = RELATION_WORDS[link.relation][content.lang]
        for one, other in ((old, new), (new, old)):
            if one:
                fate = _Fate(link.relation, label, _partners_of(other), bool(link.moved))
                found[one] = _joined(found.get(one), fate)
    return found


def _measure_fates(content: Content) -> dict[str, _Fate]:
    """Return the status of every measure, with the changes to its wording."""
    if content.measures is None:
        return {}
    found: dict[str, _Fate] = {}
    for row in records(content.measures.frame):
        old, new, status = row["old_id"], row["new_id"], row["status"]
        label = STATUS_WORDS[status][content.lang]
        sides: tuple[Runs, Runs] = ((), ())
        if old and new and status != "kept":
            line = redline(row["old_text"], row["new_text"])
            sides = old_side(line), new_side(line)
        for one, other, runs in ((old, new, sides[0]), (new, old, sides[1])):
            if one:
                fate = _Fate(status, label, _partners_of(other), bool(row["moved"]), runs)
                found[one] = _joined(found.get(one), fate)
    return found


def _partners_of(other: str | None) -> tuple[str, ...]:
    """Return the other end of a link as a tuple of partners."""
    return (other,) if other else ()


def _joined(before: _Fate | None, fate: _Fate) -> _Fate:
    """Join the status of a heading or measure with that from another of its links.

    Merged and split take precedence, because another link may only record that one part
    kept its title. With several partners there is no redline; the table has each pair.
    """
    if before is None:
        return fate
    leading = min(before, fate, key=lambda one: one.status not in {"merged", "split"})
    return _Fate(
        leading.status,
        leading.label,
        before.partners + fate.partners,
        before.moved or fate.moved,
    )


def _text(content: Content, plan: Plan, fates: Mapping[str, _Fate]) -> ReadingText:
    """Return the text of a plan, passage by passage."""
    return ReadingText(title_of(plan, content.lang), tuple(_passages(plan, fates)))


def _passages(plan: Plan, fates: Mapping[str, _Fate]) -> Iterator[ReadingPassage]:
    """Yield the headings and paragraphs of a plan, in order."""
    for section in (plan.introduction, *plan.headings):
        if section.level == "introduction" and not section.passages:
            continue
        yield _heading(section, fates.get(section.id))
        for passage in section.passages or ():
            yield _paragraph(passage, fates.get(passage.id))


def _heading(section: Section, fate: _Fate | None) -> ReadingPassage:
    """Return the passage of a heading."""
    level = 2 if section.level == "section" else 1
    return _with_fate(ReadingPassage(section.id, words(quoted(section.title)), level), fate)


def _paragraph(passage: PlanPassage, fate: _Fate | None) -> ReadingPassage:
    """Return the passage of a paragraph; a measure or goal has its mark before it."""
    marked = words("——" if isinstance(passage, Measure | Goal) else "")
    runs = (fate.runs if fate else ()) or words(quoted(passage.text))
    return _with_fate(ReadingPassage(passage.id, (*marked, *runs)), fate)


def _with_fate(passage: ReadingPassage, fate: _Fate | None) -> ReadingPassage:
    """Return a passage with its status, if it was compared."""
    if fate is None:
        return passage
    return replace(
        passage,
        status=fate.status,
        label=fate.label,
        partners=fate.partners,
        moved=fate.moved,
    )
