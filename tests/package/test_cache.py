"""What is kept between runs: never stale, never damaged, never needed."""

import os
import pickle
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import SECONDS, started

import crossplan as cp
from crossplan import cache_files
from crossplan.cache_files import READING, version_of
from crossplan.corpora import load
from crossplan.corpora.load import packed, unpacked
from crossplan.corpora.store import shipped_folder
from crossplan.errors import ArgumentError
from crossplan.model import Lexicon, Plan


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache for each test."""
    place = tmp_path / "cache"
    monkeypatch.setenv("CROSSPLAN_CACHE", str(place))
    return place


@pytest.fixture
def parsings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the kinds of values that were asked for and not there."""
    missing: list[str] = []
    look = cache_files.kept

    def watched(kind: str, key: str) -> bytes | None:
        data = look(kind, key)
        if data is None:
            missing.append(kind)
        return data

    monkeypatch.setattr(load, "kept", watched)
    return missing


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_a_value_is_given_as_it_was_kept(data: bytes, name: bytes) -> None:
    key = cache_files.key_of("test", name)
    cache_files.keep("values", key, data)
    assert cache_files.kept("values", key) == data


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_keys_are_equal_only_for_the_same_parts(some: list[bytes], others: list[bytes]) -> None:
    assert (cache_files.key_of(*some) == cache_files.key_of(*others)) == (some == others)


def test_a_plan_that_was_kept_is_the_plan(plans: cp.Corpus, parsings: list[str]) -> None:
    first = cp.load_plan("2026-2030")
    second = cp.load_plan("2026-2030")
    assert parsings == ["plans"]
    assert first == second == plans["2026-2030"]
    assert second.made_by == 'cp.load_plan("2026-2030")'
    assert second.lexicon.words == plans["2026-2030"].lexicon.words
    for measure in second.measures:
        assert second.text[measure.start : measure.end] == measure.text


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("2026-2030/corrections.toml", 'certainty = "certain"', 'certainty = "doubtful"'),
        ("2026-2030/plan.toml", "国家人权行动计划（2026—2030年）", "另一个题名"),
        ("series.toml", 'measure = ["——"', 'measure = ["◆"'),
    ],
)
def test_whatever_a_plan_depends_on_makes_it_another(
    series: Path, parsings: list[str], file: str, before: str, after: str
) -> None:
    cp.load_plan("2026-2030", series)
    content = (series / file).read_text(encoding="utf-8")
    assert before in content
    (series / file).write_text(content.replace(before, after), encoding="utf-8")
    cp.load_plan("2026-2030", series)
    assert parsings == ["plans", "plans"]


def test_another_text_is_another_plan(tmp_path: Path, fifth: Plan, parsings: list[str]) -> None:
    path = tmp_path / "2026-2030.txt"
    path.write_text(fifth.text, encoding="utf-8")
    before = cp.load_plan("2026-2030", folder=tmp_path)
    path.write_text(fifth.text.replace(fifth.measures[0].text, "构造的举措。"), encoding="utf-8")
    after = cp.load_plan("2026-2030", folder=tmp_path)
    assert parsings == ["plans", "plans"]
    assert before.measures[0].text == fifth.measures[0].text
    assert after.measures[0].text == "构造的举措。"


def test_corrections_that_are_switched_off_make_another_plan(parsings: list[str]) -> None:
    corrected = cp.load_plan("2026-2030")
    assert cp.load_plan("2026-2030", corrections=False).text != corrected.text
    assert cp.load_plan("2026-2030").text == corrected.text
    assert parsings == ["plans", "plans"]


def test_what_is_told_of_a_file_makes_another_plan(tmp_path: Path, parsings: list[str]) -> None:
    path = tmp_path / "water-2026.txt"
    path.write_text("节水计划\n一、要求\n——节约用水。\n说明的一段。\n", encoding="utf-8")
    marked = cp.read_plan(path)
    assert len(cp.read_plan(path, measures="paragraphs").measures) > len(marked.measures)
    assert cp.read_plan(path, title="另一题").title == "另一题"
    assert cp.read_plan(path) == marked
    assert parsings == ["plans"] * 3
    # Its years are in its name.
    renamed = path.rename(tmp_path / "water-2027.txt")
    assert cp.read_plan(renamed, plan_id=marked.id).start_year == 2027


def test_a_lexicon_that_changed_is_not_kept_with_a_plan(series: Path, parsings: list[str]) -> None:
    cp.load_plan("2026-2030", series)
    with (series / "lexicon.txt").open("a", encoding="utf-8") as lexicon:
        lexicon.write("构造的词\n")
    assert "构造的词" in cp.load_plan("2026-2030", series).lexicon.words
    assert parsings == ["plans"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100, None])
def test_a_damaged_value_is_worked_out_again(
    folder: Path, fifth: Plan, damage: bytes | None
) -> None:
    cp.load_plan("2026-2030")
    (path,) = files(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5] if damage is None else damage)
    assert cp.load_plan("2026-2030") == fifth
    assert path.read_bytes() == whole


