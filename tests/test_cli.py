"""The command: one line and exit code 2 for every error."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from material import run

import crossplan as cp


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
        (["report", "--output", "nowhere/report.html"], "nowhere/report.html"),
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


def test_a_folder_of_texts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "made.html"
    assert run(capsys, "report", "--folder", str(folder), "-o", str(path))[0] == 0
    assert 'id="comparison"' in path.read_text(encoding="utf-8")


def test_offline_refuses_connections() -> None:
    code = (
        "import socket; from crossplan.cli import refuse_connections; refuse_connections()\n"
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OfflineError" in done.stderr


def test_loading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(cp.load_plans()) == 5


def test_the_command_leaves_signals_as_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run(capsys, "verify")
    assert signal.getsignal(signal.SIGTERM) is before
