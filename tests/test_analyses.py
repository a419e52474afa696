"""Declared analyses: what is refused and where, what is written, and what a check finds."""

import csv
import hashlib
import inspect
import io
import json
import math
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material import REPORTS, report_path, run
from msgspec.structs import replace
from processes import SECONDS, signals_by_default, started
from results_folder import PLAIN

import crossplan as cp
from crossplan.errors import AnalysisError, CrossplanError, MissingExtraError, OutputError
from crossplan.matching.measure_links import MINIMUM_SCORE
from crossplan.pipeline import declaration
from crossplan.pipeline import folder as folder_of_pipeline
from crossplan.pipeline.consistency import require_consistency, require_plans
from crossplan.pipeline.faults import line_of
from crossplan.pipeline.folder import exchanged, folder_in_the_making
from crossplan.pipeline.manifest import CRATE, DESCRIPTIONS, MANIFEST, PACKAGE, Input, Manifest
from crossplan.pipeline.material import series_of
from crossplan.pipeline.reading import read_declaration
from crossplan.pipeline.readme import Readme
from crossplan.pipeline.rendering import csv_bytes, parquet_bytes
from crossplan.pipeline.run import AnalysisRun
from crossplan.pipeline.steps import Steps, WordChoices
from crossplan.result import Result

ROOT = Path(__file__).parent.parent
SOURCE = Path(cp.__file__).parent
SHIPPED = sorted((ROOT / "analyses").glob("*.toml"))

