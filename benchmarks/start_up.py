"""What is waited for before the first result.

Does ``import crossplan`` stay far below ``import pandas``; do the help of the command and
five plans come faster than one notices?
"""

from collections.abc import Iterator

from benchmarks.rows import Row, seconds
from benchmarks.setting import Setting
from benchmarks.timing import fresh_seconds, process_seconds

QUESTION = "start-up"
PANDAS_RATIO = 6.5
LOAD = 0.1
COMMAND = 0.3


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
