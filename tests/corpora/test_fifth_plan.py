"""The fifth plan, read from its official text to the character."""

import hashlib
import re
from pathlib import Path

import pytest

import crossplan as cp
from crossplan.model import Measure, Plan, Section


def test_structure(fifth: Plan) -> None:
    assert len(fifth.chapters) == 8
    assert len(fifth.sections) == 32
    assert len(fifth.goals) == 7
    assert len(fifth.measures) == 203
    assert [len(chapter.measures) for chapter in fifth.chapters] == [50, 40, 22, 42, 17, 12, 20, 0]
    assert len(fifth.chapters[7].paragraphs) == 4
    assert sum(len(chapter.paragraphs) for chapter in fifth.chapters) == 4
    assert fifth.gaps == ()


def test_marks_are_counted_once(fifth: Plan, shipped: Path) -> None:
    witness = (shipped / "2026-2030" / "text.txt").read_text(encoding="utf-8")
    marks = len(re.findall(r"^——", witness, flags=re.MULTILINE))
    assert marks == len(fifth.measures) + len(fifth.goals) == 210


def test_contents_agree_with_headings(fifth: Plan) -> None:
    contents = [node.text for node in fifth.nodes if node.kind == "contents"]
    titles = [re.sub(r"^.*?[、）)]", "", line.strip()) for line in contents[2:]]
    assert contents[:2] == ["目录\n", "导言\n"]
    assert titles == [heading.title for heading in fifth.headings]


def test_every_character_belongs_to_exactly_one_node(fifth: Plan) -> None:
    position = 0
    for node in fifth.nodes:
        assert node.start == position
        assert fifth.text[node.start : node.end] == node.text
        position = node.end
    assert position == len(fifth.text)


def test_spans_hold(fifth: Plan) -> None:
    for section in (fifth.introduction, *fifth.headings):
        for passage in section.passages or ():
            assert section.start <= passage.start < passage.end <= section.end  # type: ignore[operator]
            assert fifth.text[passage.start : passage.end] == passage.text
            assert "".join(sentence.text for sentence in passage.sentences) == passage.text
            for sentence in passage.sentences:
                assert fifth.text[sentence.start : sentence.end] == sentence.text


def test_sections_tile_their_chapter(fifth: Plan) -> None:
    for chapter in fifth.chapters:
        ends = [section.end for section in chapter.sections]
        starts = [section.start for section in chapter.sections]
        assert starts[1:] == ends[:-1]
        assert not ends or ends[-1] == chapter.end


def test_ids_are_found(fifth: Plan) -> None:
    measure = fifth.passage("2026-2030/1.5/2")
    assert isinstance(measure, Measure)
    assert measure.text.startswith("努力使人均预期寿命提高到80岁，新生儿死亡率降低至3‰")
    assert measure in fifth.measures
    section = fifth.passage("2026-2030/5.2")
    assert isinstance(section, Section)
    assert section.title == "促进企业落实人权责任"
    assert fifth.passage("2026-2030/0/2") == fifth.goals[1]
    assert fifth.passage("2026-2030/8/p4") == fifth.chapters[7].paragraphs[3]
    with pytest.raises(cp.errors.UnknownPassageError, match=r"2026-2030/9\.9"):
        fifth.passage("2026-2030/9.9")


def test_no_passage_is_broken_or_dirty(fifth: Plan) -> None:
    for section in (fifth.introduction, *fifth.headings):
        for passage in section.passages or ():
            assert re.search(r"[。：]$", passage.text), passage.id
            assert not re.search(r"\s|[_{}$\\]", passage.text), passage.id


def test_a_measure_goes_on_after_a_full_stop_and_a_page(fifth: Plan) -> None:
    joins = [join for join in fifth.reading.joins if join.after_sentence]  # type: ignore[union-attr]
    after = [fifth.text[join.position : join.position + 6] for join in joins]
    assert after == ["完善社保关系", "健全对虚假诉", "修改自然保护"]
    for join in joins:
        owner = next(m for m in fifth.measures if m.start < join.position < m.end)
        assert fifth.text[join.position - 1] == "。"
        assert owner.id in {"2026-2030/1.3/1", "2026-2030/2.6/5", "2026-2030/3.1/1"}


def test_the_introduction_keeps_its_closing_paragraph(fifth: Plan) -> None:
    assert fifth.introduction.paragraphs[-1].text.startswith("《行动计划》由国务院新闻办公室")
    assert fifth.goals[-1].text.endswith("作出中国贡献。")


def test_corrections_are_applied_and_listed(fifth: Plan) -> None:
    corrections = fifth.reading.corrections  # type: ignore[union-attr]
    applied = [c.corrected for c in corrections if c.applied]
    assert len(applied) == 6
    assert "5岁以下儿童死亡率降低至6‰" in fifth.text
    assert "网络布局和结构功能" in fifth.text
    assert "PM2.5" in fifth.text
    assert "學" not in fifth.text
    for correction in corrections:
        assert correction.reason
        assert correction.reason_en
        if correction.certainty == "doubtful":
            assert not correction.applied


def test_corrections_can_be_switched_off() -> None:
    plan = cp.load_plan("2026-2030", corrections=False)
    assert "5岁以下儿童死亡率降低至6%" in plan.text
    assert "中小學生" in plan.text
    assert "网络布局and结构功能" in plan.text
    assert len(plan.measures) == 203
    assert not [c for c in plan.reading.corrections if c.applied]  # type: ignore[union-attr]


def test_the_witness_is_kept_byte_for_byte(fifth: Plan, shipped: Path) -> None:
    data = (shipped / "2026-2030" / "text.txt").read_bytes()
    witness = fifth.reading.witness  # type: ignore[union-attr]
    assert hashlib.sha256(data).hexdigest() == witness.sha256
    assert len(data.decode("utf-8")) == witness.characters


def test_every_span_leads_back_to_the_witness(fifth: Plan, shipped: Path) -> None:
    witness = (shipped / "2026-2030" / "text.txt").read_text(encoding="utf-8")
    for measure in fifth.measures:
        start, end = fifth.witness_span(measure.start, measure.end)
        published = re.sub(r"\s", "", witness[start:end])
        if "‰" not in measure.text and "PM2.5" not in measure.text:
            expected = re.sub(r"\s", "", measure.text)
            expected = expected.replace("学生每天", "學生每天").replace("布局和结构", "布局and结构")
            assert published == expected


def test_the_outline_is_read_from_the_text_unchanged(fifth: Plan) -> None:
    for heading in fifth.headings:
        line = fifth.text[heading.start : fifth.text.index("\n", heading.start)]
        assert line.endswith(heading.title)
