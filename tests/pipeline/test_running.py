"""Running an analysis: the tables, the figures and the record of what they were made from."""

import csv
import hashlib
import io
import json
import math
import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from analyses import (
    COMPARED,
    COMPARISON,
    DOCUMENTS,
    HEAD,
    NO_FIGURES,
    PARQUET,
    SMALL,
    TEXTS,
    TRACE,
    csv_rows,
    declared,
    files_of,
    refusal,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from material import REPORTS, report_path, run
from paths import ANALYSES

import crossplan as cp
from crossplan.errors import MissingExtraError
from crossplan.matching.measure_links import MINIMUM_SCORE
from crossplan.pipeline.manifest import DESCRIPTIONS, MANIFEST, Manifest
from crossplan.pipeline.rendering import csv_bytes, parquet_bytes
from crossplan.pipeline.running import AnalysisRun
from crossplan.result import Result


def test_the_folder_has_what_its_manifest_says(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, done, saved = made
    written = files_of(saved)
    assert written == dict(done.files)
    manifest = Manifest.from_json(written[MANIFEST])
    assert manifest == done.manifest
    assert {output.path for output in manifest.outputs} | set(DESCRIPTIONS) == set(written)
    for output in manifest.outputs:
        data = written[output.path]
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (output.sha256, output.size)
    assert written["analysis.toml"] == path.read_bytes()
    assert manifest.parameters["comparisons"][1]["alpha"] == 0.05
    assert manifest.parameters["method"]["matching.measure_links.MINIMUM_SCORE"] == MINIMUM_SCORE
    texts = {given.plan: given.sha256 for given in manifest.inputs if given.role == "text"}
    assert texts == {
        year: hashlib.sha256(text.encode()).hexdigest() for year, text in TEXTS.items()
    }


def test_tables_say_what_the_results_say(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, saved = made
    for step in ("measures", "words"):
        result = done.results[step]
        assert isinstance(result, Result)
        expected = result.table
        data = (saved / "tables" / f"{step}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(data)))
        assert list(rows[0]) == list(expected)
        for row, values in zip(rows, expected.to_dict("records"), strict=True):
            for name, value in values.items():
                assert row[str(name)] == as_cell(value)
        pd.testing.assert_frame_equal(
            pd.read_parquet(saved / "tables" / f"{step}.parquet"), expected, check_dtype=False
        )
    assert {"true", "false"} >= {row["to_review"] for row in csv_rows(saved, "measures")}


def as_cell(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


CELLS = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
    st.floats(allow_nan=False),
    st.one_of(st.none(), st.integers(-(2**62), 2**62)),
    st.one_of(st.none(), st.booleans()),
)


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=5))
def test_no_figure_and_no_letter_is_lost_in_a_table(rows: list[Any]) -> None:
    types = {"text": "string", "number": "float64", "count": "Int64", "moved": "boolean"}
    columns: dict[str, Any] = dict(zip(types, zip(*rows, strict=True), strict=True))
    table = pd.DataFrame({name: pd.array(columns[name], dtype=types[name]) for name in types})
    _, *cells = csv.reader(io.StringIO(csv_bytes(table).decode("utf-8")))
    for (text, number, count, moved), row in zip(rows, cells, strict=True):
        assert row[0] == text
        assert float(row[1]) == number
        assert row[2] == ("" if count is None else str(count))
        assert row[3] == ("" if moved is None else str(moved).lower())
    again = pd.read_parquet(io.BytesIO(parquet_bytes(table)))
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_parquet_is_written_where_it_is_asked_for_and_pyarrow_is_there(
    capsys: pytest.CaptureFixture[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = declared(place, SMALL + NO_FIGURES)
    usual = cp.run_analysis(path)
    assert not [name for name in usual.files if name.endswith(".parquet")]
    asked = declared(place, SMALL + PARQUET, "asked")
    assert usual.manifest.packages == {
        name: told
        for name, told in cp.run_analysis(asked).manifest.packages.items()
        if name != "pyarrow"
    }
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("crossplan.pipeline.running.gather", lambda *_: pytest.fail("computed"))
    line = SMALL.count("\n") + 3
    with pytest.raises(MissingExtraError) as caught:
        cp.run_analysis(asked)
    assert f"asked.toml, line {line}, key outputs.tables: the form 'parquet'" in str(caught.value)
    code, out, err = run(capsys, "run", str(asked), "-o", str(place / "out"))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith('Install it: pip install "crossplan[parquet]".\n')
    assert not (place / "out").exists()


def test_a_run_shows_itself(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, _ = made
    assert repr(done) == "<AnalysisRun: 构造的分析 trial: 2 steps, 2 tables>"
    assert "tables/measures.csv" in done._repr_html_()
    assert list(done.table["path"]) == [output.path for output in done.manifest.outputs]


def test_files_of_decisions_and_words_are_kept_so_that_the_copy_runs(place: Path) -> None:
    (place / "decisions").mkdir()
    old, new = (
        cp.read_plan(place / f"{year}.txt", plan_id=year, period=(int(year), int(year)))
        for year in TEXTS
    )
    cp.compare_measures(old, new).to_review(place / "decisions" / "measures.csv")
    (place / "groups.toml").write_text(
        '[[groups]]\nname = "水"\nterms = ["水源", "用水"]\n', encoding="utf-8"
    )
    text = (SMALL + NO_FIGURES).replace(
        'of = "measures"', 'of = "measures"\ndecisions = "./decisions/measures.csv"'
    )
    text = text.replace('of = "terms"', 'of = "terms"\ngroups = "groups.toml"')
    done = cp.run_analysis(declared(place, text))
    saved = done.save(place / "results" / "trial")
    roles = {given.name: given.role for given in done.manifest.inputs}
    assert roles["decisions/measures.csv"] == "decisions"
    assert roles["groups.toml"] == "words"
    assert (saved / "tables" / "words-overlaps.csv").is_file()
    again = cp.run_analysis(saved / "analysis.toml", texts=place)
    assert again.files == done.files


def test_a_document_is_cited_by_its_declared_source(place: Path) -> None:
    address = "https://example.org/2001"
    text = SMALL.replace('file = "2001.txt"', f'file = "2001.txt"\nsource = "{address}"')
    done = cp.run_analysis(declared(place, text))
    (given,) = (one for one in done.manifest.inputs if one.plan == "2001")
    assert (given.name, given.address) == ("2001.txt", address)
    figure = next(one for one in done.manifest.outputs if one.kind == "figure")
    assert address in figure.title_en
    assert address in done.files["README.md"].decode("utf-8")


def test_a_text_of_the_data_folder_is_named_with_its_own_apparatus(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [keep_text(tmp_path / day, shipped, day) for day in ("2026-01-01", "2026-02-02")]
    path = declared(tmp_path, HEAD + TRACE + NO_FIGURES)
    made = []
    for place in places:
        monkeypatch.setenv("CROSSPLAN_HOME", str(place))
        made.append(cp.run_analysis(path))
    series = "national-human-rights-action-plans"
    named = {given.name for given in made[0].manifest.inputs if given.plan == "2026-2030"}
    assert {
        f"{series}/2026-2030/mine/text.txt",
        f"{series}/2026-2030/mine/corrections.toml",
    } <= named
    assert f"{series}/2026-2030/corrections.toml" not in named
    assert made[0].files == made[1].files


def test_the_apparatus_of_the_series_is_named_with_a_text_of_ones_own(
    tmp_path: Path, shipped: Path
) -> None:
    shutil.copy(shipped / "2026-2030" / "text.txt", tmp_path / "2026-2030.txt")
    done = cp.run_analysis(declared(tmp_path, HEAD + TRACE + NO_FIGURES), texts=tmp_path)
    named = [given.name for given in done.manifest.inputs]
    assert "2026-2030.txt" in named
    assert "national-human-rights-action-plans/2026-2030/corrections.toml" in named


def keep_text(home: Path, shipped: Path, day: str) -> Path:
    """Put the shipped text into a data folder, with an apparatus of its own."""
    plan = home / "national-human-rights-action-plans" / "2026-2030"
    witness = plan / "mine"
    witness.mkdir(parents=True)
    data = (shipped / "2026-2030" / "text.txt").read_bytes()
    (witness / "text.txt").write_bytes(data)
    (plan / "in-use.txt").write_text("mine\n", encoding="utf-8")
    source = {
        "series": "national-human-rights-action-plans",
        "plan": "2026-2030",
        "way": "added",
        "name": "mine.txt",
        "time": f"{day}T08:00:00+00:00",
        "text_sha256": hashlib.sha256(data).hexdigest(),
        "originals": [],
        "crossplan": "0.1.0",
    }
    (witness / "source.json").write_text(json.dumps(source), encoding="utf-8")
    shutil.copy(shipped / "2026-2030" / "corrections.toml", witness)
    return home


@pytest.mark.slow
def test_no_file_names_a_folder_of_this_machine(place: Path, shipped: Path) -> None:
    series = place / "lands" / "series"
    shutil.copytree(shipped, series)
    texts = place / "texts"
    texts.mkdir()
    shutil.copy(shipped / "2026-2030" / "text.txt", texts / "2026-2030.txt")
    text = (HEAD + TRACE).replace('"national-human-rights-action-plans"', '"lands/series"')
    text += '\n[[reports]]\nname = "report"\nold = "2016-2020"\nnew = "2026-2030"\nforms = ["md"]\n'
    done = cp.run_analysis(declared(place, text), texts=texts)
    for path, data in done.files.items():
        assert str(place).encode() not in data, path
    assert b'cp.load_plans(series=\\"lands/series\\", folder=\\"texts\\")' in done.files[
        "reports/report.md"
    ].replace(b'"', b'\\"').replace(b'\\\\"', b'\\"')


def test_a_step_without_rows_gives_its_table_and_no_figure(place: Path) -> None:
    text = SMALL.replace('name = "measures"\nof = "measures"', 'name = "none"\nof = "targets"')
    done = cp.run_analysis(declared(place, text))
    assert csv_rows(done.save(place / "saved"), "none") == []
    assert "figures/none.svg" not in done.files
    assert [left.step for left in done.left_out] == ["none"]
    assert "figure none" in done.files["README.md"].decode("utf-8")


def test_a_figure_with_too_much_in_it_is_left_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossplan.pipeline.rendering.MOST_ROWS", 1)
    done = cp.run_analysis(declared(place, DOCUMENTS + COMPARISON))
    assert "too many rows to draw the figure measures" in done.left_out[0].reason
    assert not [output for output in done.manifest.outputs if output.kind == "figure"]


@pytest.mark.slow
def test_figures_have_their_captions_and_are_closed(place: Path) -> None:
    import matplotlib.pyplot as plt

    done = cp.run_analysis(
        declared(place, SMALL + '\n[outputs]\nfigures = ["svg", "pdf", "png"]\n')
    )
    figures = {one.path: one for one in done.manifest.outputs if one.kind == "figure"}
    assert {path.rpartition(".")[0] for path in figures} == {
        f"figures/{name}" for name in ("measures", "measures-heatmap", "words", "words-rates")
    }
    result: Any = done.results["measures"]
    assert figures["figures/measures-heatmap.pdf"].title_en == result.caption("heatmap", lang="en")
    assert figures["figures/measures.png"].title == result.caption(lang="zh")
    assert b"<dc:description>" in done.files["figures/words.svg"]
    assert not plt.get_fignums()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_lacks_a_text_is_left_out_and_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    text = COMPARED.replace("KIND", "measures").replace("MORE", 'without_text = "leave out"')
    path = declared(tmp_path, f'lang = "{lang}"\n{text}{TRACE}{NO_FIGURES}')
    code, out, err = run(capsys, "run", str(path), "-o", str(tmp_path / "out"))
    assert (code, out) == (0, f"{tmp_path / 'out' / 'trial'}\n")
    reason = {"zh": "2016-2020 的正文未收录", "en": "the text of 2016-2020 is not at hand"}[lang]
    assert err == f"crossplan: left out in one: {reason}\n"
    readme = (tmp_path / "out" / "trial" / "README.md").read_text(encoding="utf-8")
    assert reason in readme
    manifest = json.loads((tmp_path / "out" / "trial" / MANIFEST).read_bytes())
    assert manifest["left_out"] == [{"step": "one", "reason": reason}]


def test_texts_given_by_hand_are_used(tmp_path: Path, folder: Path) -> None:
    text = COMPARED.replace("KIND", "measures").replace("MORE", NO_FIGURES)
    path = declared(tmp_path, text.replace("2016-2020", "2021-2025"))
    refusal(path)
    done = cp.run_analysis(path, texts=folder)
    assert len(done.results["one"].frame)  # type: ignore[union-attr]
    assert "2021-2025.txt" in {given.name for given in done.manifest.inputs}
    assert "is no folder" in str(refusal(path, texts=tmp_path / "nowhere"))


def test_the_analysis_of_another_series_runs(tmp_path: Path) -> None:
    for year in (2018, 2019, 2020):
        if not report_path(year).is_file():
            pytest.skip("the reports are not at hand")
    path = ANALYSES / "work-reports-2018-2020.toml"
    text = path.read_text(encoding="utf-8") + '\n[outputs]\ntables = ["csv"]\nfigures = []\n'
    done = cp.run_analysis(declared(tmp_path, text, "reports"), texts=REPORTS)
    assert not done.left_out
    assert len(csv_rows(done.save(tmp_path / "saved"), "measures")) > 500
    assert "https://github.com/liuzeyi11/GovernmentWorkReportCorpus" in {
        given.address for given in done.manifest.inputs
    }
