"""The texts of plans in a Word report, one after the other."""

from collections.abc import Iterator
from itertools import zip_longest

from crossplan.reporting.document import Passage, Reading, Run
from crossplan.reporting.writers.remarks import said_of
from crossplan.reporting.writers.word_elements import Element, make, paragraph
from crossplan.reporting.writers.word_text import Typesetter

# Chapters of a report are of the first rank, titles of plans of the second.
RANK_OF_TITLES, LOWEST_RANK = 2, 4


def reading_elements(reading: Reading, setter: Typesetter) -> Iterator[Element]:
    """Set texts with their headings, and behind every passage its id in small type."""
    for text in reading.texts:
        yield paragraph(f"Heading {RANK_OF_TITLES}", setter.runs((Run(text.title),)))
        for passage, following in zip_longest(text.passages, text.passages[1:]):
            yield from passage_elements(passage, following, setter)


def passage_elements(
    passage: Passage, following: Passage | None, setter: Typesetter
) -> Iterator[Element]:
    """Set a passage; below a heading its id has a line of its own, out of the outline.

    That line is kept with a text that follows. A heading that follows is not, else a whole
    outline would have to stand on one page.
    """
    runs = setter.marked_place(passage.id, setter.runs(passage.runs))
    words = (Run(passage.id, lang="en"), *said_of(passage, setter.lang))
    said = setter.runs(words, default="Passage id")
    if passage.level:
        rank = min(RANK_OF_TITLES + passage.level, LOWEST_RANK)
        yield paragraph(f"Heading {rank}", runs)
        kept = following is not None and not following.level
        yield paragraph("Heading id", said, make("keepNext", val=str(int(kept))))
    else:
        yield paragraph("Normal", [*runs, *setter.runs((Run("  "),)), *said])
