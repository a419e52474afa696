"""The notebooks, and the command that runs them and tells them as pages."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from material import constructed_text, run
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from paths import ROOT
from processes import SECONDS, started, wait_until

import crossplan as cp
from crossplan.narration import run as running
from crossplan.narration.parameters import parameters_of, shipped_notebooks

NAMES = [
    "01-five-plans-at-a-glance",
    "02-how-the-sections-changed",
    "03-new-and-dropped-measures",
    "04-targets-over-seventeen-years",
    "05-words-that-came-and-went",
    "06-bring-your-own-plans",
    "07-review-and-agreement",
]
FOLDER = ROOT / "notebooks"
# Two runs of these are compared byte for byte: figures and words, and files with random names.
AGAIN = [NAMES[4], NAMES[5]]
OTHERWISE = {
    "four plans back": (NAMES[1], {"old": "2009-2010", "new": "2012-2015", "lang": "zh"}),
    "two plans without text": (NAMES[3], {"old": "2012-2015", "new": "2016-2020", "lang": "zh"}),
}
# Runs begin in folders of their own; a relative path would lead elsewhere from there.
PATHS = os.pathsep.join(
    str(Path(path).resolve()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path
)


@pytest.fixture(autouse=True)
def _this_crossplan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATHS)


class Ran(NamedTuple):
    """What the command printed, and the page that it wrote."""

    done: subprocess.CompletedProcess[str]
    path: Path

    @property
    def page(self) -> str:
        return self.path.read_text(encoding="utf-8")


class Runs:
    """Runs of the command, two at a time; each begins at once and is waited for when asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pool = ThreadPoolExecutor(2)
        self.begun: dict[str, Future[Ran]] = {}

    def begin(self, label: str, name: str, *more: str, **environment: str) -> None:
        self.begun[label] = self.pool.submit(self.command, label, name, more, environment)

    def command(
        self, label: str, name: str, more: tuple[str, ...], environment: Mapping[str, str]
    ) -> Ran:
        folder = self.folder / label.replace(" ", "-")
        folder.mkdir()
        path = folder / "page.html"
        done = subprocess.run(
            [sys.executable, "-m", "crossplan", "notebook", name, "-o", str(path), *more],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": PATHS,
                "CROSSPLAN_HOME": str(folder / "home"),
                **environment,
            },
            timeout=SECONDS,
        )
        return Ran(done, path)

    def __getitem__(self, label: str) -> Ran:
        return self.begun[label].result()


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    folder = tmp_path_factory.mktemp("notebooks")
    runs = Runs(folder)
    for name in NAMES:
        runs.begin(name, name)
    for label, (name, values) in OTHERWISE.items():
        runs.begin(label, name, *(f"--set={key}={value}" for key, value in values.items()))
    for name in AGAIN:
        runs.begin(f"{name} again", name, PYTHONHASHSEED="7", TZ="Asia/Shanghai")
    text = folder / "2021-2025.txt"
    text.write_text(constructed_text(cp.load_plan("2021-2025")), encoding="utf-8")
    cp.add_plan("2021-2025", text, home=folder / "full")
    runs.begin("both texts", NAMES[2], CROSSPLAN_HOME=str(folder / "full"))
    yield runs
    runs.pool.shutdown(cancel_futures=True)


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.loaded: list[str] = []
        self.styles = ""
        self.title = ""
        self.within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.within = tag
        self.tags.append((tag, named))
        self.styles += named.get("style", "")
        for name, value in named.items():
            opened_on_request = tag == "a" and name == "href"
            if name in {"src", "srcset", "href", "data", "poster"} and not opened_on_request:
                self.loaded.append(value)

    def handle_data(self, data: str) -> None:
        if self.within == "style":
            self.styles += data
        if self.within == "title":
            self.title += data

    def handle_endtag(self, _: str) -> None:
        self.within = ""

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def stored(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]


def own_notebook(path: Path, *cells: Any) -> Path:
    """Write a notebook as a user would have it."""
    nbformat.write(new_notebook(cells=list(cells)), path)  # type: ignore[no-untyped-call]
    return path


def parameters_cell(source: str) -> Any:
    return new_code_cell(source, metadata={"tags": ["parameters"]})  # type: ignore[no-untyped-call]


def code(source: str) -> Any:
    return new_code_cell(source)  # type: ignore[no-untyped-call]


def prose(source: str) -> Any:
    return new_markdown_cell(source)  # type: ignore[no-untyped-call]


