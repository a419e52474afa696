"""How well targets are read.

Questions: how many of the figures that a reader found in the fifth plan are read, and
how many are read that are none, field by field; and how many headline targets and how many
achievements of government work reports.

Run: ``python benchmarks/target_extraction.py`` in an environment with crossplan. The
reports are not in this repository; without them only the plan is scored.
"""

import sys
from pathlib import Path

import pandas as pd

import crossplan as cp

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
import material
from target_gold import rows, scores


def plan_scores() -> None:
    """Print precision and recall for the fifth plan."""
    gold = [row for row in rows("figures-2026-2030.csv") if row["target"] == "yes"]
    print("| field | right | in the text | read | precision | recall |")
    print("| --- | --- | --- | --- | --- | --- |")
    for field, score in scores(cp.extract_targets(cp.load_plan("2026-2030")).targets, gold).items():
        print(
            f"| {field} | {score.right} | {score.true} | {score.read} "
            f"| {score.precision:.3f} | {score.recall:.3f} |"
        )


def report_scores() -> None:
    """Print how many headline targets are read, and how many achievements with them."""
    headline, past = rows("headline-targets.csv"), rows("achievements.csv")
    print("\n| report | headline targets | read | achievements | taken for targets | targets |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in sorted({row["text"] for row in headline}):
        path = material.REPORTS / f"{name}.txt"
        if not path.exists():
            continue
        table = cp.extract_targets(path.read_text(encoding="utf-8")).table
        wanted = [row for row in headline if row["text"] == name]
        told = [row for row in past if row["text"] == name]
        read = sum(there(table, row) for row in wanted)
        taken = sum(there(table, row) for row in told)
        print(f"| {name} | {len(wanted)} | {read} | {len(told)} | {taken} | {len(table)} |")


def there(table: pd.DataFrame, row: dict[str, str]) -> bool:
    """Tell whether a table has the figure of a row."""
    same = table["indicator"].str.endswith(row["indicator"])
    same &= (table["value"] == float(row["value"])) & (table["unit"] == row["unit"])
    if "comparator" in row:
        same &= table["comparator"] == row["comparator"]
    if row.get("value_upper"):
        same &= table["value_upper"] == float(row["value_upper"])
    return bool(same.any())


if __name__ == "__main__":
    plan_scores()
    report_scores()
