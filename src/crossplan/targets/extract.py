"""Reading targets from the text of a plan.

Three kinds of figure commit: a level to reach (…率达到98%), a change (…下降8%以上), and
an output (建设10个…). A figure counts only where a verb of one of these kinds governs
it, which leaves out ages, years, names and quotations. Chinese numerals are not read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from crossplan.model import (
    Comparator,
    Direction,
    Measure,
    Plan,
    Section,
    Sentence,
    Target,
    TargetKind,
)
from crossplan.targets.quantity import (
    COUNTED,
    DOWN_VERBS,
    LEVEL_VERBS,
    MEASURED,
    QUOTED,
    UP_VERBS,
    YEAR,
    Quantity,
    quantity_pattern,
    read_quantity,
)

CLAUSE = re.compile(r"[^，；。！？：]+")
EVERY = r"(?:分别|均|都)?"
LEVEL = re.compile(
    rf"{EVERY}(?P<verb>{'|'.join(sorted(LEVEL_VERBS, key=len, reverse=True))})"
    rf"{quantity_pattern(f'{MEASURED}|')}"
)
SHARE = re.compile(rf"(?P<verb>(?<=占)[^0-9，。]+?){quantity_pattern('%')}")
CHANGE = re.compile(
    rf"{EVERY}(?P<verb>{'|'.join((*UP_VERBS, *DOWN_VERBS))}){quantity_pattern(MEASURED)}"
)
PROVIDED = re.compile(rf"(?P<least>至少)?(?P<verb>配备|拥有){quantity_pattern(COUNTED)}")
MORE = re.compile(rf"(?:和|、){quantity_pattern(MEASURED)}")
OUTPUT_VERB = re.compile(
    r"建设改造|新建改造|改造升级|建设|建成|新建|新增|改造|完成|支持|推动|开展|举办|培养|培训|守住"
)
OUTPUT = re.compile(quantity_pattern(COUNTED))
OBJECT = re.compile(r"(?:[^和、]|[和、](?!约?[0-9]))*")
# What introduces an indicator without being part of it.
BEFORE_INDICATOR = re.compile(
    r"^(?:[、和及与]|努力使|力争|争取|确保|保证|保障|推动|实现|使|到(?=[0-9]))+"
)
BASE = re.compile(
    r"^(?:平均)?每(?:百|千|万|十万)?(?:名|个)?(?:常住)?(?:人口|儿童|居民|老年人|人)(?:拥有)?"
)
KEEPS = "守住"


class Found(NamedTuple):
    """A figure with its indicator, before it gets its id."""

    indicator: str
    quantity: Quantity
    kind: TargetKind
    direction: Direction | None = None


def read_targets(plan: Plan) -> tuple[Target, ...]:
    """Read the targets of every measure of a plan, in order.

    Raises
    ------
    MissingTextError
        If the text of the plan is not at hand.
    """
    source = plan.require_reading("targets").witness
    return tuple(
        replace(target, source=source.address or source.source or source.name)
        for heading in plan.headings
        for measure in heading.own_measures
        for target in targets_of(measure, heading)
    )


def targets_of(measure: Measure, section: Section) -> Iterator[Target]:
    """Read the targets of one measure."""
    order = 0
    for sentence in measure.sentences:
        for found in figures_of(sentence.text):
            order += 1
            quantity = found.quantity
            yield Target(
                id=f"{measure.id}/t{order}",
                plan=section.plan,
                section=section.id,
                indicator=found.indicator,
                comparator=quantity.comparator,
                value=quantity.value,
                unit=quantity.unit,
                kind=found.kind,
                direction=found.direction,
                year=year_before(sentence, quantity.start),
                measure=measure.id,
                start=sentence.start + quantity.start,
                end=sentence.start + quantity.end,
            )


def figures_of(sentence: str) -> list[Found]:
    """Find the figures of a sentence; their spans count from its start.

    Examples
    --------
    >>> [(f.indicator, f.quantity.value, f.quantity.unit, f.quantity.comparator)
    ...  for f in figures_of("努力使人均预期寿命提高到80岁，孕产妇死亡率降低至12/10万以下。")]
    [('人均预期寿命', 80.0, '岁', '='), ('孕产妇死亡率', 12.0, '/10万', '<=')]
    """
    quoted = [match.span() for match in QUOTED.finditer(sentence)]
    found = []
    for clause in CLAUSE.finditer(sentence):
        for figure in figures_of_clause(clause.group()):
            quantity = figure.quantity._replace(
                start=figure.quantity.start + clause.start(),
                end=figure.quantity.end + clause.start(),
            )
            if not any(start <= quantity.start < end for start, end in quoted):
                found.append(figure._replace(quantity=quantity))
    return found


def figures_of_clause(clause: str) -> Iterable[Found]:
    """Find the figures of a clause, from left to right."""
    measured = list(measured_figures(clause))
    taken = {found.quantity.start for found in measured}
    counted = [f for f in output_figures(clause) if f.quantity.start not in taken]
    return sorted(measured + counted, key=lambda found: found.quantity.start)


def measured_figures(clause: str) -> Iterator[Found]:
    """Find levels and changes: an indicator, a verb, a figure."""
    position = 0
    base = ""
    while match := first_match(clause, position):
        phrase = clause[position : match.start()]
        position = match.end()
        following = list(more_figures(clause, position))
        if following:
            position = following[-1].end()
        indicator = indicator_of(phrase, match)
        if carried := BASE.match(indicator):
            base = carried.group()
        elif base:
            indicator = base + indicator
        if match.re is PROVIDED:
            indicator += clause[position:].lstrip()
            position = len(clause)
        quantities = [read_quantity(match, comparator_of(match))]
        quantities += [read_quantity(more, comparator_of(match)) for more in following]
        names = split_indicator(indicator, len(quantities))
        for name, quantity in zip(names, shared_words(quantities), strict=True):
            yield Found(name, quantity, kind_of(match), direction_of(match))


def first_match(clause: str, position: int) -> re.Match[str] | None:
    """Find the next figure that a verb governs."""
    matches = [
        match
        for pattern in (LEVEL, CHANGE, SHARE, PROVIDED)
        if (match := pattern.search(clause, position))
        and not YEAR.match(clause, match.start("number"))
    ]
    return min(matches, key=lambda match: match.start("number"), default=None)


def more_figures(clause: str, position: int) -> Iterator[re.Match[str]]:
    """Find the figures that go on from one: 分别达到98%和90%以上."""
    while match := MORE.match(clause, position):
        following = clause[match.end() : match.end() + 1]
        if following not in {"", "、", "和"}:
            return
        yield match
        position = match.end()


def shared_words(quantities: list[Quantity]) -> list[Quantity]:
    """Let a word after the last figure hold for all: 98%和90%以上 means both."""
    last = quantities[-1].comparator
    return [
        quantity._replace(comparator=last) if quantity.comparator == "=" else quantity
        for quantity in quantities
    ]


def comparator_of(match: re.Match[str]) -> Comparator:
    """Give the comparator of the verb."""
    if match.re is LEVEL:
        return LEVEL_VERBS[match["verb"]]
    return ">=" if match.re is PROVIDED and match["least"] else "="


def kind_of(match: re.Match[str]) -> TargetKind:
    """Tell a change from a level."""
    return "change" if match.re is CHANGE else "level"


def direction_of(match: re.Match[str]) -> Direction | None:
    """Tell which way a change goes."""
    if match.re is not CHANGE:
        return None
    return "up" if match["verb"] in UP_VERBS else "down"


def indicator_of(phrase: str, match: re.Match[str]) -> str:
    """Give the noun phrase before a verb, without what only introduces it."""
    if match.re in {SHARE, PROVIDED}:
        phrase += match["verb"]
    return BEFORE_INDICATOR.sub("", YEAR.sub("", phrase)).strip()


def split_indicator(indicator: str, count: int) -> list[str]:
    """Share out an indicator among several figures, where it has as many parts."""
    parts = re.split(r"[、和]", indicator)
    return parts if len(parts) == count else [indicator] * count


def output_figures(clause: str) -> Iterator[Found]:
    """Find outputs: a verb, a figure and what is made, in either order."""
    position = 0
    verb = ""
    for match in OUTPUT.finditer(clause):
        verbs = list(OUTPUT_VERB.finditer(clause, position, match.start()))
        if verbs:
            verb = verbs[-1].group()
            position = verbs[-1].end()
        if not verb or YEAR.match(clause, match.start("number")):
            continue
        between = re.split("和", clause[position : match.start()])[-1].lstrip("、")
        made = OBJECT.match(clause, match.end())
        after = made.group() if made else ""
        position = match.end() + len(after)
        every = "每年" if clause.startswith("每年") else ""
        quantity = read_quantity(match, ">=" if verb == KEEPS else "=")
        kind: TargetKind = "level" if verb == KEEPS else "output"
        yield Found(every + verb + between + after, quantity, kind)


def year_before(sentence: Sentence, position: int) -> int | None:
    """Give the last year that a sentence names before a figure."""
    quoted = [match.span() for match in QUOTED.finditer(sentence.text)]
    years = [
        int(match.group()[:4])
        for match in YEAR.finditer(sentence.text, 0, position)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
    return years[-1] if years else None
