"""Copies in which a rule that cuts or mends could take the plan's own words away."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import debris
import dresses
import pytest
from material import body, quick_first

import crossplan as cp
from crossplan.acquisition.download import next_page
from crossplan.corpora.store import safe_name
from crossplan.errors import UnreadableTextError
from crossplan.model import Plan
from crossplan.readers.document import read_file
from crossplan.readers.page import PageLink

FIFTH = "2026-2030"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Paragraphs = list[str]
Copy = str | bytes | Paragraphs | dict[str, str]


def add(folder: Path, copy: Copy, name: str) -> tuple[str, Plan]:
    """Add a copy, and give its verdict and the plan that is read."""
    path = folder / name
    if isinstance(copy, dict):
        path.mkdir()
        for page, text in copy.items():
            (path / page).write_text(text, encoding="utf-8")
    else:
        whole = "\n".join(copy) if isinstance(copy, list) else copy
        path.write_bytes(whole if isinstance(whole, bytes) else whole.encode())
    verdict = str(cp.add_plan(FIFTH, path).table["verdict"].iloc[0])
    return verdict, cp.load_plan(FIFTH)


def page(body: str) -> str:
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"


def in_p(paragraphs: Paragraphs) -> str:
    return "".join(f"<p>{line}</p>" for line in paragraphs)


def wikitext(paragraphs: Paragraphs) -> str:
    start = dresses.body_start(paragraphs)
    made = []
    for number, line in enumerate(paragraphs):
        kind = dresses.kind_of(line) if number >= start else "other"
        level = {"front": "==", "chapter": "==", "section": "==="}.get(kind, "")
        made.append(f"{level} {line} {level}".strip())
    return "\n\n".join(made)


def word_with(make: Callable[[str], str], paragraphs: Paragraphs) -> bytes:
    """Make a Word file in which ten characters of a paragraph are wrapped in something."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    for line in paragraphs:
        hit = "信号升格" in line
        added = document.add_paragraph(line[:10] if hit else line)
        if hit:
            added._p.append(parse_xml(make(line[10:20])))
            added.add_run(line[20:])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


