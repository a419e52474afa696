"""The report in a real browser: whole, quiet, answering, readable by everybody.

Needs Chromium (Debian: the package chromium); the tests are left out where there is none,
but not in continuous integration.
"""

import io
import os
import re
import shutil
import sys
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from material import constructed_plan
from processes import wait_until

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not (os.environ.get("CI") and sys.platform == "linux"),
        reason="Chromium is not installed",
    ),
]
QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# What an attacker would write into a plan.
EVIL = (
    "<script>window.injected = 1</script>",
    "<img src=x onerror='window.injected = 2'>",
    "</td></tr></table></script><svg onload='window.injected = 3'>",
    "=cmd|' /C calc'!A0",
    "[链接](javascript:window.injected=4) **粗体** `代码`",
    "甲\u202e乙丙\u202c{{ 7 * 7 }}",
    "/* font */",
)
FONTLESS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def playwright() -> "Iterator[Playwright]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: "Playwright") -> "Iterator[Browser]":
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
    yield started
    started.close()


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory,
    plans: Corpus,
    constructed_pair: ConstructedPredecessor,
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pair = Corpus(
        [constructed_pair.plan, constructed_pair.successor],
        title="构造的前身与原计划",
        title_en="A constructed predecessor and the plan it was made from",
    )
    evil = Corpus([evil_plan('old 1%|"#', 2001), evil_plan("new'2%zz", 2002)], title=EVIL[0])
    return {
        "two": cp.report(pair).save(folder / "two.html"),
        "english": cp.report(pair, lang="en").save(folder / "english.html"),
        "five": cp.report(plans).save(folder / "five.html"),
        "evil": cp.report(evil).save(folder / "evil.html"),
    }


def evil_plan(plan_id: str, year: int) -> Plan:
    """A constructed plan whose every word is an attack."""
    measures = [f"构造的举措之{number}：{text}。" for number, text in enumerate(EVIL)]
    chapters = {text: [f"{year}{measure}" for measure in measures] for text in EVIL}
    return constructed_plan(plan_id, year, chapters)


class Opened:
    """A page, and what it said and asked for while it was open."""

    def __init__(self, page: "Page", path: Path) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", self.refuse)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")

    def refuse(self, dialog: "Dialog") -> None:
        """Note that a dialog was opened, and close it."""
        self.said.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def opened_context(browser: "Browser", **options: Any) -> "Iterator[BrowserContext]":
    """Open a window, of a browser that may be slow, and close it."""
    context = browser.new_context(**options)
    context.set_default_timeout(120_000)
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    with opened_context(browser, viewport={"width": 1300, "height": 900}) as context:
        yield context.new_page()


def visible(page: "Page", element_id: str) -> bool:
    """Whether an element is inside of the window."""
    box = page.locator(f"[id='{element_id}']").bounding_box()
    return box is not None and 0 <= box["y"] < 900 and box["height"] > 0


@pytest.mark.parametrize("name", ["two", "english", "five", "evil"])
def test_nothing_leaves_the_file_and_nothing_goes_wrong(
    files: dict[str, Path], page: "Page", name: str
) -> None:
    opened = Opened(page, files[name])
    page.wait_for_load_state("networkidle")
    assert opened.said == []
    outside = [url for url in opened.asked if not url.startswith("data:")]
    assert outside == [files[name].as_uri()]


def test_text_that_attacks_stays_text(files: dict[str, Path], page: "Page") -> None:
    opened = Opened(page, files["evil"])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.injected") is None
    assert page.locator("main img, main script, main [onload], main [onerror]").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
    shown = page.locator("#table-measures").inner_text()
    for text in EVIL:
        assert text.replace("\u202e", "\\u202e").replace("\u202c", "\\u202c") in shown
    assert "\u202e" not in files["evil"].read_text(encoding="utf-8")
    assert page.title().startswith(EVIL[0])
    assert not opened.said


def test_a_script_that_got_into_the_page_would_not_run(
    files: dict[str, Path], page: "Page", tmp_path: Path
) -> None:
    html = files["five"].read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace("<main>", f"<main>{EVIL[0]}", 1), encoding="utf-8")
    opened = Opened(page, broken)
    assert page.evaluate("window.injected") is None
    assert any("Content Security Policy" in said for said in opened.said)


def test_tables_are_searched_and_filtered(
    files: dict[str, Path], page: "Page", constructed_pair: ConstructedPredecessor
) -> None:
    Opened(page, files["english"])
    comparison = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    rows = page.locator("#table-measures tbody tr")
    assert rows.count() == len(comparison.frame)
    page.get_by_label("Search in Measures side by side").fill("供水")
    both = comparison.frame[["old_text", "new_text"]].fillna("").sum(axis=1)
    assert 0 < rows.count() == int(both.str.contains("供水").sum())
    page.get_by_label("Search in Measures side by side").fill("")
    page.locator("#table-measures thead th").first.locator("button").last.click()
    page.locator(".dtcc-list-buttons button", has_text="new").click()
    assert rows.count() == len(comparison.new)
    page.keyboard.press("Escape")
    assert set(rows.locator("td:first-child").all_inner_texts()) == {"new"}
    page.locator("[data-show='2026-2030/1.5:revised']").first.dispatch_event("click")
    assert set(rows.locator("td:first-child").all_inner_texts()) == {"revised"}


