"""Reading in a process of its own, with limits of time and memory.

Readers of PDF, Word and web pages are large, and what they read comes from anywhere. A
file that makes one of them hang, crash or swallow the memory must end in an error here.
"""

import json
import signal
import subprocess
import sys

import msgspec

from crossplan.readers import limits
from crossplan.readers.page import Form, Page, UnreadableContent

DECODER = msgspec.json.Decoder(tuple[Page, ...])
# What the other process prints before the pages, or before what is wrong.
GOOD, BAD = b"+", b"-"
# What ends a process that used up its processor time; Windows has no such signal.
TIME_IS_UP = -getattr(signal, "SIGXCPU", 0) or None


def read_apart(form: Form, data: bytes, content_type: str = "") -> tuple[Page, ...]:
    """Read a file or page in another process.

    Raises
    ------
    UnreadableContent
        If it cannot be read, or not within the limits.
    """
    head = json.dumps([form, content_type, limits.SECONDS]).encode() + b"\n"
    too_long = UnreadableContent(
        f"reading it took longer than {limits.SECONDS} seconds", "Check where it comes from."
    )
    try:
        # -P: what lies in the folder of the caller must not be taken for a library.
        done = subprocess.run(
            [sys.executable, "-P", "-m", "crossplan.readers.child"],
            input=head + data,
            capture_output=True,
            timeout=limits.LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_long from error
    if done.returncode == TIME_IS_UP:
        raise too_long
    return pages_of(done.stdout)


def pages_of(answer: bytes) -> tuple[Page, ...]:
    """Return the pages that the other process found.

    Raises
    ------
    UnreadableContent
        If it says that there are none, or says nothing.
    """
    if answer.startswith(GOOD):
        return DECODER.decode(answer[1:])
    if answer.startswith(BAD):
        raise UnreadableContent(*json.loads(answer[1:]))
    raise UnreadableContent(
        "its reader failed, or needed more memory than it may have",
        "Save the file anew, or give its text as a text file.",
    )
