"""Make a plan of a file, from the options of the user and from guesses."""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Literal

from crossplan.corpora.clean import Edit, TracedText, clean
from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.corpora.encoding import decode
from crossplan.corpora.load import parsed_once
from crossplan.corpora.marks import Line, Marks
from crossplan.corpora.parse import Builder, Headings, Parsed, find_contents
from crossplan.errors import UnreadableTextError
from crossplan.guessing.guess import Guess, GuessFinding
from crossplan.guessing.marks_and_outline import guess as guess_outline
from crossplan.guessing.numbering import PlanMarks
from crossplan.languages.registry import find_language
from crossplan.model import GUESSED, Measure, Node, Passage, Plan, Reading, Section, Witness
from crossplan.readers.document import limited_bytes, read_file
from crossplan.recipes import Name, call

Measures = Literal["marked", "paragraphs"]

_HEADING_KINDS = frozenset({"introduction", "chapter", "section"})


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a user states about a document: the parameters of :func:`read_plan`."""

    plan_id: str
    title: str | None = None
    period: tuple[int, int] | None = None
    published: date | None = None
    publisher: str = ""
    marks: PlanMarks | None = None
    measures: Measures = "marked"
    language: str | None = None


def read_with(path: Path, options: ReadingOptions) -> Plan:
    """Read a file as a plan, from the cache if it was read before.

    A folder of pages is not cached.
    """
    if not path.is_file():
        return _read_anew(path, options)
    try:
        sha256 = hashlib.sha256(limited_bytes(path)).hexdigest()
    except OSError:  # Reading it raises the right error.
        return _read_anew(path, options)
    return parsed_once(sha256, (path.name, repr(options)), lambda: _read_anew(path, options))


def _read_anew(path: Path, options: ReadingOptions) -> Plan:
    """Read a file as a plan."""
    original = read_file_text(path)
    guess = guess_outline(original.lines, options.marks, name=path.stem, language=options.language)
    plan = plan_of(original, guess, path, options.plan_id)
    if options.period is None:
        require_years(plan, path)
    start, end = options.period or (plan.start_year, plan.end_year)
    plan = replace(
        plan,
        title=plan.title if options.title is None else options.title,
        start_year=start,
        end_year=end,
        published=options.published or plan.published,
        publisher=options.publisher,
        outline_confidence=tuple(
            (what, how)
            for what, how in plan.outline_confidence
            if what not in {"title", "period", "published"} or getattr(options, what) is None
        ),
    )
    return paragraphs_as_measures(plan) if options.measures == "paragraphs" else plan


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file before cleaning.

    Attributes
    ----------
    text : str
        The decoded text of a text file; the lines of other files.
    witness : Witness
    """

    text: str
    witness: Witness

    @property
    def lines(self) -> list[str]:
        """The lines, without their breaks."""
        return self.text.splitlines()


def plan_of(original: FileText, guess: Guess, path: Path, plan_id: str) -> Plan:
    """Return a plan of a text from its guess; its years are 0 if they were not found."""
    forms = _marks_of(guess)
    cleaned, joins = clean(prepared(original.text, guess), forms)
    if not cleaned.text:
        raise UnreadableTextError(path, "there is no text in it", "Check what was saved.")
    parsed = grow(plan_id, cleaned, original.text, guess, forms)
    return Plan(
        id=plan_id,
        title=guess.title or path.stem,
        title_en=None,
        language=guess.language,
        start_year=guess.period.start if guess.period else 0,
        end_year=guess.period.end if guess.period else 0,
        published=guess.published.day if guess.published else None,
        publisher="",
        publisher_en="",
        introduction=parsed.introduction,
        chapters=parsed.chapters,
        reading=Reading(cleaned.text, cleaned.origins, original.witness, (), joins),
        nodes=parsed.nodes,
        gaps=parsed.findings,
        outline_confidence=_confidence(guess.findings),
    )


