"""``python -m benchmarks``: all questions, and their answers as one table."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import growth, guessing, measures, sections, start_up, targets, terms
from benchmarks.forecast import forecast
from benchmarks.pages import DOCS, answers, write
from benchmarks.rivals import Rivals
from benchmarks.setting import Setting, quick
from benchmarks.timing import machine
from crossplan.progress import steps

QUESTIONS = (start_up, sections, measures, terms, targets, guessing, growth)
RESULTS = Path(__file__).with_name("results.json")


def arguments() -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run: its times mean nothing")
    parser.add_argument("--rivals", type=Path, help="the Python with which rivals are installed")
    parser.add_argument(
        "--documents",
        type=int,
        default=1000,
        help="size of the largest corpus; 300 takes half as long (default: %(default)s)",
    )
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name} as well")
    parser.add_argument("--page", action="store_true", help="write the pages of docs/ as well")
    return parser.parse_args()


def main() -> None:
    """Ask all questions and print the answers; end with 1 where a limit is passed."""
    given = arguments()
    # What was kept from an earlier run would not be measured.
    os.environ["CROSSPLAN_CACHE"] = "off"
    sizes = (10, 100, given.documents)
    setting = quick() if given.quick else Setting(Rivals(given.rivals), sizes=sizes)
    rows = [row for question in steps(QUESTIONS, "questions") for row in question.rows(setting)]
    print(answers(rows))
    if given.save:
        results = {"machine": machine(), "rows": [asdict(row) for row in rows]}
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    if given.page:
        write(DOCS / "benchmarks.md", answers(rows))
        write(DOCS / "explanation" / "ten-thousand-plans.md", forecast(setting))
    if not given.quick and any(row.held is False for row in rows):
        sys.exit("a limit is passed")


if __name__ == "__main__":
    main()
