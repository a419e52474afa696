"""Targets as the runs and cells of a report."""

from crossplan.model import Target
from crossplan.reporting.content import Content
from crossplan.reporting.document import Cell, Run, Runs
from crossplan.reporting.runs import lead_to, quiet, quoted, words
from crossplan.targets.change import Outcome
from crossplan.targets.indicators import Identity
from crossplan.targets.words import (
    AMBITION_WORDS,
    CHANGE_WORDS,
    REASON_WORDS,
    outcome_words,
    target_words,
)


def indicator(content: Content, identity: Identity) -> Cell:
    """Return the standard name of an indicator, and the English one in an English report."""
    english = identity.name_en if content.lang == "en" else ""
    return Cell(
        words(quoted(identity.name), quiet(f" {english}" if english else "", "en")), identity.name
    )


def figure(content: Content, target: Target | None) -> Cell:
    """Return a target with the value reached and the passage it stands in."""
    if target is None:
        return Cell(())
    return Cell((*figure_runs(content, target), Run(" "), place(target)))


def figure_runs(content: Content, target: Target) -> Runs:
    """Return a target with the value reached."""
    reached = ""
    if target.outcome is not None:
        reached = f" {content.t('实际', 'reached')} {outcome_words(target)}"
    return words(target_words(target), quiet(reached))


def place(target: Target) -> Run:
    """Lead to where a target stands: its passage, or its row among the sources."""
    return lead_to(target.measure or target.id)


def outcome_runs(content: Content, outcome: Outcome) -> Runs:
    """Say what became of a target, with the reason or the ambition."""
    t, lang = content.t, content.lang
    said = CHANGE_WORDS[outcome.change][lang]
    if outcome.reason:
        said += t("：", ": ") + reason(content, outcome)
    elif outcome.ambition in ("stronger", "weaker"):
        said += t("，", ", ") + AMBITION_WORDS[outcome.ambition][lang]
    return words(quiet(said))


def reason(content: Content, outcome: Outcome) -> str:
    """Say why figures are not compared, or why nothing is known."""
    return content.t(REASON_WORDS.get(outcome.reason, ""), outcome.reason)


def difference(outcome: Outcome) -> Cell:
    """Return new less old, and its share of the old."""
    if outcome.difference is None:
        return Cell(())
    shown = f"{outcome.difference:+.6g}" if outcome.difference else "0"
    share = f" {100 * outcome.relative:+.0f}%" if outcome.relative else ""
    return Cell(words(shown, quiet(share)), outcome.difference)
