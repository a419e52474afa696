"""Find the figures of a sentence that are targets, and their indicators.

A figure at the end of a clause is the level that the noun phrase before it is to reach
(…率达到98%), the change of that noun phrase (…下降8%以上), or simply its value (…涨幅3%左右).
A figure before a noun counts the objects of a verb (建设10个…). All other figures are part of
scopes, names, bases or prose, and are not targets.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from crossplan.languages.chinese import verbs
from crossplan.languages.chinese.indicators import CONNECTED, coordinated
from crossplan.languages.chinese.quantities import AFTER, BEFORE, find_quantities
from crossplan.languages.language import Comparator, Direction, Found, Quantity, TargetKind
from crossplan.languages.units import MAGNITUDES, UNKNOWN, read_unit
from crossplan.thresholds import Threshold

_CLAUSE = re.compile(r"[^，；。！？：\n]+")
# Words and marks that may follow a figure at the end of its noun phrase.
_CLOSING = re.compile(
    r"\s*(?:$|[、）]|（[^）]*(?:$|）(?:$|、))|以?及|和(?![美谐平])|并|且|拟?安排|的(?:目标|水平|标准|目标任务)?$)"
)
_ATTRIBUTE = re.compile(r"\s*的")
# 在3000个小区: the count belongs to a place or a purpose.
_ADVERBIAL = re.compile(r"[在于从为对向]$")
_CONTINUES = re.compile(rf"(?:、|以及|和|及|与|{verbs.EVERY})*")
# 每千人口 applies to all the indicators that follow it in the clause.
_PER_HEAD = re.compile(
    r"^(?:平均)?每(?:百|千|万|十万|亿)?(?:名|个|户)?(?:常住)?(?:人口|儿童|居民|老年人|人)(?:拥有)?"
)
_UNKNOWN_UNIT = re.compile(rf"([^\W\d_]{{1,5}}?)(?={'|'.join(AFTER)}|[、）]|$)")
LONGEST_MODIFIER: Threshold[int] = 24
# Longer runs without punctuation are not phrases; the limit keeps the running time linear.
LONGEST_PHRASE: Threshold[int] = 160
SHARED_WORD: Threshold[int] = 2
_SHARED_ACTION = re.compile(r"(?:改造|建设|治理|整治|培训|搬迁|监测|检查|修复)$")
_TIMES = {"age", "years", "months", "days", "hours"}
# Ages, years and bare numbers are not outputs.
_NOT_MADE = _TIMES | {"number", "points", UNKNOWN}
_COUNTS = {"count", "times", "visits", "households"}
_NOT_A_NUMBER_OF_THINGS = re.compile(r"(?:率|比例|比重|占比|年限|强度|系数)$")


def figures_of(sentence: str) -> list[Found]:
    """Find the targets of a sentence.

    Parameters
    ----------
    sentence : str

    Returns
    -------
    list of Found
        Targets from left to right. A figure for several indicators (分别, 均) is repeated
        for each of them.

    Examples
    --------
    >>> [(f.indicator, f.comparator, f.quantity.value, f.quantity.unit)
    ...  for f in figures_of("努力使人均预期寿命提高到80岁，5岁以下儿童死亡率降低至6‰。")]
    [('人均预期寿命', '=', 80.0, '岁'), ('5岁以下儿童死亡率', '=', 6.0, '‰')]
    """
    reader = _SentenceReader(sentence)
    for clause in _CLAUSE.finditer(sentence):
        reader.read(clause.start(), clause.end())
    return reader.found


@dataclass(slots=True)
class _SentenceReader:
    """Reader of the clauses of a sentence, with what carries over from clause to clause."""

    sentence: str
    found: list[Found] = field(default_factory=list)
    # The last target; the next figure may have the same indicator: 收入5854亿元，增长3.9%.
    last: Found | None = None
    quantities: list[Quantity] = field(init=False)
    # Start of the words that do not belong to a figure yet.
    cursor: int = field(init=False, default=0)
    start: int = field(init=False, default=0)
    verb: str = field(init=False, default="")
    base: str = field(init=False, default="")
    per_head: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.quantities = find_quantities(self.sentence)

    def read(self, start: int, end: int) -> None:
        """Read the figures of the clause between two positions."""
        self.start = self.cursor = start
        self.verb = self.base = self.per_head = ""
        inside = self.quantities[self.after(start) : self.after(end)]
        made: list[Found] = []
        for series in self.series(inside):
            found = list(self.read_series(series, end))
            if found:
                self.last = found[-1]
                made += found
        self.found += _with_shared_tail(made)

    def series(self, quantities: list[Quantity]) -> Iterator[list[Quantity]]:
        """Yield groups of figures with only 、 or 和 between them: 98%和90%以上."""
        group: list[Quantity] = []
        for quantity in quantities:
            if group and not CONNECTED.fullmatch(self.sentence[group[-1].last : quantity.first]):
                yield group
                group = []
            group.append(quantity)
        if group:
            yield group

    def read_series(self, series: list[Quantity], end: int) -> Iterator[Found]:
        """Yield the targets of a group of figures, in a clause that ends at `end`."""
        begin = max(self.cursor, series[0].first - LONGEST_PHRASE)
        left, at = self.sentence[begin : series[0].first], series[-1].last
        closes = _CLOSING.match(self.sentence, at, end)
        attribute = _ATTRIBUTE.match(self.sentence, at, end) and not verbs.MADE_HERE.search(left)
        if left.endswith("每") or (attribute and not closes):
            return
        origin = verbs.FROM.search(left)
        if origin and not closes:
            self.base = self.sentence[begin + origin.start() : at]
        elif closes:
            yield from self.at_the_end(left, series)
        elif (strange := self.unknown_unit(left, series[-1], end)) is not None:
            yield from self.at_the_end(left, [strange])
        else:
            yield from self.before_a_noun(left, series[-1], end)

    def at_the_end(self, left: str, series: list[Quantity]) -> Iterator[Found]:
        """Yield the targets of figures that end their clause, with their indicators."""
        phrase = _parse_phrase(left, series[0])
        base = phrase.base or self.base
        name = self.indicator(phrase.name.partition(base)[0] if base else phrase.name)
        direction = phrase.direction
        if not name and self.last and (phrase.governed or verbs.STRIVING.search(left)):
            name = self.last.indicator
            direction = direction if phrase.governed else self.last.direction
        if not name or not (phrase.governed or _verbless(name, series[0])):
            return
        leading = None if phrase.governed else verbs.LEADING_CHANGE.match(name)
        if leading:
            direction, name = _direction_of(leading["change"]), leading["noun"]
        self.claim(series[-1].last)
        for each, quantity in _distribute(name, series, every=phrase.every):
            comparator = quantity.comparator or series[-1].comparator or phrase.comparator
            kind = "change" if direction else _kind_of(each, quantity, governed=phrase.governed)
            if not phrase.governed and self.continues_output(quantity):
                kind = "output"
            if verbs.KEEPS.match(each):
                comparator, kind = quantity.comparator or ">=", "level"
            yield Found(
                indicator=verbs.KEEPS.sub("", each),
                quantity=quantity,
                comparator=comparator,
                kind=kind,
                direction=direction,
                base=base,
                recurrence=_recurrence_of(left),
            )

    def unknown_unit(self, left: str, quantity: Quantity, end: int) -> Quantity | None:
        """Return a governed figure with the word after it as its unit, if it has no known unit."""
        word = _UNKNOWN_UNIT.match(self.sentence, quantity.last, end)
        bare = quantity.unit in MAGNITUDES and quantity.end == quantity.last
        if not (word and bare and verbs.GOVERNED.search(left)):
            return None
        bound = next((b for b in AFTER if self.sentence.startswith(b, word.end(), end)), "")
        last = word.end() + len(bound)
        if not _CLOSING.match(self.sentence, last, end):
            return None
        return quantity._replace(
            unit=quantity.unit + word[1],
            comparator=AFTER.get(bound, quantity.comparator),
            end=word.end(),
            last=last,
        )

    def continues_output(self, quantity: Quantity) -> bool:
        """Return whether a figure continues a list of outputs: 新增床位4000张、托位600个."""
        last = self.last
        if last is None or last.kind != "output" or last.quantity.last < self.start:
            return False
        return read_unit(last.quantity.unit).family == read_unit(quantity.unit).family

    def before_a_noun(self, left: str, quantity: Quantity, end: int) -> Iterator[Found]:
        """Yield the target of a figure that counts the noun after it."""
        noun = self.counted(quantity.last, end)
        having = verbs.HAS.search(left)
        if having or (quantity.bound_before and not verbs.MAKES.search(left)):
            found = self.owned(left, having, quantity, noun)
        else:
            found = self.made(left, quantity, noun)
        if found is not None:
            self.claim(quantity.last + len(noun))
            yield found

    def owned(
        self, left: str, having: re.Match[str] | None, quantity: Quantity, noun: str
    ) -> Found | None:
        """Return the target of a figure that sets how much of something each must have."""
        owner = self.indicator(left[: having.start()] if having else left)
        if not owner:
            return None
        name = f"{owner}{having['verb'] if having else ''}{noun}"
        comparator = quantity.comparator or "="
        return Found(name, quantity, comparator, "level", recurrence=_recurrence_of(left))

    def made(self, left: str, quantity: Quantity, noun: str) -> Found | None:
        """Return the target of a figure that counts what a verb produces or keeps."""
        verb, between = self.governing(left)
        # 10万千瓦以下燃煤机组 restricts the noun; it does not count it.
        ceiling = quantity.comparator in {"<=", "<"} and quantity.first == quantity.start
        if (
            not (verb and noun)
            or ceiling
            or len(between) > LONGEST_MODIFIER
            or _ADVERBIAL.search(between)
            or read_unit(quantity.unit).family in _NOT_MADE
        ):
            return None
        self.verb = verb
        recurrence = _recurrence_of(left)
        if verbs.KEEPS.fullmatch(verb):
            kept = between + noun
            return Found(
                kept, quantity, quantity.comparator or ">=", "level", recurrence=recurrence
            )
        name = between + noun if verb == "完成" else verb + between + noun
        return Found(name, quantity, quantity.comparator or "=", "output", recurrence=recurrence)

    def governing(self, left: str) -> tuple[str, str]:
        """Return the verb that governs a count, and the words between them."""
        made = [*verbs.MAKES.finditer(left), *verbs.KEEPS.finditer(left)]
        if made:
            last = max(made, key=lambda match: match.start())
            between = left[last.end() :].lstrip("、")
            if not between.endswith("等"):
                # 建设一批学院和100个专业: the words before 和 are not counted.
                between = re.split("和|以及|及", between)[-1].lstrip("、")
            return last.group(), between
        return (self.verb, "") if _CONTINUES.fullmatch(left) else ("", "")

    def counted(self, start: int, end: int) -> str:
        """Return the noun that is counted, up to the next count or the end of the clause."""
        end = min(end, start + LONGEST_PHRASE)
        for quantity in self.quantities[self.after(start) : self.after(end)]:
            connected = [*CONNECTED.finditer(self.sentence, start, quantity.first)]
            if connected:
                end = connected[-1].start()
                break
        return self.sentence[start:end].strip().removeprefix("的")

    def after(self, place: int) -> int:
        """Return the number of figures that begin before a position."""
        return bisect_left(self.quantities, place, key=lambda quantity: quantity.first)

    def indicator(self, phrase: str) -> str:
        """Return the noun phrase without introductory words, with its 每千人口 or the like."""
        name = re.sub(r"\s", "", phrase)
        name = verbs.INTRODUCTION.sub("", name)
        name = re.sub(r"(?<![0-9])到?(?:19|20)[0-9]{2}年(?:底|末)?$", "", name)
        name = verbs.ENDING.sub("", _without_manner(name))
        if per_head := _PER_HEAD.match(name):
            self.per_head = per_head.group()
        elif self.per_head and name:
            name = self.per_head + name
        return name

    def claim(self, end: int) -> None:
        """Mark the words up to a position as belonging to a figure."""
        self.cursor = end
        self.base = ""


def _with_shared_tail(found: list[Found]) -> list[Found]:
    """Add the action named by the last output of a list to the outputs before it.

    In 完成5亿吨水泥熟料产能、1亿吨焦化产能超低排放改造 both capacities are to be retrofitted.
    """
    result = found[:]
    for number, (one, other) in enumerate(pairwise(found)):
        ending = one.indicator[-SHARED_WORD:]
        head, word, tail = other.indicator.partition(ending)
        alike = one.kind == other.kind == "output" and one.quantity.unit == other.quantity.unit
        if alike and head and word and _SHARED_ACTION.search(tail):
            result[number] = one._replace(indicator=one.indicator + tail)
    return result


def _distribute(
    name: str, series: list[Quantity], *, every: bool
) -> Iterator[tuple[str, Quantity]]:
    """Yield pairs of indicator and figure for an indicator with one or more figures."""
    if len(series) > 1:
        names = coordinated(name, len(series))
        yield from zip(names if len(names) > 1 else names * len(series), series, strict=True)
    else:
        for each in coordinated(name) if every else [name]:
            yield each, series[0]


class _Phrase(NamedTuple):
    """The words before a figure, parsed."""

    name: str
    comparator: Comparator = "="
    direction: Direction | None = None
    base: str = ""
    governed: bool = True
    every: bool = False


def _parse_phrase(left: str, quantity: Quantity) -> _Phrase:
    """Parse the words before a figure: name, verb, and base of comparison."""
    governed = verbs.GOVERNED.search(left)
    comparison = verbs.COMPARISON.search(left)
    family = read_unit(quantity.unit).family
    if governed and not (governed["compared"] and not comparison):
        name = left[: governed.start()]
        verb = governed["change"] or governed["compared"]
        direction = _direction_of(verb) if verb else None
        if direction and verbs.TO_BE_DONE.match(name.lstrip("、")):
            return _Phrase(left, governed=False)
        if governed["change"] and name.endswith("经济"):
            # The indicator is the growth of the economy.
            name += governed["change"]
        return _Phrase(
            name,
            verbs.REACHING.get(governed["level"] or "", "="),
            direction,
            comparison["base"] if direction and comparison else "",
            every=bool(re.search(verbs.EVERY, governed["manner"])),
        )
    beyond = verbs.BEYOND.search(left)
    if beyond and family == "points":
        direction = "up" if beyond["word"] in verbs.ABOVE else "down"
        return _Phrase(left, "=", direction, beyond.group(), governed=False)
    as_much = verbs.TIMES_AS_MUCH.search(left)
    if as_much and family == "number":
        comparator = BEFORE.get(as_much["word"], "=")
        return _Phrase(left, comparator, None, as_much.group(), governed=False)
    return _Phrase(left, governed=False)


def _verbless(name: str, quantity: Quantity) -> bool:
    """Return whether a noun phrase and a figure alone are a target: 涨幅3%左右."""
    family = read_unit(quantity.unit).family
    return not (
        verbs.OPEN_ENDED.search(name)
        or (quantity.spelled and not quantity.comparator)
        or (family in _TIMES and family != "age" and not re.search(r"(?:年限|时间)$", name))
        # A bare number needs a verb; a spelled one such as 三分之二 does not.
        or (not quantity.unit and not quantity.spelled)
    )


def _kind_of(name: str, quantity: Quantity, *, governed: bool) -> TargetKind:
    """Return whether a target without a verb of change is an output or a level."""
    if read_unit(quantity.unit).family in _NOT_MADE and quantity.unit[-1:] in {"%", "‰", ""}:
        return "level"
    if _NOT_A_NUMBER_OF_THINGS.search(name):
        return "level"
    counts = read_unit(quantity.unit).family in _COUNTS and not governed
    return "output" if counts or verbs.MAKES.match(name) or "新增" in name else "level"


def _direction_of(verb: str) -> Direction:
    """Return the direction of a verb of change."""
    return verbs.COMPARED.get(verb) or ("up" if verb in verbs.UP else "down")


def _without_manner(phrase: str) -> str:
    """Return a phrase without adverbs at its end: 年均, 至少, 均."""
    return re.sub(rf"(?:{verbs.MANNER})+$", "", phrase)


def _recurrence_of(phrase: str) -> str:
    """Return the words by which a figure applies to each year or month, if any."""
    match = verbs.RECURRENCE.search(phrase)
    return match.group() if match else ""
