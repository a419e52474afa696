"""What it costs to count the words of plans.

How many times as fast as a script with jieba, and as tools for corpora, is the table of a
plan's terms: on a text not seen before, again, and the first time in a process; and are the
words of both engines the same? All get the same passages. Conc and scattertext cut them with
jieba too; for Conc, which asks spaCy for words, that takes a model of one's own.
"""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jieba

import crossplan as cp
from benchmarks.rivals import Answer
from benchmarks.rows import Figure, Row, seconds
from benchmarks.setting import Setting
from benchmarks.timing import fresh_seconds, least_seconds
from crossplan.model import Plan
from crossplan.words import segment
from crossplan.words.segment import segmenter
from crossplan.words.text_units import all_passages

QUESTION = "terms"
AGAIN = 0.05
AGAIN_RATIO = 8
UNSEEN_RATIO = 3
SCRIPT = """
from collections import Counter
import jieba
jieba.setLogLevel("WARNING")
with open({path!r}, encoding="utf-8") as file:
    Counter(jieba.lcut(file.read())).most_common()
"""
OURS = "import crossplan as cp; cp.term_frequencies(cp.load_plan('2026-2030')).table"


def rows(setting: Setting) -> Iterator[Row]:
    """Time the terms of the fifth plan, and of it beside a predecessor."""
    plan = cp.load_plan("2026-2030")
    yield from beside_a_script(setting, plan)
    yield from beside_tools(setting, plan)
    texts = passages(plan)
    engines = [segmenter(name, lexicon=plan.lexicon) for name in ("jieba", "rjieba")]
    other = sum(len({tuple(one.words(text)) for one in engines}) > 1 for text in texts)
    yield Row(
        QUESTION,
        f"passages, of {len(texts)}, that jieba and rjieba cut differently in crossplan",
        passages_cut(other),
        at_most=passages_cut(0),
    )


def passages(plan: Plan) -> list[str]:
    """Give the texts whose words are counted."""
    return [passage.text for passage in all_passages(plan)]


def passages_cut(number: int) -> Figure:
    """Give a number of passages."""
    return Figure(number, "passages", str(number))


def beside_a_script(setting: Setting, plan: Plan) -> Iterator[Row]:
    """Time the terms of a plan, and the few lines with jieba that one would write."""
    way = "script with jieba and Counter"
    texts = passages(plan)
    jieba.setLogLevel(logging.WARNING)
    script, by_rjieba, by_jieba, again = map(
        seconds,
        least_seconds(
            setting.repeats,
            lambda: Counter(word for text in texts for word in jieba.lcut(text)).most_common(),
            lambda: unseen([plan], cp.WordOptions(segmenter="rjieba")),
            lambda: unseen([plan], cp.WordOptions(segmenter="jieba")),
            # Finds the words that the one before it cut.
            lambda: cp.term_frequencies(plan, words=cp.WordOptions(segmenter="jieba")).table,
        ),
    )
    what = "`term_frequencies` by {}, text not seen before"
    yield Row(QUESTION, what.format("rjieba"), by_rjieba, way, script, at_least=UNSEEN_RATIO)
    yield Row(QUESTION, what.format("jieba"), by_jieba, way, script)
    yield Row(
        QUESTION,
        "`term_frequencies` again; the script begins anew",
        again,
        way,
        script,
        at_most=seconds(AGAIN),
        at_least=AGAIN_RATIO,
    )


def unseen(plans: list[Plan], words: cp.WordOptions | None = None) -> None:
    """Count the terms of plans when no text of theirs is remembered."""
    segment.segment.cache_clear()
    _ = cp.term_frequencies(plans, words=words).table


def beside_tools(setting: Setting, plan: Plan) -> Iterator[Row]:
    """Time the terms of a plan, and of it beside a predecessor, as tools for corpora do."""
    made = cp.evaluation.construct_predecessor(plan, seed=1)
    one, two = [plan], [made.plan, made.successor]
    ours, ours_of_two = least_seconds(setting.repeats, lambda: unseen(one), lambda: unseen(two))
    conc = asked(setting, "Conc, corpus and frequencies", "conc", one)
    scattertext = asked(setting, "scattertext, corpus and frequencies", "scattertext", two)
    what = "the terms of {}, text not seen before"
    yield Row(QUESTION, what.format("a plan"), seconds(ours), conc.way, conc.time)
    yield Row(
        QUESTION,
        what.format("two plans"),
        seconds(ours_of_two),
        scattertext.way,
        scattertext.time,
    )
    yield from in_a_fresh_process(setting, passages(plan), conc)


def asked(setting: Setting, way: str, task: str, plans: list[Plan]) -> Answer:
    """Ask a tool for the terms of plans."""
    question = {
        "task": task,
        "repeats": setting.repeats,
        "names": [plan.id for plan in plans],
        "texts": ["\n".join(passages(plan)) for plan in plans],
    }
    return setting.rivals.ask(way, [question])[0]


def in_a_fresh_process(setting: Setting, texts: list[str], conc: Answer) -> Iterator[Row]:
    """Time all that a first table takes, imports and dictionaries included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text("\n".join(texts), encoding="utf-8")
        ours, script = fresh_seconds(setting.repeats, OURS, SCRIPT.format(path=str(path)))
    for way, theirs in (
        ("script with jieba and Counter", seconds(script)),
        (conc.way, conc.first_time),
    ):
        what = "from the first import to the terms of a plan, in a fresh process"
        yield Row(QUESTION, what, seconds(ours), way, theirs)
