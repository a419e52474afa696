"""The command `crossplan run`: what it prints, its exit codes, and errors in one line."""

import subprocess
import sys
from pathlib import Path

import pytest
from analyses import NO_FIGURES, SMALL, declared, files_of
from material import run

import crossplan as cp


@pytest.mark.slow
def test_a_run_needs_no_connection(place: Path) -> None:
    # In a process of its own: what refuses connections does so until the process ends.
    command = ["-m", "crossplan", "run", str(declared(place, SMALL + NO_FIGURES)), "--offline"]
    done = subprocess.run(
        [sys.executable, *command], cwd=place, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, f"{Path('results') / 'trial'}\n")


def test_the_command_runs_and_checks(
    capsys: pytest.CaptureFixture[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    path = str(declared(place, SMALL + NO_FIGURES))
    saved = Path("results") / "trial"
    assert run(capsys, "run", path, "--jobs", "1")[:2] == (0, f"{saved}\n")
    count = len(cp.run_analysis(path).manifest.outputs)
    assert run(capsys, "run", path, "--check") == (0, f"{saved}: the same, {count} files\n", "")
    (saved / "README.md").unlink()
    (saved / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = run(capsys, "run", path, "--check")
    assert (code, err) == (1, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "missing README.md",
        "extra mine.txt",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.toml"], "trial.toml"),
        (["trial.toml", "--jobs", "0"], "n_jobs=0"),
        (["trial.toml", "--texts", "nowhere"], "is no folder"),
        (["trial.toml", "--check"], "no results of a run"),
        (["trial.toml", "-o", "no/where"], "there is no such folder to put it in"),
    ],
)
def test_errors_are_one_line(
    capsys: pytest.CaptureFixture[str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(place)
    declared(place, SMALL + NO_FIGURES)
    before = files_of(place)
    code, out, err = run(capsys, "run", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert files_of(place) == before
