"""Fetching, from real servers on this machine: what is got is the plan, or nothing is."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import dresses
import pytest
import wiki
from material import body, constructed_text, quick_first, run
from mirrors import Mirror
from processes import SECONDS, started, wait_until

import crossplan as cp
from crossplan.acquisition import download
from crossplan.acquisition.download import next_page
from crossplan.acquisition.fetch import FetchResult
from crossplan.acquisition.mediawiki import wiki_address
from crossplan.errors import ArgumentError, ChoiceError, MissingTextError, UnknownPlanError
from crossplan.model import Plan
from crossplan.readers.page import PageLink

FIFTH = "2026-2030"
# The servers stand on this machine: no pause, and patience, for it may be a busy one.
HASTY = cp.FetchOptions(pause=0, back_off=0.01, attempts=3)
# For what never ends, and is given up sooner or later.
IMPATIENT = {
    "a byte now and then": replace(HASTY, page_seconds=0.5),
    "headers now and then": replace(HASTY, page_seconds=0.5),
    "silent": replace(HASTY, read_seconds=0.2),
    "silent in the middle": replace(HASTY, read_seconds=0.2),
}


def fetch(address: str, plan_id: str = FIFTH, *, options: cp.FetchOptions = HASTY) -> FetchResult:
    return cp.fetch_plans(plan_id, addresses=address, again=True, options=options)


def fetched(address: str) -> Plan:
    """Fetch the fifth plan and load what was fetched."""
    result = fetch(address)
    assert result.table["outcome"].to_list() == ["fetched"], result.table["problem"].to_list()
    plan = cp.load_plan(FIFTH)
    assert plan.reading is not None
    assert plan.reading.witness.source.startswith("127.0.0.1-")
    return plan


def stored(home: Path) -> list[str]:
    """Give everything in the data folder that is no empty folder."""
    return sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file())


# Six dresses of the fifth plan, and more.


def lay_split(mirror: Mirror, paragraphs: list[str], links: dresses.Pager) -> str:
    pages = dresses.split_portal(paragraphs, links=links)
    mirror.add_all(pages)
    return mirror.url(f"/{next(iter(pages))}")


DRESSES: dict[str, Callable[[Mirror, list[str]], str]] = {
    "portal": lambda m, p: m.add("/p.htm", dresses.portal(p)),
    "line breaks": lambda m, p: m.add("/p.htm", dresses.portal(p, lay=dresses.in_br)),
    "GBK, not declared": lambda m, p: m.add("/p.htm", dresses.silent_gbk(p)),
    "GBK, declared as UTF-8": lambda m, p: m.add(
        "/p.htm", dresses.portal(p, encoding="gbk", declared="utf-8")
    ),
    "split, next page": lambda m, p: lay_split(m, p, "words"),
    "split, numbers": lambda m, p: lay_split(m, p, "numbers"),
    "split, rel=next": lambda m, p: lay_split(m, p, "rel"),
    "gzip and chunks": lambda m, p: m.add(
        "/p.htm", dresses.portal(p), encoding="gzip", chunked=True
    ),
    "wrong content type": lambda m, p: m.add(
        "/p.htm", dresses.portal(p), content_type="application/octet-stream"
    ),
    "plain text": lambda m, p: m.add("/p.txt", "\n".join(p).encode(), content_type="text/plain"),
}
WIKI_DRESSES: dict[str, Callable[[list[str]], bytes]] = {
    "desktop, traditional": wiki.desktop,
    "mobile": wiki.mobile,
    "mobile, traditional": lambda p: wiki.mobile(p, script="hant"),
    "wikitext": lambda p: wiki.wikitext(p).encode(),
}


@pytest.mark.parametrize("dress", quick_first(DRESSES, 4))
def test_a_fetched_copy_is_the_shipped_text(
    mirror: Mirror, paragraphs: list[str], fifth: Plan, dress: str
) -> None:
    plan = fetched(DRESSES[dress](mirror, paragraphs))
    assert plan.text == fifth.text
    uncorrected = cp.load_plan(FIFTH, corrections=False).text
    cp.witnesses.use_witness(FIFTH, "shipped")
    assert uncorrected == cp.load_plan(FIFTH, corrections=False).text
    assert [m.id for m in plan.measures] == [m.id for m in fifth.measures]
    assert all(plan.text[m.start : m.end] == m.text for m in plan.measures)


@pytest.mark.parametrize("dress", quick_first(WIKI_DRESSES, 1))
def test_a_copy_from_a_wiki_is_the_shipped_text(
    mirror: Mirror, paragraphs: list[str], fifth: Plan, dress: str
) -> None:
    page = WIKI_DRESSES[dress](paragraphs)
    assert body(fetched(mirror.add("/page", page))) == body(fifth)


# What is kept of a source.


def test_a_source_can_be_traced(home: Path, mirror: Mirror, paragraphs: list[str]) -> None:
    page = dresses.portal(paragraphs)
    mirror.redirect("/old.htm", "/new.htm")
    mirror.add("/new.htm", page)
    witness = fetch(mirror.url("/old.htm")).table["witness"].iloc[0]
    folder = home / "national-human-rights-action-plans" / FIFTH / witness
    source = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    assert source["address"] == mirror.url("/new.htm")
    assert source["crossplan"] == cp.__version__
    assert source["text_sha256"] == hashlib.sha256((folder / "text.txt").read_bytes()).hexdigest()
    (original,) = source["originals"]
    assert (folder / "original" / original["file"]).read_bytes() == page
    assert original["sha256"] == hashlib.sha256(page).hexdigest()
    cut = {r["kind"]: r["count"] for r in source["repairs"]}
    assert cut["lines cut off before the plan"] > 0
    assert cut["lines cut off behind the plan"] > 0


def test_a_wiki_is_cited_by_revision(
    series: Path, mirror: Mirror, paragraphs: list[str], fifth: Plan
) -> None:
    revisions = [
        wiki.Revision("计划", "早先的一版", 100),
        wiki.Revision("计划", wiki.wikitext(paragraphs), 101),
    ]
    api = wiki.Wiki(revisions, redirects={"旧名": "计划"}).serve(mirror)
    name_address(series, mirror.url("/zh-hant/旧名"), api)
    row = cp.fetch_plans(FIFTH, series=series, again=True, options=HASTY).table.iloc[0]
    assert (row["outcome"], row["verdict"], row["revision"]) == ("fetched", "complete", "101")
    assert row["address"].endswith("&oldid=101")
    assert body(cp.load_plan(FIFTH, series)) == body(fifth)


def test_a_wiki_that_draws_its_text_from_elsewhere_is_read_as_shown(
    series: Path, mirror: Mirror, paragraphs: list[str]
) -> None:
    class Transcluding(wiki.Wiki):
        def parse(self, _: Mapping[str, str]) -> dict[str, Any]:
            return {"parse": {"text": wiki.desktop(paragraphs).decode()}}

    api = Transcluding([wiki.Revision("计划", '<pages index="计划.pdf" />', 7)]).serve(mirror)
    name_address(series, mirror.url("/wiki/计划"), api)
    result = cp.fetch_plans(FIFTH, series=series, again=True, options=HASTY)
    assert result.table["revision"].to_list() == ["7"]
    assert result.attempts["outcome"].to_list()[0] == "refused"


@pytest.mark.parametrize(
    ("address", "title", "revision"),
    [
        ("https://zh.wikisource.org/zh-hant/计划（2009－2010年）", "计划（2009－2010年）", ""),
        ("http://zh.m.wikisource.org/wiki/%E8%AE%A1%E5%88%92", "计划", ""),
        ("https://zh.wikisource.org/w/index.php?title=A_b&oldid=12", "A b", "12"),
    ],
)
def test_addresses_of_wikisource(address: str, title: str, revision: str) -> None:
    api = "https://zh.wikisource.org/w/api.php"
    assert wiki_address(address) == (api, title, revision)
    assert wiki_address("https://example.org/wiki/计划") is None


def name_address(series: Path, address: str, api: str) -> None:
    """Let a copy of the series know one address of the fifth plan."""
    path = series / FIFTH / "plan.toml"
    head, _, _ = path.read_text(encoding="utf-8").partition("[[texts]]")
    text = f'[[texts]]\nlanguage = "zh"\naddress = "{address}"\napi = "{api}"\n'
    path.write_text(head + text, encoding="utf-8")


# Servers that misbehave.


FAILING: dict[str, tuple[Callable[[Mirror], str], str]] = {
    "404": (lambda m: m.url("/nowhere"), "the server answered 404"),
    "500 for ever": (lambda m: m.fails("/f", times=-1), "the server answered 500"),
    "cut in the middle": (lambda m: m.cut("/c", b"<p>x</p>" * 9000), "was cut"),
    "cut in a chunk": (lambda m: m.cut("/c", b"<p>x</p>" * 9000, chunked=True), "was cut"),
    "closed before a byte": (lambda m: m.closes("/c"), "was cut"),
    "endless": (lambda m: m.endless("/e"), "more than 33,554,432 bytes"),
    "a byte now and then": (lambda m: m.drips("/d"), "not there after 0.5 seconds"),
    "headers without end": (lambda m: m.endless_headers("/h"), "was cut"),
    "headers now and then": (lambda m: m.endless_headers("/h", pause=0.1), "after 0.5 seconds"),
    "silent": (lambda m: m.hangs("/s"), "stopped sending"),
    "silent in the middle": (lambda m: m.stalls("/s", b"<p>x</p>" * 9000), "stopped sending"),
    "gzip bomb": (lambda m: m.bomb("/b"), "more than 33,554,432 bytes"),
    "redirected in a circle": (lambda m: m.loop("/l"), "redirected without end"),
    "redirected on and on": (lambda m: m.endless_redirects("/l"), "redirected without end"),
    "redirected to a file": (lambda m: m.redirect("/r", "file:///etc/passwd"), "no web address"),
    "redirected to ftp": (lambda m: m.redirect("/r", "ftp://127.0.0.1/x"), "no web address"),
    "a file": (lambda _: "file:///etc/passwd", "no web address"),
    "no address": (lambda _: "http://[", "no web address"),
    "nobody there": (lambda _: "http://127.0.0.1:9/plan", "there is no connection"),
    "a login page": (lambda m: m.add("/l", dresses.login_page()), "not the text of plan"),
    "an article": (lambda m: m.add("/a", dresses.unrelated_article()), "not the text of plan"),
    "a picture": (
        lambda m: m.add("/p", dresses.picture(), content_type="text/html"),
        "this is a picture",
    ),
    "nothing": (lambda m: m.add("/n", b""), "the file is empty"),
}


@pytest.mark.parametrize("fault", FAILING)
def test_a_fault_leaves_nothing(home: Path, mirror: Mirror, fault: str) -> None:
    serve, words = FAILING[fault]
    result = fetch(serve(mirror), options=IMPATIENT.get(fault, HASTY))
    assert result.missing == (FIFTH,)
    assert words in result.table["problem"].iloc[0]
    assert not home.exists() or stored(home) == []


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("fault", ["500", "429", "closed"])
def test_what_fails_by_chance_is_tried_again(
    mirror: Mirror, paragraphs: list[str], fault: str, times: int
) -> None:
    page = dresses.portal(paragraphs)
    if fault == "closed":
        address = mirror.closes("/p", times=times, then=page)
    else:
        address = mirror.fails("/p", times=times, status=int(fault), then=page)
    assert fetch(address).missing == ()
    assert mirror.asked("/p") == times + 1


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What would have been waited, by a clock that only waiting moves."""
    waited: list[float] = []
    monkeypatch.setattr(download, "sleep", waited.append)
    monkeypatch.setattr(download, "monotonic", lambda: sum(waited))
    return waited


