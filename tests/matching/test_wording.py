"""Redlines: nothing is lost, and they read well."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crossplan as cp
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.wording import Redline

LEVELS = ("word", "character", "clause")
TEXTS = st.one_of(
    st.text(alphabet="健全完善工资制度机制，。、；0123456789.%“”", max_size=40),
    st.text(max_size=20),
)


@given(TEXTS, TEXTS, st.sampled_from(LEVELS))
def test_both_texts_can_be_had_back(old: str, new: str, level: str) -> None:
    runs = cp.redline(old, new, level=level).runs  # type: ignore[arg-type]
    assert "".join(run.text for run in runs if run.kind != "inserted") == old
    assert "".join(run.text for run in runs if run.kind != "deleted") == new
    assert all(run.text for run in runs)
    # No two runs of one kind touch.
    assert all(a.kind != b.kind for a, b in itertools.pairwise(runs))


@given(TEXTS, st.sampled_from(LEVELS))
def test_a_text_with_itself_has_no_changes(text: str, level: str) -> None:
    assert {run.kind for run in cp.redline(text, text, level=level).runs} <= {"same"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "level", "plain"),
    [
        (
            "城镇登记失业率控制在5%以内。",
            "城镇调查失业率控制在5.5%以内。",
            "word",
            "城镇[-登记-]{+调查+}失业率控制在[-5%-]{+5.5%+}以内。",
        ),
        # A struck-out clause takes its own comma along.
        (
            "完善制度，加强监督，保障权利。",
            "完善制度，保障权利。",
            "word",
            "完善制度，[-加强监督，-]保障权利。",
        ),
        ("完善制度。", "完善制度，加强监督。", "word", "完善制度{+，加强监督+}。"),
        # Half of a figure says nothing.
        ("达到38.5%。", "达到40%。", "character", "达到[-38.5-]{+40+}%。"),
        # Changes with one character between them are one change.
        (
            "扩大和稳定就业。",
            "稳定和促进就业。",
            "word",
            "[-扩大和稳定-]{+稳定和促进+}就业。",
        ),
        ("甲，乙。丙。", "甲，丁。丙。", "clause", "甲，[-乙。-]{+丁。+}丙。"),
        ("", "新增。", "word", "{+新增。+}"),
    ],
)
def test_redlines_read_well(old: str, new: str, level: str, plain: str) -> None:
    assert cp.redline(old, new, level=level).plain == plain  # type: ignore[arg-type]


def test_html_escapes_what_texts_hold() -> None:
    line = cp.redline("<b>甲</b>", "<b>乙</b>&")
    assert "<b>" not in line.html
    assert "<del>" in line.html
    assert "&amp;" in line.html
    shown = line._repr_html_()
    assert "&lt;b&gt;" in shown
    assert re.search(r'<del dir="auto" lang="zh-Hans"[^>]*>甲</del>', shown)
    assert re.search(r'<ins dir="auto" lang="zh-Hans"[^>]*>乙</ins>', shown)


def test_there_are_three_levels() -> None:
    with pytest.raises(cp.errors.ChoiceError, match="sentence"):
        cp.redline("甲", "乙", level="sentence")  # type: ignore[arg-type]


def without(line: Redline, kind: str) -> str:
    return "".join(run.text for run in line.runs if run.kind != kind)


def test_every_measure_of_a_comparison_has_its_redline(
    constructed_pair: ConstructedPredecessor,
) -> None:
    result = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    row = result.revised.iloc[0]
    line = result.redline(row["new_id"])
    assert without(line, "inserted") == row["old_text"]
    assert without(line, "deleted") == row["new_text"]
    assert result.redline(row["old_id"]) == line
    merged = result.merged["new_id"].iloc[0]
    joined = result.merged.query(f"new_id == {merged!r}")["old_text"].str.cat()
    assert without(result.redline(merged), "inserted") == joined
    dropped = result.dropped.iloc[0]
    assert result.redline(dropped["old_id"]).runs == (("deleted", dropped["old_text"]),)
    with pytest.raises(cp.errors.UnknownPassageError, match="2026-2030/9"):
        result.redline("2026-2030/9")
