"""The other process of :mod:`crossplan.readers.document`: ``python -m crossplan.readers.child``."""

import json
import sys
from contextlib import suppress

import msgspec

from crossplan.corpora.encoding import decode_or_none
from crossplan.readers import limits
from crossplan.readers.document import BAD, GOOD
from crossplan.readers.page import Form, Page, UnreadableContent

# Pages nest more deeply than Python's default limit allows.
_RECURSION = 20_000


def _main() -> None:
    """Read the file on standard input, and print its pages or the problem."""
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    form, content_type, seconds = json.loads(head)
    _limit(seconds)
    sys.setrecursionlimit(_RECURSION)
    sys.stdout.buffer.write(answer(form, data, content_type))


def answer(form: Form, data: bytes, content_type: str) -> bytes:
    """Return the pages of a file, or the problem, in the form that this process prints."""
    try:
        return GOOD + msgspec.json.encode(_read(form, data, content_type))
    except UnreadableContent as unreadable:
        return BAD + json.dumps([unreadable.problem, unreadable.remedy]).encode()
    except RecursionError:
        return BAD + json.dumps(["it is nested too deeply", "Save it anew."]).encode()


def _limit(seconds: int) -> None:
    """Limit the memory and processor time of this process."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; only those of waiting and size apply.
        return
    wanted = {
        resource.RLIMIT_AS: limits.MEMORY,
        resource.RLIMIT_CPU: seconds,
        # Without this, the signal at the time limit would write a core dump.
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS defines some limits and cannot set them
            resource.setrlimit(kind, (least, hard))


def _read(form: Form, data: bytes, content_type: str) -> tuple[Page, ...]:
    """Read bytes in a format."""
    if form == "html":
        from crossplan.readers.html import read_html

        return (read_html(data, content_type),)
    if form == "wikitext":
        from crossplan.readers.wikitext import read_wikitext

        return (read_wikitext(decode_or_none(data) or ""),)
    if form == "docx":
        from crossplan.readers.word import read_word

        return (read_word(data),)
    if form == "pdf":
        from crossplan.readers.pdf import read_pdf

        return read_pdf(data)
    raise ValueError(form)


if __name__ == "__main__":
    _main()
