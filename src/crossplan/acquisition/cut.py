"""Cutting a plan out of a page, by its outline."""

from collections.abc import Sequence

from crossplan.acquisition.headings import Known, plain
from crossplan.acquisition.page_layout import ends_sentence, is_furniture, is_prose
from crossplan.acquisition.repairs import Draft
from crossplan.corpora.parse import Headings
from crossplan.languages.chinese.documents import COMMA
from crossplan.languages.chinese.pages import FULL_TEXT, JUMP

# The number of lines in which the last paragraph may continue to the end of its sentence.
_LONGEST_PARAGRAPH = 8
_SHORTEST_PARAGRAPH = 10
_LONG_UNFINISHED = 25
# Paragraphs within this number of lines after the end may belong to the plan.
_NEAR = 6
CUT_PARAGRAPHS = "paragraphs cut off near the end"
# The number of lines of the sentence that announces the text.
_LONGEST_LEDE = 3


def cut_out(draft: Draft, known: Known) -> Draft:
    """Remove what is before, after and between the parts of a plan.

    Before the first heading, only the title page and the table of contents are kept.
    """
    found = known.headings(draft.lines)
    if not found.body:
        return draft
    first, last = min(found.body.values()), max(found.body.values())
    end = _end_of_plan(draft.lines, last, known)
    front = _front_lines(draft.lines, first, found, known)
    before = [line for number, line in enumerate(draft.lines[:first]) if number not in front]
    lines = [draft.lines[number] for number in sorted(front)]
    start = len(lines)
    lines += draft.lines[first:end]
    behind = draft.lines[end:]
    draft = draft.repaired("lines cut off before the plan", lines, before)
    draft = draft.repaired("lines cut off behind the plan", lines, behind)
    draft = draft.repaired(CUT_PARAGRAPHS, lines, _doubtful_lines(behind[:_NEAR]))
    return _drop_strangers(_drop_repeats(draft, start, known), start, known)


def _doubtful_lines(lines: Sequence[str]) -> list[str]:
    """Return paragraphs after the end that are not known page furniture."""
    return [line for line in lines if is_prose(line) and not is_furniture(line)]


def _front_lines(lines: Sequence[str], first: int, found: Headings, known: Known) -> set[int]:
    """Return the lines before the first heading that belong to the plan."""
    contents = {number for number in found.contents if number < first}
    top = min(contents, default=first)
    kept = set(contents)
    if 0 not in found.body:
        # The heading of the introduction is missing; its text must be kept.
        behind = max(contents, default=_title_line(lines, first, known))
        kept |= {n for n in range(behind + 1, first) if not is_furniture(lines[n])}
    number = top - 1
    titled = False
    while number >= 0 and not titled and known.is_front(lines[number]):
        kept.add(number)
        titled = known.is_title(lines[number])
        number -= 1
    if titled and number >= 0 and FULL_TEXT.fullmatch(plain(lines[number])):
        kept.add(number)
        number -= 1
    return kept | _lede_lines(lines, number, known) if titled else kept


def _lede_lines(lines: Sequence[str], last: int, known: Known) -> set[int]:
    """Find the lines of the sentence that announces the text, up to a line."""
    for first in range(last, max(last - _LONGEST_LEDE, -1), -1):
        if known.is_lede("".join(lines[first : last + 1])):
            return set(range(first, last + 1))
    return set()


def _title_line(lines: Sequence[str], first: int, known: Known) -> int:
    """Find the last line before the first heading that is the title; else the prose begins."""
    titles = [n for n in range(first) if known.is_front(lines[n])]
    prose = next((n for n in range(first) if is_prose(lines[n])), first)
    return titles[-1] if titles else prose - 1


def _end_of_plan(lines: Sequence[str], last: int, known: Known) -> int:
    """Return the line after the last line of the plan.

    Below the last heading there may be measures, paragraphs that end a sentence, and
    headings out of order. Any other line, or known page furniture, ends the plan.
    """
    end = last + 1
    while end < len(lines):
        line = lines[end].strip()
        if known.classify(line).kind == "measure" or known.is_heading(line) or JUMP.match(line):
            end += 1
            continue
        behind = _end_of_paragraph(lines, end, known)
        if behind is None:
            break
        end = behind
    return end


def _end_of_paragraph(lines: Sequence[str], start: int, known: Known) -> int | None:
    """Return the line after a paragraph that ends a sentence, or None.

    The last paragraph of a text may have lost its full stop.
    """
    length = 0
    for number in range(start, min(start + _LONGEST_PARAGRAPH, len(lines))):
        line = lines[number].strip()
        if is_furniture(line) or known.classify(line).kind != "other":
            break
        length += len(line)
        if ends_sentence(line):
            return number + 1 if length >= _SHORTEST_PARAGRAPH else None
    if len(lines[start]) >= _LONG_UNFINISHED and COMMA in lines[start] and length:
        return start + 1
    return None


def _drop_repeats(draft: Draft, start: int, known: Known) -> Draft:
    """Remove headings that are repeated in the body, as at the top of split pages.

    The body begins at the line `start`; a table of contents may precede it.
    """
    kept = list(draft.lines[:start])
    found: list[str] = []
    seen: set[int] = set()
    for line in draft.lines[start:]:
        position = known.position(line)
        if position in seen:
            found.append(line)
            continue
        if position is not None:
            seen.add(position)
        kept.append(line)
    return draft.repaired("repeated headings", kept, found)


def _drop_strangers(draft: Draft, start: int, known: Known) -> Draft:
    """Remove furniture and titles between the paragraphs of the body."""
    kept = list(draft.lines[:start])
    found: list[str] = []
    for line in draft.lines[start:]:
        between = not kept or known.is_heading(kept[-1]) or ends_sentence(kept[-1])
        title = plain(line).startswith(plain(known.plan.title)) and not is_prose(line)
        foreign = between and known.classify(line).kind == "other"
        if foreign and (title or is_furniture(line)):
            found.append(line)
        else:
            kept.append(line)
    return draft.repaired("foreign lines in the text", kept, found)
