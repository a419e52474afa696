"""What is known of a plan before its text is read, and repairs of the headings in its text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossplan.acquisition.repairs import Draft
from crossplan.corpora.marks import BULLET, Line, Marks, numeral_pattern
from crossplan.corpora.parse import Headings, find_headings, position_in_outline
from crossplan.corpora.records import MarkForms
from crossplan.languages.chinese import CHINESE
from crossplan.languages.chinese.documents import FULL_STOP
from crossplan.languages.chinese.documents import TITLE_STOPS as STOPS
from crossplan.languages.chinese.numerals import written
from crossplan.languages.chinese.pages import (
    DASHES,
    ENUMERATOR,
    FULL_TEXT,
    TITLE_DATE,
    TITLE_PAGE_NUMBER,
    TITLE_REMARK,
    YEAR,
)
from crossplan.model import Plan, Section

_LONGEST_LEDE = 150
_SHORTEST_PUBLISHER = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plan before its text is: its names and its headings.

    Attributes
    ----------
    plan : Plan
        Without its text.
    marks : Marks
    introduction_printed : bool
        Whether the introduction has a heading in the text.
    measures_marked : bool
        Whether measures have a mark in this series.
    characters : int or None
        Its length according to sources.
    """

    plan: Plan
    marks: Marks
    introduction_printed: bool = True
    measures_marked: bool = True
    characters: int | None = None

    @property
    def outline(self) -> list[Section]:
        """The introduction, then chapters and sections in order."""
        return [self.plan.introduction, *self.plan.headings]

    def classify(self, line: str) -> Line:
        """Return a line with its kind."""
        return self.marks.classify(self.marks.without_bullet(line.strip()))

    def headings(self, lines: Sequence[str]) -> Headings:
        """Find the headings of the plan among lines."""
        return find_headings([self.classify(line) for line in lines], self.outline)

    def position(self, line: str) -> int | None:
        """Return which heading of the outline a line is, if any."""
        return position_in_outline(self.classify(line), self.outline)

    def is_heading(self, line: str) -> bool:
        """Return whether a line is a heading of the plan."""
        return self.position(line) is not None

    def is_title(self, line: str) -> bool:
        """Return whether a line is the plan's title, or the first part of it."""
        title = plain(self.plan.title)
        return plain(line) in {title, title.partition("(")[0]}

    def is_front(self, line: str) -> bool:
        """Return whether a line is on the title page: title, period, publisher or date."""
        words = plain(line)
        if self.is_title(line):
            return True
        period = plain(self.plan.title).partition("(")[2]
        return (
            bool(TITLE_DATE.match(words))
            or words.strip("()") in {period.strip("()"), period.strip("()").removesuffix(YEAR)}
            or (len(words) >= _SHORTEST_PUBLISHER and words in plain(self.plan.publisher))
        )

    def is_lede(self, line: str) -> bool:
        """Return whether a line only announces the text."""
        words = plain(line)
        return bool(FULL_TEXT.search(words)) or (
            plain(self.plan.title).partition("(")[0] in words
            and words.endswith(FULL_STOP)
            and len(words) <= _LONGEST_LEDE
        )


def plain(line: str) -> str:
    """Return a line without blanks, with one form of dash and bracket."""
    return "".join(unicodedata.normalize("NFKC", line).split()).translate(DASHES)


RESTORED_BREAKS = "line breaks restored"
# A title that runs on into its section has at least this much behind it; less may be
# another wording of the title.
_SHORTEST_REST = 15
# The context in which a title is checked for standing alone.
_FAR = 400
# The maximum number of lines of one heading broken by the edge of a page or column.
_MOST_PIECES = 3
_NUMERAL = numeral_pattern(CHINESE)
_FEWEST_BULLETS = 10
# If true marks occur as well, bullets must be this many times more frequent.
_BULLETS_TO_MARKS = 10
# A longer line is several lines whose breaks were lost.
_LONGEST_LINE = 1500


