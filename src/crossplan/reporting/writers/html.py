"""The report as one HTML file that needs nothing else."""

from base64 import b64encode
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from crossplan.characters import fit
from crossplan.labels import in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Counts,
    Document,
    Heading,
    Listing,
    Panels,
    Paragraph,
    Picture,
    Reading,
    Table,
)
from crossplan.reporting.writers.inline_figure import inline_figure
from crossplan.reporting.writers.interaction import NOTICE, script, table_style
from crossplan.reporting.writers.remarks import rows_left_out
from crossplan.reporting.writers.run_html import LANGUAGES, anchor, cell_html, reachable, runs_html
from crossplan.reporting.writers.web_font import font_face

if TYPE_CHECKING:
    from jinja2 import Environment

# The template of each block.
TEMPLATES: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Heading: "heading",
    Bullets: "bullets",
    Listing: "listing",
    Counts: "counts",
    Panels: "panels",
    Table: "table",
    Picture: "picture",
    Reading: "reading",
}


def html_page(document: Document) -> str:
    """Write a report as a page.

    Whatever comes from a text or a table is escaped. The policy in the head of the page
    lets no request out, and no script run but the one whose checksum it names.
    """
    environment = make_environment()
    places = document.places()
    program = script()
    page = environment.get_template("report.html").render(
        document=document,
        lang=LANGUAGES[document.lang],
        t=partial(in_language, document.lang),
        runs=partial(runs_html, lang=document.lang, places=places),
        cell=partial(cell_html, lang=document.lang, places=places),
        anchor=anchor,
        rows_left_out=partial(rows_left_out, lang=document.lang),
        reachable=partial(reachable, places=places),
        svg=partial(inline_figure, places=places),
        template=lambda block: f"blocks/{TEMPLATES[type(block)]}.html",
        policy=policy(program),
        notice=NOTICE,
        script=program,
        table_style=table_style(),
    )
    return page.replace("/* font */", font_face(page), 1)


def policy(program: str) -> str:
    """Write the content security policy of the page."""
    checksum = b64encode(sha256(program.encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{checksum}'; base-uri 'none'; form-action 'none'"
    )


def make_environment() -> "Environment":
    """Give the templates, which escape everything and know no undefined name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        """Give a text with what no page should hold by its code."""
        return fit(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        finalize=shown,
        loader=PackageLoader("crossplan.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
