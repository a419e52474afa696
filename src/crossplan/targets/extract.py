"""Reading the targets of a plan, or of any other text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from crossplan.corpora.clean import TracedText, strip_blanks, strip_typesetting
from crossplan.corpora.load import load_plan, shipped_ids
from crossplan.corpora.parse import sentences
from crossplan.errors import LanguageError, NotAPlanError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.language import PlanLanguage, TargetGrammar
from crossplan.languages.registry import describe, find_language
from crossplan.languages.scripts import guess_language
from crossplan.model import Plan, Sentence, Target
from crossplan.targets.table import TargetTable, target_table

_METHOD = (
    "Figures that a verb or the end of a clause makes a target, read from the text; figures "
    "of the past are left out."
)


class _Place(NamedTuple):
    """A passage in which targets are read.

    Attributes
    ----------
    id : str
        Id of the measure or other passage; in a text, the number of the line.
    plan, section : str
        Ids of the plan and section; in a text, ``text`` and the heading above the line.
    sentences : tuple of Sentence
        Sentences with their spans in the whole text.
    written : int or None
        Year in which the text was written; None for a plan of a series.
    continues : bool
        Whether it continues the passage before, which did not end in a full stop.
    """

    id: str
    plan: str
    section: str
    sentences: tuple[Sentence, ...]
    written: int | None = None
    continues: bool = False


def extract_targets(source: Plan | str) -> TargetTable:
    """Read the targets of a plan, or of any text.

    The goals of a plan and the passages of its chapters are read. Of a text, and of a
    document whose outline was guessed, only the passages that look forward are read: a
    report on the work of a government describes what was achieved in the same words as
    what is planned, and only the latter is a target.

    Parameters
    ----------
    source : Plan or str
        A plan with text, the id of a shipped plan, or the text of any document, with one
        paragraph per line.

    Returns
    -------
    TargetTable
        One row per figure and indicator; an empty table where no targets are found.

    Raises
    ------
    MissingTextError
        If the text of the plan is not available.
    NotAPlanError
        If `source` is neither a plan nor text.
    LanguageError
        If `source` is not in Chinese.

    Examples
    --------
    >>> import crossplan as cp
    >>> targets = cp.extract_targets(cp.load_plan("2026-2030")).table
    >>> targets.query("indicator == '婴儿死亡率'")[["comparator", "value", "unit"]].values.tolist()
    [['=', 3.5, '‰']]
    >>> cp.extract_targets("去年就业1361万人。今年城镇新增就业1100万人以上。").table.value.to_list()
    [1100.0]
    """
    if isinstance(source, str) and source in shipped_ids():
        source = load_plan(source)
    if isinstance(source, str):
        return target_table((), _read_text(source), _METHOD)
    if not isinstance(source, Plan):
        raise NotAPlanError(source)
    return target_table((source,), read_targets(source), _METHOD)


def _read_text(text: str) -> tuple[Target, ...]:
    """Read the targets of any text, in order, with spans in the original text.

    Blanks next to Chinese characters and typesetting code, which copies often contain, are
    ignored.

    Raises
    ------
    LanguageError
        If the text is in a language whose targets cannot be read.
    """
    guessed = guess_language(text)
    grammar = _grammar_for("the text", guessed.code if guessed.certain else CHINESE.code)
    cleaned = strip_blanks(strip_typesetting(TracedText.begin(text)), CHINESE)
    found = []
    places = _places_of_text(cleaned.text, CHINESE, grammar)
    for target in _targets_of(places, cleaned.text, grammar):
        first, last = target.start or 0, (target.end or 1) - 1
        start, end = cleaned.origins[first], cleaned.origins[last] + 1
        found.append(replace(target, start=start, end=end, printed=text[start:end]))
    return tuple(found)


def read_targets(plan: Plan) -> tuple[Target, ...]:
    """Read the targets of a plan, in order.

    Raises
    ------
    LanguageError
        If targets cannot be read in the language of the plan.
    MissingTextError
        If the text of the plan is not available.
    """
    grammar = _grammar_for(f"plan {plan.id}", plan.language)
    reading = plan.require_reading("targets")
    witness = reading.witness
    return tuple(
        _targets_of(
            _places_of_plan(plan, grammar),
            reading.text,
            grammar,
            source=witness.address or witness.source or witness.name,
            plan=plan,
        )
    )


def _grammar_for(place: str, language: str) -> TargetGrammar:
    """Return the grammar of targets in a language.

    Raises
    ------
    LanguageError
        If there is none; the message names `place`, the plan or text in that language.
    """
    grammar = find_language(language).target_grammar
    if grammar is None:
        raise LanguageError.of_targets(place, describe(language))
    return grammar()


def _places_of_plan(plan: Plan, grammar: TargetGrammar) -> Iterator[_Place]:
    """Yield the goals of a plan and all passages of its chapters.

    A document whose outline was guessed may be a report; only its passages that look
    forward are included.
    """
    text = plan.text if plan.outline_is_guessed else ""
    written = grammar.year_written(text)
    ahead = {line.start: line.goes_on for line in grammar.lines_ahead(text, written)}
    following = -1
    for section in (plan.introduction, *plan.headings):
        passages = section.goals if section is plan.introduction else section.passages or ()
        for passage in passages:
            line = text.rfind("\n", 0, passage.start) + 1
            if text and line not in ahead:
                continue
            # A passage does not continue the heading above it.
            continues = line == following and ahead.get(line, False)
            yield _Place(passage.id, plan.id, section.id, passage.sentences, written, continues)
            following = text.find("\n", passage.end) + 1


def _places_of_text(text: str, language: PlanLanguage, grammar: TargetGrammar) -> Iterator[_Place]:
    """Yield the lines of a text that look forward."""
    written = grammar.year_written(text)
    for line in grammar.lines_ahead(text, written):
        cut = sentences(line.words, line.start, language)
        yield _Place(f"text/{line.number}", "text", line.heading, cut, written, line.goes_on)


def _targets_of(
    places: Iterable[_Place],
    text: str,
    grammar: TargetGrammar,
    *,
    source: str = "",
    plan: Plan | None = None,
) -> Iterator[Target]:
    """Yield the targets of passages in order."""
    year: int | None = None
    for place in places:
        order = 0
        if not place.continues:
            year = None
        for sentence in place.sentences:
            for found in grammar.figures_of(sentence.text):
                quantity = found.quantity
                if grammar.looks_back(sentence.text, quantity.start, place.written):
                    continue
                order += 1
                start, end = sentence.start + quantity.start, sentence.start + quantity.end
                yield Target(
                    id=f"{place.id}/t{order}",
                    plan=place.plan,
                    section=place.section,
                    indicator=found.indicator,
                    comparator=found.comparator,
                    value=quantity.value,
                    value_upper=quantity.upper,
                    unit=quantity.unit,
                    kind=found.kind,
                    direction=found.direction,
                    year=grammar.deadline(sentence.text, quantity.start, place.written) or year,
                    base=found.base,
                    base_year=grammar.base_year(found.base, place.written),
                    recurrence=found.recurrence,
                    measure=place.id,
                    printed=text[start:end],
                    start=start,
                    end=end,
                    source=source,
                    note=_corrected(plan, start, end) if plan else "",
                )
            # A deadline named in one sentence applies to the sentences that follow.
            named = grammar.deadline(sentence.text, len(sentence.text), place.written)
            year = named or year


def _corrected(plan: Plan, start: int, end: int) -> str:
    """Return the entries of the critical apparatus that affect a figure, as a note."""
    first, last = plan.witness_span(start, end)
    return "; ".join(
        f"{'corrected' if entry.applied else 'not corrected'}: {entry.witness} → {entry.corrected}"
        for entry in plan.require_reading("targets").corrections
        if entry.start < last and first < entry.start + len(entry.witness)
    )
