"""Checking a folder of results: what differs from the run repeated, and how."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from analyses import NO_FIGURES, SMALL, TEXTS, declared

import crossplan as cp
from crossplan.pipeline.manifest import CRATE, DESCRIPTIONS, MANIFEST, PACKAGE
from crossplan.pipeline.running import AnalysisRun


@pytest.fixture
def kinds(made: tuple[Path, AnalysisRun, Path]) -> Callable[[], list[tuple[str, str]]]:
    """Repeat the run and give what differs: kind and name."""
    path, _, saved = made

    def check() -> list[tuple[str, str]]:
        checked = cp.check_analysis(path, saved)
        assert checked.same == (not len(checked.table))
        return list(zip(checked.table["kind"], checked.table["name"], strict=True))

    return check


Kinds = Callable[[], list[tuple[str, str]]]


def test_what_is_the_same_is_said_to_be(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, _, saved = made
    checked = cp.check_analysis(path, saved)
    assert checked.same
    assert list(checked.table) == ["kind", "name", "before", "now", "detail"]
    assert repr(checked) == "<RunCheck: 构造的分析 trial: the same>"


def test_a_cell_that_was_altered_is_found(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, done, saved = made
    table = saved / "tables" / "measures.csv"
    altered = table.read_text(encoding="utf-8").replace("revised", "kept", 1)
    table.write_text(altered, encoding="utf-8")
    checked = cp.check_analysis(path, saved)
    (row,) = checked.table.to_dict("records")
    assert (row["kind"], row["name"]) == ("altered", "tables/measures.csv")
    frame = done.results["measures"].frame  # type: ignore[union-attr]
    place = list(frame["status"]).index("revised") + 2
    assert row["detail"] == f"row {place}, column status: 'kept', repeated 'revised'"
    assert row["now"] == hashlib.sha256(altered.encode()).hexdigest()
    assert repr(checked) == "<RunCheck: 构造的分析 trial: 1 difference>"
    assert "tables/measures.csv" in checked._repr_html_()


def test_files_that_are_missing_or_too_many_are_found(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds
) -> None:
    saved = made[2]
    (saved / "tables" / "words.parquet").unlink()
    (saved / "datapackage.json").unlink()
    (saved / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    assert kinds() == [
        ("missing", "datapackage.json"),
        ("missing", "tables/words.parquet"),
        ("extra", "tables/notes.txt"),
    ]


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_an_altered_description_is_found(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds, name: str
) -> None:
    path = made[2] / name
    path.write_text(path.read_text(encoding="utf-8").replace("2001.txt", "2003.txt"), "utf-8")
    assert name in dict(kinds()).values() or ("input", "text 2003.txt (2001)") in kinds()


def test_blanks_in_a_manifest_are_found(made: tuple[Path, AnalysisRun, Path], kinds: Kinds) -> None:
    with (made[2] / MANIFEST).open("ab") as file:
        file.write(b"\n")
    assert kinds() == [("altered", MANIFEST)]


def test_a_changed_text_is_found_with_what_follows_from_it(
    made: tuple[Path, AnalysisRun, Path], place: Path, kinds: Kinds
) -> None:
    text = TEXTS["2001"].replace("保护水源", "守护水源")
    (place / "2001.txt").write_text(text, encoding="utf-8")
    found = kinds()
    assert found[0] == ("input", "text 2001.txt (2001)")
    assert ("repeated otherwise", "tables/measures.csv") in found
    row = cp.check_analysis(made[0], made[2]).table.iloc[0]
    assert row["before"] == hashlib.sha256(TEXTS["2001"].encode()).hexdigest()
    assert row["now"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_changed_declaration_is_found_key_by_key(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds
) -> None:
    path = made[0]
    changed = path.read_text(encoding="utf-8").replace(
        'of = "terms"', 'of = "terms"\nminimum_log_ratio = 1.0'
    )
    path.write_text(changed.replace("A constructed", "Another constructed"), encoding="utf-8")
    found = kinds()
    assert found[0] == ("input", "analysis analysis.toml")
    assert ("parameter", "comparisons[1].minimum_log_ratio") in found
    assert ("manifest", "title_en") in found


def test_a_changed_file_of_decisions_is_found(place: Path) -> None:
    old, new = (
        cp.read_plan(place / f"{year}.txt", plan_id=year, period=(int(year), int(year)))
        for year in TEXTS
    )
    decisions = cp.compare_measures(old, new).to_review(place / "decisions.csv")
    text = (SMALL + NO_FIGURES).replace(
        'of = "measures"', 'of = "measures"\ndecisions = "decisions.csv"'
    )
    path = declared(place, text)
    saved = cp.run_analysis(path).save(place / "saved")
    rows = pd.read_csv(decisions, dtype="string", keep_default_na=False)
    pair = rows.index[(rows["old_id"] != "") & (rows["new_id"] != "")][0]
    rows.loc[pair, ["decision", "initials"]] = ["reject", "AB"]
    rows.to_csv(decisions, index=False)
    found = cp.check_analysis(path, saved).table
    assert found.iloc[0]["name"] == "decisions decisions.csv"
    assert "tables/measures.csv" in set(found["name"])


def test_other_versions_are_found(made: tuple[Path, AnalysisRun, Path], kinds: Kinds) -> None:
    manifest = made[2] / MANIFEST
    told = json.loads(manifest.read_bytes())
    told["packages"]["pandas"] = "1.0"
    told["packages"]["another"] = "2.0"
    told["parameters"]["method"]["matching.measures.CLOSE"] = 1.0
    manifest.write_text(json.dumps(told), encoding="utf-8")
    assert kinds() == [
        ("parameter", "method.matching.measures.CLOSE"),
        ("package", "pandas"),
        ("package", "another"),
        ("repeated otherwise", MANIFEST),
    ]


def test_other_code_of_the_same_version_is_found(
    made: tuple[Path, AnalysisRun, Path], monkeypatch: pytest.MonkeyPatch, kinds: Kinds
) -> None:
    assert made[1].manifest.packages["crossplan"].startswith(f"{cp.__version__}+")
    monkeypatch.setattr("crossplan.pipeline.running.code_checksum", lambda: "0" * 64)
    assert ("package", "crossplan") in kinds()


def test_the_source_of_a_text_is_compared(place: Path) -> None:
    text = (SMALL + NO_FIGURES).replace('file = "2001.txt"', 'file = "2001.txt"\nsource = "A"')
    path = declared(place, text)
    saved = cp.run_analysis(path).save(place / "saved")
    path.write_text(text.replace('source = "A"', 'source = "B"'), encoding="utf-8")
    rows = cp.check_analysis(path, saved).table.query("name == 'text 2001.txt (2001)'")
    assert rows[["kind", "before", "now"]].to_numpy().tolist() == [["input", "A", "B"]]


@pytest.mark.parametrize("name", [CRATE, PACKAGE])
def test_an_altered_description_is_found_beside_other_differences(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds, name: str
) -> None:
    path, _, saved = made
    text = path.read_text(encoding="utf-8").replace("A constructed", "Another constructed")
    path.write_text(text, encoding="utf-8")
    assert name not in [named for _, named in kinds()]
    with (saved / name).open("ab") as file:
        file.write(b"\n")
    assert ("altered", name) in kinds()


def test_a_check_without_a_run_or_with_a_broken_one_says_so(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    path, _, saved = made
    with pytest.raises(cp.errors.MissingRunError, match="nowhere"):
        cp.check_analysis(path, place / "nowhere")
    (saved / MANIFEST).write_bytes(b"{")
    with pytest.raises(cp.errors.ManifestError):
        cp.check_analysis(path, saved)
