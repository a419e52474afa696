"""Term frequencies, checked against counts made another way."""

import os
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import material
import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.languages.chinese.numerals import is_number
from crossplan.model import Lexicon, Passage, Plan
from crossplan.words import terms_figure
from crossplan.words.options import default_stop_words
from crossplan.words.segment import segmenter
from crossplan.words.text_units import By, all_passages, units_of


def plainly_counted(plan: Plan, passages: Iterable[Passage]) -> Counter[str]:
    """The words that count, straight from the segmenter."""
    cut = segmenter("jieba", lexicon=plan.lexicon)
    return Counter(
        word
        for passage in passages
        for word in cut.words(passage.text)
        if word[0].isalnum() and (not is_number(word) or word in plan.lexicon.words)
    )


def without_stop_words(counter: Counter[str]) -> dict[str, int]:
    return {w: n for w, n in counter.items() if w not in default_stop_words().words}


def test_counts_are_those_of_a_plain_count(fifth: Plan) -> None:
    expected = plainly_counted(fifth, all_passages(fifth))
    result = cp.term_frequencies(fifth)
    counts = dict(zip(result.frame["term"], result.frame["count"], strict=True))
    assert counts == without_stop_words(expected)
    assert (result.frame["words"] == expected.total()).all()


@pytest.mark.parametrize("name", ["jieba", "rjieba"])
def test_both_engines_give_the_same_table(fifth: Plan, name: str) -> None:
    options = cp.WordOptions(segmenter=name)  # type: ignore[arg-type]
    assert cp.term_frequencies(fifth, words=options).table.equals(cp.term_frequencies(fifth).table)


@pytest.mark.parametrize(("by", "units"), [("chapter", 9), ("section", 34)])
def test_units_add_up_to_the_plan(fifth: Plan, by: str, units: int) -> None:
    whole = cp.term_frequencies(fifth).table
    parts = cp.term_frequencies(fifth, by=by).table  # type: ignore[arg-type]
    assert parts["unit"].nunique() == units
    summed = parts.groupby("term")["count"].sum()
    assert summed.to_dict() == dict(zip(whole["term"], whole["count"], strict=True))
    assert (parts["rate"] == 10_000 * parts["count"] / parts["words"]).all()
    spread = parts.groupby("term")["unit"].nunique()
    assert (parts["units"] == parts["term"].map(spread)).all()
    sizes = parts.drop_duplicates("unit")["words"]
    assert sizes.sum() == whole["words"].iloc[0]


def test_by_measure(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth, by="measure")
    assert [unit.id for unit in result.counts.units] == [m.id for m in fifth.measures]
    measure = fifth.measures[17]
    own = result.table.query("unit == @measure.id")
    expected = without_stop_words(plainly_counted(fifth, [measure]))
    assert dict(zip(own["term"], own["count"], strict=True)) == expected


def test_headings_and_contents_are_not_counted(fifth: Plan) -> None:
    titles = sum(heading.title.count("残疾人") for heading in fifth.headings)
    assert titles > 0
    counts = cp.term_frequencies(fifth).wide()[fifth.id]
    assert counts["残疾人"] <= sum(p.text.count("残疾人") for p in all_passages(fifth))


def test_several_plans_are_counted_apart(fifth: Plan) -> None:
    made = cp.evaluation.construct_predecessor(fifth, seed=1)
    corpus = Corpus([made.plan, fifth])
    result = cp.term_frequencies(corpus)
    assert result.table["plan"].unique().tolist() == list(corpus)
    alone = cp.term_frequencies(fifth).table
    both = result.table.query("plan == @fifth.id").reset_index(drop=True)
    columns = ["unit", "term", "count", "rate", "words"]
    assert both[columns].equals(alone[columns])
    assert cp.term_frequencies([fifth, made.plan]).table.equals(result.table)


