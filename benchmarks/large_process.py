"""Two plans of very many measures, compared in a process that is watched from outside.

The plans are constructed from the sentences of the fifth one.
"""

import random
import sys
import time

import crossplan as cp
from benchmarks.memory import report
from crossplan.matching.assembly import assemble
from crossplan.model import Plan


def large(plan: Plan, measures: int, plan_id: str, seed: int) -> Plan:
    """Construct a plan of many measures from the sentences of one."""
    chooser = random.Random(seed)  # noqa: S311 - no secret
    sentences = [sentence.text for measure in plan.measures for sentence in measure.sentences]
    homes = [heading.id for heading in plan.headings if heading.own_measures]
    texts: dict[str, list[str]] = {}
    for place in range(measures):
        text = "".join(chooser.sample(sentences, 3))
        texts.setdefault(homes[place % len(homes)], []).append(text)
    title = "构造的大计划（由第五份计划的句子拼成）"
    return assemble(plan, texts, plan_id=plan_id, title=title, title_en="Constructed")


def main(measures: int) -> None:
    """Compare two large plans once."""
    fifth = cp.load_plan("2026-2030")
    old, new = large(fifth, measures, "old", seed=1), large(fifth, measures, "new", seed=2)
    start = time.perf_counter()
    cp.compare_measures(old, new)
    report("comparing", time.perf_counter() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]))
