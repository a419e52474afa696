"""Groups of terms: read, counted, compared; what two groups share is told."""

from pathlib import Path
from typing import Any

import material
import pytest
from openpyxl import Workbook

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Plan

TOML = """
[[groups]]
name = "法治"
name_en = "rule of law"
note = "for a test"
terms = ["法治", "依法"]

[[groups]]
name = "数字"
terms = ["数字*"]
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def sheet(path: Path) -> Path:
    book = Workbook()
    rows = [
        ("group", "term", "note"),
        ("法治", "法治", ""),
        ("法治", "依法", None),
        ("数字", "数字*", ""),
    ]
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_all_kinds_of_file_say_the_same(tmp_path: Path, fifth: Plan) -> None:
    files = [
        written(tmp_path / "groups.toml", TOML),
        written(tmp_path / "groups.csv", "group;term\n法治;法治\n法治;依法\n\n数字;数字*\n"),
        sheet(tmp_path / "groups.xlsx"),
    ]
    tables = [cp.term_frequencies(fifth, groups=path).table for path in files]
    given = cp.term_frequencies(fifth, groups={"法治": ["法治", "依法"], "数字": ["数字*"]}).table
    assert all(table.equals(given) for table in tables)
    assert cp.load_term_groups(files[0]).groups[0].name_en == "rule of law"


def test_a_group_is_the_sum_of_its_terms(fifth: Plan) -> None:
    groups = {"law": ["法治", "依法"], "digital": ["数字*"], "nothing": ["火星"]}
    result = cp.term_frequencies(fifth, by="section", groups=groups)
    words = cp.term_frequencies(fifth, by="section").wide()
    wide = result.wide()
    assert wide.T["law"].to_list() == (words.T["法治"] + words.T["依法"]).to_list()
    digital = words[words.index.str.startswith("数字")].sum()
    assert wide.T["digital"].to_list() == digital.to_list()
    assert (wide.loc["nothing"] == 0).all()
    assert "3 groups of 4 terms" in result.method
    trace = cp.trace_terms(fifth, groups=groups).table
    assert trace["count"].to_list() == wide.sum(axis=1)[list(groups)].to_list()


def test_what_holds_two_terms_of_a_group_counts_once() -> None:
    plan = material.constructed_plan("once", 2026, {"甲": ["人权教育与人权，教育人权"]})
    options = cp.WordOptions(lexicon=None)
    groups = {"all": ["人权", "人权 教育", "教育"]}
    table = cp.term_frequencies(plan, groups=groups, words=options).table
    assert table["count"].to_list() == [4]


def test_groups_are_compared(constructed_pair: ConstructedPredecessor) -> None:
    pair = constructed_pair
    groups = {"employment": ["就业"], "haste": ["抓紧"], "nothing": ["火星"]}
    comparison = cp.compare_terms(pair.plan, pair.successor, groups=groups)
    table = comparison.table.set_index("term")
    words = cp.compare_terms(pair.plan, pair.successor).table.set_index("term")
    for group, term in (("employment", "就业"), ("haste", "抓紧")):
        columns = [
            "old_count",
            "new_count",
            "old_rate",
            "g2",
            "log_ratio",
            "new_sections",
            "change",
        ]
        assert list(table.loc[group, columns]) == list(words.loc[term, columns])
    assert table.loc["nothing", "change"] == "stable"
    assert comparison.explain("employment").startswith("employment: ")
    with pytest.raises(cp.CrossplanError, match="Compare their terms one by one"):
        cp.compare_terms(pair.plan, pair.successor, groups=groups, robustness=True)


def test_overlaps_are_reported() -> None:
    plan = material.constructed_plan("overlap", 2026, {"甲": ["数据安全，数据，网络监督，监督"]})
    groups = {"digital": ["数据", "网络 监督"], "control": ["监督", "数据"], "law": ["法治"]}
    options = cp.WordOptions(lexicon=["数据安全"], stop_words=None)
    found = cp.term_frequencies(plan, groups=groups, words=options).overlaps
    assert found.to_dict("records") == [
        {"group": "digital", "other_group": "control", "count": 2, "terms": "数据 1、网络监督 1"}
    ]
    comparison = cp.compare_terms(plan, plan, groups=groups, words=options)
    assert comparison.overlaps["count"].to_list() == [4]
    assert cp.trace_terms(plan, groups=groups, words=options).overlaps["count"].to_list() == [2]


def test_terms_of_two_groups_are_named() -> None:
    groups = cp.load_term_groups()
    assert all(group.name_en and group.note for group in groups.groups)
    assert groups.shared_terms == {}


def test_single_terms_have_no_overlaps(fifth: Plan) -> None:
    for result in (
        cp.term_frequencies(fifth), cp.compare_terms(fifth, fifth), cp.trace_terms(fifth, "人权"),
    ):  # fmt: skip
        with pytest.raises(cp.CrossplanError, match="groups"):
            _ = result.overlaps


def test_every_term_of_the_shipped_groups_is_a_word_somewhere(plans: Corpus) -> None:
    fifth = plans["2026-2030"]
    for group in cp.load_term_groups().groups:
        counts = cp.trace_terms(fifth, list(group.terms)).table.set_index("term")["count"]
        assert counts[counts == 0].index.to_list() == [], group.name


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "[[groups]\n", "line 1"),
        ("b.toml", "x = 1\n[[groups]]\n", "unknown field `x`"),
        ("c.toml", '[[groups]]\nname = "甲"\n', "missing required field `terms`"),
        ("d.toml", '[[groups]]\nname = "甲"\nterms = []\n', "甲: a term is missing"),
        ("e.toml", "groups = []\n", "no group"),
        ("f.toml", '[[groups]]\nname="甲"\nterms=["a"]\n' * 2, "two groups have the name 甲"),
        ("a.csv", "group,word\n甲,乙\n", "line 1: there are no columns group and term"),
        ("b.csv", "group,term\n甲,乙\n,丙\n丁,\n", "line 3: group or term is empty; line 4"),
        ("c.csv", "group,term\n", "no group"),
        ("g.toml", '[[groups]]\nname = "甲"\nterms = ["a",\n', "line 3: "),
        ("h.toml", '[[groups]]\nname = " "\nterms = ["a", " "]\n', "a group has no name"),
    ],
)
def test_malformed_files_say_where(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(cp.errors.WordListError) as caught:
        cp.load_term_groups(written(tmp_path / name, text))
    assert said in str(caught.value)
    assert name in str(caught.value)
    assert "[[groups]]" in str(caught.value), "the remedy"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("nowhere.toml", "nowhere"):
        with pytest.raises(cp.errors.UnreadableTextError, match="national-human-rights"):
            cp.load_term_groups(tmp_path / name)
    wrong: Any
    for wrong in (None, [], 5):
        with pytest.raises(cp.errors.ChoiceError, match="source"):
            cp.load_term_groups(wrong)
    broken = written(tmp_path / "broken.xlsx", "no workbook")
    with pytest.raises(cp.errors.UnreadableTextError, match=r"broken\.xlsx"):
        cp.load_term_groups(broken)


def test_groups_of_a_series_folder(series: Path) -> None:
    assert cp.load_term_groups(series).groups == cp.load_term_groups().groups
    assert "以人为主体" in cp.load_term_groups()._repr_html_()
    assert "5 groups" in repr(cp.load_term_groups())


def test_a_string_is_one_term(fifth: Plan) -> None:
    one = cp.term_frequencies(fifth, groups={"law": "法治"}).table
    assert one["count"].equals(cp.term_frequencies(fifth, groups={"law": ["法治"]}).table["count"])


@pytest.mark.parametrize(
    "wrong", [{}, {"a": []}, {"a": None}, {"a": [2030]}, {1: ["法治"]}, {"a": [" "]}, ["法治"], 5]
)
def test_groups_that_are_none_are_refused(fifth: Plan, wrong: object) -> None:
    with pytest.raises((cp.errors.WordListError, cp.errors.ChoiceError), match="group"):
        cp.term_frequencies(fifth, groups=wrong)  # type: ignore[arg-type]


def test_groups_know_how_long_their_terms_are(fifth: Plan) -> None:
    with pytest.raises(cp.CrossplanError, match="Leave ngrams out"):
        cp.term_frequencies(fifth, groups={"a": ["法治"]}, ngrams=2)
    with pytest.raises(cp.CrossplanError, match="Leave ngrams out"):
        cp.compare_terms(fifth, fifth, groups={"a": ["法治"]}, ngrams=2)


def test_log_odds_are_of_terms_and_not_of_groups(fifth: Plan) -> None:
    comparison = cp.compare_terms(fifth, fifth, groups={"a": ["法治"], "none": ["火星"]})
    table = comparison.table.set_index("term")
    assert table[["log_odds", "log_odds_z"]].isna().all().all()
    assert "log-odds z none" in comparison.explain("a")
    assert table["log_ratio"].isna().to_dict() == {"a": False, "none": True}
