"""Corpora of many plans, of which a few at a time are in memory."""

import gc
import pickle
from pathlib import Path
from typing import Any

import pytest

import crossplan as cp
from crossplan.errors import (
    ArgumentError,
    ChoiceError,
    UnreadablePlansError,
    UnreadableTextError,
)
from crossplan.model import Plan, PlanReference, reference

FIRST, LAST = 1991, 2025


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of constructed plans, one for each year."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for year in range(FIRST, LAST + 1):
        text = f"节水计划（{year}年）\n一、要求\n——节约用水，第{year}条。\n二、任务\n——少用水。\n"
        (folder / f"water-{year}.txt").write_text(text, encoding="utf-8")
    return folder


def test_plans_are_those_that_are_read_one_by_one(texts: Path) -> None:
    corpus = cp.any_plan.read_plans(texts)
    assert list(corpus) == [f"water-{year}" for year in range(FIRST, LAST + 1)]
    for path in sorted(texts.iterdir()):
        plan = cp.read_plan(path)
        assert corpus[plan.id] == plan
        assert corpus[plan.id].made_by == plan.made_by


def test_few_plans_are_in_memory_at_a_time(texts: Path) -> None:
    corpus = cp.any_plan.read_plans(texts)
    for plan in corpus.values():
        assert plan.measures
    del plan
    gc.collect()
    there = sum(isinstance(thing, Plan) and thing.id in corpus for thing in gc.get_objects())
    assert there <= reference.OPEN
    assert all(isinstance(entry, PlanReference) for entry in corpus.entries)


