"""The report as a Word document (.docx)."""

from crossplan.reporting.document import Document


def word_bytes(document: Document) -> bytes:
    """Write a report as a Word document: real headings, captions, tables and links.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        Of the file, the same every time. Tables hold the rows that are shown.
    """
    # Only who wants a Word document waits for python-docx.
    from crossplan.reporting.writers.word_document import write_document

    return write_document(document)
