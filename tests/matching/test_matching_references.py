"""What the matching reckons fast, against slower ways that others wrote or that are plain."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer

import crossplan as cp
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.features import RUN, Weighted, character_runs, count_features
from crossplan.matching.measure_links import found_again, subjects
from crossplan.model import Plan
from crossplan.pairing.assignment import Candidates, assign
from crossplan.words.engines import names_something, shared_tokenizer

# Chinese, beyond the first plane, Latin, figures, what is no letter, and half a pair.
TEXTS = st.lists(st.text("工作权利𠀀a_1，。 \n\0\ud800", max_size=12), max_size=6)


def characters_and_pairs(text: str) -> list[str]:
    runs = RUN.findall(text)
    return [*"".join(runs), *(run[i : i + 2] for run in runs for i in range(len(run) - 1))]


def assert_weights_are_those_of_scikit_learn(
    ours: Weighted, old: list[str], new: list[str], features: Callable[[str], list[str]]
) -> None:
    vectorizer = TfidfVectorizer(analyzer=features, sublinear_tf=True, norm=None)
    rows = vectorizer.fit_transform([*old, *new, ""]).toarray()
    length = np.maximum(np.linalg.norm(rows, axis=1), 1.0)
    one = rows / length[:, None]
    a, b = slice(len(old)), slice(len(old), -1)
    for part, mine, weight in ((a, ours.old, ours.old_weight), (b, ours.new, ours.new_weight)):
        # Columns stand in another order, so each row is compared as what it holds.
        assert np.sort(mine.toarray()) == pytest.approx(np.sort(one[part]), abs=1e-12)
        assert weight == pytest.approx(length[part], rel=1e-12)
    assert ours.cosines == pytest.approx(one[a] @ one[b].T, abs=1e-12)
    places = np.indices(ours.cosines.shape).reshape(2, -1)
    overlap = ours.overlap(*places)
    both = (rows[a, None, :] > 0) & (rows[None, b, :] > 0)
    rareness = (vectorizer.idf_ - 1) / np.log(max(len(old) + len(new), 40) / 2)
    rarity = (both @ rareness / np.maximum(both.sum(axis=2), 1)).ravel()
    assert overlap.rarity == pytest.approx(rarity, abs=1e-12)
    lighter = np.minimum.outer(length[a], length[b])
    contained = np.minimum(rows[a] @ rows[b].T / lighter**2, 1.0).ravel()
    assert overlap.contained == pytest.approx(contained, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("analyzer", "features"),
    [(character_runs, characters_and_pairs), (subjects, lambda text: subjects(text).tolist())],
)
def test_weights_of_real_texts_are_those_of_scikit_learn(
    constructed_pair: ConstructedPredecessor,
    analyzer: Callable[[str], np.ndarray],
    features: Callable[[str], list[str]],
) -> None:
    plans = constructed_pair.plan, constructed_pair.successor
    old, new = ([measure.text for measure in plan.measures][:60] for plan in plans)
    ours = Weighted(old, new, analyzer)
    assert_weights_are_those_of_scikit_learn(ours, old, new, features)


@given(TEXTS, TEXTS)
@example(["，"], ["", "工"])
def test_weights_of_any_texts_are_those_of_scikit_learn(old: list[str], new: list[str]) -> None:
    ours = Weighted(old, new, character_runs)
    if not any(map(RUN.search, [*old, *new])):  # scikit-learn refuses texts without features
        assert ours.cosines.shape == (len(old), len(new))
        assert not ours.cosines.any()
        return
    assert_weights_are_those_of_scikit_learn(ours, old, new, characters_and_pairs)


@given(st.text())
@example("工作，权利")
@example("𠀀\ud800a_1")
def test_numbers_of_characters_and_pairs_can_be_read_back(text: str) -> None:
    numbers = character_runs(text).tolist()
    read = [chr(n >> 21) + (chr(n & 0x1FFFFF) if n & 0x1FFFFF else "") for n in numbers]
    assert read == characters_and_pairs(text)


def test_a_text_is_counted_once(constructed_pair: ConstructedPredecessor) -> None:
    plans = constructed_pair.plan, constructed_pair.successor
    cp.compare_measures(*plans)
    before = count_features.cache_info()
    cp.compare_measures(*plans)
    after = count_features.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits
    assert after.maxsize is not None  # a thousand plans must not fill the memory


def test_what_names_something_is_read_as_jieba_reads_it() -> None:
    with shared_tokenizer().get_dict_file() as file:
        kinds = {word: kind for word, _, kind in (line.decode().split() for line in file)}
    naming = ("n", "s", "j", "l", "i", "vn")
    wrong = [word for word in kinds if names_something(word) != kinds[word].startswith(naming)]
    assert wrong == []
    assert names_something("甬港澳通")  # in no dictionary


def test_sentences_are_found_again_as_one_by_one(constructed_pair: ConstructedPredecessor) -> None:
    others = constructed_pair.successor.measures[:40]
    shares = []
    for measure in constructed_pair.plan.measures[:40]:
        sentences = [sentence.text for sentence in measure.sentences]
        again = [
            [s for s in sentences if any(fuzz.ratio(s, t.text) >= 80 for t in other.sentences)]
            for other in others
        ]
        expected = [sum(map(len, found)) / sum(map(len, sentences)) for found in again]
        assert found_again(measure, others) == pytest.approx(expected)
        shares += expected
    assert {0.0, 1.0} < set(shares)  # none, all, and some of a measure


@given(st.sets(st.integers(0, 19)), st.sets(st.integers(0, 29)))
def test_what_is_equally_alike_is_paired_without_crossing(old: set[int], new: set[int]) -> None:
    a, b = np.array([*product(sorted(old), sorted(new))], dtype=np.int64).reshape(-1, 2).T
    pairs = assign(Candidates((20, 30), a, b, np.full(len(a), 70.0), {}), 60)
    assert len(pairs) == min(len(old), len(new))
    assert [pair.new for pair in pairs] == sorted(pair.new for pair in pairs)


def test_sections_of_one_plan_get_all_votes_of_their_measures(fifth: Plan) -> None:
    candidates = cp.align_sections(fifth, fifth).candidates
    same = candidates[candidates["old_id"] == candidates["new_id"]]
    holding = [h.id for h in fifth.headings if h.own_measures and h.level == "section"]
    assert (same.set_index("old_id").loc[holding, "votes"] == 1).all()