HEAD = """\
published = 2026-11-27
series = "national-human-rights-action-plans"

[title]
zh = "构造的分析"
en = "A constructed analysis"

[description]
zh = "为测试而构造。"
en = "Made for the tests."
"""
TRACE = """
[[traces]]
name = "sections"
of = "sections"
"""
COMPARISON = """
[[comparisons]]
name = "measures"
of = "measures"
old = "2001"
new = "2002"
"""
# Two constructed documents, which take no time.
DOCUMENTS = HEAD.replace('series = "national-human-rights-action-plans"\n', "") + "".join(
    f"""
[[documents]]
id = "{year}"
file = "{year}.txt"
period = [{year}, {year}]
"""
    for year in (2001, 2002)
)
SMALL = f"""{DOCUMENTS}{COMPARISON}
[[comparisons]]
name = "words"
of = "terms"
old = "2001"
new = "2002"
"""
NO_FIGURES = "\n[outputs]\nfigures = []\n"
PARQUET = '\n[outputs]\ntables = ["csv", "parquet"]\nfigures = []\n'
TEXTS = {
    "2001": "构造的计划\n一、水\n——节约用水，降低漏损。\n——保护水源。\n二、林\n——种植树木。\n",
    "2002": "构造的计划\n一、水\n——节约用水，降低漏损。\n——治理水源。\n二、林\n——养护树木。\n",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with constructed documents."""
    for year, text in TEXTS.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def declared(place: Path, text: str, name: str = "trial") -> Path:
    path = place / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def files_of(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def refusal(path: Path, **options: Any) -> AnalysisError:
    with pytest.raises(AnalysisError) as caught:
        cp.run_analysis(path, **options)
    return caught.value


# What is refused


@pytest.mark.parametrize(
    "case",
    [
        ('series = "nat', 'seires = "nat', 2, "seires", "there is no such key"),
        ('name = "sections"', 'nmae = "sections"', 13, "traces[0].nmae", "no such key here"),
        ("published = 2026-11-27\n", "", 1, "published", "the key is missing"),
        ("= 2026-11-27", '= "27.11.2026"', 1, "published", "such as 2026-11-27"),
        ('en = "A constructed analysis"\n', "", 4, "title.en", "the key is missing"),
        ('name = "sections"\n', "", 12, "traces[0].name", "the key is missing"),
        ('of = "sections"\n', "", 12, "traces[0].of", "the key is missing"),
        ("2026-11-27", "20261127", 1, "published", "expected a day"),
        ("2026-11-27", "2026-11-27T08:00:00", 1, "published", "got a time"),
        ("2026-11-27", "2026-13-27", 1, "", "this is no TOML"),
        (
            'of = "sections"',
            'of = "chapters"',
            14,
            "traces[0].of",
            "'measures', 'targets', 'terms'",
        ),
        ('of = "sections"', "of = 1", 14, "traces[0].of", "expected a text, got a whole number"),
        ('of = "sections"', 'of = "sections', 14, "", "this is no TOML"),
        ("[[traces]]", "[traces]", 12, "traces", "expected a list, got a table"),
        ("[[traces]]", "[[steps]]", 12, "steps", "Choose from: published, title"),
        (
            "published",
            'lang = "fr"\npublished',
            1,
            "lang",
            "'fr' is not possible. Choose from: 'en', 'zh'",
        ),
        ("published", "corrections = 1\npublished", 1, "corrections", "expected true or false"),
        ('series = "nat', 'series = "x', 2, "series", "Shipped series: national-human-rights"),
        ('series = "nat', 'series = "/x', 2, "series", "begins at the root"),
        ('series = "nat', 'series = "C:\\\\', 2, "series", "begins at the root"),
        (TRACE, "", 1, "", "nothing is to be done"),
        ('name = "sections"', 'name = "Sections"', 13, "traces[0].name", "cannot name files"),
        ('name = "sections"', 'name = "../x"', 13, "traces[0].name", "cannot name files"),
        ('name = "sections"', 'name = "con"', 13, "traces[0].name", "cannot name files"),
        (
            'of = "sections"',
            'of = "sections"\nterms = ["法"]',
            15,
            "traces[0].terms",
            "no such key",
        ),
        ('of = "sections"', 'of = "terms"', 12, "traces[0]", "names neither"),
        ('of = "sections"', 'of = "terms"\nterms = [""]', 15, "traces[0].terms[0]", "not blank"),
        ('of = "sections"', 'of = "terms"\nterms = [" "]', 15, "traces[0].terms[0]", "not blank"),
        ('of = "sections"', 'of = "terms"\nterms = ["，"]', 15, "traces[0].terms[0]", "is no term"),
        ('zh = "构造的分析"', 'zh = ""', 5, "title.zh", "a text that is not blank"),
        ("published", 'authors = [" "]\npublished', 1, "authors[0]", "that is not blank"),
        ("2026-11-27", "08:00:00", 1, "published", "got a time of day"),
        ('of = "sections"', "of = []", 14, "traces[0].of", "got a list"),
        ("2026-11-27", "9" * 5000, 1, "", "more digits than can be read"),
        ('of = "sections"', f"of = {'[' * 200}{']' * 200}", 14, "", "nested too deeply"),
        ('series = "nat', f'series = "{"x" * 5000}', 2, "series", "Shipped series"),
        (
            'of = "sections"\n',
            f'of = "sections"\n[texts]\nfolder = "{"x" * 5000}"\n',
            16,
            "texts.folder",
            "there is no folder",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[texts]\nfolder = "nowhere"\n',
            16,
            "texts.folder",
            "there is no folder 'nowhere'",
        ),
        (
            'name = "sections"',
            '"a.b[0] `x` - at `$.y" = 1',
            13,
            "traces[0].a.b[0] `x` - at `$.y",
            "there is no such key",
        ),
        ('name = "sections"', '"a\\n\\u001b" = 1', 13, "traces[0].a \\x1b", "no such key"),
        ("published", '"x` - at `$.y" = 1\npublished', 1, "x` - at `$.y", "no such key"),
        (
            'of = "sections"',
            'of = "sections"\nplans = [\n  "2016-2020",\n  "2031-2035",\n]',
            15,
            "traces[0].plans[1]",
            "there is no plan '2031-2035'. Choose from: 2009-2010",
        ),
        (
            'of = "sections"',
            'of = "sections"\nplans = ["2016-2020"]',
            15,
            "traces[0].plans",
            "two plans or more",
        ),
        (
            'of = "sections"',
            'of = "sections"\nplans = ["2016-2020", "2016-2020"]',
            15,
            "traces[0].plans",
            "stands there twice",
        ),
        ("published", 'plans = ["2031-2035"]\npublished', 1, "plans[0]", "there is no plan"),
        (
            'of = "sections"\n',
            'of = "sections"\n[[traces]]\nof = "targets"\nname = "sections"\n',
            17,
            "traces[1].name",
            "would be named like those of 'sections'",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[[traces]]\nof = "targets"\nname = "sections-heatmap"\n',
            17,
            "traces[1].name",
            "would be named like those of 'sections'",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[outputs]\ntables = []\n',
            16,
            "outputs.tables",
            "length >= 1",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[outputs]\nfigures = ["svg", "svg"]\n',
            16,
            "outputs.figures",
            "'svg' stands there twice",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[texts]\nfolder = "/texts"\n',
            16,
            "texts.folder",
            "begins at the root",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[words]\nlexicon = "nowhere.txt"\n',
            16,
            "words.lexicon",
            "there is no file nowhere.txt",
        ),
        (
            'of = "sections"\n',
            'of = "sections"\n[words]\nstop_words = "../words.txt"\n',
            16,
            "words.stop_words",
            "cannot be kept with the results",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(
    tmp_path: Path, case: tuple[str, str, int, str, str]
) -> None:
    before, after, line, key, words = case
    text = HEAD + TRACE
    assert before in text
    error = refusal(declared(tmp_path, text.replace(before, after, 1)))
    assert (error.line, error.key) == (line, key)
    assert words in str(error)
    assert f"trial.toml, line {line}" in str(error)


COMPARED = f"""{HEAD}
[[comparisons]]
name = "one"
of = "KIND"
old = "2016-2020"
new = "2026-2030"
MORE
"""


@pytest.mark.parametrize(
    "case",
    [
        ("sections", 'decisions = "d.csv"', 17, "decisions", "there is no such key here"),
        ("measures", "minimum_log_ratio = 1.0", 17, "minimum_log_ratio", "no such key here"),
        ("terms", "minimum_log_ratio = nan", 17, "minimum_log_ratio", "a number"),
        ("terms", "alpha = 2", 17, "alpha", "a number"),
        ("terms", 'groups = "series"\nngrams = 2', 18, "ngrams", "know how long"),
        ("terms", 'groups = "series"\nrobustness = true', 18, "robustness", "other ways"),
        ("terms", "ngrams = [2, 1]", 17, "ngrams", "comes before the shortest"),
        ("terms", "ngrams = [1, 2, 3]", 17, "ngrams", "length <= 2"),
        ("terms", "ngrams = [1, 0]", 17, "ngrams[1]", "a whole number >= 1"),
        ("terms", f"ngrams = {2**80}", 17, "ngrams", "a whole number <= 10"),
        ("terms", 'ngrams = "two"', 17, "ngrams", "a whole number or a list, got a text"),
        ("targets", 'decisions = "d.csv"', 17, "decisions", "there is no file d.csv"),
        ("targets", 'decisions = ["d.csv"]', 17, "decisions", "expected a text, got a list"),
        ("targets", 'decisions = "tables/d.csv"', 17, "decisions", "cannot be kept"),
        ("targets", 'decisions = "readme.MD"', 17, "decisions", "cannot be kept"),
        ("targets", 'without_text = "skip"', 17, "without_text", "'leave out', 'refuse'"),
        ("measures", "", 12, "", "needs the text of 2016-2020, which is not at hand"),
        ("terms", "", 12, "", "crossplan fetch 2016-2020"),
    ],
)
def test_options_that_do_not_fit_a_step_are_refused(
    tmp_path: Path, case: tuple[str, str, int, str, str]
) -> None:
    kind, more, line, key, words = case
    error = refusal(declared(tmp_path, COMPARED.replace("KIND", kind).replace("MORE", more)))
    assert (error.line, error.key) == (line, ".".join(filter(None, ["comparisons[0]", key])))
    assert words in str(error)


@pytest.mark.parametrize(
    "case",
    [
        ('old = "2001"', 'old = "2002"', 25, "comparisons[0].new", "with itself"),
        ('id = "2002"', 'id = "2001"', 17, "documents[1].id", "two documents have the id 2001"),
        ('id = "2002"', 'id = "../2002"', 17, "documents[1].id", "cannot be the id"),
        ("[2002, 2002]", "[2002, 2001]", 19, "documents[1].period", "ends before it starts"),
        ("[2002, 2002]", "[2002]", 19, "documents[1].period", "length >= 2"),
        ("[2002, 2002]", "[0, 2002]", 19, "documents[1].period[0]", "a whole number >= 1"),
        ('file = "2002.txt"', 'file = "/2002.txt"', 18, "documents[1].file", "in the folder"),
        ('file = "2002.txt"', 'file = "../2002.txt"', 18, "documents[1].file", "in the folder"),
        (
            "[2002, 2002]\n",
            f'[2002, 2002]\nsha256 = "{"0" * 64}"\n',
            20,
            "documents[1].sha256",
            "is another file: its checksum is "
            + hashlib.sha256(TEXTS["2002"].encode()).hexdigest(),
        ),
        ("[2002, 2002]\n", '[2002, 2002]\nsha256 = "0"\n', 20, "documents[1].sha256", "sha256sum"),
        (
            "published",
            'series = "national-human-rights-action-plans"\npublished',
            1,
            "series",
            "names both",
        ),
        (
            'of = "terms"',
            'of = "terms"\ngroups = "series"',
            30,
            "comparisons[1].groups",
            "no series with term groups",
        ),
        (
            "[2002, 2002]\n",
            '[2002, 2002]\nsource = "https://a b/"\n',
            20,
            "documents[1].source",
            "begins as an address and is none",
        ),
        (
            "[2002, 2002]\n",
            '[2002, 2002]\nsource = "https://"\n',
            20,
            "documents[1].source",
            "begins as an address and is none",
        ),
        ('id = "2002"', 'id = "term"', 17, "documents[1].id", "of which tables name a column"),
        ('id = "2002"', 'id = "lineage"', 17, "documents[1].id", "of which tables name a column"),
        ('file = "2002.txt"', 'file = "2003.txt"', 18, "documents[1].file", "has no 2003.txt"),
    ],
)
def test_documents_are_checked(place: Path, case: tuple[str, str, int, str, str]) -> None:
    before, after, line, key, words = case
    assert before in SMALL
    error = refusal(declared(place, SMALL.replace(before, after, 1)))
    assert (error.line, error.key) == (line, key)
    assert words in str(error)


def test_an_analysis_without_plans_says_where_they_come_from(tmp_path: Path) -> None:
    text = (HEAD + TRACE).replace('series = "national-human-rights-action-plans"\n', "")
    assert "names neither" in str(refusal(declared(tmp_path, text)))


def test_decisions_of_a_trace_name_plans_of_it(place: Path) -> None:
    (place / "d.csv").write_text("", encoding="utf-8")
    pair = '[[traces.decisions]]\nold = "2001"\nnew = "2003"\nfile = "d.csv"\n'
    trace = f'\n[[traces]]\nname = "measures"\nof = "measures"\n{pair}'
    error = refusal(declared(place, DOCUMENTS + trace))
    assert error.key == "traces[0].decisions[0].new"
    twice = trace.replace("2003", "2002") + pair.replace("2003", "2002")
    assert "stands there twice" in str(refusal(declared(place, DOCUMENTS + twice)))


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"a = [" * 5000, b"[" * 100_000, b"\x00", "published = 二".encode()]
)
def test_what_is_no_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "trial.toml"
    path.write_bytes(data)
    with pytest.raises(CrossplanError, match=r"trial\.toml"):
        cp.run_analysis(path)


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "trial.toml"
    text = (HEAD + TRACE).replace('of = "sections"', 'of = "chapters"').replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert refusal(path).line == 14


def test_a_missing_file_names_those_at_hand(tmp_path: Path) -> None:
    shelf = tmp_path / "analyses"
    shelf.mkdir()
    declared(shelf, HEAD, "mine")
    with pytest.raises(cp.errors.UnknownAnalysisError, match=r"analyses.mine\.toml"):
        cp.run_analysis(tmp_path / "nowhere.toml")
    with pytest.raises(cp.errors.UnreadableTextError):
        cp.run_analysis(shelf)


def test_nothing_is_computed_for_a_declaration_that_is_wrong_at_its_end(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Steps, "take", lambda *_: pytest.fail("a step was taken"))
    refusal(declared(place, f'{SMALL}\n[[frequencies]]\nname = "last"\nplans = ["2003"]\n'))


def test_a_broken_list_of_words_is_refused_before_anything_is_computed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Steps, "take", lambda *_: pytest.fail("a step was taken"))
    (place / "lexicon.txt").write_text("水，源\n", encoding="utf-8")
    path = declared(place, f'{SMALL}\n[words]\nlexicon = "lexicon.txt"\n')
    with pytest.raises(cp.errors.WordListError, match=r"lexicon\.txt, line 1"):
        cp.run_analysis(path)


VALUES = (
    "1",
    '"[x]"',
    "'[#'",
    '"\\"["',
    "[\n1,\n2,\n]",
    '[ # "]\n"]",\n]',
    '"""\nk9 = 1\n[[t]]\n"""',
    '""""[""\\"""\n"""""',
    "'''\n\\[\n''''",
    "{a = 1}",
)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "# a = 1\n", "\n\n", '# """\n']),
            st.sampled_from(VALUES),
        ),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
