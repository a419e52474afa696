"""Constructed predecessors: known edits, told truly, and never passed off as a plan."""

import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.matching.construction import ConstructedPredecessor, neutral_nouns
from crossplan.model import Plan


def test_it_calls_itself_constructed(constructed_pair: ConstructedPredecessor) -> None:
    plan = constructed_pair.plan
    assert plan.title.startswith("构造的前身")
    assert plan.title_en
    assert plan.title_en.startswith("Constructed predecessor")
    assert "constructed" in plan.id
    assert plan.reading
    assert "Constructed" in plan.reading.witness.note
    assert plan.addresses == ()
    assert plan.publisher == ""


def test_its_text_and_offsets_hold(constructed_pair: ConstructedPredecessor) -> None:
    plan = constructed_pair.plan
    assert "".join(node.text for node in plan.nodes) == plan.text
    for measure in (*plan.measures, *plan.goals):
        assert plan.text[measure.start : measure.end] == measure.text
        assert "".join(s.text for s in measure.sentences) == measure.text
        assert plan.passage(measure.id) is measure
    for heading in plan.headings:
        assert heading.start is not None
        assert plan.text[heading.start :].startswith(heading.title)
    assert plan.end_year < constructed_pair.successor.start_year


def test_the_truth_names_every_measure_of_both_plans(
    constructed_pair: ConstructedPredecessor,
) -> None:
    truth = constructed_pair.truth
    assert set(truth["old_id"].dropna()) == {m.id for m in constructed_pair.plan.measures}
    assert set(truth["new_id"].dropna()) == {m.id for m in constructed_pair.successor.measures}
    assert set(truth["status"]) == {"kept", "revised", "merged", "split", "new", "dropped"}
    old = {m.id: m.text for m in constructed_pair.plan.measures}
    new = {m.id: m.text for m in constructed_pair.successor.measures}
    for row in truth.to_dict("records"):
        if row["status"] == "kept":
            assert old[row["old_id"]] == new[row["new_id"]]
        elif row["status"] == "merged":
            assert old[row["old_id"]] in new[row["new_id"]]
        elif row["status"] == "split":
            assert new[row["new_id"]] in old[row["old_id"]]


def test_a_seed_always_gives_the_same(fifth: Plan) -> None:
    once, again, other = (cp.evaluation.construct_predecessor(fifth, seed) for seed in (3, 3, 4))
    assert once.plan == again.plan
    pd.testing.assert_frame_equal(once.truth, again.truth)
    assert once.plan.text != other.plan.text


def test_rewordings_and_insertions_are_taken_over(fifth: Plan) -> None:
    first = fifth.measures[0].id
    made = cp.evaluation.construct_predecessor(
        fifth,
        rewordings={first: "构造的改写。"},
        insertions=[("2026-2030/1.1", "构造的插入。")],
    )
    texts = {m.id: m.text for m in made.plan.measures}
    reworded = made.truth.query("edit == 'reworded'")
    assert reworded["new_id"].to_list() == [first]
    assert texts[reworded["old_id"].item()] == "构造的改写。"
    assert texts[made.truth.query("edit == 'put in'")["old_id"].item()] == "构造的插入。"
    with pytest.raises(cp.errors.UnknownPassageError, match="9/9/9"):
        cp.evaluation.construct_predecessor(fifth, rewordings={"9/9/9": "甲"})


def test_made_up_measures_share_no_subject_with_the_plan(
    constructed_pair: ConstructedPredecessor,
) -> None:
    inserted = constructed_pair.truth.query("edit == 'put in'")["old_id"]
    made = {m.id: m.text for m in constructed_pair.plan.measures}
    nouns = [noun for noun in neutral_nouns() if noun not in constructed_pair.successor.text]
    assert len(nouns) > 100
    for old_id in inserted:
        assert sum(noun in made[old_id] for noun in nouns) > 2


def test_a_plan_without_text_has_no_predecessor(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="2021-2025"):
        cp.evaluation.construct_predecessor(plans["2021-2025"])


def test_lineage_through_three_plans(fifth: Plan) -> None:
    middle = cp.evaluation.construct_predecessor(fifth, seed=1)
    # The oldest has what the middle one left out: these measures come back.
    eldest = cp.evaluation.construct_predecessor(fifth, seed=2)
    oldest = replace(eldest.plan, start_year=2016, end_year=2020)
    plans = [oldest, middle.plan, fifth]
    lineage = cp.trace_measures(Corpus(plans))
    left_out = set(middle.truth.query("status == 'new'")["new_id"])
    before = set(eldest.truth.query("status == 'kept'")["new_id"])
    assert left_out & before <= set(lineage.revived["new_id"]) <= left_out
    assert set(lineage.revived["old_plan"]) == {oldest.id}
    wide = lineage.lineages.set_index("lineage")
    for row in lineage.revived.to_dict("records"):
        thread = wide.loc[row["lineage"]]
        assert thread["revived"]
        assert row["new_id"] in thread[fifth.id]
        assert pd.isna(thread[middle.plan.id])
    ids = Counter(
        name for plan in plans for cell in wide[plan.id].dropna() for name in cell.split("; ")
    )
    assert ids == Counter(m.id for plan in plans for m in plan.measures)
    shuffled = list(plans)
    random.Random(5).shuffle(shuffled)
    pd.testing.assert_frame_equal(cp.trace_measures(Corpus(shuffled)).table, lineage.table)


def test_a_reviewer_decides_what_was_revived(fifth: Plan, tmp_path: Path) -> None:
    plans = [cp.evaluation.construct_predecessor(fifth, seed=seed).plan for seed in (1, 2)]
    oldest, middle = replace(plans[0], start_year=1), replace(plans[1], start_year=2)
    corpus = Corpus([oldest, middle, fifth])
    one = cp.trace_measures(corpus).revived.iloc[0]
    path = tmp_path / "decisions.csv"
    path.write_text(f"old_id,new_id,decision,link_to\n{one['old_id']},{one['new_id']},reject,\n")
    after = cp.trace_measures(corpus, decisions={(oldest.id, fifth.id): path}).revived
    assert one["new_id"] not in set(after["new_id"])
    for wrong in ({(fifth.id, oldest.id): path}, str(path)):
        with pytest.raises(cp.errors.ChoiceError, match="decisions"):
            cp.trace_measures(corpus, decisions=wrong)  # type: ignore[arg-type]


def test_lineage_needs_all_texts(plans: Corpus) -> None:
    with pytest.raises(cp.errors.MissingTextError, match="2009-2010"):
        cp.trace_measures(plans)
    lineage = cp.trace_measures(Corpus(plans.full))
    assert lineage.table.empty
    assert len(lineage.lineages) == 203


def test_years_stay_what_they_are(fifth: Plan) -> None:
    for seed in range(4):
        made = cp.evaluation.construct_predecessor(fifth, seed=seed)
        texts = {m.id: m.text for m in (*made.plan.measures, *fifth.measures)}
        changed = made.truth.query("edit == 'figures'")
        assert len(changed) > 5
        for old, new in zip(changed["old_id"], changed["new_id"], strict=True):
            years = [re.findall(r"(?:19|20)[0-9]{2}", texts[one]) for one in (old, new)]
            assert years[0] == years[1]
