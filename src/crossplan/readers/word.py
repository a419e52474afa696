"""Reading Word files (.docx): paragraphs and tables in their order."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from crossplan.readers import limits
from crossplan.readers.page import Page, UnreadableContent, filled

_BODY = "word/document.xml"
# Word's symbol fonts have their bullets in the private area of Unicode.
_SYMBOLS = {"\uf0b7": "•", "\uf06c": "•", "\uf06e": "•", "\uf0d8": "•", "\uf0fc": "•"}
_LEFT_OUT = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:pPr"),
    qn("w:rPr"),
    # A duplicate for programs that cannot draw the original.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_DAMAGED = UnreadableContent("the Word file is damaged", "Save it anew from Word.")


def read_word(data: bytes) -> Page:
    """Read a Word file, with the bullets of lists.

    Automatic numbers are left out: Word computes them when it draws a page, and headings
    are found without them.
    """
    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise _DAMAGED from error
    bullets = _Bullets(document)
    return Page(filled([line for text in _texts(document, bullets) for line in text.splitlines()]))


def _check_archive(data: bytes) -> None:
    """Raise an error for an archive that is not a Word file or is too large."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _DAMAGED from error
    if _BODY not in names:
        raise UnreadableContent(
            "this is an archive, and no Word file", "Unpack it, or save it as .docx."
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.UNPACKED_BYTES or len(members) > limits.MEMBERS:
        raise UnreadableContent(
            f"the Word file would unpack to {unpacked // limits.MEGABYTE} megabytes in "
            f"{len(members)} parts, which no plan needs",
            "Check where it comes from.",
        )


def _texts(document: Any, bullets: "_Bullets") -> Iterator[str]:
    """Yield the text of each paragraph, including those of tables, in order."""
    body = document.element.body
    for element in body.iter(qn("w:p")):
        if not any(parent.tag in _LEFT_OUT for parent in element.iterancestors()):
            paragraph = Paragraph(element, document._body)  # noqa: SLF001 - no public way
            yield bullets.before(paragraph) + "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    """Yield the pieces of text in a paragraph, including nested ones.

    With tracked changes, insertions are text and deletions are not. python-docx does the
    same, but only for links and runs.
    """
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == qn("w:p"):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)


class _Bullets:
    """The bullets of the lists of a document."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, str], str] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        kinds = {
            kind.get(qn("w:abstractNumId")): kind for kind in numbering.iter(qn("w:abstractNum"))
        }
        for number in numbering.iter(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            kind = None if reference is None else kinds.get(reference.get(qn("w:val")))
            for level in () if kind is None else kind.iter(qn("w:lvl")):
                form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
                if form is not None and form.get(qn("w:val")) == "bullet" and text is not None:
                    key = (number.get(qn("w:numId")), level.get(qn("w:ilvl")))
                    mark = text.get(qn("w:val")) or ""
                    self.levels[key] = _SYMBOLS.get(mark, mark)

    def before(self, paragraph: Any) -> str:
        """Return the bullet before a paragraph, if any."""
        properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public way
        style = paragraph.style
        while properties is None or properties.numPr is None:
            if style is None:
                return ""
            properties, style = style.element.pPr, style.base_style
        number, level = properties.numPr.numId, properties.numPr.ilvl
        if number is None:
            return ""
        mark = self.levels.get((str(number.val), str(level.val if level is not None else 0)), "")
        return f"{mark} " if mark == "•" else mark
