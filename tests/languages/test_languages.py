"""The language of a plan: what it settles, what it lets be done, and what is refused."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.corpora.load import packed, unpacked
from crossplan.errors import ChoiceError, LanguageError, SeriesError
from crossplan.languages.english import read_numeral
from crossplan.languages.registry import KNOWN, find_language
from crossplan.languages.scripts import guess_language
from crossplan.model import Plan
from crossplan.words.segment import BlankSegmenter

OLD = """\
CITY WATER PLAN 2021-2025
Adopted on 5 March 2021 by the Council

Contents
1. Supply of Water
2. Quality of Water

Introduction
The city has 1,200 km of pipes. Many of them, e.g. those in the U.S. quarter, are old.

1. Supply of Water
(1) The Council will repair 40 per cent of all pipes by 2025. Dr. Lee will report on it.
(2) Households' use of water will be measured, and the city’s meters will be
given to every household.
(3) The city's reservoirs will be cleaned twice a year.

2. Quality of Water
(1) Lead pipes will be replaced in schools. “No child shall drink lead.” So it is.
(2) Water will be tested every week; the results will be published.

Annex 1: Tables
(1) This is no measure.
"""
NEW = """\
CITY WATER PLAN 2026-2030
Adopted on 6 March 2026 by the Council

Introduction
The city has 1,300 km of pipes.

1. Supply of Water
(1) The Council will repair 60 per cent of all pipes by 2030. Dr. Lee will report on it.
(2) The city's reservoirs will be cleaned twice a year.

