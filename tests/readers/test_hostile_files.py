"""Files that mean harm, or cannot be read, and what of a file is text."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import dresses
import hostile_files
import office_files
import pytest

import crossplan as cp
from crossplan.errors import NotThePlanError, UnreadableTextError
from crossplan.readers import limits
from crossplan.readers.document import read_bytes, read_file

FIFTH = "2026-2030"
Paragraphs = list[str]


@pytest.mark.slow
@pytest.mark.apart
@pytest.mark.parametrize("name", hostile_files.MAKERS)
def test_hostile_files_end_in_an_error_within_seconds(
    home: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 5)
    path = tmp_path / name
    path.write_bytes(hostile_files.MAKERS[name]())
    refused(path, home)


@pytest.mark.slow
@pytest.mark.apart
@pytest.mark.parametrize("name", hostile_files.REPEATED)
def test_endless_repetition_ends_in_an_error_within_seconds(
    home: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "repeated.txt"
    path.write_bytes(hostile_files.repeated(hostile_files.REPEATED[name]))
    refused(path, home)


def refused(path: Path, home: Path) -> None:
    with pytest.raises((UnreadableTextError, NotThePlanError)):
        cp.add_plan(FIFTH, path)
    assert not home.exists()


def test_a_long_text_is_not_even_read(tmp_path: Path) -> None:
    path = hostile_files.write_long_text(tmp_path / "long.txt", 70_000_000)
    with pytest.raises(UnreadableTextError, match="66 megabytes"):
        cp.add_plan(FIFTH, path)


def test_an_entity_gives_no_file_away(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("构造的秘密", encoding="utf-8")
    path = tmp_path / "entity.docx"
    path.write_bytes(hostile_files.word_with_entity(secret.as_uri()))
    with pytest.raises(UnreadableTextError):
        read_file(path)


def test_an_archive_writes_nothing_outside(tmp_path: Path) -> None:
    path = tmp_path / "inner" / "paths.docx"
    path.parent.mkdir()
    path.write_bytes(hostile_files.word_with_paths())
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert any(name.startswith("..") for name in archive.namelist())
    read_file(path)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["inner", "paths.docx"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (office_files.scanned_pdf, "the PDF file is scanned"),
        (lambda p: office_files.pdf(p, password=dresses.TITLE), "locked by a password"),
    ],
)
def test_pdf_files_that_cannot_be_read(
    tmp_path: Path, paragraphs: Paragraphs, make: Callable[[Paragraphs], bytes], words: str
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(make(paragraphs[:60]))
    with pytest.raises(UnreadableTextError, match=words):
        read_file(path)


def test_scripts_and_hidden_text_are_no_text() -> None:
    page = (
        "<body><script>构造脚本()</script><p>可见<span style='display: none'>隐藏</span>的"
        "<b>文</b>字</p><noscript>无脚本</noscript><!-- 注 --><p hidden>隐</p></body>"
    )
    assert read_bytes(page.encode(), "page.htm").lines == ("可见的文字",)


def test_a_table_of_a_word_file_is_read_where_it_stands(paragraphs: Paragraphs) -> None:
    document = read_bytes(office_files.word(paragraphs[:50], table=True), "plan.docx")
    assert len(document.lines) > 50
