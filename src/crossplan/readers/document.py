"""Reading a file, a folder of pages or bytes as a document of lines."""

import json
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

import msgspec

from crossplan.corpora.encoding import decode, decode_or_none
from crossplan.errors import UnreadableTextError
from crossplan.readers import limits
from crossplan.readers.page import Form, Page, PageLink, UnreadableContent, filled

_WIKI_NAMES = (".wiki", ".wikitext", ".mediawiki")

_READ = (".txt", ".md", ".htm", ".html", ".shtml", ".xhtml", ".docx", ".pdf", *_WIKI_NAMES)

_NOT_READ = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)", "Open it in Word and save it as .docx."),
    (b"{\\rtf", "an RTF file", "Open it in a word processor and save it as .docx."),
    (b"\x89PNG", "a picture", "Give the text itself; a picture of it is not read."),
    (b"\xff\xd8\xff", "a picture", "Give the text itself; a picture of it is not read."),
    (b"GIF8", "a picture", "Give the text itself; a picture of it is not read."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
)
_START = 4096
_LONG_START = 16_384
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PART_OF_PAGE = re.compile(r"<(?:meta|div|p|br|table|span|pre)\b", re.IGNORECASE)
# A heading between equals signs, a template, or a link in double brackets.
_WIKITEXT = re.compile(r"^==[^=\n].{0,200}==\s*$|^\{\{[^{}\n]{1,200}$", re.MULTILINE)

_DECODER = msgspec.json.Decoder(tuple[Page, ...])
# What the other process prints before the pages, or before the problem.
GOOD, BAD = b"+", b"-"
# The signal that ends a process at its time limit; Windows has none.
_TIME_IS_UP = -getattr(signal, "SIGXCPU", 0) or None


@dataclass(frozen=True, slots=True)
class _Original:
    """A file or page as received, byte for byte."""

    name: str
    data: bytes
    form: Form