2. Quality of Drinking Water
(1) Lead pipes will be replaced in all buildings.
(2) Water will be tested every day; the results will be published.
"""
FRENCH = "Le ministère réparera les conduites de la ville avant la fin de cette année."
RUSSIAN = "Министерство отремонтирует все трубы города до конца этого года в срок."
ARABIC = "ستصلح الوزارة جميع أنابيب المدينة قبل نهاية هذا العام إن شاء الله."
JAPANESE = "市はすべての水道管を修理します。この計画は来年までに終わります。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("english")
    (folder / "water-2021-2025.txt").write_text(OLD, encoding="utf-8")
    (folder / "water-2026-2030.txt").write_text(NEW, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def english(folder: Path) -> Corpus:
    return cp.any_plan.read_plans(folder)


@pytest.fixture(scope="module")
def old(english: Corpus) -> Plan:
    return english.plans[0]


@pytest.fixture(scope="module")
def new(english: Corpus) -> Plan:
    return english.plans[1]


def as_written(plan: Plan, language: str) -> Plan:
    return replace(plan, language=language)


# What a text shows of its language.


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("加强水资源管理，完善制度，PM2.5浓度下降。", "zh"),
        ("The ministry will repair all of the pipes in the city by 2030.", "en"),
        (FRENCH, "und"),
        (RUSSIAN, "und"),
        (ARABIC, "und"),
        (JAPANESE, "und"),
        ("2030", "zh"),
        ("", "zh"),
    ],
)
def test_the_language_of_a_text_is_guessed(text: str, code: str) -> None:
    assert guess_language(text).code == code


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    guessed = guess_language(text)
    assert guessed.code in {*KNOWN, "und"}
    assert guessed.evidence
    assert find_language(guessed.code).code == guessed.code


def test_a_plan_says_what_its_language_was_guessed_from(old: Plan, fifth: Plan) -> None:
    assert old.language == "en"
    confidence = dict(old.outline_confidence)
    assert confidence["language"].startswith("guessed: en (")
    assert fifth.language == "zh"


def test_a_language_that_is_told_is_not_guessed(folder: Path) -> None:
    path = folder / "water-2021-2025.txt"
    plan = cp.read_plan(path, language="en-GB")
    assert plan.language == "en-GB"
    assert "language" not in dict(plan.outline_confidence)
    assert 'language="en-GB"' in plan.made_by
    assert {entry.language for entry in cp.any_plan.read_plans(folder, language="fr").entries} == {
        "fr"
    }


@pytest.mark.parametrize("code", ["English", "e", 1, "", "en_GB"])
def test_a_language_is_named_by_its_code(folder: Path, code: object) -> None:
    with pytest.raises(ChoiceError, match="language="):
        cp.read_plan(folder / "water-2021-2025.txt", language=code)  # type: ignore[arg-type]


def test_the_language_survives_the_cache(folder: Path, old: Plan) -> None:
    path = folder / "water-2021-2025.txt"
    assert cp.read_plan(path).language == cp.read_plan(path).language == "en"
    # The same file in another language is another plan.
    assert cp.read_plan(path, language="fr").language == "fr"
    kept = unpacked(packed(old))
    assert kept is not None
    assert kept.language == "en"


# English documents.


def test_an_english_document_is_read(old: Plan) -> None:
    assert old.title == "CITY WATER PLAN 2021-2025"
    assert (old.start_year, old.end_year) == (2021, 2025)
    assert str(old.published) == "2021-03-05"
    assert [chapter.title for chapter in old.chapters] == ["Supply of Water", "Quality of Water"]
    assert [measure.id.partition("/")[2] for measure in old.measures] == [
        *("1/1", "1/2", "1/3"),
        *("2/1", "2/2"),
    ]
    assert "Annex" not in old.text


def test_lines_of_an_english_paragraph_are_joined_with_a_blank(old: Plan) -> None:
    assert old.measures[1].text.endswith("the city’s meters will be given to every household.")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One goal. Two goals.", ["One goal. ", "Two goals."]),
        ("Is it so? Yes! It is.", ["Is it so? ", "Yes! ", "It is."]),
        ("Dr. Lee and Mr. Wu meet.", ["Dr. Lee and Mr. Wu meet."]),
        ("See No. 5 and Art. 12. Then stop.", ["See No. 5 and Art. 12. ", "Then stop."]),
        ("They said no. We went on.", ["They said no. ", "We went on."]),
        ("Pipes, e.g. Lead ones, go.", ["Pipes, e.g. Lead ones, go."]),
        ("It fell by 3.5 per cent. It rose.", ["It fell by 3.5 per cent. ", "It rose."]),
        (
            "The plan ends in 2030. A new one follows.",
            ["The plan ends in 2030. ", "A new one follows."],
        ),
        ("“We will.” They did.", ["“We will.” ", "They did."]),
        ("It is done (see above.) Next.", ["It is done (see above.) ", "Next."]),
        ("Wait… Then go.", ["Wait… ", "Then go."]),
        ("The U.S. Congress votes.", ["The U.S. Congress votes."]),
        ("Sites at www.example.org are listed.", ["Sites at www.example.org are listed."]),
        ("Tap water, etc. The rest follows.", ["Tap water, etc. ", "The rest follows."]),
        ("No full stop", ["No full stop"]),
        ("", []),
    ],
)
def test_english_sentences_are_found(text: str, sentences: list[str]) -> None:
    found = find_language("en").sentence_spans(text)
    assert [text[start:end] for start, end in found] == sentences


@given(
    st.sampled_from(["zh", "en", "fr"]),
    st.text(alphabet='aA1. !?…"”“(’)\n\u3000中文。！，；') | st.text(),
)
def test_sentences_are_the_whole_text(code: str, text: str) -> None:
    spans = list(find_language(code).sentence_spans(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert all(start < end for start, end in spans)


@given(st.text(alphabet="aZé9.,-'’&% \n_中") | st.text())
def test_words_between_blanks_are_the_whole_text(text: str) -> None:
    words = BlankSegmenter().words(text)
    assert "".join(words) == text
    assert "" not in words


@given(st.integers(1, 399))
def test_roman_numerals_are_read(number: int) -> None:
    written = ""
    rest = number
    signs = ["C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    parts = zip((100, 90, 50, 40, 10, 9, 5, 4, 1), signs, strict=True)
    for value, sign in parts:
        written += sign * (rest // value)
        rest %= value
    assert read_numeral(written) == number == read_numeral(str(number))


# Terms of English plans.


def test_english_terms_are_counted_in_lower_case_without_stop_words(old: Plan) -> None:
    result = cp.term_frequencies(old)
    counts = result.table.set_index("term")["count"]
    assert counts["water"] == 2
    assert counts["city"] == 3
    assert {"the", "of", "will", "1,200", "2025"}.isdisjoint(counts.index)
    assert "bm25s" in result.method
    assert "blanks between words" in result.segmenter


def test_english_terms_are_compared_followed_and_found(old: Plan, new: Plan) -> None:
    compared = cp.compare_terms(old, new).table.set_index("term")
    assert compared.loc["buildings", "change"] == "new"
    pairs = cp.term_frequencies([old, new], ngrams=2).table["term"].to_list()
    assert "lead pipes" in pairs
    trace = cp.trace_terms(Corpus([old, new]), ["Council", "lead pipe*"]).table
    assert trace.query("term == 'Council'")["count"].to_list() == [1, 1]
    assert trace.query("term == 'lead pipe*'")["count"].to_list() == [1, 1]
    together = cp.cooccurrence([old, new], ["Water", "tested"], minimum_count=1).table
    assert together["count"].to_list() == [2]
    beside = cp.collocations([old, new], "WATER", minimum_count=2).table
    assert "tested" in beside["collocate"].to_list()


def test_an_english_concordance_works_on_words(old: Plan) -> None:
    lines = cp.concordance(old, ["lead pipes", "Water"], width=12).table
    assert lines["match"].to_list() == ["water", "Lead pipes", "Water"]
    assert lines["left"].iloc[0] == "lds' use of "
    for row in lines.to_dict("records"):
        assert old.text[row["start"] : row["end"]] == row["match"]


def test_english_numbers_may_be_merged(old: Plan) -> None:
    words = cp.WordOptions(numbers="merge")
    counts = cp.term_frequencies(old, words=words).table.set_index("term")["count"]
    assert counts["[number]"] == 3


def test_a_term_that_was_not_counted_is_explained(old: Plan) -> None:
    result = cp.term_frequencies(old)
    with pytest.raises(cp.CrossplanError, match="it is a stop word"):
        result.chosen(["The"], 1)
    assert result.chosen(["Water"], 1) == ["water"]


# Measures and sections go on in any language.


def test_english_measures_are_matched(old: Plan, new: Plan) -> None:
    table = cp.compare_measures(old, new).table.set_index("old_id")
    assert table.loc["water-2021-2025/1/3", "status"] == "kept"
    assert table.loc["water-2021-2025/1/1", "status"] == "revised"
    assert cp.align_sections(old, new).table["relation"].to_list() == ["kept", "renamed"]


# What is refused.


@pytest.mark.parametrize(
    "ask",
    [
        lambda plan, _: cp.extract_targets(plan),
        lambda plan, _: cp.extract_targets(plan.text),
        cp.compare_targets,
        lambda plan, other: cp.trace_targets(Corpus([plan, other])),
    ],
)
def test_targets_of_english_plans_are_refused(
    old: Plan, new: Plan, ask: Callable[[Plan, Plan], object]
) -> None:
    with pytest.raises(LanguageError, match="targets are read in Chinese only") as refused:
        ask(old, new)
    assert "English ('en')" in str(refused.value)


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, ARABIC, JAPANESE])
def test_targets_of_other_texts_are_refused(text: str) -> None:
    with pytest.raises(LanguageError, match="the text is written in"):
        cp.extract_targets(text)


def test_a_text_that_shows_no_language_has_no_targets() -> None:
    assert cp.extract_targets("").table.empty
    assert cp.extract_targets("2030 %").table.empty


@pytest.mark.parametrize("code", ["fr", "ru", "ar", "und"])
def test_terms_of_a_language_that_is_not_known_are_refused(old: Plan, code: str) -> None:
    plan = as_written(old, code)
    with pytest.raises(LanguageError, match=r"cut into words in Chinese \('zh'\) and English"):
        cp.term_frequencies(plan)
    with pytest.raises(LanguageError, match="no stop words of it are known"):
        cp.term_frequencies(plan, words=cp.WordOptions(segmenter="blanks"))
    words = cp.WordOptions(segmenter="blanks", stop_words=["The"])
    assert "the" not in cp.term_frequencies(plan, words=words).table["term"].to_list()
    own = cp.WordOptions(segmenter=BlankSegmenter(), stop_words=None)
    assert "the" in cp.term_frequencies(plan, words=own).table["term"].to_list()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"segmenter": "jieba"}, "name one for it: blanks"),
        ({"segmenter": "characters"}, "whose words segmenter='characters' cannot find"),
        ({"places": "merge"}, "places are known in Chinese only"),
        ({"lexicon": ["tap water"]}, "a lexicon is for languages without blanks"),
    ],
)
def test_options_for_chinese_are_refused(old: Plan, options: dict[str, object], said: str) -> None:
    with pytest.raises(LanguageError, match=re.escape(said)):
        cp.term_frequencies(old, words=cp.WordOptions(**options))  # type: ignore[arg-type]


def test_chinese_words_are_not_parted_by_blanks(fifth: Plan) -> None:
    with pytest.raises(LanguageError, match="name one for it: jieba"):
        cp.term_frequencies(fifth, words=cp.WordOptions(segmenter="blanks"))


def test_other_cuttings_are_chinese(old: Plan, new: Plan) -> None:
    with pytest.raises(LanguageError, match="Leave robustness out"):
        cp.compare_terms(old, new, robustness=True)
    with pytest.raises(LanguageError, match="known in Chinese only"):
        cp.evaluation.construct_predecessor(old, seed=1)


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("terms", cp.compare_terms),
        ("terms", lambda one, other: cp.term_frequencies([one, other])),
        ("terms", lambda one, other: cp.concordance(Corpus([one, other]), "water")),
        ("terms", lambda one, other: cp.trace_terms(Corpus([one, other]), ["water"])),
        ("measures", cp.compare_measures),
        ("measures", lambda one, other: cp.trace_measures(Corpus([one, other]))),
        ("measures", lambda one, other: cp.any_plan.compare_all_measures(Corpus([one, other]))),
        ("sections", cp.align_sections),
        ("sections", lambda one, other: cp.trace_sections(Corpus([one, other]))),
        ("plans", lambda one, other: cp.report(Corpus([one, other]))),
    ],
)
def test_plans_in_two_languages_are_not_compared(
    old: Plan, fifth: Plan, what: str, ask: Callable[[Plan, Plan], object]
) -> None:
    with pytest.raises(
        LanguageError, match=f"{what} cannot be compared across languages"
    ) as refused:
        ask(old, fifth)
    assert "water-2021-2025" in str(refused.value)
    assert "2026-2030" in str(refused.value)


def test_variants_of_a_language_are_one_language(old: Plan, new: Plan) -> None:
    british = as_written(old, "en-GB")
    assert not cp.compare_terms(british, new).table.empty


# Series, reports and declared analyses.


def test_a_series_in_english_is_made_and_loaded(folder: Path, tmp_path: Path) -> None:
    made = cp.any_plan.new_series(tmp_path / "water", sorted(folder.glob("*.txt")))
    assert 'language = "en"' in (made.folder / "series.toml").read_text(encoding="utf-8")
    assert "language" in made.table["what"].to_list()
    plans = cp.load_plans(made.folder)
    assert {plan.language for plan in plans.plans} == {"en"}
    assert plans["water-2026-2030"].title == "CITY WATER PLAN 2026-2030"
    assert len(plans["water-2021-2025"].measures) == 5


def test_pages_in_english_are_not_fetched_or_mended(folder: Path, tmp_path: Path) -> None:
    texts = sorted(folder.glob("*.txt"))
    made = cp.any_plan.new_series(tmp_path / "water", texts)
    plan_id = texts[0].stem
    for ask in (
        lambda: cp.fetch_plans(plan_id, series=made.folder, home=tmp_path),
        lambda: cp.add_plan(plan_id, texts[0], series=made.folder, home=tmp_path),
    ):
        with pytest.raises(LanguageError, match="mended in Chinese only"):
            ask()
    assert cp.load_plans(made.folder, folder=folder)[plan_id].coverage == "full"


def test_candidates_in_english_are_several_words(english: Corpus, tmp_path: Path) -> None:
    found = cp.propose_terms(english, minimum_count=2, minimum_cohesion=0, minimum_freedom=0)
    assert "lead pipes" in found.table["term"].to_list()
    with pytest.raises(LanguageError, match="a lexicon is for languages without blanks"):
        found.to_lexicon(tmp_path / "lexicon.txt")


def test_a_series_has_one_language(folder: Path, tmp_path: Path) -> None:
    chinese = tmp_path / "节水-2026.txt"
    chinese.write_text(
        "节水计划（2026年）\n一、要求\n要节约用水。\n二、任务\n少用水。\n", encoding="utf-8"
    )
    with pytest.raises(LanguageError, match="a series has one language"):
        cp.any_plan.new_series(tmp_path / "mixed", [chinese, *folder.glob("*.txt")])
    assert not (tmp_path / "mixed").exists()


def test_the_language_of_a_series_is_a_code(folder: Path, tmp_path: Path) -> None:
    made = cp.any_plan.new_series(tmp_path / "water", sorted(folder.glob("*.txt")))
    path = made.folder / "series.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"en"', '"English"'), encoding="utf-8")
    with pytest.raises(SeriesError, match="key language"):
        cp.load_plans(made.folder)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_says_that_targets_are_not_read(english: Corpus, lang: str) -> None:
    report = cp.report(english, lang=lang)  # type: ignore[arg-type]
    said = {"en": "Targets are read in Chinese only", "zh": "量化目标只能从中文文本中读取"}[lang]
    assert report.markdown.count(said) == 4
    chapter = next(one for one in report.document.chapters if one.id == "targets")
    assert len(chapter.blocks) == 1
    assert 'lang="zh-Hans"' not in report.html.partition("<body")[2] or lang == "zh"
    assert "history" not in [chapter.id for chapter in report.document.chapters]


def test_a_report_in_a_language_that_is_not_known_has_no_terms(old: Plan, new: Plan) -> None:
    french = Corpus([as_written(old, "fr"), as_written(new, "fr")])
    assert "Texts are cut into words in" in cp.report(french, lang="en").markdown


def test_a_declared_analysis_leaves_targets_out(folder: Path, tmp_path: Path) -> None:
    documents = "".join(
        f'[[documents]]\nid = "{year}"\nfile = "water-{year}-{year + 4}.txt"\n'
        f"period = [{year}, {year + 4}]\n"
        for year in (2021, 2026)
    )
    path = tmp_path / "water.toml"
    path.write_text(
        'published = 2026-11-27\nlang = "en"\n[title]\nzh = "水"\nen = "Water"\n'
        f'[description]\nzh = "水"\nen = "Water"\n{documents}'
        '[words]\nsegmenter = "blanks"\n'
        '[[traces]]\nname = "targets"\nof = "targets"\n'
        '[[traces]]\nname = "measures"\nof = "measures"\n'
        '[[frequencies]]\nname = "terms"\n',
        encoding="utf-8",
    )
    done = cp.run_analysis(path, texts=folder)
    left = {one.step: one.reason for one in done.left_out}
    assert left == {
        "targets": "targets are read in Chinese only, and 2021, 2026 are written in English ('en')"
    }


# Where Chinese may stand in the code.

SOURCE = Path(cp.__file__).parent
CHINESE = re.compile("[\u2e80-\u2fdf\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]")
WIDE_MARK = re.compile("[\u3000-\u303f\u30fb\uff00-\uffef]")
ESCAPED = re.compile(r"\\u(?:3[4-9]|[4-9])[0-9a-f]{2}", re.IGNORECASE)
# These packages print, in both languages; what the others hold reads plans.
PRINTING = {"cli", "display", "figures", "narration", "pipeline", "reporting"}
# These modules declare tables, in both languages.
DECLARING = {"tables", "columns"}
# Labels that stand in no call or table which is known by its form.
LABELS = {
    "matching/construction.py": "the title of a constructed plan",
    "pairing/decisions.py": "what a reviewer may write in a spreadsheet",
    "targets/descriptions.py": "targets in words",
    "words/collocations_figure.py": "a caption",
}
# Marks of full width that stand in any text, whatever its language.
MARKS = {
    "corpora/clean.py": "blanks",
    "corpora/wordlists.py": "what no word holds",
    "corpora/marks.py": "bullets",
    "corpora/store.py": "what names of files hold",
    "guessing/front_matter.py": "brackets around years",
    "guessing/numbering.py": "full stops behind numbers, dashes and bullets",
    "matching/sections_figure.py": "a plus sign in a figure",
    "readers/html.py": "brackets around footnotes",
    "targets/trace.py": "brackets around an id",
}


def strings_that_read(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are neither documentation nor a label or message."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Module() | ast.ClassDef() | ast.FunctionDef():
                said |= {one for one in node.body[:1] if isinstance(one, ast.Expr)}
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in {
                *("in_language", "t", "join"),
                *("Title", "Column", "ViewColumn", "Table", "FigureKind", "ResultKind"),
            } or name.endswith("Error"):
                said.add(node)
            case ast.keyword(arg="zh"):
                said.add(node)
            case ast.Assign(targets=[ast.Name(id="_REMEDY" | "_EXAMPLES")]):
                said.add(node)
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                said |= {v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "zh"}
    inside = {below for node in said for below in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            yield node.value


def reading_modules_with(characters: re.Pattern[str]) -> set[str]:
    return {
        name
        for path in SOURCE.rglob("*.py")
        if (name := path.relative_to(SOURCE).as_posix()).partition("/")[0]
        not in {"languages", *PRINTING}
        and path.stem not in DECLARING
        and any(map(characters.search, strings_that_read(path)))
    }


def test_what_reads_chinese_stands_with_the_languages() -> None:
    assert reading_modules_with(CHINESE) == LABELS.keys()


def test_marks_of_full_width_are_read_where_they_are_of_no_language() -> None:
    assert reading_modules_with(WIDE_MARK) - LABELS.keys() == MARKS.keys()


def test_no_pattern_or_range_outside_the_languages_is_chinese() -> None:
    for path in SOURCE.rglob("*.py"):
        if "languages" in path.relative_to(SOURCE).parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert not ESCAPED.search(text), path.name
        for node in ast.walk(ast.parse(text)):
            match node:
                case (
                    ast.Set()
                    | ast.Call(
                        func=ast.Attribute(value=ast.Name(id="re"))
                        | ast.Name(id="frozenset" | "set")
                    )
                ):
                    assert not CHINESE.search(ast.unparse(node)), path.name
