"""Collate the texts that are stored for a plan, and choose which of them is read."""

from crossplan.acquisition.add import use_witness
from crossplan.acquisition.collation import collate

__all__ = ["collate", "use_witness"]
