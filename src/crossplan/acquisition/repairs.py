"""The record of the repairs of a text, and the repairs of damaged characters and other scripts."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from crossplan.corpora.store import RepairRecord
from crossplan.languages.chinese.documents import IN_TITLE
from crossplan.languages.chinese.pages import (
    DEBRIS,
    EDIT_MARK,
    LATIN_TAIL,
    TRADITIONAL_QUOTES,
    WEB_ADDRESS,
    WIDE_CHARACTERS,
)
from crossplan.languages.scripts import HAN

_EXAMPLES = 3
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines, and a record of every repair that made them."""

    lines: tuple[str, ...]
    repairs: tuple[RepairRecord, ...] = field(default=())

    def repaired(self, kind: str, lines: Iterable[str], found: Iterable[str]) -> "Draft":
        """Return the draft with other lines; `found` are the pieces that were repaired."""
        pieces = [" ".join(piece.split()) for piece in found]
        if not pieces:
            return replace(self, lines=tuple(lines))
        examples = tuple(
            piece if len(piece) <= _LONGEST_EXAMPLE else f"{piece[: _LONGEST_EXAMPLE - 1]}…"
            for piece in dict.fromkeys(pieces)
        )[:_EXAMPLES]
        record = RepairRecord(kind=kind, count=len(pieces), examples=examples)
        return Draft(tuple(lines), (*self.repairs, record))

    def each_line(self, kind: str, repair: Callable[[str], tuple[str, list[str]]]) -> "Draft":
        """Repair each line separately, and leave out lines that become empty."""
        lines: list[str] = []
        found: list[str] = []
        for line in self.lines:
            mended, pieces = repair(line)
            found += pieces
            if mended.strip() or not pieces:
                lines.append(mended)
        return self.repaired(kind, lines, found)


# Zero width, soft hyphens, and marks that only turn the direction of writing.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
# Radicals and compatibility forms that look like common characters; PDF files have them.
_LOOK_ALIKE = re.compile(r"[\u2f00-\u2fd5\uf900-\ufaff]")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿê"
_PINYIN = re.compile(f"(?<=[{HAN}])\\(([a-z{_TONED}]{{1,6}}) ?\\)")
_HAS_TONE = re.compile(f"[{_TONED}]")
# Of traditional texts, a quarter of the characters or more have a simplified form.
_TRADITIONAL_SHARE = 0.05

_ANY_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LATIN_LINE_WORDS = 3
# With a larger share of lines without Chinese, the page has a translation.
_TRANSLATED_SHARE = 0.15
_FEWEST_WORDS_IN_TAIL = 2
# A short line without a stop is a heading; a single word behind it is its translation.
_LONGEST_HEADING = 30


def mend_characters(draft: Draft) -> Draft:
    """Remove invisible characters, pinyin, editing marks and addresses."""
    draft = draft.each_line("invisible characters", lambda line: _cut_out(_INVISIBLE, line))
    draft = draft.each_line("look-alike characters", lambda line: _to_common(_LOOK_ALIKE, line))
    draft = draft.each_line("full-width figures", lambda line: _to_common(WIDE_CHARACTERS, line))
    draft = draft.each_line("editing marks", lambda line: _cut_out(EDIT_MARK, line.strip()))
    if any(_HAS_TONE.search(found[1]) for line in draft.lines for found in _PINYIN.finditer(line)):
        draft = draft.each_line("pinyin in brackets", lambda line: _cut_out(_PINYIN, line))
    draft = draft.each_line("web addresses", lambda line: _cut_out(WEB_ADDRESS, line))
    return draft.each_line("debris before marks", lambda line: _cut_out(DEBRIS, line))


def _cut_out(pattern: re.Pattern[str], line: str) -> tuple[str, list[str]]:
    """Remove the matches of a pattern from a line.

    Examples
    --------
    >>> _cut_out(_PINYIN, "權(quán)利發(fā)展")
    ('權利發展', ['(quán)', '(fā)'])
    """
    found = [match.group() for match in pattern.finditer(line)]
    return (pattern.sub("", line), found) if found else (line, [])


def _to_common(pattern: re.Pattern[str], line: str) -> tuple[str, list[str]]:
    """Replace characters by their common forms.

    Examples
    --------
    >>> _to_common(WIDE_CHARACTERS, "９５．５％以上")
    ('95.5%以上', ['９', '５', '．', '５', '％'])
    """
    found = [match.group() for match in pattern.finditer(line)]
    if not found:
        return line, []
    return pattern.sub(lambda match: unicodedata.normalize("NFKC", match[0]), line), found


def to_simplified(draft: Draft) -> Draft:
    """Convert a text in traditional script, including quotation marks."""
    from opencc import OpenCC

    whole = "\n".join(draft.lines)
    converted = OpenCC("t2s").convert(whole)
    changed = [old for old, new in zip(whole, converted, strict=False) if old != new]
    han = len(re.findall(f"[{HAN}]", whole))
    if len(changed) <= _TRADITIONAL_SHARE * han:
        return draft
    return draft.repaired(
        "converted to simplified characters (OpenCC t2s)",
        converted.translate(TRADITIONAL_QUOTES).split("\n"),
        changed,
    )


def keep_chinese(draft: Draft) -> Draft:
    """Remove the other language from a bilingual page.

    A Chinese page has some names in Latin letters (PM2.5, APP). It is bilingual only if
    whole lines or the ends of many lines are in another language.
    """
    lines = draft.lines
    translated = sum(_is_translation(line) for line in lines)
    tails = sum(bool(_tail(line)) for line in lines)
    if translated + tails <= _TRANSLATED_SHARE * len(lines):
        return draft
    kept: list[str] = []
    found: list[str] = []
    for line in lines:
        if not _ANY_HAN.search(line) and _LATIN_WORD.search(line):
            found.append(line)
            continue
        end = _tail(line, words=1 if _is_short(line) else _FEWEST_WORDS_IN_TAIL)
        if end:
            found.append(end)
        kept.append(line[: len(line) - len(end)])
    return draft.repaired("lines in another language", kept, found)


def _is_translation(line: str) -> bool:
    """Return whether a line has words of another language and no Chinese."""
    return not _ANY_HAN.search(line) and len(_LATIN_WORD.findall(line)) >= _LATIN_LINE_WORDS


def _is_short(line: str) -> bool:
    """Return whether a line may be a heading."""
    return len(_ANY_HAN.findall(line)) <= _LONGEST_HEADING and not IN_TITLE.search(line)


def _tail(line: str, words: int = _FEWEST_WORDS_IN_TAIL) -> str:
    """Return the end of a line in another language if it has at least `words` words.

    Examples
    --------
    >>> _tail("(一)工作权利(1) Right to work"), _tail("推进5G网络和PM2.5治理。")
    ('(1) Right to work', '')
    """
    if not _ANY_HAN.search(line):
        return ""
    found = LATIN_TAIL.search(line)
    if found is None or len(_LATIN_WORD.findall(found[1])) < words:
        return ""
    return found[1]
