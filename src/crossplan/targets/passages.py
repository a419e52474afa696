"""Where targets are read: the passages of a plan, or the lines of any text."""

from collections.abc import Iterator
from typing import NamedTuple

from crossplan.corpora.parse import sentences
from crossplan.languages.language import PlanLanguage
from crossplan.languages.target_grammar import TargetGrammar
from crossplan.model import Plan, Sentence


class Place(NamedTuple):
    """A passage in which targets are read.

    Attributes
    ----------
    id : str
        Of the measure or other passage; of a text, the number of its line.
    plan, section : str
        Of a text: ``text``, and the heading above the line.
    sentences : tuple of Sentence
        With spans in the whole text.
    written : int or None
        The year in which a text was given; a plan of a series needs none.
    goes_on : bool
        Whether it goes on with the passage before, which ended in no full stop.
    """

    id: str
    plan: str
    section: str
    sentences: tuple[Sentence, ...]
    written: int | None = None
    goes_on: bool = False


def places_of_plan(plan: Plan, grammar: TargetGrammar) -> Iterator[Place]:
    """Give the goals of a plan and all passages of its chapters.

    Of a document whose outline was guessed nobody has said that it is a plan: it may be a
    report, of which only what looks forward is given.
    """
    text = plan.text if plan.outline_is_guessed else ""
    written = grammar.year_written(text)
    ahead = {line.start: line.goes_on for line in grammar.lines_ahead(text, written)}
    following = -1
    for section in (plan.introduction, *plan.headings):
        passages = section.goals if section is plan.introduction else section.passages or ()
        for passage in passages:
            line = text.rfind("\n", 0, passage.start) + 1
            if text and line not in ahead:
                continue
            # It does not go on with the heading above it.
            goes_on = line == following and ahead.get(line, False)
            yield Place(passage.id, plan.id, section.id, passage.sentences, written, goes_on)
            following = text.find("\n", passage.end) + 1


def places_of_text(text: str, language: PlanLanguage, grammar: TargetGrammar) -> Iterator[Place]:
    """Give the lines of a text that look forward."""
    written = grammar.year_written(text)
    for line in grammar.lines_ahead(text, written):
        cut = sentences(line.words, line.start, language)
        yield Place(f"text/{line.number}", "text", line.heading, cut, written, line.goes_on)