def test_a_value_that_is_no_plan_is_worked_out_again(folder: Path, fifth: Plan) -> None:
    cp.load_plan("2026-2030")
    (path,) = files(folder)
    cache_files.keep("plans", path.name, pickle.dumps(["no plan"]))
    assert cp.load_plan("2026-2030") == fifth


def test_nothing_but_the_parts_of_a_plan_is_made_again() -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, ("harm",)

    assert unpacked(pickle.dumps(Harm())) is None
    assert not Path("harm").exists()
    # A dotted name would lead from a module of the model to anything.
    assert (
        unpacked(b"\x80\x04\x8c\x14crossplan.model.plan\x94\x8c\x10Plan.__module__\x94\x93\x94.")
        is None
    )


def test_every_plan_survives_being_packed(plans: cp.Corpus) -> None:
    for plan in plans.values():
        assert unpacked(packed(plan)) == plan


def test_another_version_of_the_code_does_not_see_it(
    parsings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.load_plan("2026-2030")
    monkeypatch.setattr(cache_files, "version_of_code", lambda: "v-other")
    cp.load_plan("2026-2030")
    assert parsings == ["plans", "plans"]


def test_a_cache_that_is_off_or_cannot_be_written_changes_nothing(
    folder: Path, fifth: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert cp.load_plan("2026-2030") == fifth
    monkeypatch.setenv("CROSSPLAN_CACHE", "off")
    assert cp.load_plan("2026-2030") == fifth
    assert cp.cache.state().folder is None
    assert repr(cp.cache.clear()) == "<Cache: off>"


def test_clearing_deletes_what_is_kept_and_nothing_else(folder: Path) -> None:
    cp.load_plan("2026-2030")
    mine = folder / "v-my-thesis" / "draft.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    before = cp.cache.clear()
    assert before.files == 1
    assert before.size > 0
    assert files(folder) == [mine]
    assert cp.cache.state().files == 0


def test_a_folder_that_another_process_deletes_meanwhile_is_empty(
    folder: Path, fifth: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    cp.load_plan(fifth.id)
    (version,) = folder.iterdir()
    scandir = os.scandir

    def deleted(path: Any = ".") -> Any:
        if str(path) == str(version):
            raise FileNotFoundError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deleted)
    assert cp.cache.state().files == 0


@pytest.mark.slow
def test_many_processes_read_and_write_at_once(folder: Path, fifth: Plan) -> None:
    code = (
        "import sys, crossplan as cp\n"
        "for turn in range(8):\n"
        "    if turn == int(sys.argv[1]): cp.cache.clear()\n"
        "    print(len(cp.load_plan('2026-2030').measures))\n"
    )
    with ExitStack() as running:
        processes = [
            running.enter_context(
                started(
                    [sys.executable, "-W", "ignore", "-c", code, str(number)],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
            )
            for number in range(4)
        ]
        for process in processes:
            output, errors = process.communicate(timeout=SECONDS)
            assert (output.split(), errors) == ([str(len(fifth.measures))] * 8, "")
    assert not [path for path in files(folder) if path.name.startswith(".")]


def test_the_command_tells_and_clears(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from crossplan.cli import main

    cp.load_plan("2026-2030")
    for arguments, said in ((["cache"], "1 values"), (["cache", "--clear"], "cleared")):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert said in capsys.readouterr().out
    assert files(folder) == []


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crossplan.guessing import plan_of_file

    path = tmp_path / "water-2026.txt"
    path.write_text("节水计划\n一、要求\n——节约用水。\n二、任务\n——再利用。\n", encoding="utf-8")
    read = plan_of_file.read_file_text

    def changing(given: Path) -> object:
        path.write_text("节水计划\n一、要求\n——少用水。\n二、任务\n——再利用。\n", encoding="utf-8")
        return read(given)

    monkeypatch.setattr(plan_of_file, "read_file_text", changing)
    assert cp.read_plan(path).measures[0].text == "少用水。"
    assert not folder.exists()


def test_what_plans_of_a_series_share_is_not_kept_with_each(folder: Path, fifth: Plan) -> None:
    cp.load_plan("2026-2030")
    (path,) = files(folder)
    plan = unpacked(cache_files.kept("plans", path.name) or b"")
    assert plan is not None
    assert (plan.lexicon, plan.indicators) == (Lexicon(), ())
    assert plan.chapters == fifth.chapters


def test_a_value_under_the_name_of_another_is_not_believed(folder: Path) -> None:
    one, other = cache_files.key_of("one"), cache_files.key_of("other")
    cache_files.keep("values", one, b"one")
    (path,) = files(folder)
    other_path = path.parent.parent / other[:2] / other
    other_path.parent.mkdir(exist_ok=True)
    other_path.write_bytes(path.read_bytes())
    assert cache_files.kept("values", one) == b"one"
    assert cache_files.kept("values", other) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_what_is_no_file_in_the_place_of_a_value_is_passed_over(folder: Path) -> None:
    pipe, loop = cache_files.key_of("pipe"), cache_files.key_of("loop")
    cache_files.keep("values", cache_files.key_of("first"), b"first")
    kind = files(folder)[0].parent.parent
    for key in (pipe, loop):
        (kind / key[:2]).mkdir(exist_ok=True)
    os.mkfifo(kind / pipe[:2] / pipe)
    (kind / loop[:2] / loop).symlink_to(kind / loop[:2] / loop)
    assert (cache_files.kept("values", pipe), cache_files.kept("values", loop)) == (None, None)
    cache_files.keep("values", loop, b"loop")


CHANGED_UNDER_A_PROCESS = """
import os, sys
from pathlib import Path
import crossplan as cp
cp.load_plan("2026-2030")
before = cp.cache.state().files
code = Path(cp.__file__).parent / "guessing" / "plan_of_file.py"
was, stat = code.read_text(encoding="utf-8"), code.stat()
code.write_text(was.replace("plan.title if options.title is None", "'newer' if True"))
# Some installers keep the times of files.
os.utime(code, ns=(stat.st_atime_ns, stat.st_mtime_ns))
print(before, cp.read_plan(sys.argv[1]).title, cp.cache.state().files)
"""


def test_nothing_is_kept_of_code_that_changed_under_a_process(tmp_path: Path) -> None:
    source = tmp_path / "src"
    shutil.copytree(Path(cp.__file__).parent, source / "crossplan")
    if not (source / "crossplan" / "series").is_dir():
        shutil.copytree(shipped_folder(), tmp_path / "corpora")
    text = tmp_path / "water-2026.txt"
    text.write_text("节水计划\n一、要求\n——节约用水。\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHANGED_UNDER_A_PROCESS, str(text)],
        env=os.environ | {"PYTHONPATH": str(source)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.split() == ["1", "newer", "1"]


def test_a_package_that_was_exchanged_under_a_process_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache_files.version_of_code() is not None
    cache_files.version_with.cache_clear()
    monkeypatch.setattr(cache_files, "version_of", lambda name: f"{version_of(name)}.1")
    # To install something changes the folder it lies in.
    monkeypatch.syspath_prepend(tmp_path)
    assert cache_files.version_of_code() is None
    monkeypatch.undo()
    cache_files.version_with.cache_clear()
    assert cache_files.version_of_code() is not None


@pytest.mark.parametrize("what", ["code", "package", "python"])
def test_another_version_has_a_cache_of_its_own(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    ours = cache_files.version_of_code()
    if what == "code":
        monkeypatch.setattr(cache_files, "code_checksum", lambda: "of other code")
    elif what == "package":
        other = (*cache_files.versions()[1:], "jieba 9.9")
        monkeypatch.setattr(cache_files, "versions", lambda: other)
        monkeypatch.setattr(cache_files, "first_versions", lambda: other)
    else:
        monkeypatch.setattr(sys, "version", "3.99")
    cache_files.version_with.cache_clear()
    theirs = cache_files.version_of_code()
    cache_files.version_with.cache_clear()
    assert ours
    assert theirs
    assert ours != theirs


def test_every_package_that_reads_has_a_part_in_the_version() -> None:
    there = {told.partition(" ")[0] for told in cache_files.versions()}
    assert there == set(READING)
    assert {"jieba", "lxml", "pypdfium2", "python-docx"} <= there


@pytest.mark.parametrize("shut", ["unsearchable", "x" * 300])
def test_a_cache_that_cannot_be_reached_changes_nothing(
    tmp_path: Path, fifth: Plan, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    there = os.stat

    def refused(path: object, *args: Any, **options: Any) -> os.stat_result:
        if isinstance(path, str | Path) and "unsearchable" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return there(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", refused)
    monkeypatch.setenv("CROSSPLAN_CACHE", str(tmp_path / shut))
    assert cp.load_plan("2026-2030") == fifth
    assert cp.cache.state().files == 0


def test_what_cannot_be_cleared_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from crossplan.cli import main

    def refused(path: Path, *, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError(13, "Permission denied", str(path))

    cp.load_plan("2026-2030")
    monkeypatch.setattr(shutil, "rmtree", refused)
    with pytest.raises(SystemExit) as ended:
        main(["cache", "--clear"])
    assert ended.value.code == 2
    assert "the cache cannot be cleared (Permission denied)" in capsys.readouterr().err
    assert len(files(folder)) == 1


@pytest.mark.parametrize("said", ["off", " OFF ", "Off"])
def test_the_cache_is_switched_off_in_any_spelling(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("CROSSPLAN_CACHE", said)
    assert cp.cache.state().folder is None


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CROSSPLAN_CACHE")
    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    assert cp.cache.state().folder is None
    monkeypatch.delenv("CROSSPLAN_HOME")
    monkeypatch.setattr(platformdirs, "user_data_path", homeless)
    with pytest.raises(ArgumentError, match="CROSSPLAN_HOME"):
        cp.load_plan("2026-2030")
