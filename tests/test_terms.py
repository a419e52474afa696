"""Term frequencies, checked against counts made another way."""

from collections import Counter

import jieba
import pytest

import crossplan as cp
from crossplan.model import Plan
from crossplan.words.segment import JiebaSegmenter
from crossplan.words.terms import WORD, load_stop_words


def test_counts_are_those_of_plain_jieba(fifth: Plan) -> None:
    plain = jieba.Tokenizer()
    expected: Counter[str] = Counter()
    for part in (fifth.introduction, *fifth.chapters):
        for passage in part.all_passages():
            expected.update(w for w in plain.lcut(passage.text) if WORD.search(w))
    result = cp.term_frequencies(fifth)
    counts = dict(zip(result.frame["term"], result.frame["count"], strict=True))
    assert counts == {w: n for w, n in expected.items() if w not in load_stop_words()}
    assert (result.frame["words"] == sum(expected.values())).all()


def test_chapters_add_up_to_the_plan(fifth: Plan) -> None:
    whole = cp.term_frequencies(fifth).table
    chapters = cp.term_frequencies(fifth, by="chapter").table
    assert chapters["unit"].nunique() == 9
    summed = chapters.groupby("term")["count"].sum()
    assert summed.to_dict() == dict(zip(whole["term"], whole["count"], strict=True))
    assert (chapters["rate"] == 10_000 * chapters["count"] / chapters["words"]).all()
    spread = chapters.groupby("term")["unit"].nunique()
    assert (chapters["units"] == chapters["term"].map(spread)).all()


def test_contents_and_headings_are_not_counted(fifth: Plan) -> None:
    words = {w for w in cp.term_frequencies(fifth).table["term"] if "目录" in w}
    assert words == set() or "目录" in "".join(m.text for m in fifth.measures)


def test_one_character_words_are_counted(fifth: Plan) -> None:
    terms = cp.term_frequencies(fifth).table
    assert (terms["term"].str.len() == 1).any()


def test_our_tokenizer_is_nobody_elses() -> None:
    text = "铸牢中华民族共同体意识"
    before = JiebaSegmenter().words(text)
    jieba.add_word(text)
    assert JiebaSegmenter().words(text) == before
    assert "".join(before) == text


def test_the_result_says_what_made_it(fifth: Plan) -> None:
    result = cp.term_frequencies(fifth)
    assert result.segmenter.startswith("jieba 0.42")
    assert "stop words" in result._repr_html_()
    with pytest.raises(cp.errors.ChoiceError, match="by='word'"):
        cp.term_frequencies(fifth, by="word")  # type: ignore[arg-type]
