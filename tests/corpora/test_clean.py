"""Cleaning: what it takes away, and that it takes nothing else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossplan.corpora.catalog import read_series
from crossplan.corpora.clean import Edit, TracedText, clean
from crossplan.corpora.load import correct
from crossplan.corpora.marks import Marks
from crossplan.model import Correction

MARKS = Marks.from_forms(
    contents=("目录",),
    introduction=("导言",),
    chapter=("{n}、",),
    section=("（{n}）", "({n})"),
    measure=("——", "━━"),
)

# Pieces that meet at the seams of cleaning: marks, breaks, blanks, code, figures.
PIECES = st.sampled_from(
    [
        *("导言", "目录", "一、", "（一）", "(二) ", "——", "━━", "- ", "\n", "\n\n", " ", "　"),
        *("完善制度", "，", "。", "：", "”", "80", " 岁", "3.5 %", "PM_{2.5}", "$", "\\%", "a b"),
        *("_{", "}", "^", "and", "\r", "\u200b", "\ufeff", "\x0c", "\u2028"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


def cleaned(text: str) -> str:
    return clean(TracedText.begin(text), MARKS)[0].text


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@given(TEXTS)
def test_no_character_is_lost_but_blanks_bullets_and_code(text: str) -> None:
    def essential(value: str) -> str:
        return re.sub(r"[\s\u200b\ufeff_^{}$\\*•·・-]", "", value)

    assert essential(cleaned(text)) == essential(text)


@given(TEXTS)
def test_every_character_comes_from_its_place(text: str) -> None:
    result, _ = clean(TracedText.begin(text), MARKS)
    assert len(result.origins) == len(result.text)
    assert list(result.origins) == sorted(result.origins)
    for character, origin in zip(result.text, result.origins, strict=True):
        # A line break may stand for another kind of break, or a blank for a break.
        assert character == text[origin : origin + 1] or character in "\n "


@given(TEXTS)
def test_a_reading_text_is_lines_without_blanks_at_their_ends(text: str) -> None:
    result = cleaned(text)
    assert result == "" or result.endswith("\n")
    for line in result.splitlines():
        assert line
        assert line == line.strip()


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("一、章\n\n——分\n\n层分类帮扶。", "一、章\n——分层分类帮扶。\n"),
        ("一、章\n——健全制度。\n完善政策。", "一、章\n——健全制度。完善政策。\n"),
        ("导言\n——目标。\n本计划由某部门编制。", "导言\n——目标。\n本计划由某部门编制。\n"),
        ("导言\n坚持思想为\n\n指导，落实论述。", "导言\n坚持思想为\n指导，落实论述。\n"),
        ("导言\n坚持思想，以之为\n\n指导。", "导言\n坚持思想，以之为指导。\n"),
        ("八、章\n要加强领导，\n担当。\n完善机制。", "八、章\n要加强领导，担当。\n完善机制。\n"),
        ("- (一) 节\n- (二) 节二", "(一)节\n(二)节二\n"),
        ("提高到 80 岁，达到 98 %", "提高到80岁，达到98%\n"),
        ("（PM_{2.5}）降 $\\%$ 到", "（PM2.5）降%到\n"),
        ("花费$5和$6", "花费$5和$6\n"),
        ("一、章\n——human\nrights", "一、章\n——human rights\n"),
        ("中华人民共和国\n国务院新闻办公室", "中华人民共和国\n国务院新闻办公室\n"),
    ],
)
def test_examples(broken: str, whole: str) -> None:
    assert cleaned(broken) == whole


@given(st.text(max_size=30), st.data())
def test_edits_keep_what_they_do_not_touch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    replacement = data.draw(st.text(max_size=5))
    result = TracedText.begin(text).edited([Edit(start, end, replacement)])
    assert result.text == text[:start] + replacement + text[end:]
    for place, origin in enumerate(result.origins[:start]):
        assert place == origin
    after = len(result.text) - (len(text) - end)
    assert list(result.origins[after:]) == list(range(end, len(text)))


@given(
    st.text(alphabet="甲乙丙丁12", min_size=1, max_size=12),
    st.text(alphabet="甲乙丙丁12", max_size=12),
)
def test_a_correction_puts_its_reading_in_place(witness: str, corrected: str) -> None:
    text = f"前文{witness}后文"
    entry = Correction(witness, corrected, "certain", "", "", applied=True, start=2)
    assert correct(text, [entry]).text == f"前文{corrected}后文"


def test_the_fifth_plan_is_cleaned_once_and_for_all(shipped: Path) -> None:
    series = read_series(shipped)
    marks = series.marks("2026-2030")
    witness = (shipped / "2026-2030" / "text.txt").read_text(encoding="utf-8")
    once, joins = clean(TracedText.begin(witness), marks)
    again, no_joins = clean(TracedText.begin(once.text), marks)
    assert again.text == once.text
    assert len(joins) == 34
    assert no_joins == ()
