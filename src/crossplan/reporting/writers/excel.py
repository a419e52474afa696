"""The report as a workbook (.xlsx)."""

from crossplan.reporting.document import Document


def excel_bytes(document: Document) -> bytes:
    """Write a report as a workbook, a sheet for each result.

    The first sheet has the findings; then come all tables with all their rows, the texts,
    and what else the report says.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        Of the file, the same every time.
    """
    # Only who wants a workbook waits for openpyxl.
    from crossplan.reporting.writers.excel_workbook import write_workbook

    return write_workbook(document)