def test_ngrams_do_not_cross_marks_and_have_no_stop_words_at_their_ends(fifth: Plan) -> None:
    options = cp.WordOptions(lexicon=["尊重和保障", "民主监督"], stop_words=["和", "的"])
    reader = options.for_plans([fifth])
    expected: Counter[str] = Counter()
    for passage in all_passages(fifth):
        words = reader.words(passage)
        for one, other in pairwise(words):
            countable = all(w[0].isalnum() and not is_number(w) for w in (one, other))
            if countable and not {one, other} & {"和", "的"}:
                expected[f"{one} {other}"] += 1
    counted = cp.term_frequencies(fifth, ngrams=2, words=options).wide()[fifth.id]
    assert counted.to_dict() == expected


def test_ngrams_from_one_to_three_hold_those_of_each_length(fifth: Plan) -> None:
    together = cp.term_frequencies(fifth, ngrams=(1, 3)).wide()[fifth.id].to_dict()
    apart: dict[Any, int] = {}
    for length in (1, 2, 3):
        apart |= cp.term_frequencies(fifth, ngrams=length).wide()[fifth.id].to_dict()
    assert together == apart
    assert together["尊重 和 保障人权"] > 0


def test_ngrams_of_characters_are_those_of_scikit_learn(fifth: Plan) -> None:
    options = cp.WordOptions(segmenter="characters")
    counted = cp.term_frequencies(fifth, ngrams=2, words=options).wide()[fifth.id]
    runs = [
        run
        for passage in all_passages(fifth)
        for run in "".join(c if "\u4e00" <= c <= "\u9fd5" else " " for c in passage.text).split()
    ]
    vectorizer = CountVectorizer(analyzer="char", ngram_range=(2, 2))
    matrix = vectorizer.fit_transform(runs)
    expected = dict(
        zip(vectorizer.get_feature_names_out(), matrix.sum(axis=0).A1.tolist(), strict=True)
    )
    chinese = {term: n for term, n in counted.items() if all(c >= "\u4e00" for c in str(term))}
    assert {term: n for term, n in expected.items() if n} == {
        term: n for term, n in chinese.items() if len(str(term)) == 2
    }


def test_tf_idf_is_that_of_scikit_learn(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth, by="chapter")
    texts = [
        [w for p in passages for w in result.reader.words(p) if w in set(result.counts.terms)]
        for _, passages in units_of([fifth], "chapter")
    ]
    vectorizer = TfidfVectorizer(analyzer=list)
    expected = vectorizer.fit_transform(texts)
    wide = result.wide("tf_idf")
    assert wide.index.to_list() == vectorizer.get_feature_names_out().tolist()
    assert abs(wide.to_numpy().T - expected.toarray()).max() < 1e-12
    row = result.table.iloc[100]
    assert row["tf_idf"] == wide.loc[row["term"], row["unit"]]


@pytest.mark.parametrize("by", ["plan", "chapter", "section", "measure"])
def test_tf_idf_is_that_of_scikit_learn_to_the_last_digits(fifth: Plan, by: By) -> None:
    counts = cp.term_frequencies(fifth, by=by, ngrams=(1, 2)).counts
    expected = TfidfTransformer().fit_transform(counts.matrix)
    assert counts.tf_idf().indices.tolist() == expected.indices.tolist()
    np.testing.assert_array_max_ulp(counts.tf_idf().data, expected.data, maxulp=2)


def test_a_matrix_has_the_numbers_of_the_table(fifth: Plan) -> None:
    groups = {"法": ["法治"], "无": ["人权白皮书草案"]}
    counts = cp.term_frequencies(fifth, by="section", groups=groups).counts
    assert list(counts.terms) == ["无", "法"]
    assert counts.matrix.has_canonical_format
    assert counts.matrix.count_nonzero() == counts.matrix.nnz == len(counts.numbers)
    table = counts.matrix.toarray()
    assert counts.totals.tolist() == table.sum(axis=0).tolist()
    assert counts.spread.tolist() == (table > 0).sum(axis=0).tolist()
    assert (counts.part(5, 9).matrix.toarray() == table[5:9]).all()


