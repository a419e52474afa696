"""Web pages: their visible text and their links. Nothing in them is executed."""

import re

import lxml.etree
import lxml.html
from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.model.config import ParserConfig
from w3lib.encoding import html_to_unicode

from crossplan.corpora.encoding import WITHOUT_MARK, decode_or_none
from crossplan.readers.page import Link, Page, UnreadableContent, filled

NEVER_SHOWN = (
    "//script | //style | //noscript | //template | //head/title | //select | //textarea"
    " | //comment() | //*[@hidden] | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
# Old pages are laid out in tables, whose cells must not be drawn side by side; and the
# bullets and numbers of lists are a browser's, not the page's.
BLOCKS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li")
# The share of characters that a wrong declaration leaves behind.
MOST_REPLACED = 0.001


def read_html(data: bytes, content_type: str = "") -> Page:
    """Read a page; `content_type` is what its server said, if there was one."""
    try:
        tree = lxml.html.document_fromstring(markup_of(data, content_type))
    except (ValueError, lxml.etree.LxmlError) as error:
        raise UnreadableContent("the page is empty", "Save it anew.") from error
    for element in tree.xpath(NEVER_SHOWN):
        element.drop_tree()
    links = tuple(links_of(tree))
    for element in tree.iter(*BLOCKS):
        element.tag = "div"
    text = Inscriptis(tree, ParserConfig(css=STRICT_CSS_PROFILE)).get_text()
    return Page(filled(text.splitlines()), links)


def markup_of(data: bytes, content_type: str) -> str:
    """Decode a page: by its mark, its server, its own word, or what its bytes are."""
    _, markup = html_to_unicode(content_type or None, data, auto_detect_fun=detect)
    text = str(markup)
    if text.count("\ufffd") > MOST_REPLACED * len(text):
        text = decode_or_none(data) or text
    # XML's own declaration of an encoding is refused in what is decoded already.
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)


def detect(data: bytes) -> str | None:
    """Find the encoding of a page that does not tell it."""
    for encoding in WITHOUT_MARK[:2]:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def links_of(tree: lxml.html.HtmlElement) -> list[Link]:
    """Give the links of a page in their order."""
    return [
        Link(
            element.get("href").strip(),
            re.sub(r"\s+", "", "".join(element.itertext()))[:40],
            (element.get("rel") or "").lower(),
        )
        for element in tree.iter("a", "link")
        if element.get("href")
    ]
