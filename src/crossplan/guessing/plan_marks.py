"""The marks of a document: given by the user, or counted in its paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from crossplan.errors import ChoiceError
from crossplan.guessing.numbering import last_number
from crossplan.languages.language import PlanLanguage
from crossplan.thresholds import Threshold

Forms = tuple[str, ...]
_EXAMPLES = ("a tuple of marks with {n} for a numeral, such as ('{n}、',)", "() for none", None)

_SIGN = re.compile(r"[—―━─－–-]{1,4}(?![0-9])|[•·・●■◆◇▪○*](?=\S)")
# A mark on a smaller share of paragraphs belongs to occasional lists.
FEWEST_MARKED: Threshold[float] = 1 / 3
# A form with a smaller share of the marks is a dash at the start of a broken line.
RAREST_FORM: Threshold[float] = 0.05


@dataclass(frozen=True, slots=True)
class PlanMarks:
    """The marks of the headings and measures of a document, as far as they are known.

    Attributes
    ----------
    chapter, section, measure : tuple of str, optional
        Forms as in ``series.toml``: ``("{n}、",)``, ``("第{n}节",)``, ``("——",)``, with
        ``{n}`` for a numeral. An empty tuple means that there are none; None means that
        they are guessed.

    Examples
    --------
    >>> PlanMarks(chapter=("第{n}章",), section=()).section
    ()
    """

    chapter: Forms | None = None
    section: Forms | None = None
    measure: Forms | None = None

    def __post_init__(self) -> None:
        for level in ("chapter", "section", "measure"):
            forms = getattr(self, level)
            if forms is not None and not _is_forms(forms):
                raise ChoiceError(level, forms, _EXAMPLES)


def _is_forms(value: object) -> bool:
    """Return whether a value is a tuple of marks."""
    return isinstance(value, tuple) and all(isinstance(form, str) and form for form in value)


class MeasureMarks(NamedTuple):
    """The number of paragraphs, and of those with each mark."""

    paragraphs: int
    marked: Counter[str]

    @classmethod
    def of_all(cls, counts: Iterable["MeasureMarks"]) -> "MeasureMarks":
        """Return the sum of the counts of several documents."""
        paragraphs, marked = 0, Counter[str]()
        for count in counts:
            paragraphs += count.paragraphs
            marked += count.marked
        return cls(paragraphs, marked)

    def enough(self) -> bool:
        """Return whether enough paragraphs have a mark for marks to open measures."""
        total = sum(self.marked.values())
        return total > 1 and total >= FEWEST_MARKED * self.paragraphs

    def forms(self) -> tuple[str, ...]:
        """Return the marks as forms, the longest first so that each can match."""
        fewest = RAREST_FORM * self.marked.total()
        common = (form for form, count in self.marked.items() if count >= fewest)
        return tuple(sorted(common, key=lambda form: (-len(form), form)))


def count_marks(
    lines: Sequence[str],
    first: int,
    after: int,
    headings: AbstractSet[int],
    language: PlanLanguage,
) -> MeasureMarks:
    """Count the paragraphs from line `first` up to line `after`, and their marks.

    Numbers count only if they are consecutive. A line that continues the line before is
    not a paragraph.
    """
    signs: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    paragraphs = 0
    number_before = 0
    ended = True
    for place in range(first, after):
        line = lines[place]
        if not line:
            continue
        if place in headings:
            ended, number_before = True, 0
            continue
        if sign := _SIGN.match(line):
            signs[sign.group()] += 1
        elif number := language.document.numbered_measure.match(line):
            value = last_number(number.group(), language)
            if value in {1, number_before + 1}:
                numbers[_with_numeral(number)] += 1
                number_before = value
        paragraphs += ended or bool(sign)
        ended = bool(language.ends_line.search(line))
    return MeasureMarks(paragraphs, signs if signs.total() >= numbers.total() else numbers)


def _with_numeral(mark: re.Match[str]) -> str:
    """Return a numbered mark as a form, with ``{n}`` for its numeral."""
    numeral = next(group for group in mark.groups() if group)
    return mark.group().replace(numeral, "{n}", 1)
