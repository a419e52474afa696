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

MEASURES = 200
SENTENCES = 3
GIVING_WAY = 20
TITLE = "构造的文件第{number}号（2026年）"
NUMERALS = "一二三四五六七八"
NOTE = "由第五份计划的分句随机拼成，不是真实的计划"
CLAUSES = re.compile(r"[^，；：。]+")


def write_documents(number: int, folder: Path) -> None:
    """Write so many documents, in the order of their names."""
    plan = cp.load_plan("2026-2030")
    titles = [chapter.title for chapter in plan.chapters]
    for place, measures in enumerate(successive_measures(number), start=1):
        lines = [TITLE.format(number=place), NOTE]
        for chapter, title in enumerate(titles):
            own = measures[chapter :: len(titles)]
            lines += [f"{NUMERALS[chapter]}、{title}", *(f"——{text}" for text in own)]
        path = folder / f"constructed-{place:05}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")


def successive_measures(number: int) -> Iterator[list[str]]:
    """Give the measures of one document after the other."""
    chooser = random.Random(1)  # noqa: S311 - no secret
    text = "".join(measure.text for measure in cp.load_plan("2026-2030").measures)
    clauses = sorted(set(CLAUSES.findall(text)))
    words = sorted({word for word in segmenter().words(text) if len(word) > 1})

    def new() -> str:
        return "".join(f"{'，'.join(chooser.sample(clauses, 2))}。" for _ in range(SENTENCES))

    measures = [new() for _ in range(MEASURES)]
    for _ in range(number):
        for place in chooser.sample(range(MEASURES), GIVING_WAY):
            measures[place] = new()
        places = [chooser.randrange(1, len(text)) for text in measures]
        yield [
            text[:place] + chooser.choice(words) + text[place:]
            for text, place in zip(measures, places, strict=True)
        ]
