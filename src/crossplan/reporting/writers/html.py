"""Write a report as one self-contained HTML file."""

import re
import warnings
from base64 import b64encode
from collections.abc import Collection, Iterable
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from crossplan.characters import fit
from crossplan.errors import CrossplanError
from crossplan.figures.layout import FAMILY, font_file
from crossplan.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    GREEN_INK,
    INK,
    ORANGE,
    PALE,
    PURPOSES,
    QUIET,
    WINE,
    YELLOW,
    svg_bytes,
)
from crossplan.labels import Language, in_language
from crossplan.reporting.document import (
    Block,
    Bullets,
    Counts,
    Listing,
    Panels,
    Picture,
    ReadingView,
    ReportCell,
    ReportDocument,
    ReportParagraph,
    ReportTable,
    Style,
    Subheading,
    TextRun,
    Value,
)
from crossplan.reporting.writers.hyperlinks import place_of, rows_left_out, web_address

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


LANGUAGES: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
# The kinds of columns whose text stays on one line.
_CLASSES: dict[str, str] = {"number": "n", "id": "i", "date": "i"}
_TAGS: dict[Style, str] = {
    "plain": "span",
    "strong": "b",
    "quiet": "small",
    "code": "code",
    "inserted": "ins",
    "deleted": "del",
}


def _runs_html(runs: Iterable[TextRun], *, lang: Language, places: Collection[str]) -> "Markup":
    """Write runs as HTML.

    Parameters
    ----------
    runs : iterable of TextRun
    lang : {"zh", "en"}
        Language of the text around them.
    places : collection of str
        The ids that links can lead to.
    """
    from markupsafe import Markup

    return Markup("").join(_run_html(run, lang, places) for run in runs)


def _run_html(run: TextRun, lang: Language, places: Collection[str]) -> "Markup":
    """Write one run as HTML."""
    from markupsafe import Markup, escape

    shown = escape(fit(run.text))
    attributes = Markup("")
    if run.lang not in (None, lang):
        attributes = Markup(' lang="{}"').format(LANGUAGES[run.lang or lang])
    if attributes or run.style != "plain":
        shown = Markup("<{0}{1}>{2}</{0}>").format(_TAGS[run.style], attributes, shown)
    if to := _reachable(run.to, places=places):
        shown = Markup('<a href="{}">{}</a>').format(to, shown)
    return shown


def _reachable(to: str, *, places: Collection[str]) -> str:
    """Return an address that leads to a place of the page or to the web, or an empty string."""
    if place := place_of(to):
        return _anchor(place) if place in places else ""
    return web_address(to)


def _anchor(place: str) -> str:
    """Return the address of a place in the page, percent-encoded.

    Examples
    --------
    >>> _anchor("2026-2030/1.5/3"), _anchor("a%b c")
    ('#2026-2030/1.5/3', '#a%25b%20c')
    """
    return f"#{quote(place, safe='/', errors='replace')}"


def _cell_html(cell: ReportCell, kind: str, *, lang: Language, places: Collection[str]) -> "Markup":
    """Write a cell of a table, with its sort value."""
    from markupsafe import Markup

    shown = _runs_html(cell.runs, lang=lang, places=places)
    classes = Markup(' class="{}"').format(_CLASSES[kind]) if kind in _CLASSES else Markup("")
    order = Markup("")
    if kind in {"number", "date"}:
        order = Markup(' data-order="{}"').format(_order_of(cell.value))
    return Markup("<td{}{}>{}</td>").format(classes, order, shown)


def _order_of(value: Value) -> str:
    """Return the sort value of a cell; an empty cell comes before all others."""
    return "" if value is None else str(value)


# The template of each block.
_TEMPLATES: dict[type[Block], str] = {
    ReportParagraph: "paragraph",
    Subheading: "heading",
    Bullets: "bullets",
    Listing: "listing",
    Counts: "counts",
    Panels: "panels",
    ReportTable: "table",
    Picture: "picture",
    ReadingView: "reading",
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


def html_page(document: ReportDocument) -> str:
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
        runs=partial(_runs_html, lang=document.lang, places=places),
        cell=partial(_cell_html, lang=document.lang, places=places),
        anchor=_anchor,
        rows_left_out=partial(rows_left_out, lang=document.lang),
        reachable=partial(_reachable, places=places),
        svg=partial(_inline_figure, places=places),
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


_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
# The page defines these colours for its light and its dark form.
_PAGE_COLOURS = {
    INK: "ink",
    "#ffffff": "paper",
    QUIET: "figure-quiet",
    PALE: "figure-pale",
    FAINT: "figure-faint",
    BLUE: "figure-blue",
    ORANGE: "figure-orange",
    GREEN: "figure-green",
    GREEN_INK: "figure-green-ink",
    WINE: "figure-wine",
    YELLOW: "figure-yellow",
}
_SCALE = 1.1
_COLOUR = re.compile("|".join(_PAGE_COLOURS), re.IGNORECASE)


def _inline_figure(picture: Picture, *, places: Collection[str]) -> "Markup":
    """Draw a figure and write it as SVG inside a page.

    Parameters
    ----------
    picture : Picture
    places : collection of str
        The ids that links can lead to.
    """
    from lxml import etree
    from markupsafe import Markup

    with warnings.catch_warnings():
        # The browser uses another font for characters that this font lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        drawn = svg_bytes(picture.draw(), picture.name, glyphs="text")
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(drawn, parser)
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    root.set("role", "group")
    root.set("aria-label", fit(picture.alt))
    # A page is read from a greater distance than paper, and has no fixed width.
    width = float(root.attrib.pop("width").removesuffix("pt"))
    del root.attrib["height"]
    root.set("style", f"max-width: {width * _SCALE:.0f}pt")
    wanted = _referenced(root)
    for element in root.iter(f"{_SVG}*"):
        name = element.get("id")
        if name is not None and name not in wanted:
            del element.attrib["id"]
            _lead(element, name, places)
        if element.text:
            element.text = fit(element.text)
        if style := element.get("style"):
            element.set(
                "style",
                _COLOUR.sub(lambda found: f"var(--{_PAGE_COLOURS[found[0].lower()]})", style),
            )
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - serialised, so escaped


def _referenced(root: Any) -> set[str]:
    """Return the ids that the drawing itself refers to, for clipping and repeated shapes."""
    wanted = set()
    for element in root.iter(f"{_SVG}*"):
        wanted.add((element.get(_HREF) or "").removeprefix("#"))
        for value in element.attrib.values():
            wanted.update(_REFERENCE.findall(value))
    return wanted


def _lead(element: Any, name: str, places: Collection[str]) -> None:
    """Turn a group that is marked as a link into a link."""
    purpose, _, place = name.partition(":")
    if purpose not in PURPOSES:
        return
    place = place.partition("#")[0]
    if purpose == "to":
        if place in places:
            element.tag = f"{_SVG}a"
            element.set("href", _anchor(place))
            if not "".join(element.itertext()).strip():
                # A bar has the same link as its name; a screen reader needs it only once.
                element.set("tabindex", "-1")
                element.set("aria-hidden", "true")
    else:
        element.set(f"data-{purpose}", place)
