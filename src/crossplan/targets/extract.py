"""Reading the targets of a plan, or of any other text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crossplan.corpora.clean import strip_blanks, strip_typesetting
from crossplan.corpora.load import load_plan, shipped_ids
from crossplan.corpora.traced import TracedText
from crossplan.errors import NotAPlanError
from crossplan.model import Plan, Target
from crossplan.targets.grammar import Found, figures_of
from crossplan.targets.outlook import NAMED_YEAR, REACH, looks_back
from crossplan.targets.passages import Place, places_of_plan, places_of_text
from crossplan.targets.table import TargetTable, target_table

DEADLINE = re.compile(r"(?:到|至)(?P<by>(?:19|20)[0-9]{2})年|(?P<this>今年|全年|年内)")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
METHOD = (
    "Figures that a verb or the end of a clause makes a target, read from the text; what is "
    "told of the past is left out."
)


def extract_targets(source: Plan | str) -> TargetTable:
    """Read the targets of a plan, or of any text, from its words.

    Of a plan, its goals and the passages of its chapters are read; of a text, and of a
    document whose outline was guessed, those that look forward: a report on the work of a
    government tells what was achieved in the same words as what is aimed at, and only the
    latter is a target.

    Parameters
    ----------
    source : Plan or str
        A plan with text, the id of a shipped one, or the words of any document, one
        paragraph a line.

    Returns
    -------
    TargetTable
        One row per figure and indicator; empty, with its columns, where nothing commits.

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.
    NotAPlanError
        If `source` is neither a plan nor text.

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
        return target_table((), read_text(source), METHOD)
    if not isinstance(source, Plan):
        raise NotAPlanError(source)
    return target_table((source,), read_targets(source), METHOD)


def read_text(text: str) -> tuple[Target, ...]:
    """Read the targets of any text, in order, with spans in the text as it was given.

    Blanks beside Chinese characters and typesetting code, which copies are full of, are
    read over.
    """
    cleaned = strip_blanks(strip_typesetting(TracedText.begin(text)))
    found = []
    for target in targets_of(places_of_text(cleaned.text), cleaned.text):
        first, last = target.start or 0, (target.end or 1) - 1
        start, end = cleaned.origins[first], cleaned.origins[last] + 1
        found.append(replace(target, start=start, end=end, printed=text[start:end]))
    return tuple(found)


def read_targets(plan: Plan) -> tuple[Target, ...]:
    """Read the targets of a plan, in order.

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.
    """
    reading = plan.require_reading("targets")
    witness = reading.witness
    return tuple(
        targets_of(
            places_of_plan(plan),
            reading.text,
            source=witness.address or witness.source or witness.name,
            plan=plan,
        )
    )


def targets_of(
    places: Iterable[Place], text: str, *, source: str = "", plan: Plan | None = None
) -> Iterator[Target]:
    """Read the targets of passages, one after the other."""
    year: int | None = None
    for place in places:
        order = 0
        if not place.goes_on:
            year = None
        for sentence in place.sentences:
            for found in figures_of(sentence.text):
                quantity = found.quantity
                if looks_back(sentence.text, quantity.start, place.written):
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
                    year=year_named(sentence.text, quantity.start, place.written) or year,
                    base=found.base,
                    base_year=base_year(found, place.written),
                    recurrence=found.recurrence,
                    measure=place.id,
                    printed=text[start:end],
                    start=start,
                    end=end,
                    source=source,
                    note=corrected(plan, start, end) if plan else "",
                )
            # 到2030年 said in one sentence holds in those that follow.
            year = year_named(sentence.text, len(sentence.text), place.written) or year


def year_named(sentence: str, position: int, written: int | None) -> int | None:
    """Give the year by which a figure is to be reached, where the words before name one."""
    text = QUOTED.sub(
        lambda match: "\0" * len(match.group()), sentence[max(0, position - REACH) : position]
    )
    by = [*DEADLINE.finditer(text)]
    if by:
        return int(by[-1]["by"]) if by[-1]["by"] else written
    if written is None:
        years = [m[1] for m in NAMED_YEAR.finditer(text) if text[: m.start()][-1:] not in "比较"]
        return int(years[-1]) if years else None
    return None


def base_year(found: Found, written: int | None) -> int | None:
    """Give the year that a change is counted from, where its words tell."""
    if match := NAMED_YEAR.search(found.base):
        return int(match[1])
    last = re.search(r"去年|上年", found.base)
    return written - 1 if last and written else None


def corrected(plan: Plan, start: int, end: int) -> str:
    """Say which entries of the critical apparatus touch a figure."""
    first, last = plan.witness_span(start, end)
    return "; ".join(
        f"{'corrected' if entry.applied else 'not corrected'}: {entry.witness} → {entry.corrected}"
        for entry in plan.require_reading("targets").corrections
        if entry.start < last and first < entry.start + len(entry.witness)
    )
