"""Every table of a result is what its class declares, and means what it says."""

import importlib
import io
import pkgutil
import re
import warnings
from collections.abc import Iterator
from typing import Any, get_args

import pandas as pd
import pytest
import results
from pandas.api.types import is_numeric_dtype
from paths import ROOT

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching import tables as evaluation_tables
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model.section import HEADINGS, PASSAGES
from crossplan.pipeline.declaration import AnyStep
from crossplan.result import Result
from crossplan.tables import PLANS, Table
from crossplan.words.tables import TERMS

DOCS = ROOT / "docs"
DTYPES = {"string", "float64", "int64", "Int64", "bool", "boolean"}
# A name that means a text in one table and a number in another, or two kinds of number. What
# is one thing has one type.
HOMONYMS = {
    "characters": "how many, and the likeness of those of two texts",
    "found": "how many, and whether a heading was",
    "left": "the words before a match, and how often a word stands before another",
    "outcome": "the value reached, and what became of a candidate or of fetching",
    "place": "where a finding is, and how close two headings stand",
    "right": "the words behind a match, and how often a word stands behind another",
    "section": "the id of a section, and its number in its chapter",
    "text": "the text of a measure, and the likeness of two texts",
    "title": "that of a heading, and the likeness of two of them",
    "words": "how many, and those that a candidate is cut into",
}


def classes(base: type[Result] = Result) -> Iterator[type[Result]]:
    """Every class of results of the library."""
    for module in pkgutil.walk_packages(cp.__path__, "crossplan."):
        if module.name != "crossplan.__main__":
            importlib.import_module(module.name)
    for one in base.__subclasses__():
        if one.__module__.startswith("crossplan."):
            yield one
            yield from classes(one)


CLASSES = {one.__name__: one for one in classes()}
DECLARED = {
    f"{name} {table.name}".rstrip(): table
    for name, one in CLASSES.items()
    for table in one.kind.tables
} | {
    "headings of a plan": HEADINGS,
    "measures of a plan": PASSAGES,
    "truth": evaluation_tables.TRUTH,
}


@pytest.fixture(scope="module")
def every_result(
    plans: Corpus,
    constructed_pair: ConstructedPredecessor,
    paragraphs: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Result]:
    old, new = constructed_pair.plan, constructed_pair.successor
    folder = tmp_path_factory.mktemp("results")
    shown = results.of_plans(plans) | results.of_pair(old, new, constructed_pair.truth)
    shown |= results.of_files(folder, paragraphs)
    pair = Corpus([old, new])
    run = cp.run_analysis(DOCS.parent / "analyses" / "targets-2009-2030.toml")
    saved = run.save(folder / "targets-2009-2030")
    check = cp.check_analysis(DOCS.parent / "analyses" / "targets-2009-2030.toml", saved)
    others = [cp.any_plan.compare_all_measures(pair), run, check, cp.compare_measures(new, new)]
    return [one for one in (*shown.values(), *others) if isinstance(one, Result)]


@pytest.fixture(scope="module")
def frames(every_result: list[Result]) -> list[tuple[str, Table, pd.DataFrame]]:
    return [
        (f"{type(result).__name__} {table.name}", table, result.to_frames()[table.name])
        for result in every_result
        for table in result.declared_tables
    ]


def names_of(table: Table, frame: pd.DataFrame) -> list[str]:
    """The declared names, with those of the plans, and the optional ones that are there."""
    plans = [str(name) for name in frame if str(name) not in table.columns]
    there = [name for name in table.columns if name in frame]
    return table.names(plans, optional=there)


@pytest.mark.slow
def test_every_class_of_results_is_here(every_result: list[Result]) -> None:
    assert {type(one) for one in every_result} == set(CLASSES.values())
    assert len({one.kind.name for one in CLASSES.values()}) == len(CLASSES)


@pytest.mark.slow
def test_every_table_is_as_it_is_declared(
    frames: list[tuple[str, Table, pd.DataFrame]],
) -> None:
    for name, table, frame in frames:
        assert list(map(str, frame)) == names_of(table, frame), name
        types = {str(column): str(dtype) for column, dtype in frame.dtypes.items()}
        assert types == {column: table.column(column).dtype for column in types}, name
        for column in types:
            declared = table.column(column)
            values = frame[column].dropna()
            assert not declared.required or len(values) == len(frame), (name, column)
            assert not declared.choices or set(values) <= {*declared.choices, ""}, (name, column)
            assert declared.least is None or (values >= declared.least).all(), (name, column)
            assert declared.most is None or (values <= declared.most).all(), (name, column)
        for key in [list(table.key)] if table.key else []:
            assert not frame.duplicated(key).any(), name


@pytest.mark.slow
def test_the_first_table_is_that_of_the_result(every_result: list[Result]) -> None:
    for result in every_result:
        pd.testing.assert_frame_equal(result.to_frames()[""], result.table)


@pytest.mark.parametrize("table", DECLARED.values(), ids=DECLARED)
def test_a_table_without_rows_has_its_columns_and_types(table: Table) -> None:
    optional = [name for name, column in table.columns.items() if column.optional]
    empty = table.frame([], ["2026-2030"], optional=optional)
    assert list(empty) == names_of(table, empty)
    assert {str(dtype) for dtype in empty.dtypes} <= DTYPES
    assert not len(empty)


def test_one_thing_has_one_type_in_every_table() -> None:
    types: dict[str, set[str]] = {}
    for table in DECLARED.values():
        for name, column in table.columns.items():
            if name != PLANS:
                types.setdefault(name, set()).add(column.dtype)
    several = {name for name, dtypes in types.items() if len(dtypes) > 1}
    assert several == HOMONYMS.keys()


