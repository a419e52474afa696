"""Evaluate a comparison against known links, and the agreement of reviewers with it."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from crossplan.corpora.encoding import read_text
from crossplan.display import (
    Cell,
    Cells,
    Record,
    View,
    ViewColumn,
    number,
    number_column,
    number_of,
    plain_column,
    quoted_column,
    records,
)
from crossplan.errors import CrossplanError
from crossplan.matching.tables import AGREEMENT, CODER_DISAGREEMENTS, EVALUATION
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import pandas as pd

    from crossplan.pairing.decisions import Decisions

    IdPair = tuple[str | None, str | None]
    Labels = Mapping[IdPair, bool]
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, repr=False, eq=False)
class Agreement(Result):
    """The pairwise agreement of coders; made by :meth:`MeasureComparison.agreement`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair of coders: first, second, judged (pairs that both judged), agreed,
        share (of the judged ones), kappa (Cohen 1960, Educational and Psychological
        Measurement 20(1), 37-46), alpha (Krippendorff 2004, Content Analysis, chapter
        11; nominal). Kappa and alpha are missing where all judgements are the same:
        agreement cannot be distinguished from chance.
    disagreements : pandas.DataFrame
        first, second, old_id, new_id (one missing where the question was whether a
        measure is new or dropped), first_says, second_says.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="agreement",
        title=Title("裁定的一致程度", "Agreement on which measures are the same"),
        tables=(AGREEMENT, CODER_DISAGREEMENTS),
    )

    disagreements: "pd.DataFrame"

    def _view(self) -> View:
        """Return the view of the agreement of coders."""
        return View(
            name=type(self).__name__,
            title="Agreement on which measures are the same",
            counts=(
                number_of(len(self.frame), "pair of coders", "pairs of coders"),
                number_of(len(self.disagreements), "disagreement"),
            ),
            columns=(
                quoted_column("one", "first"),
                quoted_column("other", "second"),
                number_column("judged by both", "judged"),
                number_column("agreed", "agreed"),
                number_column("share", "share", 2),
                number_column("Cohen's kappa", "kappa", 2),
                number_column("Krippendorff's alpha", "alpha", 2),
            ),
            rows=records(self.frame, ROWS_SHOWN),
            total=len(self.frame),
            ways=(".table", ".disagreements"),
            method=self.method,
        )


def agreement(links: "AbstractSet[IdPair]", files: "Sequence[Decisions]") -> Agreement:
    """Compute the pairwise agreement of the machine and of reviewers.

    Parameters
    ----------
    links : set of tuple
        The links of the machine: two ids, or an id and None for an item without partner.
    files : sequence of Decisions
        Those of each reviewer.
    """
    judged = {pair for file in files for pair in file.rulings}
    names = [file.name or "reviewer" for file in files]
    if len(set(names)) < len(names):
        names = [f"{name} ({number})" for number, name in enumerate(names, start=1)]
    coders = {"machine": {pair: pair in links for pair in judged}} | {
        name: {pair: ruling.linked for pair, ruling in file.rulings.items()}
        for name, file in zip(names, files, strict=True)
    }
    couples = [
        (one, other, sorted(coders[one].keys() & coders[other].keys(), key=str))
        for one, other in combinations(coders, 2)
    ]
    return Agreement(
        frame=AGREEMENT.frame(_row(one, other, units, coders) for one, other, units in couples),
        method="Pairs that both judged to be linked or not; Cohen's kappa, Krippendorff's alpha.",
        disagreements=CODER_DISAGREEMENTS.frame(
            (
                {
                    "first": one,
                    "second": other,
                    "old_id": unit[0],
                    "new_id": unit[1],
                    "first_says": coders[one][unit],
                    "second_says": coders[other][unit],
                }
                for one, other, units in couples
                for unit in units
                if coders[one][unit] != coders[other][unit]
            ),
        ),
    )


def _row(
    one: str,
    other: str,
    units: "list[IdPair]",
    coders: "Mapping[str, Labels]",
) -> dict[str, Any]:
    """Return the agreement of two coders as a row."""
    first = [coders[one][unit] for unit in units]
    second = [coders[other][unit] for unit in units]
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    result: dict[str, Any] = {
        "first": one,
        "second": other,
        "judged": len(units),
        "agreed": agreed,
        "share": agreed / len(units) if units else None,
    }
    if len({*first, *second}) > 1:
        from sklearn.metrics import cohen_kappa_score

        result["kappa"] = float(cohen_kappa_score(first, second))
        result["alpha"] = krippendorff_alpha(first, second)
    return result


