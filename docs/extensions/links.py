"""Links that lead to files in the repository, and to their pages on the site.

Someone who reads a page where the repository is browsed gets to the script of a figure;
on the site the same link leads to the page that the script becomes.
"""

import re

from sphinx.application import Sphinx

PAGES = (
    (re.compile(r"\bgallery_examples/GALLERY_HEADER\.rst\)"), "gallery/index.rst)"),
    (re.compile(r"\bgallery_examples/([^)\s]+)\.py\)"), r"gallery/\1.rst)"),
    (re.compile(r"\(\.\./corpora/README\.md\)"), "(corpora.md)"),
    (re.compile(r"\(\.\./CHANGELOG\.md\)"), "(changelog.md)"),
    (re.compile(r"\(\.\./CONTRIBUTING\.md\)"), "(contributing.md)"),
)


def lead_to_pages(_app: Sphinx, _page: str, content: list[str]) -> None:
    """Let the links of a page lead to pages."""
    for file, page in PAGES:
        content[0] = file.sub(page, content[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at every page as it is read."""
    app.connect("source-read", lead_to_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
