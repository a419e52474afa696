"""The codebook describes every column of every table, and says what is true of it."""

from typing import get_args

import pandas as pd
import pytest
from results_folder import every_table

from crossplan.corpora.corpus import Corpus
from crossplan.languages.target_grammar import Comparator, Direction, TargetKind
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.links import Relation, Status
from crossplan.model.target import Polarity
from crossplan.pipeline.codebook import PLAN, TableKind, kind_of, table_kinds
from crossplan.targets.change import Ambition, Change, Reason
from crossplan.targets.links import MatchedBy
from crossplan.targets.witnesses import CHECKED
from crossplan.words.keyness import TermChange

KINDS = table_kinds()
# What the code may put into a column, as its own types tell.
POSSIBLE = {
    ("sections", "relation"): get_args(Relation),
    ("measures", "status"): get_args(Status),
    ("measure-steps", "status"): (*get_args(Status), "revived"),
    ("targets", "kind"): get_args(TargetKind),
    ("targets", "direction"): get_args(Direction),
    ("targets", "old_comparator"): get_args(Comparator),
    ("targets", "new_comparator"): get_args(Comparator),
    ("targets", "change"): get_args(Change),
    ("targets", "reason"): tuple(filter(None, get_args(Reason))),
    ("targets", "polarity"): get_args(Polarity),
    ("targets", "ambition"): get_args(Ambition),
    ("targets", "matched_by"): get_args(MatchedBy),
    ("target-trace", "comparator"): get_args(Comparator),
    ("disagreements", "field"): (*CHECKED, "indicator"),
    ("terms", "change"): get_args(TermChange),
    ("terms", "characters_change"): get_args(TermChange),
    ("terms", "plain_change"): get_args(TermChange),
}


@pytest.fixture(scope="module")
def tables(
    plans: Corpus, constructed_pair: ConstructedPredecessor
) -> dict[str, dict[str, pd.DataFrame]]:
    return every_table(plans, constructed_pair.plan, constructed_pair.successor)


def test_every_table_that_a_step_writes_is_known_by_its_columns(
    tables: dict[str, dict[str, pd.DataFrame]],
) -> None:
    known = {
        (name, kind_of(list(map(str, table))))
        for own in tables.values()
        for name, table in own.items()
    }
    assert known == {(name, kind) for kind, own in tables.items() for name in own}


def test_every_column_is_described_under_its_own_name_unless_a_plan_gave_it_its_name(
    tables: dict[str, dict[str, pd.DataFrame]], plans: Corpus
) -> None:
    undescribed = {
        column
        for kind, own in tables.items()
        for table in own.values()
        for column in map(str, table)
        if column not in KINDS[kind].columns
    }
    named_after_plans = {c for c in undescribed if c in plans or "constructed" in c}
    assert named_after_plans
    assert undescribed == named_after_plans


def test_the_codebook_describes_no_table_and_no_column_that_is_never_written(
    tables: dict[str, dict[str, pd.DataFrame]],
) -> None:
    assert tables.keys() == KINDS.keys()
    for kind, own in tables.items():
        there = {column for table in own.values() for column in table}
        assert KINDS[kind].columns.keys() - there <= {PLAN}, kind


def test_a_table_that_nobody_described_is_refused() -> None:
    with pytest.raises(LookupError, match="weather"):
        kind_of(["weather", "wind"])


@pytest.mark.parametrize(("kind", "column"), POSSIBLE)
def test_the_values_of_a_column_are_those_that_the_code_knows(kind: str, column: str) -> None:
    assert set(KINDS[kind].columns[column].choices) == set(POSSIBLE[kind, column])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_rows_and_columns_are_described_in_two_languages(kind: TableKind) -> None:
    described = [(kind.en, kind.zh), *((c.en, c.zh) for c in kind.columns.values())]
    for en, zh in described:
        assert en.endswith(".")
        assert en.isascii()
        assert zh.endswith("。")


def test_what_tells_rows_apart_is_described_and_always_there() -> None:
    for kind in KINDS.values():
        assert all(kind.columns[name].required for name in kind.key)
