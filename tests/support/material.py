"""What several tests need, and what the matching is measured against.

`gold/rewordings-*.toml` hold measures of the fifth plan written anew, and decoys; they are
*constructed*, no plan says them. The first were written by one who had not seen how the
matching works, and the weights were fitted on them; on the second, nothing was.
`gold/reports-*.csv` hold which lines of two government work reports a reader took for
the same commitment. They name lines only; the reports themselves are not in this
repository, and what needs them is skipped where they are not at hand.
"""

import os
import random
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from paths import GOLD, TRIAL

import crossplan as cp
from crossplan.cli import main
from crossplan.corpora.parse import sentences
from crossplan.matching.assembly import assemble, witness
from crossplan.matching.construction import ConstructedPredecessor
from crossplan.model import Measure, Plan, Reading, Section

REPORTS = Path(os.environ.get("CROSSPLAN_TRIAL_TEXTS", TRIAL))
NUMERALS = "一二三四五六七八九"
HEADING = re.compile(r"（[一二三四五六七八九十]+）(.+)")
# The lines that were linked, first and last; the reader's work ends there.
LINES = {2018: (347, 602), 2019: (288, 593)}


def constructed_text(plan: Plan, *, measures: int = 2) -> str:
    """The outline of a plan with filler for measures: a constructed text, not the plan's."""
    lines = ["本文为测试而构造，不是计划的正文。", plan.title, plan.introduction.title]
    lines += ["构造的导言段落。", "——构造的目标。"]
    for chapter in plan.chapters:
        lines.append(f"{NUMERALS[chapter.chapter - 1]}、{chapter.title}")
        for section in chapter.sections or (chapter,):
            if section.number:
                lines.append(f"（{NUMERALS[section.number - 1]}）{section.title}")
            lines.append("构造的引语，没有标记。")
            lines += [
                f"——构造的举措，{section.title}之{NUMERALS[order]}。其第二句。"
                for order in range(measures)
            ]
    return "\n\n".join(lines) + "\n"


def without_text(plan: Plan) -> Plan:
    """Leave of a plan its outline only."""

    def bare(section: Section) -> Section:
        sections = tuple(map(bare, section.sections))
        return replace(section, sections=sections, passages=None, start=None, end=None)

    return replace(
        plan,
        reading=None,
        nodes=(),
        introduction=bare(plan.introduction),
        chapters=tuple(map(bare, plan.chapters)),
    )


def reworded(name: str, *, seed: int = 1) -> ConstructedPredecessor:
    """Give a predecessor with the rewordings of one writer, and the decoys, if any."""
    fifth = cp.load_plan("2026-2030")
    gold = tomllib.loads((GOLD / f"rewordings-{name}.toml").read_text(encoding="utf-8"))
    return cp.evaluation.construct_predecessor(
        fifth,
        seed,
        rewordings={entry["id"]: entry["text"] for entry in gold["rewording"]},
        insertions=[
            (f"{fifth.id}/{entry['section']}", entry["text"]) for entry in gold.get("decoy", ())
        ]
        or None,
    )


def slow(value: object) -> Any:
    """Leave a case of a test to the slow ones."""
    return pytest.param(value, marks=pytest.mark.slow)


def quick_first(values: Iterable[object], number: int) -> list[Any]:
    """Leave all cases of a test but the first to the slow ones."""
    cases = list(values)
    return [*cases[:number], *map(slow, cases[number:])]


def report_path(year: int) -> Path:
    """Tell where the report of a year would be."""
    return REPORTS / f"national-{year}.txt"


def report(year: int) -> Plan:
    """Read the tasks of a report as a plan in which each line is a measure."""
    text = report_path(year).read_text(encoding="utf-8")
    return plan_of_lines(f"report-{year}", f"政府工作报告（{year}年）", year, text, LINES[year])


def constructed_plan(plan_id: str, year: int, chapters: dict[str, list[str]]) -> Plan:
    """Make a plan of chapters with measures; constructed, and named so."""
    lines = [line for title, own in chapters.items() for line in (f"（一）{title}", *own)]
    text = "\n".join(lines)
    return plan_of_lines(plan_id, f"构造的计划（{year}年）", year, text, (1, len(lines)))


