"""The marks of headings and measures in a series, and the kinds of lines."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from crossplan.languages.chinese import CHINESE
from crossplan.languages.language import PlanLanguage
from crossplan.thresholds import Threshold

_LineKind = Literal["contents", "introduction", "chapter", "section", "measure", "other"]

# No heading of a plan is nearly as long, and none contains a full stop.
LONGEST_TITLE: Threshold[int] = 60
_NOTHING = re.compile(r"(?!)")
BULLET = re.compile(r"[-*•·・]\s+")


class Line(NamedTuple):
    """A line with its kind, and its words without the mark."""

    kind: _LineKind
    words: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a series, as regular expressions.

    Build one with :meth:`from_forms`.
    """

    contents: re.Pattern[str]
    introduction: re.Pattern[str]
    chapter: re.Pattern[str]
    section: re.Pattern[str]
    measure: re.Pattern[str]
    language: PlanLanguage = CHINESE

    @classmethod
    def from_forms(  # noqa: PLR0913 - the marks of each level
        cls,
        *,
        contents: tuple[str, ...],
        introduction: tuple[str, ...],
        chapter: tuple[str, ...],
        section: tuple[str, ...],
        measure: tuple[str, ...],
        language: PlanLanguage = CHINESE,
    ) -> "Marks":
        """Build the marks from the forms of ``series.toml``; ``{n}`` is a numeral."""
        return cls(
            contents=_words_pattern(contents),
            introduction=_words_pattern(introduction),
            chapter=_mark_pattern(chapter, language),
            section=_mark_pattern(section, language),
            measure=_mark_pattern(measure, language),
            language=language,
        )

    @property
    def description(self) -> str:
        """All patterns as one string; equal marks have equal descriptions."""
        patterns = (self.contents, self.introduction, self.chapter, self.section, self.measure)
        return "\n".join(pattern.pattern for pattern in patterns)

    def classify(self, line: str) -> Line:
        """Return a stripped line with its kind.

        Examples
        --------
        >>> marks = Marks.from_forms(
        ...     contents=("目录",), introduction=("导言",), chapter=("{n}、",),
        ...     section=("（{n}）",), measure=("——",))
        >>> marks.classify("（四）财产权")
        Line(kind='section', words='财产权')
        >>> marks.classify("目　录").kind
        'contents'
        """
        if self.contents.fullmatch(line):
            return Line("contents", line)
        if self.introduction.fullmatch(line):
            return Line("introduction", line)
        if match := self.measure.match(line):
            return Line("measure", line[match.end() :])
        chapter, section = self.chapter.match(line), self.section.match(line)
        # The longer mark counts: 1.1 is not a chapter if chapters are marked 1.
        if chapter and section and section.end() > chapter.end():
            chapter = None
        if match := chapter or section:
            words = line[match.end() :].removesuffix(self.language.full_stop)
            if is_title(words, self.language):
                return Line("chapter" if chapter else "section", words)
        return Line("other", line)

    def without_bullet(self, line: str) -> str:
        """Remove the bullet of a list before a mark; keep it elsewhere.

        Examples
        --------
        >>> marks = Marks.from_forms(contents=(), introduction=("导言",), chapter=("{n}、",),
        ...     section=("（{n}）",), measure=("——",))
        >>> marks.without_bullet("- （一）工作权"), marks.without_bullet("- 工作权")
        ('（一）工作权', '- 工作权')
        """
        bullet = BULLET.match(line)
        if bullet and self.classify(line[bullet.end() :]).kind != "other":
            return line[bullet.end() :]
        return line


def is_title(words: str, language: PlanLanguage) -> bool:
    """Return whether the words after the mark of a heading can be a title."""
    longest = LONGEST_TITLE * language.width
    return 0 < len(words) <= longest and not language.in_title.search(words)


def numeral_pattern(language: PlanLanguage) -> str:
    """Return the pattern of a numeral of a heading.

    The limit of eight characters keeps matching fast on long lines of figures.
    """
    return f"(?:{'|'.join(f'[{characters}]{{1,8}}' for characters in language.numerals)})"


def _mark_pattern(forms: tuple[str, ...], language: PlanLanguage) -> re.Pattern[str]:
    """Return the pattern of any of the forms, with the blanks after it."""
    if not forms:
        return _NOTHING
    numeral = numeral_pattern(language)
    escaped = (re.escape(form).replace(re.escape("{n}"), numeral) for form in forms)
    return re.compile(f"(?:{'|'.join(escaped)})\\s*")


def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a line that is one of the words, with any blanks in it."""
    return re.compile("|".join(r"\s*".join(map(re.escape, word)) for word in words))
