"""The same analysis gives the same bytes, whatever the machine, the user and the processes are."""

import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from material import REPORTS, report_path
from processes import started

import crossplan as cp
from crossplan.corpora.store import shipped_folder

pytestmark = pytest.mark.slow

PACKAGE = Path(cp.__file__).parent
SERIES = """\
series = "national-human-rights-action-plans"
plans = ["2016-2020", "2021-2025", "2026-2030"]
"""
HEAD = """\
published = 2026-11-27
authors = ["甲", "B"]

[title]
zh = "构造的分析"
en = "A constructed analysis"

[description]
zh = "为测试而构造。"
en = "Made for the tests."

"""
# Every kind of step; the text of the fourth plan is constructed.
ANALYSIS = f"""{SERIES}{HEAD}
[[comparisons]]
name = "measures"
of = "measures"
old = "2021-2025"
new = "2026-2030"

[[comparisons]]
name = "targets"
of = "targets"
old = "2016-2020"
new = "2026-2030"

[[comparisons]]
name = "terms"
of = "terms"
old = "2021-2025"
new = "2026-2030"
robustness = true

[[traces]]
name = "sections"
of = "sections"

[[traces]]
name = "lineages"
of = "measures"
plans = ["2021-2025", "2026-2030"]

[[traces]]
name = "histories"
of = "targets"

[[traces]]
name = "groups"
of = "terms"
groups = "series"

[[frequencies]]
name = "chapters"
plans = ["2026-2030"]
by = "chapter"
ngrams = [1, 2]

[[frequencies]]
name = "left-out"
without_text = "leave out"

[[reports]]
name = "report"
old = "2021-2025"
new = "2026-2030"
forms = ["html", "docx", "xlsx", "md"]
"""
# Two constructed documents, and the forms of tables and figures that are not the usual ones.
DOCUMENTS = """\
[[documents]]
id = "old"
file = "old.txt"
period = [2001, 2001]

[[documents]]
id = "new"
file = "new.txt"
period = [2002, 2002]

[[comparisons]]
name = "measures"
of = "measures"
old = "old"
new = "new"

[outputs]
tables = ["parquet"]
figures = ["pdf", "png"]
"""
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}
THERE = {"PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8"}
# What a user may like; figures are not to follow it.
MATPLOTLIBRC = "lines.linewidth: 7\nfigure.dpi: 50\nsavefig.bbox: tight\naxes.grid: True\n"


def begun(
    place: Path, analysis: Path, *options: str, **environment: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    """Begin to run a copy of an analysis, in a process, a folder and a home of its own."""
    settings = place / "home" / ".config" / "matplotlib"
    settings.mkdir(parents=True)
    if environment["PYTHONHASHSEED"] == THERE["PYTHONHASHSEED"]:
        (settings / "matplotlibrc").write_text(MATPLOTLIBRC, encoding="utf-8")
    mine = place / analysis.name
    shutil.copy(analysis, mine)
    own = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "SYSTEMROOT")
        if name in os.environ
    }
    told = {"HOME": str(place / "home"), "CROSSPLAN_HOME": str(place / "home" / "texts")}
    return started(
        [sys.executable, "-m", "crossplan", "run", str(mine), *options],
        cwd=place,
        env=own | told | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def files_of(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def run_twice(
    tmp_path: Path, analysis: Path, *options: str, code: Path | None = None
) -> dict[str, bytes]:
    """Run an analysis here and elsewhere, at once; give the files, which are the same."""
    one, other = tmp_path / "one", tmp_path / "另一处"
    one.mkdir()
    other.mkdir()
    moved = {"PYTHONPATH": str(code)} if code else {}
    with (
        begun(one, analysis, *options, "--jobs", "1", **HERE) as here,
        begun(other, analysis, *options, "--jobs", "2", **THERE, **moved) as there,
    ):
        for process in (here, there):
            _, errors = process.communicate()
            assert process.returncode == 0, errors
    results = [files_of(place / "results" / analysis.stem) for place in (one, other)]
    assert sorted(results[0]) == sorted(results[1])
    assert [path for path, data in results[0].items() if results[1][path] != data] == []
    return results[0]


@pytest.fixture
def copied_library(tmp_path: Path) -> Path:
    """The library at another place, as a checkout has it, and pyarrow not installed there."""
    source = tmp_path / "another place" / "src"
    ignored = shutil.ignore_patterns("__pycache__", "series", "notebooks")
    shutil.copytree(PACKAGE, source / "crossplan", ignore=ignored)
    shutil.copytree(shipped_folder(), source.parent / "corpora")
    # pandas keeps texts in another way where pyarrow is.
    (source / "sitecustomize.py").write_text(
        'import sys\n\nsys.modules["pyarrow"] = None\n', encoding="utf-8"
    )
    return source


def test_every_file_is_the_same_to_the_byte(
    tmp_path: Path, folder: Path, copied_library: Path
) -> None:
    analysis = tmp_path / "everything.toml"
    analysis.write_text(ANALYSIS, encoding="utf-8")
    files = run_twice(tmp_path, analysis, "--texts", str(folder), code=copied_library)
    endings = {path.rpartition(".")[2] for path in files}
    assert endings == {"csv", "docx", "html", "json", "md", "svg", "toml", "xlsx"}
    for name in ("lineages-lineages", "histories-shared", "groups-appearances", "terms"):
        assert f"tables/{name}.csv" in files


def test_tables_and_figures_of_every_form_are_the_same(tmp_path: Path) -> None:
    analysis = tmp_path / "figures.toml"
    analysis.write_text(HEAD + DOCUMENTS, encoding="utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("old", "new"):
        text = f"构造的计划\n一、水\n——节约用水。\n——保护{name}水源。\n二、林\n——种树。\n"
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    files = run_twice(tmp_path, analysis, "--texts", str(texts))
    assert "tables/measures.parquet" in files
    for path in ("measures.pdf", "measures.png", "measures-heatmap.png"):
        assert f"figures/{path}" in files


def test_other_documents_give_the_same_bytes(tmp_path: Path) -> None:
    years = (2019, 2020)
    if not all(report_path(year).is_file() for year in years):
        pytest.skip("the reports are not at hand")
    documents = "".join(
        f'[[documents]]\nid = "{year}"\nfile = "{report_path(year).name}"\n'
        f'period = [{year}, {year}]\nmeasures = "paragraphs"\n'
        for year in years
    )
    steps = "".join(
        f'[[traces]]\nname = "{of}"\nof = "{of}"\n' for of in ("sections", "measures", "targets")
    )
    analysis = tmp_path / "reports.toml"
    analysis.write_text(HEAD + documents + steps, encoding="utf-8")
    run_twice(tmp_path, analysis, "--texts", str(REPORTS))
