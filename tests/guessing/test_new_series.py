"""Any other plan: files read without a series, and series made from files.

Real text first: the reports in the trial folder, which are not in this repository, and
the shipped text of the fifth plan. Other texts are invented, and named so in their titles.
"""

import os
import tempfile
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from material import REPORTS, constructed_text

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.encoding import decode
from crossplan.errors import (
    ChoiceError,
    CrossplanError,
    MissingTextError,
    OutputError,
    UnreadableTextError,
)
from crossplan.guessing import new_series as new_series_module
from crossplan.guessing.guess import Guess
from crossplan.guessing.marks_and_outline import guess
from crossplan.guessing.new_series import new_series
from crossplan.guessing.numbering import PlanMarks
from crossplan.guessing.plan_of_file import paragraphs_as_measures
from crossplan.guessing.reading import read_plan
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan

INVENTED = "虚构的节水计划（2026—2030年）"
# Sections of each chapter, counted by hand.
COUNTED = {
    "national-2018": [9, 0, 9],
    "national-2019": [0, 0, 10],
    "national-2020": [0] * 8,
    "provincial-2026-beijing": [0, 0, 10],
    "provincial-2026-guangdong": [0, 0, 14],
    "provincial-2026-sichuan": [0, 0, 10],
    "provincial-2026-zhejiang": [10, 6, 10],
}
FURNITURE = ("下载", "打印", "分享", "责任编辑", "相关报道", "相关链接", "名词解释", "附件")


def sections_of(plan: Plan) -> list[int]:
    return [len(chapter.sections) for chapter in plan.chapters]


def titles(found: Guess) -> list[tuple[str, list[str]]]:
    return [(c.title, [s.title for s in c.sections]) for c in found.chapters]


def check(plan: Plan) -> None:
    """Assert that the nodes tile the text, and that every span and id holds."""
    position = 0
    for node in plan.nodes:
        assert node.start == position
        assert plan.text[node.start : node.end] == node.text
        position = node.end
    assert position == len(plan.text)
    owners = {node.owner for node in plan.nodes}
    for section in (plan.introduction, *plan.headings):
        for passage in section.passages or ():
            assert plan.text[passage.start : passage.end] == passage.text
            assert passage.id in owners
            for sentence in passage.sentences:
                assert plan.text[sentence.start : sentence.end] == sentence.text
    ids = [p.id for h in (plan.introduction, *plan.headings) for p in h.passages or ()]
    assert len(ids) == len(set(ids))


def report_path(name: str) -> Path:
    path = REPORTS / f"{name}.txt"
    if not path.is_file():
        pytest.skip("the reports are not in this repository")
    return path


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def invented(folder: Path, name: str = "water-2026-2030.txt", *, title: str = INVENTED) -> Path:
    return write(
        folder, name, title, "2026年3月5日", "前言", "水不可少。", "一、总体要求", "——节约。",
        "——循环。", "二、任务", "（一）城市", "——修管道。", "（二）乡村", "——修水渠。",
    )  # fmt: skip


# Real text


@pytest.mark.parametrize("name", COUNTED)
def test_reports_have_the_headings_that_were_counted(name: str) -> None:
    plan = read_plan(report_path(name))
    assert sections_of(plan) == COUNTED[name]
    assert plan.gaps == ()
    assert plan.coverage == "full"
    assert (plan.start_year, plan.end_year) == (int(name.split("-")[1]),) * 2
    assert plan.published is not None
    assert plan.published.year == plan.start_year
    assert "政府工作报告" in plan.title or "人民政府工作报告" in plan.title
    assert not plan.measures
    check(plan)
    check(read_plan(report_path(name), measures="paragraphs"))


@pytest.mark.parametrize("name", COUNTED)
def test_furniture_of_reports_is_no_part_of_a_chapter(name: str) -> None:
    plan = read_plan(report_path(name))
    for heading in plan.headings:
        assert not heading.title.startswith(FURNITURE)
        assert not [p for p in heading.passages or () if p.text.startswith(FURNITURE)]
        assert heading.passages or heading.sections


@pytest.mark.parametrize("name", COUNTED)
def test_spans_of_reports_lead_back_to_the_file(name: str) -> None:
    path = report_path(name)
    original = path.read_text(encoding="utf-8")
    plan = read_plan(path)
    for heading in plan.headings:
        start, end = plan.witness_span(heading.start or 0, (heading.start or 0) + 2)
        assert original[start:end] == plan.text[heading.start or 0 :][:2]


