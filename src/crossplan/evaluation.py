"""Measure how well measures are matched, against a known truth."""

from crossplan.matching.construction import construct_predecessor
from crossplan.matching.evaluation import evaluate

__all__ = ["construct_predecessor", "evaluate"]