def test_links_jump_to_passages_and_open_what_hides_them(
    files: dict[str, Path], page: "Page"
) -> None:
    Opened(page, files["two"])
    link = page.locator("#table-targets a[href='#2026-2030/1.5/2']").first
    link.click()
    wait_until(lambda: visible(page, "2026-2030/1.5/2"))
    page.goto(files["five"].as_uri() + "#2009-2010/1.4")
    page.wait_for_selector("html[data-ready]")
    wait_until(lambda: visible(page, "2009-2010/1.4"))


def test_a_link_shows_a_row_that_a_filter_hides(files: dict[str, Path], page: "Page") -> None:
    Opened(page, files["five"])
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    table = page.locator("#table-curated-targets")
    table.locator("thead th").nth(1).locator("button").last.click()
    page.locator(".dtcc-list-buttons button", has_text="2009-2010").click()
    page.keyboard.press("Escape")
    assert table.locator("tbody tr").count() == 62
    page.evaluate("location.hash = '#2021-2025/1.5/t1'")
    wait_until(lambda: visible(page, "2021-2025/1.5/t1"))


def test_an_address_that_is_none_does_no_harm(files: dict[str, Path], page: "Page") -> None:
    for nonsense in ("#%", "#%E4%ZZ", "#nowhere"):
        page.goto("about:blank")
        page.goto(files["evil"].as_uri() + nonsense)
        page.wait_for_selector("html[data-ready]")
    opened = Opened(page, files["evil"])
    # Ids may hold any character, and links find them.
    page.locator("#table-measures a").first.click()
    page.locator(":target").wait_for(state="attached")
    assert page.locator(":target").count() == 1
    assert opened.said == []


def test_the_two_texts_scroll_together(
    files: dict[str, Path], page: "Page", constructed_pair: ConstructedPredecessor
) -> None:
    Opened(page, files["two"])
    frame = cp.compare_measures(constructed_pair.plan, constructed_pair.successor).frame
    row = frame[(frame["status"] == "revised") & ~frame["moved"].fillna(value=False)].iloc[20]
    page.locator(f"[id='{row.new_id}']").evaluate(
        "p => { const pane = p.closest('.pane'); pane.scrollIntoView();"
        "pane.scrollTop += p.getBoundingClientRect().top - pane.getBoundingClientRect().top - 60 }"
    )

    def beside_each_other() -> bool:
        new, old = (page.locator(f"[id='{i}']").bounding_box() for i in (row.new_id, row.old_id))
        return new is not None and old is not None and abs(new["y"] - old["y"]) < 4

    wait_until(beside_each_other)
    page.locator(".changes-only").check()
    assert page.locator(".pair .pane p.kept >> visible=true").count() == 0
    assert page.locator(".pair .pane p.revised >> visible=true").count() > 0
    page.locator(".changes-only").uncheck()
    before = page.locator(".pair .pane").last.evaluate("pane => pane.scrollTop")
    page.locator("button.next").click()
    assert page.locator(".pair .pane").last.evaluate("pane => pane.scrollTop") > before
    assert page.locator(".pair .found").count() == 1


def test_a_heading_in_the_figure_shows_its_lineage(
    files: dict[str, Path], page: "Page", plans: Corpus
) -> None:
    Opened(page, files["five"])
    figure = page.locator("[data-figure=lineage]")
    heading = figure.locator("a[href='#2026-2030/2.5']").first
    heading.dispatch_event("click")
    told = figure.locator("p.chosen")
    expected = {"2026-2030/2.5"}
    for old, new in reversed([(x.old, x.new) for x in cp.trace_sections(plans).links]):
        if old and new and new.id in expected:
            expected.add(old.id)
    shown = told.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href').slice(1))")
    assert set(shown) == expected
    assert len(expected) > 5
    page.keyboard.press("Escape")
    assert told.is_hidden()
    # Without a mouse.
    heading.focus()
    page.keyboard.press("Enter")
    assert told.is_visible()


def test_a_bar_shows_its_rows(
    files: dict[str, Path], page: "Page", constructed_pair: ConstructedPredecessor
) -> None:
    Opened(page, files["two"])
    frame = cp.compare_measures(constructed_pair.plan, constructed_pair.successor).frame
    shown = page.locator("#table-measures tbody tr")
    # In the words of the plan, 新增 and 修改 stand as well.
    for section, status, label in (
        ("1.5", "revised", "修改"),
        ("1.6", "new", "新增"),
        ("1.1", "new", "新增"),
        ("2.5", "revised", "修改"),
    ):
        own = frame["new_id"].str.startswith(f"2026-2030/{section}/", na=False)
        rows = frame[own & (frame["status"] == status)]
        page.locator(f"[data-show='2026-2030/{section}:{status}']").first.dispatch_event("click")
        assert shown.count() == rows["new_id"].nunique() > 0
        assert set(shown.locator("td:first-child").all_inner_texts()) == {label}


