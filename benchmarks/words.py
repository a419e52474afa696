"""How fast words are cut and counted, as ratios in one run.

Questions: how many times faster than jieba alone is the table of a plan's terms, warm and
on a text not seen before; are the words of both engines the same; and what do a thousand
documents of a plan's size cost in seconds and memory? Limits: 50 ms, 8 times, 20 s, 2 GiB.

Run: ``python benchmarks/words.py`` in an environment with crossplan and rjieba. Times are
the least of seven. The documents are constructed: sentences of the fifth plan, shuffled,
each with a word put in, so that no two have the same passages.
"""

import logging
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import jieba

import crossplan as cp
from crossplan.model import Corpus, Plan
from crossplan.words import options
from crossplan.words.segment import Segmenter, segmenter
from crossplan.words.units import all_passages

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import material

REPEATS = 7
DOCUMENTS = 1000
MEASURES = 200
LIMIT_SECONDS, LIMIT_RATIO, LIMIT_CORPUS, LIMIT_MEMORY = 0.05, 8, 20, 2.0
GIB = 2**20


def least_seconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Give the least of several times that something takes."""
    times = []
    for _ in range(REPEATS):
        before()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def cut_all(one: Segmenter, texts: list[str]) -> None:
    """Cut texts into words."""
    for text in texts:
        one.words(text)


def one_plan() -> bool:
    """Time the terms of the fifth plan against jieba alone."""
    plan = cp.load_plan("2026-2030")
    texts = [passage.text for passage in all_passages(plan)]
    jieba.setLogLevel(logging.WARNING)
    plain = jieba.Tokenizer()
    alone = least_seconds(lambda: [plain.lcut(text) for text in texts])
    engines = {name: segmenter(name, lexicon=plan.lexicon) for name in ("jieba", "rjieba")}
    words = [[one.words(text) for text in texts] for one in engines.values()]
    warm = least_seconds(lambda: cp.term_frequencies(plan))
    unseen = least_seconds(lambda: cp.term_frequencies(plan), options.cut.cache_clear)
    cut = {name: least_seconds(partial(cut_all, one, texts)) for name, one in engines.items()}
    print(f"words of both engines equal          {words[0] == words[1]}")
    print(f"jieba alone, the words of a plan     {1000 * alone:7.1f} ms")
    for name, seconds in cut.items():
        print(f"crossplan's words by {name:16s}{1000 * seconds:7.1f} ms {alone / seconds:6.1f} x")
    print(f"table of terms, text not seen before {1000 * unseen:7.1f} ms {alone / unseen:6.1f} x")
    print(
        f"table of terms, warm                 {1000 * warm:7.1f} ms {alone / warm:6.1f} x"
        f"    (limits {1000 * LIMIT_SECONDS:.0f} ms, {LIMIT_RATIO} x)"
    )
    return words[0] == words[1] and warm < LIMIT_SECONDS and alone / warm >= LIMIT_RATIO


def documents(number: int) -> Corpus:
    """Construct documents of a plan's size from the sentences of the fifth plan."""
    chooser = random.Random(1)  # noqa: S311 - no secret
    plan = cp.load_plan("2026-2030")
    sentences = [s.text for passage in plan.measures for s in passage.sentences]
    vocabulary = sorted({w for s in sentences for w in segmenter().words(s) if len(w) > 1})
    made: list[Plan] = []
    for count in range(number):
        measures = []
        for _ in range(MEASURES):
            text = "".join(chooser.choices(sentences, k=3))
            place = chooser.randrange(len(text))
            measures.append(text[:place] + chooser.choice(vocabulary) + text[place:])
        document = material.constructed_plan(f"d{count:04d}", 2000 + count, {"甲": measures})
        made.append(replace(document, lexicon=plan.lexicon))
    return Corpus(made)


def many_plans() -> bool:
    """Time a thousand documents."""
    corpus = documents(DOCUMENTS)
    size = statistics.mean(len(plan.text) for plan in corpus.values())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB
    start = time.perf_counter()
    table = cp.term_frequencies(corpus).frame
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB
    print(
        f"{DOCUMENTS} documents of {size:,.0f} characters   {seconds:7.1f} s "
        f"(limit {LIMIT_CORPUS} s), {len(table):,} rows"
    )
    print(
        f"memory                               {memory:7.2f} GiB (limit {LIMIT_MEMORY:g} GiB), "
        f"of which {before:.2f} GiB hold the documents"
    )
    return seconds < LIMIT_CORPUS and memory < LIMIT_MEMORY


def main() -> None:
    """Print the table; end with an error when a limit is passed."""
    if not all([one_plan(), many_plans()]):
        sys.exit("a limit is passed")


if __name__ == "__main__":
    main()
