"""What a page or a style sheet would load from other sites."""

import re

OUTSIDE = r"""["']?\s*(?:https?:)?//[^\s"')>]+"""
LOADED = re.compile(
    rf"""<link\b(?![^>]*\brel=["']?(?:author|canonical|license))[^>]*\bhref\s*=\s*{OUTSIDE}"""
    rf"""|<(?!a\b)[a-z][^>]*\b(?:data|poster|src|srcset)\s*=\s*{OUTSIDE}"""
    rf"""|\burl\(\s*{OUTSIDE}"""
    rf"""|@import\s+{OUTSIDE}""",
    re.IGNORECASE,
)


def loaded_from_outside(text: str) -> list[str]:
    """Give what HTML or CSS would load from other sites.

    Links that a reader may follow are free to lead anywhere. Scripts, style sheets,
    fonts, pictures and frames are not.
    """
    return [match.group() for match in LOADED.finditer(text)]
