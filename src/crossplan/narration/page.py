"""Write an executed notebook as one self-contained HTML page."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossplan._version import __version__
from crossplan.languages.scripts import HAN, WIDE_FORMS, WIDE_MARKS

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEMPLATES = Path(__file__).parent / "templates"
_HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
# Without the anchor link of the heading.
_WORDS = ".//text()[not(parent::a[@class='anchor-link'])]"
_TAGS_AND_CHINESE = re.compile(
    r"(?P<tag><(style|script|title|textarea)\b.*?</\2>|<[^>]*>)"
    f"|(?P<chinese>[{WIDE_MARKS}{HAN}{WIDE_FORMS}]+)",
    re.DOTALL | re.IGNORECASE,
)


def render(
    notebook: "NotebookNode", name: str, values: Mapping[str, Any], folder: Path | None
) -> str:
    """Return the page of an executed notebook.

    It has no scripts and makes no requests. Code is folded, and the parameters are listed.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        Name of the notebook in the command that runs it.
    values : mapping of str to object
        Parameters of the notebook.
    folder : Path or None
        Folder of the pictures in its text; None for no folder.
    """
    from nbconvert import HTMLExporter

    _describe_figures(notebook)
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="essay",
        extra_template_basedirs=[str(_TEMPLATES)],
        exclude_anchor_links=True,
        embed_images=folder is not None,
        filters={"mark_chinese": _mark_chinese},
    )
    page, _ = exporter.from_notebook_node(
        notebook,
        resources={
            "metadata": {"path": str(folder)},
            "title": notebook_title(notebook) or name,
            "name": name,
            "values": values,
            "version": __version__,
        },
    )
    return str(page)


def notebook_title(notebook: "NotebookNode") -> str:
    """Return the first main heading of a notebook, or an empty string.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> notebook_title(new_notebook(cells=[new_markdown_cell("# Rivers and *lakes*")]))
    'Rivers and lakes'
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for level, words in _headings(cell.source):
                if level == "h1":
                    return words
    return ""


def _describe_figures(notebook: "NotebookNode") -> None:
    """Describe each figure that has no description by the heading above it.

    A description by the author is in the metadata of the cell, as ``alt``.
    """
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _, heading = next(reversed(_headings(cell.source)), ("", heading))
        elif cell.cell_type == "code":
            cell.metadata.setdefault("alt", f"Figure: {heading}" if heading else "Figure")


def _headings(markdown: str) -> list[tuple[str, str]]:
    r"""Return the headings of the page, each with its tag, such as ``h1``, and its text.

    Examples
    --------
    >>> _headings("# Rivers and *lakes*\n\nThe Nile\n---")
    [('h1', 'Rivers and lakes'), ('h2', 'The Nile')]
    """
    from lxml.html import fromstring
    from nbconvert.filters import markdown2html

    html = fromstring(f"<div>{markdown2html(markdown)}</div>")
    found = ((heading.tag, "".join(heading.xpath(_WORDS))) for heading in html.xpath(_HEADINGS))
    return [(tag, " ".join(words.split())) for tag, words in found if words.strip()]


def _mark_chinese(html: str) -> str:
    """Mark Chinese text, so that a browser chooses the right glyphs for it.

    HTML that already marks Chinese is not changed.

    Examples
    --------
    >>> _mark_chinese('<p title="权">the word 人权</p>')
    '<p title="权">the word <span lang="zh-Hans">人权</span></p>'
    """
    if 'lang="zh' in html:
        return html
    return _TAGS_AND_CHINESE.sub(
        lambda m: m["tag"] or f'<span lang="zh-Hans">{m["chinese"]}</span>', html
    )
