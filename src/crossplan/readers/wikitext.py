"""Reading wikitext as MediaWiki stores it."""

import re

import mwparserfromhell
from mwparserfromhell.nodes import Node, Template, Wikilink
from mwparserfromhell.wikicode import Wikicode

from crossplan.languages.chinese.pages import REMARKS, SORTING_LINK
from crossplan.languages.scripts import has_han
from crossplan.readers.page import Page, filled

# MediaWiki's mark-up for a word in several scripts, which no parser of wikitext reads.
_VARIANTS = re.compile(r"-\{([^{}\n]{0,500})\}-")
_FLAG = re.compile(r"^([A-Z+-]{1,3})\|")
_HIDDEN_FLAGS = set("HT-")
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh")
_NEVER_SHOWN = ("ref", "gallery", "math", "includeonly")
# Links to the page in other languages, which show no words of the text.
_OTHER_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z]+)?:")
# How deeply nested templates are replaced.
_DEEPEST = 8


def read_wikitext(text: str) -> Page:
    """Read wikitext: its headings and paragraphs without mark-up.

    Words that a template only formats are kept. Boxes with the title or the licence are
    left out, and so are footnotes.
    """
    code = mwparserfromhell.parse(_VARIANTS.sub(_choose_variant, text))
    for tag in code.filter_tags(matches=lambda node: str(node.tag).lower() in _NEVER_SHOWN):
        _replace(code, tag, "")
    for _ in range(_DEEPEST):
        templates = code.filter_templates(recursive=True)
        innermost = [t for t in templates if len(t.params) == 0 or not _holds_template(t)]
        for template in innermost:
            _replace(code, template, _words_of(template))
        if not innermost:
            break
    for link in code.filter_wikilinks():
        _replace(code, link, _label_of(link))
    shown = code.strip_code(normalize=True, collapse=False)
    lines = [line for line in shown.splitlines() if not re.fullmatch(r"__[A-Z]+__", line.strip())]
    return Page(filled(lines))


def _choose_variant(match: re.Match[str]) -> str:
    """Return the simplified form of a word in several scripts."""
    words = match[1]
    if flag := _FLAG.match(words):
        if set(flag[1]) & _HIDDEN_FLAGS:
            return ""
        words = words[flag.end() :]
    parts = (part.partition(":") for part in words.split(";"))
    forms = {name.strip().lower(): form.strip() for name, colon, form in parts if colon}
    if not forms:
        return words
    return next((forms[name] for name in _SIMPLIFIED if name in forms), next(iter(forms.values())))


def _holds_template(template: Template) -> bool:
    """Return whether a template has another one among its arguments."""
    return any(param.value.filter_templates() for param in template.params)


def _words_of(template: Template) -> str:
    """Return the words that a template formats: its last unnamed argument."""
    if str(template.name).strip().lower() in REMARKS:
        return ""
    unnamed = [p for p in template.params if str(p.name).strip().isdecimal()]
    if not unnamed or len(unnamed) < len(template.params):
        return ""
    words = str(unnamed[-1].value)
    return words if has_han(words) else ""


def _label_of(link: Wikilink) -> str:
    """Return the words that a link shows."""
    title = str(link.title).strip()
    if SORTING_LINK.match(title) or (link.text is None and _OTHER_LANGUAGE.match(title)):
        return ""
    return title.removeprefix(":") if link.text is None else str(link.text)


def _replace(code: Wikicode, node: Node, words: str) -> None:
    """Replace a node by words, unless it was removed with its parent."""
    try:
        code.replace(node, words)
    except ValueError:
        return
