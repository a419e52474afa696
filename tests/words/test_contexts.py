"""Where words stand, what stands beside them, and which stand together."""

import math
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import material
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist, pdist

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.model import Plan
from crossplan.words.collocations_figure import layout, strongest
from crossplan.words.keyness import log_dice, mutual_information, t_score
from crossplan.words.lookup import sentences_of
from crossplan.words.segment import segmenter
from crossplan.words.text_units import all_passages

# Manning and Schütze (1999), "Foundations of Statistical Natural Language Processing":
# words of the New York Times corpus, of 14,307,668 words, in tables 5.6 and 5.14.
NEW_YORK_TIMES = 14_307_668


@pytest.mark.parametrize(
    ("one", "other", "together", "expected"),
    [(42, 20, 20, 18.38), (41, 27, 20, 17.98), (30, 117, 20, 16.31), (77, 59, 20, 15.94),
     (24, 320, 20, 15.19), (14_907, 9_017, 20, 1.09), (15_019, 15_629, 20, 0.29)],
)  # fmt: skip
def test_published_mutual_information(one: int, other: int, together: int, expected: float) -> None:
    value = mutual_information(together, one * other / NEW_YORK_TIMES)
    assert value == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("one", "other", "together", "expected"),
    [(42, 20, 20, 4.4721), (41, 27, 20, 4.4721), (14_907, 9_017, 20, 2.3714),
     (15_019, 15_629, 20, 0.8036)],
)  # fmt: skip
def test_published_t_scores(one: int, other: int, together: int, expected: float) -> None:
    value = t_score(together, one * other / NEW_YORK_TIMES)
    assert value == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(
    ("together", "one", "other", "expected"),
    [(8, 389, 230, 8.726204), (300, 300, 300, 14), (3, 3000, 3000, 4.034216),
     (6, 3000, 3000, 5.034216), (300, 3000, 3000, 10.67807)],
)  # fmt: skip
def test_published_log_dice(together: int, one: int, other: int, expected: float) -> None:
    # As Sugiura (Nagoya) works out Rychlý's formula, and 14 as Rychlý's own maximum.
    assert log_dice(together, one, other) == pytest.approx(expected, abs=0.000005)


@pytest.mark.slow
@given(st.integers(1, 50), st.integers(0, 500), st.integers(0, 500), st.integers(0, 50_000))
def test_scores_are_those_of_nltk(together: int, more: int, other_more: int, rest: int) -> None:
    from nltk.metrics.association import BigramAssocMeasures

    one, other = together + more, together + other_more
    total = together + more + other_more + rest
    margins = (together, (one, other), total)
    expected = one * other / total
    assert mutual_information(together, expected) == pytest.approx(
        BigramAssocMeasures.pmi(*margins), rel=1e-6, abs=1e-6
    )
    assert t_score(together, expected) == pytest.approx(
        BigramAssocMeasures.student_t(*margins), rel=1e-6, abs=1e-6
    )
    dice = BigramAssocMeasures.dice(*margins)
    assert log_dice(together, one, other) == pytest.approx(14 + math.log2(dice), rel=1e-6)


@pytest.mark.slow
def test_every_term_that_is_counted_is_found(fifth: Plan) -> None:
    counts = cp.term_frequencies(fifth).wide()[fifth.id]
    trace = cp.trace_terms(fifth, [str(term) for term in counts.index]).table
    table = {str(term): int(number) for term, number in counts.items()}
    found = dict(zip(map(str, trace["term"]), trace["count"].tolist(), strict=True))
    more = {term for term, number in found.items() if number != table[term]}
    # 建好 is held together once and cut once: it is found in both forms.
    cut = segmenter(lexicon=fifth.lexicon)
    assert all(found[term] > table[term] and len(cut.words(term)) > 1 for term in more)
    assert len(more) <= 1
    pairs = cp.term_frequencies(fifth, ngrams=2).wide()[fifth.id]
    trace = cp.trace_terms(fifth, [str(term) for term in pairs.index]).table
    assert trace.set_index("term")["count"].to_dict() == pairs.to_dict()


def test_a_star_stands_for_words_and_not_for_marks(fifth: Plan) -> None:
    found = cp.concordance(fifth, "*").table["match"]
    assert all(match[0].isalnum() for match in found)
    assert cp.concordance(fifth, "尊重 * 保障人权").table["match"].unique().tolist() == [
        "尊重和保障人权"
    ]


