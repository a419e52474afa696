"""Text in the cells of a workbook: never a formula, never too long, changes in colour."""

import re
from collections.abc import Iterable, Iterator

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color

from crossplan.characters import fit
from crossplan.labels import Language, in_language
from crossplan.reporting.document import Runs, Style
from crossplan.reporting.writers import palette

FONT, SIZE = "DengXian", 10
# Of a text in a cell, in the units in which Excel counts: two for a rare character.
LONGEST = 32_767
LINE_END = re.compile(r"\r\n?")
# Excel would read this as the character with that number.
NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
CHANGES: dict[Style, InlineFont] = {
    "inserted": InlineFont(rFont=FONT, sz=SIZE, u="single", color=Color(palette.INSERTED)),
    "deleted": InlineFont(rFont=FONT, sz=SIZE, strike=True, color=Color(palette.DELETED)),
}

Piece = tuple[Style, str]


def text_of(runs: Runs, lang: Language) -> str | CellRichText:
    """Give runs as one text; with what was put in and struck out, where anything was."""
    pieces: list[Piece] = [(run.style, stored(run.text)) for run in runs if run.text]
    if sum(length(text) for _, text in pieces) > LONGEST:
        pieces = list(cut(pieces, lang))
    if not any(style in CHANGES for style, _ in pieces):
        return "".join(text for _, text in pieces)
    return CellRichText(
        [TextBlock(CHANGES[style], text) if style in CHANGES else text for style, text in pieces]
    )


def stored(text: str) -> str:
    """Give text as a workbook keeps it."""
    return NUMBERED.sub("_x005F_", LINE_END.sub("\n", fit(text)))


def length(text: str) -> int:
    """Count as Excel does."""
    return len(text.encode("utf-16-le")) // 2


def cut(pieces: Iterable[Piece], lang: Language) -> Iterator[Piece]:
    """Cut what no cell can hold, and say so."""
    remark = in_language(
        lang, "……［单元格容纳不下，余文从略］", " … [the rest is more than a cell holds]"
    )
    room = LONGEST - length(remark)
    for style, text in pieces:
        kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
        room -= length(kept)
        if kept:
            yield style, kept
        if kept != text:
            break
    yield "plain", remark
