"""The benchmarks run, fail where a limit is passed, and are those that the pages show."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.growth import POWER_OF_ALL
from paths import ROOT

pytestmark = pytest.mark.slow

DOCS = ROOT / "docs"
# 10 / 100 / 1,000 documents in the page, fewer in a smoke run.
NUMBERS = re.compile(r"\d[\d,]*(?: / \d[\d,]*)*")
FAILING = """
import sys
from benchmarks import __main__ as command
from benchmarks.rows import Row, seconds

class Question:
    @staticmethod
    def rows(setting):
        yield Row("haste", "work", seconds({spent}), "a rival", seconds(4), seconds(2), 2)

command.QUESTIONS = (Question,)
sys.argv = ["benchmarks"]
command.main()
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )


def rows_of(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def measured(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return text.partition("<!-- measured -->")[2].partition("<!-- end of what was measured -->")[0]


def asked(table: list[list[str]]) -> list[tuple[str, str]]:
    return [(question, NUMBERS.sub("n", what)) for question, what, *_ in table]


@pytest.fixture(scope="module")
def smoke_run() -> list[list[str]]:
    done = python("-m", "benchmarks", "--quick")
    assert done.returncode == 0, done.stderr
    return rows_of(done.stdout)


def test_a_smoke_run_answers_every_question(smoke_run: list[list[str]]) -> None:
    questions = [row[0] for row in smoke_run[2:] if row[0]]
    assert questions == [
        *("start-up", "sections", "measures", "terms", "targets", "guessing", "growth")
    ]
    assert {len(row) for row in smoke_run} == {7}


def test_the_page_shows_what_the_benchmarks_ask(smoke_run: list[list[str]]) -> None:
    page = rows_of(measured(DOCS / "benchmarks.md"))
    assert asked(page) == asked(smoke_run)


def test_the_page_shows_no_passed_limit() -> None:
    assert "**no**" not in measured(DOCS / "benchmarks.md")


def test_the_forecast_starts_from_what_the_page_shows() -> None:
    grown = measured(DOCS / "benchmarks.md")
    forecast = rows_of(measured(DOCS / "explanation" / "ten-thousand-plans.md"))
    powers = [row[2] for row in forecast[2:] if row[2] != "line"]
    assert powers
    # What seems to grow more slowly than it will is taken to grow as it will.
    least = {"1.00", f"{POWER_OF_ALL:.2f}"}
    assert all(power in least or f"| {power} |" in grown for power in powers)
    # The first column is that of the largest corpus of the page.
    size = re.search(r"([\d,]+) documents, measured", forecast[0][1])
    assert size
    assert f"{size[1]} documents read, counted" in grown


@pytest.mark.parametrize(("spent", "code", "held"), [(1, 0, "yes"), (3, 1, "**no**")])
def test_a_passed_limit_fails(spent: int, code: int, held: str) -> None:
    done = python("-c", FAILING.format(spent=spent))
    assert done.returncode == code
    assert rows_of(done.stdout)[2][-1] == held


def test_a_slow_rival_does_not_hide_a_passed_limit() -> None:
    done = python("-c", FAILING.format(spent=2.5).replace("seconds(4)", "seconds(400)"))
    assert done.returncode == 1
