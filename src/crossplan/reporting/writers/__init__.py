"""The forms a report is written in: a page, a document, a workbook, plain text."""
