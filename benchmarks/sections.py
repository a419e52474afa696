"""What it costs to align the headings of two plans, and how many links are found.

The true links are those of a reader between all five plans (`tests/gold/section-pairs.csv`);
what the reader calls doubtful counts neither for nor against. Four of the plans are at hand
as titles only. Another way gets the titles, finds the best new one for each old one, and is
given the threshold that is best in hindsight. crossplan is given none, but its weights were
chosen with these links at hand.
"""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

import crossplan as cp
from benchmarks.links import best_in_hindsight, found_of, named, pairs_of
from benchmarks.rivals import Answer, beside
from benchmarks.rows import Row, seconds
from benchmarks.setting import GOLD, Setting
from benchmarks.timing import least_seconds
from crossplan.corpora.corpus import Corpus
from crossplan.matching.titles import title_likeness
from crossplan.model import Plan

QUESTION = "sections"
SECONDS = 0.25


def rows(setting: Setting) -> Iterator[Row]:
    """Time the last two plans, and count the links of all five."""
    plans = cp.load_plans()
    couples = [(titles(old), titles(new)) for old, new in pairwise(plans.values())]
    ways = setting.rivals.matched(couples, setting.repeats)
    yield from times(setting, plans, [answers[-1] for answers in ways])
    yield from quality(plans, ways)


def titles(plan: Plan) -> list[str]:
    """Give the titles of the headings of a plan."""
    return [heading.title for heading in plan.headings]


def ids(plan: Plan) -> list[str]:
    """Give the ids of the headings of a plan."""
    return [heading.id for heading in plan.headings]


def times(setting: Setting, plans: Corpus, ways: list[Answer]) -> Iterator[Row]:
    """Time the scores of titles alone, and all of the alignment, of the last two plans."""
    old, new = plans.pair()
    olds, news = titles(old), titles(new)
    size = f"{len(olds)} and {len(news)} headings"
    scored, whole = least_seconds(
        setting.repeats,
        lambda: title_likeness(olds, news, new.generic_endings),
        lambda: cp.align_sections(old, new),
    )
    what = f"the titles of {size} scored, all pairs"
    yield from beside(ways[:1], Row(QUESTION, what, seconds(scored)))
    what = f"`align_sections`, {size}; the other way, the best title for each"
    yield from beside(ways, Row(QUESTION, what, seconds(whole), at_most=seconds(SECONDS)))


def quality(plans: Corpus, ways: list[list[Answer]]) -> Iterator[Row]:
    """Count the links that are found between all plans."""
    truth = pd.read_csv(GOLD / "section-pairs.csv")
    doubtful = pairs_of(truth[truth["certainty"] == "doubtful"])
    true = pairs_of(truth) - doubtful
    ours = found_of(pairs_of(cp.trace_sections(plans).table) - doubtful, true)
    steps = list(pairwise(plans.values()))
    for answers in ways:
        links = [
            link
            for answer, (old, new) in zip(answers, steps, strict=True)
            for link in named(answer, ids(old), ids(new))
            if link[:2] not in doubtful
        ]
        answered = all(answer.seconds is not None for answer in answers)
        yield Row(
            QUESTION,
            "links found between the headings of all five plans",
            ours,
            answers[0].way,
            best_in_hindsight(links, true) if answered else None,
        )
