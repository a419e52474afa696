"""What the tests send to other processes; a module, so that those can import it."""

import os
import pickle
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from crossplan.model import Corpus, Plan, PlanReference


@dataclass(frozen=True)
class Stored:
    """A plan in a file, read when it is called."""

    path: Path

    def __call__(self) -> Plan:
        plan: Plan = pickle.loads(self.path.read_bytes())  # noqa: S301 - the test wrote it
        return plan


def stored(plans: Iterable[Plan], folder: Path) -> Corpus:
    """Give a corpus that reads its plans when they are asked for."""
    references = []
    for plan in plans:
        path = folder / f"{plan.id}.pickle"
        path.write_bytes(pickle.dumps(plan))
        references.append(PlanReference.of(plan, Stored(path)))
    return Corpus(references)


@dataclass(frozen=True)
class OneByOne:
    """A segmenter of one's own: each character is a word."""

    name: str = "one by one"

    def words(self, text: str) -> list[str]:
        return list(text)


@dataclass(frozen=True)
class Loose(OneByOne):
    """Holds something that no pickle can hold."""

    words_made: object = field(default_factory=lambda: (word for word in ()), hash=False)


class Forgetful(OneByOne):
    """Loses what it should cut."""

    def words(self, text: str) -> list[str]:
        return list(text[1:])


class Deadly(OneByOne):
    """Ends the process that it works in."""

    def words(self, text: str) -> list[str]:
        os.kill(os.getpid(), signal.SIGKILL)
        return list(text)


@dataclass(frozen=True)
class DeadlyOnce(OneByOne):
    """Ends the process that it works in, but only the first of all."""

    mark: Path = Path()

    def words(self, text: str) -> list[str]:
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return list(text)
        os.kill(os.getpid(), signal.SIGKILL)
        return []
