"""Read the targets of links: places in the report, and web addresses."""

from urllib.parse import quote, urlsplit

from crossplan.labels import Language, in_language
from crossplan.reporting.document import ReadingPassage, ReportTable, Runs, TextRun

# A workbook does not accept longer ones.
_LONGEST = 2000

INK_COLOUR = "222222"
INSERTED_COLOUR = "00603F"
DELETED_COLOUR = "A33C00"
QUIET_COLOUR = "5D5D5D"
LINE_COLOUR = "BFBFBF"
FAINT_COLOUR = "F2F2F0"
LINK_COLOUR = "005A94"


def place_of(to: str) -> str:
    """Return the id of the place in the report that a link leads to, or an empty string.

    Examples
    --------
    >>> place_of("#2026-2030/1.5/3"), place_of("https://example.org/#a")
    ('2026-2030/1.5/3', '')
    """
    return to[1:] if to.startswith("#") else ""


def web_address(to: str) -> str:
    """Return a web address in a form for all programs, or an empty string if it is none.

    Examples
    --------
    >>> web_address("https://example.org/人权?a=1"), web_address("javascript:1")
    ('https://example.org/%E4%BA%BA%E6%9D%83?a=1', '')
    """
    try:
        parts = urlsplit(to)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    path, query, fragment = (
        quote(part, safe="%/:=&?~+!$,;'@", errors="replace") for part in parts[2:]
    )
    host = quote(parts.netloc, safe="%:@.-_[]~", errors="replace")
    address = f"{parts.scheme}://{host}{path}"
    address += f"?{query}" if query else ""
    address += f"#{fragment}" if fragment else ""
    return address if len(address) <= _LONGEST else ""


def rows_left_out(table: ReportTable, lang: Language) -> str:
    """Return a remark on how many rows of a table are shown, empty if all are.

    Examples
    --------
    >>> from crossplan.reporting.document import ReportRow
    >>> table = ReportTable("t", "", (), (ReportRow(()),) * 3, shown=2)
    >>> rows_left_out(table, "en")
    'The first 2 of 3 rows; the workbook (.xlsx) has all of them.'
    """
    shown, whole = len(table.shown_rows), len(table.rows)
    if shown == whole:
        return ""
    return in_language(
        lang,
        f"共 {whole} 行，此处列出前 {shown} 行；工作簿（.xlsx）中有全部各行。",
        f"The first {shown} of {whole} rows; the workbook (.xlsx) has all of them.",
    )


def where_figures_are(lang: Language) -> str:
    """Return the remark before the caption of a figure: the forms of the report that show it."""
    return in_language(
        lang, "图（见网页或 Word 文件）：", "Figure (in the page and the Word document): "
    )


def moved_word(passage: ReadingPassage, lang: Language) -> str:
    """Return the word for a passage whose partners are in another place, or an empty string."""
    return in_language(lang, "移位", "moved") if passage.moved else ""


def remarks_on(passage: ReadingPassage, lang: Language) -> Runs:
    """Return the remark after the id of a passage: its status, and its partners.

    Examples
    --------
    >>> passage = ReadingPassage("1/2", (), label="revised", partners=("3/4", "3/5"), moved=True)
    >>> "".join(run.text for run in remarks_on(passage, "en"))
    ' · revised · moved ↔ 3/4, 3/5'
    """
    runs = [TextRun(f" · {word}") for word in (passage.label, moved_word(passage, lang)) if word]
    for number, partner in enumerate(passage.partners):
        runs += [TextRun(", " if number else " ↔ ", lang="en"), TextRun(partner, to=f"#{partner}")]
    return tuple(runs)
