"""The manifest of a folder of results: written, read again, and refused where it is broken."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from results_folder import PLAIN

from crossplan.errors import ManifestError
from crossplan.pipeline.manifest import CorrectionNote, Input, Left, Manifest, Output

FULL = replace(
    PLAIN,
    parameters={"texts": {"folder": ""}, "comparisons": [{"name": "b", "old": "甲"}]},
    inputs=(Input(role="text", name="text.txt", sha256="a" * 64, plan="2026-2030"),),
    corrections=(
        CorrectionNote(
            plan="2026-2030",
            witness="%",
            corrected="‰",
            certainty="certain",
            applied=True,
            reason="单位有误",
            reason_en="wrong unit",
        ),
    ),
    left_out=(Left(step="measures", reason="no text"),),
    outputs=(
        Output(
            path="tables/terms.csv",
            kind="table",
            media_type="text/csv",
            sha256="b" * 64,
            size=1,
            title="用词",
            title_en="Terms",
            step="terms",
            rows=0,
        ),
    ),
)


def test_a_manifest_reads_back_as_it_was() -> None:
    assert Manifest.from_json(FULL.to_json()) == FULL


def test_a_manifest_is_a_file_for_people_too() -> None:
    text = FULL.to_json().decode("utf-8")
    assert text.endswith("}\n")
    assert text.startswith('{\n  "format": "crossplan-manifest/1",\n  "name": "everything",')
    assert "一切" in text


def test_packages_stand_by_name_and_parameters_as_they_were_declared() -> None:
    read = json.loads(FULL.to_json())
    assert list(read["packages"]) == ["crossplan", "jieba", "python"]
    assert list(read["parameters"]) == ["texts", "comparisons"]
    turned = dict(reversed(FULL.packages.items()))
    assert replace(FULL, packages=turned).to_json() == FULL.to_json()


@given(st.text(), st.dictionaries(st.text(), st.text() | st.integers(-(2**53), 2**53)))
def test_whatever_is_declared_survives(title: str, parameters: dict[str, Any]) -> None:
    manifest = replace(FULL, title=title, parameters=parameters)
    assert Manifest.from_json(manifest.to_json()) == manifest


def without_name(content: dict[str, Any]) -> None:
    del content["name"]


def of_another_format(content: dict[str, Any]) -> None:
    content["format"] = "crossplan-manifest/2"


def with_an_unknown_key(content: dict[str, Any]) -> None:
    content["outputs"][0]["author"] = "甲"


def with_a_short_checksum(content: dict[str, Any]) -> None:
    content["inputs"][0]["sha256"] = "abc"


def leading_out(content: dict[str, Any]) -> None:
    content["outputs"][0]["path"] = "../terms.csv"


def leading_to_the_root(content: dict[str, Any]) -> None:
    content["outputs"][0]["path"] = "/etc/passwd"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_name, "`name`"),
        (of_another_format, "crossplan-manifest/2"),
        (with_an_unknown_key, "`author`"),
        (with_a_short_checksum, r"\$\.inputs\[0\]\.sha256|\$\.inputs\[\.\.\.\]\.sha256"),
        (leading_out, "leads out of the folder"),
        (leading_to_the_root, "leads out of the folder"),
    ],
)
def test_a_broken_manifest_is_refused_with_the_place(
    damage: Callable[[dict[str, Any]], None], said: str
) -> None:
    content = json.loads(FULL.to_json())
    damage(content)
    with pytest.raises(ManifestError, match=said) as caught:
        Manifest.from_json(json.dumps(content).encode(), "results/five/manifest.json")
    assert str(caught.value).startswith("results/five/manifest.json: ")


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"name": "\xff"}', b"[" * 100_000])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(ManifestError, match="no manifest"):
        Manifest.from_json(data)