def test_titles_that_run_on_end_with_the_first_full_stop() -> None:
    plan = read_plan(report_path("provincial-2026-sichuan"))
    assert [section.title[:2] for section in plan.sections] == ["突出"] * 10
    assert all("。" not in section.title for section in plan.sections)
    assert dict(plan.outline_confidence)["headings that run on"].startswith("guessed: 10")


def test_two_reports_compare_paragraph_by_paragraph() -> None:
    old, new = (
        read_plan(report_path(f"national-{year}"), measures="paragraphs") for year in (2018, 2019)
    )
    comparison = cp.compare_measures(old, new)
    assert {"kept", "revised", "new", "dropped"} <= set(comparison.table["status"])


def test_the_fifth_plan_is_read_without_being_told_anything(fifth: Plan, shipped: Path) -> None:
    plan = read_plan(shipped / "2026-2030" / "text.txt")
    check(plan)
    assert sections_of(plan) == sections_of(fifth)
    assert [h.title for h in plan.headings] == [h.title for h in fifth.headings]
    assert (len(plan.goals), len(plan.measures)) == (7, 203)
    assert [len(c.measures) for c in plan.chapters] == [len(c.measures) for c in fifth.chapters]
    assert (plan.title, plan.start_year, plan.end_year) == (fifth.title, 2026, 2030)
    assert plan.introduction.title == fifth.introduction.title
    contents = [[n.text for n in p.nodes if n.kind == "contents"] for p in (plan, fifth)]
    assert contents[0] == contents[1]


def test_a_series_of_the_reports_reads_as_the_reports_do(tmp_path: Path) -> None:
    paths = [report_path(name) for name in COUNTED]
    made = new_series(tmp_path / "reports", reversed(paths))
    plans = cp.load_plans(made.folder)
    assert list(plans) == list(COUNTED)
    for path in paths:
        assert_same(plans[path.stem], read_plan(path, marks=made.marks))
    assert {"plan", "what", "guess", "evidence"} == set(made.table)
    assert set(made.table["plan"]) == set(COUNTED)


@pytest.mark.parametrize("plan_id", ["2009-2010", "2012-2015", "2016-2020", "2021-2025"])
def test_real_outlines_with_constructed_text(tmp_path: Path, plans: Corpus, plan_id: str) -> None:
    plan = read_plan(write(tmp_path, f"{plan_id}.txt", constructed_text(plans[plan_id])))
    assert [h.title for h in plan.headings] == [h.title for h in plans[plan_id].headings]
    assert plan.introduction.title == plans[plan_id].introduction.title
    assert len(plan.goals) == 1
    assert {len(h.own_measures) for h in plan.headings if not h.sections} == {2}
    check(plan)


# Invented text


def test_contents_with_page_numbers_are_contents(tmp_path: Path) -> None:
    lines = [INVENTED, "目录", "前言……1", "一、甲……2", "（一）子……2", "（二）丑 … 3", "二、乙 4"]
    lines += ["前言", "说明。", "一、甲", "（一）子", "字。", "（二）丑", "字。", "二、乙", "字。"]
    plan = read_plan(write(tmp_path, "plan.txt", *lines))
    assert [heading.title for heading in plan.headings] == ["甲", "子", "丑", "乙"]
    assert [p.text for p in plan.introduction.paragraphs] == ["说明。"]
    assert [p.text for p in plan.headings[-1].paragraphs] == ["字。"]


def test_lists_of_an_annex_are_no_chapters(tmp_path: Path) -> None:
    lines = [INVENTED, "一、甲", "字。" * 20, "二、乙", "字。" * 20, "附件1", "虚构的清单"]
    lines += ["一、子", "字。", "二、丑", "字。", "三、寅", "字。"]
    plan = read_plan(write(tmp_path, "plan.txt", *lines))
    assert [chapter.title for chapter in plan.chapters] == ["甲", "乙"]
    assert "清单" not in plan.text
    assert dict(plan.outline_confidence)["end"] == (
        "guessed: 8 lines left out (from line 6: 附件1)"
    )


def test_chapters_and_sections_by_name() -> None:
    found = guess(
        [
            "虚构的规划（2021—2025年）", "目  录", "第一章 总则", "第一节 目标", "第二节 原则",
            "第二章 任务", "第一节 城市", "第二节 乡村", "第一章 总则", "第一节 目标", "说明目标。",
            "第二节 原则", "说明原则。", "第二章 任务", "第一节 城市", "说明城市。", "第二节 乡村",
            "说明乡村。",
        ]
    )  # fmt: skip
    assert titles(found) == [("总则", ["目标", "原则"]), ("任务", ["城市", "乡村"])]
    assert found.contents == ("目录",)
    assert (found.marks.chapter, found.marks.section) == (("第{n}章",), ("第{n}节",))
    assert found.chapters[0].line == 8


