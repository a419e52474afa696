"""How results show themselves: sound, quiet and safe HTML, and a short line."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import results
from paths import GOLDEN

import crossplan as cp
from crossplan import progress
from crossplan.corpora.corpus import Corpus
from crossplan.display import View, as_html, plain_column, records, visible
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan
from crossplan.result import Result

ALLOWED = {
    "div", "p", "b", "span", "small", "code", "table", "thead", "tbody", "tr", "th", "td",
    "ins", "del", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {"style", "align", "scope", "dir", "lang", "title"}
SCRIPT, IMAGE = "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"
OVERRIDE = "\u202e"
WATERS = ("河流湖泊治理", "农田灌溉设备", "工厂循环利用", "居民水表更换")
# A first line of this length fits a terminal; explanations have several.
LONGEST_LINE = 400


def every_word(result: Any) -> str:
    """Give the HTML and the line of a result."""
    return str(result._repr_html_() + repr(result))


class Page(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[list[int]] = []
        self.words: list[tuple[str, str | None]] = []
        self.languages: list[str | None] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))
        self.languages.append(dict(attrs).get("lang"))
        if tag == "table":
            self.cells.append([])
        if tag == "tr":
            self.cells[-1].append(0)
        if tag in {"td", "th"}:
            self.cells[-1][-1] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        self.words.append((data, next((lang for lang in self.languages[::-1] if lang), None)))


@pytest.fixture(scope="module")
def shown(
    plans: Corpus,
    constructed_pair: ConstructedPredecessor,
    paragraphs: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    pair = constructed_pair
    return {
        **results.of_plans(plans),
        **results.of_pair(pair.plan, pair.successor, pair.truth),
        "constructed": pair,
        **results.of_files(tmp_path_factory.mktemp("texts"), paragraphs),
    }


def hostile_plan(folder: Path, year: int) -> Plan:
    """Read a made-up plan whose every text tries to get out of its cell."""
    lines = [
        f"节水计划{SCRIPT}{OVERRIDE}（{year}年）",
        "导言",
        f"开头{IMAGE}。",
        f"——目标{SCRIPT}。",
    ]
    for number, mark in enumerate("一二三"):
        lines.append(f"{mark}、要求{number}{IMAGE}{OVERRIDE}")
        for section in "一二":
            lines.append(f"（{section}）小节{number}{section}{SCRIPT}{OVERRIDE}")
            lines += [
                f"——=cmd|' /C calc'!A0 人权教育{SCRIPT}{WATERS[order]}{section}{number}"
                f"[x](javascript:alert(1))**粗**{OVERRIDE}。"
                f"残疾人{IMAGE}就业覆盖率达到{year - 1935 + order}%以上。"
                for order in range(4)
            ]
    path = folder / f"water-{year}.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return cp.read_plan(path, plan_id=f"water-{year}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("hostile")
    old, new = hostile_plan(folder, 2025), hostile_plan(folder, 2026)
    corpus = Corpus([old, new], title=f"{SCRIPT}{OVERRIDE}", title_en=IMAGE)
    truth = cp.compare_measures(old, new).table
    return {
        **results.of_pair(old, new, truth),
        "corpus": corpus,
        "sections traced": cp.trace_sections(corpus),
        "targets traced": cp.trace_targets(corpus),
        "constructed": cp.evaluation.construct_predecessor(new, seed=1),
    }


def test_every_result_is_sound_html(shown: dict[str, Any]) -> None:
    for name, result in shown.items():
        page = Page(result._repr_html_())
        for tag, attributes in page.tags:
            assert tag in ALLOWED, name
            assert attributes.keys() <= ATTRIBUTES, name
            # Nothing is fetched, and no colour of text fights with a theme.
            assert "url(" not in (attributes.get("style") or ""), name
            assert not re.search(r"(?<![-\w])color:", attributes.get("style") or ""), name
        for table in page.cells:
            assert len(set(table)) == 1, f"{name}: rows of different length"


def test_chinese_text_says_so_and_little_else_does(shown: dict[str, Any]) -> None:
    for name, result in shown.items():
        for words, lang in Page(result._repr_html_()).words:
            if re.search("[\u4e00-\u9fff]{2}", words) and "Words by" not in words:
                assert lang == "zh-Hans" or name == "verified", (name, words)


def test_every_result_tells_what_it_is_and_how_to_go_on(shown: dict[str, Any]) -> None:
    for name, result in shown.items():
        html = result._repr_html_()
        assert html.startswith('<div style="overflow-x:auto">\n<p style="margin:.3em 0"><b>'), name
        if isinstance(result, Result):
            assert "<details><summary><small>Method</small></summary>" in html, name
            assert "<code>.table</code>" in html, name
            assert f"<{type(result).__name__}" in repr(result) or "\n" in repr(result), name
            assert len(repr(result).splitlines()[0]) < LONGEST_LINE, name


def test_ways_to_go_on_lead_somewhere(shown: dict[str, Any]) -> None:
    for name, result in shown.items():
        for way in re.findall(r"<code>\.(\w+)", result._repr_html_()):
            assert hasattr(result, way), f"{name}: .{way}"


def test_constructed_plans_are_called_constructed(shown: dict[str, Any]) -> None:
    for name in ("measures compared", "terms compared", "targets of a pair", "lineage"):
        assert "◇ constructed" in shown[name]._repr_html_()
        assert "构造的前身" in repr(shown[name])


def test_showing_changes_nothing_and_is_the_same_twice(shown: dict[str, Any]) -> None:
    for name, result in shown.items():
        before = result.frame.copy(deep=True) if isinstance(result, Result) else None
        assert every_word(result) == every_word(result), name
        if before is not None:
            pd.testing.assert_frame_equal(before, result.frame)


@pytest.mark.slow
def test_another_process_shows_the_same_bytes() -> None:
    code = (
        "import crossplan as cp, hashlib;"
        "plans = cp.load_plans();"
        "new = plans['2026-2030'];"
        "shown = [plans, new, cp.compare_targets(plans['2016-2020'], new),"
        " cp.term_frequencies(new), cp.collocations(new, '人权')];"
        "html = ''.join(r._repr_html_() + repr(r) for r in shown);"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_text_of_plans_never_becomes_markup(hostile: dict[str, Any]) -> None:
    carried = 0
    for name, result in hostile.items():
        html = result._repr_html_()
        tags = {tag for tag, _ in Page(html).tags}
        assert tags <= ALLOWED, name
        assert SCRIPT not in html, name
        assert IMAGE not in html, name
        carried += "alert(1)" in html
    assert carried > len(hostile) / 2, "the texts ought to be there, escaped"


def test_marks_of_direction_reorder_nothing(hostile: dict[str, Any]) -> None:
    carried = 0
    for name, result in hostile.items():
        assert OVERRIDE not in every_word(result), name
        carried += r"\u202e" in result._repr_html_()
    assert carried


def test_letters_from_right_to_left_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "water.txt"
    path.write_text(
        "节水 سۇ 计划（2026年）\n一、سۇ\n——节约用水。\n二、水\n——少用。\n", encoding="utf-8"
    )
    plan = cp.read_plan(path)
    for tag, attributes, words in spans(plan._repr_html_()):
        if "سۇ" in words:
            assert attributes.get("dir") == "auto", tag


def spans(html: str) -> list[tuple[str, dict[str, str | None], str]]:
    """Give the innermost elements with their text."""
    found: list[tuple[str, dict[str, str | None], str]] = []

    class Innermost(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs), ""))

        def handle_data(self, data: str) -> None:
            if found:
                tag, attributes, words = found[-1]
                found[-1] = tag, attributes, words + data

    Innermost().feed(html)
    return found


def test_a_terminal_gets_no_control_characters() -> None:
    assert visible("a\x1b[31mb\u2028c\ud800") == r"a\x1b[31mb\u2028c\ud800"


def test_what_is_shown_of_a_comparison_can_be_reckoned(
    shown: dict[str, Any], constructed_pair: ConstructedPredecessor
) -> None:
    comparison = shown["measures compared"]
    counts = constructed_pair.truth["status"].value_counts()
    html = comparison._repr_html_()
    for status, count in comparison.frame["status"].value_counts().items():
        assert f"{count} {status}" in html
    assert counts["new"] == len(comparison.new)
    # The redline of the first measure that was revised: the runs as they are, shortened.
    first = comparison.revised.iloc[0]
    runs = cp.redline(first["old_text"], first["new_text"]).runs
    assert f">{next(r.text for r in runs if r.kind == 'inserted')[:8]}" in html
    assert html.count("<del") >= 1 <= html.count("<ins")
    # What was kept is counted, not shown.
    assert "= kept</span>" not in html


def test_missing_values_are_a_dash_and_small_p_a_power() -> None:
    table = pd.DataFrame({"a": [None, 0.5], "b": [pd.NA, "x"]})
    view = View(
        name="N", title="T", columns=(plain_column("a", "a"), plain_column("b", "b")),
        rows=records(table), total=2,
    )  # fmt: skip
    assert as_html(view).count(">–</td>") == 2


def brightness(colour: tuple[float, ...]) -> float:
    """Give the relative luminance of a colour, as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("ground", "text"), [(1.0, 0x33 / 255), (0x11 / 255, 0xCC / 255)])
