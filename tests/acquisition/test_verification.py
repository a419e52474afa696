"""Verifying texts: what the tables say, and what the command prints."""

import json
import shutil
from pathlib import Path

import pytest
from material import constructed_text, run

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.errors import UnknownPlanError

FIFTH = "2026-2030"


def test_the_shipped_text_is_complete() -> None:
    result = cp.verify_plans()
    assert result.table["verdict"].to_list() == ["no text"] * 4 + ["complete"]
    assert result.complete, "the only text in use"
    findings = result.findings
    assert set(findings["severity"]) == {"note"}
    # The three joins that the documentation names, one of them doubtful.
    joined = findings[findings["finding"] == "joined after a full stop"].iloc[0]
    assert joined["count"] == 3
    assert "修改自然保护区条例" in joined["detail"]


def test_sections_are_counted(plans: Corpus) -> None:
    sections = cp.verify_plans(FIFTH).sections
    assert len(sections) == 41
    assert sections["found"].all()
    chapters = sections[sections["level"] == "chapter"]
    assert chapters["measures"].sum() == 203
    expected = {h.id: len(h.measures) for h in plans[FIFTH].headings}
    assert sections.set_index("id")["measures"].loc[list(expected)].to_dict() == expected


def test_figures_that_published_pages_quote_are_looked_for(tmp_path: Path, plans: Corpus) -> None:
    """A constructed text has the headings of a plan and none of its figures."""
    path = tmp_path / "constructed.txt"
    path.write_text(constructed_text(plans["2021-2025"]), encoding="utf-8")
    result = cp.add_plan("2021-2025", path)
    assert result.table["verdict"].iloc[0] == "usable with gaps"
    assert "known figures found" in result.table["reason"].iloc[0]
    figures = result.findings.set_index("finding").loc["known figures found"]
    quoted = [t for t in plans["2021-2025"].curated_targets if t.evidence == "plan_text"]
    assert f"of {len(quoted)} figures" in figures["detail"]
    # With its figures in their sections, the same text has them all.
    text = path.read_text(encoding="utf-8")
    titles = {h.id: h.title for h in plans["2021-2025"].headings}
    for target in quoted:
        line = f"——构造的举措，{titles[target.section]}之一"
        assert line in text
        text = text.replace(line, f"{line}，达到{target.value:.10g}")
    path.write_text(text, encoding="utf-8")
    result = cp.add_plan("2021-2025", path)
    figures = result.findings.set_index("finding").loc["known figures found"]
    assert (figures["severity"], figures["count"]) == ("note", len(quoted))


def test_a_length_far_from_the_known_one_is_a_gap(tmp_path: Path, plans: Corpus) -> None:
    path = tmp_path / "constructed.txt"
    path.write_text(constructed_text(plans["2009-2010"]), encoding="utf-8")
    reason = cp.add_plan("2009-2010", path).table["reason"].iloc[0]
    assert "sources say about 22,000" in reason


def test_a_witness_in_use_that_is_gone(home: Path, tmp_path: Path, plans: Corpus) -> None:
    path = tmp_path / "constructed.txt"
    path.write_text(constructed_text(plans["2021-2025"]), encoding="utf-8")
    cp.add_plan("2021-2025", path)
    (text,) = home.rglob("text.txt")
    shutil.rmtree(text.parent)
    row = cp.verify_plans("2021-2025").table.iloc[0]
    assert row["verdict"] == "refused"
    assert "has no stored text" in row["reason"]
    with pytest.raises(cp.errors.UnknownWitnessError):
        cp.load_plans()


def test_unknown_plans() -> None:
    with pytest.raises(UnknownPlanError):
        cp.verify_plans("2031-2035")


def test_the_command_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "verify")
    assert code == 0
    assert out.splitlines() == [
        "2009-2010  no text",
        "2012-2015  no text",
        "2016-2020  no text",
        "2021-2025  no text",
        (
            "2026-2030  shipped (in use)  complete: 41 of 41 headings, 203 measures, "
            "27,323 characters, 2 notes"
        ),
    ]
    _, out, _ = run(capsys, "verify", FIFTH, "--lang", "zh")
    assert (
        out == "2026-2030  shipped（使用中）  完整：标题41/41，举措203项，27,323字，另有2项说明\n"
    )
    _, out, _ = run(capsys, "verify", FIFTH, "--findings")
    assert "note  joined after a full stop 4349 (3)" in out
    _, out, _ = run(capsys, "verify", FIFTH, "--format", "json")
    assert json.loads(out)[0]["headings_found"] == 41
    _, out, _ = run(capsys, "verify", FIFTH, "--findings", "--format", "csv")
    assert out.startswith("plan,witness,severity,finding,place,count,detail\n")


def test_adding_and_choosing_by_command(capsys: pytest.CaptureFixture[str], shipped: Path) -> None:
    code, out, _ = run(capsys, "add", FIFTH, str(shipped / FIFTH / "text.txt"))
    assert code == 0
    name = out.split()[1]
    assert out.startswith(f"{FIFTH}  {name} (in use)  complete")
    code, out, _ = run(capsys, "use", FIFTH, "shipped")
    assert out.splitlines()[0].startswith(f"{FIFTH}  shipped (in use)")
    code, out, _ = run(capsys, "use", FIFTH, name, "--format", "json")
    assert [row["in_use"] for row in json.loads(out)] == [False, True]