def test_a_server_is_given_the_time_it_asks_for(
    mirror: Mirror, paragraphs: list[str], pauses: list[float]
) -> None:
    page = dresses.portal(paragraphs)
    address = mirror.fails("/p", times=2, status=503, retry_after="40", then=page)
    options = cp.FetchOptions(pause=0, back_off=30, attempts=3)
    result = cp.fetch_plans(FIFTH, addresses=address, again=True, options=options)
    assert result.missing == ()
    # The second time, longer than it asks: as long as is waited at most.
    assert pauses == [40, 60]


def test_pages_are_asked_for_politely(
    mirror: Mirror, paragraphs: list[str], pauses: list[float]
) -> None:
    options = cp.FetchOptions(pause=1000)
    address = lay_split(mirror, paragraphs, "words")
    cp.fetch_plans(FIFTH, addresses=address, again=True, options=options)
    assert len(mirror.requests) == 6
    assert pauses == [1000] * 5
    assert all(r.headers["User-Agent"].startswith("crossplan/") for r in mirror.requests)


def test_a_split_text_that_lacks_a_page_is_no_text(
    home: Path, mirror: Mirror, paragraphs: list[str]
) -> None:
    address = lay_split(mirror, paragraphs, "words")
    mirror.fails("/content_2512866_4.htm", times=-1, status=404)
    assert "404" in fetch(address).table["problem"].iloc[0]
    assert not home.exists() or stored(home) == []


