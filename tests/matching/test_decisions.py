"""Decisions of reviewers: written, read back, obeyed, and refused when they contradict."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import crossplan as cp
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.evaluation import krippendorff_alpha
from crossplan.matching.measures import MeasureComparison


@pytest.fixture(scope="module")
def pair(constructed_pair: ConstructedPredecessor) -> ConstructedPredecessor:
    return constructed_pair


@pytest.fixture(scope="module")
def comparison(pair: ConstructedPredecessor) -> MeasureComparison:
    return cp.compare_measures(pair.plan, pair.successor)


def decide(path: Path, *rows: dict[str, str]) -> Path:
    header = ["old_id", "new_id", "decision", "link_to", "note", "initials"]
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_written_is_read_back(
    tmp_path: Path, pair: ConstructedPredecessor, comparison: MeasureComparison, ending: str
) -> None:
    path = comparison.to_review(tmp_path / f"decisions.{ending}")
    again = cp.compare_measures(pair.plan, pair.successor, decisions=path)
    pd.testing.assert_frame_equal(again.table, comparison.table)
    first = path.read_bytes()
    comparison.to_review(path)  # holds no decisions yet, so that nothing is lost
    assert path.read_bytes() == first


def test_close_calls_come_first(tmp_path: Path, comparison: MeasureComparison) -> None:
    path = comparison.to_review(tmp_path / "decisions.csv")
    table = pd.read_csv(path)
    assert len(table) == len(comparison.table)
    assert table["to_review"].is_monotonic_decreasing
    assert len(comparison.for_review) == table["to_review"].sum()


def test_an_edited_workbook_is_obeyed(
    tmp_path: Path, pair: ConstructedPredecessor, comparison: MeasureComparison
) -> None:
    path = comparison.to_review(tmp_path / "decisions.xlsx")
    book = load_workbook(path)
    sheet = book["decisions"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    wrong = comparison.revised.iloc[0]
    for row in sheet.iter_rows(min_row=2):
        if row[header.index("old_id")].value == wrong["old_id"]:
            row[header.index("decision")].value = "拒绝"
            row[header.index("note")].value = "不是同一举措"
            row[header.index("initials")].value = "WX"
    book.save(path)
    result = cp.compare_measures(pair.plan, pair.successor, decisions=path)
    dropped = result.dropped[result.dropped["old_id"] == wrong["old_id"]]
    assert dropped[["decided_by", "note", "initials"]].to_numpy().tolist() == [
        ["reviewer", "不是同一举措", "WX"]
    ]
    assert wrong["new_id"] in set(result.new["new_id"])
    with pytest.raises(cp.errors.OutputError, match="would be lost"):
        comparison.to_review(path)


def test_links_accepts_and_absences(
    tmp_path: Path, pair: ConstructedPredecessor, comparison: MeasureComparison
) -> None:
    lost, arrived = comparison.dropped["old_id"].iloc[0], comparison.new["new_id"].iloc[0]
    kept, other = comparison.kept.iloc[0], comparison.kept.iloc[1]
    path = decide(
        tmp_path / "d.csv",
        {"old_id": lost, "decision": "link", "link_to": arrived, "initials": "A"},
        {"old_id": kept["old_id"], "new_id": kept["new_id"], "decision": "accept"},
        {"old_id": other["old_id"], "new_id": other["new_id"], "decision": "reject"},
        {"new_id": other["new_id"], "decision": "accept", "note": "全新"},
    )
    result = cp.compare_measures(pair.plan, pair.successor, decisions=path)
    decided = result.table[result.table["decided_by"] == "reviewer"]
    rows = set(zip(decided["old_id"], decided["new_id"], decided["status"], strict=True))
    assert {(lost, arrived, "revised"), (kept["old_id"], kept["new_id"], "kept")} <= rows
    assert other["old_id"] in set(result.dropped["old_id"])
    assert other["new_id"] in set(result.new["new_id"])
    untouched = result.table[result.table["decided_by"] == "rule"]
    assert len(untouched) >= len(comparison.table) - 6
    assert "d.csv" in result.method


def test_one_measure_linked_to_two_is_a_split(
    tmp_path: Path, pair: ConstructedPredecessor, comparison: MeasureComparison
) -> None:
    lost = comparison.dropped["old_id"].iloc[0]
    two = comparison.new["new_id"].iloc[:2].to_list()
    path = decide(
        tmp_path / "d.csv", {"old_id": lost, "decision": "link", "link_to": "; ".join(two)}
    )
    result = cp.compare_measures(pair.plan, pair.successor, decisions=path)
    found = result.split[result.split["old_id"] == lost]
    assert found["new_id"].to_list() == two


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"decision": "accept"}], "row 2: old_id and new_id are both empty"),
        ([{"old_id": "x/1/1", "decision": "accept"}], "row 2: the plans have no x/1/1"),
        ([{"old_id": "OLD", "new_id": "NEW", "decision": "maybe"}], "'maybe' is not a decision"),
        ([{"old_id": "OLD", "new_id": "NEW", "decision": "link"}], "without the id"),
        ([{"old_id": "OLD", "new_id": "NEW", "link_to": "NEW"}], "decision is not"),
        ([{"old_id": "OLD", "decision": "reject"}], "says not what it is"),
        (
            [{"old_id": "OLD", "decision": "link", "link_to": "OLD2"}],
            "in the plan it is linked from",
        ),
        (
            [
                {"old_id": "OLD", "new_id": "NEW", "decision": "accept"},
                {"old_id": "OLD2", "new_id": "NEW", "decision": ""},
                {"old_id": "OLD", "new_id": "NEW", "decision": "reject"},
            ],
            "rows 2 and 4: they contradict each other on",
        ),
        (
            [
                {"old_id": "OLD", "decision": "accept"},
                {"new_id": "NEW", "decision": "link", "link_to": "OLD"},
            ],
            "rows 2 and 3: they contradict",
        ),
    ],
)
def test_what_cannot_be_obeyed_is_refused(
    tmp_path: Path,
    pair: ConstructedPredecessor,
    rows: list[dict[str, str]],
    message: str,
) -> None:
    names = {
        "OLD": pair.plan.measures[0].id,
        "OLD2": pair.plan.measures[1].id,
        "NEW": pair.successor.measures[0].id,
    }
    filled = [{key: names.get(value, value) for key, value in row.items()} for row in rows]
    path = decide(tmp_path / "d.csv", *filled)
    with pytest.raises(cp.errors.DecisionError, match=message) as caught:
        cp.compare_measures(pair.plan, pair.successor, decisions=path)
    assert caught.value.rows


def test_files_that_are_no_table(tmp_path: Path, pair: ConstructedPredecessor) -> None:
    (tmp_path / "d.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(cp.errors.DecisionError, match="no column old_id"):
        cp.compare_measures(pair.plan, pair.successor, decisions=tmp_path / "d.csv")
    (tmp_path / "d.xlsx").write_bytes(b"no workbook")
    with pytest.raises(cp.errors.UnreadableTextError, match="cannot be opened"):
        cp.compare_measures(pair.plan, pair.successor, decisions=tmp_path / "d.xlsx")
    with pytest.raises(cp.errors.UnreadableTextError, match=r"none\.csv"):
        cp.compare_measures(pair.plan, pair.successor, decisions=tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("encoding", "separator"), [("gb18030", ","), ("utf-8-sig", ";"), ("utf-16", "\t")]
)
def test_what_spreadsheets_save_is_read(
    tmp_path: Path, pair: ConstructedPredecessor, encoding: str, separator: str
) -> None:
    old, new = pair.plan.measures[0].id, pair.successor.measures[-1].id
    header = separator.join(["old_id", "new_id", "decision", "link_to", "note", "initials"])
    row = separator.join([old, new, "接受", "", "同一举措", "李"])
    (tmp_path / "d.csv").write_text(f"{header}\n{row}\n", encoding=encoding)
    result = cp.compare_measures(pair.plan, pair.successor, decisions=tmp_path / "d.csv")
    found = result.table[result.table["decided_by"] == "reviewer"].iloc[0]
    assert (found["old_id"], found["new_id"], found["initials"]) == (old, new, "李")


def test_no_text_becomes_a_formula(tmp_path: Path, comparison: MeasureComparison) -> None:
    from crossplan.pairing.decisions import write_decisions

    table = comparison.table.head(1).assign(old_text="=1+1", decision="", link_to="")
    write_decisions(tmp_path / "d.xlsx", table)
    sheet = load_workbook(tmp_path / "d.xlsx")["decisions"]
    assert "f" not in {cell.data_type for row in sheet for cell in row}
    write_decisions(tmp_path / "d.csv", table)
    assert "'=1+1" in (tmp_path / "d.csv").read_text(encoding="utf-8-sig")


def test_agreement_of_machine_and_reviewers(tmp_path: Path, comparison: MeasureComparison) -> None:
    rows = comparison.kept.head(6)
    verdicts = {"a.csv": "AAAARR", "b.csv": "AAARRA"}
    paths = [
        decide(
            tmp_path / name,
            *(
                {"old_id": str(old), "new_id": str(new), "decision": word}
                for old, new, word in zip(
                    rows["old_id"],
                    rows["new_id"],
                    ({"A": "accept", "R": "reject"}[letter] for letter in letters),
                    strict=True,
                )
            ),
        )
        for name, letters in verdicts.items()
    ]
    result = comparison.agreement(*paths)
    rows_of = {(row["first"], row["second"]): row for row in result.table.to_dict("records")}
    both = rows_of["a.csv", "b.csv"]
    assert (both["judged"], both["agreed"]) == (6, 4)
    # By hand: observed 4/6, expected (4*4 + 2*2)/36 = 5/9; kappa = (2/3 - 5/9)/(4/9) = 1/4.
    assert both["kappa"] == pytest.approx(0.25)
    # Krippendorff: 12 values, 8 linked and 4 not; D_o = 4/12, D_e = 2*8*4/(12*11).
    assert both["alpha"] == pytest.approx(1 - (4 / 12) / (2 * 8 * 4 / (12 * 11)))
    assert rows_of["machine", "a.csv"]["agreed"] == 4
    assert len(result.disagreements.query("first == 'a.csv' and second == 'b.csv'")) == 2


def test_published_alpha() -> None:
    # Krippendorff (2011), section A: Meg and Owen on ten documents.
    assert krippendorff_alpha("0100000010", "1110010000") == pytest.approx(0.095, abs=0.0005)


@given(st.lists(st.tuples(*[st.sampled_from("abcd")] * 2), min_size=1, max_size=40))
def test_alpha_is_that_of_nltk(labels: list[tuple[str, str]]) -> None:
    from nltk.metrics.agreement import AnnotationTask

    first, second = zip(*labels, strict=True)
    if len({*first, *second}) == 1:
        return
    said = [
        (coder, unit, label) for unit, pair in enumerate(labels) for coder, label in enumerate(pair)
    ]
    assert krippendorff_alpha(first, second) == pytest.approx(AnnotationTask(said).alpha())


def test_agreement_where_all_say_the_same(tmp_path: Path, comparison: MeasureComparison) -> None:
    row = comparison.kept.iloc[0]
    path = decide(
        tmp_path / "a.csv",
        {"old_id": row["old_id"], "new_id": row["new_id"], "decision": "accept"},
    )
    table = comparison.agreement(path).table
    assert table["share"].item() == 1
    assert table["kappa"].isna().item()