def test_making_a_corpus_of_a_part_reads_nothing(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = cp.any_plan.read_plans(texts)
    reference.read_once.cache_clear()

    def refuse(_: object) -> Plan:
        raise AssertionError("a plan was read")

    monkeypatch.setattr("crossplan.guessing.reading.PlanFile.__call__", refuse)
    part = cp.Corpus(corpus.full)
    assert (len(part), len(part.plans[3:5]), list(part)) == (len(corpus), 2, list(corpus))
    assert len(corpus.outline_only) == 0
    assert repr(corpus).endswith(f"water-{LAST}>")
    assert "water-1992" in repr(corpus.entries[1])
    with pytest.raises(AssertionError, match="was read"):
        part.plans[0]


def test_a_corpus_can_be_sent_to_another_process(texts: Path) -> None:
    corpus = cp.any_plan.read_plans(texts)
    again = pickle.loads(pickle.dumps(corpus))  # noqa: S301 - our own
    assert list(again) == list(corpus)
    assert again["water-2000"] == corpus["water-2000"]
    assert len(pickle.dumps(corpus)) < 500 * len(corpus)


@pytest.mark.slow
def test_several_processes_read_the_same(texts: Path) -> None:
    assert cp.any_plan.read_plans(texts, n_jobs=2).entries == cp.any_plan.read_plans(texts).entries


def test_the_order_of_files_does_not_matter(texts: Path) -> None:
    paths = sorted(texts.iterdir())
    assert (
        cp.any_plan.read_plans(paths[::-1]).entries
        == cp.any_plan.read_plans(map(str, paths)).entries
    )


def test_a_file_that_changed_is_not_taken_for_what_it_was(texts: Path) -> None:
    corpus = cp.any_plan.read_plans(texts)
    path = texts / "water-2000.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("少用水", "多用水"), encoding="utf-8")
    reference.read_once.cache_clear()
    with pytest.raises(UnreadableTextError, match=r"water-2000\.txt.*has changed.*anew"):
        _ = corpus["water-2000"]


def test_all_files_that_are_no_plans_are_named(texts: Path) -> None:
    (texts / "empty.txt").write_text("", encoding="utf-8")
    (texts / "water-1.txt").write_bytes(b"\xff\x00\xff\x00\x81")
    with pytest.raises(UnreadablePlansError, match="2 of 37 files cannot be read") as raised:
        cp.any_plan.read_plans(texts)
    assert [path.name for path, _ in raised.value.faults] == ["empty.txt", "water-1.txt"]
    assert "the file is empty" in str(raised.value)


def test_years_that_no_text_tells_may_be_told(tmp_path: Path) -> None:
    path = tmp_path / "water.txt"
    path.write_text("节水计划\n一、要求\n——节约用水。\n二、任务\n——少用水。\n", encoding="utf-8")
    with pytest.raises(UnreadablePlansError, match="its years"):
        cp.any_plan.read_plans(tmp_path)
    plan = cp.any_plan.read_plans(tmp_path, periods={"water": (2026, 2030)})["water"]
    assert (plan.start_year, plan.end_year) == (2026, 2030)
    assert plan.made_by == f'cp.read_plan("{path}", period=(2026, 2030))'
    with pytest.raises(ArgumentError, match="no file has: wine"):
        cp.any_plan.read_plans(tmp_path, periods={"wine": (2026, 2030)})


def test_what_cannot_be_meant_is_refused(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="no such folder"):
        cp.any_plan.read_plans(tmp_path / "nowhere")
    with pytest.raises(ArgumentError, match=r"has no files \*\.docx"):
        cp.any_plan.read_plans(texts, pattern="*.docx")
    with pytest.raises(ArgumentError, match="no files were given"):
        cp.any_plan.read_plans([])
    with pytest.raises(ChoiceError, match="measures='lines'"):
        cp.any_plan.read_plans(texts, measures="lines")  # type: ignore[arg-type]
    with pytest.raises(ChoiceError, match="n_jobs=0"):
        cp.any_plan.read_plans(texts, n_jobs=0)
    (texts / "more").mkdir()
    (texts / "more" / "water-2000.txt").write_bytes((texts / "water-2000.txt").read_bytes())
    with pytest.raises(ArgumentError, match=r"2000\.txt and .*2000\.txt would both be the plan"):
        cp.any_plan.read_plans(texts, pattern="**/*.txt")


@pytest.mark.parametrize(
    "given",
    [
        {"source": None},
        {"source": 5},
        {"source": [5]},
        {"source": "x" * 5000},
        {"pattern": ""},
        {"pattern": "/x/*"},
        {"pattern": 5},
        {"periods": [(2026, 2030)]},
        {"periods": {5: (2026, 2030)}},
        {"periods": {"water-2000": "2026"}},
        {"periods": {"water-2000": (1, 10**30)}},
        {"marks": 5},
    ],
)
def test_arguments_of_another_kind_are_refused(texts: Path, given: dict[str, Any]) -> None:
    with pytest.raises((ArgumentError, ChoiceError)):
        cp.any_plan.read_plans(**({"source": texts} | given))


def test_hidden_files_are_left_out(texts: Path) -> None:
    (texts / "._water-2000.txt").write_bytes(b"\x00\x05\x16\x07")
    (texts / ".git").mkdir()
    (texts / ".git" / "water-1999.txt").write_text("构造的计划", encoding="utf-8")
    for pattern in ("*.txt", "**/*.txt"):
        assert len(cp.any_plan.read_plans(texts, pattern=pattern)) == LAST - FIRST + 1


def test_long_names_are_told_apart_by_their_ends(tmp_path: Path) -> None:
    for year in (2025, 2026):
        text = f"节水计划（{year}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n"
        (tmp_path / f"{'长' * 70}{year}.txt").write_text(text, encoding="utf-8")
    assert len(cp.any_plan.read_plans(tmp_path)) == 2


def test_a_corpus_of_many_is_shown_in_part(texts: Path) -> None:
    for year in range(1900, FIRST):
        text = f"节水计划（{year}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n"
        (texts / f"water-{year}.txt").write_text(text, encoding="utf-8")
    corpus = cp.any_plan.read_plans(texts)
    assert repr(corpus) == "<Corpus: water-1900, water-1901, …, water-2025 (126 plans)>"
    html = corpus._repr_html_()
    assert "water-1949" in html
    assert "water-1950" not in html
    assert "126 plans" in html