WRAPPED = {
    "inserted": lambda words: f'<w:ins xmlns:w="{WORD}" w:id="1" w:author="a">{run(words)}</w:ins>',
    "moved": lambda words: (
        f'<w:moveTo xmlns:w="{WORD}" w:id="1" w:author="a">{run(words)}</w:moveTo>'
    ),
    "tagged": lambda words: f'<w:smartTag xmlns:w="{WORD}" w:element="x">{run(words)}</w:smartTag>',
    "field": lambda words: f'<w:fldSimple xmlns:w="{WORD}" w:instr="X">{run(words)}</w:fldSimple>',
    "control": lambda words: (
        f'<w:sdt xmlns:w="{WORD}"><w:sdtContent>{run(words)}</w:sdtContent></w:sdt>'
    ),
    "struck out beside": lambda words: (
        f'<w:ins xmlns:w="{WORD}" w:id="1" w:author="a">{run(words)}'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>'
    ),
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_words_of_a_word_file_are_read_whatever_they_are_wrapped_in(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, wrapping: str
) -> None:
    copy = word_with(WRAPPED[wrapping], paragraphs)
    assert add(tmp_path, copy, "copy.docx")[1].text == fifth.text


WHOLE: dict[str, tuple[str, Callable[[Paragraphs], Copy]]] = {
    "a link to another wiki": (
        "a.wikitext",
        lambda p: wikitext(p).replace("联合国", "[[w:联合国|联合国]]"),
    ),
    "a link to an author": (
        "a.wikitext",
        lambda p: wikitext(p).replace("联合国", "[[作者:联合国|联合国]]"),
    ),
    "a template that sets a word": (
        "a.wikitext",
        lambda p: wikitext(p).replace("联合国", "{{專名|联合国}}"),
    ),
    "templates in each other": (
        "a.wikitext",
        lambda p: wikitext(p).replace("联合国", "{{larger|{{專名|联合国}}}}"),
    ),
    "words for other pages": (
        "a.wikitext",
        lambda p: wikitext(p).replace(
            "联合国", "联合国<includeonly>别处</includeonly>-{H|联合国}-"
        ),
    ),
    "a page that is not included": (
        "a.wikitext",
        lambda p: f"<noinclude>{wikitext(p)}</noinclude>",
    ),
    "unclosed elements": (
        "a.htm",
        lambda p: page("".join(f"<font>{line}<br>" for line in p)),
    ),
    "a page behind the end of another": (
        "a.htm",
        lambda p: "<html><body><div>首页</div></body></html>" + in_p(p),
    ),
    "numbers of footnotes": (
        "a.htm",
        lambda p: page(in_p(p)).replace("联合国", "联合国<sup>[1]</sup>"),
    ),
    "readings above characters": (
        "a.htm",
        lambda p: page(in_p(p)).replace("权", "<ruby>权<rp>(</rp><rt>quán</rt><rp>)</rp></ruby>"),
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_pages_are_read_whole(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, case: str
) -> None:
    name, make = WHOLE[case]
    verdict, plan = add(tmp_path, make(paragraphs), name)
    assert verdict == "complete"
    assert body(plan) == body(fifth)


def test_the_last_paragraph_may_lack_its_stop(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    copy = [*paragraphs[:-1], paragraphs[-1].rstrip("。"), "责任编辑：构造"]
    assert add(tmp_path, copy, "copy.txt")[1].text == fifth.text.rstrip("\n").rstrip("。") + "\n"


def test_a_line_of_a_newspaper_does_not_end_the_plan(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    copy = [*paragraphs[:-1], "（下转第三版）", paragraphs[-1]]
    verdict, plan = add(tmp_path, copy, "copy.txt")
    assert plan.text == fifth.text or verdict == "usable with gaps"


def test_paragraphs_cut_off_near_the_end_are_a_gap(tmp_path: Path, paragraphs: Paragraphs) -> None:
    copy = [*paragraphs[:-2], "相关新闻：构造的报道", *paragraphs[-2:]]
    path = tmp_path / "copy.txt"
    path.write_text("\n".join(copy), encoding="utf-8")
    row = cp.add_plan(FIFTH, path).table.iloc[0]
    assert row["verdict"] == "usable with gaps"
    assert "cut off near the end" in row["reason"]


@pytest.mark.parametrize(
    "opening", ["版权等知识产权", "相关部门", "发布年度报告", "加大", "联系群众"]
)
def test_a_paragraph_that_begins_like_furniture_stays(
    tmp_path: Path, paragraphs: Paragraphs, opening: str
) -> None:
    line = f"{opening}构造的段落，定期向社会公布结果。"
    for at in (dresses.body_start(paragraphs) + 3, -3):
        copy = [*paragraphs[:at], line, *paragraphs[at:]]
        assert line in add(tmp_path, copy, f"{at}.txt")[1].text


def wrapped(paragraphs: Paragraphs, width: int, indent: str) -> Paragraphs:
    return [
        (indent + line)[at : at + width]
        for line in paragraphs
        for at in range(0, len(indent + line), width)
    ]


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("width", quick_first([16, 37, 17, 23, 24, 27, 28, 32, 34, 46, 48], 2))
def test_wrapped_text_keeps_every_character(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, width: int, indent: str
) -> None:
    """Headings that are broken may be missed; no character of the body may."""
    start = dresses.body_start(paragraphs)
    copy = [*paragraphs[:start], *wrapped(paragraphs[start:], width, indent)]
    _, plan = add(tmp_path, copy, "copy.txt")
    assert squeezed(body(plan)) == squeezed(body(fifth))


@pytest.mark.parametrize("pages", quick_first([3, 2, 5], 1))
@pytest.mark.parametrize("width", [30, 38, 42])
def test_pages_of_wrapped_text_keep_every_character(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan, pages: int, width: int
) -> None:
    start = dresses.body_start(paragraphs)
    lines = [*paragraphs[:start], *wrapped(paragraphs[start:], width, "　　")]
    size = len(lines) // pages + 1
    copy = {f"{n}.txt": "\n".join(lines[n * size : (n + 1) * size]) for n in range(pages)}
    _, plan = add(tmp_path, copy, "pages")
    assert squeezed(body(plan)) == squeezed(body(fifth))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_line_at_the_top_of_a_page_goes_on(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    number = next(n for n, line in enumerate(paragraphs) if "与相关人权条约机构" in line)
    line = paragraphs[number]
    at = line.index("相关人权")
    copy = {
        "1.txt": "\n".join([*paragraphs[:number], line[:at]]),
        "2.txt": "\n".join([line[at : at + 26], line[at + 26 :], *paragraphs[number + 1 :]]),
    }
    assert add(tmp_path, copy, "pages")[1].text == fifth.text


def test_a_figure_that_was_broken_off_is_no_page_number(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    copy = debris.with_page_numbers(paragraphs)
    number = next(n for n, x in enumerate(copy) if "优良比例提高到85%" in x.replace(" ", ""))
    before, after = re.split(r"\s*85\s*", copy[number], maxsplit=1)
    broken = [*copy[:number], before, "85", after, *copy[number + 1 :]]
    assert add(tmp_path, broken, "copy.txt")[1].text == fifth.text


def test_a_dash_behind_a_quotation_opens_no_measure(tmp_path: Path, paragraphs: Paragraphs) -> None:
    copy = [line.replace("“信号升格”", "“信号升格”——惠民的") for line in paragraphs]
    assert len(add(tmp_path, copy, "copy.txt")[1].measures) == 203


def test_a_quotation_mark_before_english_stays(
    tmp_path: Path, paragraphs: Paragraphs, fifth: Plan
) -> None:
    copy = [f"{line} Constructed English words stand here." for line in paragraphs]
    assert add(tmp_path, copy, "copy.txt")[1].text == fifth.text


# What lies in the folder of the user.


@pytest.mark.slow
def test_no_library_is_taken_from_the_folder_of_the_user(
    tmp_path: Path, home: Path, paragraphs: Paragraphs
) -> None:
    (tmp_path / "inscriptis.py").write_text("open('taken', 'w')", encoding="utf-8")
    (tmp_path / "docx.py").write_text("open('taken', 'w')", encoding="utf-8")
    (tmp_path / "copy.htm").write_bytes(dresses.portal(paragraphs))
    command = [sys.executable, "-P", "-m", "crossplan", "add", FIFTH, "copy.htm"]
    environment = {**os.environ, "CROSSPLAN_HOME": str(home)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "taken").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), tmp_path / ("x" * 300), Path("a\0b")):
        with pytest.raises(UnreadableTextError):
            read_file(path)


@pytest.mark.parametrize(
    ("links", "address"),
    [
        ([PageLink("article.php?id=101", "", "next")], "http://h/article.php?id=100"),
        ([PageLink("?day=2", "2")], "http://h/article.php?id=100"),
        ([PageLink("t_13.htm", "", "next")], "http://h/t_12.htm"),
    ],
)
def test_other_articles_are_no_pages(links: list[PageLink], address: str) -> None:
    assert next_page(links, address, {address}, 1) is None


def test_names_that_windows_keeps_for_devices() -> None:
    assert safe_name("aux.txt") == "file-aux.txt"
    assert safe_name("con.example") == "file-con.example"
    assert safe_name("conference.txt") == "conference.txt"