def test_the_order_of_a_set_is_that_of_its_names(fifth: Plan) -> None:
    one = cp.trace_terms(fifth, {"法治", "人权", "就业"})  # type: ignore[arg-type]
    assert one.terms == ("人权", "就业", "法治")
    twice = cp.concordance(fifth, ["人权", "人权"])
    assert len(twice.table) == len(cp.concordance(fifth, "人权").table)
    both = cp.concordance(fifth, ["人权", re.compile("人权")])
    pattern = cp.concordance(fifth, re.compile("人权"))
    assert len(both.table) == len(twice.table) + len(pattern.table)
    assert cp.cooccurrence(fifth, (t for t in ["妇女", "就业"])).terms.keys() == {"妇女", "就业"}  # type: ignore[arg-type]


def test_a_concordance_has_as_many_lines_as_the_tables_count(fifth: Plan) -> None:
    counts = cp.term_frequencies(fifth).wide()[fifth.id]
    for term in ("人权", "残疾人", "人权教育", "法治"):
        lines = cp.concordance(fifth, term).table
        assert len(lines) == counts[term]
        assert (lines["match"] == term).all()


def test_lines_lead_back_to_the_text(fifth: Plan) -> None:
    result = cp.concordance(fifth, ["法治", re.compile("人权.{0,4}教育"), "尊重 * 保障"], width=9)
    assert result.patterns == ("法治", "人权.{0,4}教育", "尊重 * 保障")
    for row in result.table.to_dict("records"):
        assert fifth.text[row["start"] : row["end"]] == row["match"]
        passage = fifth.passage(row["passage_id"])
        around = f"{row['left']}{row['match']}{row['right']}"
        assert around in passage.text  # type: ignore[union-attr]
        assert fifth.passage(row["section"]).title == row["section_title"]  # type: ignore[union-attr]
    places = result.table[["start", "end"]].to_numpy().tolist()
    assert places == sorted(places)
    assert result.table["pattern"].nunique() >= 2


def test_a_word_is_not_found_inside_another(fifth: Plan) -> None:
    raw = cp.concordance(fifth, re.compile("人权")).table
    words = cp.concordance(fifth, "人权").table
    assert len(raw) > len(words)
    inside = raw[~raw["start"].isin(words["start"])]
    assert (
        inside.apply(lambda row: f"{row['left'][-2:]}{row['match']}", axis=1)
        .str.contains("老年人权")
        .any()
    )


def test_a_regular_expression_finds_what_plain_search_finds(fifth: Plan) -> None:
    pattern = re.compile("(?:国家|国际)人权")
    found = cp.concordance(fifth, pattern).table
    expected = [m[0] for p in all_passages(fifth) for m in pattern.finditer(p.text)]
    assert found["match"].to_list() == expected


def test_measure_ids_are_missing_outside_of_measures(fifth: Plan) -> None:
    lines = cp.concordance(fifth, "人权").table
    measures = {measure.id for measure in fifth.measures}
    for row in lines.to_dict("records"):
        assert (row["measure_id"] == row["passage_id"]) == (row["passage_id"] in measures)
    assert lines["measure_id"].isna().any()


def test_lines_sorted_by_context(fifth: Plan) -> None:
    lines = cp.concordance(fifth, "人权")
    right = lines.sorted("right")
    assert right.table["right"].is_monotonic_increasing
    left = [text[::-1] for text in lines.sorted("left").table["left"]]
    assert left == sorted(left)
    assert right.sorted("text").table.equals(lines.table)
    with pytest.raises(cp.errors.ChoiceError, match="by='up'"):
        lines.sorted("up")  # type: ignore[arg-type]


def test_what_is_not_there_gives_an_empty_table(fifth: Plan, plans: Corpus) -> None:
    lines = cp.concordance(fifth, ["火星", re.compile("木星|x*")])
    assert lines.table.empty
    assert "0 lines" in lines._repr_html_()
    lines.plot()
    company = cp.collocations(fifth, "火星")
    assert company.table.empty
    assert company.term_count == 0
    company.plot()
    trace = cp.trace_terms(plans, ["火星"])
    assert trace.appearances["first"].isna().all()
    assert trace.table.query("plan == '2026-2030'")["count"].to_list() == [0]
    trace.plot()


