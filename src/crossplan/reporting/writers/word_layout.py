"""Which blocks of a Word report stand on pages that lie."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from crossplan.reporting.document import Block, Chapter, Paragraph, Picture, Reading, Table
from crossplan.reporting.writers.widths import needed_widths
from crossplan.reporting.writers.word_elements import EMU_PER_TWIP
from crossplan.reporting.writers.word_page import text_size
from crossplan.reporting.writers.word_tables import least_widths

# So many letters stand side by side on an upright page; a Chinese one takes two places.
UPRIGHT = 110
# A table of so few rows, or columns, does not need pages of its own.
FEW_ROWS, FEW_COLUMNS = 6, 5


def is_wide(table: Table) -> bool:
    """Tell whether a table is read better on pages that lie."""
    upright, _ = text_size(landscape=False)
    if sum(least_widths(table)) > upright / EMU_PER_TWIP:
        return True
    large = len(table.shown_rows) > FEW_ROWS and len(table.columns) > FEW_COLUMNS
    return large and sum(needed_widths(table)) > UPRIGHT


def pages(chapter: Chapter) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Give the blocks of a chapter that stand on pages of one kind, and whether those lie.

    Wide tables lie, pictures and texts stand. What says nothing goes with what follows
    it; narrow tables and notes go with what they come after.
    """
    wishes: list[bool | None] = [own_wish(block) for block in chapter.blocks]
    for number, block in enumerate(chapter.blocks):
        if wishes[number] is None:
            before = wishes[:number][-1:]
            after = [wish for wish in wishes[number:] if wish is not None]
            follows = isinstance(block, Table) or (isinstance(block, Paragraph) and block.note)
            first, second = (before, after) if follows else (after, before)
            wishes[number] = next(iter([*first, *second]), False)
    paired = zip((bool(wish) for wish in wishes), chapter.blocks, strict=True)
    groups = [
        (lying, tuple(block for _, block in own))
        for lying, own in groupby(paired, key=itemgetter(0))
    ]
    yield from groups or [(False, ())]


def own_wish(block: Block) -> bool | None:
    """Give what a block itself asks for; None for no wish."""
    if isinstance(block, Table):
        return True if is_wide(block) else None
    return False if isinstance(block, Picture | Reading) else None