def test_every_key_is_found_on_its_line(statements: list[tuple[str, str]], windows: bool) -> None:  # noqa: FBT001
    text, lines = "", {}
    for number, (before, value) in enumerate(statements):
        text += f"{before}"
        lines[f"k{number}"] = text.count("\n") + 1
        text += f"k{number} = {value}\n"
    whole = text + "[[t]]\n" + text
    if windows:
        whole = whole.replace("\n", "\r\n")
    for key, line in lines.items():
        assert line_of(whole, (key,)) == line
        assert line_of(whole, ("t", 0, key)) == line + text.count("\n") + 1
        assert line_of(whole, ("t", 0, key, "nothing")) == line + text.count("\n") + 1
    assert line_of(whole, ("nothing", 1)) == 1


def test_the_line_of_a_key_is_found_with_few_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "terms = [\n" + '"法",\n' * 10_000 + ']\n[[steps]]\nname = "x"\n'
    readings: list[str] = []
    loads = tomllib.loads

    def counted(part: str) -> dict[str, Any]:
        readings.append(part)
        return loads(part)

    monkeypatch.setattr("crossplan.pipeline.faults.tomllib.loads", counted)
    assert line_of(text, ("terms", 9000)) == 1
    assert line_of(text, ("steps", 0, "name")) == 10_004
    assert len(readings) < 20


def decided(place: Path, text: str) -> AnalysisError:
    """Give the refusal of an analysis for its file of decisions."""
    (place / "d.csv").write_text(text, encoding="utf-8")
    path = declared(place, SMALL.replace('of = "measures"', 'of = "measures"\ndecisions = "d.csv"'))
    return refusal(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "d.csv"),
        ("old_id,new_id\n", "row 1: there is no column decision"),
        ("old_id,new_id,decision,link_to\n2001/9.9/1,,reject,\n", "row 2"),
    ],
)
def test_decisions_that_do_not_fit_are_refused_before_anything_is_computed(
    place: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.setattr(Steps, "take", lambda *_: pytest.fail("a step was taken"))
    error = decided(place, text)
    assert (error.line, error.key) == (24, "comparisons[0].decisions")
    assert words in str(error)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000])
def test_groups_that_cannot_be_parsed_are_refused(place: Path, value: str) -> None:
    (place / "groups.toml").write_text(f"x = {value}\n", encoding="utf-8")
    path = declared(place, SMALL.replace('of = "terms"', 'of = "terms"\ngroups = "groups.toml"'))
    with pytest.raises(cp.errors.WordListError, match=r"groups\.toml, a number has too many"):
        cp.run_analysis(path)


