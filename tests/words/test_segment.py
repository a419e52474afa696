"""Cutting texts into words: both engines alike, no character lost, nobody else touched."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import jieba
import material
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.wordlists import read_lexicon
from crossplan.languages.scripts import COMMON_HAN as CHINESE
from crossplan.model import Lexicon, LexiconEntry, Plan
from crossplan.words import engines, segment
from crossplan.words.engines import (
    dictionary_bytes,
    not_importing,
    prefix_dictionary,
    shared_tokenizer,
)
from crossplan.words.segment import CharacterSegmenter, Segmenter, segmenter

REPORTS = sorted(material.REPORTS.glob("*.txt"))
# What stands in plans, what may stand in a copy of one, and anything at all.
TEXTS = st.one_of(
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40),
    st.text(
        alphabet="人权老年的到达建设法治0123456789.-_%‰—，。（）ABaz〇㐀𠮷 \n\t\u3000+&'",
        max_size=40,
    ),
    st.text(max_size=40),
)


@pytest.fixture(scope="module")
def both(fifth: Plan) -> tuple[Segmenter, Segmenter]:
    return (
        segmenter("jieba", lexicon=fifth.lexicon),
        segmenter("rjieba", lexicon=fifth.lexicon),
    )


@pytest.mark.parametrize("lexicon", ["none", "series"])
def test_both_engines_cut_the_plan_alike(fifth: Plan, lexicon: str) -> None:
    words = fifth.lexicon if lexicon == "series" else Lexicon()
    cut = [segmenter(name, lexicon=words).words(fifth.text) for name in ("jieba", "rjieba")]
    assert cut[0] == cut[1]
    assert "".join(cut[0]) == fifth.text


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_both_engines_cut_reports_alike(path: Path, both: tuple[Segmenter, Segmenter]) -> None:
    text = path.read_text(encoding="utf-8")
    jieba_words, rust_words = (one.words(text) for one in both)
    assert jieba_words == rust_words
    assert "".join(jieba_words) == text


@settings(max_examples=400)
@given(TEXTS)
def test_both_engines_cut_anything_alike(both: tuple[Segmenter, Segmenter], text: str) -> None:
    jieba_words, rust_words = (one.words(text) for one in both)
    assert jieba_words == rust_words
    assert "".join(jieba_words) == text
    assert "" not in jieba_words


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 26_000), st.integers(1, 5)), min_size=1, max_size=12))
def test_both_engines_cut_pieces_of_the_plan_alike(
    both: tuple[Segmenter, Segmenter], fifth: Plan, pieces: list[tuple[int, int]]
) -> None:
    text = "".join(fifth.text[start : start + length] for start, length in pieces)
    assert both[0].words(text) == both[1].words(text)


@pytest.mark.slow
@settings(max_examples=100)
@given(
    st.lists(
        st.text(alphabet="人权教育老年者公民与法治环境", min_size=2, max_size=6),
        min_size=1,
        max_size=8,
        unique=True,
    ),
    st.text(alphabet="人权教育老年者公民与法治环境，", max_size=30),
)
def test_both_engines_obey_a_lexicon_alike(words: list[str], text: str) -> None:
    lexicon = Lexicon("made up", tuple(LexiconEntry(word) for word in words))
    # Not through segmenter(), which would remember every dictionary.
    made = engines.JiebaEngine(lexicon), engines.RustEngine(lexicon)
    chinese = "\n".join(re.findall(f"[{CHINESE}]+", text))
    assert made[0].cut(chinese) == made[1].cut(chinese)


def test_chinese_is_cut_as_plain_jieba_does(fifth: Plan) -> None:
    plain = jieba.Tokenizer()
    for passage in fifth.introduction.passages or ():
        for run in re.findall(f"[{CHINESE}]+", passage.text):
            assert segmenter("jieba").words(run) == plain.lcut(run)


@pytest.mark.slow
def test_the_dictionary_is_that_of_jieba() -> None:
    plain = jieba.Tokenizer()
    expected = plain.gen_pfdict(plain.get_dict_file())
    assert prefix_dictionary(dictionary_bytes()) == expected
    ours = shared_tokenizer()
    assert (ours.FREQ, ours.total) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "中国 5",
        "中国 5 ns",
        "中国 5\n人 2 n x\n",
        "中国 5 ns\n\n",
        "中\u3000国 5 ns\n",
        "中国 ５ ns\n",
    ],
)
def test_a_dictionary_of_another_form_is_left_to_jieba(lines: str) -> None:
    with pytest.raises(ValueError, match=r"blank|fields|number"):
        prefix_dictionary(lines.encode())


@pytest.mark.parametrize("lexicon", ["none", "series"])
def test_what_is_expected_is_cut_as_with_the_whole_dictionary(fifth: Plan, lexicon: str) -> None:
    words = fifth.lexicon if lexicon == "series" else Lexicon()
    texts = [passage.text for passage in fifth.measures]
    whole, part = engines.JiebaEngine(words), engines.JiebaEngine(words)
    part.expect(texts)
    for text in texts:
        chinese = "\n".join(re.findall(f"[{CHINESE}]+", text))
        assert part.cut(chinese) == whole.cut(chinese)
    assert part._known is not None
    known, letters = part._known
    assert letters is not None
    assert len(known.FREQ) < len(shared_tokenizer().FREQ) / 2
    # A text with another letter brings the whole dictionary, which goes on knowing the lexicon.
    part.expect(["魑魅魍魉"])
    assert part.cut("魑魅魍魉") == whole.cut("魑魅魍魉") == ["魑魅魍魉"]
    assert part._known[1] is None
    assert {word: part.cut(word) for word in words.words} == {w: whole.cut(w) for w in words.words}


@settings(max_examples=25)
@given(st.lists(TEXTS, max_size=3))
def test_anything_that_is_expected_is_cut_alike(texts: list[str]) -> None:
    part = engines.JiebaEngine(Lexicon("mine", (LexiconEntry("人权教育"),)))
    part.expect(texts)
    whole = segment.made_once(
        engines.JiebaEngine, Lexicon("mine", (LexiconEntry("人权教育"),)), guess=True
    )
    one = segment.WordSegmenter(part, Lexicon())
    assert [one.words(text) for text in texts] == [whole.words(text) for text in texts]
    # And by a part of the dictionary, where there was anything to expect.
    assert (part._known is None) == ("".join(texts) == "")
    assert part._known is None or part._known[1] is not None


def test_an_import_that_is_refused_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    before = list(sys.meta_path)
    with ThreadPoolExecutor(1) as elsewhere, not_importing("colorsys"):
        with pytest.raises(ImportError):
            import_module("colorsys")
        assert elsewhere.submit(import_module, "colorsys").result().__name__ == "colorsys"
        assert import_module("colorsys").__name__ == "colorsys"
    assert sys.meta_path == before
    monkeypatch.delitem(sys.modules, "colorsys")
    assert import_module("colorsys").__name__ == "colorsys"


def test_figures_and_letters_are_settled_before_the_engines() -> None:
    text = "到2030年，PM2.5和COVID-19；8.5%、3.5‰，12/10万，４Ｇ，二〇三〇年"
    assert segmenter().words(text) == [
        "到", "2030", "年", "，", "PM2.5", "和", "COVID-19", "；", "8.5%", "、", "3.5", "‰",
        "，", "12", "/", "10", "万", "，", "４Ｇ", "，", "二", "〇", "三", "〇", "年",
    ]  # fmt: skip


def test_words_of_letters_and_characters_stay_whole() -> None:
    assert segmenter().words("做X光，买A股，PA股，C++") == [
        "做", "X光", "，", "买", "A股", "，", "PA", "股", "，", "C++",
    ]  # fmt: skip
    lexicon = Lexicon("mine", (LexiconEntry("2型糖尿病"), LexiconEntry("5G网络")))
    assert segmenter(lexicon=lexicon).words("2型糖尿病、12型糖尿病和5G网络") == [
        "2型糖尿病", "、", "12", "型", "糖尿病", "和", "5G网络",
    ]  # fmt: skip


def test_the_lexicon_keeps_words_whole_and_parts_none(fifth: Plan) -> None:
    cut = segmenter(lexicon=fifth.lexicon)
    for word in fifth.lexicon.words:
        assert cut.words(word) == [word]
    # 人权 stands in 老年人权益 for the eye alone.
    assert "人权" not in cut.words("保障老年人权益和残疾人权益")


def test_every_word_of_the_lexicon_stands_in_a_text_at_hand(plans: Corpus) -> None:
    titles = [h.title for plan in plans.values() for h in (plan.introduction, *plan.headings)]
    names = [target.indicator for plan in plans.values() for target in plan.curated_targets]
    known = "\n".join([plans["2026-2030"].text, *titles, *names])
    lexicon = plans["2026-2030"].lexicon
    assert [word for word in lexicon.words if word not in known] == []
    for word in (
        "全过程人民民主", "个人信息权益", "人权教育", "生态环境法典", "铸牢中华民族共同体意识",
    ):  # fmt: skip
        assert word in lexicon.words
    # What the dictionary would keep whole anyway needs no entry.
    plain = segmenter("jieba")
    known_words = lexicon.words & shared_tokenizer().FREQ.keys()
    assert {word for word in known_words if plain.words(word) == [word]} == set()


@pytest.mark.slow
def test_our_dictionary_is_nobody_elses(fifth: Plan) -> None:
    text = "铸牢中华民族共同体意识"
    before = segmenter("jieba").words(text)
    assert before != [text]
    assert segmenter("jieba", lexicon=fifth.lexicon).words(text) == [text]
    assert segmenter("jieba").words(text) == before
    assert jieba.lcut(text) == before
    split = set(jieba.finalseg.Force_Split_Words)
    jieba.add_word(text)
    assert segmenter("jieba").words(text) == before
    jieba.del_word(text)
    # What must not be guessed is one list for the whole process.
    jieba.finalseg.Force_Split_Words.clear()
    jieba.finalseg.Force_Split_Words.update(split)


def test_characters() -> None:
    assert CharacterSegmenter().words("到2030年。") == ["到", "2030", "年", "。"]


def test_the_name_tells_engine_and_lexicon(fifth: Plan) -> None:
    assert segmenter("jieba").name == "jieba 0.42.1 (no lexicon)"
    name = segmenter("rjieba", lexicon=fifth.lexicon).name
    assert name.startswith("rjieba 0.")
    assert fifth.lexicon.checksum[:8] in name
    assert f"{len(fifth.lexicon.entries)} words" in name


def test_without_rjieba(monkeypatch: pytest.MonkeyPatch, fifth: Plan) -> None:
    usual = cp.term_frequencies(fifth)
    for module in (engines, segment):
        monkeypatch.setattr(module, "rust_is_installed", lambda: False)
    assert segmenter().name.startswith("jieba 0.")
    assert cp.term_frequencies(fifth).table.equals(usual.table)
    assert segment.plain_segmenter(segmenter()).name.startswith("jieba 0.")
    with pytest.raises(cp.errors.MissingExtraError, match=r'pip install "crossplan\[fast\]"'):
        engines.RustEngine(Lexicon())


def test_both_engines_cut_alike_without_guessing(fifth: Plan) -> None:
    made = [one(Lexicon(), guess=False) for one in (engines.JiebaEngine, engines.RustEngine)]
    text = "\n".join(re.findall(f"[{CHINESE}]+", fifth.text))
    assert made[0].cut(text) == made[1].cut(text)
    assert made[0].cut(text) != engines.RustEngine(Lexicon()).cut(text)


def test_a_lexicon_may_be_named_in_any_way(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("高质量发展\nC#语言 # 备注\n", encoding="utf-8")
    for lexicon in (path, str(path), ["高质量发展", "C#语言"], read_lexicon(path)):
        assert segmenter(lexicon=lexicon).words("高质量发展C#语言") == ["高质量发展", "C#语言"]
    assert repr(segmenter(lexicon=path)).startswith("<segmenter ")


def test_an_unknown_segmenter_is_refused() -> None:
    with pytest.raises(cp.errors.ChoiceError, match="'jieba', 'rjieba'"):
        segmenter("pkuseg")  # type: ignore[arg-type]


def test_bad_lines_of_a_lexicon_are_told_by_number(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.txt"
    path.write_text(
        "# a remark\n人权教育 10 n\n\n人权，教育\n数字社会 1.5\n绿色 0\n人权教育\n甲 1 n x\n……\n",
        encoding="utf-8",
    )
    with pytest.raises(cp.errors.WordListError) as caught:
        read_lexicon(path)
    told = str(caught.value)
    for line, problem in {
        4: "holds a ，",
        5: "the frequency '1.5'",
        6: "the frequency '0'",
        7: "人权教育 was listed before",
        8: "is not a word, a frequency",
    }.items():
        assert f"line {line}: " in told
        assert problem in told
    assert "and 1 more" in told
    assert len(caught.value.faults) == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_lexicon_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "lexicon.txt"
    path.write_text("人权教育 10 n  # 备注\r\n雄安新区 ns\r\n", encoding=encoding)
    lexicon = read_lexicon(path)
    assert lexicon.entries == (
        LexiconEntry("人权教育", 10, "n"), LexiconEntry("雄安新区", None, "ns"),
    )  # fmt: skip
    assert lexicon.places == {"雄安新区"}


def test_lexicons_are_merged_in_any_order() -> None:
    one = Lexicon("a.txt", (LexiconEntry("人权教育", 3), LexiconEntry("雄安新区", None, "ns")))
    other = Lexicon("b.txt", (LexiconEntry("人权教育", 9), LexiconEntry("数字社会")))
    merged = one.merged(other)
    assert merged == other.merged(one) == merged.merged(one)
    assert merged.name == "a.txt + b.txt"
    assert set(merged.entries) == {
        LexiconEntry("人权教育", 9), LexiconEntry("数字社会"), LexiconEntry("雄安新区", None, "ns"),
    }  # fmt: skip
    assert one.merged(Lexicon()) == one


def test_a_series_with_a_bad_lexicon_is_refused(series: Path) -> None:
    with (series / "lexicon.txt").open("a", encoding="utf-8") as file:
        file.write("人权 教育 n x\n")
    with pytest.raises(cp.errors.WordListError, match=r"lexicon\.txt, line [0-9]+"):
        cp.load_plans(series)
