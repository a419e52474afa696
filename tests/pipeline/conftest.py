"""Constructed documents, and a run of an analysis of them."""

from pathlib import Path

import pytest
from analyses import PARQUET, SMALL, TEXTS, declared

import crossplan as cp
from crossplan.pipeline.running import AnalysisRun


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with constructed documents."""
    for year, text in TEXTS.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(place: Path) -> tuple[Path, AnalysisRun, Path]:
    """An analysis of constructed documents, run and saved, without figures."""
    path = declared(place, SMALL + PARQUET)
    done = cp.run_analysis(path)
    return path, done, done.save(place / "results" / "trial")
