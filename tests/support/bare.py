"""What the bare install must do, done without all that it does not bring.

A script for a process of its own: it is given the names of modules, which are then as if they
were not installed, and the address of a copy of the fifth plan.
"""

import json
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from paths import ANALYSES

absent, address = json.loads(sys.argv[1]), sys.argv[2]


class Bare(PathFinder):
    """Finds what the bare install brings."""

    @classmethod
    def find_spec(
        cls,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        return None if fullname in absent else super().find_spec(fullname, path, target)


sys.meta_path[:] = [Bare if finder is PathFinder else finder for finder in sys.meta_path]

import crossplan as cp  # noqa: E402
from crossplan.cli import main  # noqa: E402

ANALYSIS = ANALYSES / "targets-2009-2030.toml"


def refusal(call: Callable[[], object]) -> str:
    """Return why something is not done that an extra does."""
    try:
        call()
    except cp.errors.MissingExtraError as error:
        return str(error)
    return "it was done"


def run_with_parquet() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "asked.toml"
        text = ANALYSIS.read_text(encoding="utf-8")
        path.write_text(f'{text}\n[outputs]\ntables = ["parquet"]\n', encoding="utf-8")
        cp.run_analysis(path)


plans = cp.load_plans()
fifth = plans["2026-2030"]
old = cp.evaluation.construct_predecessor(fifth, seed=1).plan
words = cp.term_frequencies(fifth)
together = cp.cooccurrence(fifth)
together.plot()
found = {
    "plans": len(plans),
    "sections": len(cp.align_sections(old, fifth).table),
    "targets": len(cp.compare_targets(old, fifth).table),
    "terms": len(cp.compare_terms(old, fifth).table),
    "report": cp.report(cp.Corpus([old, fifth])).html[:15],
    "missing": cp.fetch_plans(fifth.id, addresses=address, again=True).missing,
    "cloud": refusal(words.plot_cloud),
    "fast": refusal(lambda: cp.WordOptions(segmenter="rjieba").for_plans([fifth])),
    "graph": refusal(lambda: together.graph),
    "parquet": refusal(run_with_parquet),
}
json.dump(found, sys.stdout)
main(["notebook", "1"])
