"""Where the project and what the tests compare with are found."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ANALYSES = ROOT / "analyses"
# What readers hold for true, and tables and pages that are to stay as they are.
GOLD = ROOT / "tests" / "gold"
GOLDEN = ROOT / "tests" / "golden"
# The texts of others, which are not in this repository.
TRIAL = ROOT.parent / "shared" / "data" / "trial"
