"""Wikitext as MediaWiki stores it."""

import re

import mwparserfromhell

from crossplan.readers.page import Page, filled

# MediaWiki's mark-up for a word in several scripts, which no parser of wikitext reads.
VARIANTS = re.compile(r"-\{([^{}\n]{0,500})\}-")
SIMPLIFIED = ("zh-hans", "zh-cn", "zh")
NEVER_SHOWN = ("ref", "gallery", "math", "noinclude")


def read_wikitext(text: str) -> Page:
    """Read wikitext: its headings and paragraphs without mark-up.

    Templates are left out, as what they show stands elsewhere; so are footnotes, which
    are an editor's, and links that only sort the page.
    """
    code = mwparserfromhell.parse(VARIANTS.sub(choose_variant, text))
    for tag in code.filter_tags(matches=lambda node: str(node.tag).lower() in NEVER_SHOWN):
        remove(code, tag)
    for link in code.filter_wikilinks(matches=lambda node: ":" in str(node.title)):
        remove(code, link)
    shown = code.strip_code(normalize=True, collapse=False)
    lines = [line for line in shown.splitlines() if not re.fullmatch(r"__[A-Z]+__", line.strip())]
    return Page(filled(lines))


def choose_variant(match: re.Match[str]) -> str:
    """Choose the simplified form of a word that is given in several."""
    parts = (part.partition(":") for part in match[1].split(";"))
    forms = {name.strip().lower(): words.strip() for name, colon, words in parts if colon}
    if not forms:
        return str(match[1].rpartition("|")[2])
    return next((forms[name] for name in SIMPLIFIED if name in forms), next(iter(forms.values())))


def remove(code: mwparserfromhell.wikicode.Wikicode, node: mwparserfromhell.nodes.Node) -> None:
    """Take a node out, unless it went with one that held it."""
    try:
        code.remove(node)
    except ValueError:
        return
