"""The package as a whole: what it offers, what it loads, how its parts depend."""

import ast
import doctest
import importlib
import importlib.metadata
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import crossplan as cp

ROOT = Path(__file__).parent.parent
PACKAGE = Path(cp.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "crossplan.")
    if not module.name.endswith("__main__")
)
# From the ground up. A package may import from its own floor's ground and below, never
# from a package beside it or above.
FLOORS = [
    {
        *("errors", "_version", "characters", "arguments", "files", "packing", "recipes", "frames"),
        *(
            "display",
            "progress",
            "model",
            "result",
            "labels",
            "parallel",
            "cache",
            "code",
            "started",
        ),
    },
    {"figures"},
    {"corpora"},
    {"readers"},
    {"words", "acquisition", "guessing"},
    {"pairing"},
    {"matching", "targets"},
    {"reporting"},
    {"narration"},
    {"pipeline"},
    {"cli"},
]


def imported_modules(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def floor_of(part: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if part in floor)


def test_the_installed_wheel_is_tested() -> None:
    installed = importlib.metadata.distribution("crossplan").read_text("direct_url.json") or "{}"
    if json.loads(installed).get("dir_info", {}).get("editable"):
        pytest.skip("an editable install: `make check` tests the working tree")
    assert ROOT / "src" not in PACKAGE.parents, "run the tests with `make test`"


def test_importing_crossplan_is_cheap() -> None:
    heavy = ["pandas", "numpy", "sklearn", "scipy", "jieba", "matplotlib", "rapidfuzz"]
    heavy += ["requests", "lxml", "opencc", "docx", "pypdfium2", "tqdm"]
    heavy += ["joblib", "pyarrow"]
    code = f"import sys, crossplan; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


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


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_nobody_imports_upwards_or_sideways(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in {"__init__", "__main__", "series"}:
        return
    for name in imported_modules(path):
        names = name.split(".")
        if names[0] != "crossplan" or names[1] in {part, "_version"}:
            continue
        below = floor_of(names[1]) < floor_of(part)
        on_the_ground = floor_of(part) == floor_of(names[1]) == 0
        assert below or on_the_ground, f"{path.name} imports {name}"


def test_the_code_knows_nothing_about_human_rights() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
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
