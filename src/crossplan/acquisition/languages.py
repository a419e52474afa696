"""Pages in two languages: the Chinese is kept, the other taken away."""

import re

from crossplan.acquisition.characters import HAN
from crossplan.acquisition.draft import Draft

ANY_HAN = re.compile(f"[{HAN}]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_LINE_WORDS = 3
# Such a share of lines without Chinese, and they are a translation.
TRANSLATED_SHARE = 0.15
# From the last Chinese character or closing mark to the end of the line.
LATIN_TAIL = re.compile(f"(?<=[{HAN}，。；：、！？）》])[”’…%]*([^{HAN}，。；：、！？）》]*)$")
FEWEST_WORDS_IN_TAIL = 2
# A short line without a stop is a heading; a single word behind it is its translation.
LONGEST_HEADING = 30
STOP = re.compile(r"[。；！？]")


def keep_chinese(draft: Draft) -> Draft:
    """Take the other language out of a page that is written in two.

    A Chinese page names things in Latin letters now and then (PM2.5, APP); only where
    whole lines or the ends of many lines are in another language are there two.
    """
    lines = draft.lines
    translated = sum(is_translation(line) for line in lines)
    tails = sum(bool(tail(line)) for line in lines)
    if translated + tails <= TRANSLATED_SHARE * len(lines):
        return draft
    kept: list[str] = []
    found: list[str] = []
    for line in lines:
        if not ANY_HAN.search(line) and LATIN_WORD.search(line):
            found.append(line)
            continue
        end = tail(line, words=1 if is_short(line) else FEWEST_WORDS_IN_TAIL)
        if end:
            found.append(end)
        kept.append(line[: len(line) - len(end)])
    return draft.repaired("lines in another language", kept, found)


def is_translation(line: str) -> bool:
    """Tell whether a line has words of another language and no Chinese."""
    return not ANY_HAN.search(line) and len(LATIN_WORD.findall(line)) >= LATIN_LINE_WORDS


def is_short(line: str) -> bool:
    """Tell whether a line may be a heading."""
    return len(ANY_HAN.findall(line)) <= LONGEST_HEADING and not STOP.search(line)


def tail(line: str, words: int = FEWEST_WORDS_IN_TAIL) -> str:
    """Give the end of a line that is in another language, if it has so many words.

    Examples
    --------
    >>> tail("(一)工作权利(1) Right to work"), tail("推进5G网络和PM2.5治理。")
    ('(1) Right to work', '')
    """
    if not ANY_HAN.search(line):
        return ""
    found = LATIN_TAIL.search(line)
    if found is None or len(LATIN_WORD.findall(found[1])) < words:
        return ""
    return found[1]
