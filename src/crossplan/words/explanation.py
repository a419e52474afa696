"""Why a term is said to rise or fall, in plain words."""

from math import isnan
from typing import TYPE_CHECKING, Any, Protocol

from pandas import isna

from crossplan.display import View, as_html, quoted_column, said, visible
from crossplan.words.concordance import concordance
from crossplan.words.options import WordOptions, is_merged

if TYPE_CHECKING:
    import pandas as pd

    from crossplan.model import Plan
    from crossplan.words.groups import TermGroups
    from crossplan.words.keyness import Limits
    from crossplan.words.options import WordReader

_LINES = 5
_WIDTH = 14


class _Compared(Protocol):
    """What is told of a term; a :class:`TermComparison` has it."""

    @property
    def frame(self) -> "pd.DataFrame": ...

    @property
    def old_plan(self) -> "Plan": ...

    @property
    def new_plan(self) -> "Plan": ...

    @property
    def old_total(self) -> int: ...

    @property
    def new_total(self) -> int: ...

    @property
    def reader(self) -> "WordReader": ...

    @property
    def limits(self) -> "Limits": ...

    @property
    def groups(self) -> "TermGroups | None": ...


class TermExplanation(str):
    """Lines on a term, which show as lines also where a string would show in quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(visible, self.splitlines()))

    def _view(self) -> View:
        """Show what was counted of a term, line by line."""
        term, *lines = self.splitlines()
        longest = max(map(len, lines), default=0)
        return View(
            name=type(self).__name__,
            title="Why",
            of=said(term),
            columns=(quoted_column("what was counted, and where it stands", "line", longest),),
            rows=tuple({"line": line} for line in lines),
            total=len(lines),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


def explain(comparison: _Compared, term: str) -> TermExplanation:
    """Say what was counted, what follows, and where the term stands."""
    table = comparison.frame
    row = table[table["term"] == term].to_dict("records")[0]
    plans = (
        ("old", comparison.old_plan, comparison.old_total),
        ("new", comparison.new_plan, comparison.new_total),
    )
    told = [f"{term}: {row['change']}"]
    told += [_counted(row, side, plan, total) for side, plan, total in plans]
    told += [_effect(row), _limits(comparison)]
    if "survives" in row:
        told.append(_recounts(row))
    if comparison.groups is None and not is_merged(term):
        for _, plan, _ in plans:
            told += _lines(comparison, plan, term)
    return TermExplanation("\n".join(told))


def _counted(row: dict[Any, Any], side: str, plan: "Plan", total: int) -> str:
    """Say how often a plan has the term, and how evenly."""
    number = row[f"{side}_count"]
    said = f"{plan.id}: {number} of {total:,} words, {row[f'{side}_rate']:.2f} per 10,000"
    if not number:
        return said
    sections = row[f"{side}_sections"]
    return said + (
        f", in {sections} section{'' if sections == 1 else 's'}"
        f" (DP {row[f'{side}_dp']:.2f}, Juilland's D {row[f'{side}_juilland_d']:.2f})"
    )


def _effect(row: dict[Any, Any]) -> str:
    """Return the measures."""
    return (
        f"log ratio {_signed(row['log_ratio'], 2)}, %DIFF {_signed(row['percent_difference'], 0)}, "
        f"G2 {row['g2']:+.2f}, p {row['p']:.2g}, corrected {row['p_adjusted']:.2g}, "
        f"BIC {row['bayes_factor']:+.1f}, log-odds z {_signed(row['log_odds_z'], 2)}"
    )


def _signed(value: float, digits: int) -> str:
    """Return a measure with its sign, or say that there is none."""
    return "none" if isnan(value) else f"{value:+.{digits}f}"


def _limits(comparison: _Compared) -> str:
    """Say from where on a term rises or falls."""
    limit = comparison.limits
    return f"rising or falling: log ratio from {limit.minimum_log_ratio:g}, p below {limit.alpha:g}"


def _recounts(row: dict[Any, Any]) -> str:
    """Return the recounts of a robustness check."""
    if isna(row["survives"]):
        return "survives: words that were merged cannot be counted in other ways"
    ways = (("characters", "its characters as they stand"), ("plain", "dictionary words alone"))
    return f"survives: {'yes' if row['survives'] else 'no'}; " + "; ".join(
        f"{said} {row[f'{name}_old_count']} → {row[f'{name}_new_count']}: {row[f'{name}_change']}"
        for name, said in ways
    )


def _lines(comparison: _Compared, plan: "Plan", term: str) -> list[str]:
    """Return the first places of a term in a plan."""
    reader = comparison.reader
    options = WordOptions(segmenter=reader.segmenter, lexicon=reader.lexicon)
    found = concordance(plan, term, width=_WIDTH, words=options).frame.head(_LINES)
    return [
        f"{row['passage_id']}: {row['left']}[{row['match']}]{row['right']}"
        for row in found.to_dict("records")
    ]