def test_redlines_can_be_read_in_both_themes(
    shown: dict[str, Any], ground: float, text: float
) -> None:
    tints = re.findall(
        r"background:rgba\((\d+),(\d+),(\d+),([.\d]+)\)", shown["redline"]._repr_html_()
    )
    assert tints
    for *colour, alpha in tints:
        mixed = [float(alpha) * int(c) / 255 + (1 - float(alpha)) * ground for c in colour]
        light, dark = sorted([brightness((text,) * 3), brightness(tuple(mixed))], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.slow
def test_a_notebook_shows_results_and_nothing_else() -> None:
    import nbformat
    from nbclient import NotebookClient

    cells = ["import crossplan as cp\nplan = cp.load_plan('2026-2030')\nplan"]
    cells += ["cp.term_frequencies(plan)", "cp.extract_targets(plan).targets[0]"]
    make: Any = nbformat.v4
    notebook = make.new_notebook(cells=list(map(make.new_code_cell, cells)))
    NotebookClient(notebook).execute()
    for cell in notebook.cells:
        assert [output.output_type for output in cell.outputs] == ["execute_result"]
        assert Page(cell.outputs[0].data["text/html"]).tags
        assert cell.outputs[0].data["text/plain"].startswith("<")


def test_without_its_styles_it_is_still_a_table(shown: dict[str, Any]) -> None:
    html = re.sub(r' (style|dir|lang|title)="[^"]*"', "", shown["targets compared"]._repr_html_())
    table = pd.read_html(io.StringIO(html))[0]
    assert list(table)[:4] == ["change", "indicator", "old", "new"]
    assert table["change"].str.contains("↓ lowered").any()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("targets", lambda plans: cp.compare_targets(plans["2016-2020"], plans["2026-2030"])),
        ("sections", lambda plans: cp.align_sections(plans["2021-2025"], plans["2026-2030"])),
        ("concordance", lambda plans: cp.concordance(plans["2026-2030"], "人权教育")),
    ],
)
def test_the_html_is_as_recorded(
    plans: Corpus, name: str, make: Callable[[Corpus], Result]
) -> None:
    recorded = (GOLDEN / f"display-{name}.html").read_text(encoding="utf-8")
    # Engines of segmentation give the same words, and their names differ.
    html = re.sub(r"Words by r?jieba", "Words by jieba", make(plans)._repr_html_())
    assert html == recorded