@pytest.mark.parametrize("of", ["measures", "targets"])
def test_decisions_of_traces_are_read_first(
    place: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    monkeypatch.setattr(Steps, "take", lambda *_: pytest.fail("a step was taken"))
    (place / "d.csv").write_text("x\n", encoding="utf-8")
    pair = '[[traces.decisions]]\nold = "2001"\nnew = "2002"\nfile = "d.csv"\n'
    error = refusal(declared(place, f'{DOCUMENTS}[[traces]]\nname = "a"\nof = "{of}"\n{pair}'))
    assert error.key == "traces[0].decisions[0].file"


def test_files_whose_names_differ_by_capitals_are_refused(place: Path) -> None:
    for name in ("d.csv", "D.csv"):
        (place / name).write_text("", encoding="utf-8")
    text = SMALL.replace('of = "measures"', 'of = "measures"\ndecisions = "d.csv"')
    text += COMPARISON.replace('"measures"\nof', '"again"\nof') + 'decisions = "D.csv"\n'
    error = refusal(declared(place, text))
    assert error.key == "comparisons[2].decisions"
    assert "D.csv and d.csv are one file" in str(error)


def test_a_file_of_another_ending_is_no_analysis(place: Path) -> None:
    path = place / "trial.txt"
    path.write_text(SMALL, encoding="utf-8")
    with pytest.raises(cp.errors.UnreadableTextError, match=r"ends with \.toml"):
        cp.run_analysis(path)


def test_only_the_copy_in_a_folder_of_results_goes_by_the_name_of_its_folder(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    assert read_declaration(made[2] / "analysis.toml").name == "trial"
    assert read_declaration(declared(place, SMALL, "analysis")).name == "analysis"


def test_a_link_stands_for_the_analysis_it_leads_to(place: Path) -> None:
    link = place / "elsewhere" / "mine.toml"
    link.parent.mkdir()
    link.symlink_to(declared(place, SMALL))
    read = read_declaration(link)
    assert read.name == "trial"
    assert read.at("2001.txt").is_file()


# What the schema and the library agree on


def test_defaults_are_those_of_the_functions() -> None:
    term = declaration.TermComparison(name="a", old="b", new="c")
    parameters = inspect.signature(cp.compare_terms).parameters
    for name in ("ngrams", "robustness", "alpha", "minimum_log_ratio"):
        assert getattr(term, name) == parameters[name].default
    frequencies = declaration.Frequencies(name="a")
    parameters = inspect.signature(cp.term_frequencies).parameters
    assert (frequencies.by, frequencies.ngrams) == (
        parameters["by"].default,
        parameters["ngrams"].default,
    )
    words, options = WordChoices(), cp.WordOptions()
    for name in ("lexicon", "stop_words", "numbers", "places"):
        assert getattr(words, name) == getattr(options, name)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_analyses_are_sound(path: Path) -> None:
    read = read_declaration(path)
    require_consistency(read)
    require_plans(read, series_of(read))
    readme = (ROOT / "analyses" / "README.md").read_text(encoding="utf-8")
    assert f"[`{path.name}`]({path.name})" in readme


def test_the_older_plan_is_the_older_one(place: Path) -> None:
    text = SMALL.replace('old = "2001"\nnew = "2002"', 'old = "2002"\nnew = "2001"', 1)
    assert "with an older plan, and 2002 is none" in str(refusal(declared(place, text)))


def test_documents_without_measures_are_not_compared_by_them(place: Path) -> None:
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text.replace("——", ""), encoding="utf-8")
    error = refusal(declared(place, SMALL))
    assert (error.line, error.key) == (11, "documents[0].measures")
    assert 'Write measures = "paragraphs"' in str(error)


# What is written


@pytest.fixture
def made(place: Path) -> tuple[Path, AnalysisRun, Path]:
    """An analysis of constructed documents, run and saved, without figures."""
    path = declared(place, SMALL + PARQUET)
    done = cp.run_analysis(path)
    return path, done, done.save(place / "results" / "trial")


def test_the_folder_has_what_its_manifest_says(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, done, saved = made
    written = files_of(saved)
    assert written == dict(done.files)
    manifest = Manifest.from_json(written[MANIFEST])
    assert manifest == done.manifest
    assert {output.path for output in manifest.outputs} | set(DESCRIPTIONS) == set(written)
    for output in manifest.outputs:
        data = written[output.path]
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (output.sha256, output.size)
    assert written["analysis.toml"] == path.read_bytes()
    assert manifest.parameters["comparisons"][1]["alpha"] == 0.05
    assert manifest.parameters["method"]["matching.measure_links.MINIMUM_SCORE"] == MINIMUM_SCORE
    texts = {given.plan: given.sha256 for given in manifest.inputs if given.role == "text"}
    assert texts == {
        year: hashlib.sha256(text.encode()).hexdigest() for year, text in TEXTS.items()
    }


def test_tables_say_what_the_results_say(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, saved = made
    for step in ("measures", "words"):
        result = done.results[step]
        assert isinstance(result, Result)
        expected = result.table
        data = (saved / "tables" / f"{step}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(data)))
        assert list(rows[0]) == list(expected)
        for row, values in zip(rows, expected.to_dict("records"), strict=True):
            for name, value in values.items():
                assert row[str(name)] == as_cell(value)
        pd.testing.assert_frame_equal(
            pd.read_parquet(saved / "tables" / f"{step}.parquet"), expected, check_dtype=False
        )
    assert {"true", "false"} >= {row["to_review"] for row in csv_rows(saved, "measures")}


def as_cell(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def csv_rows(saved: Path, name: str) -> list[dict[str, str]]:
    data = (saved / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(data)))


CELLS = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
    st.floats(allow_nan=False),
    st.one_of(st.none(), st.integers(-(2**62), 2**62)),
    st.one_of(st.none(), st.booleans()),
)


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=5))
def test_no_figure_and_no_letter_is_lost_in_a_table(rows: list[Any]) -> None:
    types = {"text": "string", "number": "float64", "count": "Int64", "moved": "boolean"}
    columns: dict[str, Any] = dict(zip(types, zip(*rows, strict=True), strict=True))
    table = pd.DataFrame({name: pd.array(columns[name], dtype=types[name]) for name in types})
    _, *cells = csv.reader(io.StringIO(csv_bytes(table).decode("utf-8")))
    for (text, number, count, moved), row in zip(rows, cells, strict=True):
        assert row[0] == text
        assert float(row[1]) == number
        assert row[2] == ("" if count is None else str(count))
        assert row[3] == ("" if moved is None else str(moved).lower())
    again = pd.read_parquet(io.BytesIO(parquet_bytes(table)))
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_parquet_is_written_where_it_is_asked_for_and_pyarrow_is_there(
    capsys: pytest.CaptureFixture[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = declared(place, SMALL + NO_FIGURES)
    usual = cp.run_analysis(path)
    assert not [name for name in usual.files if name.endswith(".parquet")]
    asked = declared(place, SMALL + PARQUET, "asked")
    assert usual.manifest.packages == {
        name: told
        for name, told in cp.run_analysis(asked).manifest.packages.items()
        if name != "pyarrow"
    }
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("crossplan.pipeline.running.gather", lambda *_: pytest.fail("computed"))
    line = SMALL.count("\n") + 3
    with pytest.raises(MissingExtraError) as caught:
        cp.run_analysis(asked)
    assert f"asked.toml, line {line}, key outputs.tables: the form 'parquet'" in str(caught.value)
    code, out, err = run(capsys, "run", str(asked), "-o", str(place / "out"))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith('Install it: pip install "crossplan[parquet]".\n')
    assert not (place / "out").exists()


def test_a_run_shows_itself(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, _ = made
    assert repr(done) == "<AnalysisRun: 构造的分析 trial: 2 steps, 2 tables>"
    assert "tables/measures.csv" in done._repr_html_()
    assert list(done.table["path"]) == [output.path for output in done.manifest.outputs]


def test_files_of_decisions_and_words_are_kept_so_that_the_copy_runs(place: Path) -> None:
    (place / "decisions").mkdir()
    old, new = (
        cp.read_plan(place / f"{year}.txt", plan_id=year, period=(int(year), int(year)))
        for year in TEXTS
    )
    cp.compare_measures(old, new).to_review(place / "decisions" / "measures.csv")
    (place / "groups.toml").write_text(
        '[[groups]]\nname = "水"\nterms = ["水源", "用水"]\n', encoding="utf-8"
    )
    text = (SMALL + NO_FIGURES).replace(
        'of = "measures"', 'of = "measures"\ndecisions = "./decisions/measures.csv"'
    )
    text = text.replace('of = "terms"', 'of = "terms"\ngroups = "groups.toml"')
    done = cp.run_analysis(declared(place, text))
    saved = done.save(place / "results" / "trial")
    roles = {given.name: given.role for given in done.manifest.inputs}
    assert roles["decisions/measures.csv"] == "decisions"
    assert roles["groups.toml"] == "words"
    assert (saved / "tables" / "words-overlaps.csv").is_file()
    again = cp.run_analysis(saved / "analysis.toml", texts=place)
    assert again.files == done.files


def test_a_document_is_cited_by_its_declared_source(place: Path) -> None:
    address = "https://example.org/2001"
    text = SMALL.replace('file = "2001.txt"', f'file = "2001.txt"\nsource = "{address}"')
    done = cp.run_analysis(declared(place, text))
    (given,) = (one for one in done.manifest.inputs if one.plan == "2001")
    assert (given.name, given.address) == ("2001.txt", address)
    figure = next(one for one in done.manifest.outputs if one.kind == "figure")
    assert address in figure.title_en
    assert address in done.files["README.md"].decode("utf-8")


def test_what_people_wrote_stays_text_in_the_readme(place: Path) -> None:
    text = SMALL.replace('"A constructed analysis"', '"- x"').replace('"为测试而构造。"', '"==="')
    text = text.replace('"Made for the tests."', '"1. y"')
    for lang, lines in (("en", [r"1\. y"]), ("zh", [r"\- x", r"\==="])):
        path = declared(place, f'lang = "{lang}"\nauthors = ["- A"]\n{text}{NO_FIGURES}')
        readme = cp.run_analysis(path).files["README.md"].decode("utf-8").splitlines()
        assert {*lines} <= {*readme}
        assert any(line.startswith(r"\- A") for line in readme)


def test_an_address_that_is_none_is_no_markup_in_the_readme() -> None:
    text = Input(role="text", name="x", sha256="0" * 64, address="https://a/|<b>\n# c")
    readme = Readme(replace(PLAIN, inputs=(text,)), {})
    assert readme.named(text)[-1] == "<https://a/%7C%3Cb%3E#%20c>"
    nowhere = replace(text, address="https://<b>|")
    assert readme.named(nowhere)[-1] == "<https://%3Cb%3E%7C>"
    assert readme.named(replace(text, address="ftp:*a*"))[-1] == r"ftp:\*a\*"


def test_a_text_of_the_data_folder_is_named_with_its_own_apparatus(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [keep_text(tmp_path / day, shipped, day) for day in ("2026-01-01", "2026-02-02")]
    path = declared(tmp_path, HEAD + TRACE + NO_FIGURES)
    made = []
    for place in places:
        monkeypatch.setenv("CROSSPLAN_HOME", str(place))
        made.append(cp.run_analysis(path))
    series = "national-human-rights-action-plans"
    named = {given.name for given in made[0].manifest.inputs if given.plan == "2026-2030"}
    assert {
        f"{series}/2026-2030/mine/text.txt",
        f"{series}/2026-2030/mine/corrections.toml",
    } <= named
    assert f"{series}/2026-2030/corrections.toml" not in named
    assert made[0].files == made[1].files


def test_the_apparatus_of_the_series_is_named_with_a_text_of_ones_own(
    tmp_path: Path, shipped: Path
) -> None:
    shutil.copy(shipped / "2026-2030" / "text.txt", tmp_path / "2026-2030.txt")
    done = cp.run_analysis(declared(tmp_path, HEAD + TRACE + NO_FIGURES), texts=tmp_path)
    named = [given.name for given in done.manifest.inputs]
    assert "2026-2030.txt" in named
    assert "national-human-rights-action-plans/2026-2030/corrections.toml" in named


def keep_text(home: Path, shipped: Path, day: str) -> Path:
    """Put the shipped text into a data folder, with an apparatus of its own."""
    plan = home / "national-human-rights-action-plans" / "2026-2030"
    witness = plan / "mine"
    witness.mkdir(parents=True)
    data = (shipped / "2026-2030" / "text.txt").read_bytes()
    (witness / "text.txt").write_bytes(data)
    (plan / "in-use.txt").write_text("mine\n", encoding="utf-8")
    source = {
        "series": "national-human-rights-action-plans",
        "plan": "2026-2030",
        "way": "added",
        "name": "mine.txt",
        "time": f"{day}T08:00:00+00:00",
        "text_sha256": hashlib.sha256(data).hexdigest(),
        "originals": [],
        "crossplan": "0.1.0",
    }
    (witness / "source.json").write_text(json.dumps(source), encoding="utf-8")
    shutil.copy(shipped / "2026-2030" / "corrections.toml", witness)
    return home


@pytest.mark.slow
def test_no_file_names_a_folder_of_this_machine(place: Path, shipped: Path) -> None:
    series = place / "lands" / "series"
    shutil.copytree(shipped, series)
    texts = place / "texts"
    texts.mkdir()
    shutil.copy(shipped / "2026-2030" / "text.txt", texts / "2026-2030.txt")
    text = (HEAD + TRACE).replace('"national-human-rights-action-plans"', '"lands/series"')
    text += '\n[[reports]]\nname = "report"\nold = "2016-2020"\nnew = "2026-2030"\nforms = ["md"]\n'
    done = cp.run_analysis(declared(place, text), texts=texts)
    for path, data in done.files.items():
        assert str(place).encode() not in data, path
    assert b'cp.load_plans(series=\\"lands/series\\", folder=\\"texts\\")' in done.files[
        "reports/report.md"
    ].replace(b'"', b'\\"').replace(b'\\\\"', b'\\"')


def test_a_step_without_rows_gives_its_table_and_no_figure(place: Path) -> None:
    text = SMALL.replace('name = "measures"\nof = "measures"', 'name = "none"\nof = "targets"')
    done = cp.run_analysis(declared(place, text))
    assert csv_rows(done.save(place / "saved"), "none") == []
    assert "figures/none.svg" not in done.files
    assert [left.step for left in done.left_out] == ["none"]
    assert "figure none" in done.files["README.md"].decode("utf-8")


def test_a_figure_with_too_much_in_it_is_left_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossplan.pipeline.rendering.MOST_ROWS", 1)
    done = cp.run_analysis(declared(place, DOCUMENTS + COMPARISON))
    assert "too many rows to draw the figure measures" in done.left_out[0].reason
    assert not [output for output in done.manifest.outputs if output.kind == "figure"]


@pytest.mark.slow
def test_figures_have_their_captions_and_are_closed(place: Path) -> None:
    import matplotlib.pyplot as plt

    done = cp.run_analysis(
        declared(place, SMALL + '\n[outputs]\nfigures = ["svg", "pdf", "png"]\n')
    )
    figures = {one.path: one for one in done.manifest.outputs if one.kind == "figure"}
    assert {path.rpartition(".")[0] for path in figures} == {
        f"figures/{name}" for name in ("measures", "measures-heatmap", "words", "words-rates")
    }
    result: Any = done.results["measures"]
    assert figures["figures/measures-heatmap.pdf"].title_en == result.caption("heatmap", lang="en")
    assert figures["figures/measures.png"].title == result.caption(lang="zh")
    assert b"<dc:description>" in done.files["figures/words.svg"]
    assert not plt.get_fignums()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_lacks_a_text_is_left_out_and_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    text = COMPARED.replace("KIND", "measures").replace("MORE", 'without_text = "leave out"')
    path = declared(tmp_path, f'lang = "{lang}"\n{text}{TRACE}{NO_FIGURES}')
    code, out, err = run(capsys, "run", str(path), "-o", str(tmp_path / "out"))
    assert (code, out) == (0, f"{tmp_path / 'out' / 'trial'}\n")
    reason = {"zh": "2016-2020 的正文未收录", "en": "the text of 2016-2020 is not at hand"}[lang]
    assert err == f"crossplan: left out in one: {reason}\n"
    readme = (tmp_path / "out" / "trial" / "README.md").read_text(encoding="utf-8")
    assert reason in readme
    manifest = json.loads((tmp_path / "out" / "trial" / MANIFEST).read_bytes())
    assert manifest["left_out"] == [{"step": "one", "reason": reason}]


def test_texts_given_by_hand_are_used(tmp_path: Path, folder: Path) -> None:
    text = COMPARED.replace("KIND", "measures").replace("MORE", NO_FIGURES)
    path = declared(tmp_path, text.replace("2016-2020", "2021-2025"))
    refusal(path)
    done = cp.run_analysis(path, texts=folder)
    assert len(done.results["one"].frame)  # type: ignore[union-attr]
    assert "2021-2025.txt" in {given.name for given in done.manifest.inputs}
    assert "is no folder" in str(refusal(path, texts=tmp_path / "nowhere"))


# Whole or not at all


def listing(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def test_a_failure_in_the_middle_leaves_nothing(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, saved = made
    before, kept = files_of(saved), listing(place / "results")
    write, written = Path.write_bytes, []

    def fail_at_the_third(path: Path, data: Any) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return write(path, data)

    for target in (saved, place / "results" / "other", place / "new" / "trial"):
        written.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", fail_at_the_third)
            with pytest.raises(OutputError, match="No space left"):
                done.save(target)
        assert len(written) == 3
    assert files_of(saved) == before
    assert listing(place / "results") == kept
    assert not (place / "new").exists()


def test_an_interruption_waits_until_the_folder_is_whole(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, _ = made
    write = Path.write_bytes

    def interrupted(path: Path, data: Any) -> int:
        signal.raise_signal(signal.SIGINT)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with signals_by_default(), pytest.raises(KeyboardInterrupt):
        done.save(place / "interrupted")
    assert files_of(place / "interrupted") == dict(done.files)
    assert not [name for name in listing(place) if name.startswith(".")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_leaves_nothing(tmp_path: Path, ending: signal.Signals) -> None:
    code = (
        "import sys; from crossplan.pipeline.steps import Steps\n"
        "def wait(*_): print('began', flush=True); sys.stdin.read()\n"
        "Steps.take = wait\n"
        "from crossplan.cli import main; main(sys.argv[1:])"
    )
    path = declared(tmp_path, HEAD + TRACE)
    command = [sys.executable, "-c", code, "run", str(path), "-o", str(tmp_path / "out")]
    with started(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == "began\n"
        process.send_signal(ending)
        assert process.wait(SECONDS) == (130 if ending == signal.SIGINT else 143)
    assert listing(tmp_path) - {"home"} == {"trial.toml"}


@pytest.mark.parametrize("at_once", [True, False])
def test_an_older_run_gives_way(
    made: tuple[Path, AnalysisRun, Path],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    at_once: bool,
) -> None:
    path, _, saved = made
    path.write_text(SMALL.replace("构造的分析", "另一构造的分析"), encoding="utf-8")
    later = cp.run_analysis(path)
    if not at_once:
        monkeypatch.setattr(folder_of_pipeline, "exchanged", lambda *_: False)
    later.save(saved)
    assert files_of(saved) == dict(later.files)
    assert listing(place / "results") == {"trial"}


def test_an_older_run_gives_way_on_windows(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is renamed onto a folder, folders have no locks, and none change places."""
    path, _, saved = made
    rename = Path.rename

    def rename_as_windows_does(path: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(17, "Cannot create a file when that file already exists")
        return rename(path, target)

    def no_library(_: None) -> None:
        raise TypeError("bad argument type for built-in operation")

    path.write_text(SMALL.replace("构造的分析", "另一构造的分析"), encoding="utf-8")
    later = cp.run_analysis(path)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(Path, "rename", rename_as_windows_does)
    monkeypatch.setattr("ctypes.CDLL", no_library)
    later.save(saved)
    assert files_of(saved) == dict(later.files)
    assert listing(place / "results") == {"trial"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_at_every_moment_the_old_or_the_new_run_is_there(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    _, done, saved = made
    (place / "one").mkdir()
    (place / "other").mkdir()
    if not exchanged(place / "one", place / "other"):
        pytest.skip("this disk cannot")
    over, gaps = threading.Event(), []

    def watch() -> None:
        while not over.is_set():
            if not saved.is_dir():
                gaps.append(saved)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(20):
            done.save(saved)
    finally:
        over.set()
        watcher.join()
    assert not gaps


def test_an_older_run_comes_back_where_the_new_one_cannot_be_put(
    made: tuple[Path, AnalysisRun, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, done, saved = made
    before = files_of(saved)
    rename = Path.rename

    def fail_to_put(path: Path, target: Path) -> Path:
        if target == saved and not path.name.endswith(".before"):
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(folder_of_pipeline, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail_to_put)
    with pytest.raises(OutputError, match="Input/output error"):
        done.save(saved)
    assert files_of(saved) == before
    assert listing(place / "results") == {"trial"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_two_folders_change_places(tmp_path: Path) -> None:
    one, other = tmp_path / "一", tmp_path / "other"
    for path in (one, other):
        path.mkdir()
        (path / "name").write_text(path.name, encoding="utf-8")
    if not exchanged(one, other):
        pytest.skip("this disk cannot")
    assert [(path / "name").read_text(encoding="utf-8") for path in (one, other)] == ["other", "一"]
    assert not exchanged(one, tmp_path / "nowhere")


def a_file(target: Path) -> None:
    target.write_text("mine", encoding="utf-8")


def a_folder(target: Path) -> None:
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")


def an_empty_folder(target: Path) -> None:
    target.mkdir()


def a_link(target: Path) -> None:
    target.symlink_to(target.parent / "elsewhere")


def another_manifest(target: Path) -> None:
    target.mkdir()
    (target / MANIFEST).write_text('{"name": "mine"}', encoding="utf-8")


@pytest.mark.parametrize("put", [a_file, a_folder, an_empty_folder, a_link, another_manifest])
def test_what_no_run_wrote_is_left_alone(
    capsys: pytest.CaptureFixture[str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    put: Callable[[Path], None],
) -> None:
    monkeypatch.setattr(Steps, "take", lambda *_: pytest.fail("a step was taken"))
    (place / "out").mkdir()
    put(place / "out" / "trial")
    before = files_of(place)
    code, _, err = run(capsys, "run", str(declared(place, SMALL)), "-o", str(place / "out"))
    assert code == 2
    assert "out/trial: " in err
    assert files_of(place) == before | {"trial.toml": SMALL.encode()}


def test_what_was_put_into_an_older_run_is_not_lost(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    _, done, saved = made
    (saved / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"tables/notes\.txt"):
        done.save(saved)
    assert (saved / "tables" / "notes.txt").is_file()
    other = cp.run_analysis(declared(place, SMALL + NO_FIGURES, "another"))
    with pytest.raises(OutputError, match="another analysis, trial"):
        other.save(saved)


@pytest.mark.parametrize("name", ["README.md", "tables/measures.csv", MANIFEST, CRATE, PACKAGE])
def test_what_was_changed_in_an_older_run_is_not_lost(
    capsys: pytest.CaptureFixture[str], made: tuple[Path, AnalysisRun, Path], name: str
) -> None:
    path, done, saved = made
    # A comment, or a value that stays the same: JSON is to stay readable.
    text = (saved / name).read_text(encoding="utf-8")
    edited = text.replace('": "', '":  "', 1) if name.endswith("json") else f"{text}my notes\n"
    assert edited != text
    (saved / name).write_text(edited, encoding="utf-8")
    before = files_of(saved)
    code, _, err = run(capsys, "run", str(path), "-o", str(saved.parent))
    assert (code, files_of(saved)) == (2, before)
    assert f"{name} was changed since the earlier run" in err
    (saved / name).write_bytes(done.files[name])
    assert done.save(saved) == saved


KILLED = """
import os, signal, sys
from pathlib import Path
from crossplan.pipeline.folder import folder_in_the_making
with folder_in_the_making(Path(sys.argv[1])) as made:
    (made / "tables").mkdir()
    print(made.name, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell which processes live")
def test_what_killed_runs_left_is_cleared_away_and_nothing_else(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    results = place / "results"
    kill = [sys.executable, "-c", KILLED, str(results)]
    left = subprocess.run(kill, check=False, capture_output=True, encoding="utf-8").stdout.strip()
    assert (results / left / "tables").is_dir()
    others = {f"{left}.before", ".trial.abcdefgh", ".crossplan-elsewhere-abcdefgh"}
    for name in others:
        (results / name / "tables").mkdir(parents=True)
    with folder_in_the_making(results) as of_a_running_one:
        made[1].save(made[2])
        assert listing(results) == {"trial", of_a_running_one.name, *others}
    assert listing(results) == {"trial", *others}


@pytest.mark.parametrize(("taken", "whole"), [(3, False), (3, True), (8, False)])
def test_a_folder_of_which_others_took_something_is_not_put_in_place(
    made: tuple[Path, AnalysisRun, Path],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    taken: int,
    whole: bool,
) -> None:
    before = files_of(place)
    write = Path.write_bytes
    written: list[Path] = []

    def tidy(path: Path, data: Any) -> int:
        if len(written) == taken:
            shutil.rmtree(written[0].parent) if whole else written[0].unlink()
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", tidy)
    with pytest.raises(OutputError):
        made[1].save(place / "tidied" / "trial")
    assert len(written) > taken
    assert files_of(place) == before


def test_runs_that_begin_at_once_all_end_well(made: tuple[Path, AnalysisRun, Path]) -> None:
    _, done, saved = made
    for number in range(20):
        place = saved.parent / f"results-{number}"
        with ThreadPoolExecutor() as threads:
            folders = list(threads.map(done.save, [place / "trial", place / "trial"]))
        assert files_of(folders[0]) == dict(done.files)


@pytest.mark.parametrize("name", ["nowhere/here/trial", "2001.txt/trial", "x" * 300, "a\0b"])
def test_a_folder_that_cannot_be_made_is_said(place: Path, name: str) -> None:
    done = cp.run_analysis(declared(place, SMALL + NO_FIGURES))
    before = files_of(place)
    with pytest.raises(OutputError):
        done.save(place / name)
    assert files_of(place) == before


def test_a_folder_of_results_is_repeated_from_within(
    capsys: pytest.CaptureFixture[str],
    made: tuple[Path, AnalysisRun, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, done, saved = made
    told = done.files["README.md"].decode()
    command = "crossplan run analysis.toml --texts FOLDER --check"
    assert f"In this folder: `{command}`." in told
    monkeypatch.chdir(saved)
    words = command.replace("FOLDER", str(path.parent)).split()[1:]
    assert run(capsys, *words)[0] == 0
    Path("README.md").unlink()
    code, out, _ = run(capsys, *words)
    assert (code, out.split()[:2]) == (1, ["missing", "README.md:"])


def test_the_command_of_a_folder_fits_any_name(place: Path) -> None:
    path = declared(place, SMALL + NO_FIGURES, name="water and forests.toml")
    told = cp.run_analysis(path).files["README.md"].decode()
    assert "\ncrossplan run 'water and forests.toml.toml' --texts FOLDER\n" in told
    assert "In this folder: `crossplan run analysis.toml --texts FOLDER --check`." in told


def test_what_was_read_of_a_plan_without_text_is_named(tmp_path: Path) -> None:
    text = f"""{HEAD}
[[comparisons]]
name = "sections"
of = "sections"
old = "2016-2020"
new = "2026-2030"
"""
    made = cp.run_analysis(declared(tmp_path, text + NO_FIGURES))
    told = made.files["README.md"].decode()
    for name in ("2016-2020/plan.toml", "2016-2020/targets.csv", "2026-2030/text.txt"):
        assert f"| national-human-rights-action-plans/{name} |" in told
    assert "2026-2030/targets.csv |" not in told
    assert made.manifest.packages["crossplan"] in told.partition("## To cite it")[2]


# What a check finds


@pytest.fixture
def kinds(made: tuple[Path, AnalysisRun, Path]) -> Callable[[], list[tuple[str, str]]]:
    """Repeat the run and give what differs: kind and name."""
    path, _, saved = made

    def check() -> list[tuple[str, str]]:
        checked = cp.check_analysis(path, saved)
        assert checked.same == (not len(checked.table))
        return list(zip(checked.table["kind"], checked.table["name"], strict=True))

    return check


Kinds = Callable[[], list[tuple[str, str]]]


def test_what_is_the_same_is_said_to_be(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, _, saved = made
    checked = cp.check_analysis(path, saved)
    assert checked.same
    assert list(checked.table) == ["kind", "name", "before", "now", "detail"]
    assert repr(checked) == "<RunCheck: 构造的分析 trial: the same>"


def test_a_cell_that_was_altered_is_found(made: tuple[Path, AnalysisRun, Path]) -> None:
    path, done, saved = made
    table = saved / "tables" / "measures.csv"
    altered = table.read_text(encoding="utf-8").replace("revised", "kept", 1)
    table.write_text(altered, encoding="utf-8")
    checked = cp.check_analysis(path, saved)
    (row,) = checked.table.to_dict("records")
    assert (row["kind"], row["name"]) == ("altered", "tables/measures.csv")
    frame = done.results["measures"].frame  # type: ignore[union-attr]
    place = list(frame["status"]).index("revised") + 2
    assert row["detail"] == f"row {place}, column status: 'kept', repeated 'revised'"
    assert row["now"] == hashlib.sha256(altered.encode()).hexdigest()
    assert repr(checked) == "<RunCheck: 构造的分析 trial: 1 difference>"
    assert "tables/measures.csv" in checked._repr_html_()


def test_files_that_are_missing_or_too_many_are_found(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds
) -> None:
    saved = made[2]
    (saved / "tables" / "words.parquet").unlink()
    (saved / "datapackage.json").unlink()
    (saved / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    assert kinds() == [
        ("missing", "datapackage.json"),
        ("missing", "tables/words.parquet"),
        ("extra", "tables/notes.txt"),
    ]


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_an_altered_description_is_found(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds, name: str
) -> None:
    path = made[2] / name
    path.write_text(path.read_text(encoding="utf-8").replace("2001.txt", "2003.txt"), "utf-8")
    assert name in dict(kinds()).values() or ("input", "text 2003.txt (2001)") in kinds()


def test_blanks_in_a_manifest_are_found(made: tuple[Path, AnalysisRun, Path], kinds: Kinds) -> None:
    with (made[2] / MANIFEST).open("ab") as file:
        file.write(b"\n")
    assert kinds() == [("altered", MANIFEST)]


def test_a_changed_text_is_found_with_what_follows_from_it(
    made: tuple[Path, AnalysisRun, Path], place: Path, kinds: Kinds
) -> None:
    text = TEXTS["2001"].replace("保护水源", "守护水源")
    (place / "2001.txt").write_text(text, encoding="utf-8")
    found = kinds()
    assert found[0] == ("input", "text 2001.txt (2001)")
    assert ("repeated otherwise", "tables/measures.csv") in found
    row = cp.check_analysis(made[0], made[2]).table.iloc[0]
    assert row["before"] == hashlib.sha256(TEXTS["2001"].encode()).hexdigest()
    assert row["now"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_changed_declaration_is_found_key_by_key(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds
) -> None:
    path = made[0]
    changed = path.read_text(encoding="utf-8").replace(
        'of = "terms"', 'of = "terms"\nminimum_log_ratio = 1.0'
    )
    path.write_text(changed.replace("A constructed", "Another constructed"), encoding="utf-8")
    found = kinds()
    assert found[0] == ("input", "analysis analysis.toml")
    assert ("parameter", "comparisons[1].minimum_log_ratio") in found
    assert ("manifest", "title_en") in found


def test_a_changed_file_of_decisions_is_found(place: Path) -> None:
    old, new = (
        cp.read_plan(place / f"{year}.txt", plan_id=year, period=(int(year), int(year)))
        for year in TEXTS
    )
    decisions = cp.compare_measures(old, new).to_review(place / "decisions.csv")
    text = (SMALL + NO_FIGURES).replace(
        'of = "measures"', 'of = "measures"\ndecisions = "decisions.csv"'
    )
    path = declared(place, text)
    saved = cp.run_analysis(path).save(place / "saved")
    rows = pd.read_csv(decisions, dtype="string", keep_default_na=False)
    pair = rows.index[(rows["old_id"] != "") & (rows["new_id"] != "")][0]
    rows.loc[pair, ["decision", "initials"]] = ["reject", "AB"]
    rows.to_csv(decisions, index=False)
    found = cp.check_analysis(path, saved).table
    assert found.iloc[0]["name"] == "decisions decisions.csv"
    assert "tables/measures.csv" in set(found["name"])


def test_other_versions_are_found(made: tuple[Path, AnalysisRun, Path], kinds: Kinds) -> None:
    manifest = made[2] / MANIFEST
    told = json.loads(manifest.read_bytes())
    told["packages"]["pandas"] = "1.0"
    told["packages"]["another"] = "2.0"
    told["parameters"]["method"]["matching.measures.CLOSE"] = 1.0
    manifest.write_text(json.dumps(told), encoding="utf-8")
    assert kinds() == [
        ("parameter", "method.matching.measures.CLOSE"),
        ("package", "pandas"),
        ("package", "another"),
        ("repeated otherwise", MANIFEST),
    ]


def test_other_code_of_the_same_version_is_found(
    made: tuple[Path, AnalysisRun, Path], monkeypatch: pytest.MonkeyPatch, kinds: Kinds
) -> None:
    assert made[1].manifest.packages["crossplan"].startswith(f"{cp.__version__}+")
    monkeypatch.setattr("crossplan.pipeline.running.code_checksum", lambda: "0" * 64)
    assert ("package", "crossplan") in kinds()


def test_the_source_of_a_text_is_compared(place: Path) -> None:
    text = (SMALL + NO_FIGURES).replace('file = "2001.txt"', 'file = "2001.txt"\nsource = "A"')
    path = declared(place, text)
    saved = cp.run_analysis(path).save(place / "saved")
    path.write_text(text.replace('source = "A"', 'source = "B"'), encoding="utf-8")
    rows = cp.check_analysis(path, saved).table.query("name == 'text 2001.txt (2001)'")
    assert rows[["kind", "before", "now"]].to_numpy().tolist() == [["input", "A", "B"]]


@pytest.mark.parametrize("name", [CRATE, PACKAGE])
def test_an_altered_description_is_found_beside_other_differences(
    made: tuple[Path, AnalysisRun, Path], kinds: Kinds, name: str
) -> None:
    path, _, saved = made
    text = path.read_text(encoding="utf-8").replace("A constructed", "Another constructed")
    path.write_text(text, encoding="utf-8")
    assert name not in [named for _, named in kinds()]
    with (saved / name).open("ab") as file:
        file.write(b"\n")
    assert ("altered", name) in kinds()


def test_a_check_without_a_run_or_with_a_broken_one_says_so(
    made: tuple[Path, AnalysisRun, Path], place: Path
) -> None:
    path, _, saved = made
    with pytest.raises(cp.errors.MissingRunError, match="nowhere"):
        cp.check_analysis(path, place / "nowhere")
    (saved / MANIFEST).write_bytes(b"{")
    with pytest.raises(cp.errors.ManifestError):
        cp.check_analysis(path, saved)


# The command


@pytest.mark.slow
def test_a_run_needs_no_connection(place: Path) -> None:
    # In a process of its own: what refuses connections does so until the process ends.
    command = ["-m", "crossplan", "run", str(declared(place, SMALL + NO_FIGURES)), "--offline"]
    done = subprocess.run(
        [sys.executable, *command], cwd=place, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, f"{Path('results') / 'trial'}\n")


def test_the_command_runs_and_checks(
    capsys: pytest.CaptureFixture[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    path = str(declared(place, SMALL + NO_FIGURES))
    saved = Path("results") / "trial"
    assert run(capsys, "run", path, "--jobs", "1")[:2] == (0, f"{saved}\n")
    count = len(cp.run_analysis(path).manifest.outputs)
    assert run(capsys, "run", path, "--check") == (0, f"{saved}: the same, {count} files\n", "")
    (saved / "README.md").unlink()
    (saved / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = run(capsys, "run", path, "--check")
    assert (code, err) == (1, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "missing README.md",
        "extra mine.txt",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.toml"], "trial.toml"),
        (["trial.toml", "--jobs", "0"], "n_jobs=0"),
        (["trial.toml", "--texts", "nowhere"], "is no folder"),
        (["trial.toml", "--check"], "no results of a run"),
        (["trial.toml", "-o", "no/where"], "there is no such folder to put it in"),
    ],
)
def test_errors_are_one_line(
    capsys: pytest.CaptureFixture[str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(place)
    declared(place, SMALL + NO_FIGURES)
    before = files_of(place)
    code, out, err = run(capsys, "run", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert files_of(place) == before


def test_the_analysis_of_another_series_runs(tmp_path: Path) -> None:
    for year in (2018, 2019, 2020):
        if not report_path(year).is_file():
            pytest.skip("the reports are not at hand")
    path = ROOT / "analyses" / "work-reports-2018-2020.toml"
    text = path.read_text(encoding="utf-8") + '\n[outputs]\ntables = ["csv"]\nfigures = []\n'
    done = cp.run_analysis(declared(tmp_path, text, "reports"), texts=REPORTS)
    assert not done.left_out
    assert len(csv_rows(done.save(tmp_path / "saved"), "measures")) > 500
    assert "https://github.com/liuzeyi11/GovernmentWorkReportCorpus" in {
        given.address for given in done.manifest.inputs
    }
