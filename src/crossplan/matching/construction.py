"""A constructed predecessor: an older plan made from a real one by known edits.

It is used where a method needs two full texts, or known links for an evaluation. It is not
a published plan, and its title states this.
"""

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from crossplan.corpora.corpus import PlanLike, as_plan
from crossplan.display import View, as_html, as_line, number_column, number_of, plain_column, tally
from crossplan.errors import LanguageError
from crossplan.languages.chinese import CHINESE, text_beside
from crossplan.languages.chinese.documents import COMMA, FULL_STOP
from crossplan.languages.chinese.numerals import CHANGEABLE
from crossplan.languages.registry import describe, find_language
from crossplan.matching.assembly import assemble
from crossplan.matching.links import STATUSES
from crossplan.matching.tables import TRUTH
from crossplan.model import Measure, Plan, plan_names
from crossplan.recipes import Name, call
from crossplan.words.segment import segmenter

if TYPE_CHECKING:
    import pandas as pd

_Edit = Literal[
    "none",
    "left out",
    "put in",
    "cut in two",
    "joined",
    "moved",
    "reordered",
    "figures",
    "words",
    "reworded",
]

# The percentage of measures for each edit; the others are not changed.
_SHARES: dict[_Edit, int] = {
    "cut in two": 5,
    "joined": 5,
    "figures": 6,
    "left out": 8,
    "moved": 5,
    "reordered": 8,
    "words": 10,
    "put in": 8,
}
# A word in at least this many measures is part of stock phrases, not of a subject.
_FRAME_WORD = 12


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ConstructedPredecessor:
    """A constructed older plan, with the true links of its measures.

    Attributes
    ----------
    plan : Plan
        The constructed predecessor, which its title names as such.
    successor : Plan
        The plan that it was made from.
    truth : pandas.DataFrame
        old_id, new_id, status, moved, edit: the correct result of a comparison, one row per
        pair, per new and per dropped measure.
    """

    plan: Plan
    successor: Plan
    truth: "pd.DataFrame"

    def _view(self) -> View:
        """Return the view of the edits and of the true links."""
        edits = self.truth.groupby("edit", sort=False).size()
        rows = [{"edit": str(edit), "measures": int(count)} for edit, count in edits.items()]
        return View(
            name=type(self).__name__,
            title="A constructed predecessor, which is no plan",
            of=plan_names((self.plan, self.successor)),
            counts=(
                number_of(len(self.plan.measures), "measure"),
                *tally(self.truth, "status", STATUSES),
            ),
            columns=(plain_column("edit", "edit"), number_column("rows of the truth", "measures")),
            rows=tuple(rows),
            total=len(rows),
            ways=(".plan", ".successor", ".truth"),
        )

    def __repr__(self) -> str:
        return as_line(self._view())

    def _repr_html_(self) -> str:
        return as_html(self._view())


@dataclass(slots=True)
class _Piece:
    """A measure of the predecessor, and the measures of the plan it was made from."""

    text: str
    origins: tuple[Measure, ...]
    edit: _Edit = "none"


def construct_predecessor(
    plan: PlanLike,
    seed: int = 0,
    *,
    rewordings: Mapping[str, str] | None = None,
    insertions: Sequence[tuple[str, str]] | None = None,
) -> ConstructedPredecessor:
    """Make an older plan from a real one by known edits, with the true links.

    Measures are left out, put in, cut in two, joined, moved to another section; their
    sentences and clauses are reordered, their figures changed, their words swapped.

    Parameters
    ----------
    plan : Plan or str
        A plan with text, or the id of a shipped one.
    seed : int
        The seed of the random choices; the same seed makes the same predecessor.
    rewordings : mapping of str to str, optional
        Texts that replace measures, by the id of the measure in `plan`.
    insertions : sequence of (str, str), optional
        Ids of sections, and texts of measures to insert. If None,
        measures are made that share their stock phrases with one of the plan's and
        have another subject: everyday things that the plan does not mention.

    Returns
    -------
    ConstructedPredecessor

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the plan has no text.
    LanguageError
        If it is not in Chinese.
    UnknownPassageError
        If the plan does not have the measure of a rewording or the section of an insertion.

    Examples
    --------
    >>> import crossplan as cp
    >>> made = construct_predecessor(cp.load_plan("2026-2030"), seed=1)
    >>> made.plan.title
    '构造的前身（由《国家人权行动计划（2026—2030年）》按已知改动构造，随机种子1）'
    >>> print(made.truth.status.value_counts()["dropped"])
    16
    """
    plan = as_plan(plan)
    if find_language(plan.language) != CHINESE:
        raise LanguageError(
            f"plan {plan.id} is written in {describe(plan.language)}, and the edits that make a "
            "predecessor are known in Chinese only",
            "Evaluate with a truth that a reader wrote: evaluate(comparison, truth).",
        )
    plan.require_reading("measures")
    for passage_id in [*(rewordings or ()), *(section for section, _ in insertions or ())]:
        plan.passage(passage_id)
    workshop = _Workshop(plan, seed, rewordings or {})
    workshop.edit(insertions)
    old = assemble(
        plan,
        {section: [piece.text for piece in pieces] for section, pieces in workshop.places.items()},
        plan_id=f"{plan.id}-constructed-{seed}",
        title=f"构造的前身（由《{plan.title}》按已知改动构造，随机种子{seed}）",
        title_en=(
            f"Constructed predecessor (made from {plan.title_en or plan.id} "
            f"by known edits, seed {seed})"
        ),
    )
    if plan.made_by and rewordings is None and insertions is None:
        made_by = call("cp.evaluation.construct_predecessor", Name(plan.made_by), seed=seed)
        old = old.remembering(f"{made_by}.plan")
    rows = _truth(workshop.places, plan, old)
    return ConstructedPredecessor(old, plan, TRUTH.frame(rows))


