"""Write a report as one Markdown file that is also readable as plain text."""

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
    Listing,
    Panel,
    Panels,
    Picture,
    ReadingPassage,
    ReadingView,
    ReportDocument,
    ReportParagraph,
    ReportRow,
    ReportTable,
    Runs,
    Style,
    Subheading,
    TextRun,
)
from crossplan.reporting.writers.hyperlinks import (
    place_of,
    remarks_on,
    rows_left_out,
    web_address,
    where_figures_are,
)

_TICKS = re.compile(r"`+")
# Chapters of a report are headings of level 2, titles of plans of level 3.
_RANK_OF_TITLES = 3

# Characters with a meaning within a line, including those of GitHub.
_MARKUP = re.compile(r"([\\`*_\[\]<>&~|$#!])")
# Text that would turn a line into a list, or the line before into a heading.
_OPENING = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
_LINE_END = re.compile(r"\r\n?|\n")
# Some Markdown readers drop all blanks there, including Chinese ones.
_EDGES = re.compile(r"^\s+|\s+$")
_TAGS = {"inserted": "ins", "deleted": "del"}


def markdown_text(document: ReportDocument) -> str:
    """Write a report as GitHub Flavored Markdown.

    Parameters
    ----------
    document : ReportDocument

    Returns
    -------
    str
        Tables hold the rows that are shown. Figures are replaced by their captions.
    """
    return "\n\n".join(filter(None, _MarkdownWriter(document).parts())) + "\n"


class _MarkdownWriter:
    """Writer for the parts of a report, which are separated by blank lines.

    Attributes
    ----------
    document : ReportDocument
    lang : {"zh", "en"}
        Language of the report.
    places : frozenset of str
        Ids that links can lead to.
    titles : dict of str to str
        Titles of the chapters by their ids.
    marked : set of str
        Ids of places whose anchor is written.
    """

    def __init__(self, document: ReportDocument) -> None:
        self.document, self.lang = document, document.lang
        self.places = document.places()
        self.titles = {chapter.id: chapter.title for chapter in document.chapters}
        self.marked: set[str] = set()

    def parts(self) -> Iterator[str]:
        """Write title, contents and chapters."""
        yield self.heading(1, (TextRun(self.document.title),))
        yield self.line((TextRun(self.document.subtitle),))
        yield self.bullets(
            (TextRun(chapter.short, to=f"#{chapter.id}"),) for chapter in self.document.chapters
        )
        for chapter in self.document.chapters:
            yield self.heading(2, (TextRun(chapter.title),), chapter.id)
            for block in chapter.blocks:
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:  # noqa: C901
        """Write a block."""
        match block:
            case ReportParagraph():
                yield self.line(block.runs)
            case Subheading():
                yield self.heading(3, (TextRun(block.text),))
            case Bullets():
                yield self.bullets(block.items)
            case Listing():
                yield _fenced(block.code)
            case Counts():
                yield self.counts(block.items)
            case Panels():
                for panel in block.panels:
                    yield from self.panel(panel)
            case ReportTable():
                yield from self.table(block)
            case Picture():
                yield self.picture(block)
            case ReadingView():
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
        """Write counts in a line, each number before its label."""
        return " · ".join(
            _words((TextRun(str(item.number), "strong"), TextRun(f" {item.label}")), self.places)
            for item in items
        )

    def panel(self, panel: Panel) -> Iterator[str]:
        """Write a finding, with a link to its chapter."""
        yield self.heading(3, (TextRun(panel.title),))
        yield self.counts(panel.counts)
        yield self.bullets(panel.lines)
        if title := self.titles.get(place_of(panel.to)):
            yield self.line((TextRun("→ "), TextRun(title, to=panel.to)))

    def table(self, table: ReportTable) -> Iterator[str]:
        """Write a table below its caption, with a note if it does not show all rows."""
        yield self.line((TextRun(table.caption, "strong"),))
        labels = [_words((TextRun(column.label),), self.places) for column in table.columns]
        sides = ["---:" if column.kind == "number" else "---" for column in table.columns]
        yield "\n".join(
            f"| {' | '.join(cells)} |"
            for cells in (labels, sides, *(self.row(row) for row in table.shown_rows))
        )
        yield self.line((TextRun(rows_left_out(table, self.lang)),))

    def row(self, row: ReportRow) -> list[str]:
        """Write a row, with the anchor of its place in the first cell."""
        cells = [_words(cell.runs, self.places) for cell in row.cells]
        return [self.mark(row.id) + cells[0], *cells[1:]] if cells else []

    def picture(self, picture: Picture) -> str:
        """Write the caption of a figure, which is in the other forms of the report."""
        label, space = where_figures_are(self.lang), in_language(self.lang, "", " ")
        return self.line((TextRun(f"{label}{picture.caption}{space}{picture.alt}"),))

    def reading(self, reading: ReadingView) -> Iterator[str]:
        """Write texts in turn."""
        for text in reading.texts:
            yield self.heading(_RANK_OF_TITLES, (TextRun(text.title),))
            for passage in text.passages:
                yield from self.passage(passage)

    def passage(self, passage: ReadingPassage) -> Iterator[str]:
        """Write a passage, followed by its id, its status, and its links."""
        remark = (TextRun(passage.id, "code"), *remarks_on(passage, self.lang))
        if passage.level:
            yield self.heading(_RANK_OF_TITLES + passage.level, passage.runs, passage.id)
            yield self.line(remark)
        else:
            yield self.mark(passage.id) + self.line((*passage.runs, TextRun(" "), *remark))