def test_figures_are_numbers_and_counts_are_whole() -> None:
    for name, table in DECLARED.items():
        for column in table.columns.values():
            assert column.dtype in DTYPES, name
            limited = column.least is not None or column.most is not None
            assert not limited or is_numeric_dtype(pd.Series(dtype=column.dtype)), name


@pytest.mark.parametrize("table", DECLARED.values(), ids=DECLARED)
def test_rows_and_columns_are_described_in_two_languages(table: Table) -> None:
    described = [(table.en, table.zh), *((c.en, c.zh) for c in table.columns.values())]
    for en, zh in described:
        assert en.endswith(".")
        assert en.isascii()
        assert zh.endswith("。")
    # The title of one beside the first is added to that of the result.
    assert bool(table.name) == bool(table.title.en) == bool(table.title.zh)
    assert all(table.columns[name].required for name in table.key if table.name != "findings")


@pytest.mark.slow
def test_tables_merge_on_what_they_have_in_common(
    frames: list[tuple[str, Table, pd.DataFrame]],
) -> None:
    ids = (
        "id",
        "old_id",
        "new_id",
        "plan",
        "old_plan",
        "new_plan",
        "term",
        "lineage",
        "measure_id",
    )
    for key in ids:
        having = [frame.head(5) for _, _, frame in frames if key in frame]
        for one in having:
            merged = having[0].merge(one, on=key, how="outer", suffixes=("", "_other"))
            assert str(merged[key].dtype) == "string"


@pytest.mark.slow
def test_tables_are_written_and_read_in_every_form(
    frames: list[tuple[str, Table, pd.DataFrame]],
) -> None:
    for name, _, frame in frames:
        few = frame.head(20)
        types = few.dtypes.to_dict()
        text = few.to_csv(index=False)
        assert list(pd.read_csv(io.StringIO(text))) == list(map(str, few)), name
        whole = io.BytesIO()
        few.to_parquet(whole)
        pd.testing.assert_frame_equal(pd.read_parquet(whole).astype(types), few)
        book = io.BytesIO()
        few.to_excel(book, index=False)
        assert len(pd.read_excel(book)) == len(few), name
        written = few.to_json(orient="records", force_ascii=False)
        if len(few):
            read = pd.read_json(io.StringIO(written), dtype=False)
            pd.testing.assert_frame_equal(read.astype(types), few, check_exact=False)
        write_for_stata(few)


def write_for_stata(frame: pd.DataFrame) -> None:
    """Write a table for Stata, with texts of any length."""
    texts = [name for name, dtype in frame.dtypes.items() if str(dtype) == "string"]
    with warnings.catch_warnings():
        # Stata has no column ``end`` or ``2026-2030``; pandas says what it calls them.
        warnings.simplefilter("ignore", pd.errors.InvalidColumnName)
        frame.to_stata(io.BytesIO(), write_index=False, version=118, convert_strl=texts)


def columns_in_docstrings(one: type[Result]) -> set[str]:
    """Every word in the docstrings of a class and of the properties that have its tables."""
    bases = [base for base in one.__mro__ if issubclass(base, Result) and base is not Result]
    beside = [getattr(one, table.name, None) for table in one.kind.tables if table.name]
    return set(re.findall(r"\w+", " ".join(each.__doc__ or "" for each in (*bases, *beside))))


@pytest.mark.parametrize("one", CLASSES.values(), ids=CLASSES)
def test_docstrings_name_every_column(one: type[Result]) -> None:
    own = {id(other.kind.tables[0].columns) for other in CLASSES.values() if other is not one}
    words = columns_in_docstrings(one)
    for table in one.kind.tables:
        # A table that is that of another class is described there.
        if not (table.name and id(table.columns) in own):
            always = {name for name, c in table.columns.items() if not c.optional} - {PLANS}
            assert always <= words, table.name


@pytest.mark.parametrize("one", CLASSES.values(), ids=CLASSES)
def test_docstrings_name_no_column_that_is_not_there(one: type[Result]) -> None:
    listed = re.search(r"    table : pandas\.DataFrame\n((?:        .*\n)+)", one.__doc__ or "")
    named = set(re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", listed[1] if listed else ""))
    columns = {name for table in one.kind.tables for name in table.columns}
    assert named <= columns | {"compare_measures"}


def test_the_pages_name_columns_that_are_there() -> None:
    page = (DOCS / "words.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for cell in rows for name in re.findall(r"`([a-z0-9_]+)`", cell)}
    assert {"g2", "old_juilland_d", "log_odds_z"} <= named & TERMS.columns.keys()
    every = {name for table in DECLARED.values() for name in table.columns}
    assert {name for name in named if "_" in name} <= every | {"stop_words"}


@pytest.mark.slow
def test_the_glossary_has_every_column(every_result: list[Result]) -> None:
    for result in every_result:
        glossary = result.columns_explained
        assert set(glossary["table"]) == {table.name for table in result.declared_tables}
        assert (
            glossary[["column", "dtype", "meaning_en", "meaning_zh"]].map(len).gt(0).all(axis=None)
        )


def test_each_step_declares_what_its_result_is() -> None:
    kinds: dict[str, Any] = {step.__name__: step.kind for step in get_args(AnyStep)}
    assert {name for name, kind in kinds.items() if kind is None} == {"ReportStep"}
    declared = {id(one.kind) for one in CLASSES.values()}
    assert all(id(kind) in declared for kind in kinds.values() if kind is not None)
