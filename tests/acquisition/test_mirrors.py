"""The test material itself: the server misbehaves as it says, and the files are real."""

import gzip
import io
import json
import zipfile
from html.parser import HTMLParser
from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import debris
import docx
import dresses
import hostile_files
import office_files
import pytest
import wiki
from material import constructed_text
from mirrors import Mirror

from crossplan.corpora.corpus import Corpus

BODY = "——构造的举措。\n".encode() * 500
# Seconds, on a machine that may be a busy one.
PATIENCE = 120


class Staying(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def fetch(address: str, **headers: str) -> HTTPResponse:
    response = urlopen(Request(address, headers=headers), timeout=PATIENCE)  # noqa: S310
    assert isinstance(response, HTTPResponse)
    return response


def body(address: str) -> bytes:
    with fetch(address) as response:
        return response.read()


def status(address: str) -> int:
    with pytest.raises(HTTPError) as raised:
        fetch(address)
    raised.value.close()
    return raised.value.code


def read_pdf(content: bytes, **options: str) -> Any:
    return import_module("pypdfium2").PdfDocument(content, **options)


class Text(HTMLParser):
    """What stands between the tags of a page, read by no code of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.strip())


def text_of(content: bytes) -> str:
    parser = Text()
    parser.feed(content.decode())
    return "\n".join(piece for piece in parser.pieces if piece)


def query(address: str, **fields: str) -> Any:
    return json.loads(body(f"{address}?{urlencode({'format': 'json', **fields})}"))


def test_serves_and_keeps_a_log(mirror: Mirror) -> None:
    address = mirror.add("/计划/a.htm", BODY, content_type="text/html; charset=gbk")
    with fetch(f"{address}?page=2", **{"User-Agent": "test"}) as response:
        assert response.read() == BODY
        assert response.headers["Content-Type"] == "text/html; charset=gbk"
    request = mirror.requests[0]
    assert (request.method, request.path, request.query) == ("GET", "/计划/a.htm", {"page": "2"})
    assert request.headers["user-agent"] == "test"
    assert mirror.asked("/计划/a.htm") == 1


def test_prefers_the_path_with_its_query(mirror: Mirror) -> None:
    mirror.add("/show", b"any")
    address = mirror.add("/show?page=2", b"second")
    assert (body(address), body(mirror.url("/show"))) == (b"second", b"any")


def test_sends_no_content_type_when_told(mirror: Mirror) -> None:
    with fetch(mirror.add("/plan", BODY, content_type=None)) as response:
        assert "Content-Type" not in response.headers


@pytest.mark.parametrize("chunked", [False, True])
def test_sends_gzip_whole_and_in_chunks(mirror: Mirror, *, chunked: bool) -> None:
    with fetch(mirror.add("/plan", BODY, encoding="gzip", chunked=chunked)) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert ("Content-Length" in response.headers) is not chunked
        assert gzip.decompress(response.read()) == BODY


def test_answers_head_without_a_body(mirror: Mirror) -> None:
    mirror.add("/plan", BODY)
    with urlopen(Request(mirror.url("/plan"), method="HEAD"), timeout=PATIENCE) as response:  # noqa: S310
        assert response.headers["Content-Length"] == str(len(BODY))
        assert response.read() == b""


def test_redirects_and_loops(mirror: Mirror) -> None:
    mirror.add("/plan", BODY)
    mirror.redirect("/second", "plan", status=302)
    assert body(mirror.redirect("/first", mirror.url("/second"))) == BODY
    assert status(mirror.loop("/round")) == 302
    assert status(mirror.endless_redirects("/on")) == 302


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://mirror.example/plan.txt"])
def test_redirects_to_other_schemes(mirror: Mirror, to: str) -> None:
    address = mirror.redirect("/away", to)
    with pytest.raises(HTTPError) as raised:
        build_opener(Staying).open(address, timeout=PATIENCE)
    raised.value.close()
    assert raised.value.headers["Location"] == to


def test_fails_so_many_times(mirror: Mirror) -> None:
    address = mirror.fails("/weak", times=2, status=503, then=BODY, retry_after="1")
    assert [status(address), status(address), body(address)] == [503, 503, BODY]
    assert status(mirror.url("/nowhere")) == 404
    assert status(mirror.fails("/busy", times=-1, status=429)) == 429


def test_cuts_bodies_and_chunks(mirror: Mirror) -> None:
    for chunked in (False, True):
        with pytest.raises(IncompleteRead):
            body(mirror.cut("/plan", BODY, chunked=chunked))


def test_closes_before_any_byte(mirror: Mirror) -> None:
    address = mirror.closes("/plan", times=1, then=BODY)
    with pytest.raises(RemoteDisconnected):
        body(address)
    assert body(address) == BODY


def test_streams_end_only_with_the_mirror(mirror: Mirror) -> None:
    with fetch(mirror.endless("/endless")) as response:
        assert len(response.read(5_000_000)) == 5_000_000
    with fetch(mirror.drips("/slow", b"abc", pause=0.01)) as response:
        assert response.read() == b"abc"
    with pytest.raises(HTTPException, match="more than 100 headers"):
        fetch(mirror.endless_headers("/headers"))


def test_closes_fast_with_open_connections() -> None:
    with Mirror() as mirror:
        mirror.hangs("/silent")
        slow = fetch(mirror.drips("/slow"))
        with pytest.raises((TimeoutError, URLError)):
            urlopen(mirror.url("/silent"), timeout=0.1)  # noqa: S310
    # The mirror waited for neither: the one would take for ever, and nobody reads the other.
    slow.close()


def test_gzip_bomb_unpacks(mirror: Mirror) -> None:
    with fetch(mirror.bomb("/bomb", size=50_000_000)) as response:
        small = response.read()
        assert response.headers["Content-Encoding"] == "gzip"
    assert len(small) < 500_000
    assert 45_000_000 < len(gzip.decompress(small)) < 55_000_000


def fetch_from_a_broken_wiki() -> None:
    broken = wiki.Revision("构造", "构造", 1)
    with Mirror() as mirror:
        wiki.Wiki([broken]).serve(mirror)
        with pytest.raises(RemoteDisconnected):
            body(mirror.url("/w/index.php?oldid=no-number"))


def test_own_errors_do_not_hide() -> None:
    with pytest.raises(ExceptionGroup, match="the mirror itself"):
        fetch_from_a_broken_wiki()


def test_portal_holds_every_paragraph(paragraphs: list[str]) -> None:
    for lay in (dresses.in_p, dresses.in_br, dresses.in_one_block):
        text = "".join(text_of(dresses.portal(paragraphs, lay=lay)).split())
        assert "".join("".join(paragraphs).split()) in text.replace("\u3000", "")
    silent = dresses.silent_gbk(paragraphs)
    assert b"charset" not in silent
    assert paragraphs[-1] in silent.decode("gbk")


@pytest.mark.parametrize("links", ["words", "numbers", "rel", "script"])
def test_split_pages_start_at_sections(paragraphs: list[str], links: dresses.Pager) -> None:
    pages = dresses.split_portal(paragraphs, links=links)
    names = list(pages)
    assert names[:2] == ["content_2512866.htm", "content_2512866_2.htm"]
    assert (b"content_2512866_2.htm" in pages[names[0]]) == (links != "script")
    assert ("下一页" in pages[names[0]].decode()) == (links == "words")
    parts = dresses.parts_of(paragraphs, 6)
    assert [line for part in parts for line in part] == paragraphs
    assert {dresses.kind_of(part[0]) for part in parts[1:]} == {"section"}


def test_another_plan_can_be_dressed(plans: Corpus) -> None:
    other = dresses.paragraphs_of(constructed_text(plans["2021-2025"]))
    page = text_of(dresses.portal(other, title="国家人权行动计划（2021—2025年）"))
    assert "为测试而构造" in page
    assert "图书馆" in text_of(dresses.unrelated_article())
    assert "登录" in text_of(dresses.login_page())


def test_bilingual_pages_hold_both(paragraphs: list[str]) -> None:
    joined = text_of(dresses.bilingual_paragraphs(debris.with_half_width_sections(paragraphs, "")))
    assert "(二)工作权(2) Placeholder section heading" in joined
    lines = text_of(dresses.bilingual_lines(paragraphs)).splitlines()
    last = lines.index(paragraphs[-1])
    assert lines[last + 1 : last + 3] == [
        dresses.placeholder("", 341),
        dresses.placeholder("", 342),
    ]


def test_wiki_pages_have_their_marks(paragraphs: list[str]) -> None:
    desktop, mobile = text_of(wiki.desktop(paragraphs)), text_of(wiki.mobile(paragraphs))
    assert "導言\n[\n編輯\n]" in desktop
    assert "發布機關" in desktop
    assert "导言\n编辑\n2021年至" in mobile
    assert wiki.desktop(paragraphs).decode().count(wiki.INDENT) == len(
        [line for line in dresses.body_of(paragraphs) if not wiki.level_of(line)]
    )


def test_wiki_answers_as_mediawiki(mirror: Mirror, paragraphs: list[str]) -> None:
    old = wiki.Revision(wiki.PAGE, "构造的旧版", 2_600_000)
    new = wiki.Revision(wiki.PAGE, wiki.wikitext(paragraphs), 2_600_001, parent=2_600_000)
    short = "第五期人权行动计划"
    api = wiki.Wiki([old, new], redirects={short: wiki.PAGE}).serve(mirror)
    asked = {"action": "query", "prop": "revisions", "formatversion": "2", "rvslots": "main"}
    asked |= {"rvprop": "ids|timestamp|content|sha1", "redirects": "1"}
    found = query(api, **asked, titles=short)["query"]
    revision = found["pages"][0]["revisions"][0]
    assert found["redirects"] == [{"from": short, "to": wiki.PAGE}]
    assert (revision["revid"], revision["sha1"]) == (new.number, new.sha1)
    assert revision["slots"]["main"]["content"] == new.content
    assert query(api, **asked, titles="无此页")["query"]["pages"][0]["missing"] is True
    assert query(api, **asked, revids="2600000")["query"]["pages"][0]["revisions"][0]["revid"]
    parsed = query(api, action="parse", oldid="2600000", prop="wikitext", formatversion="2")
    assert parsed["parse"]["wikitext"] == old.content
    assert query(api, action="parse", oldid="1")["error"]["code"] == "nosuchrevid"
    raw = mirror.url("/w/index.php") + "?" + urlencode({"title": wiki.PAGE, "action": "raw"})
    assert body(raw).decode() == new.content
    assert body(f"{raw}&oldid=2600000").decode() == old.content
    assert status(raw.replace("=raw", "=raw&oldid=3")) == 404


def test_debris_can_be_taken_away_again(paragraphs: list[str]) -> None:
    lines = debris.with_pinyin(paragraphs)
    assert "huì )" in "".join(lines)
    assert "(dong)" in "".join(lines)
    assert debris.with_mark(paragraphs, "@ -- ") != paragraphs
    assert len(debris.run_together(paragraphs)) == 1
    assert "".join(debris.one_sentence_a_line(paragraphs)) == "".join(paragraphs)
    assert "目录" not in debris.without_contents(paragraphs)
    assert {"目　录", "导　言"} <= set(debris.with_spaced_titles(paragraphs))
    assert "二○二六年六月·北京" in debris.with_other_date(paragraphs)
    assert "（2026－2030 年）" in debris.with_other_dash(paragraphs)
    assert debris.with_english_after(paragraphs)[len(paragraphs) :].count("Introduction") == 2


def test_plain_files(paragraphs: list[str], tmp_path: Path) -> None:
    assert office_files.plain(paragraphs, byte_order_mark=True).startswith(b"\xef\xbb\xbf")
    for encoding in ("utf-16", "gb18030"):
        content = office_files.plain(paragraphs, encoding, line_end="\r\n")
        assert content.decode(encoding).split("\r\n\r\n")[:-1] == paragraphs
    folder = office_files.folder(tmp_path, paragraphs, pages=12)
    assert len(list(folder.iterdir())) == 12


def test_word_files(paragraphs: list[str]) -> None:
    whole = docx.Document(io.BytesIO(office_files.word(paragraphs)))
    assert [paragraph.text for paragraph in whole.paragraphs] == paragraphs
    document = docx.Document(io.BytesIO(office_files.word(paragraphs, numbered=True, table=True)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert not any(text.startswith("——") for text in texts)
    assert {"一、全方位推进经济、社会和文化权利保障", "工作权"} <= set(texts)
    assert document.tables[0].cell(1, 2).text == "95%"


def test_pdf_files(paragraphs: list[str]) -> None:
    some = paragraphs[:80]
    document = read_pdf(office_files.pdf(some))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "一、全方位推进经济、社会和文化\r\n权利保障" in text
    assert "— 2 —" in text
    assert text.count(dresses.TITLE) >= len(document)
    with pytest.raises(Exception, match="password"):
        read_pdf(office_files.pdf(some[:3], password="constructed"))  # noqa: S106
    assert len(read_pdf(office_files.pdf(some[:3], password="constructed"), password="constructed"))  # noqa: S106
    scanned = read_pdf(office_files.scanned_pdf(some))
    assert len(scanned) == 3
    assert not scanned[0].get_textpage().get_text_bounded()


def test_bombs_are_small_and_real() -> None:
    bomb = hostile_files.word_bomb(40_000_000)
    assert len(bomb) < 500_000
    with zipfile.ZipFile(io.BytesIO(bomb)) as opened:
        assert len(opened.read("word/document.xml")) > 35_000_000
    with zipfile.ZipFile(io.BytesIO(hostile_files.lying_word_bomb(40_000_000))) as opened:
        assert opened.getinfo("word/document.xml").file_size == 1000
    with zipfile.ZipFile(io.BytesIO(hostile_files.word_with_paths())) as opened:
        assert "../../evil.txt" in opened.namelist()
    assert len(read_pdf(hostile_files.long_pdf())) == 50_000


def test_repeated_files_can_be_written(tmp_path: Path) -> None:
    text = hostile_files.write_long_text(tmp_path / "long.txt", 1_000_000)
    assert 990_000 < text.stat().st_size <= 1_000_000
    assert hostile_files.MAKERS["picture.txt"]().startswith(b"\x89PNG")
