"""Explain why a pair was made or not, by its evidence and that of its rivals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from crossplan.display import (
    Cell,
    Record,
    View,
    ViewColumn,
    both_ids,
    chips,
    number_column,
    number_of,
    records,
    step,
    visible,
)
from crossplan.display.cells import both_sides
from crossplan.errors import UnknownPassageError
from crossplan.matching.tables import EXPLANATION
from crossplan.result import Result, ResultKind
from crossplan.tables import Title

if TYPE_CHECKING:
    import pandas as pd

# The pair, its rival, and a few more candidates for comparison.
_CANDIDATES_SHOWN = 5


@dataclass(frozen=True, repr=False, eq=False)
class Explanation(Result):
    """The candidates for one passage or heading, best first.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per candidate: old_id, new_id, outcome (how the two were linked; empty
        where they were not), score (0 to 100), the parts of the score (0 to 1), old_text, new_text.
    about : str
        The id of the explained passage or heading.
    """

    kind: ClassVar[ResultKind] = ResultKind(
        name="explanation", title=Title("缘由", "Why"), tables=(EXPLANATION,)
    )

    about: str

    def __repr__(self) -> str:
        lines = [f"{self.about}. {self.method}"]
        for row in self.frame.to_dict("records"):
            values = {k: v for k, v in row.items() if isinstance(v, float) and k != "score"}
            parts = ", ".join(f"{name} {value:.2f}" for name, value in values.items())
            outcome = row["outcome"] or "not linked"
            lines += [
                f"{outcome}: {row['old_id']} -> {row['new_id']}, {row['score']:.1f} ({parts})",
                f"  old: {row['old_text']}",
                f"  new: {row['new_text']}",
            ]
        return "\n".join(map(visible, lines))

    def _view(self) -> View:
        """Return the view of the candidates with the parts of their scores."""
        frame = self.frame
        known = {"old_id", "new_id", "outcome", "score", "old_text", "new_text"}
        parts = [str(name) for name in frame if name not in known]
        return View(
            name=type(self).__name__,
            title="Why",
            of=(Cell(self.about, "small"),),
            counts=(number_of(len(frame), "candidate"),),
            columns=(
                ViewColumn("outcome", lambda row: chips(row["outcome"] or "not linked")),
                number_column("score", "score"),
                ViewColumn("old and new", lambda row: step(*both_sides(row, "text"))),
                # In one cell: separate columns would leave no space for the texts.
                ViewColumn("parts", lambda row: (Cell(" · ".join(_part_words(row, parts))),)),
                ViewColumn("ids", both_ids),
            ),
            rows=records(frame),
            total=len(frame),
            ways=(".table",),
            method=self.method,
        )


def explain(
    about: str,
    links: Result,
    outcome: str,
    candidates: "pd.DataFrame",
    texts: dict[str, str],
) -> Explanation:
    """Return the best candidates for an id, including the linked ones.

    Parameters
    ----------
    about : str
    links : Result
        A table with old_id, new_id and the column `outcome`.
    outcome : str
    candidates : pandas.DataFrame
        old_id, new_id, score and the parts of the score.
    texts : dict of str to str
        The text shown for each id.

    Raises
    ------
    UnknownPassageError
        If no compared item has the id.
    """
    if about not in texts:
        raise UnknownPassageError(about, str(about).partition("/")[0])
    outcomes = dict(zip(_pairs(links.frame), links.frame[outcome], strict=True))
    # The runner-up of a pair may be a rival of the other one of the two.
    rivals = {
        pair
        for link in links.frame.dropna(subset=["old_id", "new_id", "runner_up"]).itertuples()
        if about in {link.old_id, link.new_id}
        for pair in ((link.old_id, link.runner_up), (link.runner_up, link.new_id))
    }
    rows = candidates[[about in pair or pair in rivals for pair in _pairs(candidates)]]
    rows = rows.assign(
        outcome=[outcomes.get(pair, "") for pair in _pairs(rows)],
        old_text=rows["old_id"].map(texts),
        new_text=rows["new_id"].map(texts),
    ).sort_values(["score", "old_id", "new_id"], ascending=[False, True, True])
    shown = rows["score"].rank(ascending=False) <= _CANDIDATES_SHOWN
    shown |= rows["outcome"] != ""
    rows = rows[[ours or pair in rivals for ours, pair in zip(shown, _pairs(rows), strict=True)]]
    parts = [name for name in candidates if name not in {"old_id", "new_id", "score"}]
    columns = ["old_id", "new_id", "outcome", "score", *parts, "old_text", "new_text"]
    return Explanation(EXPLANATION.typed(rows[columns].reset_index(drop=True)), links.method, about)


def _pairs(table: "pd.DataFrame") -> list[tuple[str, str]]:
    """Return the ids of each row."""
    return list(zip(table["old_id"], table["new_id"], strict=True))


def _part_words(row: Record, parts: list[str]) -> list[str]:
    """Return the parts of a score that are not zero, each with its name."""
    return [f"{part} {row[part]:.2f}" for part in parts if row[part]]