def test_sections_may_run_on_through_the_parts() -> None:
    lines = ["虚构的纲要（2021年）", "第一篇 甲", "第一章 子", "字。", "第二章 丑", "字。"]
    lines += ["第二篇 乙", "第三章 寅", "字。", "第四章 卯", "字。"]
    assert titles(guess(lines)) == [("甲", ["子", "丑"]), ("乙", ["寅", "卯"])]


def test_arabic_numbers(tmp_path: Path) -> None:
    lines = ["虚构的方案（2026年）", "1. 目标", "1.1 近期", "提高2.5个百分点。", "1.2 远期"]
    lines += ["再提高。", "2. 任务", "2.1 城市", "修路。", "2.2 乡村", "修桥。"]
    path = write(tmp_path, "plan.txt", *lines)
    plan = read_plan(path)
    assert titles(guess(lines)) == [("目标", ["近期", "远期"]), ("任务", ["城市", "乡村"])]
    assert [(s.id, s.title) for s in plan.sections][-1] == ("plan/2.2", "乡村")
    made = new_series(tmp_path / "series", [path])
    assert_same(cp.load_plans(made.folder)["plan"], plan)


def test_numbers_that_do_not_run_on_are_no_headings() -> None:
    lines = ["虚构的计划（2026年）", "一、甲", "字。", "七、不是", "字。", "二、乙", "字。"]
    found = guess(lines)
    assert titles(found) == [("甲", []), ("乙", [])]
    assert any("not headings: 1 line" in remark and "line 4" in remark for remark in found.remarks)


def test_a_lost_heading_is_told() -> None:
    found = guess(["虚构的计划（2026年）", "一、甲", "字。", "二、乙", "字。", "四、丁", "字。"])
    assert titles(found) == [("甲", []), ("乙", []), ("丁", [])]
    assert any("number 3 not found" in remark for remark in found.remarks)


@pytest.mark.parametrize("listed", [True, False])
def test_a_broken_heading_is_joined_where_that_is_certain(
    tmp_path: Path,
    listed: bool,  # noqa: FBT001
) -> None:
    first, second = ("完善用水", "管理制度") if listed else ("完善用水制度，", "加强管理")
    lines = ["虚构的计划（2026年）", "目录", f"一、{first}{second}", "二、乙", "三、丙", "四、丁"]
    lines += [f"一、{first}", f"  {second}", "字。", "二、乙", "字。", "三、丙", "字。", "四、丁"]
    path = write(tmp_path, "plan.txt", *(lines if listed else lines[:1] + lines[6:]), "字。")
    plan = read_plan(path)
    assert plan.chapters[0].title == first + second
    assert [p.text for p in plan.chapters[0].paragraphs] == ["字。"]
    check(plan)
    made = new_series(tmp_path / "series", [path])
    assert_same(cp.load_plans(made.folder)["plan"], plan)


def test_a_heading_that_may_be_broken_is_named() -> None:
    lines = ["虚构的计划（2026年）", "一、完善用水", "管理制度", "字。", "二、乙", "字。"]
    found = guess(lines)
    assert found.chapters[0].title == "完善用水"
    assert any("perhaps 1" in remark and "line 2" in remark for remark in found.remarks)


def test_marks_that_set_off_a_list_open_no_measures() -> None:
    lines = ["虚构的计划（2026年）", "一、甲", *["字。"] * 8, "——条。", "——条。", "二、乙", "字。"]
    found = guess(lines)
    assert found.marks.measure == ()
    assert any("only 2 of 11 paragraphs" in remark for remark in found.remarks)


def test_numbered_measures(tmp_path: Path) -> None:
    lines = [INVENTED, "一、甲", "1.修建很多管道，并且维护。", "2.修水渠。", "二、乙", "1.修水库。"]
    plan = read_plan(write(tmp_path, "plan.txt", *lines))
    texts = ["修建很多管道，并且维护。", "修水渠。", "修水库。"]
    assert [measure.text for measure in plan.measures] == texts


