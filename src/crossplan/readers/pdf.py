"""Reading the text layer of PDF files, page by page."""

import pypdfium2

from crossplan.readers import limits
from crossplan.readers.page import Page, UnreadableContent, filled

# With fewer characters per page than this, the pages are pictures.
_FEWEST_CHARACTERS = 20


def read_pdf(data: bytes) -> tuple[Page, ...]:
    """Read the pages of a PDF file that has a text layer."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableContent(
            "the PDF file is locked by a password" if locked else "the PDF file is damaged",
            "Save a copy without the password." if locked else "Download or save it anew.",
        ) from error
    if len(document) > limits.PAGES:
        raise UnreadableContent(
            f"the PDF file has {len(document):,} pages; no more than {limits.PAGES:,} are read",
            "Cut out the pages with the plan.",
        )
    pages: list[Page] = []
    characters = 0
    for page in document:
        text = page.get_textpage().get_text_range()
        characters += len(text)
        if characters > limits.CHARACTERS:
            raise UnreadableContent(
                f"the PDF file has more than {limits.CHARACTERS:,} characters",
                "Cut out the pages with the plan.",
            )
        pages.append(Page(filled(text.replace("\ufffe", "").splitlines())))
    if characters < _FEWEST_CHARACTERS * max(len(pages), 1):
        raise UnreadableContent(
            f"the PDF file is scanned: {len(pages)} pages with pictures and no text",
            "Recognise the text first (OCR), proofread it, and add it as a text file.",
        )
    return tuple(pages)