def _marks_of(guess: Guess) -> Marks:
    """Return the marks that were guessed as patterns."""
    return Marks.from_forms(
        contents=guess.contents,
        introduction=(guess.introduction,),
        chapter=guess.marks.chapter or (),
        section=guess.marks.section or (),
        measure=guess.marks.measure or (),
        language=find_language(guess.language),
    )


def _confidence(findings: tuple[GuessFinding, ...]) -> tuple[tuple[str, str], ...]:
    """Return findings as the outline confidence of a plan, by part."""
    parts: dict[str, list[str]] = {}
    for finding in findings:
        parts.setdefault(finding.what, []).append(f"{finding.guess} ({finding.evidence})")
    return tuple((what, f"{GUESSED}{'; '.join(guesses)}") for what, guesses in parts.items())


def require_years(plan: Plan, path: Path) -> None:
    """Raise an error for a plan whose years were not found."""
    if not plan.start_year:
        raise UnreadableTextError(
            path,
            "its years are neither in its title nor in its first lines",
            "Put them in the name of the file, as in plan-2026-2030.txt, or tell read_plan, "
            "as in period=(2026, 2030).",
        )


def paragraphs_as_measures(plan: PlanLike) -> Plan:
    """Return a plan in which every paragraph below a chapter or section is a measure.

    Reports on the work of a government, and plans in prose, mark no measures: each
    paragraph describes what was done or will be done. The introduction is not changed.

    Parameters
    ----------
    plan : Plan or str
        A plan with text, or the id of a shipped one.

    Returns
    -------
    Plan
        A plan with the same text and spans, and new numbers of measures.

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If the value is not a plan, or no shipped plan has that id.
    MissingTextError
        If the plan has no text.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> len(plan.measures), len(paragraphs_as_measures(plan).measures)
    (203, 207)
    """
    plan = as_plan(plan)
    plan.require_reading("paragraphs")
    chapters = tuple(_measured(chapter) for chapter in plan.chapters)
    # A node includes the mark, which its passage does not; both end at the same offset.
    owners = {
        passage.end: passage.id
        for chapter in chapters
        for section in (chapter, *chapter.sections)
        for passage in section.passages or ()
    }
    nodes = tuple(_owned(node, owners) for node in plan.nodes)
    made = replace(plan, chapters=chapters, nodes=nodes)
    if not plan.made_by:
        return made
    return made.remembering(call("cp.any_plan.paragraphs_as_measures", Name(plan.made_by)))


def _measured(section: Section) -> Section:
    """Return a chapter or section whose passages are all measures."""
    return replace(
        section,
        sections=tuple(_measured(child) for child in section.sections),
        passages=tuple(
            _measure(passage, section, order)
            for order, passage in enumerate(section.passages or (), start=1)
        ),
    )


def _measure(passage: Passage, section: Section, order: int) -> Measure:
    """Return a passage as the measure with the given number."""
    return Measure(
        id=f"{section.id}/{order}",
        order=order,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        sentences=passage.sentences,
    )


def _owned(node: Node, owners: dict[int, str]) -> Node:
    """Return a node with the new id of its passage if it belongs to a measure."""
    owner = owners.get(node.start + len(node.text.rstrip("\n")))
    return node if owner is None else replace(node, kind="measure", owner=owner)


def _guessed_outline(plan_id: str, guess: Guess) -> tuple[Section, tuple[Section, ...]]:
    """Return the introduction and the chapters that were guessed, without text."""
    introduction = Section(f"{plan_id}/0", plan_id, "introduction", 0, None, guess.introduction)
    chapters = tuple(
        Section(
            f"{plan_id}/{number}",
            plan_id,
            "chapter",
            number,
            None,
            chapter.title,
            sections=tuple(
                Section(f"{plan_id}/{number}.{order}", plan_id, "section", number, order, s.title)
                for order, s in enumerate(chapter.sections, start=1)
            ),
        )
        for number, chapter in enumerate(guess.chapters, start=1)
    )
    return introduction, chapters


