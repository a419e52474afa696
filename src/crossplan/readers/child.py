"""The other process of :mod:`crossplan.readers.apart`: ``python -m crossplan.readers.child``."""

import json
import sys

import msgspec

from crossplan.corpora.encoding import decode_or_none
from crossplan.readers import limits
from crossplan.readers.apart import BAD, GOOD
from crossplan.readers.page import Form, Page, UnreadableContent

# Pages nest more deeply than Python's limit is made for.
RECURSION = 20_000


def main() -> None:
    """Read what comes in, and print its pages or what is wrong with it."""
    limit_memory()
    sys.setrecursionlimit(RECURSION)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    form, content_type = json.loads(head)
    try:
        pages = read(form, data, content_type)
        answer = GOOD + msgspec.json.encode(pages)
    except UnreadableContent as unreadable:
        answer = BAD + json.dumps([unreadable.problem, unreadable.remedy]).encode()
    except RecursionError:
        answer = BAD + json.dumps(["it is nested too deeply", "Save it anew."]).encode()
    sys.stdout.buffer.write(answer)


def limit_memory() -> None:
    """Give this process no more memory than reading needs."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; those of time and size remain.
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))


def read(form: Form, data: bytes, content_type: str) -> tuple[Page, ...]:
    """Read bytes of a form."""
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
    main()