def test_all_notebooks_are_shipped() -> None:
    assert [path.stem for path in shipped_notebooks()] == NAMES
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES
    for path in shipped_notebooks():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_stored_without_output(name: str) -> None:
    for cell in stored(name).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_essays_with_parameters(name: str) -> None:
    notebook = stored(name)
    assert notebook.cells[0].source.startswith("# ")
    assert "?" in notebook.cells[0].source
    assert notebook.cells[1].source.startswith("# Parameters\n")
    assert list(parameters_of(notebook))[:3] == ["old", "new", "lang"]
    source = "\n".join(cell.source for cell in notebook.cells[2:] if cell.cell_type == "code")
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert set(parameters_of(notebook)) <= used
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert prose.count("\n## What we cannot say\n") == prose.count("\n## Sources") == 1


@pytest.mark.slow
@pytest.mark.parametrize("label", [*NAMES, *OTHERWISE, "both texts"])
def test_notebooks_run(runs: Runs, label: str) -> None:
    ran = runs[label]
    assert (ran.done.stdout, ran.done.stderr) == (f"{ran.path}\n", "")
    assert ran.done.returncode == 0
    assert 'class="stderr"' not in ran.page, "nothing warns"
    assert " object at 0x" not in ran.page
    assert [path.name for path in ran.path.parent.iterdir() if path.name != "home"] == ["page.html"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_pages_need_nothing_else(runs: Runs, name: str) -> None:
    page = Page(runs[name].page)
    assert all(value.startswith("data:image/") for value in page.loaded)
    assert not page.all("script")
    assert not page.all("iframe")
    assert "@import" not in page.styles
    assert "url(" not in page.styles
    assert "prefers-color-scheme: dark" in page.styles
    assert "size: A4" in page.styles
    policy = next(x for x in page.all("meta") if x.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")
    assert page.all("html") == [{"lang": "en"}]
    assert page.title == stored(name).cells[0].source.partition("\n")[0].removeprefix("# ")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_figures_are_drawn_and_described(runs: Runs, name: str) -> None:
    drawn = [image["alt"] for image in Page(runs[name].page).all("img")]
    described = [cell.metadata["alt"] for cell in stored(name).cells if "alt" in cell.metadata]
    plotted = [
        cell for cell in stored(name).cells if ".plot" in cell.source or ".heatmap" in cell.source
    ]
    assert len(plotted) == len(described)
    assert drawn == described


@pytest.mark.slow
@pytest.mark.parametrize("label", OTHERWISE)
def test_parameters_are_told(runs: Runs, label: str) -> None:
    for key, value in OTHERWISE[label][1].items():
        assert runs[label].page.count(f"{key} <b>{value}</b>") == 2


@pytest.mark.slow
def test_labels_follow_the_language(runs: Runs) -> None:
    assert runs["four plans back"].page != runs[NAMES[1]].page


@pytest.mark.slow
@pytest.mark.parametrize("name", AGAIN)
def test_two_runs_give_the_same_bytes(runs: Runs, name: str) -> None:
    assert runs[f"{name} again"].path.read_bytes() == runs[name].path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", [NAMES[2], NAMES[4], NAMES[6]])
def test_what_is_constructed_says_so(runs: Runs, name: str) -> None:
    assert "Constructed predecessor (made from 2026-2030 by known edits, seed 1) →" in (
        runs[name].page
    )


@pytest.mark.slow
def test_two_texts_at_hand_are_compared(runs: Runs) -> None:
    page = runs["both texts"].page
    assert "Human Rights Action Plan of China (2021-2025) →" in page
    assert "Constructed predecessor (made from 2026-2030 by known edits, seed 1) →" not in page


def test_list_tells_names_titles_and_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "notebook", "--list")
    assert (code, err) == (0, "")
    assert [line.partition(" ")[0] for line in out.splitlines() if line[0] != " "] == NAMES
    assert "Words that came and went" in out
    assert "new=2026-2030, lang=en, seed=1" in out
    assert run(capsys, "notebook", "4", "--list")[1].startswith(NAMES[3])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--list tells which"),
        (["targets-over-seventen-years"], f"Like it: {NAMES[3]}. Shipped notebooks: {NAMES[0]}, "),
        (["08"], "there is no notebook '08'"),
        (["nowhere.ipynb"], "there is no notebook 'nowhere.ipynb'"),
        (["04", "--set", "nwe=2026-2030"], "Like it: new. It has: old, new, lang, indicator."),
        (["04", "--set", "new"], "'new' is not KEY=VALUE"),
        (["03", "--set", "seed=one"], "seed='one' is not a whole number. In the notebook it is 1."),
        (["05", "--set", "terms=人权"], """terms='人权' is not a list, such as ["a", "b"]"""),
        (["04", "-o", "page.pdf"], "page.pdf: a notebook is written as .html"),
        (["04", "-o", "nowhere/page.html"], "nowhere/page.html: there is no such folder"),
    ],
)
def test_errors_before_a_run_are_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "notebook", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert not list(tmp_path.glob("*"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("lang=<script>", "lang='<script>' is not possible. Choose from: 'zh', 'en'."),
        ("new=2031-2035", "there is no plan '2031-2035'. Choose from: 2009-2010, "),
    ],
)
def test_a_value_that_is_not_possible_stops_the_run(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "notebook", NAMES[3], "--set", setting)
    assert (code, out) == (2, "")
    assert words in err
    assert f"crossplan: {NAMES[3]}.ipynb, code cell " in err
    assert err.count("\n") == 1
    assert not list(tmp_path.glob("*"))