def test_marks_may_be_told(tmp_path: Path) -> None:
    path = invented(tmp_path)
    assert sections_of(read_plan(path, marks=PlanMarks(section=()))) == [0, 0]
    plain = read_plan(path, marks=PlanMarks(measure=()))
    assert not plain.measures
    assert [p.text for p in plain.chapters[0].paragraphs] == ["——节约。", "——循环。"]
    other = read_plan(path, marks=PlanMarks(chapter=("（{n}）",)))
    assert [chapter.title for chapter in other.chapters] == ["城市", "乡村"]
    marked = write(tmp_path, "signs.txt", "虚构的计划（2026年）", "■甲", "字。", "■乙", "字。")
    signs = read_plan(marked, marks=PlanMarks(chapter=("■",)))
    assert [chapter.title for chapter in signs.chapters] == ["甲", "乙"]


def test_everything_may_be_told(tmp_path: Path) -> None:
    plan = read_plan(
        invented(tmp_path),
        plan_id="w",
        title="另一个虚构的计划",
        period=(2020, 2021),
        published=date(2020, 1, 2),
        publisher="虚构的机构",
    )
    assert (plan.id, plan.title, plan.publisher) == ("w", "另一个虚构的计划", "虚构的机构")
    assert (plan.start_year, plan.end_year, plan.published) == (2020, 2021, date(2020, 1, 2))
    assert plan.measures[0].id == "w/1/1"
    assert not {"title", "period", "published"} & set(dict(plan.outline_confidence))


def test_the_introduction_holds_the_goals(tmp_path: Path) -> None:
    lines = [INVENTED, "导 言", "说明。", "——目标。", "一、甲", "——举措。", "二、乙", "——举措。"]
    plan = read_plan(write(tmp_path, "plan.txt", *lines))
    assert [goal.text for goal in plan.goals] == ["目标。"]
    assert [measure.id for measure in plan.measures] == ["plan/1/1", "plan/2/1"]


def test_a_document_without_headings_is_one_chapter(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, "p.txt", "虚构的通知（2026年）", "字。", "又一段。"))
    assert [(c.title, len(c.paragraphs)) for c in plan.chapters] == [("虚构的通知（2026年）", 2)]
    assert any("one, which carries the title" in how for _, how in plan.outline_confidence)
    check(plan)
    line = read_plan(write(tmp_path, "2026.txt", "只有一段，很长的一段话。"))
    assert [(c.title, len(c.paragraphs)) for c in line.chapters] == [("2026", 1)]
    check(line)


def test_an_outline_without_text_is_read(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, "plan.txt", INVENTED, "一、甲", "二、乙", "三、丙", "四、丁"))
    assert [chapter.title for chapter in plan.chapters] == ["甲", "乙", "丙", "丁"]
    check(plan)


@pytest.mark.parametrize(
    ("name", "line", "period"),
    [
        ("plan-2026.txt", "虚构的报告", (2026, 2026)),
        ("a.txt", "虚构的“十四五”规划", (2021, 2025)),
        ("a.txt", "虚构的第十三个五年规划纲要", (2016, 2020)),
        ("a.txt", "虚构的计划（二〇一二—二〇一五年）", (2012, 2015)),
        ("2012-2015.txt", "虚构的计划", (2012, 2015)),
    ],
)
def test_years_are_found(tmp_path: Path, name: str, line: str, period: tuple[int, int]) -> None:
    plan = read_plan(write(tmp_path, name, line, "一、甲", "字。", "二、乙", "字。"))
    assert (plan.start_year, plan.end_year) == period


def test_years_that_are_not_found_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "plan.txt", "虚构的计划", "一、甲", "字。", "二、乙", "字。")
    with pytest.raises(UnreadableTextError, match=r"years are neither.*period=\(2026, 2030\)"):
        read_plan(path)
    assert read_plan(path, period=(2026, 2030)).end_year == 2030


