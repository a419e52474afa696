"""The report as Markdown: whole, linked, and all that plans say stays text."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from report_material import HOSTILE, document_of, lines_of, of_a_pair, shown

from crossplan.reporting.document import (
    Block,
    Chapter,
    Listing,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    TextRun,
)
from crossplan.reporting.writers.markdown import markdown_text

OWN_TAGS = re.compile(r'</?(?:ins|del|strong|code)>|<br>|<a id="[^"<>]*">|</a>')


def tokens(text: str) -> list[Token]:
    """Read Markdown as GitHub does."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return reader.parse(text)


def inner(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def text_of(token: Token) -> str:
    """Give what a reader sees of a line."""
    said = ""
    for child in token.children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            said += child.content
        elif child.content == "<br>":
            said += "\n"
    return said


@pytest.mark.parametrize("name", ["real", "hostile"])
def test_nothing_that_the_report_says_is_lost(name: str) -> None:
    report = of_a_pair() if name == "real" else document_of(HOSTILE)
    read = tokens(markdown_text(report))
    said = "\n".join(
        token.content if token.type == "fence" else text_of(token)
        for token in read
        if token.type in {"inline", "fence"}
    )
    for runs in lines_of(report):
        text = shown("".join(run.text for run in runs))
        assert text.strip("\t ") in said, text


@pytest.mark.parametrize("name", ["real", "hostile"])
def test_text_is_only_text(name: str) -> None:
    report = of_a_pair() if name == "real" else document_of(HOSTILE)
    read = list(inner(tokens(markdown_text(report))))
    assert {token.type for token in read} <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "fence"),
        *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
        *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "html_inline"),
        *("strong_open", "strong_close", "link_open", "link_close", "code_inline"),
    }
    tags = [token.content for token in read if token.type == "html_inline"]
    assert tags
    assert all(OWN_TAGS.fullmatch(tag) for tag in tags)
    addresses = [str(token.attrs["href"]) for token in read if token.type == "link_open"]
    assert all(re.match(r"#|https?://", address) for address in addresses)


@pytest.mark.parametrize("name", ["real", "hostile"])
def test_tables_keep_their_columns(name: str) -> None:
    report = of_a_pair() if name == "real" else document_of(HOSTILE)
    read = tokens(markdown_text(report))
    tables = [block for block in report.blocks() if isinstance(block, ReportTable)]
    cells = [token.type for token in read if token.type in {"th_open", "td_open"}]
    assert cells.count("th_open") == sum(len(table.columns) for table in tables)
    assert cells.count("td_open") == sum(
        len(table.columns) * len(table.shown_rows) for table in tables
    )


def test_links_lead_to_anchors() -> None:
    read = list(inner(tokens(markdown_text(of_a_pair()))))
    anchors = [token.content[7:-2] for token in read if token.content.startswith("<a id=")]
    assert len(anchors) == len(set(anchors))
    links = {str(token.attrs["href"]) for token in read if token.type == "link_open"}
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside
    assert inside <= set(anchors)


def test_chapters_are_headings() -> None:
    read = tokens(markdown_text(of_a_pair()))
    titles: dict[str, list[str]] = {}
    for opening, token in pairwise(read):
        if opening.type == "heading_open":
            titles.setdefault(opening.tag, []).append(text_of(token))
    assert titles["h1"] == [of_a_pair().title]
    assert titles["h2"] == [chapter.title for chapter in of_a_pair().chapters]


def test_changes_are_tags() -> None:
    runs = (TextRun("完善", "deleted"), TextRun("健全*", "inserted"), TextRun("。"))
    report = ReportDocument("报告", "", "zh", (Chapter("c", "章", "章", (ReportParagraph(runs),)),))
    assert "\n<del>完善</del><ins>健全\\*</ins>。\n" in markdown_text(report)


def test_code_is_fenced_with_ticks_enough() -> None:
    code = "````\nimport crossplan as cp\n```"
    report = ReportDocument("报告", "", "zh", (Chapter("c", "章", "章", (Listing(code),)),))
    (fence,) = [token for token in tokens(markdown_text(report)) if token.type == "fence"]
    assert fence.content == f"{code}\n"


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=8))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = tuple(
        ReportRow((ReportCell((TextRun("x"), TextRun(text, "inserted"), TextRun("x"))),))
        for text in texts
    )
    paragraphs = (ReportParagraph((TextRun(text), TextRun("x"))) for text in texts)
    blocks: tuple[Block, ...] = (ReportTable("t", "t", (ReportColumn("c"),), rows), *paragraphs)
    report = ReportDocument("t", "t", "en", (Chapter("c", "c", "c", blocks),))
    read = [text_of(token) for token in tokens(markdown_text(report)) if token.type == "inline"]
    expected = [f"x{shown(text)}x" for text in texts]
    expected += [f"{shown(text)}x" for text in texts]
    assert read[-len(expected) :] == expected
