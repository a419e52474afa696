"""Read other documents as plans or as a corpus, or make a series of them."""

from crossplan.guessing.new_series import new_series
from crossplan.guessing.numbering import PlanMarks
from crossplan.guessing.plan_of_file import paragraphs_as_measures
from crossplan.guessing.reading import read_plans
from crossplan.matching.large_corpora.all_pairs import compare_all_measures

__all__ = [
    "PlanMarks",
    "compare_all_measures",
    "new_series",
    "paragraphs_as_measures",
    "read_plans",
]
