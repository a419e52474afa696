"""Plans and series for the tests.

Where a test needs a second full text it uses a *constructed* one, made from the fifth
plan by known edits or from an outline and filler, and says so in its title.
"""

import atexit
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dresses
import pytest
from hypothesis import HealthCheck, settings
from material import constructed_text
from mirrors import Mirror

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.store import find_series
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan
from crossplan.readers import document
from crossplan.readers.child import answer
from crossplan.readers.document import pages_of
from crossplan.readers.page import Form, Page

# The same examples on every machine, however slow; the weekly run looks for others.
settings.register_profile(
    "search",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("same", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# What tests start on Windows prints Chinese as well, into pipes that would take its code page.
if sys.platform == "win32":
    os.environ.setdefault("PYTHONIOENCODING", "utf-8")

# No test sees, or touches, what the user of this machine has fetched, or what was kept.
for variable in ("CROSSPLAN_HOME", "CROSSPLAN_CACHE"):
    os.environ[variable] = tempfile.mkdtemp(prefix="crossplan-tests-")
    atexit.register(shutil.rmtree, os.environ[variable], ignore_errors=True)


@pytest.fixture(scope="session")
def plans() -> Corpus:
    return cp.load_plans()


@pytest.fixture(scope="session")
def fifth(plans: Corpus) -> Plan:
    return plans["2026-2030"]


@pytest.fixture(scope="session")
def shipped() -> Path:
    return find_series("national-human-rights-action-plans")


@pytest.fixture(scope="session")
def paragraphs(shipped: Path) -> list[str]:
    """The lines of the fifth plan as published, to be dressed as copies."""
    return dresses.paragraphs_of((shipped / "2026-2030" / "text.txt").read_text(encoding="utf-8"))


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A server on this machine."""
    with Mirror() as server:
        yield server


@pytest.fixture
def series(tmp_path: Path, shipped: Path) -> Path:
    """A copy of the shipped series, to be damaged."""
    return Path(shutil.copytree(shipped, tmp_path / "series"))


@pytest.fixture
def folder(tmp_path: Path, plans: Corpus) -> Path:
    """A folder with a constructed text under the name of the fourth plan."""
    path = tmp_path / "texts"
    path.mkdir()
    text = constructed_text(plans["2021-2025"])
    (path / "2021-2025.txt").write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def constructed_predecessor(series: Path) -> Callable[[Callable[[str], str]], Corpus]:
    """Make a corpus of the fifth plan and a constructed predecessor edited from it."""

    def make(edit: Callable[[str], str]) -> Corpus:
        original = series / "2026-2030"
        made = Path(shutil.copytree(original, series / "constructed"))
        (made / "corrections.toml").unlink()
        description = (made / "plan.toml").read_text(encoding="utf-8")
        head, _, rest = description.partition("[witness]")
        _, chapters, rest = rest.partition("[outline_confidence]")
        head = head.replace('id = "2026-2030"', 'id = "constructed"').replace(
            "国家人权行动计划（2026—2030年）", "构造的前身（由2026—2030年计划编辑而成）"
        )
        head = head.replace("start = 2026", "start = 2021").replace("end = 2030", "end = 2025")
        (made / "plan.toml").write_text(head + chapters + rest, encoding="utf-8")
        (series / "series.toml").write_text(
            (series / "series.toml")
            .read_text(encoding="utf-8")
            .replace('"2009-2010", "2012-2015", "2016-2020", "2021-2025"', '"constructed"'),
            encoding="utf-8",
        )
        texts = series / "texts"
        texts.mkdir()
        text = (made / "text.txt").read_text(encoding="utf-8")
        (texts / "constructed.txt").write_text(edit(text), encoding="utf-8")
        return cp.load_plans(series, folder=texts)

    return make


@pytest.fixture(scope="session")
def constructed_pair(fifth: Plan) -> ConstructedPredecessor:
    """The fifth plan and a predecessor constructed from it."""
    return cp.evaluation.construct_predecessor(fifth, seed=1)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the environment and the folder of this process to the next test as they were."""
    folder, environment = Path.cwd(), dict(os.environ)
    yield
    changed = {
        name
        for name in {*environment, *os.environ}
        # pytest notes which test runs, and OpenMP, when it is loaded, that it is.
        if not name.startswith(("PYTEST_", "KMP_"))
        and environment.get(name) != os.environ.get(name)
    }
    for name in changed:
        if name in environment:
            os.environ[name] = environment[name]
        else:
            del os.environ[name]
    moved = Path.cwd() != folder
    os.chdir(folder)
    assert not changed
    assert not moved


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder for each test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CROSSPLAN_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in this process, but for tests that are about the other one."""

    def read_here(form: Form, data: bytes, content_type: str = "") -> tuple[Page, ...]:
        return pages_of(answer(form, data, content_type))

    if "apart" not in request.keywords:
        monkeypatch.setattr(document, "read_in_process", read_here)


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach further than the loopback: other names are not found."""
    find = socket.getaddrinfo

    def find_here(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in {"127.0.0.1", "localhost", "::1"}:
            raise socket.gaierror(socket.EAI_NONAME, "no test looks outside")
        return find(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", find_here)


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    """Close the figures that a test opened."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        import matplotlib.pyplot as plt

        plt.close("all")
