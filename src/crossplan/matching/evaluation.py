"""Evaluate a comparison against the truth, or against links made by hand."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from crossplan.corpora.encoding import read_text
from crossplan.display import (
    Cell,
    Cells,
    Column,
    Record,
    View,
    number,
    number_column,
    plain_column,
    records,
)
from crossplan.errors import CrossplanError
from crossplan.matching.tables import EVALUATION
from crossplan.result import Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

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
                Column("95 % interval", _interval_cells, "right"),
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