@pytest.mark.slow
def test_another_plan_is_told_from_the_one_wanted(mirror: Mirror, plans: cp.Corpus) -> None:
    for other in ("2009-2010", "2012-2015", "2016-2020", "2021-2025"):
        page = dresses.portal(constructed_text(plans[other]).split("\n\n"))
        address = mirror.add(f"/{other}", page)
        for wanted in plans:
            result = fetch(address, wanted)
            assert (result.missing == ()) == (wanted == other)
            if wanted != other and "rather" in result.table["problem"].iloc[0]:
                assert f"rather the text of plan {other}" in result.table["problem"].iloc[0]
        cp.verify_plans(other)


def test_addresses_are_tried_until_one_is_complete(mirror: Mirror, paragraphs: list[str]) -> None:
    half = [p for p in paragraphs if not p.startswith("（五）") and "强化环境权利" not in p]
    addresses = [
        mirror.add("/login", dresses.login_page()),
        mirror.add("/half", dresses.portal(half)),
        mirror.add("/whole", dresses.portal(paragraphs)),
        mirror.add("/never", dresses.portal(paragraphs)),
    ]
    result = cp.fetch_plans(FIFTH, addresses=addresses, again=True, options=HASTY)
    assert result.attempts["outcome"].to_list() == ["refused", "usable with gaps", "complete"]
    assert result.table["address"].to_list() == [addresses[2]]
    assert mirror.asked("/never") == 0
    worse = cp.fetch_plans(FIFTH, addresses=addresses[:2], again=True, options=HASTY)
    assert worse.table["verdict"].to_list() == ["usable with gaps"]
    assert "heading not found: 2026-2030/3" in worse.table["problem"].iloc[0]


