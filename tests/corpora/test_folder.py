"""Texts of the user's own, in any of the encodings that plans are found in."""

from pathlib import Path

import pytest
from paths import TRIAL

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.errors import MissingFolderError, NotThePlanError, UnreadableTextError


def test_a_text_makes_its_plan_full(folder: Path) -> None:
    plans = cp.load_plans(folder=folder)
    assert [plan.id for plan in plans.full] == ["2021-2025", "2026-2030"]
    fourth = plans["2021-2025"]
    assert len(fourth.measures) == 2 * 34 + 2
    assert fourth.measures[0].id == "2021-2025/1.1/1"
    assert fourth.measures[-1].id == "2021-2025/7/2"
    assert len(fourth.sections[0].paragraphs) == 1
    assert fourth.gaps == ()
    assert fourth.reading is not None
    assert fourth.reading.corrections == ()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_encodings_are_read(folder: Path, encoding: str, line_break: str) -> None:
    path = folder / "2021-2025.txt"
    expected = cp.load_plan("2021-2025", folder=folder).text
    text = path.read_text(encoding="utf-8").replace("\n", line_break)
    path.write_bytes(text.encode(encoding))
    assert cp.load_plan("2021-2025", folder=folder).text == expected


def test_a_text_without_contents_or_with_half_width_marks(folder: Path) -> None:
    path = folder / "2021-2025.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("（", "(").replace("）", ") ").replace("——", "━━"), encoding="utf-8"
    )
    assert len(cp.load_plan("2021-2025", folder=folder).measures) == 70


@pytest.mark.parametrize("contents", [True, False])
def test_contents_are_told_from_the_body(folder: Path, contents: bool) -> None:  # noqa: FBT001
    path = folder / "2021-2025.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    headings = [line for line in lines if line and line[0] in "（一二三四五六七"]
    start = lines.index("导言")
    body = [line for line in lines[start:] if "导言段落" not in line and "目标" not in line]
    listed = ["导言", *headings] if contents else []
    path.write_text("\n".join([*lines[:start], *listed, *body]), encoding="utf-8")
    plan = cp.load_plan("2021-2025", folder=folder)
    assert plan.gaps == ()
    assert len(plan.measures) == 70
    assert sum(node.kind == "contents" for node in plan.nodes) == len(listed)


def test_missing_headings_are_told(folder: Path) -> None:
    path = folder / "2021-2025.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("（四）财产权益\n", "\n"), encoding="utf-8")
    plan = cp.load_plan("2021-2025", folder=folder)
    assert plan.gaps == ("heading not found: 2021-2025/1.4 财产权益",)
    assert plan.sections[3].measures == ()
    assert plan.sections[3].start is None


def test_a_heading_printed_otherwise_is_told(folder: Path) -> None:
    path = folder / "2021-2025.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("（四）财产权益", "（四）财产的权益"), encoding="utf-8")
    plan = cp.load_plan("2021-2025", folder=folder)
    assert plan.gaps == ("heading 2021-2025/1.4 is printed as 财产的权益",)
    assert len(plan.sections[3].measures) == 2


def test_the_users_text_of_the_fifth_plan_takes_the_place_of_ours(
    tmp_path: Path, shipped: Path
) -> None:
    text = (shipped / "2026-2030" / "text.txt").read_text(encoding="utf-8")
    (tmp_path / "2026-2030.txt").write_text(text.replace("3%，", "3‰，"), encoding="utf-8")
    plan = cp.load_plan("2026-2030", folder=tmp_path)
    assert plan.reading is not None
    assert plan.reading.corrections == (), "the apparatus belongs to another file"
    assert len(plan.measures) == 203


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(MissingFolderError, match="there is no such folder"):
        cp.load_plans(folder=tmp_path / "nowhere")
    with pytest.raises(MissingFolderError, match=r"2009-2010\.txt"):
        cp.load_plans(folder=tmp_path)


@pytest.mark.parametrize("data", [b"", b"  \n\n", "\ufeff\n".encode()])
def test_an_empty_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "2021-2025.txt").write_bytes(data)
    with pytest.raises(UnreadableTextError, match=r"2021-2025\.txt: the file is empty"):
        cp.load_plans(folder=tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(128, 256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01",
        b"\xff\xfe\x00",
        b"\x00" * 64,
    ],
    ids=["all bytes", "zip", "pdf", "half utf-16", "zeros"],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "2021-2025.txt").write_bytes(data)
    with pytest.raises(UnreadableTextError, match=r"2021-2025\.txt: the bytes are not text"):
        cp.load_plans(folder=tmp_path)


def test_a_file_that_is_no_plan(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "2021-2025.txt").write_text("一首诗。\n两行。\n", encoding="utf-8")
    with pytest.raises(NotThePlanError, match="0 of its 42 headings"):
        cp.load_plans(folder=tmp_path)
    # The fourth plan's text under the name of the first is not the first plan.
    (folder / "2021-2025.txt").rename(folder / "2009-2010.txt")
    with pytest.raises(NotThePlanError, match="2009-2010"):
        cp.load_plans(folder=folder)


@pytest.mark.skipif(not TRIAL.is_dir(), reason="the trial documents are not here")
def test_a_work_report_is_no_plan(tmp_path: Path, plans: Corpus) -> None:
    for path in sorted(TRIAL.glob("*.txt")):
        for plan_id in plans:
            target = tmp_path / f"{plan_id}.txt"
            target.write_bytes(path.read_bytes())
            with pytest.raises(NotThePlanError, match=plan_id):
                cp.load_plan(plan_id, folder=tmp_path)
            target.unlink()
