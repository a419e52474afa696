"""Read the targets of a plan or of any other text, as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, NamedTuple

from crossplan.corpora.clean import TracedText, strip_blanks, strip_typesetting
from crossplan.corpora.load import load_plan, shipped_ids
from crossplan.corpora.parse import sentences
from crossplan.display import (
    Cell,
    Cells,
    View,
    ViewColumn,
    number_of,
    quote,
    records,
    small,
    tally,
)
from crossplan.errors import LanguageError, NotAPlanError
from crossplan.languages.chinese import CHINESE
from crossplan.languages.chinese.indicators import scope_of
from crossplan.languages.language import PlanLanguage, TargetGrammar
from crossplan.languages.registry import describe, find_language
from crossplan.languages.scripts import guess_language
from crossplan.languages.units import normal_value, read_unit
from crossplan.model import Plan, Sentence, Target, plan_names
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title
from crossplan.targets.descriptions import target_words
from crossplan.targets.tables import TARGETS


@dataclass(frozen=True, repr=False, eq=False)
class TargetTable(Result):
    """Table of targets, returned by :func:`extract_targets`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per figure and indicator: id, plan, section, indicator, scope (the words of
        the indicator that name a group of people or an area), comparator, value,
        value_upper, unit and printed (as in the text), normal_value and normal_unit (in the
        base unit of the unit_family, which is ``unknown`` where the unit is not known),
        kind (level, change, output), direction, base and base_year (the base of a change),
        year (named in the text), deadline (that year, or the last year of the plan),
        recurrence (每年), measure_id, start, end (span in the reading text), source, evidence
        (``text`` where it was read from the text), confidence, second_source, outcome,
        outcome_source, note (corrections that touch the figure).
    plans : sequence of Plan
        The plans that the targets belong to; empty for a text.
    targets : tuple of Target
        The rows as objects.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="target-table", title=Title("量化目标", "Targets"), tables=(TARGETS,)
    )

    plans: Sequence[Plan]
    targets: tuple[Target, ...]

    def _view(self) -> View:
        """Return the view, with targets in the order of the text."""
        rows = [
            {"target": target, "measure": target.measure, "deadline": deadline}
            for target, deadline in zip(
                self.targets[:ROWS_SHOWN],
                records(self.frame[["deadline"]], ROWS_SHOWN),
                strict=True,
            )
        ]
        return View(
            name=type(self).__name__,
            title="Targets",
            of=plan_names(self.plans) if self.plans else (Cell("of a text"),),
            counts=(
                number_of(len(self.targets), "target"),
                *tally(self.frame, "kind", ("level", "change", "output")),
            ),
            columns=(
                ViewColumn("indicator", lambda row: quote(row["target"].indicator)),
                ViewColumn("figure", lambda row: figure_cells(row["target"]), "right"),
                ViewColumn("kind", lambda row: (Cell(row["target"].kind),)),
                ViewColumn(
                    "by", lambda row: (Cell(str(row["deadline"]["deadline"] or "–")),), "right"
                ),
                ViewColumn("stands in", lambda row: small(row["measure"] or row["target"].section)),
            ),
            rows=tuple(rows),
            total=len(self.targets),
            ways=(".table", ".targets"),
            method=self.method,
        )


def target_table(plans: Iterable[Plan], targets: Iterable[Target], method: str) -> TargetTable:
    """Return a table of targets, with their deadlines."""
    plans, targets = tuple(plans), tuple(targets)
    ends = {plan.id: plan.end_year for plan in plans}
    frame = TARGETS.frame(row(target, ends.get(target.plan)) for target in targets)
    return TargetTable(frame=frame, method=method, plans=plans, targets=targets)


def row(target: Target, end_year: int | None) -> dict[str, Any]:
    """Return a target as a row of the table."""
    unit = read_unit(target.unit)
    fields = asdict(target)
    return fields | {
        "measure_id": fields.pop("measure"),
        "scope": scope_of(target.indicator),
        "normal_value": normal_value(target.value, target.unit),
        "normal_unit": unit.base,
        "unit_family": unit.family,
        "deadline": target.year or end_year,
    }


def figure_cells(target: "Target | None") -> Cells:
    """Return the cells for the figure of a target, with sign and unit."""
    return quote(None) if target is None else quote(target_words(target))


def number_in_words(number: int, noun: str) -> tuple[str, ...]:
    """Return a count in words; empty for zero."""
    return (number_of(number, noun),) if number else ()


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
    ahead = {line.start: line.continues for line in grammar.lines_ahead(text, written)}
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
        yield _Place(f"text/{line.number}", "text", line.heading, cut, written, line.continues)


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