def plan_of_lines(plan_id: str, title: str, year: int, text: str, lines: tuple[int, int]) -> Plan:
    """Make a plan of the lines from the first to the last: headings, and measures."""
    chapters = tuple(tree(plan_id, numbered_lines(text, *lines)))
    return replace(
        template(),
        id=plan_id,
        title=title,
        title_en=None,
        start_year=year,
        end_year=year,
        introduction=replace(template().introduction, id=f"{plan_id}/0", plan=plan_id, passages=()),
        chapters=chapters,
        reading=Reading(text, range(len(text)), witness(plan_id, text), (), ()),
        nodes=(),
        generic_endings=(),
    )


@cache
def template() -> Plan:
    """Load a plan of which all but the text is taken."""
    return cp.load_plan("2026-2030")


def numbered_lines(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Give number, offset and words of each line from the first to the last."""
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if first <= number <= last:
            yield number, start, line.rstrip("\n")
        start += len(line)


def tree(plan_id: str, lines: Iterable[tuple[int, int, str]]) -> Iterator[Section]:
    """Make a chapter of each heading, and a measure of each line below it."""
    chapters: list[tuple[Section, list[Measure]]] = []
    for number, start, words in lines:
        if found := HEADING.fullmatch(words):
            place = len(chapters) + 1
            section_id = f"{plan_id}/{place}"
            chapters.append((Section(section_id, plan_id, "chapter", place, None, found[1]), []))
            continue
        chapter, measures = chapters[-1]
        end = start + len(words)
        measures.append(
            Measure(f"{chapter.id}/{number}", number, words, start, end, sentences(words, start))
        )
    for chapter, measures in chapters:
        yield replace(chapter, passages=tuple(measures))


def report_links(old: Plan, new: Plan) -> pd.DataFrame:
    """Give the links that a reader made between two reports, as a truth."""
    path = GOLD / f"reports-{old.start_year}-{new.start_year}.csv"
    lines = pd.read_csv(path)
    olds, news = ({m.order: m.id for m in plan.measures} for plan in (old, new))
    table = pd.DataFrame(
        {
            "old_id": lines["old_line"].map(olds),
            "new_id": lines["new_line"].map(news),
            "relation": "linked",
            "certainty": lines["certainty"],
        }
    )
    # Headings are lines too, but no measures.
    return table.dropna(subset=["old_id", "new_id"])


def with_decoys(made: ConstructedPredecessor, *, seed: int = 1) -> ConstructedPredecessor:
    """Put into both plans measures that share their stock phrases and nothing else."""
    chooser = random.Random(seed)
    pairs = tomllib.loads((GOLD / "decoys.toml").read_text(encoding="utf-8"))["pair"]
    plans: dict[str, Plan] = {}
    truth = made.truth
    for side, status, plan in (("old", "dropped", made.plan), ("new", "new", made.successor)):
        places = {h.id: [(m.id, m.text) for m in h.own_measures] for h in plan.headings}
        for pair in pairs:
            home = places[f"{plan.id}/{pair['section']}"]
            home.insert(chooser.randint(0, len(home)), ("", pair[side]))
        texts = {home: [text for _, text in own] for home, own in places.items()}
        title = f"{plan.title}，加入构造的举措"
        plans[side] = assemble(plan, texts, plan_id=plan.id, title=title, title_en=title)
        before = [measure_id for own in places.values() for measure_id, _ in own]
        after = [f"{home}/{n}" for home, own in texts.items() for n in range(1, len(own) + 1)]
        names = {old: new for old, new in zip(before, after, strict=True) if old}
        added = [new for old, new in zip(before, after, strict=True) if not old]
        truth = truth.assign(**{f"{side}_id": truth[f"{side}_id"].map(names)})
        rows = pd.DataFrame({f"{side}_id": added}).assign(status=status, edit="decoy")
        truth = pd.concat([truth, rows], ignore_index=True)
    return ConstructedPredecessor(plans["old"], plans["new"], truth)


def body(plan: Plan) -> str:
    """Give a plan from its first heading on: not every copy has the title page."""
    assert plan.introduction.start is not None
    return plan.text[plan.introduction.start :]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command; give its exit code and what it printed to stdout and stderr."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    return int(caught.value.code or 0), out, err