@pytest.mark.parametrize(
    "told",
    [
        {"period": (2030, 2026)},
        {"period": 2026},
        {"plan_id": "a/b"},
        {"plan_id": ""},
        {"measures": "all"},
    ],
)
def test_impossible_arguments_are_refused(tmp_path: Path, told: dict[str, object]) -> None:
    with pytest.raises(ChoiceError):
        read_plan(invented(tmp_path), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize("forms", ["{n}、", ("",), (1,)])
def test_impossible_marks_are_refused(forms: object) -> None:
    with pytest.raises(ChoiceError, match="chapter="):
        PlanMarks(chapter=forms)  # type: ignore[arg-type]


def test_other_files_are_read_too(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in invented(tmp_path).read_text("utf-8").split("\n"))
    path = write(tmp_path, "page.html", f"<html><body>{body}</body></html>")
    page, text = read_plan(path), read_plan(invented(tmp_path))
    assert [m.text for m in page.measures] == [m.text for m in text.measures]
    assert page.require_reading("text").witness.encoding == "html"


def test_paragraphs_need_a_text(plans: Corpus, fifth: Plan) -> None:
    with pytest.raises(MissingTextError):
        paragraphs_as_measures(plans["2009-2010"])
    read = paragraphs_as_measures(fifth)
    check(read)
    assert (len(read.measures), len(read.goals)) == (207, 7)


# Invariants

PIECES = st.sampled_from(
    [
        "一、甲", "二、乙乙", "三、丙。", "（一）子。后面还有话。", "（二）丑", "(一) 寅，",
        "1.1 卯", "1. 辰", "2. 巳。", "第一章 午", "第二章 未", "——申。", "- （一）酉", "目 录",
        "导言", "附件1", "", " ", "字。", "没有说完", "2026年1月32日", "\u2028", "A  B",
        "名词解释", "。", "，", "$a_1$",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(PIECES | st.text(max_size=30), max_size=40)


def bare(text: str) -> list[str]:
    """Give the Chinese characters of a text, which no cleaning takes away."""
    return [character for character in text if "\u4e00" <= character <= "\u9fff"]


@given(DOCUMENTS)
@example([])
@example(["一、" * 3])
@settings(max_examples=200)
def test_any_lines_are_guessed(lines: list[str]) -> None:
    check_guess(guess(lines))


def check_guess(found: Guess) -> None:
    assert found.chapters
    places = [h.line for h in found.headings() if h.line is not None]
    assert places == sorted(set(places))
    assert all(place < found.end for place in places)
    assert all("\n" not in remark for remark in found.remarks)


@given(lines=DOCUMENTS)
@settings(max_examples=150)
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_bytes("\n".join(lines).encode("utf-8", "replace"))
    try:
        plan = read_plan(path, period=(2026, 2026))
    except CrossplanError:
        return
    check(plan)
    check(paragraphs_as_measures(plan))
    given_text = "".join(bare(decode(path.read_bytes(), path)[0]))
    end = next((how for what, how in plan.outline_confidence if what == "end"), None)
    kept = "".join(bare(plan.text))
    assert given_text == kept if end is None else given_text.startswith(kept)


@pytest.mark.parametrize(
    "lines",
    [
        ["一、甲"] * 100_000,
        [f"{n}. 甲" for n in range(1, 100_001)],
        ["一、甲", "（一）子", "字。", "（二）丑", "二、乙"] * 20_000,
        ["这是一段话，里面有些字。"] * 100_000,
        ["一" * 100_000, "“" * 100_000, "a" + " " * 100_000 + "b", "—" * 100_000],
    ],
    ids=["same", "counting", "repeated", "prose", "long"],
)
@pytest.mark.slow
def test_a_document_without_end_is_guessed(lines: list[str]) -> None:
    check_guess(guess(lines))


# Series of one's own


def assert_same(loaded: Plan, read: Plan) -> None:
    assert [(h.id, h.title, h.start) for h in loaded.headings] == [
        (h.id, h.title, h.start) for h in read.headings
    ]
    assert loaded.text == read.text
    assert loaded.measures == read.measures
    assert loaded.goals == read.goals
    assert [h.paragraphs for h in loaded.chapters] == [h.paragraphs for h in read.chapters]
    assert (loaded.start_year, loaded.end_year) == (read.start_year, read.end_year)


def test_a_series_is_loaded_at_once(tmp_path: Path) -> None:
    files = [
        invented(tmp_path, "new 计划.txt"),
        invented(tmp_path, ".old.txt", title="虚构的节水计划（2021—2025年）"),
        invented(tmp_path, "old.md", title="虚构的节水计划（2016—2020年）"),
    ]
    made = new_series(tmp_path / "water", files, title="虚构的系列")
    plans = cp.load_plans(made.folder)
    assert list(plans) == ["old-2", "old", "new-计划"]
    assert plans.title == "虚构的系列"
    assert plans["old"].published == date(2026, 3, 5)
    assert_same(plans["new-计划"], read_plan(files[0], plan_id="new-计划"))
    comparison = cp.compare_measures(plans["old"], plans["new-计划"])
    assert set(comparison.table["status"]) == {"kept"}


def test_the_files_of_a_series_tell_what_was_guessed(tmp_path: Path) -> None:
    made = new_series(tmp_path / "water", [invented(tmp_path)])
    path = made.folder / "water-2026-2030" / "plan.toml"
    text = path.read_text(encoding="utf-8")
    assert "# guessed: chapters: marked {n}、 (as for all files; 2 lines: 一、 … 二、)" in text
    record = tomllib.loads(text)
    assert record["witness"]["source"] == "a file of one's own: water-2026-2030.txt"
    assert made.folder.stat().st_mode & 0o777 == 0o777 & ~umask()
    assert sorted(made.table["what"])[:4] == [
        "chapters",
        "introduction",
        "language",
        "measures",
    ]
    assert tomllib.loads((made.folder / "series.toml").read_text("utf-8"))["id"] == "water"


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_plan_without_a_day_is_loaded(tmp_path: Path) -> None:
    path = write(tmp_path, "p.txt", INVENTED, "一、甲", "字。", "二、乙", "字。")
    assert cp.load_plans(new_series(tmp_path / "s", [path]).folder)["p"].published is None


def test_two_headings_may_have_one_title(tmp_path: Path) -> None:
    lines = [INVENTED, "一、甲", "（一）要求", "字。", "（二）任务", "字。"]
    lines += ["二、乙", "（一）要求", "又。", "（二）任务", "又。"]
    path = write(tmp_path, "p.txt", *lines)
    made = new_series(tmp_path / "s", [path])
    assert_same(cp.load_plans(made.folder)["p"], read_plan(path))


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError, match="there already"):
        new_series(tmp_path / "taken", [invented(tmp_path)])
    with pytest.raises(OutputError, match="is not there"):
        new_series(tmp_path / "none" / "water", [invented(tmp_path)])
    with pytest.raises(ChoiceError, match="files="):
        new_series(tmp_path / "water", [])


def test_files_with_other_marks_are_refused(tmp_path: Path) -> None:
    other = write(tmp_path, "p.txt", INVENTED, "第一章 甲", "一、子", "字。", "二、丑", "字。")
    with pytest.raises(UnreadableTextError, match=r"p\.txt: it marks sections with {n}、"):
        new_series(tmp_path / "water", [invented(tmp_path), other])
    prose = write(tmp_path, "prose.txt", INVENTED, "字。")
    with pytest.raises(UnreadableTextError, match=r"prose\.txt: no headings"):
        new_series(tmp_path / "water", [invented(tmp_path), prose])
    assert not left_in(tmp_path)


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def test_a_bad_file_among_good_ones_leaves_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02")
    with pytest.raises(UnreadableTextError, match=r"bad\.txt"):
        new_series(tmp_path / "water", [invented(tmp_path), bad])
    assert not left_in(tmp_path)


@pytest.mark.parametrize("step", ["_write_series", "load_plans", "_verify"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(new_series_module, step, fail)
    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        new_series(tmp_path / "water", [invented(tmp_path)])
    assert not left_in(tmp_path)


def test_a_series_that_reads_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plans: Corpus
) -> None:
    other = Corpus([read_plan(invented(tmp_path), marks=PlanMarks(measure=()))])
    monkeypatch.setattr(new_series_module, "load_plans", lambda _: other)
    with pytest.raises(OutputError, match="reads otherwise"):
        new_series(tmp_path / "water", [invented(tmp_path)])
    assert not left_in(tmp_path)
    assert plans


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    file = invented(tmp_path)
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(OutputError, match=r"water: .*cannot be written \(Permission denied\)"):
        new_series(tmp_path / "water", [file])
    assert not left_in(tmp_path)


def test_a_plan_without_a_date_is_not_said_to_be_unpublished(
    tmp_path: Path, constructed_pair: ConstructedPredecessor
) -> None:
    path = tmp_path / "water-2026.txt"
    path.write_text(
        "构造的节水计划（2026年）\n一、要求\n——节水。\n二、任务\n——少用水。\n", encoding="utf-8"
    )
    plan = cp.read_plan(path)
    assert plan.published is None
    assert "date not known" in plan._repr_html_()
    assert "never published" in constructed_pair.plan._repr_html_()


def test_a_new_series_is_verified_without_its_made_up_introduction(tmp_path: Path) -> None:
    path = tmp_path / "water-2026.txt"
    path.write_text(
        "构造的节水计划（2026年）\n一、要求\n节水。\n二、任务\n少用水。\n", encoding="utf-8"
    )
    made = cp.any_plan.new_series(tmp_path / "water", [path])
    row = cp.verify_plans(series=made.folder).table.iloc[0]
    assert (row["verdict"], row["headings_found"], row["headings"]) == ("complete", 2, 2)