def test_stop_words_and_numbers_are_found_when_asked_for(fifth: Plan) -> None:
    assert len(cp.concordance(fifth, "的").table) > 100
    assert len(cp.concordance(fifth, "2030").table) > 5
    trace = cp.trace_terms(fifth, ["的", "2030"])
    assert trace.table["count"].to_list() == [
        len(cp.concordance(fifth, "的").table), len(cp.concordance(fifth, "2030").table),
    ]  # fmt: skip


def test_impossible_patterns_are_refused(fifth: Plan, plans: Corpus) -> None:
    for wrong in ("", "  ", [], "，", None, 5, [None], b"x", re.compile(b"x")):
        with pytest.raises(cp.CrossplanError, match="Give a word"):
            cp.concordance(fifth, wrong)  # type: ignore[arg-type]
    for width in (-1, "3", None, 2.5, True):
        with pytest.raises(cp.errors.ChoiceError, match="width"):
            cp.concordance(fifth, "人权", width=width)  # type: ignore[arg-type]
    for no_term in (None, ["人权"], re.compile("人"), 5):
        with pytest.raises(cp.CrossplanError, match="is no term"):
            cp.collocations(fifth, no_term)  # type: ignore[arg-type]
    for call in (
        lambda: cp.concordance(plans, "人权"),
        lambda: cp.collocations(plans, "人权"),
        lambda: cp.cooccurrence(plans),
        lambda: cp.propose_terms(plans),
        lambda: cp.trace_terms(plans.outline_only, ["人权"]),
    ):
        with pytest.raises(cp.errors.MissingTextError, match="is not at hand"):
            call()


def test_text_is_escaped() -> None:
    plan = material.constructed_plan("script", 2026, {"甲": ["甲<script>alert(1)</script>人权"]})
    html = cp.concordance(plan, "人权", width=40)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_windows_are_counted_as_by_hand() -> None:
    plan = material.constructed_plan(
        "hand", 2026, {"甲": ["推进就业，推动就业和养老。就业培训", "养老培训"]}
    )
    options = cp.WordOptions(lexicon=None)
    reader = options.for_plans([plan])
    sentences = [[w for w in s if w[0].isalnum()] for s in sentences_of(all_passages(plan), reader)]
    assert sentences == [
        ["推进", "就业", "推动", "就业", "和", "养老"], ["就业", "培训"], ["养老", "培训"],
    ]  # fmt: skip
    found = cp.collocations(plan, "就业", window=2, minimum_count=1, words=options)
    assert found.term_count == 3
    assert found.total == 10
    rows = found.table.set_index("collocate")
    assert rows["count"].to_dict() == {"推进": 1, "推动": 2, "养老": 1, "培训": 1}
    assert list(rows.loc["推动", ["left", "right"]]) == [1, 1]
    # Beside the three stand 2, 3 and 1 words that are not 就业.
    assert rows.loc["养老", "expected"] == pytest.approx(6 * 2 / 10)
    assert rows.loc["养老", "mi"] == pytest.approx(math.log2(1 / 1.2))
    assert rows.loc["养老", "log_dice"] == pytest.approx(14 + math.log2(2 / 5))
    one_sided = cp.collocations(plan, "就业", window=(0, 1), minimum_count=1, words=options).table
    assert one_sided["collocate"].to_list() == ["推动", "培训"]


def test_sentences_are_counted_as_by_hand(fifth: Plan) -> None:
    found = cp.collocations(fifth, "残疾人", within="sentence", minimum_count=1)
    cut = [set(s) for s in sentences_of(all_passages(fifth), found.reader)]
    assert found.total == len(cut)
    assert found.term_count == sum("残疾人" in s for s in cut)
    for row in found.table.head(20).to_dict("records"):
        assert row["count"] == sum({"残疾人", row["collocate"]} <= s for s in cut)
        assert row["collocate_count"] == sum(row["collocate"] in s for s in cut)
        assert row["log_dice"] <= 14


def test_sentences_hold_every_word_once(fifth: Plan) -> None:
    reader = cp.WordOptions().for_plans([fifth])
    joined = "".join(w for s in sentences_of(all_passages(fifth), reader) for w in s)
    assert joined == "".join(passage.text for passage in all_passages(fifth))
    count = sum(1 for _ in sentences_of(all_passages(fifth), reader))
    assert count == sum(len(passage.sentences) for passage in all_passages(fifth))


