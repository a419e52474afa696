"""Agreement of the machine and reviewers on which measures are the same."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

from crossplan.display import View, number_column, number_of, quoted_column, records
from crossplan.matching.tables import AGREEMENT, CODER_DISAGREEMENTS
from crossplan.result import ROWS_SHOWN, Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import pandas as pd

    from crossplan.pairing.decisions import Decisions

    IdPair = tuple[str | None, str | None]
    Labels = Mapping[IdPair, bool]


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
        there is nothing to set apart from chance.
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