def test_a_plan_without_what_is_asked_for_has_no_rows(fifth: Plan) -> None:
    bare = replace(fifth, chapters=())
    terms = cp.term_frequencies(bare, by="measure")
    assert terms.counts.matrix.shape == (0, 0)
    assert len(terms.table) == 0
    assert list(terms.table) == list(cp.term_frequencies(fifth).table)


def test_wide_has_every_term_and_unit(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth, by="section")
    wide = result.wide()
    assert wide.to_numpy().sum() == result.table["count"].sum()
    rates = result.wide("rate")
    row = result.table.iloc[5]
    assert rates.loc[row["term"], row["unit"]] == row["rate"]
    with pytest.raises(cp.errors.ChoiceError, match="values='share'"):
        result.wide("share")  # type: ignore[arg-type]


def test_numbers_are_left_out_kept_or_merged(fifth: Plan) -> None:
    tables = {
        handling: cp.term_frequencies(fifth, words=cp.WordOptions(numbers=handling)).wide()[
            fifth.id
        ]
        for handling in ("leave out", "keep", "merge")
    }
    numbers = {str(t): n for t, n in tables["keep"].items() if t not in tables["leave out"].index}
    assert "2030" in numbers
    assert all(is_number(term) for term in numbers)
    assert "十五五" in tables["leave out"].index, "a word of the lexicon is no number"
    assert tables["merge"]["〔数〕"] == sum(numbers.values())
    assert tables["merge"].drop("〔数〕").to_dict() == tables["leave out"].to_dict()


def test_places_are_kept_left_out_or_merged(fifth: Plan) -> None:
    tables = {
        handling: cp.term_frequencies(fifth, words=cp.WordOptions(places=handling)).wide()[fifth.id]
        for handling in ("keep", "leave out", "merge")
    }
    places = {t: n for t, n in tables["keep"].items() if t not in tables["leave out"].index}
    assert "中国" in places
    assert not {"城市", "海洋", "普及", "法治化", "美丽"} & set(places)
    assert tables["merge"]["〔地〕"] == sum(places.values())
    own = cp.WordOptions(places="leave out", lexicon=["中国"])
    assert "中国" in cp.term_frequencies(fifth, words=own).wide().index, "the lexicon comes first"


def test_stop_words_count_towards_totals_only(fifth: Plan) -> None:
    own = cp.WordOptions(stop_words=["人权"])
    result = cp.term_frequencies(fifth, words=own)
    assert "人权" not in result.table["term"].to_list()
    assert "的" in result.table["term"].to_list()
    everything = cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=None)).table
    assert everything["words"].iloc[0] == result.table["words"].iloc[0]
    assert everything["count"].sum() == everything["words"].iloc[0]


def test_stop_words_from_files(tmp_path: Path, fifth: Plan) -> None:
    (tmp_path / "plain.txt").write_text("的 # particle\n和\n", encoding="utf-8")
    grouped = '[[groups]]\nreason = "particles"\nwords = ["的", "和"]\n'
    (tmp_path / "grouped.toml").write_text(grouped, encoding="utf-8")
    tables = [
        cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=tmp_path / name)).table
        for name in ("plain.txt", "grouped.toml")
    ]
    assert tables[0].equals(tables[1])
    for name, text, said in (
        ("a.toml", "[[groups]\n", "line 1"),
        ("b.toml", '[[groups]]\nreason = ""\nwords = ["的",\n', "line 3: "),
        ("c.toml", '[[groups]]\nreason = "', "Unterminated string"),
        ("d.toml", '[[groups]]\nwords = ["的"]\n', "missing required field `reason`"),
        ("e.toml", '[[groups]]\nreason = ""\nwords = "的和"\n', "Expected `array`, got `str`"),
        ("f.toml", '[[groups]]\nreason = ""\nwords = [3]\n', "Expected `str`, got `int`"),
        ("a.txt", "的\n和 与\n", "line 2: '和 与' holds a blank"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(cp.errors.WordListError) as caught:
            cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=tmp_path / name))
        assert f"{name}, " in str(caught.value)
        assert said in str(caught.value)
    for wrong in (["的", 3], "的"):
        with pytest.raises(cp.CrossplanError, match=r"no word|write a list"):
            cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=wrong))  # type: ignore[arg-type]