class _Workshop:
    """The measures of a plan by section, edited one after the other."""

    def __init__(self, plan: Plan, seed: int, rewordings: Mapping[str, str]) -> None:
        # Not used for secrets; a seed must always make the same plan.
        self.chooser = random.Random(seed)  # noqa: S311
        self.plan = plan
        self.rewordings = rewordings
        self.places = {
            heading.id: [_Piece(measure.text, (measure,)) for measure in heading.own_measures]
            for heading in plan.headings
        }

    def edit(self, insertions: Sequence[tuple[str, str]] | None) -> None:
        """Apply all edits, at most one to each measure."""
        total = len(self.plan.measures)
        self.reword()
        for edit, share in _SHARES.items():
            if edit != "put in":
                self.apply(edit, round(total * share / 100))
        if insertions is None:
            insertions = list(self.made_up(round(total * _SHARES["put in"] / 100)))
        for section, text in insertions:
            pieces = self.places[section]
            pieces.insert(self.chooser.randint(0, len(pieces)), _Piece(text, (), "put in"))

    def reword(self) -> None:
        """Replace measures by their rewordings."""
        for pieces in self.places.values():
            for piece in pieces:
                if piece.origins[0].id in self.rewordings:
                    piece.text = self.rewordings[piece.origins[0].id]
                    piece.edit = "reworded"

    def apply(self, edit: _Edit, wanted: int) -> None:
        """Apply an edit to suitable measures, up to the given number."""
        act: Callable[[str, int], bool] = {
            "left out": self.leave_out,
            "cut in two": self.cut,
            "joined": self.join,
            "moved": self.move,
            "reordered": self.reorder,
            "figures": self.change_figures,
            "words": self.swap_words,
        }[edit]
        untouched = [
            piece for pieces in self.places.values() for piece in pieces if piece.edit == "none"
        ]
        self.chooser.shuffle(untouched)
        for piece in untouched:
            if not wanted:
                return
            if piece.edit == "none":
                section, place = self.find(piece)
                wanted -= act(section, place)

    def find(self, piece: _Piece) -> tuple[str, int]:
        """Return the current place of a measure."""
        return next(
            (section, place)
            for section, pieces in self.places.items()
            for place, other in enumerate(pieces)
            if other is piece
        )

    def leave_out(self, section: str, place: int) -> bool:
        """Remove a measure, which is then new in the successor."""
        del self.places[section][place]
        return True

    def cut(self, section: str, place: int) -> bool:
        """Split a measure between its sentences; the successor then merges the parts."""
        piece = self.places[section][place]
        sentences = [sentence.text for sentence in piece.origins[0].sentences]
        if len(sentences) < 4:  # noqa: PLR2004 - two sentences each
            return False
        half = len(sentences) // 2
        self.places[section][place : place + 1] = [
            _Piece("".join(part), piece.origins, "cut in two")
            for part in (sentences[:half], sentences[half:])
        ]
        return True

    def join(self, section: str, place: int) -> bool:
        """Join a measure with the next; the successor then splits it."""
        pair = self.places[section][place : place + 2]
        if [piece.edit for piece in pair] != ["none", "none"]:
            return False
        first, second = pair
        first.edit = second.edit = "joined"
        joined = _Piece(first.text + second.text, first.origins + second.origins, "joined")
        self.places[section][place : place + 2] = [joined]
        return True

    def move(self, section: str, place: int) -> bool:
        """Put a measure into another section."""
        others = [key for key, pieces in self.places.items() if pieces and key != section]
        if not others:
            return False
        piece = self.places[section].pop(place)
        piece.edit = "moved"
        pieces = self.places[self.chooser.choice(others)]
        pieces.insert(self.chooser.randint(0, len(pieces)), piece)
        return True

    def reorder(self, section: str, place: int) -> bool:
        """Shuffle the sentences of a measure, or the clauses of its only one."""
        piece = self.places[section][place]
        sentences = [sentence.text for sentence in piece.origins[0].sentences]
        if len(sentences) > 1:
            return self.change(piece, "".join(self.shuffled(sentences)), "reordered")
        clauses = [part for part in piece.text.rstrip(FULL_STOP).split(COMMA) if part]
        return self.change(piece, COMMA.join(self.shuffled(clauses)) + FULL_STOP, "reordered")

    def shuffled(self, parts: list[str]) -> list[str]:
        """Return the parts in another order."""
        return self.chooser.sample(parts, len(parts))

    def change_figures(self, section: str, place: int) -> bool:
        """Lower every figure of a measure."""
        piece = self.places[section][place]
        return self.change(piece, CHANGEABLE.sub(_lowered, piece.text), "figures")

    def swap_words(self, section: str, place: int) -> bool:
        """Replace words by their synonyms."""
        piece = self.places[section][place]
        words = segmenter().words(piece.text)
        return self.change(piece, "".join(_synonyms().get(word, word) for word in words), "words")

    @staticmethod
    def change(piece: _Piece, text: str, edit: _Edit) -> bool:
        """Change the text of a measure, and return whether it changed."""
        if text == piece.text:
            return False
        piece.text, piece.edit = text, edit
        return True

    def made_up(self, wanted: int) -> Iterator[tuple[str, str]]:
        """Make measures with the phrases of real ones and other subjects."""
        cut = [segmenter().words(measure.text) for measure in self.plan.measures]
        frame = {
            word for word, count in Counter(w for c in cut for w in set(c)).items()
            if count >= _FRAME_WORD or len(word) == 1
        }  # fmt: skip
        present = {m.id for pieces in self.places.values() for p in pieces for m in p.origins}
        models = [place for place, m in enumerate(self.plan.measures) if m.id in present]
        foreign = [noun for noun in neutral_nouns() if noun not in self.plan.text]
        for number in self.chooser.sample(models, min(wanted, len(models))):
            section = self.plan.measures[number].id.rpartition("/")[0]
            words = (w if w in frame else self.chooser.choice(foreign) for w in cut[number])
            yield section, "".join(words)


