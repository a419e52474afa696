"""Telling what form a file has from its own bytes; names and headers may be wrong."""

import re

from crossplan.corpora.encoding import decode_or_none
from crossplan.readers.page import Form, UnreadableContent

NOT_READ = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)", "Open it in Word and save it as .docx."),
    (b"{\\rtf", "an RTF file", "Open it in a word processor and save it as .docx."),
    (b"\x89PNG", "a picture", "Give the text itself; a picture of it is not read."),
    (b"\xff\xd8\xff", "a picture", "Give the text itself; a picture of it is not read."),
    (b"GIF8", "a picture", "Give the text itself; a picture of it is not read."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
)
START = 4096
LONG_START = 16_384
WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
PART_OF_PAGE = re.compile(r"<(?:meta|div|p|br|table|span|pre)\b", re.IGNORECASE)
# A heading between equals signs, a template, or a link in double brackets.
WIKITEXT = re.compile(r"^==[^=\n].{0,200}==\s*$|^\{\{[^{}\n]{1,200}$", re.MULTILINE)
WIKI_NAMES = (".wiki", ".wikitext", ".mediawiki")


def form_of(data: bytes, name: str) -> Form:
    """Tell the form of a file.

    Raises
    ------
    UnreadableContent
        If it is of a form that is known and not read.

    Examples
    --------
    >>> form_of(b"%PDF-1.7", "plan"), form_of("<p>一、</p>".encode("gbk"), "plan.txt")
    ('pdf', 'html')
    """
    for magic, what, remedy in NOT_READ:
        if data.startswith(magic):
            raise UnreadableContent(f"this is {what}", remedy)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    lower = name.lower()
    text = decode_or_none(data) or data[:START].decode("latin-1")
    start = text[:START]
    if lower.endswith((".htm", ".html", ".shtml", ".xhtml")) or WHOLE_PAGE.search(start):
        return "html"
    if lower.endswith(WIKI_NAMES) or WIKITEXT.search(text[:LONG_START]):
        return "wikitext"
    return "html" if PART_OF_PAGE.search(start) else "text"