def grow(plan_id: str, reading: TracedText, original: str, guess: Guess, marks: Marks) -> Parsed:
    """Parse a reading text into the outline that was guessed from its original.

    Headings are not searched again: the guess has their lines in the original, and the
    reading text has the original offset of each character.

    Parameters
    ----------
    plan_id : str
    reading : TracedText
        The cleaned text, with offsets in `original`.
    original : str
        The text that was guessed from.
    guess : Guess
    marks : Marks
    """
    introduction, chapters = _guessed_outline(plan_id, guess)
    outline = [introduction, *(h for c in chapters for h in (c, *c.sections))]
    lines = [marks.classify(line) for line in reading.text.splitlines()]
    wanted = [guess.introduction_line, *(heading.line for heading in guess.headings())]
    body = _places(reading, original, wanted)
    first = min(body.values(), default=len(lines))
    contents = _listing(lines[:first]) if guess.headed else frozenset[int]()
    builder = Builder(reading.text, lines, Headings(body, contents, ()), outline, marks.language)
    if guess.headed or body:
        builder.build()
    else:
        _fill(builder, chapters[0])
    missing = [outline[place] for place in range(1, len(outline)) if place not in body]
    return Parsed(
        builder.section(introduction),
        tuple(builder.section(chapter) for chapter in chapters),
        tuple(builder.nodes),
        tuple(f"heading not found: {h.id} {h.title}" for h in missing if guess.headed),
    )


def _places(reading: TracedText, original: str, wanted: Sequence[int | None]) -> dict[int, int]:
    """Return the line of the reading text in which each wanted line of the original begins."""
    origins = reading.origins
    starts = {start: number for number, start in enumerate(line_starts(reading.text)[:-1])}
    begins = line_starts(original)
    found = {}
    for place, line in enumerate(wanted):
        if line is not None:
            number = starts.get(bisect_left(origins, begins[line]))
            if number is not None:
                found[place] = number
    return found


def _listing(lines: Sequence[Line]) -> frozenset[int]:
    """Find the table of contents among the lines before the text."""
    candidates = {n: n for n, line in enumerate(lines) if line.kind in _HEADING_KINDS}
    return find_contents(lines, candidates)


def _fill(builder: Builder, chapter: Section) -> None:
    """Add every line to the only chapter of a text without headings and title."""
    start = 0
    builder.starts[chapter.id] = start
    for line, raw in zip(builder.lines, builder.text.splitlines(keepends=True), strict=True):
        kind, owner = builder.add_passage(chapter, line, raw, start)
        builder.nodes.append(Node(kind, owner, raw, start, start + len(raw)))
        start += len(raw)


def read_file_text(path: Path) -> FileText:
    """Read a file, or a folder of the pages of one document.

    Raises
    ------
    UnreadableTextError
    """
    document = read_file(path)
    data = b"".join(original.data for original in document.originals)
    form = document.originals[0].form
    if form == "text" and len(document.originals) == 1:
        text, encoding = decode(data, path)
        note = ""
    else:
        text, encoding = "".join(f"{line}\n" for line in document.lines), form
        note = f"read from {form}, line by line"
    witness = Witness(
        name=document.name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        characters=len(text),
        source=f"a file of one's own: {document.name}",
        note=note,
    )
    return FileText(text, witness)


def prepared(text: str, guess: Guess) -> TracedText:
    """Return the text with each heading on its own line and nothing after the end."""
    starts = line_starts(text)
    edits = [Edit(starts[guess.end], len(text))] if guess.end < len(starts) - 1 else []
    edits += [Edit(starts[line] + at, starts[line] + at, "\n") for line, at in guess.breaks]
    for line, after in guess.broken:
        first = text[starts[line] : starts[line + 1]].rstrip()
        blanks = text[starts[after] : starts[after + 1]]
        indent = len(blanks) - len(blanks.lstrip())
        edits.append(Edit(starts[line] + len(first), starts[after] + indent))
    return TracedText.begin(text).edited(edits)


def line_starts(text: str) -> list[int]:
    r"""Return the offset of each line, and the length of the text.

    Examples
    --------
    >>> line_starts("一、\n总体")
    [0, 3, 5]
    """
    return [0, *accumulate(map(len, text.splitlines(keepends=True)))]
