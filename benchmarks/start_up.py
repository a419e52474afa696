"""What is waited for before the first result.

Does ``import crossplan`` stay far below ``import pandas``; do the help of the command and
five plans come faster than one notices; does a first table take no longer than a script with
jieba that counts the words of the same passages; and does the report load little beside what
draws, tabulates and matches? The script reads jieba's dictionary, or the copy that jieba
keeps of it; crossplan reads it as far as the plan needs it, or the words that it kept.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import crossplan as cp
from benchmarks.rows import Row, seconds
from benchmarks.setting import Setting
from benchmarks.terms import passages
from benchmarks.timing import fresh_seconds, imported_seconds, process_seconds

QUESTION = "start-up"
PANDAS_RATIO = 6.5
LOAD = 0.1
COMMAND = 0.3
# A first table may take a fifth longer than the script, and the report as long to import as
# a script that does such things with scikit-learn.
SCRIPT_RATIO = 0.83
IMPORTS_RATIO = 1
SCRIPT = """
from collections import Counter
import tempfile
import jieba
jieba.setLogLevel("WARNING")
jieba.dt.tmp_dir = {kept}
with open({text!r}, encoding="utf-8") as file:
    Counter(jieba.lcut(file.read())).most_common()
"""
OURS = """
import os
os.environ["CROSSPLAN_CACHE"] = {kept!r}
import crossplan as cp
cp.term_frequencies(cp.load_plan("2026-2030"), words=cp.WordOptions(segmenter="jieba")).table
"""
PACKAGES = "import matplotlib.pyplot, pandas, sklearn.feature_extraction.text"


def rows(setting: Setting) -> Iterator[Row]:
    """Time fresh processes."""
    ours, pandas = fresh_seconds(setting.repeats, "import crossplan", "import pandas")
    yield Row(
        QUESTION,
        "`import crossplan`, in a fresh process",
        seconds(ours),
        "`import pandas`",
        seconds(pandas),
        at_least=PANDAS_RATIO,
    )
    for option in ("--help", "--version"):
        yield Row(
            QUESTION,
            f"`crossplan {option}`, from the start of the process to its end",
            seconds(process_seconds(setting.repeats, "-m", "crossplan", option)),
            at_most=seconds(COMMAND),
        )
    (loading,) = fresh_seconds(
        setting.repeats,
        "crossplan.load_plans()",
        preparation="import crossplan; crossplan.load_plans; import msgspec, rapidfuzz.fuzz",
    )
    yield Row(
        QUESTION,
        "load the five plans, the first time in a process, nothing kept from an earlier one",
        seconds(loading),
        at_most=seconds(LOAD),
    )
    with tempfile.TemporaryDirectory() as folder:
        yield from first_table(setting, Path(folder))
        yield imports_of_the_report(setting, Path(folder))


def first_table(setting: Setting, folder: Path) -> Iterator[Row]:
    """Time the terms of a plan from the first import on, and a script with jieba."""
    text = folder / "text.txt"
    text.write_text("\n".join(passages(cp.load_plan("2026-2030"))), encoding="utf-8")
    script = SCRIPT.format(kept=f"tempfile.mkdtemp(dir={str(folder)!r})", text=str(text))
    codes = [
        OURS.format(kept="off"),
        script,
        OURS.format(kept=str(folder / "kept")),
        SCRIPT.format(kept=repr(str(folder)), text=str(text)),
    ]
    # The first time, what is kept is not there yet.
    fresh_seconds(1, *codes)
    ours, theirs, kept, copied = map(seconds, fresh_seconds(setting.repeats, *codes))
    ways = ("script with jieba and Counter", "the script, with jieba's copy of its dictionary")
    for what, figure in (("nothing kept from an earlier process", ours), ("words kept", kept)):
        for way, other in zip(ways, (theirs, copied), strict=True):
            yield Row(
                QUESTION,
                f"from the first import to the terms of a plan by jieba, {what}",
                figure,
                way,
                other,
                at_least=SCRIPT_RATIO,
            )


def imports_of_the_report(setting: Setting, folder: Path) -> Row:
    """Add up what the report takes to load modules, before its work and during it."""
    report = ("-m", "crossplan", "report", "--offline", "--output", str(folder / "report.html"))
    ours, packages = imported_seconds(setting.repeats, report, ("-c", PACKAGES))
    return Row(
        QUESTION,
        "`crossplan report`, all that it imports",
        seconds(ours),
        f"`{PACKAGES}`",
        seconds(packages),
        at_least=IMPORTS_RATIO,
    )
