"""Sections are aligned once, and measures matched once, for whatever is made of two plans."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import crossplan as cp
from crossplan import Corpus, Plan
from crossplan.matching import plan_links
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.matching.links import link_items
from crossplan.model import Heading
from crossplan.pairing.assignment import Candidates, Pair

ONCE = {"link_sections": 1, "pair_measures": 1}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often the headings, and the measures, of two plans are matched."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
        counts[name] += 1
        return function(*arguments)

    for name in ONCE:
        function = getattr(plan_links, name)
        monkeypatch.setattr(plan_links, name, partial(counted, name, function))
    return counts


@pytest.fixture(scope="module")
def five(fifth: Plan) -> Corpus:
    made = (cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2, 3, 4))
    return Corpus([*(replace(plan, start_year=year) for year, plan in enumerate(made)), fifth])


@pytest.mark.parametrize("compare", [cp.align_sections, cp.compare_measures])
def test_a_comparison_matches_once(
    calls: Counter[str],
    constructed_pair: ConstructedPredecessor,
    compare: Callable[[Plan, Plan], object],
) -> None:
    compare(constructed_pair.plan, constructed_pair.successor)
    assert calls == ONCE


def test_a_report_of_two_plans_matches_once(
    calls: Counter[str], constructed_pair: ConstructedPredecessor
) -> None:
    cp.report(
        Corpus([constructed_pair.plan, constructed_pair.successor]),
        old=constructed_pair.plan,
        new=constructed_pair.successor,
    )
    assert calls == ONCE


def test_decisions_are_matched_beside_what_the_machine_finds(
    calls: Counter[str], constructed_pair: ConstructedPredecessor, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.csv"
    old, new = constructed_pair.plan.measures[0].id, constructed_pair.successor.measures[0].id
    path.write_text(f"old_id,new_id,decision,link_to\n{old},{new},accept,\n")
    cp.report(Corpus([constructed_pair.plan, constructed_pair.successor]), decisions=path)
    assert calls == {"link_sections": 2, "pair_measures": 2}


def test_a_report_of_five_plans_matches_each_pair_once(calls: Counter[str], five: Corpus) -> None:
    plans = five.plans
    cp.report(five, old=plans[2], new=plans[3])
    # The two that are compared follow on each other: the lineage has them.
    assert calls == {"link_sections": 4, "pair_measures": 4}
    calls.clear()
    cp.report(five, old=plans[1], new=plans[4])
    assert calls == {"link_sections": 5, "pair_measures": 5}


def heading(number: int) -> Heading:
    return Heading(f"p/{number}", "p", "chapter", number, None, "甲", None)


def test_every_item_is_linked_and_what_was_dropped_comes_last() -> None:
    old, new = [heading(1), heading(2), heading(3)], [heading(4), heading(5)]
    score = np.array([[10.0, 90.0], [20.0, 70.0], [30.0, 40.0]])
    links = link_items(
        old,
        new,
        [Pair(0, 1, 90.0), Pair(1, 1, 70.0)],
        Candidates.dense(score, {}),
        60.0,
        relation=lambda _: "merged",
        moved=lambda pair: pair.old == 1,
    )
    found = [
        (
            *(end and end.id for end in (link.old, link.new, link.runner_up)),
            link.relation,
            link.moved,
            link.margin,
        )
        for link in links.links
    ]
    assert found == [
        (None, "p/4", "p/3", "new", None, 30.0),
        ("p/1", "p/5", "p/3", "merged", False, 30.0),
        ("p/2", "p/5", "p/3", "merged", True, 10.0),
        ("p/3", None, "p/5", "dropped", None, 20.0),
    ]
    assert links.pairs == {("p/1", "p/5"), ("p/2", "p/5")}
    assert len(links.candidates) == score.size