def krippendorff_alpha(first: "Sequence[Hashable]", second: "Sequence[Hashable]") -> float:
    """Return Krippendorff's alpha of two coders, for nominal labels of which none is missing.

    Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section B: of *n* labels,
    two for each unit, 1 less the observed share of unlike pairs over the expected one, which
    is that of all pairs that could be formed of the *n* labels.

    Parameters
    ----------
    first, second : sequence
        The label of each unit by each coder. Not all labels may be the same: alpha is then
        not defined.

    Returns
    -------
    float
        1 if both always agree, 0 if they agree as often as by chance.

    Examples
    --------
    The example of that section, with the result 0.692.

    >>> ben, gerry = "aabbdcccedda", "babbbccceddd"
    >>> round(krippendorff_alpha(ben, gerry), 3)
    0.692
    """
    counts = Counter([*first, *second])
    labels = counts.total()
    observed = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)
    alike = sum(count * (count - 1) for count in counts.values())
    expected = 1 - alike / (labels * (labels - 1))
    return 1 - observed / expected


# The bootstrap of Efron and Tibshirani (1993), An Introduction to the Bootstrap,
# chapter 13: percentile intervals from samples with replacement.
_SAMPLES = 2000
_SEED = 20260611
_INTERVAL = (2.5, 97.5)
_LINKS = "links"


class _Comparison(Protocol):
    """Anything with a table of pairs: sections or measures compared."""

    @property
    def table(self) -> "pd.DataFrame":
        """Rows with old_id, new_id, and status or relation."""
        ...


