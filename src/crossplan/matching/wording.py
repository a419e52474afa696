"""Compare the wording of two texts: deletions and insertions."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, NamedTuple, get_args

from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    as_html,
    number_of,
    quote,
    redline_cells,
    visible,
)
from crossplan.errors import ChoiceError
from crossplan.languages.chinese.documents import CLAUSE, NEVER_FIRST
from crossplan.words.segment import segmenter

WordingLevel = Literal["word", "character", "clause"]
_RunKind = Literal["same", "deleted", "inserted"]

# A figure counts as one character, so that numbers are not split.
_CHARACTER = re.compile(r"[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)
# Two changes that are at most this far apart are joined.
_LONGEST_ISLAND = 1
# The longest text of a measure shown without a redline, in characters.
_LONGEST = 90


class Run(NamedTuple):
    """A piece of text that is unchanged, deleted or inserted."""

    kind: _RunKind
    text: str


class _Change(NamedTuple):
    """A piece of the old units and its replacement in the new ones."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.old == self.new


@dataclass(frozen=True, slots=True, repr=False)
class Redline:
    """Two wordings in one text; made by :func:`redline`.

    Attributes
    ----------
    runs : tuple of Run
        In reading order; deletions are before insertions. Without
        the inserted runs they are the old text, without the deleted ones the new.
        Each is one run of a word processor: its kind is its format.
    level : {"word", "character", "clause"}
    """

    runs: tuple[Run, ...]
    level: WordingLevel

    @property
    def plain(self) -> str:
        """The redline as plain text: ``[-struck out-]{+put in+}``."""
        forms = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
        return "".join(forms[run.kind].format(run.text) for run in self.runs)

    @property
    def html(self) -> str:
        """The redline as HTML, with ``<del>`` and ``<ins>``."""
        forms = {"same": "{}", "deleted": "<del>{}</del>", "inserted": "<ins>{}</ins>"}
        return "".join(forms[run.kind].format(escape(run.text)) for run in self.runs)

    def __repr__(self) -> str:
        return f"<Redline {visible(self.plain)}>"

    def _view(self) -> View:
        """Return the view of a whole redline."""
        looks = {"same": "quoted", "deleted": "deleted", "inserted": "inserted"}
        cells = tuple(Cell(run.text, looks[run.kind]) for run in self.runs)  # type: ignore[arg-type]
        deleted = sum(len(run.text) for run in self.runs if run.kind == "deleted")
        inserted = sum(len(run.text) for run in self.runs if run.kind == "inserted")
        return View(
            name="Redline",
            title="Redline",
            counts=(
                f"{number_of(deleted, 'character')} struck out",
                f"{inserted:,} put in",
                f"compared by {self.level}",
            ),
            columns=(ViewColumn("struck out and put in", lambda row: row["cells"]),),
            rows=({"cells": cells},),
            total=1,
            ways=(".runs", ".plain", ".html"),
        )

    def _repr_html_(self) -> str:
        return as_html(self._view())


def redline(old: str, new: str, *, level: WordingLevel = "word") -> Redline:
    """Return the changes between two wordings.

    The fewest edits are found with rapidfuzz over the units of the level, then made
    readable: changes with next to nothing between them are joined, and a change
    that can be read at several places is put where it ends with a clause.

    Parameters
    ----------
    old, new : str
    level : {"word", "character", "clause"}
        The unit of the comparison: words by jieba, single characters, or clauses with their
        punctuation.

    Returns
    -------
    Redline

    Raises
    ------
    ChoiceError
        If there is no such level.

    Examples
    --------
    >>> redline("城镇登记失业率控制在5%以内。", "城镇调查失业率控制在5.5%以内。").plain
    '城镇[-登记-]{+调查+}失业率控制在[-5%-]{+5.5%+}以内。'
    >>> redline("完善制度，加强监督。", "加强监督。", level="clause").runs
    (Run(kind='deleted', text='完善制度，'), Run(kind='same', text='加强监督。'))
    """
    if level not in get_args(WordingLevel):
        raise ChoiceError("level", level, get_args(WordingLevel))
    cut = _CUTTERS[level]
    changes = _joined(_settled(_aligned(cut(old), cut(new))))
    return Redline(tuple(_runs_of(changes)), level)


