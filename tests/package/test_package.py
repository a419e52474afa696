"""The package as a whole: what it offers, what it loads, how its parts depend."""

import ast
import doctest
import importlib
import importlib.metadata
import json
import os
import pkgutil
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from material import slow
from paths import ROOT

import crossplan as cp

PACKAGE = Path(cp.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "crossplan.")
    if not module.name.endswith("__main__")
)
# What takes time to load, by what it is for. (Where pyarrow is installed, pandas loads it.)
TABLES = {"numpy", "pandas", "pyarrow", "msgspec", "rapidfuzz"}
WORDS = TABLES | {"jieba"}
GRAPHS = {"scipy", "scipy.sparse", "scipy.sparse.csgraph"}
PAGES = {"click", "jinja2", "lxml", "fontTools", "uharfbuzz", "matplotlib", "matplotlib.figure"}
OTHER = {
    *("scipy.special", "scipy.stats", "scipy.optimize", "sklearn", "nltk", "networkx", "joblib"),
    *("matplotlib.pyplot", "wordcloud", "openpyxl", "docx", "itables", "nbformat", "nbconvert"),
    *("requests", "pooch", "tenacity", "tqdm", "opencc", "inscriptis", "pypdfium2"),
    *("mwparserfromhell", "w3lib", "pkg_resources"),
}
HEAVY = sorted(WORDS | GRAPHS | PAGES | OTHER)
PLAN = "plan = cp.load_plan('2026-2030')"
BY_JIEBA = "words=cp.WordOptions(segmenter='jieba')"
# From the start of a process to a result, and what of all these is of use on the way.
ROADS = {
    "import": ("", set[str]()),
    "load_plans": ("cp.load_plans()", {"msgspec", "rapidfuzz"}),
    "term_frequencies": (f"{PLAN}; cp.term_frequencies(plan, {BY_JIEBA}).table", WORDS),
    "compare_terms": (
        f"{PLAN}; cp.compare_terms(plan, plan, {BY_JIEBA}).table",
        WORDS | {"scipy", "scipy.special", "scipy.sparse"},
    ),
    "compare_measures": (f"{PLAN}; cp.compare_measures(plan, plan).table", WORDS | GRAPHS),
    "trace_sections": ("cp.trace_sections(cp.load_plans()).table", WORDS | GRAPHS),
    "report": (
        "from crossplan.cli import report; report.main(sys.argv[1:], standalone_mode=False)",
        WORDS | GRAPHS | PAGES,
    ),
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported_modules(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_installed_wheel_is_tested() -> None:
    installed = importlib.metadata.distribution("crossplan").read_text("direct_url.json") or "{}"
    if json.loads(installed).get("dir_info", {}).get("editable"):
        pytest.skip("an editable install: `make check` tests the working tree")
    assert ROOT / "src" not in PACKAGE.parents, "run the tests with `make test`"


@pytest.mark.parametrize(
    "road", [road if road in {"import", "term_frequencies"} else slow(road) for road in ROADS]
)
def test_a_cold_road_loads_only_what_it_uses(road: str, tmp_path: Path) -> None:
    code, used = ROADS[road]
    told = f"print([name for name in {HEAVY} if name in sys.modules])"
    code = f"import sys, crossplan as cp\n{code}\n{told}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, "--offline", "-o", tmp_path / "report.html"],
        env=os.environ | {"CROSSPLAN_CACHE": "off"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(ast.literal_eval(done.stdout.splitlines()[-1])) <= used


@pytest.mark.slow
def test_what_was_cut_before_needs_no_dictionary(tmp_path: Path) -> None:
    code = (
        f"import sys, crossplan as cp\n{PLAN}\ncp.term_frequencies(plan, {BY_JIEBA}).table\n"
        "print('jieba' in sys.modules)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env=os.environ | {"CROSSPLAN_CACHE": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert told == ["True\n", "False\n"]


def test_public_names_are_sorted_and_there() -> None:
    assert list(cp.__all__) == sorted(cp.__all__)
    for name in cp.__all__:
        assert getattr(cp, name) is not None


@pytest.mark.parametrize("name", [name for name in cp.__all__ if name != "__version__"])
def test_public_names_are_documented(name: str) -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert re.search(rf"`(cp\.)?{name}\b", reference), f"{name} is not in docs/reference.md"
    assert getattr(cp, name).__doc__


def test_version_stands_in_one_place() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {cp.__version__}\n" in citation
    assert importlib.metadata.version("crossplan") == cp.__version__


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_no_module_imports_difflib() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert "difflib" not in {name.partition(".")[0] for name in imported_modules(path)}


def test_the_code_knows_nothing_about_human_rights() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = tree_of(path)
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        strings = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not [s for s in strings - docstrings if "人权" in s], path.name
