"""Write a report as one self-contained HTML file."""

import re
from base64 import b64encode
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from crossplan.characters import fit
from crossplan.errors import CrossplanError
from crossplan.figures.fonts import FAMILY, font_file
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
from crossplan.reporting.writers.links import rows_left_out
from crossplan.reporting.writers.run_html import LANGUAGES, anchor, cell_html, reachable, runs_html

if TYPE_CHECKING:
    from jinja2 import Environment

# The template of each block.
_TEMPLATES: dict[type[Block], str] = {
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

_NOTICE = (
    "Tables by DataTables with jQuery, from the package itables; all under the MIT licence. "
    "The notices of their authors stand at the end of the script."
)
_EXPORTS = re.compile(r"(?<![\w$])export\s*\{([^}]*)\};?")
_JQUERY = re.compile(r"([\w$]+) as jQuery\b")
# A reference to a source map, which the browser would request.
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
# Text that would end a script or style sheet inside a page, or begin a comment there.
_MARKUP = re.compile(r"<(?=!--|/?script|/style)", re.IGNORECASE)


def html_page(document: Document) -> str:
    """Write a report as an HTML page.

    All content of texts and tables is escaped. The content security policy of the page
    forbids all requests, and all scripts except the one whose checksum it names.
    """
    environment = _make_environment()
    places = document.places()
    program = _script()
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
        template=lambda block: f"blocks/{_TEMPLATES[type(block)]}.html",
        policy=_policy(program),
        notice=_NOTICE,
        script=program,
        table_style=_table_style(),
    )
    return page.replace("/* font */", _font_face(page), 1)


def _policy(program: str) -> str:
    """Return the content security policy of the page."""
    checksum = b64encode(sha256(program.encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{checksum}'; base-uri 'none'; form-action 'none'"
    )


def _make_environment() -> "Environment":
    """Return the template environment, which escapes everything and rejects undefined names."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        """Return a text with characters that a page should not hold replaced by their codes."""
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


@cache
def _script() -> str:
    """Return the script of the page, a module without imports."""
    library = _SOURCE_MAP.sub("", _library_file("dt_bundle.js")).rstrip()
    exports = _EXPORTS.search(library)
    jquery = _JQUERY.search(exports[1]) if exports else None
    if exports is None or jquery is None:
        raise CrossplanError(
            "the table library of the installed itables is not laid out as expected. Install a "
            "version that is known to work: pip install 'itables==2.9.1'"
        )
    ours = files("crossplan.reporting").joinpath("templates", "report.js").read_text("utf-8")
    library = library[: exports.start()] + library[exports.end() :]
    # In a separate block, so that names do not clash with those of the library.
    whole = f"{library}\n{{\nconst jQuery = {jquery[1]};\n{ours}}}\n"
    return _MARKUP.sub(r"\\x3c", whole)


@cache
def _table_style() -> str:
    """Return the style sheet of the table library."""
    return _MARKUP.sub(r"\\3c ", _library_file("dt_bundle.css"))


def _library_file(name: str) -> str:
    """Read a file of the table library from the installed itables."""
    package = find_spec("itables")
    for folder in (package and package.submodule_search_locations) or ():
        if (path := Path(folder, "html", name)).is_file():
            return path.read_text(encoding="utf-8")
    raise CrossplanError(
        "the report needs the table library that the package itables brings, and it is not "
        "complete. Install it anew: pip install --force-reinstall itables"
    )


def _font_face(page: str) -> str:
    """Return the style rule that embeds the font of a page.

    Parameters
    ----------
    page : str
        The page; its markup is counted as text.
    """
    data = b64encode(_web_font(page)).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: 100 900; '
        f'src: url("data:font/woff;base64,{data}") format("woff"); }}'
    )


def _web_font(text: str) -> bytes:
    """Reduce the font to the characters of a text, with the same bytes every time."""
    import uharfbuzz

    # fontTools.ttLib.TTFont would do the same, but load the module of each table of a font.
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(character) for character in text})
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file())))
    subset = uharfbuzz.subset(face, wanted)
    font = SFNTReader(BytesIO(subset.blob.data))
    packed = BytesIO()
    woff = SFNTWriter(packed, len(font.tables), font.sfntVersion, flavor="woff")
    for name in font.tables:
        woff[name] = font[name]
    woff.close()
    return packed.getvalue()