def test_collocations_know_their_choices(fifth: Plan) -> None:
    with pytest.raises(cp.errors.ChoiceError, match="within='chapter'"):
        cp.collocations(fifth, "人权", within="chapter")  # type: ignore[arg-type]
    for window in (0, (0, 0), (-1, 3), "5", None, 2.5, (1,), True):
        with pytest.raises(cp.errors.ChoiceError, match="window"):
            cp.collocations(fifth, "人权", window=window)  # type: ignore[arg-type]
    wrong: Any
    for wrong in (0, "2", None):
        for call in (
            lambda count: cp.cooccurrence(fifth, minimum_count=count),
            lambda count: cp.propose_terms(fifth, minimum_count=count),
            lambda count: cp.collocations(fifth, "人权", minimum_count=count),
        ):
            with pytest.raises(cp.errors.ChoiceError, match="minimum_count"):
                call(wrong)
    for name, value in (("longest", 1), ("longest", "5"), ("minimum_cohesion", None)):
        with pytest.raises(cp.errors.ChoiceError, match=name):
            cp.propose_terms(fifth, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("within", ["sentence", "measure", "section"])
def test_the_graph_holds_the_pairs(fifth: Plan, within: str) -> None:
    result = cp.cooccurrence(fifth, within=within, top=12)  # type: ignore[arg-type]
    graph = result.graph
    assert isinstance(graph, nx.Graph)
    assert len(graph) == 12
    assert graph.number_of_edges() == len(result.table)
    for row in result.table.to_dict("records"):
        edge = graph.edges[row["term"], row["other_term"]]
        assert edge == {"count": row["count"], "log_dice": row["log_dice"]}
        assert graph.nodes[row["term"]]["count"] == row["term_count"]


@pytest.mark.parametrize("top", [8, 40])
def test_terms_are_laid_out_as_by_networkx(fifth: Plan, top: int) -> None:
    drawn = strongest(cp.cooccurrence(fifth, top=top))
    terms = sorted({*drawn["term"], *drawn["other_term"]})
    ones, others = ([terms.index(term) for term in drawn[end]] for end in ("term", "other_term"))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(terms)))
    graph.add_edges_from(zip(ones, others, strict=True))
    assert nx.is_connected(graph)  # What is not, it lays out in another way.
    ours = pdist(layout(ones, others))
    theirs = pdist(list(nx.kamada_kawai_layout(graph).values()))
    assert ours / ours.max() == pytest.approx(theirs / theirs.max(), abs=0.01)


def test_what_no_line_joins_is_a_little_farther_apart() -> None:
    places = layout([0, 1, 3], [1, 2, 4])
    near, far = pdist(places[:3]), cdist(places[:3], places[3:])
    assert far.min() > near.min()
    assert far.max() < 2 * near.max()


def test_pairs_are_counted_as_by_hand(fifth: Plan) -> None:
    terms = ["妇女", "残疾人", "就业", "老年人", "儿童"]
    result = cp.cooccurrence(fifth, terms, minimum_count=1)
    reader = cp.WordOptions().for_plans([fifth])
    cut = [set(s) for s in sentences_of(all_passages(fifth), reader)]
    pairs = Counter(
        frozenset(pair) for s in cut for pair in combinations([t for t in terms if t in s], 2)
    )
    found = {
        frozenset((row["term"], row["other_term"])): row["count"]
        for row in result.table.to_dict("records")
    }
    assert found == pairs
    with pytest.raises(cp.errors.UnknownTermError, match="火星"):
        cp.cooccurrence(fifth, ["火星", "人权"])
    with pytest.raises(cp.errors.ChoiceError, match="within='page'"):
        cp.cooccurrence(fifth, within="page")  # type: ignore[arg-type]


def test_an_empty_plan_has_no_company() -> None:
    empty = material.constructed_plan("empty", 2026, {})
    for result in (cp.cooccurrence(empty), cp.collocations(empty, "人权"), cp.propose_terms(empty)):
        assert result.table.empty
    cp.cooccurrence(empty).plot()