@pytest.mark.slow
def test_nothing_is_printed(
    capfd: pytest.CaptureFixture[str],
    plans: Corpus,
    constructed_pair: ConstructedPredecessor,
    paragraphs: list[str],
    tmp_path: Path,
) -> None:
    pair = constructed_pair
    everything = {
        **results.of_plans(plans),
        **results.of_pair(pair.plan, pair.successor, pair.truth),
        **results.of_files(tmp_path, paragraphs),
        "made": cp.evaluation.construct_predecessor(plans["2026-2030"], seed=2),
        "report": cp.report(plans),
    }
    for result in everything.values():
        assert every_word(result)
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == ""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_the_first_words_of_a_process_print_nothing(engine: str) -> None:
    code = (
        "import crossplan as cp;"
        f"cp.term_frequencies(cp.load_plan('2026-2030'), words=cp.WordOptions('{engine}'))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == ""
    assert done.stderr == ""


class Terminal(io.StringIO):
    """A stderr that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_long_work_shows_a_bar_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "DELAY", 0.0)
    watched, file = Terminal(), io.StringIO()
    with contextlib.redirect_stderr(watched):
        assert list(progress.steps(range(3), "comparing")) == [0, 1, 2]
    with contextlib.redirect_stderr(file):
        assert list(progress.steps(range(3), "comparing")) == [0, 1, 2]
    assert "comparing" in watched.getvalue()
    # It goes when the work is done.
    assert watched.getvalue().endswith("\r")
    assert file.getvalue() == ""


def test_short_work_shows_none() -> None:
    watched = Terminal()
    with contextlib.redirect_stderr(watched):
        assert list(progress.steps(range(3), "comparing")) == [0, 1, 2]
    assert watched.getvalue() == ""


def test_a_bar_may_be_turned_off() -> None:
    code = (
        "import sys; from crossplan import progress; progress.DELAY = 0;"
        "sys.stderr.isatty = lambda: True;"
        "print(list(progress.steps([1], 'comparing')))"
    )
    done = {
        value: subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env=os.environ | {"TQDM_DISABLE": value},
        )
        for value in ("1", "")
    }
    assert done["1"].stderr == ""
    assert "comparing" in done[""].stderr


def test_tracing_measures_shows_a_bar(
    monkeypatch: pytest.MonkeyPatch, constructed_pair: ConstructedPredecessor
) -> None:
    monkeypatch.setattr(progress, "DELAY", 0.0)
    watched = Terminal()
    corpus = Corpus([constructed_pair.plan, constructed_pair.successor])
    with contextlib.redirect_stderr(watched):
        cp.trace_measures(corpus)
        cp.trace_sections(corpus)
    assert "comparing measures" in watched.getvalue()
    assert "aligning sections" in watched.getvalue()
