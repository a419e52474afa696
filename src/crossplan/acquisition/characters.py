"""Damage to single characters: what converters, copyists and scripts leave behind."""

import re
import unicodedata

from crossplan.acquisition.draft import Draft
from crossplan.languages.chinese.pages import (
    DEBRIS,
    EDIT_MARK,
    LATIN_TAIL,
    TRADITIONAL_QUOTES,
    WEB_ADDRESS,
    WIDE_CHARACTERS,
)
from crossplan.languages.chinese.sentences import IN_TITLE
from crossplan.languages.scripts import HAN

# Zero width, soft hyphens, and marks that only turn the direction of writing.
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
# Radicals and compatibility forms that look like common characters; PDF files have them.
LOOK_ALIKE = re.compile(r"[\u2f00-\u2fd5\uf900-\ufaff]")
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿê"
PINYIN = re.compile(f"(?<=[{HAN}])\\(([a-z{TONED}]{{1,6}}) ?\\)")
HAS_TONE = re.compile(f"[{TONED}]")
# Of traditional texts, a quarter of the characters or more have a simplified form.
TRADITIONAL_SHARE = 0.05

ANY_HAN = re.compile(f"[{HAN}]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_LINE_WORDS = 3
# Such a share of lines without Chinese, and they are a translation.
TRANSLATED_SHARE = 0.15
FEWEST_WORDS_IN_TAIL = 2
# A short line without a stop is a heading; a single word behind it is its translation.
LONGEST_HEADING = 30


def mend_characters(draft: Draft) -> Draft:
    """Take away invisible characters, pinyin, editing marks and addresses."""
    draft = draft.each_line("invisible characters", lambda line: cut_out(INVISIBLE, line))
    draft = draft.each_line("look-alike characters", lambda line: to_common(LOOK_ALIKE, line))
    draft = draft.each_line("full-width figures", lambda line: to_common(WIDE_CHARACTERS, line))
    draft = draft.each_line("editing marks", lambda line: cut_out(EDIT_MARK, line.strip()))
    if any(HAS_TONE.search(found[1]) for line in draft.lines for found in PINYIN.finditer(line)):
        draft = draft.each_line("pinyin in brackets", lambda line: cut_out(PINYIN, line))
    draft = draft.each_line("web addresses", lambda line: cut_out(WEB_ADDRESS, line))
    return draft.each_line("debris before marks", lambda line: cut_out(DEBRIS, line))


def cut_out(pattern: re.Pattern[str], line: str) -> tuple[str, list[str]]:
    """Take what matches out of a line.

    Examples
    --------
    >>> cut_out(PINYIN, "權(quán)利發(fā)展")
    ('權利發展', ['(quán)', '(fā)'])
    """
    found = [match.group() for match in pattern.finditer(line)]
    return (pattern.sub("", line), found) if found else (line, [])


def to_common(pattern: re.Pattern[str], line: str) -> tuple[str, list[str]]:
    """Put the common form of a character in place of one that only looks different.

    Examples
    --------
    >>> to_common(WIDE_CHARACTERS, "９５．５％以上")
    ('95.5%以上', ['９', '５', '．', '５', '％'])
    """
    found = [match.group() for match in pattern.finditer(line)]
    if not found:
        return line, []
    return pattern.sub(lambda match: unicodedata.normalize("NFKC", match[0]), line), found


def to_simplified(draft: Draft) -> Draft:
    """Convert a text in traditional script, and its quotation marks."""
    from opencc import OpenCC

    whole = "\n".join(draft.lines)
    converted = OpenCC("t2s").convert(whole)
    changed = [old for old, new in zip(whole, converted, strict=False) if old != new]
    han = len(re.findall(f"[{HAN}]", whole))
    if len(changed) <= TRADITIONAL_SHARE * han:
        return draft
    return draft.repaired(
        "converted to simplified characters (OpenCC t2s)",
        converted.translate(TRADITIONAL_QUOTES).split("\n"),
        changed,
    )


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
    return len(ANY_HAN.findall(line)) <= LONGEST_HEADING and not IN_TITLE.search(line)


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
