"""Saving a run: whole or not at all, and nothing of anybody else is lost."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from analyses import HEAD, NO_FIGURES, SMALL, TRACE, declared, files_of, listing
from material import run
from processes import SECONDS, signals_by_default, started

import crossplan as cp
from crossplan.errors import OutputError
from crossplan.pipeline import folder as folder_of_pipeline
from crossplan.pipeline.folder import exchanged, folder_in_the_making
from crossplan.pipeline.manifest import CRATE, MANIFEST, PACKAGE
from crossplan.pipeline.running import AnalysisRun
from crossplan.pipeline.steps import StepContext


def test_a_failure_in_the_middle_leaves_nothing(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, saved = made
    before, kept = files_of(saved), listing(place / "results")
    write, written = Path.write_bytes, []

    def fail_at_the_third(path: Path, data: Any) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return write(path, data)

    for target in (saved, place / "results" / "other", place / "new" / "trial"):
        written.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", fail_at_the_third)
            with pytest.raises(OutputError, match="No space left"):
                done.save(target)
        assert len(written) == 3
    assert files_of(saved) == before
    assert listing(place / "results") == kept
    assert not (place / "new").exists()


def test_an_interruption_waits_until_the_folder_is_whole(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, _ = made
    write = Path.write_bytes

    def interrupted(path: Path, data: Any) -> int:
        signal.raise_signal(signal.SIGINT)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with signals_by_default(), pytest.raises(KeyboardInterrupt):
        done.save(place / "interrupted")
    assert files_of(place / "interrupted") == dict(done.files)
    assert not [name for name in listing(place) if name.startswith(".")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_leaves_nothing(tmp_path: Path, ending: signal.Signals) -> None:
    code = (
        "import sys; from crossplan.pipeline.steps import StepContext\n"
        "def wait(*_): print('began', flush=True); sys.stdin.read()\n"
        "StepContext.run = wait\n"
        "from crossplan.cli import main; main(sys.argv[1:])"
    )
    path = declared(tmp_path, HEAD + TRACE)
    command = [sys.executable, "-c", code, "run", str(path), "-o", str(tmp_path / "out")]
    with started(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == "began\n"
        process.send_signal(ending)
        assert process.wait(SECONDS) == (130 if ending == signal.SIGINT else 143)
    assert listing(tmp_path) - {"home"} == {"trial.toml"}


@pytest.mark.parametrize("at_once", [True, False])
def test_an_older_run_gives_way(
    made: tuple[Path, AnalysisRun, Path],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    at_once: bool,
) -> None:
    path, _, saved = made
    path.write_text(SMALL.replace("构造的分析", "另一构造的分析"), encoding="utf-8")
    later = cp.run_analysis(path)
    if not at_once:
        monkeypatch.setattr(folder_of_pipeline, "exchanged", lambda *_: False)
    later.save(saved)
    assert files_of(saved) == dict(later.files)
    assert listing(place / "results") == {"trial"}


def test_an_older_run_gives_way_on_windows(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is renamed onto a folder, folders have no locks, and none change places."""
    path, _, saved = made
    rename = Path.rename

    def rename_as_windows_does(path: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(17, "Cannot create a file when that file already exists")
        return rename(path, target)

    def no_library(_: None) -> None:
        raise TypeError("bad argument type for built-in operation")

    path.write_text(SMALL.replace("构造的分析", "另一构造的分析"), encoding="utf-8")
    later = cp.run_analysis(path)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(Path, "rename", rename_as_windows_does)
    monkeypatch.setattr("ctypes.CDLL", no_library)
    later.save(saved)
    assert files_of(saved) == dict(later.files)
    assert listing(place / "results") == {"trial"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_at_every_moment_the_old_or_the_new_run_is_there(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    _, done, saved = made
    (place / "one").mkdir()
    (place / "other").mkdir()
    if not exchanged(place / "one", place / "other"):
        pytest.skip("this disk cannot")
    over, gaps = threading.Event(), []

    def watch() -> None:
        while not over.is_set():
            if not saved.is_dir():
                gaps.append(saved)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(20):
            done.save(saved)
    finally:
        over.set()
        watcher.join()
    assert not gaps


def test_an_older_run_comes_back_where_the_new_one_cannot_be_put(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, saved = made
    before = files_of(saved)
    rename = Path.rename

    def fail_to_put(path: Path, target: Path) -> Path:
        if target == saved and not path.name.endswith(".before"):
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(folder_of_pipeline, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail_to_put)
    with pytest.raises(OutputError, match="Input/output error"):
        done.save(saved)
    assert files_of(saved) == before
    assert listing(place / "results") == {"trial"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_two_folders_change_places(tmp_path: Path) -> None:
    one, other = tmp_path / "一", tmp_path / "other"
    for path in (one, other):
        path.mkdir()
        (path / "name").write_text(path.name, encoding="utf-8")
    if not exchanged(one, other):
        pytest.skip("this disk cannot")
    assert [(path / "name").read_text(encoding="utf-8") for path in (one, other)] == ["other", "一"]
    assert not exchanged(one, tmp_path / "nowhere")


def a_file(target: Path) -> None:
    target.write_text("mine", encoding="utf-8")


def a_folder(target: Path) -> None:
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")


def an_empty_folder(target: Path) -> None:
    target.mkdir()


def a_link(target: Path) -> None:
    target.symlink_to(target.parent / "elsewhere")


def another_manifest(target: Path) -> None:
    target.mkdir()
    (target / MANIFEST).write_text('{"name": "mine"}', encoding="utf-8")


@pytest.mark.parametrize("put", [a_file, a_folder, an_empty_folder, a_link, another_manifest])
def test_what_no_run_wrote_is_left_alone(
    capsys: pytest.CaptureFixture[str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    put: Callable[[Path], None],
) -> None:
    monkeypatch.setattr(StepContext, "run", lambda *_: pytest.fail("a step was run"))
    (place / "out").mkdir()
    put(place / "out" / "trial")
    before = files_of(place)
    code, _, err = run(capsys, "run", str(declared(place, SMALL)), "-o", str(place / "out"))
    assert code == 2
    assert "out/trial: " in err
    assert files_of(place) == before | {"trial.toml": SMALL.encode()}


def test_what_was_put_into_an_older_run_is_not_lost(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    _, done, saved = made
    (saved / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"tables/notes\.txt"):
        done.save(saved)
    assert (saved / "tables" / "notes.txt").is_file()
    other = cp.run_analysis(declared(place, SMALL + NO_FIGURES, "another"))
    with pytest.raises(OutputError, match="another analysis, trial"):
        other.save(saved)


@pytest.mark.parametrize("name", ["README.md", "tables/measures.csv", MANIFEST, CRATE, PACKAGE])
def test_what_was_changed_in_an_older_run_is_not_lost(
    capsys: pytest.CaptureFixture[str], made: tuple[Path, AnalysisRun, Path], name: str
) -> None:
    path, done, saved = made
    # A comment, or a value that stays the same: JSON is to stay readable.
    text = (saved / name).read_text(encoding="utf-8")
    edited = text.replace('": "', '":  "', 1) if name.endswith("json") else f"{text}my notes\n"
    assert edited != text
    (saved / name).write_text(edited, encoding="utf-8")
    before = files_of(saved)
    code, _, err = run(capsys, "run", str(path), "-o", str(saved.parent))
    assert (code, files_of(saved)) == (2, before)
    assert f"{name} was changed since the earlier run" in err
    (saved / name).write_bytes(done.files[name])
    assert done.save(saved) == saved


KILLED = """
import os, signal, sys
from pathlib import Path
from crossplan.pipeline.folder import folder_in_the_making
with folder_in_the_making(Path(sys.argv[1])) as made:
    (made / "tables").mkdir()
    print(made.name, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell which processes live")
def test_what_killed_runs_left_is_cleared_away_and_nothing_else(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    results = place / "results"
    kill = [sys.executable, "-c", KILLED, str(results)]
    left = subprocess.run(kill, check=False, capture_output=True, encoding="utf-8").stdout.strip()
    assert (results / left / "tables").is_dir()
    others = {f"{left}.before", ".trial.abcdefgh", ".crossplan-elsewhere-abcdefgh"}
    for name in others:
        (results / name / "tables").mkdir(parents=True)
    with folder_in_the_making(results) as of_a_running_one:
        made[1].save(made[2])
        assert listing(results) == {"trial", of_a_running_one.name, *others}
    assert listing(results) == {"trial", *others}


@pytest.mark.parametrize(("taken", "whole"), [(3, False), (3, True), (8, False)])
def test_a_folder_of_which_others_took_something_is_not_put_in_place(
    made: tuple[Path, AnalysisRun, Path],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    taken: int,
    whole: bool,
) -> None:
    before = files_of(place)
    write = Path.write_bytes
    written: list[Path] = []

    def tidy(path: Path, data: Any) -> int:
        if len(written) == taken:
            shutil.rmtree(written[0].parent) if whole else written[0].unlink()
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", tidy)
    with pytest.raises(OutputError):
        made[1].save(place / "tidied" / "trial")
    assert len(written) > taken
    assert files_of(place) == before


def test_runs_that_begin_at_once_all_end_well(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, saved = made
    for number in range(20):
        place = saved.parent / f"results-{number}"
        with ThreadPoolExecutor() as threads:
            folders = list(threads.map(done.save, [place / "trial", place / "trial"]))
        assert files_of(folders[0]) == dict(done.files)


@pytest.mark.parametrize("name", ["nowhere/here/trial", "2001.txt/trial", "x" * 300, "a\0b"])
def test_a_folder_that_cannot_be_made_is_said(place: Path, name: str) -> None:
    done = cp.run_analysis(declared(place, SMALL + NO_FIGURES))
    before = files_of(place)
    with pytest.raises(OutputError):
        done.save(place / name)
    assert files_of(place) == before
