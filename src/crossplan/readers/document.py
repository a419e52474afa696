"""Any file, folder of pages or body of bytes as a document of lines."""

import re
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from crossplan.corpora.encoding import decode
from crossplan.errors import UnreadableTextError
from crossplan.readers import limits
from crossplan.readers.apart import read_apart
from crossplan.readers.page import Form, Link, Page, UnreadableContent, filled
from crossplan.readers.sniffing import WIKI_NAMES, form_of

READ = (".txt", ".md", ".htm", ".html", ".shtml", ".xhtml", ".docx", ".pdf", *WIKI_NAMES)


@dataclass(frozen=True, slots=True)
class Original:
    """A file or page as it was got, byte for byte."""

    name: str
    data: bytes
    form: Form


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: pages of lines, and the files they come from.

    Attributes
    ----------
    name : str
        Name of the file or folder.
    originals : tuple of Original
    pages : tuple of Page
    """

    name: str
    originals: tuple[Original, ...]
    pages: tuple[Page, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of all pages, blank ones left out."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def links(self) -> tuple[Link, ...]:
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
        If it cannot be opened, is of another form, damaged, or beyond the limits.
    """
    path = Path(path)
    try:
        if path.is_dir():
            return read_folder(path)
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
    """Read a file that is one, and no larger than what is read.

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


def read_folder(folder: Path) -> Document:
    """Read the pages of a document that were saved one by one."""
    paths = sorted(
        (path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in READ),
        key=lambda path: numbers_as_numbers(path.name),
    )
    if not paths:
        raise UnreadableTextError(
            folder, "the folder holds no page that is read", f"Save pages as {', '.join(READ)}."
        )
    return joined(folder.name, [read_file(path) for path in paths])


def joined(name: str, documents: list[Document]) -> Document:
    """Put documents together that are the pages of one."""
    return Document(
        name,
        tuple(original for document in documents for original in document.originals),
        tuple(page for document in documents for page in document.pages),
    )


def numbers_as_numbers(name: str) -> list[tuple[bool, int, str]]:
    """Give the key that sorts ``page_2`` before ``page_10``."""
    pieces = re.split(r"(\d+)", name.casefold())
    return [(piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces]


def read_bytes(
    data: bytes, path: str | Path, *, content_type: str = "", form: Form | None = None
) -> Document:
    """Read what a file holds or a server sent.

    Parameters
    ----------
    data : bytes
    path : str or Path
        Names the file in errors; its suffix tells HTML and wikitext from text.
    content_type : str
        What a server said of a page.
    form : {"text", "html", "wikitext", "docx", "pdf"}, optional
        Told from the bytes if not given.

    Raises
    ------
    UnreadableTextError
    """
    path = Path(path)
    if not data.strip():
        raise UnreadableTextError(path, "the file is empty", "Save the text in it.")
    try:
        form = form or form_of(data, path.name)
        pages = (
            (Page(filled(decode(data, path)[0].splitlines())),)
            if form == "text"
            else read_apart(form, data, content_type)
        )
    except UnreadableContent as unreadable:
        raise UnreadableTextError(path, unreadable.problem, unreadable.remedy) from unreadable
    document = Document(path.name, (Original(path.name, data, form),), pages)
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
