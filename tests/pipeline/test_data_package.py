"""The folder of results as a data package, read by the library of those who made the standard."""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from results_folder import PLAIN, SHIPPED, every_table, write_results

from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.manifest import PACKAGE, Input
from crossplan.pipeline.rendering import MadeTable
from crossplan.pipeline.running import run_analysis
from crossplan.words.tables import APPEARANCES


def frictionless() -> Any:
    """Import frictionless, which takes as long as all other imports together."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

    return frictionless


SHEET = pd.DataFrame(
    {
        "term": pd.array(["人权", 'a "quoted", term', "two\nlines"], dtype="string"),
        "first": pd.array(["2021-2025", None, "2026-2030"], dtype="string"),
        "last": pd.array(["2026-2030", None, "2026-2030"], dtype="string"),
        "plans": [2, 0, 1],
        "unknown": pd.array(["", "2009-2010", ""], dtype="string"),
    }
)


def faults(folder: Path) -> list[str]:
    """Give the kinds of faults that frictionless finds."""
    report = frictionless().validate(str(folder / PACKAGE))
    found = [str(fault[0]) for fault in report.flatten(["type"])]
    assert report.valid == (not found)
    return found


def package_of(folder: Path) -> dict[str, Any]:
    """Read the package as JSON."""
    read: dict[str, Any] = json.loads((folder / PACKAGE).read_bytes())
    return read


def change_package(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the package says of its first table."""
    package = package_of(folder)
    change(package["resources"][0])
    (folder / PACKAGE).write_text(json.dumps(package), encoding="utf-8")


def field_of(resource: dict[str, Any], name: str) -> dict[str, Any]:
    """Give what a resource says of a column."""
    found: dict[str, Any] = next(f for f in resource["schema"]["fields"] if f["name"] == name)
    return found


