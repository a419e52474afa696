"""The command: one line and exit code 2 for every error."""

import gc
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from material import run, slow

import crossplan as cp
from crossplan.model import Plan
from crossplan.result import Result


def test_report_prints_where_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "made.html"
    code, out, err = run(capsys, "report", "--output", str(path))
    assert (code, out) == (0, f"{path}\n")
    assert err.count("\n") == 1
    assert "without the text of 2009-2010, 2012-2015, 2016-2020, 2021-2025" in err
    assert "no host could be reached" in err
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "report", "--help")
    assert code == 0
    for option in ("--output", "--lang", "--folder", "--offline"):
        assert option in out
    assert run(capsys, "--version")[1] == f"crossplan, version {cp.__version__}\n"
    assert run(capsys)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "--new", "2031-2035"], "there is no plan '2031-2035'"),
        (["report", "--lang", "fr"], "lang='fr'"),
        (["report", "--folder", "nowhere"], "nowhere: there is no such folder"),
        (["report", "--series", "nothing"], "there is no series 'nothing'"),
        (["report", "--output", "nowhere/report.html"], str(Path("nowhere/report.html"))),
        (["report", "--output", "report.pdf"], "a report is written as .html"),
        (["report", "--colour"], "--colour"),
        (["reprot"], "reprot"),
        (["add", "2026-2030", "nowhere.txt"], "cannot be opened"),
        (["add", "2031-2035", "nowhere.txt"], "there is no plan '2031-2035'"),
        (["use", "2026-2030", "nothing"], "has no stored text 'nothing'"),
        (["verify", "../x"], "there is no plan '../x'"),
        (["verify", "--lang", "fr"], "lang='fr'"),
        (["fetch", "--series", "nothing"], "there is no series 'nothing'"),
        (["fetch", "-a", "http://127.0.0.1/"], "addresses are given for 5 plans"),
        (["collate", "2026-2030", "shipped", "nothing"], "has no stored text 'nothing'"),
        (["new-series", "series", "nowhere.txt"], "cannot be opened"),
    ],
)
def test_errors_are_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", "一首诗。".encode("gb18030")])
def test_bad_texts_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "2012-2015.txt").write_bytes(data)
    code, _, err = run(capsys, "report", "--folder", str(tmp_path))
    assert code == 2
    assert err.startswith("crossplan: ")
    assert "2012-2015.txt" in err
    assert err.count("\n") == 1


@pytest.mark.slow
def test_a_folder_of_texts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "made.html"
    assert run(capsys, "report", "--folder", str(folder), "-o", str(path))[0] == 0
    assert 'id="table-measures"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [slow("docx"), "xlsx", "md"])
def test_the_ending_tells_the_form(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"made.{form}"
    code, out, _ = run(capsys, "report", "--old", "2016-2020", "-o", str(path))
    assert (code, out) == (0, f"{path}\n")
    assert path.stat().st_size > 10_000


def test_another_ending_is_refused_before_anything_is_fetched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "report", "-o", str(tmp_path / "made.pdf"))
    assert (code, out) == (2, "")
    assert "written as .html" in err


@pytest.mark.parametrize(
    ("command", "compare"),
    [
        ("sections", cp.align_sections),
        ("measures", cp.compare_measures),
        ("targets", cp.compare_targets),
        ("terms", cp.compare_terms),
    ],
)
def test_single_comparisons_are_printed(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    command: str,
    compare: Callable[[Plan, Plan], Result],
) -> None:
    plans = cp.load_plans(folder=folder)
    expected = compare(plans["2021-2025"], plans["2026-2030"]).table
    code, out, err = run(capsys, command, "--folder", str(folder), "--format", "csv")
    assert (code, err) == (0, "")
    printed = pd.read_csv(io.StringIO(out), dtype="string", keep_default_na=False)
    assert list(printed) == list(expected)
    assert len(printed) == len(expected)
    code, out, _ = run(capsys, command, "--folder", str(folder), "--format", "json")
    assert len(json.loads(out)) == len(expected)
    code, out, _ = run(capsys, command, "--folder", str(folder))
    assert out.startswith("<")
    assert "2021-2025" in out


def test_a_comparison_that_needs_texts_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "measures", "--old", "2016-2020")
    assert (code, out) == (2, "")
    assert "text of plan 2016-2020" in err
    assert "crossplan fetch" in err
    assert err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_an_output_that_is_full_is_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crossplan", "sections", "--format", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("crossplan: the output cannot be written")
    assert done.stderr.count("\n") == 1


def test_chinese_is_written_where_the_machine_has_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "sections.csv"
    locale = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with path.open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "crossplan", "sections", "--format", "csv"],
            stdout=file,
            env=os.environ | locale,
            check=True,
        )
    assert "经济、社会和文化权利" in path.read_text(encoding="utf-8")


def test_offline_refuses_connections() -> None:
    code = (
        "import socket; from crossplan.cli import refuse_connections; refuse_connections()\n"
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert "OfflineError" in done.stderr


def test_loading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(cp.load_plans()) == 5


def test_the_command_leaves_the_process_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM), gc.get_threshold()
    run(capsys, "verify")
    assert (signal.getsignal(signal.SIGTERM), gc.get_threshold()) == before
