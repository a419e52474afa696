"""Constructed declarations of analyses, which take no time, and what running them leaves."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import crossplan as cp
from crossplan.errors import AnalysisError

HEAD = """\
published = 2026-11-27
series = "national-human-rights-action-plans"

[title]
zh = "构造的分析"
en = "A constructed analysis"

[description]
zh = "为测试而构造。"
en = "Made for the tests."
"""
TRACE = """
[[traces]]
name = "sections"
of = "sections"
"""
COMPARISON = """
[[comparisons]]
name = "measures"
of = "measures"
old = "2001"
new = "2002"
"""
COMPARED = f"""{HEAD}
[[comparisons]]
name = "one"
of = "KIND"
old = "2016-2020"
new = "2026-2030"
MORE
"""
# Two constructed documents.
DOCUMENTS = HEAD.replace('series = "national-human-rights-action-plans"\n', "") + "".join(
    f"""
[[documents]]
id = "{year}"
file = "{year}.txt"
period = [{year}, {year}]
"""
    for year in (2001, 2002)
)
SMALL = f"""{DOCUMENTS}{COMPARISON}
[[comparisons]]
name = "words"
of = "terms"
old = "2001"
new = "2002"
"""
NO_FIGURES = "\n[outputs]\nfigures = []\n"
PARQUET = '\n[outputs]\ntables = ["csv", "parquet"]\nfigures = []\n'
TEXTS = {
    "2001": "构造的计划\n一、水\n——节约用水，降低漏损。\n——保护水源。\n二、林\n——种植树木。\n",
    "2002": "构造的计划\n一、水\n——节约用水，降低漏损。\n——治理水源。\n二、林\n——养护树木。\n",
}


def declared(place: Path, text: str, name: str = "trial") -> Path:
    path = place / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, **options: Any) -> AnalysisError:
    with pytest.raises(AnalysisError) as caught:
        cp.run_analysis(path, **options)
    return caught.value


def files_of(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def listing(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def csv_rows(saved: Path, name: str) -> list[dict[str, str]]:
    data = (saved / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(data)))