@pytest.fixture(scope="module")
def everything(
    tmp_path_factory: pytest.TempPathFactory,
    plans: Corpus,
    constructed_pair: ConstructedPredecessor,
) -> Path:
    """A folder with every table that a step may write."""
    folder = tmp_path_factory.mktemp("everything")
    write_results(folder, every_table(plans, constructed_pair.plan, constructed_pair.successor))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small table."""
    write_results(tmp_path, {"appearances": MadeTable(APPEARANCES, SHEET)})
    return tmp_path


@pytest.mark.slow
def test_every_table_is_what_its_schema_says(everything: Path) -> None:
    assert faults(everything) == []


@pytest.mark.slow
def test_the_results_of_an_analysis_are_what_their_package_says(tmp_path: Path) -> None:
    folder = run_analysis(SHIPPED).save(tmp_path / "targets")
    assert faults(folder) == []
    names = {resource["name"] for resource in package_of(folder)["resources"]}
    assert names >= {"history", "history-grid", "from-2016", "figures/history.svg"}
    table = folder / "tables" / "from-2016.csv"
    table.write_bytes(table.read_bytes().replace(b"lowered", b"Lowered", 1))
    assert "hash-count" in faults(folder)


def test_a_small_table_with_quotes_and_lines_is_valid_too(folder: Path) -> None:
    assert faults(folder) == []
    assert SHEET.equals(pd.read_parquet(folder / "tables/appearances.parquet"))


@pytest.mark.parametrize(
    "path", ["tables/appearances.csv", "figures/figure.svg", "reports/report.html"]
)
def test_a_file_of_which_one_byte_changed_is_found_out(folder: Path, path: str) -> None:
    data = bytearray((folder / path).read_bytes())
    data[-2] ^= 1
    (folder / path).write_bytes(data)
    assert "hash-count" in faults(folder)


def test_a_file_that_is_missing_is_found_out(folder: Path) -> None:
    (folder / "tables/appearances.csv").unlink()
    assert "scheme-error" in faults(folder)


@pytest.mark.parametrize(
    ("name", "wrong"), [("term", "integer"), ("first", "number"), ("unknown", "boolean")]
)
def test_a_wrong_type_in_the_schema_does_not_hold(folder: Path, name: str, wrong: str) -> None:
    change_package(folder, lambda resource: field_of(resource, name).update(type=wrong))
    assert "type-error" in faults(folder)


@pytest.mark.parametrize(
    ("name", "constraint"),
    [
        ("first", {"required": True}),
        ("first", {"enum": ["2021-2025"]}),
        ("plans", {"minimum": 1}),
        ("plans", {"maximum": 1}),
    ],
)
def test_a_wrong_constraint_does_not_hold(
    folder: Path, name: str, constraint: dict[str, Any]
) -> None:
    change_package(folder, lambda r: field_of(r, name).update(constraints=constraint))
    assert set(faults(folder)) == {"constraint-error"}


def test_rows_that_are_not_apart_are_found_out(folder: Path) -> None:
    change_package(folder, lambda resource: resource["schema"].update(primaryKey=["last"]))
    assert "primary-key" in faults(folder)


def test_what_the_schema_says_is_in_two_languages_and_of_this_kind_of_table(
    everything: Path,
) -> None:
    resources = {resource["name"]: resource for resource in package_of(everything)["resources"]}
    score = {name: field_of(resources[name], "score") for name in ("measures", "targets")}
    assert score["measures"]["description"] == (
        "两者为同一承诺的估计可能性，满分 100；至少 40 方成对。\n\n"
        "Estimated chance, of 100, that the two are one commitment; a pair needs 40."
    )
    assert score["targets"]["description"].endswith("Likeness of the names, from 0 to 100.")
    assert score["measures"]["constraints"] == {"minimum": 0.0, "maximum": 100.0}
    status = field_of(resources["measures"], "status")
    assert status["constraints"]["enum"][:2] == ["kept", "revised"]
    assert resources["terms"]["schema"]["primaryKey"] == ["term"]


def test_types_are_those_of_the_columns(everything: Path) -> None:
    resources = {resource["name"]: resource for resource in package_of(everything)["resources"]}
    names = ("standard_name", "value", "base_year")
    types = [field_of(resources["targets-traced"], name)["type"] for name in names]
    assert types == ["string", "number", "integer"]
    assert field_of(resources["measures"], "moved")["type"] == "boolean"
    assert field_of(resources["terms"], "old_count")["constraints"] == {
        "required": True,
        "minimum": 0,
    }


def test_every_result_is_a_resource_once_but_the_workbook_which_readers_take_for_a_table(
    folder: Path,
) -> None:
    paths = [resource["path"] for resource in package_of(folder)["resources"]]
    assert paths == [
        "tables/appearances.csv",
        "figures/figure.svg",
        "reports/report.html",
    ]


def test_the_table_reads_back_with_the_types_of_its_schema(folder: Path) -> None:
    resource: Any = frictionless().Package(str(folder / PACKAGE)).get_resource("appearances")
    rows = [dict(row) for row in resource.read_rows()]
    assert rows[1] == {
        "term": 'a "quoted", term',
        "first": None,
        "last": None,
        "plans": 0,
        "unknown": "2009-2010",
    }
    assert [row["term"] for row in rows] == SHEET["term"].to_list()


def test_inputs_are_sources_and_authors_contributors(tmp_path: Path) -> None:
    given_text = Input(
        role="text",
        name="text.txt",
        sha256="0" * 64,
        source="新华社",
        address="https://www.news.cn/c.html",
        plan="2026-2030",
    )
    write_results(
        tmp_path,
        {"appearances": MadeTable(APPEARANCES, SHEET)},
        replace(PLAIN, inputs=(given_text,)),
    )
    package = package_of(tmp_path)
    assert package["sources"] == [
        {"title": "analysis.toml"},
        {"title": "text.txt (新华社)", "path": "https://www.news.cn/c.html"},
    ]
    assert [person["title"] for person in package["contributors"]] == ["甲", "A. Author"]
    assert faults(tmp_path) == []


def test_no_time_and_no_licence_is_made_up(folder: Path) -> None:
    assert package_of(folder).keys() == {
        "$schema",
        "name",
        "title",
        "description",
        "contributors",
        "sources",
        "resources",
    }


def test_the_same_manifest_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_results(again, {"appearances": MadeTable(APPEARANCES, SHEET)})
    assert (again / PACKAGE).read_bytes() == (folder / PACKAGE).read_bytes()
    shutil.rmtree(again)


@given(st.text(), st.text())
def test_hostile_titles_survive(title: str, title_en: str) -> None:
    package = json.loads(package_json(replace(PLAIN, title=title, title_en=title_en), {}, {}))
    assert title in package.get("title", "")
    assert title_en in package.get("title", "")
