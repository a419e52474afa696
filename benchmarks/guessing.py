"""What it costs to guess the outline of a document, however long and however odd it is.

Documents of ten times as many lines should take ten times as long, also those made of lines
that look like headings without end.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.rows import Figure, Row, seconds
from benchmarks.setting import Setting
from benchmarks.timing import least_seconds
from crossplan.guessing.marks_and_outline import guess

QUESTION = "guessing"
# Ten times the lines take sixteen times as long.
POWER = 1.2
DOCUMENTS: dict[str, Callable[[int], list[str]]] = {
    "one heading again and again": lambda size: ["一、甲"] * size,
    "numbers without end": lambda size: [f"{number}. 甲" for number in range(1, size + 1)],
    "an outline again and again": lambda size: (
        ["一、甲", "（一）子", "字。", "（二）丑", "二、乙"] * (size // 5)
    ),
    "prose alone": lambda size: ["这是一段话，里面有些字。"] * size,
}


def rows(setting: Setting) -> Iterator[Row]:
    """Time documents of two sizes."""
    few, many = setting.lines
    for name, make in DOCUMENTS.items():
        short, long = make(few), make(many)
        before, after = least_seconds(
            min(setting.repeats, 3), partial(guess, short), partial(guess, long)
        )
        power = math.log(after / before) / math.log(many / few)
        what = f"the outline of {many:,} lines guessed, {name}"
        yield Row(QUESTION, what, seconds(after))
        yield Row(
            QUESTION,
            f"{name}: power with which its time grows",
            Figure(power, "", f"{power:.2f}"),
            at_most=Figure(POWER, "", f"{POWER}"),
        )
