"""The names that the pages of the reference document."""

import re

from paths import ROOT

DOCS = ROOT / "docs"
DIRECTIVE = re.compile(r"^\.\. auto\w+:: (?P<name>\S+)\n(?P<options>(?:   :.*\n?)*)", re.MULTILINE)


def reference() -> dict[str, set[str]]:
    """What has a place in the reference, each with the members that are left out."""
    pages = (path.read_text(encoding="utf-8") for path in sorted((DOCS / "api").glob("*.rst")))
    found = {}
    for entry in DIRECTIVE.finditer("\n".join(pages)):
        left_out = re.search(r":exclude-members: (.*)", entry["options"])
        found[entry["name"]] = set(left_out[1].split(", ")) if left_out else set()
    return found


REFERENCE = reference()