@pytest.mark.slow
def test_a_notebook_of_ones_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "beside.py").write_text("WORD = 'from beside'\n", encoding="utf-8")
    dot = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="5"/></svg>'
    (mine / "dot.svg").write_text(dot, encoding="utf-8")
    path = own_notebook(
        mine / "mine.ipynb",
        prose("# My *own* <b>题</b>\n\n<script>alert(1)</script>\n\n![a dot](dot.svg)"),
        parameters_cell(
            'count = 1\nwords = [\n    "a",  # the first\n]\nmaybe = None\nquick = False'
        ),
        code("import beside\nprint(beside.WORD, count, words, maybe, quick)"),
        code("import sys\nprint(sys.executable.encode().hex())"),
        code("'<i>text</i>'"),
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    # A kernel of the same name from another environment is not taken.
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        '{"argv": ["/nowhere/python"], "display_name": "other", "language": "python"}',
        encoding="utf-8",
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    settings = ["count=2", 'words=["b\\"", "c"]', "maybe=some", "quick=true"]
    code_, out, err = run(
        capsys, "notebook", str(path), *(f"--set={setting}" for setting in settings)
    )
    assert (code_, out, err) == (0, "mine.html\n", "")
    html = (elsewhere / "mine.html").read_text(encoding="utf-8")
    assert "from beside 2 ['b\"', 'c'] some True" in html
    assert sys.executable.encode().hex() in html
    assert "&lt;i&gt;text&lt;/i&gt;" in html
    page = Page(html)
    assert page.title == "My own 题"  # the words of a title, without its markup
    assert [image["alt"] for image in page.all("img")] == ["a dot"]
    assert all(value.startswith("data:image/svg+xml;base64,") for value in page.loaded)
    assert len(page.all("script")) == 1, "what the author wrote stays, and the page lets it not run"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1 / 0", "failing.ipynb, code cell 3 (1 / 0): ZeroDivisionError: division by zero"),
        ("def f(:", "code cell 3 (def f(:): SyntaxError: "),
        ("import os; os._exit(3)", "code cell 3 (import os; os._exit(3)): the process that ran it"),
        ("raise KeyError('a\\nb')", "KeyError: 'a\\nb'"),
    ],
)
def test_a_cell_that_fails_is_one_line_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    own_notebook(
        tmp_path / "failing.ipynb", parameters_cell("a = 1"), code("a"), code(source), code("2")
    )
    code_, out, err = run(capsys, "notebook", "failing.ipynb", "--set", "a=2")
    assert (code_, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["failing.ipynb"]


@pytest.mark.parametrize("content", ["", "text", "[]", '{"cells": 1}', "\x00"])
def test_what_is_no_notebook_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str
) -> None:
    path = tmp_path / "none.ipynb"
    path.write_text(content, encoding="utf-8")
    code_, out, err = run(capsys, "notebook", str(path))
    assert (code_, out) == (2, "")
    assert (
        err == f"crossplan: {path}: this is no notebook. Give a .ipynb file that Jupyter opens.\n"
    )


def test_a_notebook_without_parameters_has_none_to_set(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = own_notebook(tmp_path / "plain.ipynb", code("a = 1"))
    code_, _, err = run(capsys, "notebook", str(path), "--set", "a=2")
    assert code_ == 2
    assert "plain.ipynb has no parameter 'a'. It has none: " in err


def test_without_the_extra_the_error_names_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    for arguments in (["04"], ["--list"]):
        code_, _, err = run(capsys, "notebook", *arguments)
        assert code_ == 2
        assert 'pip install "crossplan[notebook]"' in err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux which processes live")
def test_a_run_that_is_ended_ends_its_kernel(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    source = (
        f"import os, time\nopen({str(mark)!r}, 'w').write(f'{{os.getpid()}}\\n')\n"
        f"time.sleep({SECONDS})"
    )
    path = own_notebook(tmp_path / "endless.ipynb", code(source))
    command = [sys.executable, "-m", "crossplan", "notebook", str(path)]
    with started(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: mark.exists() and mark.read_text(encoding="utf-8").endswith("\n"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 128 + signal.SIGTERM
        kernel = int(mark.read_text(encoding="utf-8"))
        wait_until(lambda: not Path(f"/proc/{kernel}").exists())
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["endless.ipynb", "pid"]
