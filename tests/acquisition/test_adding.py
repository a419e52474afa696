"""Adding files of every form, damaged as copies are."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import debris
import dresses
import office_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material import body, quick_first

import crossplan as cp
from crossplan.cli import main
from crossplan.corpora.load import filled_plan
from crossplan.errors import (
    CrossplanError,
    DamagedWitnessError,
    NotThePlanError,
    OutputError,
    SeriesError,
    UnknownWitnessError,
)
from crossplan.model import Plan
from crossplan.readers.document import read_bytes, read_in_process

FIFTH = "2026-2030"
Paragraphs = list[str]


@pytest.fixture
def copy(tmp_path: Path, paragraphs: Paragraphs) -> Path:
    """The fifth plan as a text file."""
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    return path


def added(path: Path) -> Plan:
    """Add a file as the fifth plan, and load what was added."""
    result = cp.add_plan(FIFTH, path)
    plan = cp.load_plan(FIFTH)
    assert plan.reading is not None
    assert plan.reading.witness.source.startswith(result.table["witness"].iloc[0])
    return plan


FILES: dict[str, Callable[[Paragraphs], bytes]] = {
    "utf-8.txt": office_files.plain,
    "utf-8-bom.txt": lambda p: office_files.plain(p, byte_order_mark=True),
    "utf-16.txt": lambda p: office_files.plain(p, "utf-16", line_end="\r\n"),
    "gb18030.txt": lambda p: office_files.plain(p, "gb18030", line_end="\r\n", between=1),
    "word.docx": office_files.word,
    "word-numbered.docx": lambda p: office_files.word(p, numbered=True),
    "printed.pdf": office_files.pdf,
    "page.htm": dresses.portal,
    "no-suffix": dresses.silent_gbk,
    "misnamed.txt": office_files.pdf,
}


@pytest.mark.parametrize("name", FILES)
def test_files_of_every_form_give_the_shipped_text(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](paragraphs))
    plan = added(path)
    assert plan.text == fifth.text
    assert len(plan.measures) == 203


@pytest.mark.slow
@pytest.mark.parametrize("name", ["word.docx", "printed.pdf", "page.htm"])
def test_another_process_reads_the_same(paragraphs: Paragraphs, name: str) -> None:
    data = FILES[name](paragraphs)
    here = read_bytes(data, name)
    (original,) = here.originals
    assert read_in_process(original.form, data) == here.pages


def test_a_folder_of_pages_is_read_in_the_order_of_its_numbers(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    folder = office_files.folder(tmp_path, paragraphs)
    assert len(list(folder.iterdir())) > 10
    assert added(folder).text == fifth.text


# Damage that copies have.

MENDED: dict[str, Callable[[Paragraphs], Paragraphs]] = {
    "pinyin": debris.with_pinyin,
    "wide figures": debris.with_wide_figures,
    "spaced figures": debris.with_spaced_figures,
    "traditional": debris.in_traditional,
    "spam": debris.with_spam,
    "page numbers": debris.with_page_numbers,
    "addresses": debris.with_address,
    "headings twice": debris.with_headings_twice,
    "numbered contents": debris.with_numbered_contents,
    "remark": debris.with_remark,
    "spaced titles": debris.with_spaced_titles,
    "an English version behind": debris.with_english_after,
    "two languages by lines": lambda p: dresses.paragraphs_of(lines(dresses.bilingual_lines(p))),
    "two languages in lines": lambda p: dresses.paragraphs_of(
        lines(dresses.bilingual_paragraphs(p))
    ),
}


def lines(made: Sequence[str] | bytes) -> str:
    """Give a dress as text, whether it is lines or a page."""
    if isinstance(made, bytes):
        return "\n".join(read_bytes(made, "page.htm").lines)
    return "\n".join(made)


@pytest.mark.parametrize("damage", quick_first(MENDED, 5))
def test_damage_is_mended(tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, damage: str) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(MENDED[damage](paragraphs)))
    assert added(path).text == fifth.text
    findings = cp.verify_plans(FIFTH).findings
    mended = findings[findings["finding"].str.startswith("put right: ")]
    blanks_only = damage in {"spaced figures", "spaced titles"}
    assert mended.empty == blanks_only


@pytest.mark.parametrize(
    "damage",
    [
        lambda p: debris.with_mark(p, "━━"),
        lambda p: debris.with_mark(p, "@ -- "),
        lambda p: debris.with_mark(p, "・"),
        debris.with_half_width_sections,
        debris.without_contents,
        debris.with_other_date,
    ],
)
def test_other_marks_change_no_measure(
    tmp_path: Path,
    paragraphs: Paragraphs,
    fifth: Plan,
    damage: Callable[[Paragraphs], Paragraphs],
) -> None:
    path = tmp_path / "copy.htm"
    path.write_bytes(dresses.portal(damage(paragraphs)))
    plan = added(path)
    assert [m.text for m in plan.measures] == [m.text for m in fifth.measures]
    assert plan.goals[0].text == fifth.goals[0].text


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda p: [x for x in p if "（四）财产权" not in x], "heading not found: 2026-2030/1.4"),
        (debris.run_together, "line breaks lost"),
        (debris.without_some_marks, "joined after a full stop"),
        (debris.one_sentence_a_line, "joined after a full stop"),
        (lambda p: [x.replace("就业", "就\ufffd") for x in p], "unreadable characters"),
        (lambda p: [x.replace("的", "ที่") for x in p], "unexpected characters"),
        (lambda p: [x for x in p if not x.startswith("——")], "nothing below the heading"),
    ],
)
def test_what_cannot_be_mended_is_a_gap(
    tmp_path: Path,
    paragraphs: Paragraphs,
    damage: Callable[[Paragraphs], Paragraphs],
    words: str,
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(damage(paragraphs)))
    row = cp.add_plan(FIFTH, path).table.iloc[0]
    assert row["verdict"] == "usable with gaps"
    assert words in row["reason"]


def test_headings_out_of_order_are_told(tmp_path: Path, paragraphs: Paragraphs) -> None:
    text = "\n".join(paragraphs)
    at = text.rindex("（六）受教育权")
    end = text.rindex("（七）文化权")
    moved = text[:at] + text[end:] + "\n" + text[at:end]
    path = tmp_path / "copy.txt"
    path.write_text(moved, encoding="utf-8")
    reason = cp.add_plan(FIFTH, path).table["reason"].iloc[0]
    assert "heading out of order: 2026-2030/1.6" in reason


@pytest.mark.slow
@settings(max_examples=25)
@given(data=st.data())
def test_nothing_of_the_body_is_lost_whatever_stands_around(
    paragraphs: Paragraphs, data: st.DataObject
) -> None:
    """Lines before and behind the plan are cut off; between, every character stays."""
    from crossplan.acquisition.cut import cut_out
    from crossplan.acquisition.intake import mend
    from crossplan.acquisition.verification import known
    from crossplan.corpora.catalog import read_series
    from crossplan.corpora.store import find_series
    from crossplan.model import Witness

    strange = st.lists(
        st.sampled_from(
            [
                "首页 > 新闻",
                "来源：构造的来源",
                "构造的无关新闻标题",
                "2026-06-13 10:00",
                "分享到：",
                "版权所有 © 构造的网站",
                "【字号：大 中 小】",
            ]
        ),
        max_size=6,
    )
    before, behind = data.draw(strange), data.draw(strange)
    series = read_series(find_series("national-human-rights-action-plans"))
    wanted = known(series, FIFTH)
    copy = "\n".join([*before, *paragraphs, *behind]).encode()
    document = read_bytes(copy, "copy.txt")
    draft = cut_out(mend(document, wanted, series.record.marks), wanted)
    text = "\n".join(draft.lines) + "\n"
    plan = filled_plan(wanted.plan, wanted.marks, text, Witness("copy", "", "utf-8", len(text)))
    original = cp.load_plan(FIFTH, corrections=False)
    assert body(plan) == body(original)


# Whose text it is, and which is read.


def test_the_text_of_another_plan_is_refused(
    home: Path, tmp_path: Path, paragraphs: Paragraphs
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    with pytest.raises(NotThePlanError, match="rather the text of plan 2026-2030") as caught:
        cp.add_plan("2021-2025", path)
    assert caught.value.rather == FIFTH
    assert not home.exists()
    assert cp.load_plan("2021-2025").coverage == "outline"


def test_corrections_of_the_series_hold_in_every_witness(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    path = tmp_path / "copy.txt"
    right = [p.replace("新生儿死亡率降低至 3%", "新生儿死亡率降低至 3‰") for p in paragraphs]
    path.write_bytes(office_files.plain([p.replace(" ", "").replace("-(", "- (") for p in right]))
    plan = added(path)
    assert plan.reading is not None
    assert plan.text == fifth.text
    readings = [c.witness for c in plan.reading.corrections]
    assert "婴儿死亡率降低至3.5%" in readings
    assert not any(reading.startswith("新生儿") for reading in readings)


def test_texts_are_chosen_among(tmp_path: Path, paragraphs: Paragraphs) -> None:
    names = []
    for number, words in enumerate(("构造的异文甲。", "构造的异文乙。")):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(office_files.plain([*paragraphs, words * 3]))
        names.append(cp.add_plan(FIFTH, path).table["witness"].iloc[0])
    assert "异文乙" in cp.load_plan(FIFTH).text
    table = cp.witnesses.use_witness(FIFTH, names[0]).table
    assert table.set_index("witness")["in_use"].to_dict() == {
        "shipped": False,
        names[0]: True,
        names[1]: False,
    }
    assert "异文甲" in cp.load_plan(FIFTH).text
    cp.witnesses.use_witness(FIFTH, "shipped")
    assert "异文" not in cp.load_plan(FIFTH).text
    for name in ("nothing", "../../etc", ""):
        with pytest.raises(UnknownWitnessError, match=names[0]):
            cp.witnesses.use_witness(FIFTH, name)


def test_adding_the_same_text_again_changes_nothing(
    home: Path, tmp_path: Path, paragraphs: Paragraphs
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    added(path)
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    added(path)
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before


# Verifying again, when something has happened to the folder.


def stored_folder(home: Path) -> Path:
    (text,) = home.rglob("text.txt")
    return text.parent


def damage_text(folder: Path) -> None:
    path = folder / "text.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("就业", "失业"), encoding="utf-8")


def damage_original(folder: Path) -> None:
    (path,) = (folder / "original").iterdir()
    path.write_bytes(path.read_bytes()[:-10])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_text, "the checksum of its text.txt has changed"),
        (damage_original, "the checksum of 1-copy.txt has changed"),
        (lambda folder: (folder / "source.json").write_text("{"), "source.json cannot be read"),
        (lambda folder: (folder / "source.json").unlink(), "source.json cannot be read"),
        (lambda folder: (folder / "text.txt").unlink(), "cannot be opened"),
        (lambda folder: (folder / "text.txt").write_bytes(b""), "the file is empty"),
        (lambda folder: (folder / "corrections.toml").write_text("x"), "corrections.toml"),
    ],
)
def test_a_damaged_text_is_refused_and_got_anew(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    copy: Path,
    damage: Callable[[Path], object],
    words: str,
) -> None:
    whole = added(copy).text
    damage(stored_folder(home))
    result = cp.verify_plans(FIFTH)
    row = result.table.set_index("in_use").loc[True]
    assert row["verdict"] == "refused"
    assert words in row["reason"]
    assert not result.complete
    with pytest.raises(SystemExit) as caught:
        main(["verify", FIFTH])
    assert caught.value.code == 1
    assert words in capsys.readouterr().out
    if damage is not damage_original:
        with pytest.raises(CrossplanError, match=words):
            cp.load_plan(FIFTH)
    if "corrections" not in words:
        assert added(copy).text == whole


def test_a_source_that_leads_outside_is_refused(
    home: Path, tmp_path: Path, paragraphs: Paragraphs
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    added(path)
    source = stored_folder(home) / "source.json"
    content = json.loads(source.read_text(encoding="utf-8"))
    content["originals"][0]["file"] = "../../../../etc/passwd"
    source.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DamagedWitnessError, match="outside of the folder"):
        cp.load_plan(FIFTH)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("plans", '"2009-2010"', '"../2009-2010"'),
        ("id", 'id = "national-human-rights-action-plans"', 'id = "../../x"'),
    ],
)
def test_a_series_cannot_lead_outside(series: Path, key: str, old: str, new: str) -> None:
    path = series / "series.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SeriesError, match=f"key {key}.*cannot name a folder"):
        cp.load_plans(series)


def test_a_witness_of_a_series_cannot_lie_outside(series: Path) -> None:
    path = series / FIFTH / "plan.toml"
    text = path.read_text(encoding="utf-8").replace('"text.txt"', '"../../../etc/passwd"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeriesError, match="does not name a file of this folder"):
        cp.load_plans(series)


def test_a_data_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paragraphs: Paragraphs
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("CROSSPLAN_HOME", str(blocked / "home"))
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    with pytest.raises(OutputError, match="the data folder cannot be written"):
        cp.add_plan(FIFTH, path)


@pytest.mark.parametrize("step", ["write_files", "move_in"])
def test_a_fault_while_storing_leaves_nothing(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paragraphs: Paragraphs,
    step: str,
) -> None:
    from crossplan.acquisition import intake

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake, step, full)
    path = tmp_path / "copy.txt"
    path.write_bytes(office_files.plain(paragraphs))
    with pytest.raises(OutputError, match="No space left"):
        cp.add_plan(FIFTH, path)
    assert [p for p in home.rglob("*") if p.is_file()] == []
    assert cp.load_plan(FIFTH).text