def test_a_plan_at_hand_is_not_fetched(mirror: Mirror) -> None:
    assert cp.fetch_plans(FIFTH).table["outcome"].to_list() == ["at hand"]
    assert mirror.requests == []


def test_without_a_network_fetching_gives_up_soon(home: Path) -> None:
    result = cp.fetch_plans(options=HASTY)
    assert result.no_network
    assert len(result.missing) == 4
    assert not home.exists() or stored(home) == []
    with pytest.raises(MissingTextError, match="crossplan fetch 2016-2020"):
        _ = cp.load_plan("2016-2020").text


def test_arguments_are_checked() -> None:
    with pytest.raises(UnknownPlanError):
        cp.fetch_plans("../../etc")
    with pytest.raises(ArgumentError, match="given for 5 plans"):
        cp.fetch_plans(addresses="http://127.0.0.1/")
    with pytest.raises(ChoiceError):
        cp.FetchOptions(attempts=0)


# Two at once, and one that is interrupted.


def test_two_fetches_at_once_do_not_harm_each_other(
    home: Path, mirror: Mirror, paragraphs: list[str], fifth: Plan
) -> None:
    address = mirror.add("/p", dresses.portal(paragraphs))
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda _: fetch(address), range(6)))
    assert all(result.missing == () for result in results)
    assert cp.load_plan(FIFTH).text == fifth.text
    assert len(cp.verify_plans(FIFTH).table) == 2
    assert not [name for name in stored(home) if ".incoming" in name]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_an_interrupted_fetch_leaves_nothing(home: Path, mirror: Mirror, name: str) -> None:
    address = mirror.drips("/p")
    command = [sys.executable, "-m", "crossplan", "fetch", FIFTH, "--again", "-a", address]
    environment = {**os.environ, "CROSSPLAN_HOME": str(home)}
    with started(command, env=environment, stderr=subprocess.PIPE) as process:
        wait_until(lambda: mirror.asked("/p") > 0)
        process.send_signal(signal.Signals[name])
        _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert not home.exists() or stored(home) == []


