"""How good the matching is, measured against what readers hold for true."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import material
import pandas as pd
import pytest
from paths import GOLD

import crossplan as cp
from crossplan.corpora.corpus import Corpus
from crossplan.model import Section

SECTION_PAIRS = GOLD / "section-pairs.csv"


def test_the_section_pairs_name_every_heading_once_on_each_side(plans: Corpus) -> None:
    pairs = pd.read_csv(SECTION_PAIRS, dtype="string")
    for old, new in pairwise(plans.values()):
        for side, plan in (("old_id", old), ("new_id", new)):
            of_step = pairs[
                pairs["old_id"].str.startswith(old.id + "/", na=False)
                | pairs["new_id"].str.startswith(new.id + "/", na=False)
            ]
            named = {one for one in of_step[side].dropna() if one.startswith(plan.id + "/")}
            assert named >= {heading.id for heading in plan.headings}


def test_doubtful_section_pairs_are_explained() -> None:
    pairs = pd.read_csv(SECTION_PAIRS, dtype="string")
    assert pairs.loc[pairs["certainty"] == "doubtful", "note"].notna().all()


def test_sections_of_the_five_plans(plans: Corpus) -> None:
    scores = cp.evaluation.evaluate(cp.trace_sections(plans), SECTION_PAIRS)
    assert scores.f1("links") >= 0.97
    assert scores.f1("new") >= 0.97
    assert scores.f1("dropped") >= 0.97


def test_sections_counting_every_doubtful_pair_against_the_machine(plans: Corpus) -> None:
    pairs = pd.read_csv(SECTION_PAIRS, dtype="string")
    certain = pairs[pairs["certainty"] == "certain"]
    assert cp.evaluation.evaluate(cp.trace_sections(plans), certain).f1("links") >= 0.97


def test_sections_by_their_titles_alone(plans: Corpus) -> None:
    bare = [material.without_text(plan) for plan in plans.values()]
    tables = [cp.align_sections(old, new).table for old, new in pairwise(bare)]
    pairs = pd.read_csv(SECTION_PAIRS, dtype="string")
    found = set(pd.MultiIndex.from_frame(pd.concat(tables)[["old_id", "new_id"]].dropna()))
    true = pairs[["old_id", "new_id"]][pairs["certainty"] == "certain"].dropna()
    # Titles cannot show what went into 民主权利 or into 健全现代生态环境治理体系.
    assert len(found & set(pd.MultiIndex.from_frame(true))) / len(true) >= 0.94


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_measures_written_anew_are_recognised_and_decoys_are_not(seed: int) -> None:
    made = material.reworded("a", seed=seed)
    scores = cp.evaluation.evaluate(cp.compare_measures(made.plan, made.successor), made.truth)
    assert scores.f1("links") >= 0.98
    assert scores.f1("new") >= 0.93
    assert scores.f1("dropped") >= 0.95


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rewordings_that_no_weight_was_fitted_on(seed: int) -> None:
    made = material.reworded("b", seed=seed)
    scores = cp.evaluation.evaluate(cp.compare_measures(made.plan, made.successor), made.truth)
    assert scores.f1("links") >= 0.98
    assert scores.f1("new") >= 0.88
    assert scores.f1("dropped") >= 0.90


def test_a_shared_frame_is_seldom_taken_for_the_matter() -> None:
    made = material.with_decoys(material.reworded("a"))
    scores = cp.evaluation.evaluate(cp.compare_measures(made.plan, made.successor), made.truth)
    assert scores.f1("links") >= 0.95
    assert scores.f1("new") >= 0.80
    assert scores.f1("dropped") >= 0.80


def test_measures_written_anew_are_recognised_in_any_order() -> None:
    made = material.reworded("a")
    turned = replace(made.plan, chapters=tuple(reordered(made.plan.chapters)))
    scores = cp.evaluation.evaluate(cp.compare_measures(turned, made.successor), made.truth)
    assert scores.f1("links") >= 0.97
    assert scores.f1("new") >= 0.90
    assert scores.f1("dropped") >= 0.90


def reordered(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Put the measures of every section in another order: the even ones, then the odd."""
    for section in sections:
        passages = section.passages or ()
        yield replace(
            section,
            sections=tuple(reordered(section.sections)),
            passages=passages[::2] + passages[1::2],
        )


@pytest.mark.skipif(
    not material.report_path(2018).is_file(), reason="the reports are not in this repository"
)
def test_reports_of_two_years() -> None:
    old, new = material.report(2018), material.report(2019)
    scores = cp.evaluation.evaluate(cp.compare_measures(old, new), material.report_links(old, new))
    assert scores.f1("links") >= 0.82
