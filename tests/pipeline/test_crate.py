"""The folder of results as an RO-Crate, held to its specification and read by its library."""

import hashlib
import json
import shutil
import warnings
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paths import GOLD
from requests.adapters import BaseAdapter
from results_folder import PLAIN, SHIPPED
from urllib3 import HTTPResponse

from crossplan.pipeline.crate import crate_json, package_checksum
from crossplan.pipeline.manifest import CRATE, MANIFEST, PACKAGE, Input, Manifest, Output, checksum
from crossplan.pipeline.running import run_analysis

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from requests_cache import CachedSession
    from rocrate.rocrate import ROCrate
    from rocrate_validator import services
    from rocrate_validator.models import Severity, ValidationResult, ValidationSettings


# The validator still uses a class of rdflib under its old name.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

NO_SUM = "0" * 64
PROFILES = ("ro-crate-1.1", "process-run-crate")
# What ought to be said and is not, since nobody knows it.
UNKNOWN = {
    "publisher": "The `publisher` property of a `Root Data Entity` SHOULD be an `Organization`",
    "author": "The Root Data Entity SHOULD have a link to a Contextual Entity representing the "
    "`author` of the RO-Crate",
    "time": "The Action SHOULD have an endTime in ISO 8601 format",
    "agent": "The Action SHOULD have an agent that is a Person or Organization",
    "address of crossplan": "The Application SHOULD have a url",
    "address as its id": "The SoftwareApplication id SHOULD be an absolute URI",
}