@dataclass(frozen=True, slots=True)
class Document:
    """A document: pages of lines, and the files they come from.

    Attributes
    ----------
    name : str
        Name of the file or folder.
    originals : tuple of Original
    pages : tuple of Page
    """

    name: str
    originals: tuple[_Original, ...]
    pages: tuple[Page, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of all pages, without blank ones."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def links(self) -> tuple[PageLink, ...]:
        """The links of all pages."""
        return tuple(link for page in self.pages for link in page.links)


def read_file(path: str | Path) -> Document:
    """Read a file, or a folder of the pages of one document.

    Parameters
    ----------
    path : str or Path
        Text (UTF-8, UTF-16 or GB18030), HTML, DOCX, PDF with a text layer, wikitext, or
        a folder of such files, which are read in the order of their names with numbers
        taken as numbers.

    Raises
    ------
    UnreadableTextError
        If it cannot be opened, has another format, is damaged, or exceeds the limits.
    """
    path = Path(path)
    try:
        if path.is_dir():
            return _read_folder(path)
        data = limited_bytes(path)
    except UnreadableTextError:
        raise
    except OSError as error:
        raise UnreadableTextError(
            path, f"the file cannot be opened ({error.strerror})", "Check its name and rights."
        ) from error
    except ValueError as error:
        raise UnreadableTextError(path, f"this is no path ({error})", "Check its name.") from error
    return read_bytes(data, path)


def limited_bytes(path: Path) -> bytes:
    """Read a regular file, and raise an error if it is too large.

    Raises
    ------
    UnreadableTextError
    """
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise UnreadableTextError(path, "this is no file", "Give a file or a folder.")
    if status.st_size > limits.BYTES:
        raise UnreadableTextError(
            path,
            f"the file has {status.st_size // limits.MEGABYTE} megabytes; no more than "
            f"{limits.BYTES // limits.MEGABYTE} are read",
            "Cut out the part with the plan.",
        )
    return path.read_bytes()


def _read_folder(folder: Path) -> Document:
    """Read a document whose pages were saved as separate files."""
    paths = sorted(
        (path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _READ),
        key=lambda path: _numbers_as_numbers(path.name),
    )
    if not paths:
        raise UnreadableTextError(
            folder, "the folder holds no page that is read", f"Save pages as {', '.join(_READ)}."
        )
    return joined(folder.name, [read_file(path) for path in paths])


def joined(name: str, documents: list[Document]) -> Document:
    """Join documents that are the pages of one document."""
    return Document(
        name,
        tuple(original for document in documents for original in document.originals),
        tuple(page for document in documents for page in document.pages),
    )


def _numbers_as_numbers(name: str) -> list[tuple[bool, int, str]]:
    """Return the key that sorts ``page_2`` before ``page_10``."""
    pieces = re.split(r"(\d+)", name.casefold())
    return [(piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces]


def read_bytes(
    data: bytes, path: str | Path, *, content_type: str = "", form: Form | None = None
) -> Document:
    """Read the bytes of a file or of a response.

    Parameters
    ----------
    data : bytes
    path : str or Path
        Names the file in errors; its suffix distinguishes HTML and wikitext from text.
    content_type : str
        The content type sent by the server.
    form : {"text", "html", "wikitext", "docx", "pdf"}, optional
        Detected from the bytes if not given.

    Raises
    ------
    UnreadableTextError
    """
    path = Path(path)
    if not data.strip():
        raise UnreadableTextError(path, "the file is empty", "Save the text in it.")
    try:
        form = form or _form_of(data, path.name)
        pages = (
            (Page(filled(decode(data, path)[0].splitlines())),)
            if form == "text"
            else read_in_process(form, data, content_type)
        )
    except UnreadableContent as unreadable:
        raise UnreadableTextError(path, unreadable.problem, unreadable.remedy) from unreadable
    document = Document(path.name, (_Original(path.name, data, form),), pages)
    if not document.lines:
        raise UnreadableTextError(path, "there is no text in it", "Check what was saved.")
    for size, most, things in (
        (sum(map(len, document.lines)), limits.CHARACTERS, "characters"),
        (len(document.lines), limits.LINES, "lines"),
    ):
        if size > most:
            raise UnreadableTextError(
                path,
                f"it has {size:,} {things}; no more than {most:,} are read",
                "Cut out the plan.",
            )
    return document


def _form_of(data: bytes, name: str) -> Form:
    """Return the format of a file.

    Raises
    ------
    UnreadableContent
        If the format is known and not supported.

    Examples
    --------
    >>> _form_of(b"%PDF-1.7", "plan"), _form_of("<p>一、</p>".encode("gbk"), "plan.txt")
    ('pdf', 'html')
    """
    for magic, what, remedy in _NOT_READ:
        if data.startswith(magic):
            raise UnreadableContent(f"this is {what}", remedy)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    lower = name.lower()
    text = decode_or_none(data) or data[:_START].decode("latin-1")
    start = text[:_START]
    if lower.endswith((".htm", ".html", ".shtml", ".xhtml")) or _WHOLE_PAGE.search(start):
        return "html"
    if lower.endswith(_WIKI_NAMES) or _WIKITEXT.search(text[:_LONG_START]):
        return "wikitext"
    return "html" if _PART_OF_PAGE.search(start) else "text"


def read_in_process(form: Form, data: bytes, content_type: str = "") -> tuple[Page, ...]:
    """Read a file or page in another process.

    Raises
    ------
    UnreadableContent
        If it cannot be read within the limits.
    """
    head = json.dumps([form, content_type, limits.SECONDS]).encode() + b"\n"
    too_long = UnreadableContent(
        f"reading it took longer than {limits.SECONDS} seconds", "Check where it comes from."
    )
    try:
        # -P: files in the folder of the caller must not be imported as libraries.
        done = subprocess.run(
            [sys.executable, "-P", "-m", "crossplan.readers.child"],
            input=head + data,
            capture_output=True,
            timeout=limits.LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_long from error
    if done.returncode == _TIME_IS_UP:
        raise too_long
    return pages_of(done.stdout)


def pages_of(answer: bytes) -> tuple[Page, ...]:
    """Return the pages printed by the other process.

    Raises
    ------
    UnreadableContent
        If it printed a problem, or nothing.
    """
    if answer.startswith(GOOD):
        return _DECODER.decode(answer[1:])
    if answer.startswith(BAD):
        raise UnreadableContent(*json.loads(answer[1:]))
    raise UnreadableContent(
        "its reader failed, or needed more memory than it may have",
        "Save the file anew, or give its text as a text file.",
    )
