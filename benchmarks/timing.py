"""How times are taken: the least of several, in this process or in fresh ones.

What is compared takes turns, so that a machine that slows down slows down both.
"""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version

import psutil

# What Python says of a module that it loads: the microseconds without those it loads in turn.
MODULE = re.compile(r"^import time: +(\d+) \|", re.MULTILINE)
MICRO = 1_000_000
PACKAGES = ("numpy", "pandas", "rapidfuzz", "jieba", "rjieba")


def least_seconds(repeats: int, *works: Callable[[], object]) -> list[float]:
    """Do each work once, then all in turn so many times; give the least time of each."""
    for work in works:
        work()
    return in_turns(repeats, *(partial(seconds_of, work) for work in works))


def fresh_seconds(repeats: int, *codes: str, preparation: str = "") -> list[float]:
    """Time pieces of code in fresh processes, in turn; give the least of each."""
    timed = [
        f"{preparation}\nimport time\nstart = time.perf_counter()\n{code}\n"
        "print(time.perf_counter() - start)"
        for code in codes
    ]
    return in_turns(repeats, *(partial(printed_number, code) for code in timed))


def printed_number(code: str) -> float:
    """Run code in a fresh process and give the number that it printed."""
    return float(output_of("-c", code))


def process_seconds(repeats: int, *arguments: str) -> float:
    """Time processes of Python from their start to their end; give the least."""
    return least_seconds(repeats, lambda: output_of(*arguments))[0]


def imported_seconds(repeats: int, *commands: Sequence[str]) -> list[float]:
    """Add up what processes of Python take to load modules, in turn; give the least of each."""
    return in_turns(repeats, *(partial(seconds_of_imports, *command) for command in commands))


def seconds_of_imports(*arguments: str) -> float:
    """Run Python with arguments, and add up what each module takes by itself."""
    command = [sys.executable, "-W", "ignore", "-X", "importtime", *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return sum(map(int, MODULE.findall(told))) / MICRO


def in_turns(repeats: int, *timed: Callable[[], float]) -> list[float]:
    """Let each be timed in turn, so many times; give the least of each."""
    rounds = [[clocked() for clocked in timed] for _ in range(repeats)]
    return [min(times) for times in zip(*rounds, strict=True)]


def seconds_of(work: Callable[[], object]) -> float:
    """Time a work once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def output_of(*arguments: str) -> str:
    """Run Python with arguments and give what it printed."""
    command = [sys.executable, "-W", "ignore", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def machine() -> str:
    """Say on what times were taken, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), "
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}."
    )
