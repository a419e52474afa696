"""How much memory work takes, that of all its processes together."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

import psutil

# A peak that is shorter than this may be missed.
PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the work of a process.

    Attributes
    ----------
    name : str
    seconds : float
    mebibytes : float
        The most memory at once, of the process and those it began. What two of them
        share counts twice.
    """

    name: str
    seconds: float
    mebibytes: float


def report(name: str, seconds: float) -> None:
    """Tell the process that watches this one that a stage is over."""
    print(json.dumps([name, seconds]), flush=True)


class Watcher(Thread):
    """Watches the memory of a process and of those it began."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(process)
        self.most = 0

    def run(self) -> None:
        """Watch until the process ends."""
        while psutil.pid_exists(self.process.pid):
            self.most = max(self.most, self.now())
            time.sleep(PAUSE)

    def now(self) -> int:
        """Give the bytes that the processes hold."""
        held = 0
        with suppress(psutil.NoSuchProcess):
            for process in (self.process, *self.process.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    held += process.memory_info().rss
        return held

    def most_since(self) -> float:
        """Give the most, in MiB, since this was last asked."""
        most, self.most = self.most, 0
        return most / 2**20


def watched(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """Run Python with work that calls :func:`report` at the end of each stage."""
    command = [sys.executable, "-W", "ignore", *arguments]
    told = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=told) as process:
        watcher = Watcher(process.pid)
        watcher.start()
        assert process.stdout is not None  # noqa: S101 - it was asked for
        for line in process.stdout:
            name, seconds = json.loads(line)
            yield Stage(name, seconds, watcher.most_since())
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