class Shelf(BaseAdapter):
    """Stands for the network: gives one file, whatever is asked."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.data = file.read_bytes()

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        response = requests.Response()
        response.status_code, response.url, response.request = 200, str(request.url), request
        response.headers["Content-Type"] = "application/ld+json"
        response.raw = HTTPResponse(BytesIO(self.data), status=200, preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the validator would fetch: the terms of RO-Crate 1.1 that a crate may use."""
    place = tmp_path_factory.mktemp("context") / "cache"
    with CachedSession(str(place), backend="sqlite") as session:
        session.mount("https://w3id.org/", Shelf(GOLD / "ro-crate-1.1-terms.json"))
        session.get("https://w3id.org/ro/crate/1.1/context")
    return place


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an analysis that is shipped."""
    return run_analysis(SHIPPED).save(tmp_path_factory.mktemp("results") / "targets")


@pytest.fixture(scope="module")
def manifest(saved: Path) -> Manifest:
    return Manifest.from_json((saved / MANIFEST).read_bytes())


@pytest.fixture(scope="module")
def graph(saved: Path) -> dict[str, dict[str, Any]]:
    return graph_of((saved / CRATE).read_bytes())


@pytest.fixture
def copy(saved: Path, tmp_path: Path) -> Path:
    """A copy of the folder, to be damaged."""
    return Path(shutil.copytree(saved, tmp_path / "copy"))


def graph_of(data: bytes) -> dict[str, dict[str, Any]]:
    """Give the entities of a crate by their ids, of which none is there twice."""
    entities = json.loads(data)["@graph"]
    by_id = {entity["@id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    return by_id


def validated(
    folder: Path, context: Path, profile: str, severity: str = "REQUIRED"
) -> ValidationResult:
    """Hold a folder to a profile, without a connection."""
    settings = ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier=profile,
        requirement_severity=Severity[severity],
        offline=True,
        cache_path=str(context),
    )
    return services.validate(settings)


def targets_of(entity: dict[str, Any], name: str) -> list[str]:
    """Give the ids that an entity refers to."""
    found = entity.get(name, [])
    return [reference["@id"] for reference in (found if isinstance(found, list) else [found])]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_folder_of_results_conforms(saved: Path, context: Path, profile: str) -> None:
    result = validated(saved, context, profile)
    assert result.passed(), [issue.message for issue in result.get_issues()]


def test_what_is_recommended_is_there_unless_nobody_knows_it(saved: Path, context: Path) -> None:
    result = validated(saved, context, "process-run-crate", "RECOMMENDED")
    assert {issue.message for issue in result.get_issues()} == set(UNKNOWN.values())


@pytest.mark.parametrize("profile", PROFILES)
def test_a_file_that_is_missing_is_found_out(copy: Path, context: Path, profile: str) -> None:
    (copy / "tables" / "history.csv").unlink()
    [issue] = validated(copy, context, profile).get_issues()
    assert "tables/history.csv" in issue.message


def test_a_term_that_ro_crate_does_not_have_is_found_out(copy: Path, context: Path) -> None:
    text = (copy / CRATE).read_text(encoding="utf-8")
    (copy / CRATE).write_text(text.replace('"encodingFormat"', '"encoding_format"'), "utf-8")
    issues = validated(copy, context, "ro-crate-1.1").get_issues()
    assert any("encoding_format" in issue.message for issue in issues)


def test_the_library_of_ro_crate_finds_every_file(saved: Path, manifest: Manifest) -> None:
    crate = ROCrate(saved)
    found = {
        unquote(entity.id): hashlib.sha256(Path(entity.source).read_bytes()).hexdigest()
        for entity in crate.data_entities
    }
    assert {entity.type for entity in crate.data_entities} == {"File"}
    declared = {output.path: output.sha256 for output in manifest.outputs}
    assert found.items() >= declared.items()
    assert found.keys() - declared.keys() == {MANIFEST, PACKAGE}
    assert crate.name == manifest.title_en


def test_the_library_of_ro_crate_would_write_the_same(
    saved: Path, graph: dict[str, dict[str, Any]]
) -> None:
    read = ROCrate(saved).metadata.generate()["@graph"]
    assert {entity["@id"]: entity for entity in read} == graph


def test_every_file_of_the_folder_stands_in_the_crate_but_the_crate_itself(
    saved: Path, graph: dict[str, dict[str, Any]]
) -> None:
    there = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()}
    files = {unquote(name) for name, entity in graph.items() if entity["@type"] == "File"}
    assert files == there - {CRATE}
    assert {unquote(name) for name in targets_of(graph["./"], "hasPart")} == files


def test_every_output_is_described_once_as_the_manifest_has_it(
    graph: dict[str, dict[str, Any]], manifest: Manifest
) -> None:
    for output in manifest.outputs:
        [entity] = [entity for name, entity in graph.items() if unquote(name) == output.path]
        assert entity["sha256"] == output.sha256
        assert entity["contentSize"] == str(output.size)
        assert entity["encodingFormat"] == output.media_type
        assert entity["name"] == output.title_en
    results = [unquote(name) for name in targets_of(graph["#run"], "result")]
    assert results == [output.path for output in manifest.outputs if output.kind != "copy"]


def test_every_input_is_used_once_and_the_declaration_is_the_copy_that_is_kept(
    graph: dict[str, dict[str, Any]], manifest: Manifest
) -> None:
    used = targets_of(graph["#run"], "object")
    assert len(set(used)) == len(used) == len(manifest.inputs)
    assert Counter(graph[name]["sha256"] for name in used) == Counter(
        given.sha256 for given in manifest.inputs
    )
    assert "analysis.toml" in used
    [text] = [given for given in manifest.inputs if given.role == "text"]
    [entity] = [graph[name] for name in used if graph[name]["sha256"] == text.sha256]
    assert entity["isBasedOn"] == text.address
    assert entity["description"] == text.source


def test_the_manifest_is_described_to_the_byte(
    saved: Path, graph: dict[str, dict[str, Any]]
) -> None:
    data = (saved / MANIFEST).read_bytes()
    assert graph[MANIFEST]["sha256"] == hashlib.sha256(data).hexdigest()
    assert graph[MANIFEST]["contentSize"] == str(len(data))


def test_the_run_names_the_software_with_the_versions_of_all_that_it_needs(
    graph: dict[str, dict[str, Any]], manifest: Manifest
) -> None:
    [instrument] = targets_of(graph["#run"], "instrument")
    needs = [graph[name] for name in targets_of(graph[instrument], "softwareRequirements")]
    versions = {entity["name"]: entity["version"] for entity in (graph[instrument], *needs)}
    assert versions == manifest.packages
    assert graph["#run"]["description"] == "crossplan run targets-2009-2030.toml"


def test_no_licence_is_made_up(graph: dict[str, dict[str, Any]]) -> None:
    [terms] = targets_of(graph["./"], "license")
    assert graph[terms]["@type"] == "CreativeWork"
    assert "declares no licence" in graph[terms]["description"]
    assert not any(
        word in json.dumps(graph) for word in ("creativecommons", "spdx", "CC0", "CC-BY")
    )


def test_every_reference_leads_to_something_that_is_described(
    graph: dict[str, dict[str, Any]],
) -> None:
    referred = {
        target
        for entity in graph.values()
        for name, value in entity.items()
        if isinstance(value, dict | list)
        for target in targets_of(entity, name)
    }
    assert referred - graph.keys() == {"https://w3id.org/ro/crate/1.1"}
    assert graph.keys() - referred == {CRATE}


def test_authors_are_persons_and_what_is_single_stands_without_a_list() -> None:
    graph = graph_of(crate_json(PLAIN, NO_SUM))
    assert [graph[name]["name"] for name in targets_of(graph["./"], "author")] == list(
        PLAIN.authors
    )
    alone = graph_of(crate_json(replace(PLAIN, authors=("甲",)), NO_SUM))
    assert alone["./"]["author"] == {"@id": "#author-1"}
    assert "author" not in graph_of(crate_json(replace(PLAIN, authors=()), NO_SUM))["./"]


def test_the_language_of_the_analysis_comes_first() -> None:
    root = graph_of(crate_json(replace(PLAIN, lang="zh"), NO_SUM))["./"]
    assert (root["name"], root["alternateName"]) == ("一切", "Everything")
    assert root["description"] == "所有的表。\n\nEvery table."


def test_inputs_of_equal_content_stand_apart() -> None:
    twins = (
        Input(role="words", name="words/b.csv", sha256=NO_SUM),
        Input(role="words", name="words/a.csv", sha256=NO_SUM),
        Input(role="text", name="words/a.csv", sha256=NO_SUM),
    )
    kept = Output(
        path="words/a.csv",
        kind="copy",
        media_type="text/csv",
        sha256=NO_SUM,
        size=1,
        title="甲",
        title_en="A",
    )
    graph = graph_of(crate_json(replace(PLAIN, inputs=twins, outputs=(kept,)), NO_SUM))
    assert targets_of(graph["#run"], "object") == ["words/a.csv", "#input-1", "#input-3"]
    assert graph["#input-1"]["name"] == "words/b.csv"


def test_a_path_is_written_as_addresses_are(tmp_path: Path) -> None:
    output = Output(
        path="tables/量化 目标（甲）.csv",
        kind="table",
        media_type="text/csv",
        sha256="0" * 64,
        size=0,
        title="表",
        title_en="Table",
        rows=0,
    )
    data = crate_json(replace(PLAIN, outputs=(output,)), NO_SUM)
    (tmp_path / CRATE).write_bytes(data)
    for path in (output.path, MANIFEST, PACKAGE):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    crate = ROCrate(tmp_path)
    assert all(Path(entity.source).is_file() for entity in crate.data_entities)
    assert all(name.isascii() for name in graph_of(data))


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_hostile_names_survive(title: str, source: str, authors: list[str]) -> None:
    text = Input(role="text", name=title, sha256="0" * 64, source=source)
    graph = graph_of(
        crate_json(replace(PLAIN, title_en=title, authors=tuple(authors), inputs=(text,)), NO_SUM)
    )
    assert graph["./"]["name"] == graph["#input-1"]["name"] == title
    assert graph["#input-1"].get("description", "") == source
    persons = [entity["name"] for entity in graph.values() if entity["@type"] == "Person"]
    assert persons == authors


def test_the_same_manifest_gives_the_same_bytes(saved: Path, manifest: Manifest) -> None:
    package, crate = ((saved / name).read_bytes() for name in (PACKAGE, CRATE))
    assert crate_json(manifest, checksum(package)) == crate
    assert package_checksum(crate) == checksum(package)


@pytest.mark.parametrize("crate", [b"", b"\xff", b"[]", b'{"@graph": [{}]}', b'{"@graph": [1]}'])
def test_what_is_no_crate_states_no_checksum(crate: bytes) -> None:
    assert not package_checksum(crate)
