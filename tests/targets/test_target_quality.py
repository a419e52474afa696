"""How well targets are read: the fifth plan whole, and reports by what they are known for."""

from collections.abc import Iterator

import material
import pandas as pd
import pytest
from target_gold import rows, scores

import crossplan as cp
from crossplan.languages.chinese.quantities import find_quantities
from crossplan.model import Plan

FIGURES = rows("figures-2026-2030.csv")
TRUE = [row for row in FIGURES if row["target"] == "yes"]


def test_the_gold_points_into_the_text(fifth: Plan) -> None:
    for row in FIGURES:
        passage = fifth.passage(row["measure_id"])
        assert row["printed"] in passage.text, row  # type: ignore[union-attr]


def test_the_gold_has_every_arabic_figure(fifth: Plan) -> None:
    for section in (fifth.introduction, *fifth.headings):
        for passage in section.passages or ():
            known = "".join(r["printed"] for r in FIGURES if r["measure_id"] == passage.id)
            for quantity in find_quantities(passage.text):
                printed = passage.text[quantity.start : quantity.end]
                assert printed in known, (passage.id, printed)


def test_every_target_of_the_fifth_plan_is_read_and_nothing_else(fifth: Plan) -> None:
    result = scores(cp.extract_targets(fifth).targets, TRUE)
    assert len(TRUE) == 77
    for field, score in result.items():
        assert score.precision == score.recall == 1.0, (field, score)


HEADLINES, ACHIEVEMENTS = rows("headline-targets.csv"), rows("achievements.csv")


def with_targets(
    gold: list[dict[str, str]], text: str
) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Give the gold rows of a report, each with the targets read of that value and unit."""
    path = material.REPORTS / f"{text}.txt"
    if not path.exists():
        pytest.skip("the report is not at hand")
    table = cp.extract_targets(path.read_text(encoding="utf-8")).table
    for row in gold:
        if row["text"] == text:
            same = (table["value"] == float(row["value"])) & (table["unit"] == row["unit"])
            yield row, table[same]


@pytest.mark.parametrize("text", sorted({row["text"] for row in HEADLINES}))
def test_headline_targets_of_reports_are_read(text: str) -> None:
    for row, table in with_targets(HEADLINES, text):
        same = table[
            (table["indicator"] == row["indicator"]) & (table["comparator"] == row["comparator"])
        ]
        assert len(same), row
        if row["value_upper"]:
            assert same["value_upper"].iloc[0] == float(row["value_upper"])


@pytest.mark.parametrize("text", sorted({row["text"] for row in ACHIEVEMENTS}))
def test_achievements_of_the_past_are_not_taken_for_targets(text: str) -> None:
    for row, table in with_targets(ACHIEVEMENTS, text):
        assert not table["indicator"].str.endswith(row["indicator"]).any(), row
