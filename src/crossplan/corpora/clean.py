"""Cleaning: making the reading text of a file, with one paragraph per line.

Cleaning removes blank lines, line breaks inside a paragraph, list bullets before a mark,
blanks next to Chinese characters, and typesetting code. It adds no words. The remaining
characters keep their order, each with its offset in the file.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from crossplan.corpora.marks import Line, Marks
from crossplan.languages.chinese.documents import WITHOUT_BLANKS
from crossplan.languages.language import PlanLanguage
from crossplan.model import Join

_BLANK = r" \t\u00a0\u2000-\u200b\u3000"
_BLANKS = f"[{_BLANK}]+"
_BLANKS_BESIDE_HAN = re.compile(
    f"(?<=[{WITHOUT_BLANKS}]){_BLANKS}|(?<![{_BLANK}]){_BLANKS}(?=[{WITHOUT_BLANKS}])"
)
# More than one blank, or an unusual one.
_BLANKS_TOGETHER = re.compile(f"[{_BLANK}]{{2,}}|[\\t\u00a0\u2000-\u200b\u3000]")
_BLANKS_IN_FIGURE = re.compile(f"(?<=[0-9]){_BLANKS}(?=[%/])")
_LATEX_SCRIPT = re.compile(r"[_^]\{([^{}\n]*)\}")
_LATEX_MATH = re.compile(r"\$([^$\n_^\\]*[_^\\][^$\n]*)\$")
_LATEX_ESCAPE = re.compile(r"\\([%&#$_{}])")


class Edit(NamedTuple):
    """Replace ``text[start:end]``; edits of one text do not overlap."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text with the offset of each of its characters in the original text.

    Examples
    --------
    >>> text = TracedText.begin("到 80 岁").edited([Edit(1, 2), Edit(4, 5)])
    >>> text.text, text.origins
    ('到80岁', (0, 2, 3, 5))
    """

    text: str
    origins: tuple[int, ...]

    @classmethod
    def begin(cls, text: str) -> "TracedText":
        """Return an unedited text, whose characters have their own offsets."""
        return cls(text, tuple(range(len(text))))

    def edited(self, edits: Iterable[Edit]) -> "TracedText":
        """Return the text with edits applied; a replacement has the offset of what it replaces."""
        pieces: list[str] = []
        origins: list[int] = []
        position = 0
        for start, end, replacement in sorted(edits):
            pieces += (self.text[position:start], replacement)
            origins += self.origins[position:start]
            origins += self._origins_of(start, end, len(replacement))
            position = end
        pieces.append(self.text[position:])
        origins += self.origins[position:]
        return TracedText("".join(pieces), tuple(origins))

    def _origins_of(self, start: int, end: int, length: int) -> list[int]:
        if not self.origins:
            return [0] * length
        last = max(start, end - 1)
        places = (min(start + offset, last) for offset in range(length))
        return [self.origins[min(place, len(self.origins) - 1)] for place in places]


def clean(text: TracedText, marks: Marks) -> tuple[TracedText, tuple[Join, ...]]:
    """Return the reading text of a decoded file.

    Parameters
    ----------
    text : TracedText
        The decoded file, corrected or not.
    marks : Marks
        The marks of headings and measures.

    Returns
    -------
    tuple of (TracedText, tuple of Join)
        The reading text, each line ending in a line break, and the places where
        broken paragraphs were joined. Cleaning it again changes nothing.
    """
    joined: dict[int, bool] = {}
    while True:
        lines_joined, joins = _join_paragraphs(_strip_lines(text, marks), marks)
        cleaned = strip_blanks(strip_typesetting(lines_joined), marks.language)
        joined |= joins
        if cleaned.text == text.text:
            return cleaned, _place_joins(cleaned, joined)
        text = cleaned


def _strip_lines(text: TracedText, marks: Marks) -> TracedText:
    """Remove blank lines, blanks at both ends of a line, and bullets before a mark."""
    edits: list[Edit] = []
    position = 0
    for raw in text.text.splitlines(keepends=True):
        line = raw.replace("\ufeff", " ").strip()
        start = position + (raw.replace("\ufeff", " ").find(line) if line else 0)
        bare = marks.without_bullet(line)
        start += len(line) - len(bare)
        line = bare
        if not line:
            edits.append(Edit(position, position + len(raw)))
        else:
            edits.append(Edit(position, start))
            edits.append(Edit(start + len(line), position + len(raw), "\n"))
        position += len(raw)
    return text.edited(edit for edit in edits if not _is_idle(text, edit))


def _is_idle(text: TracedText, edit: Edit) -> bool:
    """Return whether an edit would change nothing."""
    return text.text[edit.start : edit.end] == edit.replacement


def _join_paragraphs(text: TracedText, marks: Marks) -> tuple[TracedText, dict[int, bool]]:
    """Join the lines of paragraphs that were broken.

    Returns
    -------
    tuple of (TracedText, dict of int to bool)
        The text, and for each join the origin of the first character after it and
        whether the line before ended a sentence.
    """
    lines = text.text.splitlines()
    kinds = [marks.classify(line) for line in lines]
    edits: list[Edit] = []
    joins: dict[int, bool] = {}
    state = _ParagraphState(marks.language)
    continues = False
    position = 0
    for (before, after), line in zip(pairwise(lines), pairwise(kinds), strict=True):
        state.enter(line[0], continues=continues)
        position += len(before) + 1
        continues = line[1].kind == "other" and state.continues(before)
        if continues:
            edits.append(Edit(position - 1, position, between(before, after, marks.language)))
            joins[text.origins[position]] = bool(marks.language.ends_line.search(before))
    return text.edited(edits), joins


def between(before: str, after: str, language: PlanLanguage) -> str:
    """Return what joins two lines of a paragraph: a blank between Latin words, else nothing.

    Examples
    --------
    >>> from crossplan.languages.chinese import CHINESE
    >>> between("World", "Bank", CHINESE), between("保障", "权利", CHINESE)
    (' ', '')
    """
    if language.blanks_between_words:
        return "" if before.endswith(("-", "—")) else " "
    last, first = before[-1:], after[:1]
    latin = (last + first).isascii()
    return " " if latin and last.isalpha() and first.isalpha() else ""


class _ParagraphState:
    """The position in a plan, as far as it matters for joining lines."""

    def __init__(self, language: PlanLanguage) -> None:
        self.language = language
        self.in_chapter = False
        self.in_measure = False
        self.in_prose = False

    def enter(self, line: Line, *, continues: bool) -> None:
        """Move to a line; `continues` is true if it was joined to the line before."""
        if continues:
            return
        if line.kind == "other":
            self.in_measure = False
            self.in_prose = bool(self.language.punctuation.search(line.words))
            return
        self.in_measure = line.kind == "measure"
        self.in_prose = self.in_measure
        if line.kind in {"introduction", "contents"}:
            self.in_chapter = False
        elif line.kind in {"chapter", "section"}:
            self.in_chapter = True

    def continues(self, line: str) -> bool:
        """Return whether the unmarked line after `line` belongs to its paragraph.

        In a chapter, a paragraph without a mark after a measure belongs to the measure. In
        the introduction, where prose follows the goals, and in prose, it does so only if
        the line before stops in the middle of a sentence.
        """
        if self.in_measure and self.in_chapter:
            return True
        return self.in_prose and not self.language.ends_line.search(line)


def strip_typesetting(text: TracedText) -> TracedText:
    """Remove LaTeX code around words and figures: ``PM_{2.5}`` becomes ``PM2.5``."""
    for pattern in (_LATEX_MATH, _LATEX_ESCAPE, _LATEX_SCRIPT):
        edits: list[Edit] = []
        for match in pattern.finditer(text.text):
            edits.append(Edit(match.start(), match.start(1)))
            edits.append(Edit(match.end(1), match.end()))
        text = text.edited(edits)
    return text


def strip_blanks(text: TracedText, language: PlanLanguage) -> TracedText:
    """Remove blanks that the language does not use.

    Chinese has none next to its characters; other languages have one between words.
    """
    if language.blanks_between_words:
        found = _BLANKS_TOGETHER.finditer(text.text)
        return text.edited(Edit(m.start(), m.end(), " ") for m in found)
    for pattern in (_BLANKS_BESIDE_HAN, _BLANKS_IN_FIGURE):
        text = text.edited(Edit(m.start(), m.end()) for m in pattern.finditer(text.text))
    return text


def without_blanks(line: str, language: PlanLanguage) -> str:
    """Remove the blanks that the language does not use from a line."""
    if language.blanks_between_words:
        return _BLANKS_TOGETHER.sub(" ", line)
    return _BLANKS_BESIDE_HAN.sub("", line)


def _place_joins(text: TracedText, joins: dict[int, bool]) -> tuple[Join, ...]:
    """Translate the origins of joins into offsets in the reading text."""
    return tuple(
        Join(bisect_left(text.origins, origin), after_sentence)
        for origin, after_sentence in sorted(joins.items())
    )
