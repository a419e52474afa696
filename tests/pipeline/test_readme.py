"""The README of a folder of results: text stays text, and its commands repeat the run."""

from pathlib import Path

import pytest
from analyses import HEAD, NO_FIGURES, SMALL, declared
from material import run
from msgspec.structs import replace
from results_folder import PLAIN

import crossplan as cp
from crossplan.pipeline.manifest import Input
from crossplan.pipeline.readme import Readme
from crossplan.pipeline.running import AnalysisRun


def test_what_people_wrote_stays_text_in_the_readme(place: Path) -> None:
    text = SMALL.replace('"A constructed analysis"', '"- x"').replace('"为测试而构造。"', '"==="')
    text = text.replace('"Made for the tests."', '"1. y"')
    for lang, lines in (("en", [r"1\. y"]), ("zh", [r"\- x", r"\==="])):
        path = declared(place, f'lang = "{lang}"\nauthors = ["- A"]\n{text}{NO_FIGURES}')
        readme = cp.run_analysis(path).files["README.md"].decode("utf-8").splitlines()
        assert {*lines} <= {*readme}
        assert any(line.startswith(r"\- A") for line in readme)


def test_an_address_that_is_none_is_no_markup_in_the_readme() -> None:
    text = Input(role="text", name="x", sha256="0" * 64, address="https://a/|<b>\n# c")
    readme = Readme(replace(PLAIN, inputs=(text,)), {})
    assert readme.named(text)[-1] == "<https://a/%7C%3Cb%3E#%20c>"
    nowhere = replace(text, address="https://<b>|")
    assert readme.named(nowhere)[-1] == "<https://%3Cb%3E%7C>"
    assert readme.named(replace(text, address="ftp:*a*"))[-1] == r"ftp:\*a\*"


def test_a_folder_of_results_is_repeated_from_within(
    capsys: pytest.CaptureFixture[str],
    made: tuple[Path, AnalysisRun, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, done, saved = made
    told = done.files["README.md"].decode()
    command = "crossplan run analysis.toml --texts FOLDER --check"
    assert f"In this folder: `{command}`." in told
    monkeypatch.chdir(saved)
    words = command.replace("FOLDER", str(path.parent)).split()[1:]
    assert run(capsys, *words)[0] == 0
    Path("README.md").unlink()
    code, out, _ = run(capsys, *words)
    assert (code, out.split()[:2]) == (1, ["missing", "README.md:"])


def test_the_command_of_a_folder_fits_any_name(place: Path) -> None:
    path = declared(place, SMALL + NO_FIGURES, name="water and forests.toml")
    told = cp.run_analysis(path).files["README.md"].decode()
    assert "\ncrossplan run 'water and forests.toml.toml' --texts FOLDER\n" in told
    assert "In this folder: `crossplan run analysis.toml --texts FOLDER --check`." in told


def test_what_was_read_of_a_plan_without_text_is_named(tmp_path: Path) -> None:
    text = f"""{HEAD}
[[comparisons]]
name = "sections"
of = "sections"
old = "2016-2020"
new = "2026-2030"
"""
    made = cp.run_analysis(declared(tmp_path, text + NO_FIGURES))
    told = made.files["README.md"].decode()
    for name in ("2016-2020/plan.toml", "2016-2020/targets.csv", "2026-2030/text.txt"):
        assert f"| national-human-rights-action-plans/{name} |" in told
    assert "2026-2030/targets.csv |" not in told
    assert made.manifest.packages["crossplan"] in told.partition("## To cite it")[2]