def test_a_stage_of_a_killed_process_is_swept(
    home: Path, mirror: Mirror, paragraphs: list[str]
) -> None:
    left, fresh = home / ".incoming-left", home / ".incoming-fresh"
    for stage in (left, fresh):
        stage.mkdir(parents=True)
        (stage / "text.txt").write_text("构造", encoding="utf-8")
    os.utime(left, (0, 0))
    fetch(mirror.add("/p", dresses.portal(paragraphs)))
    assert not left.exists()
    assert fresh.exists()


# The links from page to page.


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([PageLink("p_2.htm", "下一页")], "http://h/d/p_2.htm"),
        ([PageLink("/d/p_2.htm", "下一页>>")], "http://h/d/p_2.htm"),
        ([PageLink("q.htm", "下一页")], None),
        ([PageLink("http://other/d/p_2.htm", "下一页")], None),
        ([PageLink("javascript:go(2)", "下一页")], None),
        ([PageLink("p_2.htm", "下一篇")], None),
        ([PageLink("p.htm?page=2", "2")], "http://h/d/p.htm?page=2"),
        ([PageLink("p_3.htm", "3"), PageLink("p_2.htm", "2")], "http://h/d/p_2.htm"),
        ([PageLink("p.htm", "下一页")], None),
        ([PageLink("http://[", "下一页")], None),
    ],
)
def test_the_next_page(links: list[PageLink], expected: str | None) -> None:
    assert next_page(links, "http://h/d/p.htm", {"http://h/d/p.htm"}, 1) == expected


# The command.


def test_the_command_fetches(
    capsys: pytest.CaptureFixture[str], mirror: Mirror, paragraphs: list[str]
) -> None:
    address = mirror.add("/p", dresses.portal(paragraphs))
    arguments = ["fetch", FIFTH, "--again", "--address", address]
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert out.startswith(f"{FIFTH}  fetched: complete; 41 of 41 headings, 203 measures")
    assert run(capsys, *arguments, "--lang", "zh")[1].startswith(f"{FIFTH}  已取得: 完整")
    code, out, _ = run(capsys, *arguments, "--format", "json")
    assert json.loads(out)[0]["verdict"] == "complete"
    code, out, err = run(capsys, "fetch", "2016-2020", "-a", mirror.add("/l", dresses.login_page()))
    assert code == 1
    assert out.startswith("2016-2020  not got")
    assert err == ""


@pytest.mark.slow
def test_the_report_fetches_what_is_missing(
    capsys: pytest.CaptureFixture[str],
    series: Path,
    mirror: Mirror,
    plans: cp.Corpus,
    tmp_path: Path,
) -> None:
    page = dresses.portal(constructed_text(plans["2021-2025"]).split("\n\n"))
    for plan_id in ("2009-2010", "2012-2015", "2016-2020"):
        path = series / plan_id / "plan.toml"
        text = path.read_text(encoding="utf-8").replace('language = "zh"', 'language = "other"')
        path.write_text(text, encoding="utf-8")
    path = series / "2021-2025" / "plan.toml"
    head, _, _ = path.read_text(encoding="utf-8").partition("# Published copies")
    address = mirror.add("/p", page)
    path.write_text(f'{head}[[texts]]\nlanguage = "zh"\naddress = "{address}"\n', encoding="utf-8")
    made = tmp_path / "made.html"
    code, _, err = run(capsys, "report", "--series", str(series), "-o", str(made))
    assert code == 0
    assert "without the text of 2009-2010, 2012-2015, 2016-2020 (no address has it" in err
    assert 'id="table-measures"' in made.read_text(encoding="utf-8")
    assert "127.0.0.1" in made.read_text(encoding="utf-8")
