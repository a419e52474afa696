"""Which measures of one plan went on into another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from crossplan.frames import typed_frame
from crossplan.matching.assignment import Link, assign, link, similarity
from crossplan.model import Measure, Plan
from crossplan.result import Result

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["kept", "revised", "new", "dropped"]

# Below half of the characters in common, in order, two measures of one field of
# policy share little but its stock phrases.
MINIMUM_SCORE = 50.0
COLUMNS = {
    "old_id": "string",
    "new_id": "string",
    "status": "string",
    "moved": "boolean",
    "score": "float64",
    "old_text": "string",
    "new_text": "string",
    "old_section": "string",
    "new_section": "string",
    "decided_by": "string",
}


@dataclass(frozen=True, repr=False, eq=False)
class MeasureComparison(Result):
    """Measures of two plans, matched; made by :func:`compare_measures`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per pair, per new and per dropped measure: old_id, new_id, status,
        moved (the title of its section changed), score (0 to 100), old_text,
        new_text, old_section, new_section, decided_by.
    old_plan, new_plan : Plan
        The plans that were compared.
    """

    old_plan: Plan
    new_plan: Plan

    @property
    def kept(self) -> "pd.DataFrame":
        """Measures that are the same to the character."""
        return self._with("kept")

    @property
    def revised(self) -> "pd.DataFrame":
        """Measures that went on in other words."""
        return self._with("revised")

    @property
    def new(self) -> "pd.DataFrame":
        """Measures without a predecessor."""
        return self._with("new")

    @property
    def dropped(self) -> "pd.DataFrame":
        """Measures without a successor."""
        return self._with("dropped")

    def _with(self, status: str) -> "pd.DataFrame":
        return self.frame[self.frame["status"] == status].reset_index(drop=True)


def compare_measures(old: Plan, new: Plan) -> MeasureComparison:
    """Match the measures of two plans by the likeness of their texts.

    Texts are compared with rapidfuzz and paired one to one, so that the sum of the
    scores is highest. A measure rewritten in other words shows as dropped and new.

    Parameters
    ----------
    old, new : Plan
        Both with text.

    Returns
    -------
    MeasureComparison

    Raises
    ------
    MissingTextError
        If the text of a plan is not at hand.

    Examples
    --------
    >>> import crossplan as cp
    >>> plan = cp.load_plan("2026-2030")
    >>> len(cp.compare_measures(plan, plan).kept)
    203
    """
    pairs = assign(
        similarity([m.text for m in old.measures], [m.text for m in new.measures]),
        MINIMUM_SCORE,
    )
    links = list(link(old.measures, new.measures, pairs))
    old_sections, new_sections = section_titles(old), section_titles(new)
    return MeasureComparison(
        frame=typed_frame((row(found, old_sections, new_sections) for found in links), COLUMNS),
        method=(
            "Texts by rapidfuzz ratio over characters, paired one to one from a score "
            f"of {MINIMUM_SCORE:g}."
        ),
        old_plan=old,
        new_plan=new,
    )


def row(
    found: Link[Measure], old_sections: dict[str, str], new_sections: dict[str, str]
) -> dict[str, Any]:
    """Give a link as a row of the table."""
    before, after = found.old, found.new
    old_section = old_sections[before.id] if before else None
    new_section = new_sections[after.id] if after else None
    return {
        "old_id": before and before.id,
        "new_id": after and after.id,
        "status": status_of(before, after),
        "moved": old_section != new_section if before and after else None,
        "score": found.score,
        "old_text": before and before.text,
        "new_text": after and after.text,
        "old_section": old_section,
        "new_section": new_section,
        "decided_by": "rule",
    }


def status_of(old: Measure | None, new: Measure | None) -> Status:
    """Tell what became of a measure."""
    if old is None:
        return "new"
    if new is None:
        return "dropped"
    return "kept" if old.text == new.text else "revised"


def section_titles(plan: Plan) -> dict[str, str]:
    """Give the title of its section, or chapter, for each measure."""
    return {m.id: heading.title for heading in plan.headings for m in heading.own_measures}
