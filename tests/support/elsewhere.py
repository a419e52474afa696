"""What the tests send to other processes; a module, so that those can import it."""

import os
import pickle
import signal
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crossplan.corpora.corpus import Corpus
from crossplan.errors import UnreadableTextError
from crossplan.model import Plan, PlanReference


@dataclass(frozen=True)
class Stored:
    """A plan in a file, read when it is called."""

    path: Path

    def __call__(self) -> Plan:
        plan: Plan = pickle.loads(self.path.read_bytes())  # noqa: S301 - the test wrote it
        return plan


@dataclass(frozen=True)
class Changed:
    """A file that is not what it was."""

    path: Path

    def __call__(self) -> Plan:
        raise UnreadableTextError(self.path, "the file has changed", "Make the corpus anew.")


def stored(plans: Iterable[Plan], folder: Path) -> Corpus:
    """Give a corpus that reads its plans when they are asked for."""
    references = []
    for plan in plans:
        path = folder / f"{plan.id}.pickle"
        path.write_bytes(pickle.dumps(plan))
        references.append(PlanReference.of(plan, Stored(path)))
    return Corpus(references)


class OneByOne:
    """A segmenter of one's own: each character is a word."""

    name = "one by one"

    def words(self, text: str) -> list[str]:
        return list(text)


class Loose(OneByOne):
    """Holds something that no pickle can hold."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Forgetful(OneByOne):
    """Loses what it should cut."""

    name = "forgetful"

    def words(self, text: str) -> list[str]:
        return list(text[1:])


class Deadly(OneByOne):
    """Ends the process that it works in."""

    def words(self, text: str) -> list[str]:
        os.kill(os.getpid(), signal.SIGKILL)
        return list(text)


class DeadlyOnce(OneByOne):
    """Ends the process that it works in, but only the first of all."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def words(self, text: str) -> list[str]:
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return list(text)
        os.kill(os.getpid(), signal.SIGKILL)
        return []


def deadly_sum(shared: tuple[Path, list[int]], item: int) -> int:
    """Add a number to those that all share; the first time of all, end the process instead."""
    mark, numbers = shared
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return sum(numbers) + item
    os.kill(os.getpid(), signal.SIGKILL)
    return 0
