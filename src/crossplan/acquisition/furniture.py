"""What stands on pages beside a plan: menus, dates, links, page numbers, footers."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

from crossplan.acquisition.draft import Draft
from crossplan.acquisition.known import Known
from crossplan.readers.page import Page

OPENING = r"[\s【\[（(|·•>@]*"
DATE = r"\d{4}[-年/.]\d{1,2}[-月/.]\d"


def pattern_of(*kinds: str, more: str = "(?!)") -> re.Pattern[str]:
    """Match the words of ``furniture.toml`` of some kinds at the start of a line."""
    lists = tomllib.loads(
        files("crossplan.acquisition").joinpath("furniture.toml").read_text("utf-8")
    )
    words = "|".join(re.escape(word) for kind in kinds for word in lists[kind])
    return re.compile(f"{OPENING}(?:{words}|{more})", re.IGNORECASE)


ALWAYS = pattern_of("always")
SOMETIMES = pattern_of("sometimes", more=DATE)
WHOLE = pattern_of("whole")
SHORT = 30
COLON = re.compile(r"^.{0,10}[:：|]")
PAGER_WORDS = (
    r"(?:上一页|下一页|上页|下页|首页|尾页|末页|前一页|后一页|共|第|页|Previous|Next|Page|of)"
)
PAGER = re.compile(
    rf"^(?=.*(?:页|Page|Next|\d\D+\d|[-—–―·<>\[(（]))(?:{PAGER_WORDS}|[\s\d\[\]【】（）()<>«»‹›|/:：·…—–―-])+$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(r"^\D{0,4}?(\d{1,3})\D{0,4}?$")
FEWEST_PAGE_NUMBERS = 3
IN_ORDER_SHARE = 0.8
# A line of so many pages' line is furniture; on fewer, chance.
RECURRING_SHARE = 0.6
FEWEST_PAGES = 2
SENTENCE_END = re.compile(r"[。；！？…”’』」）)》]$")
SHORTEST_PROSE = 12


def is_furniture(line: str) -> bool:
    """Tell whether a line is known not to be a plan's.

    Examples
    --------
    >>> is_furniture("责任编辑：张三"), is_furniture("上一页 1 [2] 3 下一页")
    (True, True)
    """
    stripped = line.strip()
    if PAGER.match(stripped) or ALWAYS.match(stripped) or WHOLE.fullmatch(stripped):
        return True
    if SENTENCE_END.search(stripped) and not stripped.endswith(("）", ")", "】")):
        return False
    return bool(SOMETIMES.match(stripped) and (len(stripped) <= SHORT or COLON.match(stripped)))


def is_prose(line: str) -> bool:
    """Tell whether a line is long enough to be a paragraph, and ends like one."""
    stripped = line.strip()
    return len(stripped) >= SHORTEST_PROSE and bool(SENTENCE_END.search(stripped))


def join_pages(pages: Sequence[Page], known: Known) -> Draft:
    """Put the pages of a document together without what recurs on them.

    Lines that recur (heads, feet, menus) are taken from every page unless they are
    headings of the plan; the plan's title stays on the first. So are page numbers and
    rows of links to other pages, and furniture at the edges between two pages.
    """
    if len(pages) < FEWEST_PAGES:
        return drop_page_numbers(Draft(pages[0].lines if pages else ()))
    on_pages = Counter(key for page in pages for key in {without_figures(x) for x in page.lines})
    recurring = {
        key
        for key, number in on_pages.items()
        if number >= max(FEWEST_PAGES, RECURRING_SHARE * len(pages))
    }
    kept: list[str] = []
    found: list[str] = []
    for number, page in enumerate(pages):
        own: list[str] = []
        for line in page.lines:
            stays = known.is_heading(line) or (number == 0 and known.is_front(line))
            foreign = without_figures(line) in recurring or bool(PAGER.match(line.strip()))
            (found if foreign and not stays else own).append(line)
        first = 0 if number == 0 else edge(own, known)
        last = len(own) if number == len(pages) - 1 else len(own) - edge(own[::-1], known)
        found += [*own[:first], *own[max(first, last) :]]
        kept += own[first:last]
    return drop_page_numbers(Draft(()).repaired("heads and feet of pages", kept, found))


def drop_page_numbers(draft: Draft) -> Draft:
    """Leave out lines that are page numbers: they follow one another through the text.

    A figure that a page broke off its sentence does not.
    """
    numbers = {
        place: int(found[1])
        for place, line in enumerate(draft.lines)
        if (found := PAGE_NUMBER.match(line.strip())) and is_number(line)
    }
    in_order = sum(after == before + 1 for before, after in pairwise(numbers.values()))
    if len(numbers) < FEWEST_PAGE_NUMBERS or in_order < IN_ORDER_SHARE * (len(numbers) - 1):
        return draft
    kept = [line for place, line in enumerate(draft.lines) if place not in numbers]
    return draft.repaired("page numbers", kept, [draft.lines[place] for place in numbers])


def is_number(line: str) -> bool:
    """Tell whether a line is a number and nothing else: 8, — 8 —, 第8页."""
    stripped = line.strip()
    return stripped.isdecimal() or bool(PAGER.match(stripped))


def edge(lines: Sequence[str], known: Known) -> int:
    """Count the lines of furniture at the edge of a page."""
    for number, line in enumerate(lines):
        if known.classify(line).kind != "other" or not is_furniture(line):
            return number
    return len(lines)


def without_figures(line: str) -> str:
    """Give a line as it recurs: page numbers and blanks do not matter."""
    return re.sub(r"[\d\s()（）\[\]【】-]+", "", line)
