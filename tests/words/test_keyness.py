"""Two plans compared by their terms: the measures, both sides, and what survives."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import material
import numpy as np
import pandas as pd
import pytest
from corpus_dispersion import CorpusWordAnalyzer
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from paths import GOLD
from scipy.sparse import csr_array

import crossplan as cp
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Lexicon, LexiconEntry, Plan
from crossplan.words import keyness
from crossplan.words.comparison import TermComparison
from crossplan.words.keyness import deviation_of_proportions, juilland_d

# Counts of a term in an old and a new plan, and what other software makes of them: G2, p,
# %DIFF and the Bayes factor (of which BIC is twice the logarithm) are those of pycorpdiff
# 0.1.0a27; the log ratio is that of association-measures 0.3.2 with the discounting of
# Hardie; the log-odds are those of logodds 0.1.0 with the pooled counts as prior.
REFERENCE = pd.read_csv(GOLD / "keyness-reference.csv")
TOTALS = (REFERENCE["old_total"][0], REFERENCE["new_total"][0])
COUNTS = (REFERENCE["old_count"], REFERENCE["new_count"])


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("g2", lambda: keyness.log_likelihood(*COUNTS, *TOTALS)),
        ("p", lambda: keyness.p_value(keyness.log_likelihood(*COUNTS, *TOTALS))),
        ("log_ratio", lambda: keyness.log_ratio(*COUNTS, *TOTALS)),
        ("percent_difference", lambda: keyness.percent_difference(*COUNTS, *TOTALS)),
        ("log_odds", lambda: keyness.log_odds(*COUNTS, keyness.pooled_prior(*COUNTS))[0]),
        ("log_odds_z", lambda: keyness.log_odds(*COUNTS, keyness.pooled_prior(*COUNTS))[1]),
        (
            "bayes_factor",
            lambda: keyness.bayes_factor(keyness.log_likelihood(*COUNTS, *TOTALS), *TOTALS),
        ),
    ],
)
def test_measures_are_those_of_other_software(
    column: str, values: Callable[[], "np.ndarray"]
) -> None:
    np.testing.assert_allclose(values(), REFERENCE[column], rtol=1e-9, atol=1e-12)


def test_published_examples() -> None:
    # A word that occurs 52 times in 50,000 words and 57 times in 75,000: 2.65 in the
    # exercise of Lancaster University's log-likelihood calculator.
    assert keyness.log_likelihood(57, 52, 75_000, 50_000) == pytest.approx(2.65, abs=0.005)
    assert keyness.log_likelihood(52, 57, 50_000, 75_000) == pytest.approx(-2.65, abs=0.005)
    # 12,000 and 10,000 in a million each: Rayson and Garside (2000).
    assert keyness.log_likelihood(10_000, 12_000, 10**6, 10**6) == pytest.approx(182.07, abs=0.005)
    # 3.84 is the critical value at the level of 5 per cent in that calculator's table.
    assert keyness.p_value(3.84) == pytest.approx(0.05, abs=0.0002)
    # Twice as often is a log ratio of 1, four times 2 (Hardie 2014).
    assert keyness.log_ratio([10, 10], [20, 40], 1000, 1000).tolist() == [1.0, 2.0]


@settings(max_examples=200)
@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 40_000), st.integers(1, 40_000))
def test_g2_is_that_of_scipy_and_has_two_sides(a: int, b: int, c: int, d: int) -> None:
    from scipy.stats import power_divergence

    g2 = float(keyness.log_likelihood(a, b, c, d))
    if a + b:
        expected = [(a + b) * c / (c + d), (a + b) * d / (c + d)]
        reference = power_divergence([a, b], expected, lambda_="log-likelihood")[0]
        assert abs(g2) == pytest.approx(reference, rel=1e-6, abs=1e-6)
    assert float(keyness.log_likelihood(b, a, d, c)) == pytest.approx(-g2)
    ratio = float(keyness.log_ratio(a, b, c, d))
    assert float(keyness.log_ratio(b, a, d, c)) == pytest.approx(-ratio, nan_ok=True)


def test_many_tests_are_corrected_as_benjamini_and_hochberg_do() -> None:
    # The example of their paper of 1995, section 4.1: at 5 per cent four are rejected.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0000]  # fmt: skip
    assert (keyness.adjusted(p) <= 0.05).sum() == 4
    assert keyness.adjusted([]).tolist() == []


@settings(max_examples=200)
@given(st_numpy.arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1)))
def test_many_tests_are_corrected_as_scipy_does(p: "np.ndarray") -> None:
    from scipy.stats import false_discovery_control

    np.testing.assert_array_equal(keyness.adjusted(p), false_discovery_control(p))


@settings(max_examples=200)
@given(st_numpy.arrays(np.float64, 20, elements=st.floats(-1e6, 1e6)))
def test_p_is_that_of_scipy(g2: "np.ndarray") -> None:
    from scipy.stats import chi2

    np.testing.assert_array_equal(keyness.p_value(g2), chi2.sf(np.abs(g2), df=1))


def reference_dispersion(counts: list[int], sizes: list[int]) -> tuple[float, float]:
    found = CorpusWordAnalyzer(
        [float(n) for n in counts], [float(n) for n in sizes], float(sum(sizes))
    ).calculate_all_metrics()
    assert found.dp is not None
    assert found.juilland_d is not None
    return found.dp, found.juilland_d


def test_the_published_example_of_dispersion() -> None:
    # Gries, "Analyzing Dispersion" (2020): a word in five parts of 50 words in all.
    counts, sizes = [1, 2, 3, 4, 5], [9, 10, 10, 10, 11]
    parts = csr_array([[n] for n in counts])
    dp = deviation_of_proportions(parts, np.array(sizes))
    d = juilland_d(parts, np.array(sizes))
    assert [dp[0], d[0]] == pytest.approx([0.18, 0.785], abs=0.0005)
    assert (dp[0], d[0]) == pytest.approx(reference_dispersion(counts, sizes), rel=1e-6)


@settings(max_examples=200)
@given(
    st_numpy.arrays(np.int64, (6, 3), elements=st.integers(0, 30)),
    st_numpy.arrays(np.int64, 6, elements=st.integers(90, 500)),
)
def test_dispersion_is_that_of_another_package(counts: "np.ndarray", sizes: "np.ndarray") -> None:
    dp = deviation_of_proportions(csr_array(counts), sizes)
    d = juilland_d(csr_array(counts), sizes)
    for term in range(3):
        own = counts[:, term]
        if not own.sum():
            assert np.isnan(dp[term])
            assert np.isnan(d[term])
            continue
        expected = reference_dispersion(own.tolist(), sizes.tolist())
        assert (dp[term], d[term]) == pytest.approx(expected, rel=1e-6, abs=1e-6)
        assert 0 <= dp[term] <= 1


@pytest.fixture(scope="module")
def comparison(constructed_pair: ConstructedPredecessor) -> TermComparison:
    return cp.compare_terms(constructed_pair.plan, constructed_pair.successor)


def test_every_term_of_either_plan_has_a_row(
    comparison: TermComparison, constructed_pair: ConstructedPredecessor
) -> None:
    old, new = (
        cp.term_frequencies(plan).wide()[plan.id]
        for plan in (constructed_pair.plan, constructed_pair.successor)
    )
    table = comparison.table.set_index("term")
    assert set(table.index) == {*old.index, *new.index}
    assert table["old_count"].to_dict() == old.reindex(table.index, fill_value=0).to_dict()
    assert table["new_count"].to_dict() == new.reindex(table.index, fill_value=0).to_dict()
    assert comparison.old_total == cp.term_frequencies(constructed_pair.plan).table["words"][0]
    assert comparison.new_total == cp.term_frequencies(constructed_pair.successor).table["words"][0]
    assert (table["old_rate"] == 10_000 * table["old_count"] / comparison.old_total).all()


def test_a_row_holds_the_measures(comparison: TermComparison) -> None:
    table = comparison.table
    counts = (table["old_count"], table["new_count"])
    totals = (comparison.old_total, comparison.new_total)
    np.testing.assert_array_equal(table["g2"], keyness.log_likelihood(*counts, *totals))
    np.testing.assert_array_equal(table["log_ratio"], keyness.log_ratio(*counts, *totals))
    np.testing.assert_array_equal(table["p_adjusted"], keyness.adjusted(table["p"]))
    assert table["g2"].abs().is_monotonic_decreasing
    both = table[(table["old_count"] > 0) & (table["new_count"] > 0)]
    assert (np.sign(both["g2"].round(9)) == np.sign(both["log_ratio"].round(9))).all()


def test_statuses(constructed_pair: ConstructedPredecessor) -> None:
    comparison = cp.compare_terms(constructed_pair.plan, constructed_pair.successor, alpha=0.2)
    table = comparison.table
    assert table["change"].isin(["new", "dropped", "rising", "falling", "stable"]).all()
    assert (comparison.new["old_count"] == 0).all()
    assert (comparison.dropped["new_count"] == 0).all()
    assert (comparison.dropped["old_count"] > 0).all()
    for name, sign in (("rising", 1), ("falling", -1)):
        rows = getattr(comparison, name)
        assert (sign * rows["log_ratio"] >= 0.5).all()
        assert len(rows) > 0
        assert (rows["p"] < 0.2).all()
        assert ((rows["old_count"] > 0) & (rows["new_count"] > 0)).all()
    parts = [len(getattr(comparison, name)) for name in table["change"].unique()]
    assert sum(parts) == len(table)


def test_dispersion_is_over_the_sections(
    comparison: TermComparison, constructed_pair: ConstructedPredecessor
) -> None:
    sections = cp.term_frequencies(constructed_pair.successor, by="section")
    wide = sections.wide()
    row = comparison.table.set_index("term").loc["残疾人"]
    counts = list(wide.T["残疾人"])
    expected = reference_dispersion(counts, sections.counts.words.tolist())
    assert (row["new_dp"], row["new_juilland_d"]) == pytest.approx(expected, rel=1e-6)
    assert row["new_sections"] == sum(n > 0 for n in counts)
    assert comparison.dropped["new_dp"].isna().all()


def test_a_plan_compared_with_itself_changes_nothing(fifth: Plan) -> None:
    table = cp.compare_terms(fifth, fifth, robustness=True).table
    assert (table["change"] == "stable").all()
    assert table["survives"].all()
    for column in ("log_ratio", "g2", "percent_difference", "log_odds"):
        np.testing.assert_allclose(table[column], 0, atol=1e-9)


def test_exchanging_the_plans_mirrors_the_table(
    comparison: TermComparison, constructed_pair: ConstructedPredecessor
) -> None:
    mirrored = cp.compare_terms(constructed_pair.successor, constructed_pair.plan)
    one = comparison.table.set_index("term").sort_index()
    other = mirrored.table.set_index("term").sort_index()
    for column in ("g2", "log_ratio", "log_odds", "log_odds_z"):
        np.testing.assert_allclose(one[column], -other[column], rtol=1e-9, atol=1e-9)
    names = {"new": "dropped", "dropped": "new", "rising": "falling", "falling": "rising"}
    assert one["change"].replace(names).equals(other["change"])
    assert one["old_dp"].equals(other["new_dp"].rename("old_dp"))


def test_what_hangs_on_the_segmentation_does_not_survive() -> None:
    # 数字化 is a word of the old plan; only the new one has 数字 by itself.
    old = material.constructed_plan("old", 2021, {"甲": ["推进数字化建设。"] * 6})
    new = material.constructed_plan("new", 2026, {"甲": ["推进数字建设。"] * 6})
    options = cp.WordOptions(lexicon=["数字化"])
    comparison = cp.compare_terms(old, new, words=options, robustness=True)
    table = comparison.table.set_index("term")
    assert table.loc["数字", "change"] == "new"
    assert list(table.loc["数字", ["characters_old_count", "characters_new_count"]]) == [6, 6]
    assert table.loc["数字", "characters_change"] == "stable"
    assert not table.loc["数字", "survives"]
    assert table.loc["推进", "survives"]
    assert "survives: no" in comparison.explain("数字")


def test_recounts_are_plain_counts(constructed_pair: ConstructedPredecessor) -> None:
    pair = constructed_pair
    table = cp.compare_terms(pair.plan, pair.successor, robustness=True).table
    two = table[table["term"].str.fullmatch(r"[\u4e00-\u9fd5]{2}")]
    for side, plan in (("old", pair.plan), ("new", pair.successor)):
        texts = [
            p.text for part in (plan.introduction, *plan.chapters) for p in part.all_passages()
        ]
        pairs = Counter(text[i : i + 2] for text in texts for i in range(len(text) - 1))
        assert two[f"characters_{side}_count"].to_list() == [pairs[term] for term in two["term"]]
    assert (~table["survives"]).sum() > 0
    plain = cp.compare_terms(pair.plan, pair.successor).table
    unchanged = table[plain.columns]
    assert unchanged.equals(plain)


def test_blanks_of_the_text_are_passed_over_in_every_count() -> None:
    old = material.constructed_plan("old", 2021, {"甲": ["推进就业。"] * 6})
    new = material.constructed_plan("new", 2026, {"甲": ["与 World Bank 合作，APP 治理。"] * 6})
    table = cp.compare_terms(old, new, ngrams=2, robustness=True).table.set_index("term")
    for term in ("World Bank", "Bank 合作", "APP 治理"):
        assert list(table.loc[term, ["characters_new_count", "plain_new_count"]]) == [6, 6], term
        assert table.loc[term, "survives"], term


def test_a_long_new_plan_does_not_turn_the_bars_around() -> None:
    old = material.constructed_plan("old", 2021, {"甲": ["推进就业。"]})
    new = material.constructed_plan("new", 2026, {"甲": ["推进就业。"] * 50 + ["养老。"]})
    comparison = cp.compare_terms(old, new)
    row = comparison.table.set_index("term").loc["养老"]
    assert (row["change"], row["g2"] > 0, row["log_ratio"] < 0) == ("new", True, True)
    ax = comparison.plot()
    assert "养老" not in [text.get_text() for text in ax.texts]


def test_plans_of_two_series_are_cut_alike(constructed_pair: ConstructedPredecessor) -> None:
    old = replace(constructed_pair.plan, lexicon=Lexicon("a", (LexiconEntry("高质量发展"),)))
    new = constructed_pair.successor
    one, other = cp.compare_terms(old, new), cp.compare_terms(new, old)
    assert one.reader.lexicon == other.reader.lexicon
    assert set(one.table["term"]) == set(other.table["term"])
    assert {"高质量发展", "人权教育"} <= set(one.table["term"])


def test_merged_words_cannot_be_recounted(fifth: Plan) -> None:
    options = cp.WordOptions(numbers="merge")
    table = cp.compare_terms(fifth, fifth, words=options, robustness=True).table.set_index("term")
    assert table.loc["〔数〕", ["characters_change", "plain_change", "survives"]].isna().all()


def test_an_explanation_names_counts_measures_and_places(comparison: TermComparison) -> None:
    said = comparison.explain("就业")
    row = comparison.table.set_index("term").loc["就业"]
    assert said.startswith("就业: ")
    assert f"2026-2030: {row['new_count']} of {comparison.new_total:,} words" in said
    assert f"G2 {row['g2']:+.2f}" in said
    first = cp.concordance(comparison.new_plan, "就业").table["passage_id"][0]
    assert f"\n{first}: " in said
    with pytest.raises(cp.errors.UnknownTermError, match="WordOptions"):
        comparison.explain("的")


def test_an_explanation_of_a_term_of_one_plan_only(comparison: TermComparison) -> None:
    term = comparison.new["term"][0]
    assert "%DIFF none" in comparison.explain(term)


def test_ngrams_are_compared(constructed_pair: ConstructedPredecessor) -> None:
    pair = constructed_pair
    comparison = cp.compare_terms(pair.plan, pair.successor, ngrams=2, robustness=True)
    assert comparison.table["term"].str.contains(" ").all()
    assert comparison.explain(comparison.table["term"][0])


def test_limits_are_the_readers(constructed_pair: ConstructedPredecessor) -> None:
    pair = constructed_pair
    strict = cp.compare_terms(pair.plan, pair.successor, alpha=1e-9)
    assert strict.rising.empty
    loose = cp.compare_terms(pair.plan, pair.successor, alpha=1, minimum_log_ratio=0)
    assert len(loose.rising) > 50
    assert len(loose.falling) > 50
    for name, wrong in (
        ("alpha", -1), ("alpha", 5), ("alpha", float("nan")), ("alpha", "x"), ("alpha", None),
        ("minimum_log_ratio", -1), ("minimum_log_ratio", "a"),
    ):  # fmt: skip
        with pytest.raises(cp.errors.ChoiceError, match=name):
            cp.compare_terms(pair.plan, pair.successor, **{name: wrong})  # type: ignore[arg-type]


def test_an_empty_plan_has_dropped_everything(fifth: Plan) -> None:
    empty = replace(material.constructed_plan("empty", 2031, {}), lexicon=Lexicon())
    comparison = cp.compare_terms(fifth, empty, robustness=True)
    assert comparison.new_total == 0
    assert (comparison.table["change"] == "dropped").all()
    assert comparison.table["log_ratio"].isna().all(), "of nothing there is no rate"
    nothing = cp.compare_terms(empty, empty)
    assert nothing.table.empty
    for result in (comparison, nothing):
        result.plot()
        result.plot_rates()


def test_plans_without_text_are_named(plans: cp.Corpus, fifth: Plan) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="2021-2025"):
        cp.compare_terms(plans["2021-2025"], fifth)
    with pytest.raises(cp.errors.NotAPlanError):
        cp.compare_terms(2021, fifth)  # type: ignore[arg-type]


def test_the_result_tells_how_it_was_made(comparison: TermComparison) -> None:
    for said in ("G2 by Rayson and Garside", "0.5 for nought", "whole, and every difference"):
        assert said in comparison.method