def test_traces_agree_with_frequencies(fifth: Plan, plans: Corpus) -> None:
    counts = cp.term_frequencies(fifth).wide()[fifth.id]
    trace = cp.trace_terms(plans, ["人权", "法治", "残疾人"])
    known = trace.table.query("state == 'known'").set_index("term")
    assert known["count"].to_dict() == {t: counts[t] for t in ("人权", "法治", "残疾人")}
    unknown = trace.table.query("state == 'unknown'")
    assert len(unknown) == 12
    assert unknown[["count", "rate", "sections", "words"]].isna().all().all()
    assert list(trace.grid.T["人权"].isna()) == [True] * 4 + [False]
    row = trace.appearances.iloc[0]
    assert (row["first"], row["last"], row["plans"]) == ("2026-2030", "2026-2030", 1)
    assert row["unknown"] == "2009-2010、2012-2015、2016-2020、2021-2025"


def test_traces_do_not_hang_on_the_order_of_plans(fifth: Plan) -> None:
    made = cp.evaluation.construct_predecessor(fifth, seed=1)
    one = cp.trace_terms([made.plan, fifth], ["就业", "抓紧"])
    other = cp.trace_terms([fifth, made.plan], ["就业", "抓紧"])
    assert one.table.equals(other.table)
    comparison = cp.compare_terms(made.plan, fifth).table.set_index("term")
    for term in ("就业", "抓紧"):
        counts = one.table.query("term == @term")["count"].to_list()
        assert counts == list(comparison.loc[term, ["old_count", "new_count"]])
    gone = one.appearances.set_index("term").loc["抓紧"]
    assert (gone["first"], gone["last"]) == (made.plan.id, made.plan.id)


def test_traces_want_terms_or_groups(plans: Corpus) -> None:
    for terms, groups in ((None, None), (["人权"], {"甲": ["人权"]}), ([], None)):
        with pytest.raises(cp.CrossplanError, match=r"terms or groups|no term"):
            cp.trace_terms(plans, terms, groups=groups)


def test_ngrams_and_traces_count_alike(fifth: Plan) -> None:
    counts = cp.term_frequencies(fifth, ngrams=(2, 3)).wide()[fifth.id]
    terms = [*counts.nlargest(5).index, "尊重 和 保障人权"]
    trace = cp.trace_terms(fifth, terms).table
    assert trace["count"].to_list() == [counts[term] for term in terms]
    assert len(cp.concordance(fifth, terms[0]).table) == counts[terms[0]]


def test_candidates_are_what_a_lexicon_lacks(fifth: Plan, tmp_path: Path) -> None:
    bare = cp.WordOptions(lexicon=None)
    found = cp.propose_terms(fifth, words=bare)
    table = found.table
    assert {"公益诉讼", "适老化", "生物多样性", "美丽中国"} <= set(table["term"])
    words = cp.term_frequencies(fifth, words=bare).wide().index
    assert not set(table["term"]) & set(words)
    for row in table.head(40).to_dict("records"):
        assert row["term"] == row["words"].replace(" ", "")
        assert row["count"] == len(cp.concordance(fifth, row["words"], words=bare).table)
        assert row["term"] in fifth.passage(row["example"]).text  # type: ignore[union-attr]
    path = found.to_lexicon(tmp_path / "proposed.txt")
    kept = cp.term_frequencies(fifth, words=cp.WordOptions(lexicon=path))
    assert {"公益诉讼", "适老化"} <= set(kept.table["term"])
    merged = cp.propose_terms(fifth, words=cp.WordOptions(numbers="merge", lexicon=None))
    assert not merged.table["term"].str.contains("〔").any()
    with pytest.raises(cp.errors.OutputError, match="would be lost"):
        found.to_lexicon(path)
    with pytest.raises(cp.errors.OutputError, match="cannot be written"):
        found.to_lexicon(tmp_path / "nowhere" / "proposed.txt")


def test_cohesion_and_freedom_by_hand() -> None:
    # 甲乙 stands between other words each time; 乙丙 does not.
    plan = material.constructed_plan(
        "hand", 2026, {"甲": ["东人权教育南，西人权教育北，人权教育，东", "南西北"]}
    )
    options = cp.WordOptions(lexicon=["东", "南", "西", "北"], stop_words=None)
    found = cp.propose_terms(
        plan, minimum_count=3, minimum_cohesion=0, minimum_freedom=0, words=options
    ).table
    row = found.set_index("term").loc["人权教育"]
    # 13 words, 3 occurrences of each part and of both: log2(3 x 13 / (3 x 3)).
    assert row["cohesion"] == pytest.approx(math.log2(39 / 9))
    # Before it 东, 西 and an edge, behind it 南, 北 and an edge: three of one each.
    assert row["freedom"] == pytest.approx(math.log2(3))
