"""Check the matching of measures: against a known truth, and between reviewers."""

from crossplan.matching.construction import construct_predecessor
from crossplan.matching.evaluation import evaluate

__all__ = ["construct_predecessor", "evaluate"]
