"""Evaluate the matching of measures against known links."""

from crossplan.matching.construction import construct_predecessor
from crossplan.matching.evaluation import evaluate

__all__ = ["construct_predecessor", "evaluate"]
