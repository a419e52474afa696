"""The shipped series, and what a damaged one says."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.errors import CrossplanError, SeriesError, UnknownSeriesError


def test_five_plans_in_order(plans: Corpus) -> None:
    counts = {
        plan.id: (plan.coverage, len(plan.chapters), len(plan.sections)) for plan in plans.values()
    }
    assert counts == {
        "2009-2010": ("outline", 5, 22),
        "2012-2015": ("outline", 6, 22),
        "2016-2020": ("outline", 6, 18),
        "2021-2025": ("outline", 7, 34),
        "2026-2030": ("full", 8, 32),
    }


def test_the_order_in_which_plans_are_given_does_not_matter(plans: Corpus) -> None:
    assert list(Corpus(reversed(list(plans.values())))) == list(plans)


def test_two_plans_of_one_id_are_refused(plans: Corpus) -> None:
    with pytest.raises(CrossplanError, match="two plans have the id 2009-2010"):
        Corpus([plans["2009-2010"], plans["2009-2010"]])


@pytest.mark.parametrize("asked", ["measures", "goals", "text"])
def test_a_plan_without_text_says_so(plans: Corpus, asked: str) -> None:
    with pytest.raises(cp.errors.MissingTextError, match=r"2021-2025.*2021-2025\.txt"):
        getattr(plans["2021-2025"], asked)


def test_sections_without_text_say_so(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="2016-2020"):
        _ = plans["2016-2020"].chapters[0].measures
    with pytest.raises(cp.errors.MissingTextError, match="2009-2010"):
        plans.to_frame("measures")
    with pytest.raises(cp.errors.MissingTextError, match="2009-2010"):
        cp.term_frequencies(plans)


def test_unknown_plan(plans: Corpus) -> None:
    with pytest.raises(cp.errors.UnknownPlanError, match="2026-2030"):
        plans["2031-2035"]
    with pytest.raises(cp.errors.UnknownPlanError):
        cp.load_plan("2031-2035")
    assert "2031-2035" not in plans


def test_unknown_series(tmp_path: Path) -> None:
    with pytest.raises(UnknownSeriesError, match="national-human-rights-action-plans"):
        cp.load_plans("five-year-plans")
    with pytest.raises(SeriesError, match=r"series\.toml: the file is missing"):
        cp.load_plans(tmp_path)


def test_tables(plans: Corpus) -> None:
    sections = plans.to_frame("sections")
    assert list(sections) == [
        *("id", "plan", "chapter", "section", "title", "title_en", "level"),
        *("measures", "characters"),
    ]
    assert sections["id"].is_unique
    assert sections.query("plan == '2012-2015'")["measures"].isna().all()
    measures = plans["2026-2030"].to_frame("measures")
    assert list(measures) == [
        *("id", "plan", "chapter", "section", "section_title", "order", "lead"),
        *("text", "characters", "start", "end"),
    ]
    assert len(measures) == 203
    assert measures["id"].is_unique
    assert len(plans["2026-2030"].to_frame("goals")) == 7
    with pytest.raises(cp.errors.ChoiceError, match="'sections', 'measures', 'goals'"):
        plans.to_frame("words")  # type: ignore[arg-type]


def test_curated_targets_carry_source_evidence_and_confidence(plans: Corpus) -> None:
    rows = [target for plan in plans.values() for target in plan.curated_targets]
    assert len(rows) == 151
    assert sum(row.outcome is not None for row in rows) == 46
    for row in rows:
        assert row.source
        assert row.evidence in {"plan_text", "official_report", "press_report"}
        assert row.confidence in {"high", "medium"}
    assert len({row.id for row in rows}) == 151


def test_representations_name_the_plans(plans: Corpus) -> None:
    html = plans._repr_html_()
    assert "203" in html
    assert "text not at hand" in html
    assert "适当生活水准权" in plans["2026-2030"]._repr_html_()
    assert repr(plans) == (
        "<Corpus China's National Human Rights Action Plans: "
        "2009-2010, 2012-2015, 2016-2020, 2021-2025, 2026-2030>"
    )


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(series: Path) -> None:
        path = series / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def remove(name: str) -> Callable[[Path], None]:
    return lambda series: (series / name).unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            replace("series.toml", "language", "langage"),
            r"series\.toml: Object contains unknown field `langage`",
        ),
        (replace("series.toml", "plans = [", "plans = "), r"series\.toml, line 4, column"),
        (
            replace("series.toml", '"2012-2015"', '"2009-2010"'),
            r"series\.toml, key plans: two plans have the id 2009-2010",
        ),
        (replace("series.toml", '"2012-2015"', '"2011-2015"'), r"2011-2015.*the file is missing"),
        (
            replace("2012-2015/plan.toml", 'id = "2012-2015"', 'id = "2009-2010"'),
            r"2012-2015/plan\.toml, key id: the id is 2009-2010",
        ),
        (
            replace("2012-2015/plan.toml", "start = 2012", 'start = "2012"'),
            r"plan\.toml, key period\.start: Expected `int`, got `str`",
        ),
        (
            replace("2012-2015/plan.toml", "start = 2012", "start = 2016"),
            r"plan\.toml, key period: the period ends before it starts",
        ),
        (
            replace("2009-2010/plan.toml", '{ zh = "工作权利"', '{ title = "工作权利"'),
            r"key chapters\[0\]\.sections\[0\]: Object",
        ),
        (remove("2016-2020/plan.toml"), r"2016-2020/plan\.toml: the file is missing"),
        (remove("2026-2030/text.txt"), r"text\.txt: the file cannot be opened"),
        (
            replace("2026-2030/text.txt", "努力使", "力争使"),
            r"key witness\.sha256: the checksum is not that of text\.txt",
        ),
        (
            replace("2026-2030/corrections.toml", 'witness = "PM_{2.5}"', 'witness = "PM2.5"'),
            r"key corrections\[4\]\.witness: 'PM2\.5' stands 0 times",
        ),
        (
            replace("2026-2030/corrections.toml", '"certain"', '"sure"'),
            r"key corrections\[0\]\.certainty: Invalid enum value 'sure'",
        ),
        (
            replace("2012-2015/targets.csv", "section_number,", "number,"),
            r"targets\.csv, line 1: columns missing or unknown: number, section_number",
        ),
        (
            replace(
                "2012-2015/targets.csv", "城镇登记失业率,level,,<=,5", "城镇登记失业率,level,,<=,五"
            ),
            r"targets\.csv, line 3, key value",
        ),
        (
            replace("2012-2015/targets.csv", "level,,<=,5", "level,,<=,nan"),
            r"targets\.csv, line 3, key value: the figure is not a number",
        ),
        (
            replace("2012-2015/targets.csv", "1.1,工作权利", "1.1,工作权"),
            r"targets\.csv, line 2, column section: the outline has no section 1\.1 工作权\.",
        ),
    ],
)
def test_a_damaged_series_is_refused(
    series: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(series)
    with pytest.raises(CrossplanError, match=message) as caught:
        cp.load_plans(series)
    assert str(caught.value).endswith(".")


def test_a_row_with_too_many_cells_is_refused(series: Path) -> None:
    path = series / "2021-2025" / "targets.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[2].append("extra")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(SeriesError, match="line 3: the row has too many or too few cells"):
        cp.load_plans(series)


def test_a_table_saved_by_a_spreadsheet_is_read(series: Path) -> None:
    path = series / "2012-2015" / "targets.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(cp.load_plan("2012-2015", series).curated_targets) == 18


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("2012-2015/targets.csv", "指标".encode("gb18030"), r"byte \d: the file is not UTF-8"),
        ("2012-2015/targets.csv", b"", "line 1: columns missing"),
        ("2012-2015/targets.csv", b'"unclosed', "line 1: "),
        ("2012-2015/plan.toml", "题".encode("gb18030"), r"byte \d: the file is not UTF-8"),
        ("series.toml", b"plans = []", "Object missing required field"),
    ],
)
def test_files_that_are_something_else(series: Path, name: str, data: bytes, message: str) -> None:
    (series / name).write_bytes(data)
    with pytest.raises(SeriesError, match=message):
        cp.load_plans(series)


def test_a_series_is_found_by_its_folder(series: Path) -> None:
    assert list(cp.load_plans(series)) == list(cp.load_plans(str(series))) == list(cp.load_plans())
