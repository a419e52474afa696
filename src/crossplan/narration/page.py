"""A notebook that was run, as one HTML page that needs nothing else."""

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
# Without the sign of the link to the heading itself.
_WORDS = ".//text()[not(parent::a[@class='anchor-link'])]"
_TAGS_AND_CHINESE = re.compile(
    r"(?P<tag><(style|script|title|textarea)\b.*?</\2>|<[^>]*>)"
    f"|(?P<chinese>[{WIDE_MARKS}{HAN}{WIDE_FORMS}]+)",
    re.DOTALL | re.IGNORECASE,
)


def render(
    notebook: "NotebookNode", name: str, values: Mapping[str, Any], folder: Path | None
) -> str:
    """Make the page of a notebook that was run.

    It runs no script and opens no address. Code is folded away; the parameters are listed.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        What the notebook is called where it is run.
    values : mapping of str to object
        Its parameters.
    folder : Path or None
        Where pictures are looked for that its prose names; None for nowhere.
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
    """Return the first main heading of a notebook; nothing where there is none.

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
    """Return each picture that has no description one: the heading it stands under.

    A description of the author's own stands in the metadata of the cell, as ``alt``.
    """
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _, heading = next(reversed(_headings(cell.source)), ("", heading))
        elif cell.cell_type == "code":
            cell.metadata.setdefault("alt", f"Figure: {heading}" if heading else "Figure")


def _headings(markdown: str) -> list[tuple[str, str]]:
    r"""Return the headings that the page will have, each with its tag, such as ``h1``, and words.

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
    """Mark what is Chinese, so that a browser chooses the right glyphs for it.

    HTML that marks Chinese itself is left as it is.

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