_CUTTERS: dict[WordingLevel, Callable[[str], list[str]]] = {
    "word": lambda text: segmenter().words(text),
    "character": _CHARACTER.findall,
    "clause": CLAUSE.findall,
}


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """Align two lists of units by the fewest replacements, deletions and insertions."""
    from rapidfuzz.distance import Levenshtein

    return [
        _Change(
            tuple(old[code.src_start : code.src_end]), tuple(new[code.dest_start : code.dest_end])
        )
        for code in Levenshtein.opcodes(old, new)
    ]


def _settled(changes: list[_Change]) -> list[_Change]:
    """Slide each deletion or insertion to where it ends with punctuation, if it can.

    ``[-，完善制度-]，加强监督`` reads better as ``，[-完善制度，-]加强监督``.
    """
    changes = list(changes)
    for place in range(1, len(changes) - 1):
        before, change, after = changes[place - 1 : place + 2]
        if change.same or (change.old and change.new) or not (before.same and after.same):
            continue
        changes[place - 1 : place + 2] = _best_slide(before.old, change, after.old)
    return [change for change in changes if change.old or change.new]


def _best_slide(before: tuple[str, ...], change: _Change, after: tuple[str, ...]) -> list[_Change]:
    """Return the best place of a deletion or insertion."""
    moved = change.old or change.new
    size = len(moved)
    line = before + moved + after
    first = last = len(before)
    while first and line[first - 1] == line[first + size - 1]:
        first -= 1
    while last + size < len(line) and line[last] == line[last + size]:
        last += 1
    start = max(range(first, last + 1), key=lambda at: (_ends_well(line, at, size), -at))
    piece = line[start : start + size]
    head, tail = line[:start], line[start + size :]
    return [
        _Change(head, head),
        _Change(piece, ()) if change.old else _Change((), piece),
        _Change(tail, tail),
    ]


def _ends_well(line: tuple[str, ...], start: int, size: int) -> int:
    """Rate how readable a piece is: whole clauses are better than parts of them."""
    begins = start == 0 or line[start - 1][-1:] in NEVER_FIRST
    ends = line[start + size - 1][-1:] in NEVER_FIRST
    hangs = line[start][:1] in NEVER_FIRST
    return 2 * (begins and ends) + ends - 2 * hangs


def _joined(changes: Iterable[_Change]) -> list[_Change]:
    """Join changes that touch, or that are separated by one character only."""
    result: list[_Change] = []
    for change in changes:
        if not change.same and result and not result[-1].same:
            result[-1] = _added(result[-1], change)
        elif not change.same and len(result) > 1 and _is_island(result[-2], result[-1], change):
            island = result.pop()
            result[-1] = _added(_added(result[-1], island), change)
        else:
            result.append(change)
    return result


def _is_island(before: _Change, between: _Change, after: _Change) -> bool:
    """Return whether the text between two changes is too short to separate them."""
    text = "".join(between.old)
    both = all(change.old and change.new for change in (before, after))
    return not before.same and both and len(text) <= _LONGEST_ISLAND and text not in NEVER_FIRST


def _added(first: _Change, second: _Change) -> _Change:
    """Combine two changes."""
    return _Change(first.old + second.old, first.new + second.new)


def _runs_of(changes: Iterable[_Change]) -> Iterator[Run]:
    """Yield the changes as runs of text."""
    for change in changes:
        if change.same:
            yield Run("same", "".join(change.old))
            continue
        if change.old:
            yield Run("deleted", "".join(change.old))
        if change.new:
            yield Run("inserted", "".join(change.new))


def wording_cells(row: Record) -> Cells:
    """Return the cells of a measure: the redline if it was revised, else its text.

    For merged measures it is the older text, as the newer one is the same for all.
    """
    if row["status"] == "revised":
        return redline_cells(redline(row["old_text"], row["new_text"]).runs)
    return quote(
        row["old_text" if row["status"] in {"merged", "dropped"} else "new_text"], _LONGEST
    )
