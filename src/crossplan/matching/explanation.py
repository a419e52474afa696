"""Why a pair was made or not: its evidence beside that of its rivals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossplan.errors import UnknownPassageError
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd

# A reader wants the pair, its rival, and a few more to see how far off the rest is.
CANDIDATES_SHOWN = 5


@dataclass(frozen=True, repr=False, eq=False)
class Explanation(Result):
    """The candidates for one passage or heading, best first.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per candidate: old_id, new_id, outcome (how the two were linked; empty
        where they were not), score (0 to 100), the parts of the score (0 to 1), old_text, new_text.
    about : str
        The id that was asked for.
    """

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
        return "\n".join(lines)


def explain(
    about: str,
    links: Result,
    outcome: str,
    candidates: "pd.DataFrame",
    texts: dict[str, str],
) -> Explanation:
    """Gather the best candidates for an id, those that were linked among them.

    Parameters
    ----------
    about : str
    links : Result
        A table with old_id, new_id and the column `outcome`.
    outcome : str
    candidates : pandas.DataFrame
        old_id, new_id, score and the parts of the score.
    texts : dict of str to str
        What to show for each id.

    Raises
    ------
    UnknownPassageError
        If nothing compared has the id.
    """
    if about not in texts:
        raise UnknownPassageError(about, about.partition("/")[0])
    rows = candidates[(candidates["old_id"] == about) | (candidates["new_id"] == about)]
    outcomes = dict(
        zip(
            zip(links.frame["old_id"], links.frame["new_id"], strict=True),
            links.frame[outcome],
            strict=True,
        )
    )
    rows = rows.assign(
        outcome=[outcomes.get(ids, "") for ids in zip(rows["old_id"], rows["new_id"], strict=True)],
        old_text=rows["old_id"].map(texts),
        new_text=rows["new_id"].map(texts),
    ).sort_values(["score", "old_id", "new_id"], ascending=[False, True, True])
    rows = rows[(rows["outcome"] != "") | (rows["score"].rank(ascending=False) <= CANDIDATES_SHOWN)]
    parts = [name for name in candidates if name not in {"old_id", "new_id", "score"}]
    columns = ["old_id", "new_id", "outcome", "score", *parts, "old_text", "new_text"]
    return Explanation(rows[columns].reset_index(drop=True), links.method, about)
