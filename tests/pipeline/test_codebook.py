"""The declarations of tables describe every column, and say what is true of it."""

from typing import get_args

import pytest
from results_folder import every_table

from crossplan.corpora.corpus import Corpus
from crossplan.languages.language import Comparator, Direction, TargetKind
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.links import Relation, Status
from crossplan.matching.tables import MEASURE_STEPS, MEASURES, SECTIONS
from crossplan.model.target import Polarity
from crossplan.pipeline.declaration import AnyStep
from crossplan.pipeline.rendering import MadeTable
from crossplan.tables import PLANS, Table
from crossplan.targets.change import Ambition, Change, Reason
from crossplan.targets.links import MatchedBy
from crossplan.targets.tables import DISAGREEMENTS, TARGET_CHANGES, TARGET_TRACE
from crossplan.targets.witnesses import CHECKED
from crossplan.words.keyness import TermChange
from crossplan.words.tables import TERMS

# What the code may put into a column, as its own types tell.
POSSIBLE = [
    (SECTIONS, "relation", get_args(Relation)),
    (MEASURES, "status", get_args(Status)),
    (MEASURE_STEPS, "status", (*get_args(Status), "revived")),
    (TARGET_CHANGES, "kind", get_args(TargetKind)),
    (TARGET_CHANGES, "direction", get_args(Direction)),
    (TARGET_CHANGES, "old_comparator", get_args(Comparator)),
    (TARGET_CHANGES, "new_comparator", get_args(Comparator)),
    (TARGET_CHANGES, "change", get_args(Change)),
    (TARGET_CHANGES, "reason", tuple(filter(None, get_args(Reason)))),
    (TARGET_CHANGES, "polarity", get_args(Polarity)),
    (TARGET_CHANGES, "ambition", get_args(Ambition)),
    (TARGET_CHANGES, "matched_by", get_args(MatchedBy)),
    (TARGET_TRACE, "comparator", get_args(Comparator)),
    (DISAGREEMENTS, "field", (*CHECKED, "indicator")),
    (TERMS, "change", get_args(TermChange)),
    (TERMS, "characters_change", get_args(TermChange)),
    (TERMS, "plain_change", get_args(TermChange)),
]


@pytest.fixture(scope="module")
def tables(plans: Corpus, constructed_pair: ConstructedPredecessor) -> dict[str, MadeTable]:
    return every_table(plans, constructed_pair.plan, constructed_pair.successor)


def test_every_column_is_described_under_its_own_name_unless_a_plan_gave_it_its_name(
    tables: dict[str, MadeTable], plans: Corpus
) -> None:
    undescribed = {
        column
        for declared, frame in tables.values()
        for column in map(str, frame)
        if column not in declared.columns
    }
    named_after_plans = {c for c in undescribed if c in plans or "constructed" in c}
    assert named_after_plans
    assert undescribed == named_after_plans


def test_no_table_and_no_column_is_declared_that_is_never_written(
    tables: dict[str, MadeTable],
) -> None:
    written = {table for step in get_args(AnyStep) if step.kind for table in step.kind.tables}
    there: dict[int, set[str]] = {}
    for declared, frame in tables.values():
        there.setdefault(id(declared), set()).update(map(str, frame))
    for declared in (table for table in written if table.written):
        assert declared.columns.keys() - there[id(declared)] <= {PLANS}, declared.en


@pytest.mark.parametrize(("table", "column", "possible"), POSSIBLE)
def test_the_values_of_a_column_are_those_that_the_code_knows(
    table: Table, column: str, possible: tuple[str, ...]
) -> None:
    assert set(table.columns[column].choices) == set(possible)
