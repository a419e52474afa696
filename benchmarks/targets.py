"""What it costs to read the targets of a plan, and to follow them through five.

How well they are read is another question: `target_extraction.py`.
"""

from collections.abc import Iterator

import crossplan as cp
from benchmarks.rows import Row, seconds
from benchmarks.setting import Setting
from benchmarks.timing import least_seconds

QUESTION = "targets"
READING = 0.1
TRACING = 0.25


def rows(setting: Setting) -> Iterator[Row]:
    """Time reading and following."""
    plans = cp.load_plans()
    fifth = plans["2026-2030"]
    for what, work, limit in (
        ("`extract_targets` of the fifth plan", lambda: cp.extract_targets(fifth), READING),
        ("`trace_targets` through all five", lambda: cp.trace_targets(plans), TRACING),
    ):
        (spent,) = least_seconds(setting.repeats, work)
        yield Row(QUESTION, what, seconds(spent), at_most=seconds(limit))