def _fenced(code: str) -> str:
    """Write code between fences that are longer than any in it."""
    longest = max((len(ticks) for ticks in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{fit(code)}\n{fence}"


def line(runs: Runs, places: frozenset[str]) -> str:
    r"""Write runs as a separate line.

    Parameters
    ----------
    runs : tuple of TextRun
    places : frozenset of str
        Ids that links can lead to.

    Examples
    --------
    >>> print(line((TextRun("1. *no* list, "), TextRun("put in", "inserted")), frozenset()))
    1\. \*no\* list, <ins>put in</ins>
    """
    return _OPENING.sub(lambda found: f"{found[0]}\\", _words(runs, places))


def _words(runs: Runs, places: frozenset[str]) -> str:
    """Write runs within a line or in a cell, keeping blanks at the ends."""
    pieces = groupby(runs, key=lambda run: (run.style, _goal(run, places)))
    written = "".join(
        _piece("".join(run.text for run in group), style, to) for (style, to), group in pieces
    )
    return _EDGES.sub(lambda found: "".join(f"&#{ord(blank)};" for blank in found[0]), written)


def _goal(run: TextRun, places: frozenset[str]) -> str:
    """Return the target of a run as an address in a link, or an empty string."""
    place = place_of(run.to)
    if place in places:
        return f"#{quote(place, safe='/', errors='replace')}"
    return web_address(run.to).replace("&", "&amp;")


def _piece(text: str, style: Style, to: str) -> str:
    """Write text in its style, as a link if it has a target."""
    written = _styled(text, style) if text else ""
    return f"[{written}]({to})" if to and written else written


def _styled(text: str, style: Style) -> str:
    """Write text in its style.

    Changes are written as tags, which GitHub shows and which are clear in the source.
    Markdown has no syntax for insertions, and its syntax fails next to Chinese punctuation.
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
    """Write text in bold, with asterisks where they work: between letters and before a blank."""
    core = text.rstrip(" ")
    blanks = text[len(core) :]
    if core and core[0].isalnum() and (core[-1].isalnum() or blanks):
        return f"**{plain(core)}**{blanks}"
    return f"<strong>{plain(text)}</strong>"


def plain(text: str) -> str:
    """Write text with all syntax escaped, and line breaks as tags."""
    return _LINE_END.sub("<br>", _MARKUP.sub(r"\\\1", fit(text)))


def _anchor(place: str, places: frozenset[str]) -> str:
    """Return the anchor of a place that links lead to."""
    if place not in places:
        return ""
    name = escape(fit(place)).replace("|", "&#124;").replace("\n", "&#10;")
    return f'<a id="{name}"></a>'
