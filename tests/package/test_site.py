"""The site: every public name has its place, every figure its page, and no page asks others.

That it can be built, without a warning, `make docs` shows.
"""

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from reference import REFERENCE

import crossplan as cp

DOCS = ROOT / "docs"
EXAMPLES = sorted((DOCS / "gallery_examples").rglob("*.py"))


ERRORS = "crossplan.errors"  # the whole module, with all that is in it
NAMES = [name for name in REFERENCE if name != ERRORS]


def thing(dotted: str) -> Any:
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def functions(dotted: str) -> Iterator[tuple[str, set[str]]]:
    """What is called or read of a documented name, and which types each is said to give."""
    value = thing(dotted)
    members = vars(value) if inspect.isclass(value) else {dotted.rpartition(".")[2]: value}
    for name, member in members.items():
        function = member.fget if isinstance(member, property) else member
        if inspect.isfunction(function) and name[0] != "_" and name not in REFERENCE[dotted]:
            returned = inspect.signature(function).return_annotation
            yield name, set(re.findall(r"\w+", str(returned)))


@pytest.fixture(scope="module")
def classes() -> set[str]:
    """All classes of the library."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(cp.__path__, "crossplan.")
        if not module.name.endswith("__main__")
    ]
    members = (member for module in modules for member in vars(module).values())
    return {
        member.__name__
        for member in members
        if inspect.isclass(member) and member.__module__.startswith("crossplan.")
    }


@pytest.mark.parametrize("name", sorted({*cp.__all__} - {"__version__", "errors"}))
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert f"crossplan.{name}" in REFERENCE or (ERRORS in REFERENCE and hasattr(cp.errors, name))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_documented_name_gives_is_documented_too(name: str, classes: set[str]) -> None:
    documented = {dotted.rpartition(".")[2] for dotted in REFERENCE}
    for function, types in functions(name):
        assert types & classes <= documented, function


def overview() -> list[tuple[str, str]]:
    """The functions of the overview with their arguments."""
    text = (DOCS / "reference.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([\w.]+)\((.*?)\)` \|", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "arguments"), overview())
def test_the_overview_has_the_arguments_of_the_code(name: str, arguments: str) -> None:
    parameters = inspect.signature(attrgetter(name)(cp)).parameters
    given = [argument for argument in arguments.split(", ") if argument not in {"", "*"}]
    told = [argument.partition("=") for argument in given]
    names = [argument for argument, *_ in told]
    if names[-1:] == ["..."]:
        assert names[:-1] == list(parameters)[: len(names) - 1]
    else:
        assert names == list(parameters)
    for argument, _, default in told:
        if default not in {"", "..."}:
            assert parameters[argument].default == ast.literal_eval(default)


def test_every_kind_of_figure_is_in_the_gallery() -> None:
    examples = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    shown = {}
    for dotted in NAMES:
        drawn = {name for name, types in functions(dotted) if {"Axes", "Figure"} & types}
        makers = [
            made.removeprefix("crossplan.") for made in NAMES
            if inspect.isfunction(thing(made))
            and inspect.signature(thing(made)).return_annotation is thing(dotted)
        ]  # fmt: skip
        for name in drawn:
            variables = {
                variable
                for maker in makers
                for variable in re.findall(rf"^(\w+) = cp\.{maker}\(", examples, re.MULTILINE)
            }
            shown[f"{dotted}.{name}"] = any(f"\n{v}.{name}(" in examples for v in variables)
    assert len(shown) > len(EXAMPLES) / 2
    assert [name for name, is_shown in shown.items() if not is_shown] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_the_gallery_says_its_source(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    figures = re.findall(r"^\w+\.(?:plot\w*|heatmap)\(", source, re.MULTILINE)
    assert figures
    assert len(re.findall(r"^print\(\w+\.caption\(", source, re.MULTILINE)) == len(figures)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_constructed_plans_are_named_in_the_gallery(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ("construct_predecessor" in source) == ("*constructed*" in source)


def loaded_from_outside(text: str) -> list[str]:
    path = DOCS / "extensions" / "outside.py"
    spec = importlib.util.spec_from_file_location("outside", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[str] = module.loaded_from_outside(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/mathjax.js"></script>',
        "<script async src='//cdn.example/a.js'></script>",
        '<link rel="stylesheet" type="text/css" href="https://cdn.example/a.css">',
        '<img alt="" src=http://cdn.example/a.png>',
        '<object data="https://cdn.example/a.svg"></object>',
        "@font-face { src: url(https://cdn.example/a.woff2) }",
        "@import 'https://cdn.example/a.css';",
        '@import url("//cdn.example/a.css");',
    ],
)
def test_what_a_page_loads_from_others_is_found(text: str) -> None:
    assert loaded_from_outside(f"<p>before</p>{text}<p>behind</p>")


@pytest.mark.parametrize(
    "text",
    [
        '<a class="reference external" href="https://pypi.org/project/jieba/">jieba</a>',
        '<link rel="canonical" href="https://example.org/">',
        '<script src="_static/searchtools.js?v=1"></script>',
        '<p>src="https://example.org" as text</p>',
        "body { background: url(../images/paper.png) }",
    ],
)
def test_links_and_own_files_are_left_alone(text: str) -> None:
    assert loaded_from_outside(text) == []