@dataclass(frozen=True, repr=False, eq=False)
class Evaluation(Result):
    """The evaluation of a comparison against the truth; made by :func:`evaluate`.

    Attributes
    ----------
    table : pandas.DataFrame
        First the row *links* (all pairs, whatever their relation), then one row per
        relation: relation, found, true, correct (counts), precision, recall, f1 (0 to 1;
        missing if there was nothing to find and nothing was found), f1_low, f1_high (95 %
        bootstrap interval over the rows).
    missed, wrong : pandas.DataFrame
        Rows of the truth that were not found, and rows found that are not true.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="evaluation",
        title=Title("与真值相比", "Compared with the truth"),
        tables=(EVALUATION,),
    )

    missed: "pd.DataFrame"
    wrong: "pd.DataFrame"

    def f1(self, relation: str = _LINKS) -> float:
        """Return the F1 of a relation, or of all links."""
        return float(self.frame.set_index("relation")["f1"][relation])

    def _view(self) -> View:
        """Return the view of precision, recall and F1, with the interval."""
        return View(
            name=type(self).__name__,
            title="Compared with the truth",
            counts=(
                f"{len(self.missed):,} missed",
                f"{len(self.wrong):,} wrong",
            ),
            columns=(
                plain_column("relation", "relation"),
                number_column("found", "found"),
                number_column("true", "true"),
                number_column("correct", "correct"),
                number_column("precision", "precision", 3),
                number_column("recall", "recall", 3),
                number_column("F1", "f1", 3),
                ViewColumn("95 % interval", _interval_cells, "right"),
            ),
            rows=records(self.frame),
            total=len(self.frame),
            ways=(".table", ".missed", ".wrong", '.f1("links")'),
            method=self.method,
        )


def evaluate(comparison: _Comparison, truth: "pd.DataFrame | str | Path") -> Evaluation:
    """Compare a comparison with the truth.

    Precision is the share of what was found that is true, recall the share of what is true that was
    found, F1 their harmonic mean (van Rijsbergen 1979, Information Retrieval, chapter 7).

    Parameters
    ----------
    comparison : SectionAlignment or MeasureComparison
    truth : pandas.DataFrame, str or Path
        A table, or a CSV file with one: old_id and new_id, one of them empty for a new or
        dropped item, and relation or status. Rows with ``doubtful`` in a column
        *certainty* are ignored.

    Returns
    -------
    Evaluation

    Raises
    ------
    CrossplanError
        If a column is missing.

    Examples
    --------
    >>> import crossplan as cp
    >>> made = cp.evaluation.construct_predecessor(cp.load_plan("2026-2030"), seed=1)
    >>> found = cp.compare_measures(made.plan, made.successor)
    >>> cp.evaluation.evaluate(found, made.truth).f1("links") > 0.95
    True
    """
    found = _keyed(comparison.table, "the comparison")
    true = _keyed(_truth_table(truth), "the truth")
    if "certainty" in true:
        doubtful = true[true["certainty"] == "doubtful"]
        pairs = set(zip(doubtful["old_id"], doubtful["new_id"], strict=True))
        keep = [ids not in pairs for ids in zip(found["old_id"], found["new_id"], strict=True)]
        found, true = found[keep], true[true["certainty"] != "doubtful"]
    rows = [_scored(_LINKS, _linked(found), _linked(true))]
    relations = list(dict.fromkeys([*true["relation"], *found["relation"]]))
    rows += [
        _scored(name, _items(found, name), _items(true, name))
        for name in sorted(map(str, relations))
    ]
    everything = set(zip(true["old_id"], true["new_id"], true["relation"], strict=True))
    hits = set(zip(found["old_id"], found["new_id"], found["relation"], strict=True))
    return Evaluation(
        frame=EVALUATION.frame(rows),
        method=(
            f"Precision, recall and F1 with percentile bootstrap intervals ({_SAMPLES} samples, "
            f"seed {_SEED})."
        ),
        missed=true[[row not in hits for row in _triples(true)]].reset_index(drop=True),
        wrong=found[[row not in everything for row in _triples(found)]].reset_index(drop=True),
    )


def _truth_table(truth: "pd.DataFrame | str | Path") -> "pd.DataFrame":
    """Read a table of the truth, if it is not one yet."""
    import io

    import pandas as pd

    if isinstance(truth, pd.DataFrame):
        return truth
    _, text, _ = read_text(Path(truth))
    return pd.read_csv(io.StringIO(text), dtype="string")


def _keyed(table: "pd.DataFrame", name: str) -> "pd.DataFrame":
    """Return a table with the columns old_id, new_id and relation, without missing ids."""
    table = table.rename(columns={"status": "relation"})
    if missing := {"old_id", "new_id", "relation"} - set(table):
        raise CrossplanError(
            f"{name} has no column {', '.join(sorted(missing))}. It needs old_id, new_id, and "
            "relation or status."
        )
    return table.assign(old_id=table["old_id"].fillna(""), new_id=table["new_id"].fillna(""))


def _triples(table: "pd.DataFrame") -> list[tuple[Any, ...]]:
    """Return the rows of a table as ids and relation."""
    return list(zip(table["old_id"], table["new_id"], table["relation"], strict=True))


def _linked(table: "pd.DataFrame") -> set[tuple[str, str]]:
    """Return all pairs of a table."""
    return {(o, n) for o, n, _ in _triples(table) if o and n}


def _items(table: "pd.DataFrame", relation: str) -> set[tuple[str, str]]:
    """Return the rows of one relation."""
    return {(o, n) for o, n, kind in _triples(table) if kind == relation}


def _scored(
    relation: str, found: set[tuple[str, str]], true: set[tuple[str, str]]
) -> dict[str, Any]:
    """Return the scores of one relation as a row."""
    import numpy as np

    everything = sorted(found | true)
    is_found = np.array([item in found for item in everything], dtype=bool)
    is_true = np.array([item in true for item in everything], dtype=bool)
    row: dict[str, Any] = {
        "relation": relation,
        "found": len(found),
        "true": len(true),
        "correct": len(found & true),
        "precision": len(found & true) / len(found) if found else None,
        "recall": len(found & true) / len(true) if true else None,
    }
    if not everything:
        return row
    generator = np.random.default_rng(_SEED)
    weights = generator.multinomial(
        len(everything), np.full(len(everything), 1 / len(everything)), size=_SAMPLES
    )
    low, high = np.percentile(_f1(weights, is_found, is_true), _INTERVAL)
    exact = _f1(np.ones((1, len(everything))), is_found, is_true)
    return row | {"f1": float(exact[0]), "f1_low": float(low), "f1_high": float(high)}


def _f1(
    weights: "NDArray[Any]", is_found: "NDArray[np.bool_]", is_true: "NDArray[np.bool_]"
) -> "NDArray[np.float64]":
    """Compute F1 for each row of weights of the items."""
    correct = weights @ (is_found & is_true)
    result: NDArray[np.float64] = 2 * correct / (weights @ is_found + weights @ is_true).clip(min=1)
    return result


def _interval_cells(row: Record) -> Cells:
    """Return the interval of F1 as cells."""
    if row["f1_low"] is None:
        return number(None)
    return (Cell(f"{row['f1_low']:.3f}–{row['f1_high']:.3f}"),)