def test_every_stop_word_has_a_reason() -> None:
    assert all(default_stop_words().reasons.values())


def test_a_lexicon_of_ones_own(tmp_path: Path, fifth: Plan) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("高质量发展\n", encoding="utf-8")
    own = cp.term_frequencies(fifth, words=cp.WordOptions(lexicon=path))
    assert "mine.txt: 1 word" in own.segmenter
    assert "高质量发展" in own.table["term"].to_list()
    assert "人权教育" not in own.table["term"].to_list()
    none = cp.term_frequencies(fifth, words=cp.WordOptions(lexicon=None))
    assert "no lexicon" in none.method
    assert "高质量发展" not in none.table["term"].to_list()


def test_the_result_says_what_made_it(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth)
    lexicon = fifth.lexicon
    assert f"lexicon.txt: {len(lexicon.entries)} words, sha256 {lexicon.checksum[:8]}" in (
        result._repr_html_()
    )
    for said in ("jieba 0.", "stop words left out (stopwords.toml, sha256", "numbers left out"):
        assert said in result.method


@pytest.mark.parametrize("length", [0, (2, 1), True, "2", 2.0, (1,), (1, 2, 3), None, [1, 2]])
def test_ngrams_have_a_length(fifth: Plan, length: Any) -> None:
    with pytest.raises(cp.errors.ChoiceError, match="ngrams"):
        cp.term_frequencies(fifth, ngrams=length)


