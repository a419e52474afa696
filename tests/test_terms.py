"""Term frequencies, checked against counts made another way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import material
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

import crossplan as cp
from crossplan.model import Corpus, Lexicon, Passage, Plan
from crossplan.words.options import is_number
from crossplan.words.segment import segmenter
from crossplan.words.stopwords import default_stop_words
from crossplan.words.units import all_passages


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
    made = cp.construct_predecessor(fifth, seed=1)
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
    options = cp.WordOptions(segmenter="characters", stop_words=None, numbers="keep")
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
        [w for p in unit.passages for w in result.reader.words(p) if w in set(result.counts.terms)]
        for unit in result.counts.units
    ]
    vectorizer = TfidfVectorizer(analyzer=list)
    expected = vectorizer.fit_transform(texts)
    wide = result.wide("tf_idf")
    assert wide.index.to_list() == vectorizer.get_feature_names_out().tolist()
    assert abs(wide.to_numpy().T - expected.toarray()).max() < 1e-12
    row = result.table.iloc[100]
    assert row["tf_idf"] == wide.loc[row["term"], row["unit"]]


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
    assert tables["merge"]["〔地〕"] == sum(places.values())


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
    grouped = '[[group]]\nreason = "particles"\nwords = ["的", "和"]\n'
    (tmp_path / "grouped.toml").write_text(grouped, encoding="utf-8")
    tables = [
        cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=tmp_path / name)).table
        for name in ("plain.txt", "grouped.toml")
    ]
    assert tables[0].equals(tables[1])
    for text in ("[[group]\n", '[[groups]]\nwords = ["的"]\n', '[[group]]\nwords = ["的"]\n'):
        (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
        with pytest.raises(cp.errors.WordListError, match=r"broken\.toml, line 1"):
            cp.term_frequencies(fifth, words=cp.WordOptions(stop_words=tmp_path / "broken.toml"))


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
    with pytest.raises(cp.errors.ChoiceError, match="by='word'"):
        cp.term_frequencies(fifth, by="word")  # type: ignore[arg-type]
    with pytest.raises(cp.errors.ChoiceError, match="numbers='drop'"):
        cp.term_frequencies(fifth, words=cp.WordOptions(numbers="drop"))  # type: ignore[arg-type]
    for length in (0, (2, 1)):
        with pytest.raises(cp.errors.ChoiceError, match="ngrams"):
            cp.term_frequencies(fifth, ngrams=length)


def test_plans_without_text_are_named(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match=r"2009-2010 .*corpus\.full"):
        cp.term_frequencies(plans)
    assert cp.term_frequencies(plans.full).table["plan"].unique().tolist() == ["2026-2030"]
    with pytest.raises(cp.CrossplanError, match="there is no plan"):
        cp.term_frequencies([])
    for wrong in ("2026-2030", ["2026-2030"], 7):
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
    characters = cp.WordOptions(segmenter="characters", lexicon=None)
    assert cp.term_frequencies(plan, words=characters).table["count"].sum() == 3


def test_a_segmenter_of_ones_own(fifth: Plan) -> None:
    class Halves:
        name = "halves"
        separator = "|"

        def words(self, text: str) -> list[str]:
            return [text[i : i + 2] for i in range(0, len(text), 2)]

    options = cp.WordOptions(segmenter=Halves())
    result = cp.term_frequencies(fifth, words=options)
    assert result.segmenter == "halves"
    assert result.table["term"].str.len().max() == 2


def test_terms_of_a_map_must_be_counted(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth, by="section")
    with pytest.raises(cp.errors.UnknownTermError, match="it is a stop word"):
        result.plot_map(["人权", "的"])
    with pytest.raises(cp.errors.UnknownTermError, match="Like it: 残疾人"):
        result.plot_map(["残疾人士"])