class HeadingMender:
    """Repairs the headings of a text with a known outline."""

    def __init__(self, known: Known, forms: MarkForms) -> None:
        self.marks = known.marks
        self.classify = known.classify
        self.forms = forms
        self.outline = known.outline
        self.titles = {squeezed(h.title): h for h in self.outline if h.level != "introduction"}
        self.introduction = self.outline[0].title

    def mend(self, draft: Draft) -> Draft:
        """Apply all repairs, in an order in which one prepares the next."""
        for kind, repair in (
            (RESTORED_BREAKS, self.restore_breaks),
            ("repeated headings", self.drop_doubles),
            ("broken headings joined", self.join_headings),
            ("remarks behind headings", self.strip_behind),
            ("heading marks restored", self.restore_marks),
            ("measure marks restored", self.restore_bullets),
        ):
            lines, found = repair(draft.lines)
            draft = draft.repaired(kind, lines, found)
        return draft

    def restore_breaks(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Insert a line break before a heading or measure in the middle of a line."""
        measure = "|".join(re.escape(form) for form in self.forms.measure)
        blanks = r"[ \t\u3000]"
        before_measure = re.compile(
            f"(?:(?<=[{STOPS}])|(?<=[{STOPS}]”)){blanks}*(?={measure})|{blanks}{{2,}}(?={measure})"
        )
        heading = self.heading_pattern()
        kept: list[str] = []
        found: list[str] = []
        for line in lines:
            pieces = [
                part
                for piece in before_measure.split(line)
                for part in self.parted(piece, heading, run_on=len(line) > _LONGEST_LINE)
            ]
            pieces = [piece for piece in pieces if piece.strip()] or [line]
            found += pieces[1:]
            kept += pieces
        return kept, found

    def heading_pattern(self) -> re.Pattern[str]:
        """Return the pattern of any heading of the outline with its mark, with any spacing."""
        blank = r"[ \t\u3000]{0,4}"
        marks = [
            re.escape(form).replace(re.escape("{n}"), _NUMERAL)
            for form in (*self.forms.chapter, *self.forms.section)
        ]
        titles = sorted({h.title for h in self.outline[1:]}, key=len, reverse=True)
        title = "|".join(blank.join(map(re.escape, squeezed(title))) for title in titles)
        return re.compile(f"(?:{'|'.join(marks)}){blank}(?:{title})")

    def parted(self, line: str, heading: re.Pattern[str], *, run_on: bool) -> Iterator[str]:
        """Split a line before each heading in it, and after one that runs on.

        The title of the introduction is a common word; inside of a line it counts where
        the breaks of the text were lost.
        """
        places = list(heading.finditer(line))
        if run_on:
            places += self.introduction_pattern().finditer(line)
        elif opening := self.introduction_pattern().match(line.strip()):
            places += [opening] if line.startswith(opening.group()) else []
        start = 0
        for match in sorted(places, key=lambda match: match.start()):
            if match.start() < start:
                continue
            if match.start() > start and self.may_begin(line, match.start()):
                yield line[start : match.start()]
                start = match.start()
            elif match.start() > start:
                continue
            if self.runs_on(line, match.end(), heading):
                yield line[start : match.end()]
                start = match.end()
        yield line[start:]

    def introduction_pattern(self) -> re.Pattern[str]:
        """Return the pattern of the title of the introduction, with any spacing."""
        return re.compile(r"\s{0,4}".join(map(re.escape, self.introduction)) + r"(?!$)")

    def runs_on(self, line: str, end: int, heading: re.Pattern[str]) -> bool:
        """Return whether the words after a title are not part of it."""
        rest = line[end : end + _FAR].strip()
        return bool(
            self.marks.measure.match(rest)
            or heading.match(rest)
            or (len(rest) >= _SHORTEST_REST and any(end in rest for end in STOPS))
        )

    def may_begin(self, line: str, place: int) -> bool:
        """Return whether a heading may begin inside of a line, outside of a sentence."""
        near = line[max(0, place - _FAR) : place]
        before = near.rstrip()
        if not before or BULLET.fullmatch(near):
            return False
        return (
            before[-1] in f"{STOPS}”…"
            or before != near
            or squeezed(before).endswith(tuple(self.titles))
            or squeezed(before).endswith((squeezed(self.introduction), *self.forms.contents))
        )

    def drop_doubles(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Remove a heading that is repeated directly below itself."""
        kept: list[str] = []
        found: list[str] = []
        for line in lines:
            double = bool(kept) and squeezed(kept[-1]) == squeezed(line)
            if double and self.classify(line).kind in {"introduction", "chapter", "section"}:
                found.append(line)
            else:
                kept.append(line)
        return kept, found

    def join_headings(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Join the pieces of a heading that was broken."""
        kept: list[str] = []
        found: list[str] = []
        number = 0
        while number < len(lines):
            pieces = self.pieces_of_heading(lines[number : number + _MOST_PIECES])
            if pieces > 1:
                kept.append("".join(line.strip() for line in lines[number : number + pieces]))
                found.append(kept[-1])
            else:
                kept.append(lines[number])
            number += pieces
        return kept, found

    def pieces_of_heading(self, lines: Sequence[str]) -> int:
        """Return the number of lines that form a heading of the outline, or 1."""
        start = self.heading_mark(lines[0].strip())
        if start is None or squeezed(start) in self.titles:
            return 1
        words = squeezed(start)
        for pieces, line in enumerate(lines[1:], start=2):
            if not any(title.startswith(words) for title in self.titles):
                return 1
            words += squeezed(line)
            if words in self.titles:
                return pieces
        return 1

    def heading_mark(self, line: str) -> str | None:
        """Return the words after the mark of a heading, if the line has one."""
        for pattern in (self.marks.chapter, self.marks.section):
            if match := pattern.match(line):
                return line[match.end() :]
        return None

    def strip_behind(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Remove a remark or a page number after a title of the outline."""
        kept: list[str] = []
        found: list[str] = []
        for line in lines:
            stripped = line.strip()
            words = self.heading_mark(stripped)
            for pattern in (TITLE_REMARK, TITLE_PAGE_NUMBER):
                match = pattern.search(words or "")
                if match and squeezed((words or "")[: match.start()]) in self.titles:
                    found.append(match.group())
                    stripped = stripped[: len(stripped) - len(match.group())]
                    break
            match = TITLE_PAGE_NUMBER.search(stripped)
            if match and squeezed(stripped[: match.start()]) == squeezed(self.introduction):
                found.append(match.group())
                stripped = stripped[: match.start()]
            kept.append(stripped)
        return kept, found

    def restore_marks(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Restore the marks of titles that lost them, except in the table of contents."""
        headings = find_headings([self.classify(line) for line in lines], self.outline)
        missing = {
            title: heading
            for title, heading in self.titles.items()
            if self.outline.index(heading) not in headings.body
        }
        kept: list[str] = []
        found: list[str] = []
        for number, line in enumerate(lines):
            if number in headings.contents:
                kept.append(line)
                continue
            words = squeezed(line)
            heading = missing.get(words) or missing.get(squeezed(ENUMERATOR.sub("", line.strip())))
            if heading is None:
                kept.append(line)
                continue
            kept.append(f"{self.official_mark(heading)}{heading.title}")
            found.append(line)
        return kept, found

    def official_mark(self, heading: Section) -> str:
        """Return the mark of a heading as the series prints it."""
        forms, number = self.forms.chapter, heading.chapter
        if heading.number is not None:
            forms, number = self.forms.section, heading.number
        return forms[0].replace("{n}", written(number))

    def restore_bullets(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """Replace bullets by the mark of a measure."""
        kinds = [self.classify(line).kind for line in lines]
        bulleted = {
            number
            for number, line in enumerate(lines)
            if kinds[number] == "other" and BULLET.match(f"{line[:1]} ")
        }
        if len(bulleted) < max(_FEWEST_BULLETS, _BULLETS_TO_MARKS * kinds.count("measure")):
            return list(lines), []
        mark = self.forms.measure[0]
        return [
            f"{mark}{line[1:].lstrip()}" if number in bulleted else line
            for number, line in enumerate(lines)
        ], [lines[number] for number in sorted(bulleted)]


def squeezed(words: str) -> str:
    """Return words without blanks."""
    return "".join(words.split())
