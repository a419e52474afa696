"""Declarations of analyses: what is refused, where, and before anything is computed."""

import hashlib
import inspect
import tomllib
from pathlib import Path
from typing import Any

import pytest
from analyses import COMPARED, COMPARISON, DOCUMENTS, HEAD, SMALL, TEXTS, TRACE, declared, refusal
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ANALYSES

import crossplan as cp
from crossplan.errors import AnalysisError, CrossplanError
from crossplan.pipeline import declaration
from crossplan.pipeline.consistency import require_consistency, require_plans
from crossplan.pipeline.material import series_of
from crossplan.pipeline.reading import line_of, read_declaration
from crossplan.pipeline.running import AnalysisRun
from crossplan.pipeline.steps import StepContext, WordChoices

SHIPPED = sorted(ANALYSES.glob("*.toml"))


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
    monkeypatch.setattr(StepContext, "run", lambda *_: pytest.fail("a step was run"))
    refusal(declared(place, f'{SMALL}\n[[frequencies]]\nname = "last"\nplans = ["2003"]\n'))


def test_a_broken_list_of_words_is_refused_before_anything_is_computed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StepContext, "run", lambda *_: pytest.fail("a step was run"))
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

    monkeypatch.setattr("crossplan.pipeline.reading.tomllib.loads", counted)
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
    monkeypatch.setattr(StepContext, "run", lambda *_: pytest.fail("a step was run"))
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
    monkeypatch.setattr(StepContext, "run", lambda *_: pytest.fail("a step was run"))
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
    term = declaration.TermComparisonStep(name="a", old="b", new="c")
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
    readme = (ANALYSES / "README.md").read_text(encoding="utf-8")
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
