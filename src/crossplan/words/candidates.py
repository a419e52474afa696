"""Propose words for a lexicon: those that the segmenter splits and the text keeps together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from crossplan.arguments import number, whole_number
from crossplan.corpora.corpus import Plans, as_plans
from crossplan.display import View, number_column, number_of, quoted_column, records, small_column
from crossplan.errors import LanguageError, OutputError
from crossplan.files import write_result
from crossplan.languages.registry import describe, find_language
from crossplan.model import Plan, entries_of, plan_names
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Column, Table, Title
from crossplan.words.options import WordOptions, WordReader, is_merged, reader_for
from crossplan.words.text_units import Passages, TextUnit, units_of

LEXICON_CANDIDATES = Table(
    zh="可收入词表的每个候选词一行，频次高者在前。",
    en="One row for each candidate for a lexicon, the most frequent first.",
    columns={
        "term": Column("string", "候选词。", "The candidate.", required=True),
        "words": Column("string", "目前的切分。", "The words that it is cut into now."),
        "count": Column("Int64", "出现次数。", "How often it stands there.", least=0.0),
        "passages": Column("int64", "见于几段。", "In how many passages.", least=0.0),
        "cohesion": Column(
            "float64", "内部凝固程度，以比特计。", "How firmly its parts stick, in bits."
        ),
        "freedom": Column(
            "float64", "两侧用字的自由程度，以比特计。", "How freely its neighbours vary, in bits."
        ),
        "example": Column("string", "含有它的一段。", "A passage with it."),
    },
)


_Words = tuple[str, ...]
_EDGE = ""


class _Seen(NamedTuple):
    """The counts of the sequences of a text, and of their neighbours."""

    counts: Counter[_Words]
    before: dict[_Words, Counter[str]]
    behind: dict[_Words, Counter[str]]
    passages: dict[_Words, dict[str, None]]
    total: int


@dataclass(frozen=True, repr=False, eq=False)
class TermCandidates(Result):
    """Candidates for a lexicon; made by :func:`propose_terms`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per candidate, the most frequent first: term, words (its present segmentation),
        count, passages (number with it), cohesion, freedom (both in bits), example (a passage
        with it).
    plans : sequence of Plan
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="term-candidates",
        title=Title("候选词", "Candidates for a lexicon"),
        tables=(LEXICON_CANDIDATES,),
    )

    plans: Sequence[Plan]

    def to_lexicon(self, path: str | Path) -> Path:
        """Write the candidates as a lexicon, to be edited by hand.

        Parameters
        ----------
        path : str or Path
            Must not exist.

        Returns
        -------
        Path

        Raises
        ------
        OutputError
            If the file exists, or cannot be written.
        LanguageError
            If the language of the plans has blanks between words, and therefore no lexicon.
        """
        path = Path(path)
        plan = entries_of(self.plans)[0]
        if find_language(plan.language).blanks_between_words:
            raise LanguageError(
                f"plan {plan.id} is written in {describe(plan.language)}, and a lexicon is for "
                "languages without blanks between words",
                "Count several words as a group: load_term_groups.",
            )
        if path.exists():
            raise OutputError(path, "there is a file of that name, which would be lost")
        rows = self.frame.drop_duplicates("term").to_dict("records")
        lines = [f"{row['term']}  # {row['count']}" for row in rows]
        text = f"# Candidates, with their counts. {self.method}\n" + "\n".join(lines) + "\n"
        return write_result(path, text.encode("utf-8"), "the lexicon")

    def _view(self) -> View:
        """Return the view of the candidates."""
        return View(
            name=type(self).__name__,
            title="Words that a lexicon might keep whole",
            of=plan_names(self.plans, " · "),
            counts=(number_of(len(self.frame), "candidate"),),
            columns=(
                quoted_column("term", "term"),
                quoted_column("cut as", "words"),
                number_column("count", "count"),
                number_column("passages", "passages"),
                number_column("cohesion, bits", "cohesion", 1),
                number_column("freedom, bits", "freedom", 1),
                small_column("for example in", "example"),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            note="the most frequent",
            ways=(".table", '.to_lexicon("lexicon.txt")'),
            method=self.method,
        )


def propose_terms(  # noqa: PLR0913 - how much is asked of a candidate
    source: Plans,
    *,
    longest: int = 5,
    minimum_count: int = 3,
    minimum_cohesion: float = 3.0,
    minimum_freedom: float = 0.8,
    words: WordOptions | None = None,
) -> TermCandidates:
    """Propose terms for a lexicon, which keeps them whole.

    A candidate is a sequence of words with high cohesion and freedom. *Cohesion* is the mutual
    information of its two parts, at the split where it is lowest (Church and Hanks 1990).
    *Freedom* is the entropy of the words before it or after it, whichever is lower (Jin and
    Tanaka-Ishii 2006, "Unsupervised Segmentation of Chinese Text by Use of Branching Entropy");
    each edge of a clause counts as a different word.

    Parameters
    ----------
    source : Plan, str, Corpus, or iterable of Plan or str
        A string is the id of a shipped plan.
    longest : int
        The largest number of words of a candidate.
    minimum_count : int
    minimum_cohesion, minimum_freedom : float
        In bits.
    words : WordOptions, optional
        What counts as a word. Candidates do not begin or end with a stop word.

    Returns
    -------
    TermCandidates

    Raises
    ------
    NotAPlanError, UnknownPlanError
        If an argument is not a plan, or no shipped plan has that id.
    MissingTextError
        If the text of a plan is not at hand.
    ChoiceError
        If an argument is not among its choices.
    UnreadableTextError, WordListError, MissingExtraError
        If a file of words cannot be read or is malformed, or rjieba is not installed.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> found = cp.propose_terms(plan, words=cp.WordOptions(lexicon=None)).table
    >>> found.query("term == '生物多样性'")[["words", "count"]].values.tolist()
    [['生物 多样性', 6]]
    """
    whole_number("longest", longest, least=2)
    whole_number("minimum_count", minimum_count)
    number("minimum_cohesion", minimum_cohesion, float("-inf"))
    number("minimum_freedom", minimum_freedom, 0)
    plans = as_plans(source)
    reader = reader_for(words, plans)
    seen = _look(reader, units_of(plans, "section"), longest)
    rows = [
        _candidate(sequence, seen, reader)
        for sequence, times in seen.counts.items()
        if len(sequence) > 1
        and times >= minimum_count
        and not {sequence[0], sequence[-1]} & reader.stop_words.words
        and not any(map(is_merged, sequence))
    ]
    kept = [
        row
        for row in rows
        if row["cohesion"] >= minimum_cohesion and row["freedom"] >= minimum_freedom
    ]
    kept.sort(key=lambda row: (-row["count"], -row["cohesion"], row["term"]))
    return TermCandidates(
        frame=LEXICON_CANDIDATES.frame(kept),
        method=(
            f"{reader.description} Sequences of 2 to {longest} words, from a count of "
            f"{minimum_count}, a cohesion of {minimum_cohesion:g} and a freedom of "
            f"{minimum_freedom:g} bits."
        ),
        plans=plans,
    )


def _look(reader: WordReader, units: Iterable[tuple[TextUnit, Passages]], longest: int) -> _Seen:
    """Count all sequences up to a length, and their neighbours."""
    seen = _Seen(Counter(), defaultdict(Counter), defaultdict(Counter), defaultdict(dict), 0)
    total = 0
    for _, passages in units:
        for passage in passages:
            for run in reader.clauses(passage):
                total += len(run)
                _look_at(run, passage.id, seen, longest)
    return seen._replace(total=total)


def _look_at(run: Sequence[str], passage_id: str, seen: _Seen, longest: int) -> None:
    """Count the sequences of a clause."""
    padded = [_EDGE, *run, _EDGE]
    for start in range(1, len(padded) - 1):
        for end in range(start + 1, min(start + longest, len(padded) - 1) + 1):
            sequence = tuple(padded[start:end])
            seen.counts[sequence] += 1
            if len(sequence) > 1:
                seen.before[sequence][padded[start - 1]] += 1
                seen.behind[sequence][padded[end]] += 1
                seen.passages[sequence][passage_id] = None


def _candidate(sequence: _Words, seen: _Seen, reader: WordReader) -> dict[str, Any]:
    """Return a sequence as a row."""
    return {
        "term": reader.joint.join(sequence),
        "words": " ".join(sequence),
        "count": seen.counts[sequence],
        "passages": len(seen.passages[sequence]),
        "cohesion": _cohesion(sequence, seen),
        "freedom": min(_entropy(seen.before[sequence]), _entropy(seen.behind[sequence])),
        "example": next(iter(seen.passages[sequence])),
    }


def _cohesion(sequence: _Words, seen: _Seen) -> float:
    """Return the mutual information of the two parts at the weakest split."""
    counts = seen.counts
    return min(
        log2(counts[sequence] * seen.total / (counts[sequence[:cut]] * counts[sequence[cut:]]))
        for cut in range(1, len(sequence))
    )


def _entropy(neighbours: Counter[str]) -> float:
    """Return the entropy of the neighbours of a sequence, in bits."""
    total = neighbours.total()
    others = [number for word, number in neighbours.items() if word != _EDGE]
    # Each edge is a different neighbour, because it does not bind the sequence to a word.
    shares = [number / total for number in others + [1] * neighbours[_EDGE]]
    return -sum(share * log2(share) for share in sorted(shares)) + 0.0