def _lowered(figure: re.Match[str]) -> str:
    """Return nine tenths of a figure, with as many decimals."""
    decimals = len(figure.group().partition(".")[2])
    return f"{float(figure.group()) * 0.9:.{decimals}f}"


@cache
def _synonyms() -> dict[str, str]:
    """Read the groups of synonyms."""
    text = text_beside("synonyms.toml")
    pairs: list[list[str]] = tomllib.loads(text)["pairs"]
    return {word: other for pair in pairs for word, other in (pair, reversed(pair))}


@cache
def neutral_nouns() -> tuple[str, ...]:
    """Read the nouns used as subjects of made-up measures."""
    text = text_beside("neutral-nouns.txt")
    return tuple(
        noun for line in text.splitlines() if not line.startswith("#") for noun in line.split()
    )


def _truth(
    places: Mapping[str, Sequence[_Piece]], plan: Plan, old: Plan
) -> Iterator[dict[str, Any]]:
    """Yield the links between the predecessor and the plan, as they were made."""
    parts = Counter(m.id for pieces in places.values() for p in pieces for m in p.origins)
    for section, pieces in places.items():
        for order, piece in enumerate(pieces, start=1):
            old_id = f"{old.id}/{section.partition('/')[2]}/{order}"
            if not piece.origins:
                yield {"old_id": old_id, "status": "dropped", "edit": piece.edit}
            for measure in piece.origins:
                if len(piece.origins) > 1:
                    status = "split"
                elif parts[measure.id] > 1:
                    status = "merged"
                else:
                    status = "kept" if piece.text == measure.text else "revised"
                yield {
                    "old_id": old_id,
                    "new_id": measure.id,
                    "status": status,
                    "moved": measure.id.rpartition("/")[0] != section,
                    "edit": piece.edit,
                }
    for measure in plan.measures:
        if not parts[measure.id]:
            yield {"new_id": measure.id, "status": "new", "edit": "left out"}
