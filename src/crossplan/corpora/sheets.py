"""Tables that people keep: CSV from any spreadsheet, or a workbook."""

import csv
import io
from pathlib import Path
from zipfile import BadZipFile

from crossplan.corpora.encoding import read_text
from crossplan.errors import UnreadableTextError

_SEPARATORS = ",;\t"
# Only .xlsx is read; the others are told apart from text, so as to be refused by name.
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}


def table_rows(path: Path) -> list[list[str]]:
    """Return the cells of a CSV or XLSX file as text."""
    if path.suffix.lower() in WORKBOOKS:
        return _sheet_rows(path)
    _, text, _ = read_text(path)
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _sheet_rows(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook as text."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise UnreadableTextError(
            path, "the workbook cannot be opened", "Save it as .xlsx or .csv."
        ) from error
    return [
        ["" if value is None else str(value) for value in row]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
