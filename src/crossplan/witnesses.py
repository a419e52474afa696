"""Collate the stored texts of a plan, and choose the one that is read."""

from crossplan.acquisition.add import use_witness
from crossplan.acquisition.collation import collate

__all__ = ["collate", "use_witness"]
