"""The words of a plan, kept between runs: those that would be cut, or cut anew."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crossplan as cp
from crossplan import cache_files
from crossplan.model import Plan
from crossplan.words.segment import Cut, Segmenter, cut_again, look_up, segment, segmenter
from crossplan.words.text_units import all_passages


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache for each test."""
    place = tmp_path / "cache"
    monkeypatch.setenv("CROSSPLAN_CACHE", str(place))
    return place


def words_of_texts(cutter: Segmenter, texts: list[str]) -> list[Cut]:
    """Cut texts as a process does that has cut nothing yet."""
    segment.cache_clear()
    look_up(cutter, texts)
    return [segment(cutter, text) for text in texts]


class Counting:
    """A segmenter of one's own that counts how often it is asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def words(self, text: str) -> list[str]:
        """Cut a text into characters."""
        self.asked += 1
        return list(text)


def test_words_that_were_kept_are_those_that_are_cut(fifth: Plan) -> None:
    texts = [passage.text for passage in all_passages(fifth)]
    jieba = segmenter("jieba", lexicon=fifth.lexicon)
    words = [tuple(jieba.words(text)) for text in texts]
    assert words_of_texts(jieba, texts) == words
    assert cp.cache.state().files == 1
    assert words_of_texts(jieba, texts) == words


def test_words_that_were_kept_are_not_cut_again(
    fifth: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [passage.text for passage in all_passages(fifth)]
    jieba = segmenter("jieba", lexicon=fifth.lexicon)
    words = words_of_texts(jieba, texts)

    def refuse(_: str) -> list[str]:
        raise AssertionError("a text was cut")

    monkeypatch.setattr(jieba, "words", refuse)
    assert words_of_texts(jieba, texts) == words


def test_another_lexicon_has_words_of_its_own(fifth: Plan) -> None:
    texts = [passage.text for passage in all_passages(fifth)]
    whole, apart = segmenter("jieba", lexicon=["推进人权事业"]), segmenter("jieba")
    assert words_of_texts(whole, texts) != words_of_texts(apart, texts)
    assert cp.cache.state().files == 2
    assert words_of_texts(whole, texts) != words_of_texts(apart, texts)


def test_what_is_not_jieba_is_not_kept() -> None:
    own = Counting()
    for one in (own, segmenter("rjieba"), segmenter("characters")):
        words_of_texts(one, ["健全治理体系"])
        words_of_texts(one, ["健全治理体系"])
    assert own.asked == 2
    assert cp.cache.state().files == 0


def test_words_deleted_by_another_user_of_jieba_are_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from jieba import finalseg

    monkeypatch.setattr(finalseg, "Force_Split_Words", {"治理"})
    words_of_texts(segmenter("jieba"), ["健全治理体系"])
    assert cp.cache.state().files == 0


def test_damaged_lengths_are_not_believed(folder: Path) -> None:
    jieba, texts = segmenter("jieba"), ["健全治理体系", "", "节约用水。"]
    words = words_of_texts(jieba, texts)
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    cache_files.keep("words", path.name, b"\x01")
    assert words_of_texts(jieba, texts) == words


@given(st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=5), max_size=5))
def test_texts_are_cut_again_as_they_were(cuts: list[list[str]]) -> None:
    texts = ["".join(words) for words in cuts]
    lengths = bytes(len(word) for words in cuts for word in words)
    assert list(cut_again(texts, lengths)) == [tuple(words) for words in cuts]


def test_counts_are_the_same_from_the_cache(fifth: Plan) -> None:
    asked = cp.WordOptions(segmenter="jieba")
    first = cp.term_frequencies(fifth, words=asked).table
    segment.cache_clear()
    again = cp.term_frequencies(fifth, words=asked).table
    assert cp.cache.state().files >= 1
    assert first.equals(again)
