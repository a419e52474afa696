"""The report: whole, self-contained, escaped, the same bytes every time."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import crossplan as cp
from crossplan.errors import OutputError
from crossplan.model import Corpus, Plan
from crossplan.reporting.report import Report


@pytest.fixture(scope="session")
def made(plans: Corpus) -> Report:
    return cp.report(plans)


class Page(HTMLParser):
    """Gathers what a page loads, and the ids that it has and points to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.tags: set[str] = set()
        self.alts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "data", "poster"} or (name == "href" and tag == "link"):
                self.loads.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name == "alt":
                self.alts.append(value or "")
            if tag == "a" and name == "href" and (value or "").startswith("#"):
                self.anchors.append((value or "")[1:])


def test_nothing_is_loaded_from_outside(made: Report) -> None:
    page = Page(made.html)
    assert page.loads
    assert all(address.startswith("data:image/svg+xml;base64,") for address in page.loads)
    assert "script" not in page.tags
    assert "url(" not in made.html
    assert "@import" not in made.html


def test_every_anchor_leads_somewhere(made: Report) -> None:
    page = Page(made.html)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.anchors) <= set(page.ids)
    assert "2026-2030/1.5/2" in page.anchors


def test_pictures_have_words(made: Report) -> None:
    page = Page(made.html)
    assert len(page.alts) == len(page.loads) == 5
    assert all(page.alts)


def test_the_report_tells_what_it_must(made: Report) -> None:
    for section in ("glance", "lineage", "history", "terms", "measures", "targets", "limits",
                    "target-comparison"):  # fmt: skip
        assert f'<section id="{section}">' in made.html
    assert "93f794c4d46945fdacf62138bf109f31214556b18ea8c50d39acc8fb382dc5cd" in made.html
    assert f"crossplan {cp.__version__}" in made.html
    assert "无障碍广播电视听节目" in made.html
    assert made.html.count('<td lang="zh-Hans">新生儿死亡率降低至 3%</td>') == 1


def cells(html: str, indicator: str) -> list[str]:
    row = re.search(rf">{indicator}</th>(.*?)</tr>", html, flags=re.DOTALL)
    assert row
    text = re.sub(r"<small.*?</small>", "", row[1], flags=re.DOTALL)
    return [re.sub(r"<[^>]*>|\s", "", cell) for cell in text.split("</td>")[:-1]]


def test_an_absent_indicator_is_unknown_without_text(made: Report) -> None:
    assert cells(made.html, "孕产妇死亡率") == ["≤40/10万", "未知", "≤18/10万", "未知", "≤12/10万"]
    assert cells(made.html, "城镇登记失业率") == ["≤5%", "≤5%", "未知", "未知", "正文未见"]


def test_english(plans: Corpus) -> None:
    html = cp.report(plans, lang="en").html
    assert '<html lang="en">' in html
    assert "What could not be compared, and why" in html
    assert "Human Rights Action Plan of China (2021-2025)" in html
    with pytest.raises(cp.errors.ChoiceError, match="'zh', 'en'"):
        cp.report(plans, lang="fr")  # type: ignore[arg-type]


def test_text_is_escaped(series: Path) -> None:
    path = series / "2012-2015" / "plan.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("国家人权行动计划（2012", "<script>alert(1)</script>（2012"), encoding="utf-8"
    )
    report = cp.report(cp.load_plans(series))
    assert "<script>" not in report.html
    assert "&lt;script&gt;" in report.html
    assert "<script>" not in report._repr_html_()


def test_two_processes_give_the_same_bytes(tmp_path: Path, made: Report) -> None:
    for number, (seed, zone, locale) in enumerate(
        [("1", "UTC", "C.UTF-8"), ("4711", "Asia/Shanghai", "C")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "crossplan", "report", "--offline", "-o", "report.html"],
            cwd=folder,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            check=True,
            capture_output=True,
        )
        assert (folder / "report.html").read_bytes() == made.html.encode("utf-8")


def test_terms_of_two_texts_are_compared(fifth: Plan) -> None:
    pair = cp.construct_predecessor(fifth, seed=1)
    html = cp.report(Corpus([pair.plan, pair.successor], title="构造"), lang="en").html
    section = html[
        html.index('<section id="term-comparison">') : html.index('<section id="limits">')
    ]
    comparison = cp.compare_terms(pair.plan, pair.successor)
    assert f"<b>{comparison.old_total}</b> words" in section
    assert f"new: {len(comparison.new)} " in section
    row = comparison.dropped.iloc[0]
    assert (
        f'<th scope="row" lang="zh-Hans">{row["term"]}</th><td class="n">{row["old_count"]}'
        in section
    )
    assert "whole, and every difference is real" in section
    assert '<img src="data:image/svg+xml;base64,' in section


def test_saving(tmp_path: Path, made: Report) -> None:
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")
    assert made.save(path) == path
    assert path.read_bytes() == made.html.encode("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OutputError, match="cannot be written"):
        made.save(tmp_path / "nowhere" / "report.html")
    with pytest.raises(OutputError, match=r"written as \.html"):
        made.save(tmp_path / "report.docx")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(OutputError):
        made.save(tmp_path / "folder.html")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.html", "report.html"]


def test_a_report_needs_two_plans(plans: Corpus) -> None:
    with pytest.raises(cp.CrossplanError, match="Load at least two"):
        cp.report(Corpus([plans["2009-2010"]]))


def test_a_corpus_of_outlines_makes_a_report(plans: Corpus) -> None:
    html = cp.report(Corpus(plans.outline_only, title="只有纲目")).html
    assert '<section id="terms">' not in html
    assert "未知" in html
