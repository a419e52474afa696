"""Where targets are read: the passages of a plan, or the lines of any text."""

from collections.abc import Iterator
from typing import NamedTuple

from crossplan.corpora.parse import sentences
from crossplan.model import Plan, Sentence
from crossplan.targets.outlook import (
    Outlook,
    is_chapter,
    is_numbered,
    outlook_of_opening,
    outlook_of_title,
    year_written,
)


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


class Line(NamedTuple):
    """A line of a text that looks forward.

    Attributes
    ----------
    number : int
        From 1.
    start : int
        Where it begins in the text.
    words : str
    heading : str
        Of the chapter it stands in.
    goes_on : bool
        As in :class:`Place`.
    """

    number: int
    start: int
    words: str
    heading: str
    goes_on: bool


def places_of_plan(plan: Plan) -> Iterator[Place]:
    """Give the goals of a plan and all passages of its chapters.

    Of a document whose outline was guessed nobody has said that it is a plan: it may be a
    report, of which only what looks forward is given.
    """
    text = plan.text if plan.outline_is_guessed else ""
    written = year_written(text)
    ahead = {line.start: line.goes_on for line in lines_ahead(text, written)}
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


def places_of_text(text: str) -> Iterator[Place]:
    """Give the lines of a text that look forward."""
    written = year_written(text)
    for line in lines_ahead(text, written):
        cut = sentences(line.words, line.start)
        yield Place(f"text/{line.number}", "text", line.heading, cut, written, line.goes_on)


def lines_ahead(text: str, written: int | None) -> Iterator[Line]:
    """Give the lines of a text, written in a year, that look forward."""
    outlook: Outlook = "forward"
    heading = ""
    start = 0
    goes_on = unnumbered = False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if is_chapter(line):
            heading = line.strip()
            told = outlook_of_title(heading, written)
            unnumbered = unnumbered or not is_numbered(line)
            # After the review come the tasks; but below an unnumbered heading the numbered
            # ones are its sections.
            outlook = told or (outlook if unnumbered else "forward")
            goes_on = False
        else:
            outlook = outlook_of_opening(line, written) or outlook
        if outlook == "forward":
            yield Line(number, start, line, heading, goes_on)
            goes_on = not line.rstrip().endswith(("。", "！", "？"))
        start += len(line)