def test_ngrams_longer_than_any_clause(fifth: Plan) -> None:
    assert cp.term_frequencies(fifth, ngrams=(40, 10**12)).table.empty


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"numbers": "drop"}, "numbers='drop'"),
        ({"places": None}, "places=None"),
        ({"segmenter": "pkuseg"}, "segmenter='pkuseg'"),
        ({"segmenter": None}, "segmenter=None"),
        ({"segmenter": 5}, "a method words"),
    ],
)
def test_options_are_checked_when_they_are_made(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(cp.errors.ChoiceError, match=said):
        cp.WordOptions(**wrong)


def test_arguments_of_the_wrong_kind_are_named(fifth: Plan) -> None:
    with pytest.raises(cp.errors.ChoiceError, match="by='word'"):
        cp.term_frequencies(fifth, by="word")  # type: ignore[arg-type]
    with pytest.raises(cp.errors.ChoiceError, match="words='jieba'"):
        cp.term_frequencies(fifth, words="jieba")  # type: ignore[arg-type]
    for lexicon in (5, b"abc"):
        with pytest.raises(cp.errors.ChoiceError, match="lexicon"):
            cp.term_frequencies(fifth, words=cp.WordOptions(lexicon=lexicon))  # type: ignore[arg-type]
    for words in ([""], ["人权 教育 n x"], ["，"], [None]):
        with pytest.raises(cp.errors.WordListError, match="the lexicon that was given"):
            cp.term_frequencies(fifth, words=cp.WordOptions(lexicon=words))  # type: ignore[arg-type]
    with pytest.raises(cp.errors.UnreadableTextError, match=r"write a list: \['人权教育'\]"):
        cp.term_frequencies(fifth, words=cp.WordOptions(lexicon="人权教育"))
    for top in (0, -5, "x"):
        with pytest.raises(cp.errors.ChoiceError, match="top"):
            cp.term_frequencies(fifth).plot(top=top)  # type: ignore[arg-type]
    with pytest.raises(cp.errors.ChoiceError, match="lang='fr'"):
        cp.term_frequencies(fifth).plot(lang="fr")  # type: ignore[arg-type]


def test_plans_without_text_are_named(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match=r"2009-2010 .*corpus\.full"):
        cp.term_frequencies(plans)
    assert cp.term_frequencies(plans.full).table["plan"].unique().tolist() == ["2026-2030"]
    with pytest.raises(cp.CrossplanError, match="there is no plan"):
        cp.term_frequencies([])
    for wrong in ([2026], 7):
        with pytest.raises(cp.errors.NotAPlanError):
            cp.term_frequencies(wrong)  # type: ignore[arg-type]


@pytest.fixture
def empty() -> Plan:
    return material.constructed_plan("empty", 2026, {})


def test_an_empty_plan_has_no_terms(empty: Plan) -> None:
    for by in ("plan", "chapter", "section", "measure"):
        result = cp.term_frequencies(empty, by=by)
        assert result.table.empty
        assert list(result.table) == list(cp.term_frequencies(cp.load_plan("2026-2030")).table)
        result.plot()
        result.plot_map()


def test_a_text_without_chinese() -> None:
    plan = material.constructed_plan("english", 2026, {"Rights": ["Protect human rights, 2026."]})
    table = cp.term_frequencies(replace(plan, lexicon=Lexicon())).table
    assert dict(zip(table["term"], table["count"], strict=True)) == {
        "Protect": 1, "human": 1, "rights": 1,
    }  # fmt: skip
    characters = cp.WordOptions(segmenter="characters")
    assert cp.term_frequencies(plan, words=characters).table["count"].sum() == 3


def test_a_segmenter_of_ones_own(fifth: Plan) -> None:
    class Halves:
        name = "halves"

        def words(self, text: str) -> list[str]:
            return [text[i : i + 2] for i in range(0, len(text), 2)]

    options = cp.WordOptions(segmenter=Halves())
    result = cp.term_frequencies(fifth, words=options)
    assert result.segmenter == "halves"
    assert result.table["term"].str.len().max() == 2
    pairs = cp.term_frequencies(fifth, ngrams=2, words=options).wide()[fifth.id].nlargest(9)
    trace = cp.trace_terms(fifth, list(pairs.index), words=options).table
    assert trace["count"].to_list() == pairs.to_list()


def test_a_segmenter_that_loses_characters_is_refused(fifth: Plan) -> None:
    class Marks:
        name = "without marks"

        def words(self, text: str) -> list[str]:
            return [c for c in text if c.isalnum()]

    @dataclass
    class Unhashable:
        name: str = "unhashable"

        def words(self, text: str) -> list[str]:
            return [text]

    with pytest.raises(cp.CrossplanError, match="without marks does not give the text again"):
        cp.term_frequencies(fifth, words=cp.WordOptions(segmenter=Marks()))
    with pytest.raises(cp.errors.ChoiceError, match="hashed"):
        cp.WordOptions(segmenter=Unhashable())


def test_single_characters_are_no_stop_words_or_numbers(fifth: Plan) -> None:
    options = cp.WordOptions(segmenter="characters")
    counts = cp.term_frequencies(fifth, ngrams=2, words=options).wide()[fifth.id]
    for pair in ("中国", "国家", "统一", "一体", "有效", "不断"):
        assert counts[pair] == sum(p.text.count(pair) for p in all_passages(fifth))
    assert "no stop words" in cp.term_frequencies(fifth, words=options).method


def test_blanks_between_latin_words_do_not_part_them() -> None:
    plan = material.constructed_plan("latin", 2026, {"甲": ["与 World Bank 合作，World Bank 支持"]})
    counts = cp.term_frequencies(plan, ngrams=2).wide()[plan.id]
    assert counts["World Bank"] == 2
    assert cp.trace_terms(plan, "World Bank").table["count"].to_list() == [2]
    assert cp.concordance(plan, "World Bank").table["match"].to_list() == ["World Bank"] * 2


def test_bars_show_the_rate_in_all_units_together(fifth: Plan) -> None:
    groups = {"x": ["全过程人民民主"]}
    widths = [
        cp.term_frequencies(fifth, by=by, groups=groups).plot().patches[0].get_extents().width
        for by in ("plan", "chapter", "section")
    ]
    assert widths == [widths[0]] * 3
    cp.term_frequencies(fifth, groups={"x": ["火星"]}).plot_cloud()


def test_terms_of_a_map_must_be_counted(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth, by="section")
    with pytest.raises(cp.errors.UnknownTermError, match="it is a stop word"):
        result.plot_map(["人权", "的"])
    with pytest.raises(cp.errors.UnknownTermError, match="Like it: 残疾人"):
        result.plot_map(["残疾人士"])
    with pytest.raises(cp.errors.UnknownTermError, match="it is a number"):
        result.plot_map(["2030"])
    assert len(result.plot_map("人权").get_yticks()) == 1
    assert len(result.plot_map(term for term in ["人权", "法治"]).get_yticks()) == 2  # type: ignore[arg-type]


def test_without_wordcloud(fifth: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms_figure, "find_spec", lambda _: None)
    with pytest.raises(cp.errors.MissingExtraError, match=r"crossplan\[cloud\]"):
        cp.term_frequencies(fifth).plot_cloud()


def test_words_that_were_merged_cannot_be_sought(fifth: Plan) -> None:
    options = cp.WordOptions(numbers="merge")
    assert cp.term_frequencies(fifth, words=options).wide()[fifth.id]["〔数〕"] > 0
    for call in (
        lambda: cp.trace_terms(fifth, "〔数〕", words=options),
        lambda: cp.concordance(fifth, "达到 〔数〕", words=options),
        lambda: cp.collocations(fifth, "〔数〕", words=options),
    ):
        with pytest.raises(cp.CrossplanError, match="stands for many words"):
            call()
    comparison = cp.compare_terms(fifth, fifth, words=options, robustness=True)
    assert "cannot be counted in other ways" in comparison.explain("〔数〕")


ALL_TABLES = """
import hashlib, sys
import crossplan as cp

plan = cp.load_plan("2026-2030")
made = cp.evaluation.construct_predecessor(plan, seed=1)
groups = cp.load_term_groups()
results = [
    cp.term_frequencies(plan, by="section", ngrams=(1, 2)),
    cp.term_frequencies(plan, words=cp.WordOptions(places="merge", stop_words={"的", "和"})),
    cp.compare_terms(made.plan, made.successor, robustness=True),
    cp.trace_terms([made.plan, made.successor], groups=groups),
    cp.concordance(plan, {"人权", "法治"}),
    cp.collocations(plan, "残疾人"),
    cp.cooccurrence(plan),
    cp.propose_terms(plan),
]
text = "".join(result.table.to_csv() + result.method for result in results)
sys.stdout.write(hashlib.sha256(text.encode("utf-8")).hexdigest())
"""


@pytest.mark.slow
def test_another_process_gives_the_same_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "tables.py"
    script.write_text(ALL_TABLES, encoding="utf-8")
    runpy.run_path(str(script))
    here = capsys.readouterr().out
    there = subprocess.run(
        [sys.executable, "-W", "ignore", str(script)],
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    assert here == there
    assert len(here) == 64


def test_a_plan_without_any_passage_has_every_term_nought_times() -> None:
    empty, full = (
        material.constructed_plan(name, year, {"甲": measures})
        for name, year, measures in (("a", 2000, []), ("b", 2005, ["人权。"]))
    )
    trace = cp.trace_terms([empty, full], ["人权"])
    assert trace.table[["plan", "state", "count"]].to_numpy().tolist() == [
        ["a", "known", 0],
        ["b", "known", 1],
    ]