def test_a_term_shows_its_row(files: dict[str, Path], page: "Page") -> None:
    Opened(page, files["two"])
    mark = page.locator("[data-figure=keyness] [data-term]").first
    term = mark.get_attribute("data-term")
    mark.dispatch_event("click")
    found = page.locator("table.searchable[id^='table-terms-'] tbody tr >> visible=true")
    assert term in [text.strip() for text in found.locator("td:first-child").all_inner_texts()]
    assert found.count() <= 5


def test_chinese_is_there_on_a_machine_without_chinese_fonts(
    files: dict[str, Path], playwright: "Playwright", tmp_path: Path
) -> None:
    # The browser itself cannot live without any font; this one has no Chinese.
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), fonts)
    (fonts / "fonts.conf").write_text(FONTLESS.format(fonts), encoding="utf-8")
    bare = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=QUIETLY,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts / "fonts.conf")},
    )
    try:
        page = bare.new_page()
        Opened(page, files["two"])
        page.evaluate("document.fonts.ready")
        pixels = """character => {
            const canvas = document.createElement("canvas");
            const pen = canvas.getContext("2d");
            pen.font = "40px " + getComputedStyle(document.body).fontFamily;
            pen.fillText(character, 10, 60);
            return canvas.toDataURL();
        }"""
        drawn = {page.evaluate(pixels, character) for character in "人权计划"}
        assert len(drawn) == 4, "boxes all look the same"
    finally:
        bare.close()


def test_the_font_of_the_page_has_all_its_characters(files: dict[str, Path], page: "Page") -> None:
    from fontTools.ttLib import TTFont

    for name in ("two", "english", "five"):
        html = files[name].read_text(encoding="utf-8")
        font = re.search(r"data:font/woff;base64,([^\"]+)", html)
        assert font
        has = TTFont(io.BytesIO(b64decode(font[1]))).getBestCmap()
        page.goto(files[name].as_uri())
        shown = page.locator("main").inner_text()
        chinese = {character for character in shown if "\u4e00" <= character <= "\u9fff"}
        assert len(chinese) > 600
        assert chinese <= {chr(code) for code in has}


@pytest.mark.parametrize(("name", "scheme"), [("two", "light"), ("five", "dark")])
def test_the_page_is_accessible(
    files: dict[str, Path], browser: "Browser", name: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened_context(browser, color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        Opened(page, files[name])
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true }")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []


def test_dark_and_light_change_the_page_and_its_figures(
    files: dict[str, Path], browser: "Browser"
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    words = "getComputedStyle(document.querySelector('[data-figure=lineage] text')).fill"
    with opened_context(browser, color_scheme="dark") as context:
        page = context.new_page()
        Opened(page, files["five"])
        dark = page.evaluate(ground), page.evaluate(words)
        page.locator("button.theme").click()
        light = page.evaluate(ground), page.evaluate(words)
    assert dark == ("rgb(26, 26, 26)", "rgb(230, 230, 230)")
    assert light == ("rgb(255, 255, 255)", "rgb(34, 34, 34)")


def test_it_prints_whole_on_a4(
    files: dict[str, Path], page: "Page", constructed_pair: ConstructedPredecessor
) -> None:
    import pypdfium2

    Opened(page, files["two"])
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    printed = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    bare = re.sub(r"\s", "", printed)
    for plan in (constructed_pair.plan, constructed_pair.successor):
        for measure in plan.measures[::20]:
            assert measure.id in bare
    assert "换一种分词" in bare, "what is folded on the screen is printed"
    assert len(document) < 160


def test_without_scripts_all_is_there(
    files: dict[str, Path], browser: "Browser", constructed_pair: ConstructedPredecessor
) -> None:
    comparison = cp.compare_measures(constructed_pair.plan, constructed_pair.successor)
    with opened_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(files["two"].as_uri())
        assert page.locator("#table-measures tbody tr").count() == len(comparison.frame)
        assert page.locator(".tools").is_hidden()
        page.locator("#table-targets a[href='#2026-2030/1.5/2']").first.click()
        wait_until(lambda: visible(page, "2026-2030/1.5/2"))


def test_it_shows_itself_in_a_notebook_in_a_frame_of_its_own(
    plans: Corpus, page: "Page", tmp_path: Path
) -> None:
    shown = cp.report(Corpus(plans.outline_only, title=EVIL[0]))._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{shown}", encoding="utf-8")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    assert page.evaluate("window.injected") is None
    assert not said


def test_two_full_texts_take_less_than_three_megabytes(files: dict[str, Path]) -> None:
    assert files["two"].stat().st_size < 3_000_000
    assert files["english"].stat().st_size < 3_000_000
