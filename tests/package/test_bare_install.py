"""The bare install does all that is common; what needs an extra says which."""

import json
import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import dresses
import pytest
from mirrors import Mirror
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def brought() -> set[str]:
    """Give all packages that come with the bare install."""
    found = {"crossplan"}
    waiting = list(PROJECT["dependencies"])
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name not in found and (not wanted.marker or wanted.marker.evaluate({"extra": ""})):
            found.add(name)
            waiting += requires(name) or ()
    return found


@pytest.mark.slow
def test_what_is_common_works_and_what_is_not_names_its_extra(
    tmp_path: Path, mirror: Mirror, paragraphs: list[str]
) -> None:
    there = brought()
    absent = [
        module
        for module, packages in packages_distributions().items()
        if there.isdisjoint(map(canonicalize_name, packages))
    ]
    assert {"networkx", "nltk", "nbclient", "pyarrow", "rjieba", "wordcloud"} <= {*absent}
    done = subprocess.run(
        [
            *(sys.executable, str(ROOT / "tests" / "support" / "bare.py"), json.dumps(absent)),
            mirror.add("/plan.htm", dresses.portal(paragraphs)),
        ],
        env={**os.environ, "CROSSPLAN_HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert told["plans"] == 5
    assert min(told["sections"], told["targets"], told["terms"]) > 20
    assert told["report"] == "<!DOCTYPE html>"
    assert told["missing"] == []
    for extra in EXTRAS.keys() - {"all", "notebook"}:
        assert f'Install it: pip install "crossplan[{extra}]".' in told[extra]
    # On the command line, one line and no traceback.
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith('Install it: pip install "crossplan[notebook]".\n')


def test_one_extra_has_all_others() -> None:
    (whole,) = map(Requirement, EXTRAS["all"])
    assert whole.name == PROJECT["name"]
    assert whole.extras == EXTRAS.keys() - {"all"}
