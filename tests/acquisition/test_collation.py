"""Two texts of one plan: where they differ, and how the better reading is recorded."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crossplan as cp
from crossplan.acquisition.apparatus import kind_of, unique_quote, variants
from crossplan.acquisition.collation import Collation
from crossplan.cli import main
from crossplan.errors import ArgumentError, ChoiceError, SeriesError, UnknownWitnessError

FIFTH = "2026-2030"
EDITS = {
    "婴儿死亡率降低至 3.5%": "婴儿死亡率降低至 3.5‰",
    "加强组织领导，主动担当作为": "切实加强组织领导、主动担当作为",
    "鼓励新闻媒体": "鼓励媒体",
    "完善第三方评估机制": "健全第三方评估机制",
}


@pytest.fixture
def copy(tmp_path: Path, shipped: Path) -> Path:
    """A constructed copy of the fifth plan, with known edits."""
    text = (shipped / FIFTH / "text.txt").read_text(encoding="utf-8")
    for old, new in EDITS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "constructed-copy.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def collated(copy: Path, shipped: Path) -> Collation:
    """The stored shipped text against the constructed copy."""
    cp.add_plan(FIFTH, copy)
    name = cp.add_plan(FIFTH, shipped / FIFTH / "text.txt").table["witness"].iloc[0]
    return cp.witnesses.collate(FIFTH, name, copy)


def test_known_edits_are_found(collated: Collation) -> None:
    found = [(v.kind, v.a_text, v.b_text, v.passage_id) for v in collated.variants]
    assert found == [
        ("figure", "%", "‰", "2026-2030/1.5/2"),
        ("addition", "", "切实", "2026-2030/8/p1"),
        ("punctuation", "，", "、", "2026-2030/8/p1"),
        ("wording", "完善", "健全", "2026-2030/8/p3"),
        ("omission", "新闻", "", "2026-2030/8/p4"),
    ]
    assert "3.5[%|‰]，5岁" in collated.lines[1]


def test_spans_lead_to_the_texts(collated: Collation) -> None:
    for variant in collated.variants:
        assert collated.a.plan.text[variant.a_start : variant.a_end] == variant.a_text
        assert collated.b.plan.text[variant.b_start : variant.b_end] == variant.b_text
        before = collated.a.plan.text[: variant.a_start]
        assert before.endswith(variant.before)


def test_the_order_of_the_texts_only_turns_the_variants(collated: Collation, copy: Path) -> None:
    turned = cp.witnesses.collate(FIFTH, copy, collated.a.name)
    assert [(v.b_text, v.a_text) for v in turned.variants] == [
        (v.a_text, v.b_text) for v in collated.variants
    ]


def test_a_text_has_no_variants_against_itself(copy: Path) -> None:
    assert cp.witnesses.collate(FIFTH, "shipped", "shipped").table.empty
    assert cp.witnesses.collate(FIFTH, copy, copy).table.empty


def test_a_chosen_reading_is_recorded_and_read(collated: Collation) -> None:
    path = collated.record([2, 4], reason="构造的理由", reason_en="A constructed reason")
    text = cp.load_plan(FIFTH).text
    assert "切实加强组织领导，主动担当作为" in text
    assert "健全第三方评估机制" in text
    assert "鼓励新闻媒体" in text
    assert "切实" not in cp.load_plan(FIFTH, corrections=False).text[-300:]
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["corrections"]
    assert [e["reason"]["en"] for e in entries[-2:]] == ["A constructed reason"] * 2


def test_comments_of_an_apparatus_stay(collated: Collation) -> None:
    assert collated.a.apparatus is not None
    before = collated.a.apparatus.read_text(encoding="utf-8") + "# 学者的批注\n"
    collated.a.apparatus.write_text(before, encoding="utf-8")
    path = collated.record(4, reason="甲", reason_en="a", certainty="doubtful")
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert "完善第三方评估机制" in cp.load_plan(FIFTH).text
    reading = cp.load_plan(FIFTH).reading
    assert reading is not None
    assert reading.corrections[-1].certainty == "doubtful"


def test_a_reading_inside_of_a_correction_is_refused(collated: Collation) -> None:
    # The series corrects this very place already.
    with pytest.raises(SeriesError, match=r"variant 1.*Edit the file by hand"):
        collated.record(1, reason="甲", reason_en="a")


def test_what_cannot_be_recorded_is_refused(
    collated: Collation, copy: Path, tmp_path: Path
) -> None:
    with pytest.raises(ChoiceError, match="a number from 1 to 5"):
        collated.record(6, reason="甲", reason_en="a")
    turned = cp.witnesses.collate(FIFTH, copy, "shipped")
    with pytest.raises(ArgumentError, match="Add the file first"):
        turned.record(1, reason="甲", reason_en="a")
    with pytest.raises(ArgumentError, match="shipped is not in the data folder"):
        cp.witnesses.collate(FIFTH, "shipped", copy).record(2, reason="甲", reason_en="a")
    other = tmp_path / "corrections.toml"
    other.write_text('witness_sha256 = "0"\n', encoding="utf-8")
    with pytest.raises(SeriesError, match="apparatus of another text"):
        collated.record(2, reason="甲", reason_en="a", to=other)
    assert other.read_text(encoding="utf-8") == 'witness_sha256 = "0"\n'


def test_an_apparatus_can_be_written_elsewhere(collated: Collation, tmp_path: Path) -> None:
    path = collated.record([2, 3], reason="甲", reason_en="a", to=tmp_path / "mine.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    assert entries["witness_sha256"] == collated.sha256
    assert len(entries["corrections"]) == 2


def test_unknown_texts() -> None:
    with pytest.raises(UnknownWitnessError):
        cp.witnesses.collate(FIFTH, "shipped", "nothing")
    with pytest.raises(UnknownWitnessError):
        cp.witnesses.collate("2021-2025", "shipped", "shipped")


def test_the_command_lists_variants(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["collate", FIFTH, "shipped", str(copy)])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("5 variants: a = shipped, b = constructed-copy.txt")
    with pytest.raises(SystemExit):
        main(["collate", FIFTH, "shipped", str(copy), "--format", "csv"])
    assert capsys.readouterr().out.splitlines()[0].startswith("variant,passage_id,kind,a_text")


WORDS = st.lists(st.sampled_from(["完善", "制度", "，", "。", "\n", "3%", "构造"]), max_size=30)


@given(WORDS, WORDS)
def test_variants_turn_one_text_into_the_other(a: list[str], b: list[str]) -> None:
    old, new = "".join(a), "".join(b)
    made, place = [], 0
    for span in variants(old, new):
        made += [old[place : span.a_start], new[span.b_start : span.b_end]]
        place = span.a_end
    assert "".join(made) + old[place:] == new
    assert bool(list(variants(old, new))) == (old != new)


@given(st.text("甲乙丙", max_size=40), st.data())
def test_a_quote_stands_once(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = unique_quote(text, start, end, 50)
    if quote is not None:
        assert quote[0] <= start <= end <= quote[1]
        assert text.count(text[slice(*quote)]) == 1


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("90%", "95%", "figure"),
        ("，", "", "punctuation"),
        ("\n", "", "line break"),
        ("", "切实", "addition"),
        ("切实", "", "omission"),
        ("推进", "推动", "wording"),
    ],
)
def test_kinds_of_variants(old: str, new: str, kind: str) -> None:
    assert kind_of(old, new) == kind
