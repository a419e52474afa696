"""The report: what stands in it, the same in every form, and the same bytes every time."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from material import slow

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.errors import OutputError
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan
from crossplan.reporting.document import (
    Bullets,
    Chapter,
    Listing,
    Panels,
    ReadingView,
    ReportParagraph,
    ReportTable,
)
from crossplan.reporting.report import Report

FORMS = ("html", "docx", "xlsx", "md")
# Word gets its figures as pictures, which are drawn more slowly.
SAVED = ("html", slow("docx"), "xlsx", "md")


@pytest.fixture(scope="session")
def five(plans: Corpus) -> Report:
    return cp.report(plans)


@pytest.fixture(scope="session")
def pair(constructed_pair: ConstructedPredecessor) -> Corpus:
    return Corpus(
        [constructed_pair.plan, constructed_pair.successor],
        title="构造的前身与原计划",
        title_en="A constructed predecessor and the plan it was made from",
    )


@pytest.fixture(scope="session")
def two(pair: Corpus) -> Report:
    return cp.report(pair, lang="en")


def chapter(report: Report, name: str) -> Chapter:
    return next(part for part in report.document.chapters if part.id == name)


def table(report: Report, name: str) -> ReportTable:
    tables = [block for block in report.document.blocks() if isinstance(block, ReportTable)]
    return next(block for block in tables if block.name == name)


def texts(report: Report, chapter_id: str) -> str:
    """All words of the paragraphs and lists of a chapter."""
    said = []
    for block in chapter(report, chapter_id).blocks:
        if isinstance(block, ReportParagraph):
            said.append("".join(run.text for run in block.runs))
        elif isinstance(block, Bullets):
            said += ["".join(run.text for run in item) for item in block.items]
        elif isinstance(block, Listing):
            said.append(block.code)
    return "\n".join(said)


def cells(report: Report, name: str, row: str) -> list[str]:
    """The cells of the row of a table that begins so."""
    return next(
        [part.text for part in found.cells]
        for found in table(report, name).rows
        if found.cells[0].text == row
    )


def test_the_chapters_stand_in_order(five: Report, two: Report) -> None:
    order = ["findings", "glance", "lineage", "measures", "targets", "history", "terms", "limits",
             "corrections", "decisions", "texts", "sources", "method"]  # fmt: skip
    assert [part.id for part in five.document.chapters] == order
    # Of two plans the targets are compared already.
    assert [part.id for part in two.document.chapters] == [i for i in order if i != "history"]


def test_findings_count_what_the_tables_hold(
    two: Report, constructed_pair: ConstructedPredecessor
) -> None:
    panels = next(
        block for block in chapter(two, "findings").blocks if isinstance(block, Panels)
    ).panels
    counts = {panel.title: {c.label: c.number for c in panel.counts} for panel in panels}
    measures = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    assert counts["Measures"]["new"] == len(measures.new)
    assert counts["Measures"]["dropped"] == len(measures.dropped)
    assert counts["Measures"]["kept"] == len(measures.kept)
    assert sum(counts["Measures"].values()) == 203 + len(measures.dropped)
    targets = cp.compare_targets(constructed_pair.plan, constructed_pair.successor)
    for change in ("raised", "lowered", "held", "new", "dropped"):
        assert counts["Targets"][change] == len(getattr(targets, change))
    terms = cp.compare_terms(constructed_pair.plan, constructed_pair.successor)
    assert counts["Terms"]["new"] == len(terms.new)
    assert counts["Terms"]["dropped"] == len(terms.dropped)


def test_findings_name_terms_whose_change_survives_another_cutting(
    two: Report, constructed_pair: ConstructedPredecessor
) -> None:
    panels = next(b for b in chapter(two, "findings").blocks if isinstance(b, Panels)).panels
    said = {run.text for line in panels[3].lines for run in line}
    terms = cp.compare_terms(
        constructed_pair.plan, constructed_pair.successor, robustness=True
    ).frame
    named = terms[terms["term"].isin(said)]
    assert len(named) > 10
    assert named["survives"].all()


def test_measures_stand_side_by_side_with_what_changed(
    two: Report, constructed_pair: ConstructedPredecessor
) -> None:
    comparison = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    rows = table(two, "measures").rows
    assert len(rows) == len(comparison.frame)
    assert Counter(row.cells[0].text for row in rows) == Counter(comparison.frame["status"])
    for row in rows:
        old, new = row.cells[4], row.cells[5]
        for side, plan in ((old, constructed_pair.plan), (new, constructed_pair.successor)):
            if side.runs:
                passage_id = side.runs[0].text
                passage = plan.passage(passage_id)
                # Without its id, the cell is the measure to the character.
                assert "".join(r.text for r in side.runs[2:]) == passage.text  # type: ignore[union-attr]
        styles = {run.style for run in old.runs} | {run.style for run in new.runs}
        if row.cells[0].text == "revised":
            assert styles & {"deleted", "inserted"}
        if row.cells[0].text in {"kept", "new", "dropped"}:
            assert styles <= {"plain"}


def test_every_link_leads_to_a_place_or_is_plain(two: Report, five: Report) -> None:
    for report in (two, five):
        places = report.document.places()
        rows = table(report, "targets").rows
        led = [run.to[1:] for row in rows for cell in row.cells for run in cell.runs if run.to]
        assert led
        assert set(led) <= places


def test_an_absent_indicator_is_unknown_without_text(five: Report) -> None:
    row = cells(five, "shared-indicators", "孕产妇死亡率")
    figures = ["≤40/10万", "未知", "≤18/10万", "未知", "≤12/10万"]
    assert [cell.split(" ")[0] for cell in row[1:]] == figures
    row = cells(five, "shared-indicators", "城镇登记失业率")
    assert [cell.split(" ")[0] for cell in row[3:]] == ["未知", "未知", "正文未见"]


def test_what_is_unknown_is_said_and_how_to_add_it(five: Report) -> None:
    said = texts(five, "limits")
    for plan in ("2009-2010", "2012-2015", "2016-2020", "2021-2025"):
        assert f"{plan}：正文未收录" in said
    assert "crossplan fetch" in said
    panels = next(b for b in chapter(five, "findings").blocks if isinstance(b, Panels)).panels
    assert not panels[1].counts
    assert "未知：2021-2025 的正文未收录" in "".join(run.text for run in panels[1].lines[-1])


def test_a_text_with_gaps_is_not_called_a_full_text(plans: Corpus, tmp_path: Path) -> None:
    text = plans["2026-2030"].text
    assert "\n（四）应对气候变化\n" in text
    folder = tmp_path / "texts"
    folder.mkdir()
    head, _, tail = text.rpartition("\n（四）应对气候变化\n")
    (folder / "2026-2030.txt").write_text(f"{head}\n{tail}", encoding="utf-8")
    report = cp.report(cp.load_plans(folder=folder), lang="en")
    assert "text with gaps: 1 heading" in cells(report, "plans", "2026-2030")[3]
    assert "应对气候变化" in texts(report, "limits")


def test_sources_and_checksums_are_named(five: Report) -> None:
    said = texts(five, "sources")
    assert "93f794c4d46945fdacf62138bf109f31214556b18ea8c50d39acc8fb382dc5cd" in said
    assert "https://www.news.cn/" in said
    assert f"crossplan {cp.__version__}" in texts(five, "method")
    corrected = [[part.text for part in row.cells] for row in table(five, "corrections").rows]
    assert ["2026-2030", "新生儿死亡率降低至 3%", "新生儿死亡率降低至 3‰", "是"] in [
        row[:4] for row in corrected
    ]


def test_the_texts_are_whole(two: Report, constructed_pair: ConstructedPredecessor) -> None:
    reading = next(b for b in chapter(two, "texts").blocks if isinstance(b, ReadingView))
    for shown, plan in zip(
        reading.texts, (constructed_pair.plan, constructed_pair.successor), strict=True
    ):
        by_id = {p.id: "".join(run.text for run in p.runs) for p in shown.passages}
        for heading in plan.headings:
            assert by_id[heading.id].endswith(heading.title)
            for passage in heading.passages or ():
                assert by_id[passage.id].removeprefix("——") == passage.text


@pytest.mark.slow
def test_the_code_in_the_report_makes_it_again(
    two: Report, plans: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for report in (two, cp.report(plans, old=plans["2016-2020"], lang="en")):
        code = next(b.code for b in chapter(report, "method").blocks if isinstance(b, Listing))
        exec(compile(code, "report", "exec"), {})  # noqa: S102 - the code of our own report
        assert (tmp_path / "report.html").read_bytes() == report.html.encode("utf-8")


def test_the_code_is_honest_about_plans_of_your_own(fifth: Plan, tmp_path: Path) -> None:
    water = "节水计划（{}年）\n一、要求\n——节约用水。\n二、任务\n——少用水。\n——再利用。"
    paths = [tmp_path / f"water-{year}.txt" for year in (2025, 2026)]
    for path, year in zip(paths, (2025, 2026), strict=True):
        path.write_text(water.format(year), encoding="utf-8")
    marks = cp.any_plan.PlanMarks(chapter=("{n}、",), section=(), measure=("——",))
    told = cp.read_plan(paths[0], published=dt.date(2025, 1, 2), marks=marks, publisher='"甲"')
    plain = cp.any_plan.paragraphs_as_measures(cp.read_plan(paths[1], period=(2026, 2026)))
    for plan in (told, plain, cp.evaluation.construct_predecessor(fifth, seed=3).plan):
        names = {"cp": cp, "datetime": dt}
        assert eval(plan.made_by, names) == plan  # noqa: S307 - the code of our own plan
    changed = replace(told, title="甲")
    rewritten = cp.evaluation.construct_predecessor(
        fifth, rewordings={"2026-2030/1.1/1": "构造的改写。"}
    )
    assert changed.made_by == rewritten.plan.made_by == ""
    code = texts(cp.report(Corpus([changed, plain]), lang="en"), "method")
    assert "...,  # water-2025: made by code of your own" in code
    assert "put it there" in code


def test_a_text_without_marked_measures_is_no_comparison_of_nothing(tmp_path: Path) -> None:
    plans = []
    for year in (2025, 2026):
        path = tmp_path / f"work-{year}.txt"
        text = (
            f"构造的工作报告（{year}年）\n一、回顾\n完成了工作。\n二、任务\n做好工作。\n继续工作。"
        )
        path.write_text(text, encoding="utf-8")
        plans.append(cp.read_plan(path))
    report = cp.report(Corpus(plans), lang="en")
    panels = next(b for b in chapter(report, "findings").blocks if isinstance(b, Panels)).panels
    assert not panels[1].counts
    assert "bears a mark of measures" in "".join(run.text for run in panels[1].lines[0])
    assert "paragraphs_as_measures" in texts(report, "limits")


def test_a_heading_with_several_links_shows_what_tells_most(plans: Corpus) -> None:
    report = cp.report(plans, old=plans["2009-2010"], new=plans["2012-2015"])
    reading = next(b for b in chapter(report, "texts").blocks if isinstance(b, ReadingView))
    shown = {p.id: p for text in reading.texts for p in text.passages}
    assert shown["2009-2010/5"].status == "split"
    assert len(shown["2009-2010/5"].partners) == 3
    assert shown["2009-2010/5"].moved


@pytest.mark.slow
def test_decisions_are_obeyed_listed_and_held_against_the_rule(
    pair: Corpus, constructed_pair: ConstructedPredecessor, tmp_path: Path
) -> None:
    comparison = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    path = comparison.to_review(tmp_path / "decisions.csv")
    sheet = pd.read_csv(path, dtype="string")
    revised = sheet.index[sheet["status"] == "revised"][0]
    kept = sheet.index[sheet["status"] == "kept"][0]
    sheet.loc[revised, ["decision", "note", "initials"]] = ["reject", "another matter", "ab"]
    sheet.loc[kept, ["decision", "initials"]] = ["accept", "ab"]
    sheet.to_csv(path, index=False)
    report = cp.report(pair, decisions=path, lang="en")
    said = texts(report, "decisions")
    assert "decisions: 2, of these against the rule: 1." in said
    rows = [[part.text for part in row.cells] for row in table(report, "decisions").rows]
    assert sorted((row[2], row[3]) for row in rows) == [
        ("not the same", "the same"),
        ("the same", "the same"),
    ]
    decided = [row for row in table(report, "measures").rows if "reviewer" in row.cells[6].text]
    assert decided
    # Where the file lies differs from machine to machine.
    assert 'decisions="decisions.csv"' in texts(report, "method")
    assert str(tmp_path) not in report.html
    assert "nobody has looked" in texts(cp.report(pair, lang="en"), "decisions")


def test_decisions_need_texts(plans: Corpus, tmp_path: Path) -> None:
    with pytest.raises(cp.errors.MissingTextError):
        cp.report(plans, decisions=tmp_path / "decisions.csv")


@pytest.mark.parametrize("form", SAVED)
def test_saving(tmp_path: Path, five: Report, form: str) -> None:
    path = tmp_path / f"report.{form}"
    path.write_text("before", encoding="utf-8")
    assert five.save(path) == path
    assert len(path.read_bytes()) > 10_000
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [path.name]
    with pytest.raises(OutputError, match="cannot be written"):
        five.save(tmp_path / "nowhere" / path.name)


def test_a_report_that_is_open_in_excel_stays_as_it_is(
    tmp_path: Path, five: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows replaces no file that a program has open."""
    path = tmp_path / "report.md"
    path.write_text("before", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file: another uses it")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"cannot be written .*another uses it"):
        five.save(path)
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["before"]


def test_another_ending_is_refused(tmp_path: Path, five: Report) -> None:
    with pytest.raises(OutputError, match=r"written as \.html, \.htm, \.docx, \.xlsx, \.md"):
        five.save(tmp_path / "report.pdf")
    assert not list(tmp_path.glob("*.pdf"))


WRITE_ALL = """
import crossplan as cp
report = cp.report(cp.load_plans())
for form in ("html", "docx", "xlsx", "md"):
    report.save(f"report.{form}")
"""


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(tmp_path: Path, five: Report) -> None:
    subprocess.run(
        [sys.executable, "-c", WRITE_ALL],
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        check=True,
        capture_output=True,
    )
    here = tmp_path / "here"
    here.mkdir()
    for form in FORMS:
        name = f"report.{form}"
        five.save(here / name)
        assert (here / name).read_bytes() == (tmp_path / name).read_bytes(), form


def test_english(plans: Corpus) -> None:
    made = cp.report(plans, lang="en")
    assert chapter(made, "limits").title == "What could not be compared, and why"
    assert "Human Rights Action Plan of China (2021-2025)" in cells(made, "plans", "2021-2025")[1]
    with pytest.raises(cp.errors.ChoiceError, match="'zh', 'en'"):
        cp.report(plans, lang="fr")  # type: ignore[arg-type]


def test_the_plans_to_compare_are_chosen_or_refused(plans: Corpus) -> None:
    made = cp.report(plans, new=plans["2016-2020"], lang="en")
    assert chapter(made, "findings").title == "Findings: 2012-2015 → 2016-2020"
    with pytest.raises(cp.CrossplanError, match="Load at least two"):
        cp.report(Corpus([plans["2009-2010"]]))
    with pytest.raises(cp.CrossplanError, match="2026-2030 is none"):
        cp.report(plans, old=plans["2026-2030"], new=plans["2021-2025"])
    with pytest.raises(cp.CrossplanError, match="the corpus has none"):
        cp.report(plans, new=plans["2009-2010"])
    other = cp.load_plan("2026-2030", corrections=False)
    with pytest.raises(cp.CrossplanError, match=r"not the 2026-2030 of the corpus"):
        cp.report(plans, new=other)
    with pytest.raises(cp.errors.UnknownPlanError):
        cp.report(Corpus(list(plans.values())[:2]), new=plans["2026-2030"])
    with pytest.raises(cp.errors.NotAPlanError, match="not 2016"):
        cp.report(plans, old=2016)  # type: ignore[arg-type]
    with pytest.raises(cp.errors.NotACorpusError, match="a corpus is wanted"):
        cp.report(plans["2026-2030"])  # type: ignore[arg-type]


def test_a_corpus_of_outlines_makes_a_report(plans: Corpus) -> None:
    made = cp.report(Corpus(plans.outline_only, title="只有纲目"))
    ids = [part.id for part in made.document.chapters]
    assert "terms" not in ids
    assert "corrections" not in ids
    assert "未知" in cells(made, "plans", "2021-2025")
    assert "只有纲目" in made.html
