"""Reading the visible text and the links of web pages, without executing scripts."""

import re

import lxml.etree
import lxml.html
from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.model.config import ParserConfig
from w3lib.encoding import html_to_unicode

from crossplan.corpora.encoding import WITHOUT_MARK, decode_or_none
from crossplan.readers.page import Page, PageLink, UnreadableContent, filled

_NEVER_SHOWN = (
    "//script | //style | //noscript | //template | //head/title | //select | //textarea"
    " | //comment() | //*[@hidden] | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
# Editorial marks: numbers of footnotes, readings above characters, and edit links of
# wikis next to headings.
_EDITORIAL = (
    "//rt | //rp | //sup[contains(@class, 'reference')]"
    " | //*[contains(concat(' ', @class, ' '), ' mw-editsection ')]"
    " | //*[contains(concat(' ', @class, ' '), ' noprint ')]"
)
_FOOTNOTE = re.compile(r"\s*[\[〔［]\s*\d{1,3}\s*[\]〕］]\s*")
# Some pages are joined from several, each with its own end.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
# Old pages are laid out in tables, whose cells must not be drawn side by side; and the
# bullets and numbers of lists are a browser's, not the page's.
_BLOCKS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li")
# The share of replacement characters that indicates a wrong declaration.
_MOST_REPLACED = 0.001


def read_html(data: bytes, content_type: str = "") -> Page:
    """Read a page; `content_type` is the header of the server, if any."""
    try:
        # Unclosed elements nest; the parser's own limit would cut a long page off silently.
        parser = lxml.html.HTMLParser(huge_tree=True)
        markup = _END_OF_PAGE.sub("", _markup_of(data, content_type))
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise UnreadableContent("the page is empty", "Save it anew.") from error
    if "depth" in str(parser.error_log):
        raise UnreadableContent("it is nested too deeply", "Save it anew.")
    footnotes = [sup for sup in tree.iter("sup") if _FOOTNOTE.fullmatch(sup.text_content())]
    for element in (*tree.xpath(_NEVER_SHOWN), *tree.xpath(_EDITORIAL), *footnotes):
        if element.getparent() is not None:
            element.drop_tree()
    links = tuple(_links_of(tree))
    for element in tree.iter(*_BLOCKS):
        element.tag = "div"
    text = Inscriptis(tree, ParserConfig(css=STRICT_CSS_PROFILE)).get_text()
    return Page(filled(text.splitlines()), links)


def _markup_of(data: bytes, content_type: str) -> str:
    """Decode a page by its byte order mark, server, declaration, or its bytes."""
    _, markup = html_to_unicode(content_type or None, data, auto_detect_fun=_detect)
    text = str(markup)
    if text.count("\ufffd") > _MOST_REPLACED * len(text):
        text = decode_or_none(data) or text
    # The parser does not accept an XML encoding declaration in decoded text.
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)


def _detect(data: bytes) -> str | None:
    """Detect the encoding of a page that does not declare it."""
    for encoding in WITHOUT_MARK[:2]:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _links_of(tree: lxml.html.HtmlElement) -> list[PageLink]:
    """Return the links of a page in their order."""
    return [
        PageLink(
            element.get("href").strip(),
            re.sub(r"\s+", "", "".join(element.itertext()))[:40],
            (element.get("rel") or "").lower(),
        )
        for element in tree.iter("a", "link")
        if element.get("href")
    ]
