"""What Sphinx-Gallery leaves to be wished for on the pages of figures."""

import re
from typing import Any

from sphinx.application import Sphinx

PICTURE = re.compile(r'<img\b[^>]*\bsrcset="[^"]*?(?P<full>[^\s",]+) 2\.00x"[^>]*>')
# Archives carry the time at which they were packed; the note only leads to the links below.
NOT_WANTED = re.compile(
    r"^    \.\. container:: sphx-glr-download sphx-glr-download-zip\n(?:\n|      .*\n)*"
    r"|^\.\. only:: html\n\n"
    r"    \.\. note::\n        :class: sphx-glr-download-link-note\n(?:\n|        .*\n)*",
    re.MULTILINE,
)


def leave_out(_app: Sphinx, page: str, content: list[str]) -> None:
    """Take archives and notes off the pages of figures."""
    if page.startswith("gallery/"):
        content[0] = NOT_WANTED.sub("", content[0])


def link_to_full_size(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Let every figure lead to itself in full size; its letters are small in a column of text."""
    if "body" in context:
        context["body"] = PICTURE.sub(r'<a href="\g<full>">\g<0></a>', context["body"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at every page as it is read and as it is written."""
    app.connect("source-read", leave_out)
    app.connect("html-page-context", link_to_full_size)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
