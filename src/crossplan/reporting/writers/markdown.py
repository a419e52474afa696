"""The report as one Markdown file, which also reads well as it is."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import assert_never
from urllib.parse import quote

from crossplan.characters import fit
from crossplan.labels import in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Count,
    Counts,
    Document,
    Heading,
    Listing,
    Panel,
    Panels,
    Paragraph,
    Passage,
    Picture,
    Reading,
    Row,
    Run,
    Runs,
    Style,
    Table,
)
from crossplan.reporting.writers.links import (
    place_of,
    rows_left_out,
    said_of,
    web_address,
    where_figures_are,
)

_TICKS = re.compile(r"`+")
# Chapters of a report are of the second rank, titles of plans of the third.
_RANK_OF_TITLES = 3

# What means something within a line, on GitHub too.
_MARKUP = re.compile(r"([\\`*_\[\]<>&~|$#!])")
# What would make a list of a line, or a title of the line before.
_OPENING = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
_LINE_END = re.compile(r"\r\n?|\n")
# Some readers of Markdown drop any blank there, also those of Chinese.
_EDGES = re.compile(r"^\s+|\s+$")
_TAGS = {"inserted": "ins", "deleted": "del"}


def markdown_text(document: Document) -> str:
    """Write a report as Markdown, in the way of GitHub.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str
        Tables hold the rows that are shown; of figures there are the captions.
    """
    return "\n\n".join(filter(None, _MarkdownWriter(document).parts())) + "\n"


class _MarkdownWriter:
    """Writes the parts of a report, which are held apart by blank lines.

    Attributes
    ----------
    document : Document
    lang : {"zh", "en"}
        Of the report.
    places : frozenset of str
        Ids that can be led to.
    titles : dict of str to str
        Of the chapters, by their ids.
    marked : set of str
        Ids of places that have their anchor by now.
    """

    def __init__(self, document: Document) -> None:
        self.document, self.lang = document, document.lang
        self.places = document.places()
        self.titles = {chapter.id: chapter.title for chapter in document.chapters}
        self.marked: set[str] = set()

    def parts(self) -> Iterator[str]:
        """Write title, contents and chapters."""
        yield self.heading(1, (Run(self.document.title),))
        yield self.line((Run(self.document.subtitle),))
        yield self.bullets(
            (Run(chapter.short, to=f"#{chapter.id}"),) for chapter in self.document.chapters
        )
        for chapter in self.document.chapters:
            yield self.heading(2, (Run(chapter.title),), chapter.id)
            for block in chapter.blocks:
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:  # noqa: C901
        """Write a block."""
        match block:
            case Paragraph():
                yield self.line(block.runs)
            case Heading():
                yield self.heading(3, (Run(block.text),))
            case Bullets():
                yield self.bullets(block.items)
            case Listing():
                yield _fenced(block.code)
            case Counts():
                yield self.counts(block.items)
            case Panels():
                for panel in block.panels:
                    yield from self.panel(panel)
            case Table():
                yield from self.table(block)
            case Picture():
                yield self.picture(block)
            case Reading():
                yield from self.reading(block)
            case _:
                assert_never(block)

    def line(self, runs: Runs) -> str:
        """Write a paragraph."""
        return line(runs, self.places)

    def mark(self, place: str) -> str:
        """Write the anchor of a place, once."""
        if place in self.marked:
            return ""
        self.marked.add(place)
        return _anchor(place, self.places)

    def heading(self, rank: int, runs: Runs, place: str = "") -> str:
        """Write a heading, with the anchor of its place."""
        return f"{'#' * rank} {self.mark(place)}{_words(runs, self.places)}"

    def bullets(self, items: Iterable[Runs]) -> str:
        """Write a list."""
        return "\n".join(f"- {self.line(item)}" for item in items)

    def counts(self, items: Iterable[Count]) -> str:
        """Write numbers in a line, each before what it counts."""
        return " · ".join(
            _words((Run(str(item.number), "strong"), Run(f" {item.label}")), self.places)
            for item in items
        )

    def panel(self, panel: Panel) -> Iterator[str]:
        """Write a finding, and lead to the chapter that has it all."""
        yield self.heading(3, (Run(panel.title),))
        yield self.counts(panel.counts)
        yield self.bullets(panel.lines)
        if title := self.titles.get(place_of(panel.to)):
            yield self.line((Run("→ "), Run(title, to=panel.to)))

    def table(self, table: Table) -> Iterator[str]:
        """Write a table below its caption, and say so where it does not show all rows."""
        yield self.line((Run(table.caption, "strong"),))
        labels = [_words((Run(column.label),), self.places) for column in table.columns]
        sides = ["---:" if column.kind == "number" else "---" for column in table.columns]
        yield "\n".join(
            f"| {' | '.join(cells)} |"
            for cells in (labels, sides, *(self.row(row) for row in table.shown_rows))
        )
        yield self.line((Run(rows_left_out(table, self.lang)),))

    def row(self, row: Row) -> list[str]:
        """Write a row, with the anchor of its place in the first cell."""
        cells = [_words(cell.runs, self.places) for cell in row.cells]
        return [self.mark(row.id) + cells[0], *cells[1:]] if cells else []

    def picture(self, picture: Picture) -> str:
        """Name a figure, which stands in the other forms of the report."""
        label, space = where_figures_are(self.lang), in_language(self.lang, "", " ")
        return self.line((Run(f"{label}{picture.caption}{space}{picture.alt}"),))

    def reading(self, reading: Reading) -> Iterator[str]:
        """Write texts one after the other."""
        for text in reading.texts:
            yield self.heading(_RANK_OF_TITLES, (Run(text.title),))
            for passage in text.passages:
                yield from self.passage(passage)

    def passage(self, passage: Passage) -> Iterator[str]:
        """Write a passage, and behind it its id, its fate, and what it is linked to."""
        said = (Run(passage.id, "code"), *said_of(passage, self.lang))
        if passage.level:
            yield self.heading(_RANK_OF_TITLES + passage.level, passage.runs, passage.id)
            yield self.line(said)
        else:
            yield self.mark(passage.id) + self.line((*passage.runs, Run(" "), *said))


def _fenced(code: str) -> str:
    """Write code between fences that are longer than any in it."""
    longest = max((len(ticks) for ticks in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{fit(code)}\n{fence}"


def line(runs: Runs, places: frozenset[str]) -> str:
    r"""Write runs as a line of its own.

    Parameters
    ----------
    runs : tuple of Run
    places : frozenset of str
        Ids that can be led to.

    Examples
    --------
    >>> print(line((Run("1. *no* list, "), Run("put in", "inserted")), frozenset()))
    1\. \*no\* list, <ins>put in</ins>
    """
    return _OPENING.sub(lambda found: f"{found[0]}\\", _words(runs, places))


def _words(runs: Runs, places: frozenset[str]) -> str:
    """Write runs within a line or in a cell; blanks at the ends are kept."""
    pieces = groupby(runs, key=lambda run: (run.style, _goal(run, places)))
    written = "".join(
        _piece("".join(run.text for run in group), style, to) for (style, to), group in pieces
    )
    return _EDGES.sub(lambda found: "".join(f"&#{ord(blank)};" for blank in found[0]), written)


def _goal(run: Run, places: frozenset[str]) -> str:
    """Say where a run leads, as an address in a link; empty if nowhere."""
    place = place_of(run.to)
    if place in places:
        return f"#{quote(place, safe='/', errors='replace')}"
    return web_address(run.to).replace("&", "&amp;")


def _piece(text: str, style: Style, to: str) -> str:
    """Write text in its style, as a link where it leads somewhere."""
    written = _styled(text, style) if text else ""
    return f"[{written}]({to})" if to and written else written


def _styled(text: str, style: Style) -> str:
    """Write text in its style.

    Changes are tags, which GitHub shows and which are plain to a reader of the source:
    Markdown has no sign for what was put in, and its signs do not hold beside Chinese
    punctuation.
    """
    if style in _TAGS:
        return f"<{_TAGS[style]}>{plain(text)}</{_TAGS[style]}>"
    if style == "strong":
        return _strong(text)
    if style == "code":
        simple = text.isprintable() and not {"`", "|"} & set(text) and text == text.strip()
        return f"`{text}`" if simple else f"<code>{plain(text)}</code>"
    return plain(text)


def _strong(text: str) -> str:
    """Write text in bold: with stars where they hold, between letters and before a blank."""
    core = text.rstrip(" ")
    blanks = text[len(core) :]
    if core and core[0].isalnum() and (core[-1].isalnum() or blanks):
        return f"**{plain(core)}**{blanks}"
    return f"<strong>{plain(text)}</strong>"


def plain(text: str) -> str:
    """Write text in which nothing means anything; a line break as a tag."""
    return _LINE_END.sub("<br>", _MARKUP.sub(r"\\\1", fit(text)))


def _anchor(place: str, places: frozenset[str]) -> str:
    """Write the place that links lead to, where they do."""
    if place not in places:
        return ""
    name = escape(fit(place)).replace("|", "&#124;").replace("\n", "&#10;")
    return f'<a id="{name}"></a>'
