"""How time, memory and disk grow with the number of documents.

So many text files are read, their words counted, each compared with the one before it, and
all with all, by two processes and with a cache that is empty at first. The documents are
constructed (`documents.py`). The power of growth is that of the last step in size: of
ten documents, most of the time is spent starting.
"""

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.documents import write_documents
from benchmarks.memory import Stage, watched
from benchmarks.rows import Figure, Row, mebibytes, seconds
from benchmarks.setting import Setting

QUESTION = "growth"
WORK = {
    "reading": "`read_plans`",
    "counting": "`term_frequencies`",
    "neighbours": "`trace_measures`",
    "all pairs": "`compare_all_measures`",
}
END_TO_END = ("reading", "counting", "neighbours")
SECONDS = 180
MEMORY = 4096
# Ten times the documents take sixteen times as long; where all are compared with all, forty
# times, as the search for what is alike does by itself.
POWER, POWER_OF_ALL = 1.2, 1.6


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a corpus of some size.

    Attributes
    ----------
    stages : dict of str to Stage
    texts, kept : float
        MiB on disk: of the files, and of what was kept of them.
    """

    stages: dict[str, Stage]
    texts: float
    kept: float

    def seconds(self, names: Sequence[str]) -> float:
        """Give the time of stages together."""
        return sum(self.stages[name].seconds for name in names)

    def mebibytes(self, names: Sequence[str]) -> float:
        """Give the most memory at once of any of some stages."""
        return max(self.stages[name].mebibytes for name in names)


def rows(setting: Setting) -> list[Row]:
    """Work on corpora of growing size."""
    found = runs(setting)
    sizes = " / ".join(f"{size:,}" for size in found)
    largest = max(found)
    answers = []
    for name, work in WORK.items():
        answers.append(Row(QUESTION, f"{work}, {sizes} documents", series(found, name)))
        grows = power(found, (name,))
        answers.append(
            Row(
                QUESTION,
                f"{work}: power with which its time grows",
                Figure(grows, "", f"{grows:.2f}"),
                at_most=Figure(most := limit(name), "", f"{most}"),
            )
        )
    whole = f"{largest:,} documents read, counted and each compared with the one before it"
    answers.append(
        Row(
            QUESTION,
            f"{whole}, n_jobs={setting.jobs}",
            seconds(found[largest].seconds(END_TO_END)),
            at_most=seconds(SECONDS),
        )
    )
    for what, names in ((f"{whole}: most memory", END_TO_END), ("all pairs: most memory", WORK)):
        answers.append(
            Row(
                QUESTION,
                what,
                mebibytes(found[largest].mebibytes(tuple(names))),
                at_most=mebibytes(MEMORY),
            )
        )
    return answers


def limit(name: str) -> float:
    """Give the power that the time of a stage may grow with."""
    return POWER_OF_ALL if name == "all pairs" else POWER


@cache
def runs(setting: Setting) -> dict[int, Run]:
    """Work on a corpus of each size, once."""
    return {size: run(setting, size) for size in setting.sizes}


def run(setting: Setting, size: int) -> Run:
    """Write documents, and work on them in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        texts, kept = Path(place, "texts"), Path(place, "kept")
        texts.mkdir()
        write_documents(size, setting.measures, texts)
        arguments = ("-m", "benchmarks.growth_process", str(texts), str(setting.jobs))
        found = watched(*arguments, environment={"CROSSPLAN_CACHE": str(kept)})
        return Run({stage.name: stage for stage in found}, on_disk(texts), on_disk(kept))


def on_disk(folder: Path) -> float:
    """Give the MiB of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def series(found: Mapping[int, Run], name: str) -> Figure:
    """Give the times of a stage for all sizes; the last is its number."""
    times = [seconds(one.stages[name].seconds) for one in found.values()]
    return Figure(times[-1].number, "s", " / ".join(figure.text for figure in times))


def power(found: Mapping[int, Run], names: Sequence[str]) -> float:
    """Give p, where time grows with the p-th power of the number of documents."""
    (fewer, before), (more, after) = sorted(found.items())[-2:]
    return math.log(after.seconds(names) / before.seconds(names)) / math.log(more / fewer)
