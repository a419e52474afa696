"""The layout of pages: joining them without heads, feet and numbers, and unwrapping lines."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from crossplan.acquisition.headings import Known
from crossplan.acquisition.repairs import Draft
from crossplan.corpora.clean import between
from crossplan.languages.chinese import CHINESE
from crossplan.languages.chinese.documents import SENTENCE_END
from crossplan.languages.chinese.pages import (
    COLON,
    FIGURES_AND_BRACKETS,
    FURNITURE,
    FURNITURE_LINE,
    INDENTS,
    PAGE_DATE,
    PAGER,
)
from crossplan.readers.page import Page

_PAGE_NUMBER = re.compile(r"^\D{0,4}?(\d{1,3})\D{0,4}?$")
_FEWEST_PAGE_NUMBERS = 3
_IN_ORDER_SHARE = 0.6
# A line that recurs on this number of pages is furniture.
_RECURRING_SHARE = 0.6
_FEWEST_PAGES = 2
# Heads and feet of pages are no longer than this, and most of their lines recur.
_LONGEST_EDGE = 60
_MOSTLY = 0.6

# A line is full when it is nearly as wide as the widest tenth: no closing mark begins a
# line, so that some are a character or two shorter.
_WIDEST_SHARE = 0.9
_NEARLY = 0.92
# If paragraphs are indented, at least this share of lines is.
_INDENTED_SHARE = 0.05

_SHORTEST_PROSE = 12


def join_pages(pages: Sequence[Page], known: Known) -> Draft:
    """Join the pages of a document without the lines that recur on their edges.

    Heads, feet and menus recur at the top or bottom of pages; a plan's own headings stay
    wherever they are, and its title on the first page.
    """
    if len(pages) < _FEWEST_PAGES:
        return _drop_page_numbers(Draft(pages[0].lines if pages else ()))
    on_pages = Counter(key for page in pages for key in {_without_figures(x) for x in page.lines})
    enough = max(_FEWEST_PAGES, _RECURRING_SHARE * len(pages))
    recurring = {key for key, number in on_pages.items() if key and number >= enough}
    kept: list[str] = []
    found: list[str] = []
    for number, page in enumerate(pages):
        first, last = number == 0, number == len(pages) - 1
        foreign = _foreign_lines(page.lines, recurring, known, first=first, last=last)
        for place, line in enumerate(page.lines):
            (found if place in foreign else kept).append(line)
    return _drop_page_numbers(Draft(()).repaired("heads and feet of pages", kept, found))


def _foreign_lines(
    lines: Sequence[str], recurring: set[str], known: Known, *, first: bool, last: bool
) -> set[int]:
    """Find the lines at the edges of a page that are not the plan's.

    Before the text of the first page and after that of the last page, only recurring
    lines are found here; the rest is cut off with the outline.
    """

    def is_foreign(line: str) -> bool:
        if known.is_heading(line) or ends_sentence(line):
            return bool(FURNITURE.match(line.strip()))
        if first and known.is_front(line):
            return False
        return _without_figures(line) in recurring or is_furniture(line)

    foreign = [is_foreign(line) for line in lines]
    downwards = list(range(len(lines)))
    top = _edge_of(downwards[:_LONGEST_EDGE], foreign)
    bottom = _edge_of(downwards[::-1][:_LONGEST_EDGE], foreign)
    recur = {place for place in top | bottom if _without_figures(lines[place]) in recurring}
    return (recur if first else top) | (recur if last else bottom)


def _edge_of(edge: Sequence[int], foreign: Sequence[bool]) -> set[int]:
    """Return the foreign lines of an edge, as far inwards as most of its lines are foreign."""
    count = deepest = 0
    for depth, place in enumerate(edge, start=1):
        count += foreign[place]
        if foreign[place] and count >= _MOSTLY * depth:
            deepest = depth
    return {place for place in edge[:deepest] if foreign[place]}


def _drop_page_numbers(draft: Draft) -> Draft:
    """Remove lines that are page numbers, which are consecutive through the text.

    A figure at the end of a page that belongs to a sentence is kept.
    """
    numbers = {
        place: int(found[1])
        for place, line in enumerate(draft.lines)
        if (found := _PAGE_NUMBER.match(line.strip())) and _is_number(line)
    }
    chain = _longest_chain(numbers)
    if len(chain) < max(_FEWEST_PAGE_NUMBERS, _IN_ORDER_SHARE * len(numbers)):
        return draft
    kept = [line for place, line in enumerate(draft.lines) if place not in chain]
    return draft.repaired("page numbers", kept, [draft.lines[place] for place in sorted(chain)])


def _longest_chain(numbers: Mapping[int, int]) -> set[int]:
    """Return the places of the longest chain of consecutive numbers.

    Examples
    --------
    >>> sorted(_longest_chain({3: 1, 9: 2, 12: 85, 20: 3}))
    [3, 9, 20]
    """
    lengths: dict[int, tuple[int, int]] = {}
    befores: dict[int, int | None] = {}
    for place, number in numbers.items():
        length, before = lengths.get(number - 1, (0, -1))
        befores[place] = before if length else None
        if length + 1 > lengths.get(number, (0, -1))[0]:
            lengths[number] = length + 1, place
    _, last = max(lengths.values(), default=(0, None))
    chain: set[int] = set()
    while last is not None:
        chain.add(last)
        last = befores[last]
    return chain


def _is_number(line: str) -> bool:
    """Return whether a line is only a number: 8, — 8 —, 第8页."""
    stripped = line.strip()
    return stripped.isdecimal() or bool(PAGER.match(stripped))


def _without_figures(line: str) -> str:
    """Return a line without figures and blanks, for comparing lines of pages."""
    return FIGURES_AND_BRACKETS.sub("", line)


def unwrap(draft: Draft, known: Known) -> Draft:
    """Join lines that were broken because they were full.

    A full line continues unless the next one is indented or has a mark. If nothing is
    indented, only measures continue after the end of a sentence.
    """
    lines = draft.lines
    if not lines:
        return draft
    full = _full_lines(lines)
    indented = sum(map(_is_indented, lines)) > _INDENTED_SHARE * len(lines)
    kept: list[str] = []
    found: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1].rstrip() if number else ""
        if (
            kept
            and full[number - 1]
            and not _is_indented(line)
            and known.classify(line).kind == "other"
            and known.classify(before).kind in {"other", "measure"}
            and (indented or _in_measure(kept[-1], known) or not ends_sentence(before))
        ):
            kept[-1] = kept[-1].rstrip() + between(before, line.strip(), CHINESE) + line.strip()
            found.append(line)
        else:
            kept.append(line)
    return draft.repaired("wrapped lines joined", kept, found)


def _in_measure(paragraph: str, known: Known) -> bool:
    """Return whether a paragraph is a measure, which continues to the next mark."""
    return known.classify(paragraph).kind == "measure"


def _full_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it is full, by its width or number of characters.

    The width of figures next to Chinese characters depends on the font.
    """
    full = [False] * len(lines)
    for measure in (_width, len):
        sizes = [measure(line.rstrip()) for line in lines]
        enough = _NEARLY * sorted(sizes)[int(_WIDEST_SHARE * (len(sizes) - 1))]
        full = [was or size >= enough for was, size in zip(full, sizes, strict=True)]
    return full


def _is_indented(line: str) -> bool:
    """Return whether a line begins a paragraph."""
    return line.startswith(INDENTS)


def _width(line: str) -> int:
    """Return the width of a line; a Chinese character is as wide as two others.

    Examples
    --------
    >>> _width("到80岁")
    6
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def is_furniture(line: str) -> bool:
    """Return whether a line is known page furniture.

    Examples
    --------
    >>> is_furniture("责任编辑：张三"), is_furniture("上一页 1 [2] 3 下一页")
    (True, True)
    >>> is_furniture("加大草原保护力度"), is_furniture("相关部门要")
    (False, False)
    """
    stripped = line.strip()
    patterns = (PAGER, FURNITURE, FURNITURE_LINE, PAGE_DATE)
    return any(pattern.match(stripped) for pattern in patterns)


def ends_sentence(line: str) -> bool:
    """Return whether a line ends a sentence."""
    return bool(SENTENCE_END.search(line.strip()))


def is_prose(line: str) -> bool:
    """Return whether a line is long enough to be a paragraph, and ends like one."""
    stripped = line.strip()
    ends = ends_sentence(stripped) or bool(COLON.search(stripped))
    return len(stripped) >= _SHORTEST_PROSE and ends
