"""Lines that were broken at the right edge of a page, as PDF files have them."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from crossplan.acquisition.draft import Draft
from crossplan.acquisition.furniture import ends_sentence
from crossplan.acquisition.known import Known
from crossplan.corpora.clean import between

# A line is full when it is nearly as wide as the widest tenth: no closing mark begins a
# line, so that some are a character or two shorter.
WIDEST_SHARE = 0.9
NEARLY = 0.92
# Where paragraphs are indented, one line in so many is.
INDENTED_SHARE = 0.05
INDENTS = ("\u3000\u3000", "  ", "\t")


def unwrap(draft: Draft, known: Known) -> Draft:
    """Join lines that were broken because they were full.

    A full line goes on unless the next one is indented or has a mark. Where nothing is
    indented, only measures go on behind the end of a sentence.
    """
    lines = draft.lines
    if not lines:
        return draft
    full = full_lines(lines)
    indented = sum(map(is_indented, lines)) > INDENTED_SHARE * len(lines)
    kept: list[str] = []
    found: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1].rstrip() if number else ""
        if (
            kept
            and full[number - 1]
            and not is_indented(line)
            and known.classify(line).kind == "other"
            and known.classify(before).kind in {"other", "measure"}
            and (indented or in_measure(kept[-1], known) or not ends_sentence(before))
        ):
            kept[-1] = kept[-1].rstrip() + between(before, line.strip()) + line.strip()
            found.append(line)
        else:
            kept.append(line)
    return draft.repaired("wrapped lines joined", kept, found)


def in_measure(paragraph: str, known: Known) -> bool:
    """Tell whether a paragraph is a measure, which goes on to the next mark."""
    return known.classify(paragraph).kind == "measure"


def full_lines(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether it is full: by its width, or by its number of characters.

    How wide figures are beside Chinese characters is up to the font.
    """
    full = [False] * len(lines)
    for measure in (width, len):
        sizes = [measure(line.rstrip()) for line in lines]
        enough = NEARLY * sorted(sizes)[int(WIDEST_SHARE * (len(sizes) - 1))]
        full = [was or size >= enough for was, size in zip(full, sizes, strict=True)]
    return full


def is_indented(line: str) -> bool:
    """Tell whether a line begins a paragraph."""
    return line.startswith(INDENTS)


def width(line: str) -> int:
    """Tell how wide a line is; a Chinese character takes the room of two others.

    Examples
    --------
    >>> width("到80岁")
    6
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)
