"""Documents of a plan's size, as many as are wanted, constructed from clauses of the fifth plan.

A measure is three sentences of two clauses each, drawn at random. Each document follows the
one before it: nine of ten measures go on, the others give way to new ones. Into every measure
of every document a word is put at random, so that no two have the same passages and nothing
that was worked out for one serves the next.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import crossplan as cp
from crossplan.words.segment import segmenter

SENTENCES = 3
# Of ten measures, so many give way to new ones.
GIVING_WAY = 1
TITLE = "构造的文件第{number}号（2026年）"
NUMERALS = "一二三四五六七八"
NOTE = "由第五份计划的分句随机拼成，不是真实的计划"
CLAUSES = re.compile(r"[^，；：。]+")


def write_documents(number: int, measures: int, folder: Path) -> None:
    """Write so many documents of so many measures, in the order of their names."""
    plan = cp.load_plan("2026-2030")
    titles = [chapter.title for chapter in plan.chapters]
    for place, texts in enumerate(successive_measures(number, measures), start=1):
        lines = [TITLE.format(number=place), NOTE]
        for chapter, title in enumerate(titles):
            own = texts[chapter :: len(titles)]
            lines += [f"{NUMERALS[chapter]}、{title}", *(f"——{text}" for text in own)]
        path = folder / f"constructed-{place:05}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")


def successive_measures(number: int, measures: int) -> Iterator[list[str]]:
    """Give the measures of one document after the other."""
    chooser = random.Random(1)  # noqa: S311 - no secret
    plan = "".join(measure.text for measure in cp.load_plan("2026-2030").measures)
    clauses = sorted(set(CLAUSES.findall(plan)))
    words = sorted({word for word in segmenter().words(plan) if len(word) > 1})

    def new() -> str:
        return "".join(f"{'，'.join(chooser.sample(clauses, 2))}。" for _ in range(SENTENCES))

    texts = [new() for _ in range(measures)]
    for _ in range(number):
        for place in chooser.sample(range(measures), measures * GIVING_WAY // 10):
            texts[place] = new()
        places = [chooser.randrange(1, len(text)) for text in texts]
        yield [
            text[:place] + chooser.choice(words) + text[place:]
            for text, place in zip(texts, places, strict=True)
        ]
